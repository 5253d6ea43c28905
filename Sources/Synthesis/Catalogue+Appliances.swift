extension Catalogue {
  static let appliances = Category(
    "Appliances", label: "Appliances", share: 4,
    brands: [
      "Frostwell": 1, "Homebrandt": 1.2, "Calderune": 1.5, "Purelith": 0.9, "Kitchmere": 0.8,
      "Aquavane": 1.1, "Domestrand": 0.7, "Whirlaven": 1.3, "Ovendale": 1.75, "Breezonne": 0.9,
    ],
    colors: ["White", "Stainless Steel", "Black", "Black Stainless", "Cream", "Slate", "Mint"],
    uses: [
      "large families", "studio apartments", "vacation homes", "weekly laundry", "batch cooking",
      "garage storage", "office kitchens", "home repairs", "hard water", "holiday dinners",
    ],
    places: ["kitchen", "laundry room", "garage", "basement", "pantry", "dorm room", "camper"],
    people: [
      "homeowners", "tenants", "repair technicians", "home cooks", "couples", "big households",
      "property managers", "students",
    ],
    extras: ["power cord", "hose clamp", "leveling feet", "user manual", "gasket"],
    sentences: [
      "Unplug the appliance and shut off the water before you begin.",
      "Compare the part number on your old {kind} with the pictures.",
      "Food-grade materials wherever something to eat or drink passes.",
      "Runs at a whisper, so you can put it next to the {place}.",
      "Fits under standard counters and through standard doors.",
      "Certified for safety and rated for low energy use.",
      "Saves the cost of a service call; {who} fit it in half an hour.",
      "Keeps working through {use}, year after year.",
      "A drip tray, a filter and a brush make upkeep simple.",
      "The {color} front matches what most kitchens already have.",
      "Plugs into any 120-volt household outlet unless noted.",
      "Suitable for {use} and for {use}.",
      "A {adjective} helper in the {place}, day in and day out.",
      "Corrosion does not get hold of the coated steel inside.",
      "Controls are large, lit and easy to understand.",
      "Delivered to the curb; help with the stairs can be booked.",
      "Leak-tested at twice the normal pressure before it is packed.",
      "Replaces several older part numbers of the same shape.",
      "The {brand} hotline is staffed by former {who}.",
      "Made to the measurements of the original, often with better seals.",
      "Takes up little floor in the {place} for what it can do.",
      "Defrosts, rinses or resets itself, as the {grade} model should.",
    ],
    kinds: applianceKinds)

  private static let applianceKinds = [
    Kind(
      "chest freezer", title: "{1} Chest Freezer, {2}, {3}", group: "Freezers", price: 320,
      pounds: 78, inches: 38,
      attributes: [
        "Capacity": ["3.5 Cu. Ft.": 0.6, "7 Cu. Ft.": 1, "15 Cu. Ft.": 1.9, "25 Cu. Ft.": 3],
        "Control": ["Dial": 0.9, "Digital": 1.15],
        "Defrost": ["Manual Defrost": 0.9, "Frost Free": 1.3],
      ],
      sentences: [
        "{1} of room with {2} control and {3}.",
        "Holds its cold for two days when the power is out.",
        "Two baskets keep the top of the {1} tub in order.",
      ]),
    Kind(
      "refrigerator water filter", title: "{1} Refrigerator Water Filter, {2}",
      group: "Filters", price: 14, pounds: 0.6, inches: 9, packs: [1, 2, 3, 6],
      attributes: [
        "Fitting": ["Push-In": 0.95, "Quarter Turn": 1, "Inline": 0.9],
        "Filtration": ["Basic Carbon": 0.7, "NSF 42": 1, "NSF 401": 1.6],
      ],
      sentences: [
        "A {1} cartridge with {2} filtration for six months of clean water.",
        "{pack} in the box; change one every 200 gallons.",
        "{2} certified: chlorine, lead and odd tastes stay behind.",
      ]),
    Kind(
      "dryer heating element", title: "{1} Dryer Heating Element, {2}, {3}",
      group: "Dryer Parts", price: 27, pounds: 1.6, inches: 14,
      attributes: [
        "Power": ["4,000 Watts": 0.9, "5,400 Watts": 1.1],
        "Voltage": ["120 Volts": 0.85, "240 Volts": 1.05],
        "Set": ["Element Only": 0.75, "With Thermostat": 1.1, "Full Repair Kit": 1.6],
      ],
      sentences: [
        "{1} at {2}, sold as {3}.",
        "If the drum turns but stays cold, this {3} is the likely cure.",
        "The coil of {1} is welded, not crimped.",
      ]),
    Kind(
      "ice maker", title: "{1} Ice Maker, {2}, {3}", group: "Ice Makers", price: 132, pounds: 22,
      inches: 15,
      attributes: [
        "Output": ["26 lb a Day": 0.8, "44 lb a Day": 1.2, "100 lb a Day": 2.8],
        "Shape": ["Bullet Ice": 0.85, "Clear Cubes": 1.2, "Nugget Ice": 2.2],
        "Installation": ["Countertop": 0.9, "Built-In": 2],
      ],
      sentences: [
        "{1} of {2} from a {3} unit; the first batch is ready in seven minutes.",
        "A lamp tells you when the basket is full.",
        "{2} that melts slowly and does not taste of the machine.",
      ]),
    Kind(
      "washing machine", title: "{1} Washing Machine, {2}, {3}", group: "Washers", price: 590,
      pounds: 150, inches: 39,
      attributes: [
        "Capacity": ["1.6 Cu. Ft.": 0.55, "4.5 Cu. Ft.": 1, "5.8 Cu. Ft.": 1.4],
        "Loading": ["Top Load": 0.85, "Front Load": 1.2],
        "Heater": ["Cold and Warm": 0.9, "Steam": 1.3],
      ],
      sentences: [
        "{1} in a {2} drum with {3} programs.",
        "The inverter motor spins at 1,300 turns without walking.",
        "{3} takes care of stains that {2} machines often leave.",
      ]),
    Kind(
      "range hood", title: "{1} Range Hood, {2}, {3}", group: "Ventilation", price: 168,
      pounds: 26, inches: 30,
      attributes: [
        "Width": ["24 Inch": 0.85, "30 Inch": 1, "36 Inch": 1.25, "48 Inch": 2.2],
        "Airflow": ["230 CFM": 0.65, "450 CFM": 1, "900 CFM": 1.8],
        "Mount": ["Under Cabinet": 0.85, "Wall Mount": 1.2, "Island": 2],
      ],
      sentences: [
        "A {1} {3} hood that moves {2} on its top speed.",
        "Baffle filters go into the dishwasher once a month.",
        "{3} with two lamps and a quiet {2} fan.",
      ]),
    Kind(
      "coffee filter", title: "{1} Coffee Filters, {2}", group: "Coffee Accessories", price: 0.045,
      pounds: 0.004, inches: 6, packs: [40, 100, 200, 500],
      attributes: [
        "Shape": ["Basket": 0.9, "Cone": 1],
        "Material": ["Bleached Paper": 0.85, "Natural Paper": 0.95, "Bamboo Fiber": 1.5],
      ],
      sentences: [
        "{pack} {1} filters of {2} that do not tear when wet.",
        "The {1} fits machines for eight to twelve cups.",
        "{2} leaves the oils in and the grounds out.",
      ]),
    Kind(
      "dishwasher rack wheel", title: "{1} Dishwasher Rack Wheels, {2}", group: "Dishwasher Parts",
      price: 2.2, pounds: 0.05, inches: 2, packs: [1, 4, 8, 12],
      attributes: [
        "Position": ["Upper Rack": 1, "Lower Rack": 1.1],
        "Material": ["Nylon": 0.9, "Reinforced Nylon": 1.3],
      ],
      sentences: [
        "{pack} wheels for the {1}, in {2}.",
        "They snap on without tools and roll smoothly at once.",
        "{2} does not swell in hot water, so the {1} keeps moving.",
      ]),
    Kind(
      "microwave oven", title: "{1} Microwave Oven, {2}, {3}", group: "Microwaves", price: 128,
      pounds: 32, inches: 20,
      attributes: [
        "Capacity": ["0.7 Cu. Ft.": 0.65, "1.2 Cu. Ft.": 1, "2.2 Cu. Ft.": 1.7],
        "Power": ["700 Watts": 0.8, "1,200 Watts": 1.15],
        "Function": ["Microwave Only": 0.85, "Grill": 1.2, "Convection": 1.8],
      ],
      sentences: [
        "{1} and {2} with {3} for what needs a crust.",
        "The sensor ends the program when the food is hot.",
        "An inverter holds {2} or any part of it steadily.",
      ]),
    Kind(
      "gas range", title: "{1} Gas Range, {2}, {3}", group: "Ranges", price: 980, pounds: 195,
      inches: 36,
      attributes: [
        "Width": ["20 Inch": 0.65, "30 Inch": 1, "48 Inch": 2.1],
        "Burners": ["4 Burners": 0.85, "5 Burners": 1, "8 Burners": 1.5],
        "Oven": ["Standard Oven": 0.9, "Convection Oven": 1.25],
      ],
      sentences: [
        "{1} wide with {2} and a {3}.",
        "Cast-iron grates join to one surface for heavy pots.",
        "{2} from simmer to 18,000 BTU; a conversion kit is included.",
      ]),
    Kind(
      "appliance knob", title: "{1} Knobs, {2}", group: "Range Parts", price: 4.2, pounds: 0.1,
      inches: 2, packs: [1, 2, 4, 5, 6],
      attributes: [
        "Appliance": ["Stove": 1, "Dryer": 0.9, "Washer": 0.9],
        "Material": ["Plastic": 0.7, "Zinc Alloy": 1.3, "Stainless Steel": 1.8],
      ],
      sentences: [
        "{pack} {1} knobs of {2} with a D-shaped hole.",
        "Heat-proof {2}, with markings that do not rub off.",
        "Pull the old {1} knob off, push the new one on.",
      ]),
  ]
}
