extension Catalogue {
  static let toolsAndHomeImprovement = Category(
    "Tools_and_Home_Improvement", label: "Tools & Home Improvement", share: 17,
    brands: [
      "Gravenholt": 1.5, "Torquessa": 1.2, "Ironvale Works": 1.1, "Bastrelle": 0.9,
      "Hemmerick": 1.7, "Plumbrook": 0.8, "Sawyendale": 1, "Fixandra": 0.65, "Copperlune": 1.3,
      "Workmarrow": 0.75, "Ledgerstone": 1,
    ],
    colors: [
      "Black", "Yellow", "Brushed Nickel", "Matte Black", "White", "Oil Rubbed Bronze", "Red",
      "Polished Chrome", "Green",
    ],
    uses: [
      "kitchen renovations", "deck building", "small repairs", "plumbing jobs", "furniture making",
      "rental upkeep", "drywall work", "garden projects", "job sites", "electrical work",
    ],
    places: ["workshop", "garage", "tool bag", "basement", "hallway", "bathroom", "shed", "van"],
    people: [
      "contractors", "homeowners", "carpenters", "plumbers", "landlords", "electricians",
      "hobbyists",
      "first-time buyers",
    ],
    extras: ["hex key", "mounting screws", "wall anchors", "carrying case", "drilling template"],
    sentences: [
      "All mounting hardware is included, together with a paper drilling template.",
      "Made of heavy-gauge material where cheaper ones use thin sheet.",
      "Wear eye protection and read the safety notes before first use.",
      "Balanced so that your wrist does not tire during {use}.",
      "Resists rust, sawdust and the occasional fall from a ladder.",
      "ETL listed and tested to the current building standards.",
      "The {color} finish is baked on and does not chip in the {place}.",
      "From {use} to {use}, this {kind} earns its place in the {place}.",
      "A {adjective} tool that {who} reach for first.",
      "Measure twice: exact dimensions are shown in the third picture.",
      "Fits standard openings and threads in North America.",
      "Markings are engraved, not printed, and stay legible for decades.",
      "Suits indoor and covered outdoor {use}.",
      "The {brand} {kind} was drawn up together with {who}.",
      "Parts are interchangeable across the {grade} series.",
      "No squeaks, no wobble, no loose screws after a year of {use}.",
      "Comes greased and adjusted, ready for {use} out of the box.",
      "Hang it in the {place} by the hole in its end.",
      "Contractor packs are available for larger {use}.",
      "Hardened where it wears and soft where you hold it.",
      "Saves a second trip up the ladder on {use}.",
      "If you can turn a screwdriver, you can install this {kind}.",
      "Low-lead construction, safe for drinking water where that matters.",
      "{who} rate the {grade} build above the usual store brands.",
    ],
    kinds: toolKinds)

