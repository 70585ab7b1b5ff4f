import Foundation
import Terminal
import TestSupport
import Testing

@Suite("Reports for scripts")
struct JSONTests {
    @Test("fields keep their order, and the text is what RFC 8259 says")
    func text() {
        let object = JSONObject([
            ("z", .number(1)), ("a", .array([.null, .bool(true), .bool(false)])),
            ("m", .object(JSONObject([("", .text(""))]))),
        ])
        #expect(object.text == #"{"z":1,"a":[null,true,false],"m":{"":""}}"#)
        #expect(object.adding("ok", .bool(true)).text.hasPrefix(#"{"ok":true,"z":1,"#))
    }

    @Test("numbers that floating point cannot hold are texts")
    func numbers() {
        #expect(JSON.number(1 << 53).text == "9007199254740992")
        #expect(JSON.number(1 << 53 + 1).text == "\"9007199254740993\"")
        #expect(JSON.number(.max).text == "\"18446744073709551615\"")
    }

    @Test("any text comes back from another reader, and is printable ASCII on the way")
    func texts() throws {
        var random = SplitMix64.announced("texts of reports")
        let special = [
            "\"", "\\", "/", "\u{1B}", "\n", "\u{0}", "\u{202E}", "é", "日", "🂡", "e\u{301}",
        ]
        for _ in 0..<500 {
            let count = Int.random(in: 0...12, using: &random)
            let text = (0..<count).map { _ in
                Bool.random(using: &random)
                    ? special.randomElement(using: &random) ?? ""
                    : String(Character(Unicode.Scalar(UInt8.random(in: 0...255, using: &random))))
            }.joined()
            let written = JSON.array([.text(text)]).text
            #expect(written.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            let read = try JSONDecoder().decode([String].self, from: Data(written.utf8))
            #expect(read.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        }
    }
}
