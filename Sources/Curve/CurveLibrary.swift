import CSecp256k1

/// libsecp256k1, as this program was compiled for it.
package enum CurveLibrary {
    /// The releases that it may be, such as `0.2 or 0.3`, by the headers of the build.
    ///
    /// The library has no version to ask for. What it computes is checked instead: it has a self-test,
    /// which making its context has run.
    package static var releases: String {
        _ = CurveContext.shared
        return unsafe String(cString: bitvmx_secp256k1_releases())
    }
}