  private static let toolKinds = [
    Kind(
      "cordless drill", title: "{1} Cordless Drill, {2} Motor, {3}", group: "Power Tools",
      price: 92, pounds: 3.5, inches: 8,
      attributes: [
        "Voltage": ["12 Volt": 0.75, "20 Volt": 1, "40 Volt": 1.7],
        "Motor": ["Brushed": 0.75, "Brushless": 1.3],
        "Kit": ["Bare Tool": 0.65, "One Battery": 1, "Two Batteries": 1.4],
      ],
      sentences: [
        "{1} of punch from a {2} motor with two speeds and 21 clutch steps.",
        "Sold as {3}; the {1} pack fits every tool of the line.",
        "The {2} drive runs cool and gives 50 percent more work for a charge.",
      ]),
    Kind(
      "wood screw", title: "{1} {2} Wood Screws, {3}", group: "Fasteners", price: 0.09,
      pounds: 0.01, inches: 2, packs: [25, 50, 100, 250, 500],
      attributes: [
        "Length": ["1 Inch": 0.7, "2 Inch": 1, "4 Inch": 2.1],
        "Material": ["Zinc Steel": 0.8, "Brass": 1.6, "Stainless Steel": 1.9],
        "Drive": ["Phillips": 0.95, "Torx": 1.1],
      ],
      sentences: [
        "{pack} screws of {2}, {1} long, with a sharp self-starting point.",
        "The {3} recess does not cam out, not even in oak.",
        "{2} stands up to weather as the {1} length stands up to load.",
      ]),
    Kind(
      "kitchen faucet", title: "{1} Kitchen Faucet, {2}, {3}", group: "Kitchen Fixtures",
      price: 98, pounds: 6, inches: 17,
      attributes: [
        "Spout": ["Fixed": 0.65, "Pull-Out": 0.95, "Pull-Down": 1.2],
        "Body": ["Zinc Alloy": 0.7, "Solid Brass": 1.2, "Stainless Steel": 1.1],
        "Control": ["Single Handle": 0.9, "Touchless": 1.9],
      ],
      sentences: [
        "A {1} spout on a {2} body with a {3} control.",
        "The ceramic cartridge has been turned half a million times without a drip.",
        "{3} operation and a {1} hose make filling large pots easy.",
      ]),
    Kind(
      "LED light bulb", title: "{1} LED Bulbs, {2}, {3}", group: "Light Bulbs", price: 2.8,
      pounds: 0.1, inches: 4, packs: [1, 2, 6, 12, 24],
      attributes: [
        "Brightness": ["450 Lumens": 0.8, "800 Lumens": 1, "1,600 Lumens": 1.5],
        "Tone": ["Warm White": 1, "Daylight": 1, "Color Changing": 2.4],
        "Dimming": ["Not Dimmable": 0.85, "Dimmable": 1.15],
      ],
      sentences: [
        "{1} of {2} light, {3}, for one seventh of the usual power.",
        "{pack} bulbs that last for 15,000 hours each.",
        "The {2} glow is even and free of flicker, even on camera.",
      ]),
    Kind(
      "socket set", title: "{1} Socket Set, {2}, {3}", group: "Hand Tools", price: 62, pounds: 9,
      inches: 15,
      attributes: [
        "Pieces": ["24-Piece": 0.5, "56-Piece": 0.9, "150-Piece": 1.8, "320-Piece": 3.4],
        "Steel": ["Carbon Steel": 0.7, "Chrome Vanadium": 1.1],
        "Sizes": ["Metric": 0.9, "SAE": 0.9, "Metric and SAE": 1.2],
      ],
      sentences: [
        "{1} of {2} in {3} sizes, each with its own place in the case.",
        "The 90-tooth ratchet works in a four-degree arc.",
        "Six-point {2} sockets grip the flats and spare the corners.",
      ]),
    Kind(
      "pressure washer", title: "{1} Pressure Washer, {2}, {3}", group: "Outdoor Power Equipment",
      price: 235, pounds: 42, inches: 32,
      attributes: [
        "Pressure": ["1,800 PSI": 0.65, "2,800 PSI": 1, "4,200 PSI": 2.2],
        "Power Source": ["Electric": 0.8, "Gas": 1.5],
        "Hose": ["20 ft Hose": 0.9, "50 ft Hose": 1.2],
      ],
      sentences: [
        "{1} from a {2} motor cleans siding, decks and driveways.",
        "The {3} never kinks, and five nozzles clip onto the frame.",
        "{2} power with a pump that shuts off when you let go.",
      ]),
    Kind(
      "door lock", title: "{1} Door Lock, {2}, {3}", group: "Hardware", price: 48, pounds: 2.5,
      inches: 6, packs: [1, 2, 4],
      attributes: [
        "Type": ["Keyed Knob": 0.5, "Deadbolt": 0.8, "Keypad": 1.7, "Fingerprint": 2.8],
        "Grade": ["Grade 3": 0.75, "Grade 2": 1, "Grade 1": 1.5],
        "Backset": ["2-3/8 Inch": 1, "Adjustable": 1.1],
      ],
      sentences: [
        "A {1} lock certified to {2} with a {3} latch.",
        "Fits doors from 1-3/8 to 2 inches thick without new holes.",
        "The {1} cylinder resists picking, drilling and bumping.",
      ]),
    Kind(
      "tape measure", title: "{1} Tape Measure, {2}", group: "Measuring Tools", price: 12,
      pounds: 0.8, inches: 3, packs: [1, 2, 6],
      attributes: [
        "Length": ["12 ft": 0.6, "25 ft": 1, "35 ft": 1.4, "100 ft": 2.2],
        "Blade": ["Plain Blade": 0.85, "Magnetic Hook": 1.2],
      ],
      sentences: [
        "{1} of nylon-coated steel that stands out nine feet unsupported.",
        "With a {2} and large figures on both sides.",
        "The brake stops the {1} blade wherever your thumb says.",
      ]),
    Kind(
      "ceiling fan", title: "{1} Ceiling Fan, {2}, {3}", group: "Ceiling Fans", price: 142,
      pounds: 19, inches: 52,
      attributes: [
        "Span": ["36 Inch": 0.75, "52 Inch": 1, "72 Inch": 1.9],
        "Motor": ["AC Motor": 0.8, "DC Motor": 1.35],
        "Light": ["No Light": 0.85, "LED Light": 1.15],
      ],
      sentences: [
        "{1} blades on a quiet {2} move 5,000 cubic feet of air a minute.",
        "Reversible for winter, {3}, with a remote that hangs on the wall.",
        "The {2} draws less than a light bulb on its lowest speed.",
      ]),
    Kind(
      "sandpaper sheet", title: "{1} Sandpaper, {2}", group: "Abrasives", price: 0.55, pounds: 0.05,
      inches: 9, packs: [5, 10, 25, 50, 100],
      attributes: [
        "Grit": ["80 Grit": 1.05, "220 Grit": 1, "2000 Grit": 1.1],
        "Grain": ["Aluminum Oxide": 0.8, "Silicon Carbide": 1, "Ceramic": 1.8],
      ],
      sentences: [
        "{pack} sheets of {1} with {2} grain on latex paper.",
        "{2} cuts fast and does not clog with paint.",
        "Use the {1} sheets wet or dry, by hand or on a block.",
      ]),
    Kind(
      "table saw", title: "{1} Table Saw, {2}, {3}", group: "Power Tools", price: 460, pounds: 72,
      inches: 30,
      attributes: [
        "Blade": ["8-1/4 Inch": 0.8, "10 Inch": 1, "12 Inch": 1.7],
        "Stand": ["Benchtop": 0.75, "Folding Stand": 1, "Cabinet": 2.1],
        "Safety": ["Riving Knife": 0.9, "Flesh Sensor": 1.7],
      ],
      sentences: [
        "A {1} blade, a {2} base and a {3} for clean, calm rips.",
        "The fence locks at both ends and is true to 1/64 of an inch.",
        "{2} build keeps the {1} saw flat on uneven floors.",
      ]),
    Kind(
      "extension cord", title: "{1} Extension Cord, {2}, {3}", group: "Electrical", price: 18,
      pounds: 3, inches: 12, packs: [1, 2],
      attributes: [
        "Length": ["10 ft": 0.55, "25 ft": 1, "50 ft": 1.7, "100 ft": 3],
        "Gauge": ["16 Gauge": 0.75, "12 Gauge": 1.4, "10 Gauge": 2],
        "Outlets": ["Single Outlet": 0.95, "Three Outlets": 1.15],
      ],
      sentences: [
        "{1} of {2} copper with {3} and a lit end.",
        "The jacket stays limp at 40 below and does not mind oil.",
        "{2} wire loses little voltage over {1}.",
      ]),
  ]
}
