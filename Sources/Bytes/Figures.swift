import Foundation

/// With commas between thousands: 1,234,567.
package func grouped(_ number: Int) -> String {
  let digits = Array(String(abs(number)))
  let groups = stride(from: digits.count % 3 - 3, to: digits.count, by: 3).map {
    String(digits[max($0, 0)..<($0 + 3)])
  }
  return (number < 0 ? "-" : "") + groups.filter { !$0.isEmpty }.joined(separator: ",")
}

/// With commas between thousands and one decimal, unless that is 0: 1,234.5.
package func grouped(_ value: Double) -> String {
  let tenths = value.isFinite ? Int(min(abs(value) * 10, 1e15).rounded()) : 0
  let text = grouped(tenths / 10) + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
  return value < 0 && tenths > 0 ? "-\(text)" : text
}

/// With commas between thousands and two decimals: $1,012.50, -$3.00.
package func dollars(_ value: Double) -> String {
  (value <= -0.005 ? "-$" : "$") + hundredths(abs(value))
}

/// With commas between thousands and two decimals: 1,012.50, at most 15 digits.
package func hundredths(_ value: Double) -> String {
  let hundredths = value.isFinite ? Int(min(abs(value) * 100, 1e15).rounded()) : 0
  let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
  return (value < 0 && hundredths > 0 ? "-" : "") + grouped(whole) + (rest < 10 ? ".0" : ".")
    + "\(rest)"
}

extension String {
  /// With control characters, line breaks and bidirectional controls escaped, so that they cannot
  /// affect the surrounding text.
  package var printable: String {
    spellingOut { "\\u{\(String($0.value, radix: 16))}" }
  }

  /// The same for JSON text, with JSON escapes; such characters occur only in its strings.
  package var printableJSON: String {
    // All of them fit in four digits.
    spellingOut { "\\u" + String(String($0.value + 0x10000, radix: 16).dropFirst()) }
  }

  private func spellingOut(_ spelling: (Unicode.Scalar) -> String) -> String {
    guard unicodeScalars.contains(where: \.isActive) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isActive {
        text += spelling(scalar)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether a terminal or browser acts on it instead of showing it.
  fileprivate var isActive: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}

/// A number with at most one decimal, for SVG and style sheets.
package func decimal(_ value: Double) -> String {
  let tenths = Int(clampingWhole: (value * 10).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
}

/// A count's share of a whole in percent, with one decimal: 12.5 %, or <0.1 % if less but not 0.
package func percent(_ count: Int, of whole: Int) -> String {
  let tenths = whole == 0 ? 0 : (count * 2000 / whole + 1) / 2
  return tenths == 0 && count > 0 ? "<0.1 %" : "\(tenths / 10).\(tenths % 10) %"
}
