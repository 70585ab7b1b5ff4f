import Curve
import Glibc
import MuSig2
import Primitives
import Secrets
import Testing
import Winternitz

@Suite("Memory after use of secrets")
struct MemoryScanTests {
    @Test("seed, keys, nonces and typed words leave no copy behind")
    func nothingLeft() async {
        await #expect(processExitsWith: .success) {
            let needles = try useSecrets()
            let (finds, byteCount) = try MemoryScan.search(needles)
            report(finds)
            guard needles.count >= 9, byteCount > 1 << 20 else { exit(2) }
            exit(finds.isEmpty ? 0 : 1)
        }
    }

    @Test("the search finds a copy that was left on purpose")
    func control() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let page = try KernelRandom.page(byteCount: 32)
            let needle = page.needle("left on purpose")
            let copy = page.copy
            let backwards = Array(copy.reversed())
            let (finds, _) = try MemoryScan.search([needle])
            let inOrder = finds.filter { $0.name == "left on purpose" }
            // One on the page, which is still there, one in the first array, one in the second.
            guard inOrder.count >= 2, finds.count > inOrder.count else { exit(1) }
            exit(copy.count == 32 && backwards.count == 32 ? 7 : 1)
        }
    }

    @Test("the search finds a secret as long as its page lives")
    func living() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let page = try KernelRandom.page(byteCount: 32)
            let (finds, _) = try MemoryScan.search([page.needle("alive")])
            exit(finds.count == 1 && page.byteCount == 32 ? 7 : 1)
        }
    }
}

/// Goes through a life of secrets as the signer does, and says what must be gone afterwards.
private func useSecrets() throws -> [Needle] {
    var needles: [Needle] = []
    let mnemonic = try Mnemonic.generate(wordCount: 24, from: EntropyMixer())
    needles.append(mnemonic.withEntropy { Needle("entropy", $0) })
    let typed = try typedWords(mnemonic)
    needles.append(typed.withBytes { Needle("words", $0.extracting(first: 40)) })
    let seed = try Mnemonic(typed: typed).seed()
    needles += seed.withBytes { bytes in
        [
            Needle("seed, first half", bytes.extracting(first: 32)),
            Needle("seed, second half", bytes.extracting(last: 32)),
        ]
    }
    let account = try ExtendedKey(masterOf: seed).derived(TaprootAccount.path(.regtest))
    needles.append(account.key.needle("account key"))
    let derivation = try SecretDerivation(seed: seed)
    let identity = try derivation.identityKey(.regtest)
    needles.append(identity.needle("identity key"))
    _ = identity.schnorrSign(message: [1, 2, 3], auxiliary: .zero)
    let key = try derivation.signingKey(.regtest, ceremony: .zero, role: "enabler")
    needles.append(key.needle("signing key"))
    needles += try signWithNonces(key)
    let context = OneTimeContext(
        network: .regtest, ceremony: .zero, instance: [], variable: "acceptance",
        parameters: .base16(try WinternitzParameters(messageByteCount: 32)))
    _ = try derivation.oneTimeKey(context).publicKey()
    _ = try derivation.oneTimeKey(context).sign([UInt8](repeating: 0xFF, count: 32))
    return needles
}

/// The words as somebody types them.
private func typedWords(_ mnemonic: borrowing Mnemonic) throws -> SecretPage {
    var page = try SecretPage(byteCount: 256)
    var count = 0
    mnemonic.forEachWord { _, word in
        page.withMutableBytes { bytes in
            for index in word.indices {
                bytes[count] = word[index]
                count += 1
            }
            bytes[count] = UInt8(ascii: " ")
        }
        count += 1
    }
    return page
}

/// Signs with a nonce out of known numbers and with one out of a root.
private func signWithNonces(_ key: borrowing SecretKey) throws -> [Needle] {
    let first = try SecretDerivation.firstKey { _, bytes in fillAtRandom(&bytes) }
    let second = try SecretDerivation.firstKey { _, bytes in fillAtRandom(&bytes) }
    let root = try NonceRoot.generate()
    var needles = [first.needle("first nonce"), second.needle("second nonce")]
    needles.append(root.withBytes { Needle("root", $0) })
    let keys = try KeyAggContext([key.publicKey, first.publicKey])
    let nonce = try SecNonce(
        first.duplicatedPage(), second.duplicatedPage(), publicKey: key.publicKey)
    let request = NonceRequest(sessionDigest: .zero, index: 0, keys: keys, message: [1])
    let derived = try root.secNonce(request, key: key)
    let aggNonce = try AggNonce(aggregating: [nonce.pubNonce, derived.pubNonce])
    let session = SessionContext(aggNonce: aggNonce, keys: keys, message: [1])
    _ = try nonce.partialSign(session, with: key)
    _ = try derived.partialSign(session, with: key)
    let deterministic = DeterministicSign.Request(
        aggOtherNonce: aggNonce, keys: keys, message: [2], randomness: .zero)
    _ = try DeterministicSign.sign(deterministic, with: key)
    _ = try root.partialSignatures(
        [SigningRequest(nonce: request, aggNonce: aggNonce)], key: key)
    return needles
}

private func fillAtRandom(_ bytes: inout MutableSpan<UInt8>) {
    unsafe bytes.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return }
        let status = unsafe getentropy(start, buffer.count)
        precondition(status == 0, "the kernel has random bytes")
    }
}

private func report(_ finds: [MemoryScan.Find]) {
    for find in finds {
        print("\(find.name) is left in \(find.mapping)")
    }
    fflush(nil)
}

extension Needle {
    init(_ name: String, _ bytes: Span<UInt8>) {
        self.init(name, count: bytes.count) { bytes[$0] }
    }
}

extension SecretPage {
    func needle(_ name: String) -> Needle {
        withBytes { Needle(name, $0) }
    }
}

extension SecretKey {
    func needle(_ name: String) -> Needle {
        withBytes { Needle(name, $0) }
    }

    func duplicatedPage() throws -> SecretPage {
        var page = try SecretPage(byteCount: 32)
        withBytes { key in
            page.withMutableBytes { bytes in
                for index in key.indices {
                    bytes[index] = key[index]
                }
            }
        }
        return page
    }
}
