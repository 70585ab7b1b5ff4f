/// Bytewords (BCR-2020-012): one English word of four letters for every byte.
///
/// People compare digests by reading these words aloud. First and last letter already name a word.
public enum Bytewords {
    /// The 256 words; a byte is the index of its word.
    public static let words: [String] = """
        able acid also apex aqua arch atom aunt away axis back bald barn belt beta bias
        blue body brag brew bulb buzz calm cash cats chef city claw code cola cook cost
        crux curl cusp cyan dark data days deli dice diet door down draw drop drum dull
        duty each easy echo edge epic even exam exit eyes fact fair fern figs film fish
        fizz flap flew flux foxy free frog fuel fund gala game gear gems gift girl glow
        good gray grim guru gush gyro half hang hard hawk heat help high hill holy hope
        horn huts iced idea idle inch inky into iris iron item jade jazz join jolt jowl
        judo jugs jump junk jury keep keno kept keys kick kiln king kite kiwi knob lamb
        lava lazy leaf legs liar limp lion list logo loud love luau luck lung main many
        math maze memo menu meow mild mint miss monk nail navy need news next noon note
        numb obey oboe omit onyx open oval owls paid part peck play plus poem pool pose
        puff puma purr quad quiz race ramp real redo rich road rock roof ruby ruin runs
        rust safe saga scar sets silk skew slot soap solo song stub surf swan taco task
        taxi tent tied time tiny toil tomb toys trip tuna twin ugly undo unit urge user
        vast very veto vial vibe view visa void vows wall wand warm wasp wave waxy webs
        what when whiz wolf work yank yawn yell yoga yurt zaps zero zest zinc zone zoom
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    /// The words that stand for bytes, in their order.
    public static func words(for bytes: some Sequence<UInt8>) -> [String] {
        bytes.map { words[Int($0)] }
    }

    /// The words for the first bytes of a digest.
    ///
    /// - Parameter count: 1 to 32. Eight words are 64 bits: enough to notice a mistake or a
    ///   forgery that was not searched for; more where somebody gains from a collision.
    public static func words(for digest: Bytes32, count: Int = 8) -> [String] {
        precondition((1...Bytes32.byteCount).contains(count), "a digest gives 1 to 32 words")
        return words(for: digest.bytes.prefix(count))
    }

    /// Reads words back into bytes; either case.
    ///
    /// - Returns: `nil` when one of the words is not in the list.
    public static func bytes(from spoken: some Sequence<String>) -> [UInt8]? {
        var bytes: [UInt8] = []
        for word in spoken {
            guard let byte = byteByWord[word.lowercased()] else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static let byteByWord: [String: UInt8] = {
        let pairs = words.enumerated().map { index, word in (word, UInt8(index)) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()
}
