extension RecordWriter {
  mutating func writeImages() {
    line.raw("[")
    for number in 0..<draws.pick([1, 1, 2, 3, 4, 5, 6, 7]) {
      let key = imageKey()
      line.raw(number == 0 ? "{\"thumb\": \"" : ", {\"thumb\": \"")
      writeImage(key)
      line.raw("._SR38,50_.jpg\", \"large\": \"")
      writeImage(key)
      line.raw("._L_.jpg\", \"variant\": \"")
      line.raw(number == 0 ? "MAIN" : "PT0")
      if number > 0 { line.raw(number) }
      if draws.chance(0.55) {
        line.raw("\", \"hi_res\": \"")
        writeImage(key)
        line.raw("._SL1500_.jpg\"}")
      } else {
        line.raw("\", \"hi_res\": null}")
      }
    }
    line.raw("]")
  }

  private mutating func writeImage(_ key: [UInt8]) {
    line.raw("https://media.example.com/images/I/")
    line.bytes.append(contentsOf: key)
  }

  private mutating func imageKey() -> [UInt8] {
    let letters = Catalogue.keyLetters.utf8
    let bits = draws.next()
    return (0..<11).map { letters[Int(bits >> UInt64($0 * 5) & 63)] }
  }

  mutating func writeVideos() {
    line.raw("[")
    for number in 0..<draws.pick([0, 0, 0, 1, 2]) {
      line.raw(number == 0 ? "{\"title\": " : ", {\"title\": ")
      line.raw("\"")
      render(draws.pick(Catalogue.videoTitles))
      line.raw("\"")
      line.raw(", \"url\": \"https://media.example.com/vdp/")
      for _ in 0..<2 {
        let key = draws.next()
        for shift in 0..<16 {
          let digit = UInt8(truncatingIfNeeded: key >> (UInt64(shift) * 4) & 15)
          line.bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
      }
      line.raw("?ref=dp_vse_rvc_\", \"user_id\": \"\"}")
    }
    line.raw("]")
  }
}
