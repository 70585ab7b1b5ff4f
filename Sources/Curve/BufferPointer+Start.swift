extension UnsafeBufferPointer {
    /// The address of bytes whose count was checked to be above zero.
    var start: UnsafePointer<Element> {
        guard let address = baseAddress else {
            preconditionFailure("bytes that are there have an address")
        }
        return unsafe address
    }
}

extension UnsafeMutableBufferPointer {
    /// The address of bytes whose count was checked to be above zero.
    var start: UnsafeMutablePointer<Element> {
        guard let address = baseAddress else {
            preconditionFailure("bytes that are there have an address")
        }
        return unsafe address
    }
}
