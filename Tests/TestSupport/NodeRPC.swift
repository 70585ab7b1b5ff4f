import Foundation
import FoundationNetworking

/// A node's JSON-RPC interface, for more and longer calls than processes are good for.
package struct NodeRPC: Sendable {
    /// What the node answers instead of a result.
    package struct Refusal: Error, Decodable, Hashable, CustomStringConvertible {
        package let code: Int
        package let message: String

        package var description: String { "\(code): \(message)" }
    }

    /// A parameter of a call.
    package enum Parameter: Encodable, Sendable {
        case text(String)
        case texts([String])
        case flag(Bool)
        case number(Int)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .texts(let values): try container.encode(values)
            case .flag(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            }
        }
    }

    private struct Request: Encodable {
        let jsonrpc = "1.0"
        let id = "test"
        let method: String
        let params: [Parameter]
    }

    private struct Answer<Result: Decodable>: Decodable {
        let result: Result?
        let error: Refusal?
    }

    private let url: URL
    private let authorization: String
    private let session: URLSession

    init(url: String, cookie: String) throws {
        guard let url = URL(string: url) else {
            throw ProgramNode.Failure(description: "\(url) is no address")
        }
        self.url = url
        let credentials = try Data(contentsOf: URL(filePath: cookie))
        authorization = "Basic " + credentials.base64EncodedString()
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 120
        session = URLSession(configuration: configuration)
    }

    /// Calls a method.
    ///
    /// - Throws: `Refusal`, or what went wrong on the way.
    package func call<Result: Decodable & Sendable>(
        _ method: String, _ parameters: Parameter...
    ) async throws -> Result {
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(authorization, forHTTPHeaderField: "Authorization")
        request.httpBody = try JSONEncoder().encode(
            Request(method: method, params: parameters))
        let (data, _) = try await session.data(for: request)
        let answer = try JSONDecoder().decode(Answer<Result>.self, from: data)
        if let refusal = answer.error { throw refusal }
        guard let result = answer.result else {
            throw ProgramNode.Failure(description: "\(method): neither result nor error")
        }
        return result
    }
}
