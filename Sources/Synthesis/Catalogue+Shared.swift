/// Words and sentences that suit every category.
extension Catalogue {
  /// The frames of titles; `{title}` is the kind's own.
  static let titles: [Template] = [
    "{brand} {grade} {title}, {color}",
    "{brand} {title} - {grade}, {color}",
    "{title} by {brand}, {grade} Series, for {use} ({color})",
    "{brand} {title}, {grade} Edition for {who}",
    "{brand} {grade} {title} for {use}",
    "{title}, {brand} {grade}, {color}, Made for {place}",
  ]

  /// The 64 characters of an image's name.
  static let keyLetters: Text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"

  static let videoTitles: [Template] = [
    "{brand} {title} in use", "How to set up the {brand} {kind}", "{grade} {kind} - first look",
    "{brand} {kind}: what is in the box", "A closer look at the {color} {kind}",
  ]

  static let headings: [Text] = [
    "Built to Last", "Easy to Use", "What You Get", "Made for Every Day", "Good to Know",
    "Thoughtful Design", "Solid Build", "Simple Setup", "Wide Fit", "Quality You Can Feel",
    "Carefully Tested", "Ready to Gift", "Small Footprint", "Satisfaction First", "Fine Details",
    "Low Upkeep", "Great Value", "Safe and Sound", "Versatile", "Trusted Choice",
  ]

  static let priceRemarks: [Text] = [
    "List price $", "Now only $", "Regular price: $", "Get it today for $", "Our price: USD ",
  ]

  static let adjectives: [Text] = [
    "sturdy", "compact", "reliable", "lightweight", "practical", "handsome", "well-made", "tough",
    "simple", "quiet", "smooth", "precise", "sleek", "versatile", "dependable", "solid",
    "carefully finished", "no-nonsense", "long-lived", "modern", "neat", "rugged",
  ]

  static let terms: [Text] = [
    "90-day", "6-month", "12-month", "18-month", "2-year", "3-year", "5-year", "limited lifetime",
  ]

  static let countries: [Text] = [
    "China", "USA", "Taiwan", "Germany", "Japan", "Mexico", "Vietnam", "Canada", "Italy", "India",
  ]

  static let months: [Text] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  static let yesOrNo: [Text] = ["No", "No", "No", "Yes"]
  static let noes: [Text] = ["No", "No", "No", "False", "Yes"]

  static let sharedSentences: [Template] = [
    "Every {kind} is inspected by hand before it leaves the {brand} workshop.",
    "{brand} backs this {kind} with a {term} warranty and answers questions within a day.",
    "The {color} finish goes with almost anything in your {place}.",
    "If the {kind} is not what you hoped for, send it back and we will make it right.",
    "The {grade} version is the one that most {who} end up choosing.",
    "A {adjective} choice for {use}, and just as good for {use}.",
    "It arrives in plain recyclable packaging with clear printed instructions.",
    "We spent two years talking to {who} before we settled on this {adjective} design.",
    "You receive {pack} in the box, with everything needed to start right away.",
    "Please check the measurements in the pictures before ordering.",
    "Colors may look slightly different depending on the settings of your screen.",
    "Wipe it clean with a damp cloth; no special care is required.",
    "Makes a {adjective} gift for {who} on birthdays and holidays.",
    "Rated for years of {use}, not just for a season.",
    "Our {grade} line sits between price and quality where {who} want it to be.",
    "The {brand} {kind} has been a quiet favorite of {who} since it first appeared.",
    "No tools, no fuss: most people are done in under ten minutes.",
    "Store it in the {place} when it is not needed; it takes up hardly any room.",
    "Compared with the previous model, this one is more {adjective} and easier to live with.",
    "Small parts are included, so keep the box away from children under three.",
    "We ship from our own warehouse, usually on the next working day.",
    "Whether you need it for {use} or {use}, it does what it should.",
    "The materials were chosen to be {adjective} rather than flashy.",
    "Pack size: {pack}. Color: {color}. Style: {grade}.",
    "What sets this {kind} apart is how {adjective} it feels after months of {use}.",
    "If anything is missing from the parcel, write to {brand} and we will send it at once.",
    "It has been tested in the {place} by {who}, and it shows.",
    "Tight tolerances and a {adjective} finish are standard across the {brand} range.",
    "Do not be misled by look-alikes: only {brand} makes the {grade} {kind} in {color}.",
    "Thanks to its {adjective} build you can take it from the {place} to the {place}.",
    "The {term} guarantee covers parts and labor, with no paperwork to fill in.",
    "Most {who} tell us that they bought a second one within the year.",
    "An easy upgrade from whatever came in the box originally.",
    "The edges are rounded and smooth, so nothing snags or scratches.",
    "Designed for {who} who would rather buy once than buy twice.",
    "For the best results, read the short guide before the first use.",
    "This listing is for the {grade} style in {color}; other colors are sold separately.",
    "Spare parts stay available for at least five years after purchase.",
    "It feels {adjective} in the hand and looks {adjective} in the {place}.",
    "Free of strong smells, sharp corners and hidden costs.",
  ]
}
