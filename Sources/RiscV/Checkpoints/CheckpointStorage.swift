/// Where checkpoints are kept: named pieces of bytes that appear whole or not at all.
package protocol CheckpointStorage {
    /// Takes a part of what is written.
    typealias Append = ([UInt8]) throws(CheckpointFault) -> Void

    /// The names of everything that is kept, in any order.
    func names() throws(CheckpointFault) -> [String]

    /// How long something is.
    func byteCount(of name: String) throws(CheckpointFault) -> Int

    /// Reads a part.
    ///
    /// - Parameters:
    ///   - offset: From the start.
    ///   - count: At most this many bytes are returned; fewer at the end.
    func read(_ name: String, offset: Int, count: Int) throws(CheckpointFault) -> [UInt8]

    /// Writes something new, or replaces it.
    ///
    /// After a crash at any moment, either what stood there before is there or all that is new.
    ///
    /// - Parameter content: Hands the content over, part by part.
    func write(
        _ name: String, _ content: (Append) throws(CheckpointFault) -> Void
    ) throws(CheckpointFault)

    /// Removes something.
    func remove(_ name: String) throws(CheckpointFault)
}
