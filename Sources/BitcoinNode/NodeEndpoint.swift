package import Foundation

/// Where a node listens, and how it knows us.
package struct NodeEndpoint: Sendable {
    /// How a node is told who asks.
    ///
    /// Read again for every request: a node writes a new cookie at every start.
    package enum Credentials: Hashable, Sendable {
        case none
        case cookie(path: String)
        case password(user: String, path: String)
    }

    package let url: URL
    package let credentials: Credentials
    /// Longest wait for an answer.
    package let timeoutSeconds: Int

    /// - Returns: Nil for anything but an http or https address.
    package init?(url text: String, credentials: Credentials, timeoutSeconds: Int = 30) {
        guard let url = URL(string: text), let scheme = url.scheme,
            ["http", "https"].contains(scheme), url.host != nil
        else { return nil }
        self.url = url
        self.credentials = credentials
        self.timeoutSeconds = timeoutSeconds
    }

    /// The value of the Authorization header, or nil.
    func authorization() throws(NodeError) -> String? {
        let pair: String
        switch credentials {
        case .none: return nil
        case .cookie(let path): pair = try Self.line(path)
        case .password(let user, let path): pair = user + ":" + (try Self.line(path))
        }
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }

    private static func line(_ path: String) throws(NodeError) -> String {
        let content: String
        do {
            content = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .credentials(path: path, reason: "the file cannot be read")
        }
        let line = content.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard !line.isEmpty else { throw .credentials(path: path, reason: "the file is empty") }
        return line
    }
}
