/// The version that both programs share.
package enum ProductVersion {
    package static let number = "0.1.0"
}
