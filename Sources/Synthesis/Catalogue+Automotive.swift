extension Catalogue {
  static let automotive = Category(
    "Automotive", label: "Automotive", share: 22,
    brands: [
      "Drovanta": 1.6, "Kelmoric": 1.3, "Ostrevane": 1.1, "Pradwick Auto": 1, "Zuntara": 0.9,
      "Halbrecke": 1.75, "Mirrodane": 0.8, "Quellcar": 0.65, "Tashmere": 1, "Vornhelm": 1.4,
      "Bexolade": 0.7, "Yardimo": 0.85,
    ],
    colors: [
      "Black", "Carbon Gray", "Silver", "Red", "Beige", "Matte Black", "Chrome", "Navy", "Clear",
    ],
    uses: [
      "daily commuting", "long road trips", "winter driving", "off-road weekends", "towing",
      "work trucks", "family vans", "track days", "wet highways", "city parking",
    ],
    places: ["garage", "trunk", "driveway", "glove box", "workshop", "truck bed", "back seat"],
    people: [
      "home mechanics", "truck owners", "new drivers", "commuters", "fleet managers", "restorers",
      "parents", "weekend racers",
    ],
    extras: [
      "mounting hardware", "cleaning cloth", "instruction sheet", "zip ties", "storage bag",
    ],
    sentences: [
      "Fits most sedans, crossovers and pickups; check your year and trim before you order.",
      "Direct bolt-on replacement, with no drilling or cutting of the original parts.",
      "Meets or exceeds the original equipment specification for fit and finish.",
      "Holds up to road salt, mud and summer heat without cracking or fading.",
      "Professional installation is recommended if you have not worked on a car before.",
      "Keep the receipt of the {kind}: the {term} warranty follows the vehicle, not the owner.",
      "We test every batch on the road, from desert heat to mountain passes in January.",
      "The {brand} {kind} is a {adjective} answer to rattles and loose fittings.",
      "Works on left-hand and right-hand drive vehicles alike.",
      "Quiet at highway speed, which {who} notice on the first drive.",
      "Corrosion-resistant coating on all metal parts, salt-spray tested for 300 hours.",
      "Restores the look that your car had when it left the showroom.",
      "A {adjective} upgrade before {use}, and it takes less than an afternoon.",
      "Will not void the warranty of your vehicle.",
      "Do not use with aftermarket body kits or lowered suspension.",
      "Keeps your {place} orderly and your mind on the road.",
      "Our catalog covers more than 400 vehicles; write to us with your VIN if you are unsure.",
      "Machined on modern equipment and balanced before packing.",
      "Stands up to {use} better than the part it replaces.",
      "The {grade} series is made for {who} who put many miles on a car.",
      "Torque values and a fitting diagram are printed inside the box.",
      "Stays flexible at -40 degrees and firm at 180 degrees Fahrenheit.",
      "Made for {use} first, and for looks second.",
      "Replace in pairs for even wear and the best handling.",
    ],
    kinds: automotiveKinds)

  private static let automotiveKinds = [
    Kind(
      "brake pad set", title: "{1} {2} Brake Pad Set with {3}", group: "Brake System", price: 34,
      pounds: 4.5, inches: 7,
      attributes: [
        "Axle Position": ["Front": 1, "Rear": 0.9, "Front and Rear": 1.8],
        "Compound": ["Semi-Metallic": 0.8, "Ceramic": 1.1, "Carbon-Ceramic": 1.6],
        "Hardware": ["No Hardware": 0.9, "Hardware Kit": 1, "Wear Sensors": 1.25],
      ],
      sentences: [
        "The {2} compound bites early and leaves little dust on {1} wheels.",
        "Slotted and chamfered {1} pads, delivered with {3} for a complete job.",
        "Replaces the {1} pads of most vehicles; bed in the {2} lining over 200 gentle stops.",
      ]),
    Kind(
      "floor mat set", title: "{2} Floor Mats for {1}, {3}", group: "Interior Accessories",
      price: 42, pounds: 7, inches: 28,
      attributes: [
        "Coverage": ["Driver Side": 0.4, "Front Row": 0.7, "Two Rows": 1, "Three Rows": 1.5],
        "Material": ["Carpet": 0.7, "Rubber": 0.9, "TPE": 1.3],
        "Fit": ["Trim-to-Fit": 0.75, "Custom Fit": 1.4],
      ],
      sentences: [
        "{2} mats for the {1}, with raised edges that hold a quart of melted snow.",
        "{3} shape: they lie flat, hook onto the anchors, and never slide under the pedals.",
        "Shake the {2} surface out or hose it down after muddy days.",
      ]),
    Kind(
      "wiper blade", title: "{1} {2} Wiper Blade", group: "Exterior Care", price: 11, pounds: 0.4,
      inches: 22, packs: [1, 2, 4],
      attributes: [
        "Length": ["16 Inch": 0.85, "20 Inch": 0.95, "24 Inch": 1.05, "28 Inch": 1.2],
        "Frame": ["Conventional": 0.7, "Beam": 1.1, "Heated": 2.6],
      ],
      sentences: [
        "A {1} {2} blade presses evenly over the whole windshield, without streaks or chatter.",
        "One adapter covers nine arm types; the {1} blade clicks in within a minute.",
        "The {2} spine bends with the glass so that ice has nowhere to build up.",
      ]),
    Kind(
      "LED headlight bulb", title: "{1} LED Headlight Bulbs, {2}, {3}", group: "Lights",
      price: 29, pounds: 0.6, inches: 4, packs: [2, 4],
      attributes: [
        "Base": ["H11": 1, "9005": 1, "H4": 1.1, "D3S": 1.9],
        "Brightness": ["6,000 Lumens": 0.7, "12,000 Lumens": 1, "24,000 Lumens": 1.6],
        "Cooling": ["Fanless": 0.9, "Quiet Fan": 1.1],
      ],
      sentences: [
        "{2} a pair in a {1} base: three times the reach of a halogen lamp.",
        "The {3} design keeps the chips below 180 degrees for a life of 30,000 hours.",
        "Plug and play in {1} housings, with a sharp cutoff that does not blind other drivers.",
      ]),
    Kind(
      "car cover", title: "{1} Car Cover, {2}, {3}", group: "Exterior Accessories", price: 58,
      pounds: 8, inches: 18,
      attributes: [
        "Size": ["Compact": 0.85, "Sedan": 1, "SUV": 1.25, "Pickup": 1.4],
        "Layers": ["Single Layer": 0.55, "3-Layer": 1, "6-Layer": 1.7],
        "Use": ["Indoor": 0.8, "All Weather": 1.15],
      ],
      sentences: [
        "{2} fabric breathes while it keeps rain, sap and birds off your {1}.",
        "Elastic hems, two belly straps and a bag come with the {1} size.",
        "{3} protection: soft fleece inside, sealed seams outside.",
      ]),
    Kind(
      "jump starter", title: "{1} Jump Starter with {2}, {3}", group: "Battery Care", price: 72,
      pounds: 2.4, inches: 9,
      attributes: [
        "Peak Current": ["800 Amp": 0.7, "1,500 Amp": 1, "3,000 Amp": 1.7, "5,000 Amp": 2.6],
        "Display": ["LED Gauge": 0.9, "LCD Screen": 1.1],
        "Extra": ["Flashlight": 0.95, "Air Compressor": 1.5],
      ],
      sentences: [
        "{1} of peak current start a frozen engine up to twenty times on one charge.",
        "With {2} and {3} built in, it replaces three things in your trunk.",
        "Clamps are protected against reversed polarity, shorts and back-charging.",
      ]),
    Kind(
      "motor oil", title: "{2} Motor Oil {1}, {3}", group: "Oils and Fluids", price: 9,
      pounds: 2, inches: 9, packs: [1, 3, 6],
      attributes: [
        "Viscosity": ["0W-20": 1.1, "5W-30": 1, "10W-40": 0.9],
        "Type": ["Conventional": 0.7, "High Mileage": 1, "Full Synthetic": 1.5],
        "Volume": ["1 Quart": 0.75, "5 Quarts": 3],
      ],
      sentences: [
        "{2} {1} oil flows at once in the cold and keeps its film in the heat.",
        "Sold by the {3} bottle with a drip-free spout and a level window.",
        "Good for 10,000 miles between changes in engines that call for {1}.",
      ]),
    Kind(
      "lug nut", title: "{1} {2} Lug Nuts, {3}", group: "Wheels", price: 1.6, pounds: 0.15,
      inches: 2, packs: [4, 16, 20, 24],
      attributes: [
        "Thread": ["M12x1.5": 1, "M14x1.5": 1.15, "1/2-20": 0.95],
        "Seat": ["Cone Seat": 1, "Ball Seat": 1.1, "Spline Drive": 1.4],
        "Finish": ["Zinc": 0.8, "Black": 1, "Chrome Plated": 1.2],
      ],
      sentences: [
        "{1} thread with a {2}: measure your studs before you buy.",
        "Cold-forged steel in {3} that does not swell, rust or round off.",
        "{pack} pieces, enough for the wheels that you have in mind.",
      ]),
    Kind(
      "dash camera", title: "{1} Dash Camera, {2}, {3}", group: "Car Electronics", price: 88,
      pounds: 0.8, inches: 4,
      attributes: [
        "Resolution": ["1080p": 0.6, "2K": 1, "4K": 1.7],
        "Channels": ["Front Only": 0.75, "Front and Rear": 1.2, "Three Channels": 1.6],
        "Storage": ["No Card": 0.9, "64 GB Card": 1.05, "256 GB Card": 1.4],
      ],
      sentences: [
        "Records {1} video, {2}, with plates readable at night.",
        "Comes with {3}; loop recording overwrites the oldest clip first.",
        "Parking mode wakes the camera at the slightest bump, even in the {place}.",
      ]),
    Kind(
      "trailer hitch", title: "{1} Trailer Hitch, {2}, {3}", group: "Towing", price: 165,
      pounds: 42, inches: 44,
      attributes: [
        "Class": ["Class 1": 0.7, "Class 3": 1, "Class 5": 1.9],
        "Receiver": ["1-1/4 Inch": 0.85, "2 Inch": 1, "2-1/2 Inch": 1.3],
        "Wiring": ["No Wiring": 0.9, "7-Way Wiring": 1.3],
      ],
      sentences: [
        "A {1} hitch with a {2} receiver, welded by robots and checked by people.",
        "{3} in the box; all bolts go into holes that the frame already has.",
        "Powder coat over zinc keeps the {2} tube free of rust for many winters.",
      ]),
    Kind(
      "turbocharger", title: "{1} Turbocharger, {2} Wheel, {3}", group: "Engine Parts", price: 480,
      pounds: 24, inches: 13,
      attributes: [
        "Engine Size": ["1.4 Liter": 0.7, "2.0 Liter": 1, "6.7 Liter": 2],
        "Wheel": ["Cast": 0.85, "Billet": 1.3],
        "Set": ["Turbo Only": 0.9, "Full Kit": 1.35],
      ],
      sentences: [
        "For engines of {1}; the {2} wheel spools early and stays in balance.",
        "Sold as {3}, with gaskets, studs and a balance report.",
        "Flush the oil lines before fitting, or the {term} warranty is void.",
      ]),
    Kind(
      "air freshener", title: "{1} Air Freshener, {2}", group: "Interior Care", price: 3.2,
      pounds: 0.1, inches: 4, packs: [1, 3, 6, 12],
      attributes: [
        "Form": ["Hanging Card": 0.6, "Vent Clip": 1.1, "Gel Can": 1.3],
        "Scent": ["Pine": 1, "New Car": 1.05, "Vanilla": 1, "Unscented": 0.9],
      ],
      sentences: [
        "A {1} with a {2} note that lasts about 45 days.",
        "{2}, neither sweet nor heavy: {who} will not get a headache.",
        "Hide the {1} under the seat or show it off; it works either way.",
      ]),
  ]
}
