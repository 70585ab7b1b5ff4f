package import Primitives

extension CBORValue {
    /// The record with a field set, or removed where the value is nil; another kind of value as
    /// it is.
    package func setting(_ key: UInt64, to value: CBORValue?) -> CBORValue {
        guard case .map(let entries) = self else { return self }
        let others = entries.filter { $0.key != .unsigned(key) }
        let changed = value.map { [CBORMapEntry(key: .unsigned(key), value: $0)] } ?? []
        return .map(others + changed)
    }

    /// The value of a record's field.
    package func field(_ key: UInt64) -> CBORValue? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { $0.key == .unsigned(key) }?.value
    }
}
