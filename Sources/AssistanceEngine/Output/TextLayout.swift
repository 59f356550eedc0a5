/// Lays out plain text for a terminal, in which a Chinese character takes two columns.
enum TextLayout {
    /// The columns that a line of a decision takes at most; what cannot be broken may take more.
    static let lineWidth = 88

    /// The columns a text takes.
    static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

    /// The text with spaces after it, as wide as asked for.
    static func padded(_ text: String, to columns: Int) -> String { text + spaces(columns - width(text)) }

    /// The text with spaces before it, as wide as asked for.
    static func aligned(_ text: String, to columns: Int) -> String { spaces(columns - width(text)) + text }

    /// So many spaces; none for a negative count.
    static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    /// A text of the caller's without what could move a terminal's cursor or turn its direction.
    static func shown(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isSafe = ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
                scalar.properties.generalCategory)
            result.append(isSafe ? scalar : "\u{FFFD}")
        }
        return String(result)
    }

    /// The text in lines of at most so many columns, broken at spaces and between Chinese characters.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for piece in pieces(of: text) {
            let size = width(piece.last == " " ? String(piece.dropLast()) : piece)
            if used + size > columns, !line.isEmpty {
                lines.append(trimmed(line))
                line = ""
                used = 0
            }
            line += piece
            used += width(piece)
        }
        return lines + (line.isEmpty && !lines.isEmpty ? [] : [trimmed(line)])
    }

    private static func trimmed(_ line: String) -> String { line.last == " " ? String(line.dropLast()) : line }

    /// What must stay together: a word with its space, a Chinese character with the punctuation around it.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in text {
            let isFree = isWide(character) || piece.last.map { $0 == " " || isWide($0) } ?? false
            let isBound = closing.contains(character) || piece.last.map { opening.contains($0) } ?? false
            if isFree, !isBound, !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }

    private static let closing = Set<Character>(",。、;:?!)》〕”’ ")
    private static let opening = Set<Character>("(《〔“‘")

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { width($0) == 2 } ?? false
    }

    /// East Asian Width of UAX 11: wide and full-width scalars take two columns.
    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
