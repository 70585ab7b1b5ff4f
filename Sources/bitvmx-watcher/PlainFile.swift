import Foundation
import Model
import Terminal

/// Small files that people write and read: definitions, hexadecimal, drawings, certificates.
enum PlainFile {
    /// Reads a file whole, or standard input for `-`.
    ///
    /// - Throws: `ProgramFailure` with exit code `usage` for a file that is not there, `media`
    ///   for one that cannot be read, `malformed` for one that is too long.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        do {
            let handle =
                path == "-"
                ? FileHandle.standardInput
                : try FileHandle(forReadingFrom: URL(filePath: path))
            let data = try handle.read(upToCount: limit + 1) ?? Data()
            guard data.count <= limit else {
                throw ProgramFailure(
                    .malformed, "'\(path)' is longer than \(limit) bytes",
                    next: "name the right file")
            }
            return [UInt8](data)
        } catch let failure as ProgramFailure {
            throw failure
        } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw ProgramFailure(
                isThere ? .media : .usage,
                isThere ? "cannot read '\(path)'" : "there is no file '\(path)'",
                next: isThere ? "look whether it is readable" : "name the right file")
        }
    }

    /// The text of a file without white space around it.
    static func text(_ path: String, limit: Int) throws -> String {
        String(decoding: try read(path, limit: limit), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Writes a new file; an existing one is left alone.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            let isThere = FileManager.default.fileExists(atPath: path)
            throw ProgramFailure(
                .media, "cannot write '\(path)'" + (isThere ? ": it exists" : ""),
                next: "choose another name or folder")
        }
    }
}
