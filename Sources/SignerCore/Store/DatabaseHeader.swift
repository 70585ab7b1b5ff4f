import Glibc

/// The first hundred bytes of the database file, in which SQLite itself believes whatever it reads.
///
/// Every record is sealed, and SQLite's integrity check covers pages; the header is covered by
/// neither. So each of its fields is compared with the one value that a closed vault has there.
/// Two fields stay: the schema cookie (bytes 40 to 43), by which connections of one moment notice
/// each other's new tables, and the version of the library that wrote last (96 to 99). They differ
/// from library to library, carry nothing of the vault, and change nothing that is read of it.
///
/// Source: SQLite, "Database File Format", section 1.3.
enum DatabaseHeader {
    static let byteCount = 100

    private struct Field {
        let name: String
        let offset: Int
        let value: [UInt8]

        init(_ name: String, _ offset: Int, _ value: [UInt8]) {
            self.name = name
            self.offset = offset
            self.value = value
        }
    }

    private static let fixed = [
        Field("magic", 0, Array("SQLite format 3\0".utf8)),
        Field("page size", 16, [UInt8(VaultDatabase.pageByteCount >> 8), 0]),
        Field("write version", 18, [1]), Field("read version", 19, [1]),
        Field("reserved space", 20, [0]), Field("payload fractions", 21, [64, 32, 32]),
        Field("schema format", 44, number(4)), Field("default cache size", 48, number(0)),
        Field("largest root page", 52, number(0)), Field("text encoding", 56, number(1)),
        Field("user version", 60, number(0)), Field("vacuum mode", 64, number(0)),
        Field("application id", 68, number(0)),
        Field("reserved bytes", 72, [UInt8](repeating: 0, count: 20)),
    ]

    private static func number(_ value: UInt8) -> [UInt8] { [0, 0, 0, value] }

    /// Compares the header of a file that no transaction is in the middle of.
    ///
    /// - Throws: `.damaged(.fileDamaged)` with the field that differs.
    static func check(_ path: String) throws(VaultError) {
        let file = try FileHandle(path, O_RDONLY, operation: "open the database")
        let (header, fileByteCount) = try file.start(byteCount)
        guard header.count == byteCount else {
            throw damage("the file has \(fileByteCount) bytes")
        }
        for field in fixed {
            let found = Array(header[field.offset..<field.offset + field.value.count])
            guard found == field.value else { throw damage("its \(field.name) was changed") }
        }
        let pageCount = bigEndian(header, at: 28)
        guard pageCount * VaultDatabase.pageByteCount == fileByteCount else {
            throw damage("it claims \(pageCount) pages and has \(fileByteCount) bytes")
        }
        // Whoever commits writes the change counter twice.
        guard header[24..<28] == header[92..<96] else {
            throw damage("its change counter was changed")
        }
    }

    private static func bigEndian(_ bytes: [UInt8], at offset: Int) -> Int {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func damage(_ what: String) -> VaultError {
        .damaged(.fileDamaged(detail: "header of the database: \(what)"))
    }
}
