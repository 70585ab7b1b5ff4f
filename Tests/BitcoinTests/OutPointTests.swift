import Bitcoin
import Primitives
import Testing

struct OutPointTests {
    static let shown = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"

    @Test("A txid is shown back to front")
    func display() throws {
        let txid = try #require(Txid(hex: Self.shown))
        #expect(txid.bytes.bytes.first == 0x3B)
        #expect(txid.bytes.bytes.last == 0x4A)
        #expect(txid.description == Self.shown)
        #expect(Txid(txid.bytes) == txid)
        #expect(Txid(hex: Self.shown + "00") == nil)
        #expect(Txid(hex: "") == nil)
    }

    @Test("An outpoint's text is read back, and no other spelling")
    func text() throws {
        let outPoint = OutPoint(txid: try #require(Txid(hex: Self.shown)), outputIndex: 7)
        #expect(outPoint.description == Self.shown + ":7")
        #expect(OutPoint(outPoint.description) == outPoint)
        for suffix in ["", ":", ":07", ":+7", ":-1", ":4294967296", ":7:", ": 7"] {
            #expect(OutPoint(Self.shown + suffix) == nil, "\(suffix)")
        }
        #expect(OutPoint(Self.shown + ":4294967295") != nil)
    }

    @Test("Outpoints are ordered by the bytes of the txid, then by index")
    func order() throws {
        let small = Txid(.zero)
        let large = try #require(Txid(hex: Self.shown))
        let sorted = [
            OutPoint(txid: small, outputIndex: 0), OutPoint(txid: small, outputIndex: 256),
            OutPoint(txid: large, outputIndex: 0),
        ]
        #expect(sorted.reversed().sorted() == sorted)
        #expect(sorted[1].encoded() == Array(repeating: 0, count: 32) + [0, 1, 0, 0])
    }
}
