extension Catalogue {
  static let cellPhonesAndAccessories = Category(
    "Cell_Phones_and_Accessories", label: "Cell Phones & Accessories", share: 14,
    brands: [
      "Mobrilane": 1.1, "Caselune": 0.9, "Pocketra": 0.75, "Veridell": 1.5, "Glintova": 1.25,
      "Tapestelle": 1, "Orbifone": 0.65, "Skinarro": 0.85, "Luxendale": 1.8, "Chargewick": 1,
    ],
    colors: [
      "Black", "Clear", "Lavender", "Forest Green", "Navy Blue", "Rose Gold", "Starlight", "Red",
      "Marble", "Sky Blue",
    ],
    uses: [
      "daily carry", "outdoor work", "travel days", "selfies", "navigation", "long calls",
      "workouts",
      "bedside charging", "streaming", "festival weekends",
    ],
    places: ["pocket", "nightstand", "purse", "car", "gym bag", "kitchen counter", "office"],
    people: [
      "teenagers", "parents", "travelers", "delivery drivers", "runners", "content creators",
      "commuters", "grandparents",
    ],
    extras: ["cleaning kit", "alignment frame", "USB-C cable", "wrist strap", "SIM tool"],
    sentences: [
      "Cutouts line up exactly with buttons, ports, speakers and cameras.",
      "Drop tested from ten feet onto concrete, on every corner.",
      "Does not interfere with reception, payment or wireless charging.",
      "Slim enough for a tight {place} and tough enough for {use}.",
      "Check the model of your phone under settings before you order.",
      "The {color} surface feels silky and resists lint and fingerprints.",
      "Raised bezels keep the screen and the lenses off the table.",
      "A {adjective} companion for {use}, loved by {who}.",
      "Goes on in seconds and comes off without breaking a nail.",
      "Works through most cases up to five millimeters thick.",
      "Will not yellow in the sun, thanks to a coating of our own.",
      "Protects against heat, overcurrent and short circuits.",
      "Keep a spare one in your {place} and another in your {place}.",
      "Magnets are strong enough for bumpy roads and weak enough for one hand.",
      "For {who} who drop things: we have thought of you.",
      "Matte on the sides for grip, smooth on the back for looks.",
      "Every {grade} {kind} is packed with two wipes and a dust sticker.",
      "The {brand} app is optional; all functions work without it.",
      "Comfortable during {use}, even for small hands.",
      "Replace your worn {kind} with one that lasts through {use}.",
      "Compatible with the most common phones of the last five years.",
      "Soft lining inside, hard shell outside, nothing in between to break.",
    ],
    kinds: phoneKinds)

