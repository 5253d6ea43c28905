extension Catalogue {
  static let electronics = Category(
    "Electronics", label: "Electronics", share: 19,
    brands: [
      "Nuvoskel": 1.5, "Phandrel": 1.25, "Ombrivex": 1, "Kestolane": 0.8, "Tirravox": 0.9,
      "Wexolume": 1.1, "Juniqor": 0.65, "Bravadel": 1.8, "Soltrique": 1.35, "Lumquist": 0.75,
      "Pelvoria": 1, "Xandrake": 1.15,
    ],
    colors: [
      "Black", "White", "Space Gray", "Silver", "Midnight Blue", "Graphite", "Rose", "Mint",
    ],
    uses: [
      "video calls", "streaming movies", "travel", "gaming", "home offices", "photo editing",
      "dorm rooms", "home theaters", "live recording", "school work",
    ],
    places: [
      "desk", "living room", "backpack", "media cabinet", "studio", "bedroom", "server shelf",
    ],
    people: [
      "students", "remote workers", "gamers", "photographers", "frequent flyers", "audio lovers",
      "IT departments", "movie fans",
    ],
    extras: ["USB-C cable", "quick start guide", "carrying pouch", "wall adapter", "cable ties"],
    sentences: [
      "Plug and play: no drivers, no accounts, no app to install.",
      "Works with laptops, tablets, consoles and most televisions.",
      "Firmware updates arrive over the cable in less than two minutes.",
      "Gold-plated contacts keep the signal clean after thousands of insertions.",
      "A heat spreader keeps the {brand} {kind} cool under sustained load.",
      "Shielded against interference, so it does not mind a router next to it.",
      "Sips power in standby: less than half a watt.",
      "The status light can be turned off at night, which {who} asked us for.",
      "Overvoltage, short-circuit and temperature protection are built in.",
      "Set it on the {place}, connect one cable, and you are done.",
      "Compatible with all common operating systems of the last eight years.",
      "FCC and CE certified; lead-free solder throughout.",
      "The matte {color} shell hides fingerprints and small scratches.",
      "Low latency makes it a {adjective} partner for {use}.",
      "Tuned by ear and then by instrument, for {use} above all.",
      "Buttons have a clear click and can be found in the dark.",
      "Weighs so little that you will leave it in the {place} for good.",
      "The {grade} version adds a better cable and a longer {term} warranty.",
      "Backward compatible with older ports at their full speed.",
      "Tested for 10,000 hours of continuous {use} in our laboratory.",
      "For {who} who care about details, there is a full data sheet inside.",
      "An aluminum body takes the knocks of {use} without complaint.",
      "Reset it with a paper clip if you ever forget the settings.",
      "Packs flat in the {place} between jobs.",
    ],
    kinds: electronicsKinds)

  private static let electronicsKinds = [
    Kind(
      "laptop", title: "{1} Laptop, {2} Memory, {3} SSD", group: "Computers", price: 520,
      pounds: 3.6, inches: 14,
      attributes: [
        "Screen Size": ["13.3 Inch": 0.9, "14 Inch": 1, "15.6 Inch": 1.05, "17.3 Inch": 1.25],
        "Memory": ["8 GB": 0.75, "16 GB": 1, "32 GB": 1.4],
        "Storage": ["256 GB": 0.85, "512 GB": 1, "2 TB": 1.4],
      ],
      sentences: [
        "A {1} laptop with {2} of memory that keeps thirty tabs open without a stutter.",
        "The {3} drive starts the system in nine seconds and stays silent.",
        "The {1} panel covers the full sRGB range at 400 nits.",
      ]),
    Kind(
      "HDMI cable", title: "{2} HDMI Cable {1}, {3}", group: "Cables", price: 8, pounds: 0.3,
      inches: 8, packs: [1, 2, 3, 5],
      attributes: [
        "Length": ["3 Feet": 0.7, "6 Feet": 0.9, "15 Feet": 1.4, "50 Feet": 3],
        "Standard": ["4K": 0.8, "8K": 1.4],
        "Jacket": ["PVC": 0.85, "Braided Nylon": 1.2],
      ],
      sentences: [
        "A {1} {2} cable with a {3} jacket that survives 15,000 bends.",
        "Carries {2} video, surround sound and network data over {1}.",
        "Locking connectors keep the {1} run tight behind the television.",
      ]),
    Kind(
      "memory card", title: "{1} {2} Memory Card, {3}", group: "Storage", price: 17, pounds: 0.02,
      inches: 1, packs: [1, 2],
      attributes: [
        "Capacity": ["32 GB": 0.45, "128 GB": 1, "512 GB": 2.6, "1 TB": 4.8],
        "Format": ["microSD": 0.95, "SDXC": 1],
        "Speed": ["100 MB/s": 0.8, "170 MB/s": 1, "300 MB/s": 1.9],
      ],
      sentences: [
        "{1} of space in a {2} card that reads at up to {3}.",
        "Waterproof, shockproof and X-ray proof; recovers deleted photos with free software.",
        "At {3} it swallows 4K video without dropping frames.",
      ]),
    Kind(
      "wireless headphone set", title: "{1} Wireless Headphones, {2}, {3}", group: "Headphones",
      price: 64, pounds: 0.6, inches: 8,
      attributes: [
        "Fit": ["In-Ear": 0.7, "On-Ear": 0.9, "Over-Ear": 1.25],
        "Noise Control": ["No Noise Canceling": 0.65, "Active Noise Canceling": 1.5],
        "Battery Life": ["12 Hours": 0.8, "30 Hours": 1, "60 Hours": 1.2],
      ],
      sentences: [
        "{1} headphones with {2} and {3} of music on a charge.",
        "Ten minutes on the cable give three of the {3} that a full charge gives.",
        "Soft {1} pads stay comfortable through a whole working day.",
      ]),
    Kind(
      "computer monitor", title: "{1} {2} Monitor, {3}", group: "Monitors", price: 175, pounds: 11,
      inches: 25,
      attributes: [
        "Screen Size": ["22 Inch": 0.7, "27 Inch": 1, "32 Inch": 1.4, "49 Inch": 3.4],
        "Resolution": ["Full HD": 0.75, "QHD": 1, "4K UHD": 1.45],
        "Refresh Rate": ["60 Hz": 0.85, "144 Hz": 1.2, "240 Hz": 1.6],
      ],
      sentences: [
        "A {1} panel in {2} at {3}: text is crisp and motion stays clean.",
        "The stand tilts, turns and lifts; the {1} screen also fits a wall mount.",
        "{3} and adaptive sync make it a natural for fast games.",
      ]),
    Kind(
      "wall charger", title: "{1} Wall Charger, {2}, {3}", group: "Chargers", price: 19,
      pounds: 0.3, inches: 3, packs: [1, 2, 3],
      attributes: [
        "Power": ["20 Watt": 0.65, "45 Watt": 1, "100 Watt": 1.9, "240 Watt": 4],
        "Ports": ["1 Port": 0.85, "2 Ports": 1, "4 Ports": 1.4],
        "Technology": ["Silicon": 0.8, "GaN": 1.2],
      ],
      sentences: [
        "{1} from a {3} circuit no larger than a matchbox.",
        "{2} share the {1} sensibly among whatever you plug in.",
        "Folding prongs make the {1} charger easy to pack.",
      ]),
    Kind(
      "bluetooth speaker", title: "{1} Bluetooth Speaker, {2}, {3}", group: "Portable Audio",
      price: 46, pounds: 1.6, inches: 8,
      attributes: [
        "Output": ["5 Watt": 0.45, "20 Watt": 1, "60 Watt": 2, "200 Watt": 5],
        "Protection": ["Splash Proof": 0.9, "Waterproof": 1.15],
        "Play Time": ["8 Hours": 0.85, "24 Hours": 1.2],
      ],
      sentences: [
        "{1} of clean sound in a {2} body that floats.",
        "Plays for {3} and pairs with a second {brand} speaker for stereo.",
        "The {1} driver has its own passive radiator for warm bass.",
      ]),
    Kind(
      "keyboard", title: "{1} Keyboard, {2}, {3}", group: "Computer Accessories", price: 41,
      pounds: 2, inches: 16,
      attributes: [
        "Switch": ["Membrane": 0.45, "Scissor": 0.8, "Mechanical": 1.4],
        "Layout": ["60 Percent": 0.85, "Tenkeyless": 0.95, "Full Size": 1.05],
        "Connection": ["Wired": 0.85, "Wireless": 1.25],
      ],
      sentences: [
        "{1} switches rated for 80 million strokes in a {2} layout.",
        "{3}, with a battery gauge or a detachable cable as the case may be.",
        "Keycaps are printed all the way through, so the legends never fade.",
      ]),
    Kind(
      "network router", title: "{1} Router, {2}, Covers {3}", group: "Networking", price: 92,
      pounds: 1.9, inches: 10,
      attributes: [
        "Standard": ["Wi-Fi 5": 0.55, "Wi-Fi 6": 1, "Wi-Fi 7": 2.1],
        "Ports": ["Gigabit Ports": 0.9, "2.5 Gigabit Ports": 1.3],
        "Coverage": ["1,200 sq ft": 0.75, "2,500 sq ft": 1, "5,500 sq ft": 1.7],
      ],
      sentences: [
        "{1} reaches into the corners of {3} without a repeater.",
        "{2} on the back serve the machines that stay put.",
        "Guest access, timers and filters for a whole family are included.",
      ]),
    Kind(
      "camera lens", title: "{1} {2} Camera Lens, {3}", group: "Camera and Photo", price: 290,
      pounds: 1.2, inches: 5,
      attributes: [
        "Focal Length": ["16 mm": 1.1, "35 mm": 0.9, "50 mm": 0.7, "70-200 mm": 2.3],
        "Aperture": ["f/1.4": 1.5, "f/1.8": 1, "f/2.8": 1.2],
        "Focus": ["Manual Focus": 0.5, "Autofocus": 1.2],
      ],
      sentences: [
        "A {1} lens at {2} gathers light when others need a flash.",
        "{3} with a long, damped throw and hard stops at both ends.",
        "Thirteen elements in nine groups keep the {1} view free of color fringes.",
      ]),
    Kind(
      "AA battery", title: "{1} AA Batteries, {2}", group: "Batteries", price: 0.9, pounds: 0.05,
      inches: 2, packs: [4, 8, 24, 48, 100],
      attributes: [
        "Chemistry": ["Zinc Carbon": 0.5, "Alkaline": 0.8, "Rechargeable NiMH": 2.4],
        "Capacity": ["1,500 mAh": 0.85, "2,600 mAh": 1.15],
      ],
      sentences: [
        "{1} cells of {2} that hold their charge for ten years in a drawer.",
        "{pack} cells in a box that does not rattle; {2} each.",
        "Leak-proof seals protect the devices that {1} cells go into.",
      ]),
    Kind(
      "TV wall mount", title: "{1} TV Wall Mount for {2}, {3}", group: "Television Accessories",
      price: 33, pounds: 9, inches: 18,
      attributes: [
        "Motion": ["Fixed": 0.6, "Tilting": 0.8, "Full Motion": 1.5],
        "Screen Size": ["Up to 42 Inches": 0.75, "Up to 65 Inches": 1, "Up to 100 Inches": 1.8],
        "Load": ["66 Pounds": 0.85, "132 Pounds": 1.2],
      ],
      sentences: [
        "{1} bracket for screens {2}, welded from cold-rolled steel for {3}.",
        "A level and all bolts are in the box; one person can hang it.",
        "With {1} arms the screen turns to where you sit.",
      ]),
  ]
}
