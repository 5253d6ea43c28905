extension Catalogue {
  static let musicalInstruments = Category(
    "Musical_Instruments", label: "Musical Instruments", share: 5,
    brands: [
      "Cantorelle": 1.3, "Resonarde": 1.1, "Fretwyn": 1, "Oakharrow": 1.5, "Tremolune": 0.9,
      "Harmondale": 0.8, "Clavidorn": 1.8, "Strumbeck": 0.7, "Pickerelle": 0.65, "Brassmoor": 1.2,
    ],
    colors: [
      "Natural", "Sunburst", "Black", "Cherry Red", "Walnut", "Vintage White", "Gold", "Silver",
    ],
    uses: [
      "band practice", "home recording", "stage work", "school orchestras", "open mics",
      "church music", "first lessons", "street music", "podcasts", "jam sessions",
    ],
    places: ["studio", "rehearsal room", "bedroom", "stage", "gig bag", "classroom", "tour van"],
    people: [
      "beginners", "music teachers", "touring players", "producers", "students", "singers",
      "drummers", "guitarists",
    ],
    extras: ["gig bag", "tuner", "polishing cloth", "spare strings", "hex wrench"],
    sentences: [
      "Set up and tuned by {who} before it leaves the shop.",
      "A warm middle and a clear top that sit well in any mix.",
      "Comfortable enough for hours of {use}.",
      "Keeps its tuning from a cold van to a hot stage.",
      "The {color} finish is thin, so that the material can sing.",
      "Made for {use} and happy to come along to {use}.",
      "What {who} like most is how {adjective} it feels.",
      "Quiet mechanics: nothing that a microphone would pick up.",
      "A good first {kind}, and still a good one ten years on.",
      "Standard threads and sizes; fits the stands and bags that you have.",
      "Responds to a light touch and does not choke when pushed.",
      "Stands up to sweat, beer and the floor of the {place}.",
      "The {brand} team plays what it builds, on weekends at least.",
      "Adjust it with one key, found in the box.",
      "Teachers recommend the {grade} model for {use}.",
      "No batteries, no menus: pick it up and play.",
      "Humidity between 40 and 55 percent keeps it in its best voice.",
      "The details, from joints to felt, are done by hand.",
      "Small enough for the {place}, loud enough for {use}.",
      "Comes in a padded box that has survived our own tours.",
      "A {adjective} upgrade over the parts that factories fit.",
      "Warm up for a minute and it rewards you for an hour.",
    ],
    kinds: instrumentKinds)

  private static let instrumentKinds = [
    Kind(
      "acoustic guitar", title: "{1} Acoustic Guitar, {2} Top, {3}", group: "Guitars", price: 210,
      pounds: 4.5, inches: 40,
      attributes: [
        "Body": ["Three-Quarter": 0.7, "Dreadnought": 1, "Jumbo": 1.25],
        "Top": ["Laminated Spruce": 0.65, "Solid Cedar": 1.3, "Solid Spruce": 1.4],
        "Electronics": ["No Pickup": 0.85, "Pickup and Tuner": 1.25],
      ],
      sentences: [
        "A {1} body with a {2} top and {3}.",
        "Low action and rounded frets make barre chords bearable.",
        "{2} opens up with the years and projects to the back row.",
      ]),
    Kind(
      "guitar string set", title: "{1} Guitar Strings, {2}, {3}", group: "Strings", price: 6.5,
      pounds: 0.1, inches: 5, packs: [1, 3, 6, 10],
      attributes: [
        "Gauge": ["Extra Light": 1, "Light": 1, "Medium": 1.05],
        "Winding": ["Nickel": 0.9, "Phosphor Bronze": 1.1, "Coated Bronze": 2],
        "Strings": ["6-String": 1, "7-String": 1.2, "12-String": 1.6],
      ],
      sentences: [
        "{1} {3} set wound in {2} around a hexagonal core.",
        "{pack} sets, sealed against air until you need them.",
        "{2} stays bright through {use}.",
      ]),
    Kind(
      "guitar amplifier", title: "{1} Guitar Amplifier, {2}, {3}", group: "Amplifiers", price: 265,
      pounds: 27, inches: 20,
      attributes: [
        "Power": ["5 Watt": 0.45, "20 Watt": 0.8, "50 Watt": 1.3, "100 Watt": 1.9],
        "Circuit": ["Solid State": 0.7, "Modeling": 1, "All Tube": 1.9],
        "Speaker": ["8 Inch Speaker": 0.75, "12 Inch Speaker": 1.1, "Two 12 Inch Speakers": 1.7],
      ],
      sentences: [
        "{1} from a {2} circuit through an open back with {3}.",
        "Clean and drive channels with a spring reverb between them.",
        "The {2} stage breaks up sweetly when you dig in.",
      ]),
    Kind(
      "digital piano", title: "{1} Digital Piano, {2}, {3}", group: "Keyboards", price: 390,
      pounds: 48, inches: 52,
      attributes: [
        "Keys": ["61-Key": 0.45, "73-Key": 0.8, "88-Key": 1.2],
        "Action": ["Semi-Weighted": 0.7, "Hammer Action": 1.3, "Wooden Keys": 2.2],
        "Stand": ["Keyboard Only": 0.85, "Stand and Pedals": 1.2],
      ],
      sentences: [
        "{1} instrument with {2} and 192 voices at once.",
        "Sold as {3}; headphones make it silent at night.",
        "{2} gives the resistance that pianists train for.",
      ]),
    Kind(
      "drum stick pair", title: "{1} Drum Sticks, {2}, {3}", group: "Drums", price: 7,
      pounds: 0.2, inches: 16, packs: [1, 3, 6, 12],
      attributes: [
        "Size": ["7A": 0.95, "5A": 1, "2B": 1.05],
        "Wood": ["Maple": 0.9, "Hickory": 1.05, "Oak": 1.2],
        "Tip": ["Wood Tip": 0.95, "Nylon Tip": 1.05],
      ],
      sentences: [
        "{1} sticks of {2} with a {3}, matched by weight and pitch.",
        "{pack} pairs: enough for a tour with a heavy hand.",
        "The {3} brings out the cymbals without eating the heads.",
      ]),
    Kind(
      "condenser microphone", title: "{1} Condenser Microphone, {2}, {3}", group: "Microphones",
      price: 98, pounds: 1.1, inches: 8,
      attributes: [
        "Connection": ["USB": 0.8, "XLR": 1, "USB and XLR": 1.4],
        "Capsule": ["Small Diaphragm": 0.85, "Large Diaphragm": 1.3],
        "Set": ["Microphone Only": 0.85, "Boom Arm Kit": 1.3],
      ],
      sentences: [
        "A {2} capsule with {1} output, sold as {3}.",
        "Self noise of 7 dB lets quiet voices stay quiet.",
        "{3} with a filter against pops and rumble.",
      ]),
    Kind(
      "ukulele", title: "{1} Ukulele, {2}, {3}", group: "Folk Instruments", price: 62, pounds: 1.3,
      inches: 24,
      attributes: [
        "Size": ["Soprano": 0.75, "Concert": 1, "Tenor": 1.3],
        "Wood": ["Basswood": 0.6, "Mahogany": 1.1, "Solid Koa": 3.2],
        "Set": ["Ukulele Only": 0.85, "Starter Kit": 1.15],
      ],
      sentences: [
        "{1} size in {2}, as {3}, with carbon strings.",
        "Stays in tune after the first week of stretching.",
        "{2} gives the {1} a round, friendly voice.",
      ]),
    Kind(
      "guitar pick", title: "{1} Guitar Picks, {2}", group: "Accessories", price: 0.38,
      pounds: 0.01,
      inches: 1, packs: [6, 12, 24, 72, 144],
      attributes: [
        "Thickness": ["0.46 mm": 0.95, "0.71 mm": 1, "1.2 mm": 1.1],
        "Material": ["Celluloid": 0.8, "Nylon": 0.9, "Buffalo Horn": 4.5],
      ],
      sentences: [
        "{pack} picks of {1} in {2}, polished on the edge.",
        "{1} flexes just enough for strumming and stays put for leads.",
        "The embossed {2} does not slip from wet fingers.",
      ]),
    Kind(
      "student violin", title: "{1} Student Violin, {2}, {3}", group: "Orchestra", price: 150,
      pounds: 4, inches: 30,
      attributes: [
        "Size": ["1/8 Size": 0.8, "1/2 Size": 0.9, "4/4 Size": 1.05],
        "Fittings": ["Dyed Hardwood": 0.75, "Ebony": 1.4],
        "Outfit": ["Foam Case": 0.85, "Carbon Bow Outfit": 1.7],
      ],
      sentences: [
        "{1} with {2} fittings in a {3}.",
        "The bridge is cut and the post is set: ready for the first lesson.",
        "{2} pegs turn smoothly and hold.",
      ]),
    Kind(
      "audio interface", title: "{1} Audio Interface, {2}, {3}", group: "Recording", price: 152,
      pounds: 2.4, inches: 8,
      attributes: [
        "Inputs": ["1 Input": 0.6, "2 Inputs": 0.9, "8 Inputs": 2.4],
        "Resolution": ["24 Bit 96 kHz": 0.9, "32 Bit 192 kHz": 1.35],
        "Port": ["USB-C": 0.95, "Thunderbolt": 1.7],
      ],
      sentences: [
        "{1} at {2} over {3} with a latency under three milliseconds.",
        "Preamps with 69 dB of gain feed even shy ribbon microphones.",
        "{3} powers it, so the wall wart can stay at home.",
      ]),
    Kind(
      "alto saxophone", title: "{1} Alto Saxophone, {2}, {3}", group: "Wind Instruments",
      price: 640,
      pounds: 13, inches: 25,
      attributes: [
        "Level": ["Student": 0.6, "Intermediate": 1.1, "Professional": 2.2],
        "Plating": ["Lacquered": 0.95, "Silver Plated": 1.35],
        "Case": ["Soft Case": 0.95, "Hard Case": 1.08],
      ],
      sentences: [
        "{1} horn, {2}, in a {3} with reeds and a strap.",
        "Ribbed construction and leather pads that seal from low B flat up.",
        "{2} brass with a focused, singing core.",
      ]),
    Kind(
      "instrument cable", title: "{1} Instrument Cable, {2}, {3}", group: "Cables", price: 12,
      pounds: 0.6, inches: 9, packs: [1, 2, 4],
      attributes: [
        "Length": ["1 ft": 0.5, "10 ft": 0.9, "20 ft": 1.3, "50 ft": 2.4],
        "Plug": ["Straight Plugs": 0.95, "Angled Plug": 1.05, "Silent Plug": 1.9],
        "Jacket": ["PVC": 0.8, "Woven": 1.2],
      ],
      sentences: [
        "{1} of low-capacitance cable with {2} and a {3} jacket.",
        "Dead quiet when stepped on, pulled or swung.",
        "{2} soldered by hand and backed for the {term} warranty.",
      ]),
  ]
}
