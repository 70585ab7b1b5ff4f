/// Whether a view of the vault belongs to an open transaction.
///
/// Writing methods exist only on views with `WriteAccess`, which only a transaction hands out.
package protocol StoreAccess {}

/// For views that only read.
package enum ReadAccess: StoreAccess {}

/// For views inside a transaction.
package enum WriteAccess: StoreAccess {}
