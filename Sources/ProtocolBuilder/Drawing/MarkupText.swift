/// Makes text of strangers harmless inside a drawing.
enum MarkupText {
    /// Text between tags or inside quoted attributes, of SVG and of the HTML-like labels of DOT.
    ///
    /// Control characters become spaces.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(isDrawable(scalar) ? scalar : " ")
            }
        }
        return result
    }

    /// Text as a quoted identifier of DOT.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            default: result.unicodeScalars.append(isDrawable(scalar) ? scalar : " ")
            }
        }
        return result + "\""
    }

    /// At most `limit` characters; a cut is marked by an ellipsis.
    static func shortened(_ text: String, limit: Int) -> String {
        text.count <= limit ? text : String(text.prefix(max(0, limit - 1))) + "…"
    }

    // Control characters, bidirectional controls and the code points that XML forbids.
    private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069,
            0xFEFF, 0xFFFE...0xFFFF:
            false
        default: true
        }
    }
}
