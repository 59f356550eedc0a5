import AssistanceCore

/// Lays out plain text for a terminal, in which a Chinese character takes two columns.
enum TextLayout {
    /// The columns that a line of a decision takes at most; what cannot be broken may take more.
    static let lineWidth = 88

    /// The columns a text takes.
    static func width(_ text: String) -> Int { TextWidth.of(text) }

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
        if width(text) <= columns { return [trimmed(text)] }
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
            let isFree = isWide(character) || piece.last.map { $0.unicodeScalars.first == " " || isWide($0) } ?? false
            let isBound = isClosing(character) || piece.last.map(isOpening) ?? false
            if isFree, !isBound, !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }

    // By the first scalar: two characters are compared by their normal forms, and that for every letter of a text.

    private static func isClosing(_ character: Character) -> Bool {
        switch character.unicodeScalars.first {
        case ",", "。", "、", ";", ":", "?", "!", ")", "》", "〕", "”", "’", " ": true
        default: false
        }
    }

    private static func isOpening(_ character: Character) -> Bool {
        switch character.unicodeScalars.first {
        case "(", "《", "〔", "“", "‘": true
        default: false
        }
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { width(String($0)) == 2 } ?? false
    }
}
