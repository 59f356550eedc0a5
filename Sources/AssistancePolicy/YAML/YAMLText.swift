import AssistanceCore

/// Checks of a YAML text's bytes before libyaml sees them, so that libyaml's own decoding cannot fail.
enum YAMLText {
    /// The first thing wrong with the bytes as a text: no UTF-8, a byte order mark, a control character, a break of
    /// lines that only YAML 1.1 counts as one (and that would put every later position wrong).
    static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> (DiagnosticCode, SourcePosition, String)? {
        let start = SourcePosition(line: 1, column: 1)
        if bytes.count >= 2 {
            switch (bytes[0], bytes[1]) {
            case (0xFE, 0xFF), (0xFF, 0xFE):
                return (.byteOrderMark, start, "the file is UTF-16; save it as UTF-8 without a byte order mark")
            case (0, _), (_, 0):
                return (.invalidUTF8, start, "the file looks like UTF-16 or is no text; save it as UTF-8")
            default: break
            }
        }
        var line = 1
        var column = 1
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let here = SourcePosition(line: line, column: column)
            if byte < 0x80 {
                index += 1
                column += 1
                if byte >= 0x20 && byte != 0x7F || byte == 0x09 { continue }
                if byte == 0x0A || byte == 0x0D {
                    if byte == 0x0D && index < bytes.count && bytes[index] == 0x0A { index += 1 }
                    line += 1
                    column = 1
                    continue
                }
                return (.yamlSyntax, here, "the control character \(name(UInt32(byte))) is not allowed in a text")
            }
            guard let (scalar, width) = decode(bytes, at: index) else {
                return (.invalidUTF8, here, "the file is not UTF-8 here; save it as UTF-8 (it may be in GB 18030)")
            }
            switch scalar {
            case 0xFEFF where index == 0:
                return (.byteOrderMark, here, "the file begins with a byte order mark; save it as UTF-8 without one")
            case 0xFEFF:
                return (.byteOrderMark, here, "a byte order mark stands inside the text; delete this unseen sign")
            case 0x85, 0x2028, 0x2029:
                return (.yamlSyntax, here, "the invisible line break \(name(scalar)) is not allowed; use a plain one")
            case 0x80...0x9F, 0xFFFE, 0xFFFF:
                return (.yamlSyntax, here, "the control character \(name(scalar)) is not allowed in a text")
            default: break
            }
            index += width
            column += 1
        }
        return nil
    }

    /// The scalar that begins at a byte of 0x80 or more and how many bytes it has; nil where that is no UTF-8.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32, Int)? {
        let lead = bytes[index]
        let width: Int
        var scalar: UInt32
        switch lead {
        case 0xC2...0xDF: (width, scalar) = (2, UInt32(lead & 0x1F))
        case 0xE0...0xEF: (width, scalar) = (3, UInt32(lead & 0x0F))
        case 0xF0...0xF4: (width, scalar) = (4, UInt32(lead & 0x07))
        default: return nil
        }
        guard bytes.count - index >= width else { return nil }
        for offset in 1..<width {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        switch (width, scalar) {
        case (2, _), (3, 0x800...0xD7FF), (3, 0xE000...0xFFFF), (4, 0x10000...0x10FFFF): return (scalar, width)
        default: return nil
        }
    }

    /// `U+0007`.
    private static func name(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// A place in checked UTF-8 that only moves on, so that all look-ups of one text together cost one pass.
struct YAMLCursor {
    private var offset = 0
    private var index = 0

    /// Whether a colon stands outside comments between two scalar indices (as libyaml's marks count them).
    ///
    /// Calls must come in the order of the text.
    mutating func colon(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Bool {
        while index < start && offset < bytes.count { advance(bytes) }
        var comment = false
        while index < end && offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "#"): comment = true
            case 0x0A, 0x0D: comment = false
            case UInt8(ascii: ":") where !comment: return true
            default: break
            }
            advance(bytes)
        }
        return false
    }

    private mutating func advance(_ bytes: UnsafeBufferPointer<UInt8>) {
        offset += 1
        while offset < bytes.count && bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        index += 1
    }
}
