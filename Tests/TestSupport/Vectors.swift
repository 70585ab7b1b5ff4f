package import Foundation

/// Published test vectors and known answers, kept as JSON under Tests/Vectors.
package enum Vectors {
    /// Why vectors could not be read.
    package enum Failure: Error, CustomStringConvertible {
        case unreadable(file: String, reason: String)

        package var description: String {
            switch self {
            case .unreadable(let file, let reason): "Tests/Vectors/\(file): \(reason)"
            }
        }
    }

    /// The folder Tests/Vectors.
    package static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Vectors")
    }

    /// Decodes a file that holds an array of vectors.
    ///
    /// - Parameter name: Folder and file without its ending, such as `bip-0327/sign_verify`.
    package static func load<Vector: Decodable>(
        _ type: Vector.Type, _ name: String
    ) throws -> [Vector] {
        try document([Vector].self, name)
    }

    /// Decodes a file as one value: for files whose top level is an object.
    package static func document<Content: Decodable>(
        _ type: Content.Type, _ name: String
    ) throws -> Content {
        let file = name + ".json"
        do {
            return try JSONDecoder().decode(
                Content.self, from: try data(file))
        } catch {
            throw Failure.unreadable(file: file, reason: "\(error)")
        }
    }

    /// The bytes of a file.
    ///
    /// - Parameter path: Folder and file with its ending.
    package static func data(_ path: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: path))
    }
}
