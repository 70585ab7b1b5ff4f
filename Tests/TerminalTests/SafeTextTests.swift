import Terminal
import TestSupport
import Testing

@Suite("Text from outside on its way to a terminal")
struct SafeTextTests {
    @Test("printable ASCII stays, everything else becomes a question mark")
    func printable() {
        for value in 0..<0x3000 {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            let expected = (0x20...0x7E).contains(value) ? String(Character(scalar)) : "?"
            #expect(SafeText.printable(String(Character(scalar))) == expected)
        }
        #expect(SafeText.printable("a\u{1B}[2Jb\r\nc\u{202E}d\u{9B}e") == "a?[2Jb??c?d?e")
    }

    @Test("a line of a program keeps its letters and loses what steers a terminal")
    func line() {
        #expect(SafeText.line("ten … dollars – naïve 日本") == "ten … dollars – naïve 日本")
        for steering in [
            "\u{0}", "\u{7}", "\u{8}", "\t", "\r", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}",
            "\u{AD}", "\u{61C}", "\u{200B}", "\u{200E}", "\u{202A}", "\u{202E}", "\u{2028}",
            "\u{2029}", "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{E000}", "\u{E0001}",
        ] {
            let line = SafeText.line("a\(steering)b")
            #expect(line.unicodeScalars.elementsEqual("a?b".unicodeScalars))
        }
        // Line ends are the program's own.
        #expect(SafeText.line("a\nb") == "a\nb")
    }
}
