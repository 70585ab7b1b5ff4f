import Foundation

/// A parameter of a remote call.
enum RPCParameter: Encodable, Sendable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case texts([String])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .texts(let values): try container.encode(values)
        }
    }
}

struct RPCRequest: Encodable {
    let jsonrpc = "1.0"
    let id = "bitvmx-watcher"
    let method: String
    let params: [RPCParameter]
}

struct RPCFailure: Decodable {
    let code: Int
    let message: String
}

struct RPCAnswer<Result: Decodable>: Decodable {
    let result: Result?
    let error: RPCFailure?
}
