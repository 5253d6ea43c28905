import TestSupport
import Testing

@testable import Bytes
@testable import Contracts
@testable import RecordSteps

struct StripHTMLStepTests {
  @Test(arguments: [
    "", "a", "5 < 6 lbs & more", "a<5", "AT&T", "R&D; x", "x && y", "<3", "3>2", "<- arrow", "&",
    "<",
    "a & b", "a <", "&bogus;", "&#;", "&#x;", "&#xg;", "<>", "<$5", "<_a>", " two  spaces ",
    "【GREAT】 😀 é\u{A0}\u{2028}", "a > b, \"c\"", "a\u{0}b\u{1}", "&0;", "&a;",
  ])
  func leavesText(text: String) throws {
    #expect(try stripped(text) == text)
  }

  @Test(arguments: [
    // Blocks and breaks separate words, inline elements do not.
    ("a<b>b</b>c", "abc"), ("<p>a</p><p>b", "a b"), ("a<br>b<br/>c<BR />d", "a b c d"),
    ("a<hr>b", "a b"), ("<P CLASS=x>A</P>B", "A B"), ("a<wbr>b", "ab"), ("a</div>b", "a b"),
    ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "a b c d"), ("<h1>a</h1>b", "a b"),
    ("<table><tr><td>a<td>b<tr><th>c</table>", "a b c"), ("<td>a</td><td>b</td>", "a b"),
    ("<font size=\"1\"><b>10<sup>2</sup></font>", "102"),
    ("$19<sup>99</sup> 3<sup>12</sup>", "$19.99 312"), ("<section>a</section>b", "a b"),
    ("<select><option>a<option>b</select>", "a b"), ("<dl><dt>a<dd>b</dl>", "a b"),
    ("<custom-tag>a</custom-tag>b", "ab"), ("<svg><path d=\"M0\"/></svg>x", "x"),
    ("  <b> a </b>  \t<i> b</i> ", "a b"), ("<img alt=\"x\">a", "a"),
    // What browsers do not show.
    ("<script>if (a<b && c) \"</b>\"</script>x<style>p{}</style>y", "xy"),
    ("a<!-- b <c> -->d", "ad"), ("a<!-->b", "ab"), ("a<!--->b<!---->c", "abc"), ("a<!-- b", "a"),
    ("a<script>b", "a"), ("<title>t</title>a", "a"),
    ("<noscript><b>a</b></noscript>b", "b"), ("<iframe src=x>a</iframe>b", "b"),
    ("<template>a</template>b", "b"), ("<video>a</video>b", "b"), ("<![CDATA[a]]>b", "b"),
    ("a<?php b ?>c", "ac"), ("<?xml version=\"1.0\"?>a", "a"), ("<!DOCTYPE html>a", "a"),
    ("a<!doctype html>b", "ab"), ("a</ b>c", "ac"), ("</>a", "a"),
    ("<html><head><title>t</title><meta charset=latin1></head><body>é", "é"),
    ("é<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>é", "éé"),
    // Tags that are not well formed.
    ("<a title=\"x > y\" href='\">'>t</a>u", "tu"), ("<a title=\"&gt;&quot;>q\">t", "t"),
    ("<b>a", "a"), ("a</b>", "a"), ("<b><i>a</b></i>", "a"), ("a<<b>b>c", "ac"), ("x </u", "x"),
    ("x <br", "x"), ("x <a href=\"y", "x"), ("<<<Race the world", "<< Race the world"),
    ("<a<b>c", "c"), ("a < b > c<i>", "a < b > c"), ("<>x</>y", "<>xy"),
    ("<b>5 < 6 <3 a<5 & AT&T x && y <- z</b>", "5 < 6 <3 a<5 & AT&T x && y <- z"),
    ("<b>a\u{0}b</b>\u{0}c", "abc"), ("😀<b>【é】</b>\u{2028}x", "😀【é】\u{2028}x"),
  ])
  func stripsTags(html: String, text: String) throws {
    #expect(try stripped(html) == text)
  }

  @Test(arguments: [
    ("&amp;", "&"), ("a&lt;5", "a<5"), ("&quot;&apos;", "\"'"), ("&eacute;&Eacute;", "éÉ"),
    ("&hearts;&CounterClockwiseContourIntegral;", "♥∳"), ("&nGt;&NotEqualTilde;", "≫⃒≂̸"),
    ("&zwnj;&Zscr;", "𝒵"), ("a&nbsp;b", "a\u{A0}b"), ("&#233;&#xE9;&#Xe9;", "ééé"),
    ("&#x1F600;&#128512;", "😀😀"), ("&#0233;&#x0000e9;", "éé"), ("&#38", "&"), ("&#39s", "'s"),
    // Windows-1252, as browsers have it.
    ("&#150;&#x92;&#128;&#159;", "–’€Ÿ"), ("a&#129;b", "ab"),
    // Without a semicolon, some.
    ("&notit; &copy2024 &reg", "¬it; ©2024 ®"), ("&hearts &eacut", "&hearts &eacut"),
    // White space is a space; control characters and what is no character are nothing.
    ("a&#10;b&#13;c&Tab;d&NewLine;e", "a b c d e"), ("a&#1;&#x1F;&#127;b", "ab"),
    ("a&#0;", "a"), ("&#xD800;b", "b"), ("&#99999999;", ""), ("&#x110000;", ""),
    ("&#99999999999999999999999999;", ""),
    // What nobody sees goes, and so does not keep markup apart.
    ("<\u{200B}b>a", "a"), ("&\u{200B}lt;b>a", "a"), ("&l\u{AD}t;b&gt;a", "a"),
    ("<&#8203;b>a", "a"), ("&amp;amp;amp;amp;amp;amp;lt;&#8203;b>a", "a"),
    ("a\u{0} & b\u{200D}", "a & b"),
    // Escaped twice and more.
    ("&amp;nbsp;", "\u{A0}"), ("&amp;amp;amp;lt;", "<"), ("&amp;#38;#233;", "é"),
    ("&lt;b&gt;bold&lt;/b&gt;", "bold"), ("&amp;lt;p&amp;gt;a&amp;lt;/p&amp;gt;b", "a b"),
    ("<p>&lt;b&gt;a&lt;/b&gt; &amp;amp; b</p>", "a & b"), ("&am<b>p;</b>a", "&a"),
    ("&a&#109;p;a", "&a"), ("&amp;bogus;", "&bogus;"), ("Black &amp; Decker", "Black & Decker"),
  ])
  func resolvesReferences(html: String, text: String) throws {
    #expect(try stripped(html) == text)
  }

  @Test func worksOnTitleAndOnEachLineOfTheContents() throws {
    var item = Item()
    item.title = Array("Tom &amp; <b>Jerry</b>".utf8)
    item.contents = Array("<script>never closed\nplain\n\na &lt; b<br\n<p>c&#10;d</p>\n".utf8)
    #expect(try makeStep(StripHTMLStep.self).apply(to: &item).reason == nil)
    #expect(item.title.text == "Tom & Jerry")
    #expect(item.contents.text == "\nplain\n\na < b\nc d\n")
  }

  /// Neither deep nesting nor what makes a parser look ahead again and again does harm: a hundred
  /// thousand of each are stripped in milliseconds.
  @Test(arguments: [
    "<b>", "<div>x", "<b>x</i>", "<a", "<a ", "</", "<!--", "<!", "<?", "<!DOCTYPE ", "<script>",
    "<p><b>", "<table><td>x", "<a b=\"", "<html a=b>", "<html a", "<<b>b>", "</p>", "<li>x",
    "<form>", "<select>", "&amp;", "amp;", "&nGt;", "&", "<", "&#1;", "&a&#109;p;", "\u{0}<i>",
  ])
  func survivesRepetition(fragment: String) throws {
    for count in [100, 3000, 100_000] {
      let html = String(repeating: fragment, count: count)
      let text = try stripped(html)
      #expect(text.utf8.count <= html.utf8.count * 6 / 5)
      #expect(!Self.holdsMarkup(text))
    }
  }

  @Test func survivesLongTagsAndReferences() throws {
    let long = String(repeating: "x", count: 1_000_000)
    let attributes = (0..<5000).map { "a\($0)" }.joined(separator: " ")
    #expect(try stripped("<a title=\"\(long)\">y") == " y")
    #expect(try stripped("<\(long)>y") == " y")
    #expect(try stripped("<a \(attributes)>y") == "y")
    #expect(try stripped("&\(long);") == "&\(long);")
    #expect(try stripped("&#\(long.map { _ in "1" }.joined());") == "")
    #expect(try stripped("&" + String(repeating: "amp;", count: 250_000) + "lt;b>y") == "y")
  }

  @Test func randomFragmentsComeOutClean() throws {
    let pieces = [
      "<b>", "</b>", "<p>", "</p>", "<br>", "<td>", "<a href=\"x>y\">", "<!-- c -->", "<!--", "<",
      ">", "&", ";", "#", "x", "6", "0", "amp;", "lt;", "&amp;", "&lt;", "&gt;", "&#38;", "&#60",
      "&#x3c;", "&#0;", "&notit;", "&bogus;", " ", "\n", "a", "/", "!", "?", "\"", "é", "😀",
      "<script>", "</script>", "<![CDATA[", "]]>", "\u{0}", "\u{200B}", "&#8203;", "<a <b",
    ]
    var random = SeededGenerator(state: 1)
    let step = try makeStep(StripHTMLStep.self)
    for _ in 0..<5000 {
      let html = (0..<Int.random(in: 0...14, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      let text = Self.stripped(html, by: step)
      #expect(!Self.holdsMarkup(text), "\(html.debugDescription) -> \(text.debugDescription)")
      #expect(Self.stripped(text, by: step) == text, "\(html.debugDescription)")
      #expect(text.filter(\.isNewline).count == html.filter(\.isNewline).count)
    }
  }

  @Test func survivesBytesThatAreNotUTF8() throws {
    let step = try makeStep(StripHTMLStep.self)
    let pieces: [[UInt8]] = [
      Array("<b>".utf8), Array("</b>".utf8), Array("&amp;".utf8), Array("text".utf8), [0xFF],
      [0xC3], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0x80], [0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE],
    ]
    var random = SeededGenerator(state: 2)
    var scratch: [UInt8] = []
    for _ in 0..<5000 {
      var text = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      step.strip(&text, with: &scratch)
      #expect(!Self.holdsMarkup(text.text))
    }
  }

  @Test func threadsDoNotDisturbEachOther() async throws {
    let step = try makeStep(StripHTMLStep.self)
    await withTaskGroup(of: Bool.self) { group in
      for worker in 0..<8 {
        group.addTask {
          (0..<500).allSatisfy { number in
            Self.stripped("<p>\(worker)&amp;<b>\(number)</p><br>é", by: step)
              == "\(worker)&\(number) é"
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  private func stripped(_ html: String) throws -> String {
    Self.stripped(html, by: try makeStep(StripHTMLStep.self))
  }

  private static func stripped(_ html: String, by step: StripHTMLStep) -> String {
    var bytes = Array(html.utf8)
    var scratch: [UInt8] = []
    step.strip(&bytes, with: &scratch)
    return bytes.text
  }

  /// A tag that begins, or a reference of the most usual kinds.
  private static func holdsMarkup(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func holds(_ character: Unicode.Scalar, before condition: (ArraySlice<UInt8>) -> Bool) -> Bool {
      var start = 0
      while let index = bytes.span.firstIndex(of: UInt8(ascii: character), in: start..<bytes.count)
      {
        start = index + 1
        if condition(bytes[start...].prefix(4)) { return true }
      }
      return false
    }
    return holds("<") { rest in
      rest.first.map { 0x61...0x7A ~= $0 | 0x20 || $0 == UInt8(ascii: "/") } ?? false
    }
      || holds("&") { rest in
        let isNumeric =
          rest.first == UInt8(ascii: "#") && 0x30...0x39 ~= rest.dropFirst().first ?? 0
        return isNumeric || ["amp", "lt", "gt", "not"].contains { rest.starts(with: $0.utf8) }
      }
  }
}
