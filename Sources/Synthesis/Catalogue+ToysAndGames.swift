extension Catalogue {
  static let toysAndGames = Category(
    "Toys_and_Games", label: "Toys & Games", share: 11,
    brands: [
      "Bumblewick": 1.1, "Tinkerloom": 1.3, "Puzzlemoor": 1, "Wobbleton": 0.8, "Joyrandel": 0.7,
      "Kiddovale": 0.9, "Marbletree Toys": 1.5, "Funquilla": 0.65, "Owlkin Play": 1.2,
      "Snickerdell": 1,
    ],
    colors: [
      "Multicolor", "Pastel", "Red", "Natural Wood", "Blue", "Pink", "Rainbow", "Green", "Yellow",
    ],
    uses: [
      "rainy days", "birthday parties", "family nights", "classroom corners", "bath time",
      "long car rides", "summer camps", "sleepovers", "quiet afternoons", "early learning",
    ],
    places: [
      "playroom", "toy box", "backyard", "nursery", "living room", "travel bag", "classroom",
    ],
    people: [
      "preschoolers", "toddlers", "big kids", "grandparents", "teachers", "collectors", "families",
      "curious minds",
    ],
    extras: ["sticker sheet", "storage bag", "activity booklet", "parent guide", "spare pieces"],
    sentences: [
      "Encourages counting, sorting and storytelling without a screen.",
      "Finished with water-based paint; no phthalates, no BPA, no lead.",
      "Meets ASTM and EN71 rules for toy safety.",
      "Small parts: not suitable for children under three years.",
      "Builds fine motor skills while {who} think that they are only having fun.",
      "Grows along with {who}, from the first try to real mastery.",
      "Wraps up well: a {adjective} present for {use}.",
      "Cleans up with a damp cloth after {use}.",
      "The whole game fits back into its box, which lives in the {place}.",
      "Rules take two minutes to explain and years to exhaust.",
      "Played by {who} on {use}, and asked for again the next day.",
      "Rounded edges and smooth joints protect small fingers.",
      "Mixes with other sets from {brand} for still bigger adventures.",
      "The {color} pieces are easy to find on the carpet of the {place}.",
      "Teachers use the {kind} in class to start conversations.",
      "Sturdy enough to be stepped on, thrown and loved for years.",
      "Sparks imagination on {use} and wherever else boredom strikes.",
      "Each {grade} set is checked for missing parts twice.",
      "Helps {who} learn to take turns and to lose with grace.",
      "Batteries, where they are needed, go behind a screwed lid.",
      "From the {place} to the {place} in one little bag.",
      "Winner of the hearts of {who} in our test group.",
    ],
    kinds: toyKinds)

  private static let toyKinds = [
    Kind(
      "building block set", title: "{1} Building Block Set, {2}, {3}", group: "Building Toys",
      price: 28, pounds: 2, inches: 13,
      attributes: [
        "Pieces": ["50 Pieces": 0.45, "250 Pieces": 1, "1,000 Pieces": 2.3, "3,500 Pieces": 5.5],
        "Material": ["Plastic": 0.9, "Beech Wood": 1.4],
        "Theme": ["Castle": 1, "City": 1, "Space Station": 1.1],
      ],
      sentences: [
        "{1} in {2} for a {3} that is never finished.",
        "Bricks hold firmly and still come apart in small hands.",
        "A booklet with twelve {3} models gets builders going.",
      ]),
    Kind(
      "jigsaw puzzle", title: "{1} Jigsaw Puzzle, {2}, {3}", group: "Puzzles", price: 14,
      pounds: 1.3, inches: 12,
      attributes: [
        "Pieces": ["24 Pieces": 0.6, "500 Pieces": 0.9, "1,000 Pieces": 1.1, "5,000 Pieces": 3],
        "Material": ["Cardboard": 0.85, "Wood": 1.9],
        "Motif": ["Harbor": 1, "Map": 1.05, "Wild Flowers": 1],
      ],
      sentences: [
        "{1} cut from {2} with a snug fit and no dust.",
        "The {3} picture rewards a long look.",
        "A poster of the {3} helps with the sky.",
      ]),
    Kind(
      "plush animal", title: "{1} Plush {2}", group: "Stuffed Animals", price: 16, pounds: 0.7,
      inches: 12,
      attributes: [
        "Size": ["6 Inch": 0.5, "12 Inch": 0.9, "24 Inch": 1.8, "48 Inch": 4.2],
        "Animal": ["Bear": 1, "Fox": 1, "Elephant": 1.05, "Sloth": 1.1],
      ],
      sentences: [
        "A {1} {2} with stitched eyes and a soft belly.",
        "Machine washable: the {2} comes out as fluffy as before.",
        "At {1} it is the right size for hugs of its kind.",
      ]),
    Kind(
      "board game", title: "{1} Board Game for {2}, {3}", group: "Games", price: 30, pounds: 2.5,
      inches: 12,
      attributes: [
        "Genre": ["Memory": 0.6, "Word": 0.8, "Strategy": 1.4, "Legacy Campaign": 2.4],
        "Players": ["2 Players": 0.8, "2-4 Players": 1, "2-8 Players": 1.15],
        "Edition": ["Travel": 0.7, "Standard": 1, "Collector": 2],
      ],
      sentences: [
        "A {1} game for {2}; the {3} box holds linen-finished cards.",
        "Rounds last 40 minutes and nobody is knocked out early.",
        "In the {3} version the pieces have a pleasant weight.",
      ]),
    Kind(
      "remote control car", title: "{1} Remote Control Car, {2}, {3}", group: "Vehicles", price: 44,
      pounds: 2.2, inches: 12,
      attributes: [
        "Scale": ["1:24 Scale": 0.6, "1:16 Scale": 1, "1:8 Scale": 3.2],
        "Speed": ["8 mph": 0.7, "25 mph": 1.2, "55 mph": 2.4],
        "Battery": ["One Battery": 0.9, "Two Batteries": 1.15],
      ],
      sentences: [
        "A {1} racer that reaches {2} on grass, gravel and snow.",
        "With {3} for 40 minutes of driving each.",
        "Metal gears and oil shocks keep the {2} chassis on its wheels.",
      ]),
    Kind(
      "modeling dough tub", title: "{1} Modeling Dough, {2}", group: "Arts and Crafts",
      price: 1.7, pounds: 0.3, inches: 3, packs: [1, 4, 8, 12, 24],
      attributes: [
        "Size": ["2 Ounce": 0.7, "4 Ounce": 1, "8 Ounce": 1.6],
        "Type": ["Plain": 0.9, "Glitter": 1.15, "Scented": 1.15],
      ],
      sentences: [
        "{pack} tubs of {1} with {2} dough that does not crumble.",
        "Mix two {2} colors and see what becomes of them.",
        "The lids of the {1} tubs close tightly, so the dough stays soft.",
      ]),
    Kind(
      "balance bike", title: "{1} Balance Bike, {2}, {3}", group: "Ride-On Toys", price: 82,
      pounds: 8, inches: 33,
      attributes: [
        "Wheel Size": ["10 Inch": 0.8, "12 Inch": 1, "14 Inch": 1.3],
        "Frame": ["Steel": 0.8, "Birch Plywood": 1.1, "Magnesium": 1.7],
        "Tires": ["Foam Tires": 0.85, "Air Tires": 1.2],
      ],
      sentences: [
        "{1} wheels on a {2} frame with {3}.",
        "Seat and bar rise with the child for three years of riding.",
        "The {2} frame weighs less than a school bag.",
      ]),
    Kind(
      "toy figure", title: "{1} {2} Figures, {3}", group: "Figures", price: 2.6, pounds: 0.1,
      inches: 4, packs: [1, 6, 12, 24, 50],
      attributes: [
        "Height": ["1 Inch": 0.4, "3 Inch": 1, "7 Inch": 2.6],
        "Theme": ["Dinosaur": 1, "Knight": 1.05, "Farm Animal": 0.95],
        "Finish": ["Molded": 0.8, "Hand Painted": 1.5],
      ],
      sentences: [
        "{1} {2} with a {3} surface and plenty of detail.",
        "{pack} in a tub; every one is a different character.",
        "{3}: no two {2} look exactly alike.",
      ]),
    Kind(
      "science kit", title: "{1} Science Kit, {2}, Ages {3}", group: "Learning Toys", price: 30,
      pounds: 2.2, inches: 12,
      attributes: [
        "Subject": ["Crystals": 0.8, "Volcanoes": 0.85, "Chemistry": 1.1, "Robotics": 2.4],
        "Experiments": ["10 Experiments": 0.7, "40 Experiments": 1.1, "150 Experiments": 2],
        "Ages": ["5-7": 0.9, "8-12": 1, "13 and Up": 1.25],
      ],
      sentences: [
        "{2} in {1} for ages {3}, explained in pictures.",
        "Everything but water and vinegar comes in the box.",
        "{1} set with goggles, gloves and a lab book for {2}.",
      ]),
    Kind(
      "dollhouse", title: "{1} Dollhouse, {2}, {3}", group: "Dolls", price: 96, pounds: 19,
      inches: 30,
      attributes: [
        "Floors": ["1-Story": 0.5, "2-Story": 0.85, "4-Story": 1.6],
        "Material": ["Plastic": 0.75, "Wood": 1.3],
        "Furniture": ["Unfurnished": 0.75, "18 Accessories": 1, "60 Accessories": 1.6],
      ],
      sentences: [
        "A {1} house of {2} with {3} and a lift that works.",
        "Open on three sides, so that {who} can play together.",
        "Goes together in an hour; the {2} walls slot into one another.",
      ]),
    Kind(
      "outdoor playset", title: "{1} Outdoor Playset, {2}, {3}", group: "Outdoor Play", price: 420,
      pounds: 140, inches: 96,
      attributes: [
        "Swings": ["1 Swing": 0.6, "2 Swings": 0.9, "4 Swings": 1.6],
        "Frame": ["Steel": 0.75, "Cedar": 1.6],
        "Slide": ["No Slide": 0.75, "Wave Slide": 1.1, "Tube Slide": 1.7],
      ],
      sentences: [
        "{1} on a {2} frame with a {3} to finish the day.",
        "Holds 800 pounds of children; anchors are in the box.",
        "The {2} beams come cut, drilled and stained.",
      ]),
  ]
}
