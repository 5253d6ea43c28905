/// `; did you mean 'x'?` for the name that is most like `name`, or nothing when none is.
package func nearest(_ name: String, in names: [String]) -> String {
  guard let best = names.min(by: { editDistance(name, $0) < editDistance(name, $1) }),
    editDistance(name, best) <= max(2, name.count / 3)
  else { return "" }
  return "; did you mean '\(best)'?"
}

/// The fewest insertions, deletions and replacements of a character between two names (Levenshtein).
func editDistance(_ first: String, _ second: String) -> Int {
  let second = Array(second)
  var previous = Array(0...second.count)
  for (row, character) in first.enumerated() {
    var current = [row + 1]
    for column in second.indices {
      let replaced = previous[column] + (second[column] == character ? 0 : 1)
      current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[second.count]
}
