extension Catalogue {
  static let officeProducts = Category(
    "Office_Products", label: "Office Products", share: 8,
    brands: [
      "Quillmere": 1.4, "Pendrossa": 1.2, "Folioquist": 1, "Deskandra": 0.9, "Marlbeck": 0.75,
      "Scrivano Hill": 1.7, "Tabulane": 0.65, "Orderique": 1.05, "Inklorn": 0.85, "Vellumby": 1.25,
    ],
    colors: ["Black", "White", "Blue", "Assorted", "Walnut", "Gray", "Pastel", "Teal", "Burgundy"],
    uses: [
      "meetings", "home schooling", "note taking", "mail rooms", "bookkeeping", "presentations",
      "exam season", "front desks", "archive work", "lesson planning",
    ],
    places: [
      "desk drawer", "study", "reception", "classroom", "file room", "cubicle", "home office",
    ],
    people: [
      "teachers", "office managers", "accountants", "students", "writers", "planners",
      "small businesses", "lawyers",
    ],
    extras: ["spare labels", "refill", "assembly tool", "screw set", "index cards"],
    sentences: [
      "Acid-free materials keep documents from yellowing in the {place}.",
      "Stacks neatly with other pieces of the {brand} range.",
      "Bulk buyers can reorder by part number and get the same shade every time.",
      "The {color} tone looks calm on any desk and does not show dust.",
      "Approved by {who} who go through a lot of {use}.",
      "Holds up to daily handling in a busy {place}.",
      "Made with at least 30 percent recycled content after use.",
      "Complies with the usual standards for letter, legal and A4 formats.",
      "Keeps {use} in order, from Monday morning to the last page of the year.",
      "A {adjective} classic that has been on desks for decades, now in {color}.",
      "Corners are reinforced where others tear first.",
      "Labels, dividers and holders from {brand} fit without trimming.",
      "Quiet enough for open-plan rooms, which {who} will thank you for.",
      "Rubber feet protect the table and keep the {kind} where it belongs.",
      "Takes its place in the {place} without asking for attention.",
      "Easy to read, easy to file, easy to find again during {use}.",
      "Shipped in a flat carton that fits through a letter slot where possible.",
      "A favorite supply for {use} at schools and in councils.",
      "Safe for classrooms: no solvents, no sharp edges, no strong dyes.",
      "The {grade} range is what {who} reorder most often.",
      "Smooth to write on, smooth to pull out, smooth to put back.",
      "Suited to both left-handed and right-handed people.",
    ],
    kinds: officeKinds)