  private static let phoneKinds = [
    Kind(
      "phone case", title: "{1} Phone Case for {2}, {3}", group: "Cases", price: 14, pounds: 0.1,
      inches: 6, packs: [1, 2],
      attributes: [
        "Material": ["TPU": 0.65, "Silicone": 0.9, "Leather": 2.1, "Aramid Fiber": 2.8],
        "Phone Size": ["6.1 Inch Phones": 1, "6.7 Inch Phones": 1.1],
        "Ring": ["No Magnet": 0.85, "Magnetic Ring": 1.25],
      ],
      sentences: [
        "{1} case for {2} with {3}, only 1.2 millimeters thin.",
        "The {1} back takes on a character of its own over time.",
        "Air pockets in the corners of the {1} shell soak up falls.",
      ]),
    Kind(
      "screen protector", title: "{1} Screen Protector for {2}, {3}", group: "Screen Protectors",
      price: 5, pounds: 0.1, inches: 6, packs: [1, 2, 3, 5],
      attributes: [
        "Material": ["PET Film": 0.55, "Tempered Glass": 1, "Sapphire Glass": 3.2],
        "Phone Size": ["6.1 Inch Phones": 1, "6.7 Inch Phones": 1.1],
        "Finish": ["Clear": 0.95, "Privacy": 1.35, "Anti-Glare": 1.15],
      ],
      sentences: [
        "{1} in a {3} finish, cut by laser for {2}.",
        "{pack} protectors and a frame that makes bubbles impossible.",
        "At 9H the {1} shrugs off keys, coins and sand.",
      ]),
    Kind(
      "smartphone", title: "{1} Smartphone, {2} Memory, {3}", group: "Cell Phones", price: 380,
      pounds: 0.45, inches: 6.5,
      attributes: [
        "Storage": ["64 GB": 0.7, "128 GB": 1, "256 GB": 1.25, "1 TB": 2],
        "Memory": ["4 GB": 0.7, "8 GB": 1, "16 GB": 1.5],
        "Network": ["4G": 0.75, "5G": 1.2],
      ],
      sentences: [
        "{1} of storage, {2} of memory and {3} in an unlocked phone.",
        "The battery lasts for two days and fills in 40 minutes.",
        "Three cameras share the {1} memory with as much music as you like.",
      ]),
    Kind(
      "power bank", title: "{1} Power Bank, {2}, {3}", group: "Portable Power", price: 30,
      pounds: 0.8, inches: 6,
      attributes: [
        "Capacity": ["5,000 mAh": 0.55, "10,000 mAh": 0.9, "20,000 mAh": 1.3, "50,000 mAh": 2.8],
        "Output": ["12 Watt": 0.75, "22.5 Watt": 1, "140 Watt": 2.4],
        "Charging": ["Cable Only": 0.9, "Wireless Pad": 1.3],
      ],
      sentences: [
        "{1} at up to {2}: several full charges in one {place}.",
        "{3} output and a display that counts the percent.",
        "The {1} cells are graded and matched before assembly.",
      ]),
    Kind(
      "charging cable", title: "{1} {2} Charging Cable, {3}", group: "Cables and Chargers",
      price: 5.5, pounds: 0.1, inches: 6, packs: [1, 2, 3, 5],
      attributes: [
        "Length": ["3 ft": 0.85, "6 ft": 1, "10 ft": 1.25],
        "Connector": ["Micro-USB": 0.7, "USB-C": 1, "Lightning Style": 1.3],
        "Jacket": ["Rubber": 0.85, "Nylon Braid": 1.15],
      ],
      sentences: [
        "{1} {2} cable with a {3} jacket and stress relief at both ends.",
        "{pack} cables, so that no room goes without.",
        "Bent 30,000 times, the {2} plug still fits tightly.",
      ]),
    Kind(
      "car phone mount", title: "{1} Car Phone Mount, {2}", group: "Car Accessories", price: 18,
      pounds: 0.5, inches: 5,
      attributes: [
        "Mounting": ["Air Vent": 0.75, "Dashboard": 1, "Cup Holder": 1.2],
        "Hold": ["Spring Clamp": 0.8, "Magnetic": 1, "Motorized Charging": 2.3],
      ],
      sentences: [
        "{1} mount with a {2} hold that does not let go on gravel.",
        "The ball joint turns the {2} head to wherever you look.",
        "A steel hook gives the {1} base a firm seat.",
      ]),
    Kind(
      "smart watch band", title: "{1} Watch Band, {2}", group: "Wearables", price: 13,
      pounds: 0.1, inches: 8, packs: [1, 3, 6],
      attributes: [
        "Material": ["Silicone": 0.6, "Nylon": 0.8, "Leather": 1.4, "Titanium": 4],
        "Size": ["38-41 mm": 1, "42-49 mm": 1.08],
      ],
      sentences: [
        "{1} band in {2} that swaps with one click.",
        "The {1} links are gentle on skin and never pinch.",
        "Choose {2} by the figure on the back of your watch.",
      ]),
    Kind(
      "selfie stick", title: "{1} Selfie Stick, {2}, {3}", group: "Photo Accessories", price: 24,
      pounds: 0.7, inches: 9,
      attributes: [
        "Reach": ["28 Inch": 0.75, "40 Inch": 1, "70 Inch": 1.5],
        "Feet": ["Stick Only": 0.75, "Tripod": 1.15],
        "Stabilizer": ["Rigid Head": 0.85, "One-Axis Gimbal": 2, "Three-Axis Gimbal": 3.6],
      ],
      sentences: [
        "Reaches {1} as a {2} with a {3}.",
        "The remote works from 33 feet and parks in the grip.",
        "A {3} takes the shake out of walking shots.",
      ]),
    Kind(
      "phone grip", title: "{1} Phone Grip, {2}", group: "Grips", price: 4.5, pounds: 0.05,
      inches: 2, packs: [1, 2, 4, 10],
      attributes: [
        "Style": ["Finger Ring": 0.9, "Pop Grip": 1, "Elastic Strap": 0.75],
        "Base": ["Adhesive": 0.8, "Magnetic": 1.6],
      ],
      sentences: [
        "A {1} on a {2} base that doubles as a stand.",
        "{pack} grips, one for every phone in the house.",
        "The {1} turns by 360 degrees and folds flat.",
      ]),
    Kind(
      "wireless charging pad", title: "{1} Wireless Charging Pad, {2}, {3}",
      group: "Cables and Chargers", price: 25, pounds: 0.5, inches: 6,
      attributes: [
        "Power": ["7.5 Watt": 0.65, "15 Watt": 1, "30 Watt": 1.7],
        "Devices": ["One Device": 0.75, "Two Devices": 1.2, "Three Devices": 1.9],
        "Form": ["Flat Pad": 0.85, "Stand": 1.15],
      ],
      sentences: [
        "{1} for {2} at once, as a {3}.",
        "It senses keys and coins and switches off by itself.",
        "The {3} holds the phone where {who} can read it.",
      ]),
    Kind(
      "replacement battery", title: "{1} Replacement Battery for {2}, {3}",
      group: "Replacement Parts",
      price: 21, pounds: 0.15, inches: 4,
      attributes: [
        "Capacity": ["2,400 mAh": 0.8, "3,600 mAh": 1, "5,200 mAh": 1.35],
        "Phone Size": ["6.1 Inch Phones": 1, "6.7 Inch Phones": 1.1],
        "Tools": ["Battery Only": 0.8, "Tool Kit": 1.25],
      ],
      sentences: [
        "{1} battery for {2} with zero cycles, sold as {3}.",
        "Restores the stamina that the phone had when it was new.",
        "A printed guide leads you through all steps; {3}.",
      ]),
  ]
}
