import Foundation
import GRDB

/// A value that goes into a statement or comes out of a row.
enum SQLValue: Hashable {
    case integer(Int64)
    case blob([UInt8])

    var argument: DatabaseValue {
        switch self {
        case .integer(let value): value.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}

/// The columns of a row, by position.
///
/// A column of another type than asked for is not there.
struct SQLRow {
    private let values: [DatabaseValue]

    init(_ row: Row) {
        values = Array(row.databaseValues)
    }

    func integer(_ column: Int) -> Int64? {
        guard case .int64(let value) = values[column].storage else { return nil }
        return value
    }

    func blob(_ column: Int) -> [UInt8]? {
        guard case .blob(let data) = values[column].storage else { return nil }
        return [UInt8](data)
    }
}