  private static let officeKinds = [
    Kind(
      "office chair", title: "{1} Office Chair, {2}, {3}", group: "Office Furniture", price: 145,
      pounds: 34, inches: 27,
      attributes: [
        "Back": ["Low Back": 0.7, "Mid Back": 0.9, "High Back": 1.2],
        "Upholstery": ["Mesh": 0.9, "Fabric": 0.95, "Bonded Leather": 1.1, "Top Grain Leather": 2],
        "Arms": ["Armless": 0.8, "Fixed Arms": 1, "4D Arms": 1.4],
      ],
      sentences: [
        "A {1} chair in {2} with {3}, tested for eight hours a day.",
        "Lumbar support slides by three inches and locks in place.",
        "The {2} seat stays cool and keeps its shape under 300 pounds.",
      ]),
    Kind(
      "gel pen", title: "{1} Gel Pens, {2} Ink", group: "Writing Supplies", price: 0.85,
      pounds: 0.03, inches: 6, packs: [1, 6, 12, 36, 60],
      attributes: [
        "Point": ["0.38 mm": 1.1, "0.5 mm": 1, "0.7 mm": 0.95],
        "Ink": ["Black": 0.9, "Blue": 0.9, "Metallic": 1.3],
      ],
      sentences: [
        "A {1} tip lays down {2} ink that dries before your hand gets there.",
        "{pack} pens, each good for 900 yards of line.",
        "The grip is soft at the {1} end and slim at the other.",
      ]),
    Kind(
      "copy paper", title: "{1} Copy Paper, {2}, {3}", group: "Paper", price: 9.5, pounds: 5,
      inches: 11, packs: [1, 3, 5, 10],
      attributes: [
        "Weight": ["20 lb": 0.9, "24 lb": 1.15, "32 lb": 1.6],
        "Brightness": ["92 Bright": 0.95, "98 Bright": 1.15],
        "Format": ["Letter": 1, "Legal": 1.25, "Ledger": 1.9],
      ],
      sentences: [
        "{1} sheets in {3} format at {2}: 500 to a ream.",
        "Runs through fast printers without jams, even at {1}.",
        "{2} white makes charts and photographs stand out.",
      ]),
    Kind(
      "document shredder", title: "{1} Document Shredder, {2}, {3}", group: "Office Machines",
      price: 88, pounds: 17, inches: 17,
      attributes: [
        "Cut": ["Strip Cut": 0.55, "Cross Cut": 0.9, "Micro Cut": 1.5],
        "Sheets": ["6 Sheets": 0.6, "12 Sheets": 1, "24 Sheets": 2.2],
        "Bin": ["3 Gallon Bin": 0.9, "9 Gallon Bin": 1.25],
      ],
      sentences: [
        "{1} blades take {2} at once and drop them into a {3}.",
        "Runs for twenty minutes before it rests; staples are no problem.",
        "A {1} leaves pieces that nobody will put together again.",
      ]),
    Kind(
      "ring binder", title: "{1} Ring Binder, {2}, {3}", group: "Binders", price: 5.5, pounds: 1.1,
      inches: 12, packs: [1, 4, 6, 12],
      attributes: [
        "Ring Size": ["1 Inch": 0.75, "2 Inch": 1, "4 Inch": 1.7],
        "Rings": ["Round Ring": 0.9, "D-Ring": 1.15],
        "Cover": ["Vinyl": 0.9, "Poly": 0.95, "Linen": 1.5],
      ],
      sentences: [
        "A {1} {2} mechanism that closes without a gap.",
        "The {3} cover has a clear pocket for your own title page.",
        "Holds about 225 sheets for every inch, so pick the {1} size with room to grow.",
      ]),
    Kind(
      "label printer", title: "{1} Label Printer, {2}, {3}", group: "Office Machines", price: 96,
      pounds: 3, inches: 8,
      attributes: [
        "Width": ["1/2 Inch": 0.4, "2 Inch": 0.8, "4 Inch": 1.3],
        "Resolution": ["203 dpi": 0.9, "300 dpi": 1.3],
        "Connection": ["USB": 0.9, "Bluetooth": 1.1, "Network": 1.5],
      ],
      sentences: [
        "Prints labels up to {1} wide at {2}, without ink or toner.",
        "Connects by {3} and takes labels from any supplier.",
        "One {1} label a second for shipping and shelves.",
      ]),
    Kind(
      "desk organizer", title: "{1} Desk Organizer, {2}", group: "Desk Accessories", price: 18,
      pounds: 2, inches: 12,
      attributes: [
        "Material": ["Plastic": 0.6, "Mesh Metal": 0.9, "Bamboo": 1.3, "Leather": 2.2],
        "Compartments": ["3 Compartments": 0.75, "6 Compartments": 1, "10 Compartments": 1.35],
      ],
      sentences: [
        "{1} with {2} for pens, clips, notes and a phone.",
        "The drawer runs on felt, so the {1} box stays quiet.",
        "{2} mean that each thing has its own place.",
      ]),
    Kind(
      "standing desk", title: "{1} Standing Desk, {2}, {3}", group: "Office Furniture", price: 260,
      pounds: 68, inches: 55,
      attributes: [
        "Width": ["40 Inch": 0.8, "55 Inch": 1, "72 Inch": 1.45],
        "Drive": ["Hand Crank": 0.7, "Single Motor": 0.95, "Dual Motor": 1.4],
        "Top": ["Laminate": 0.9, "Bamboo": 1.2, "Solid Oak": 1.9],
      ],
      sentences: [
        "The {1} top in {3} rises from 28 to 48 inches by {2}.",
        "Four heights are remembered; it stops when it meets an arm or a knee.",
        "{2} under a {3} surface carries 220 pounds.",
      ]),
    Kind(
      "sticky note pad", title: "{1} Sticky Notes, {2}", group: "Paper", price: 1.1, pounds: 0.1,
      inches: 3, packs: [1, 6, 12, 24],
      attributes: [
        "Size": ["2 x 2 Inch": 0.8, "3 x 3 Inch": 1, "4 x 6 Inch": 1.7],
        "Adhesive": ["Standard Hold": 0.9, "Extra Sticky": 1.25],
      ],
      sentences: [
        "{1} notes with {2}: they stay on screens, walls and folders.",
        "{pack} pads of 100 sheets that come off without a trace.",
        "The {1} size leaves space for a thought and a date.",
      ]),
    Kind(
      "toner cartridge", title: "{1} Toner Cartridge, {2}, {3}", group: "Ink and Toner", price: 42,
      pounds: 2, inches: 13, packs: [1, 2, 4],
      attributes: [
        "Color Set": ["Black Only": 0.8, "Cyan": 1, "Tri-Color": 1.6],
        "Yield": ["1,500 Pages": 0.7, "3,000 Pages": 1, "10,000 Pages": 2],
        "Make": ["Refilled": 0.6, "New Build": 1.2],
      ],
      sentences: [
        "{1} toner for {2} at five percent coverage, {3}.",
        "A chip reports the level correctly until the last of {2}.",
        "Each {3} cartridge is printed with before it ships.",
      ]),
    Kind(
      "whiteboard", title: "{1} Whiteboard, {2}, {3}", group: "Presentation", price: 52, pounds: 10,
      inches: 36,
      attributes: [
        "Size": ["17 x 11 Inch": 0.35, "36 x 24 Inch": 0.8, "72 x 48 Inch": 2.4],
        "Surface": ["Melamine": 0.65, "Porcelain": 1.4, "Glass": 1.9],
        "Mount": ["Wall Mount": 0.9, "Rolling Stand": 1.9],
      ],
      sentences: [
        "{2} surface of {1} that wipes clean even after a month.",
        "With a {3}, a tray, two markers and four magnets.",
        "A {2} board does not ghost, whatever the marker.",
      ]),
  ]
}
