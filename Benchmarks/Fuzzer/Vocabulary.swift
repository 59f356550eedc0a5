/// The words of many texts, by what they are, each once, in an order that is always the same.
struct Vocabulary {
    /// Names, codes, units and the like.
    private(set) var words: [[UInt8]] = []
    /// Words that stand before a `:`.
    private(set) var keys: [[UInt8]] = []
    /// Whole lines, with their indentation.
    private(set) var lines: [[UInt8]] = []
    /// What stands behind a key and `: `, by the key.
    private(set) var values: [[UInt8]: [[UInt8]]] = [:]
    /// What stands behind a `: ` and holds an operator or a call.
    private(set) var expressions: [[UInt8]] = []

    /// Numbers that are large, small, exact to many places, no numbers at all; and days at the ends of the calendar.
    static let numbers = [
        "0", "1", "-1", "-0", "0.5", "0.005", "1e9", "1e400", "007", "62", "63", "64", "128", "255", "10000",
        "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616",
        "99999999999999999999999999999999999999", "0.000000000000000001", "3.3333333333333333333", "100%", "101%", "0%",
        "1/3", "NaN", "0x10", "1_000", "10,000", "１２",
    ].map { Array($0.utf8) }
    static let days = [
        "0001-01-01", "1899-12-31", "1970-01-01", "2024-02-29", "2025-02-29", "2026-06-01", "2030-02-30", "2030-13-01",
        "9999-12-31", "10000-01-01", "today",
    ].map { Array($0.utf8) }
    /// Words that mean something wherever they stand, and texts that personal data may not be told from.
    static let marks = [
        "none", "null", "~", "unknown: x", "true", "no", "*", "'", "\"", "{", "}", "[", "]", ": ", "- ", "? ", ", ",
        "# ",
        "|\n", ">\n", "---\n", "...\n", "%TAG ! x\n", "&a ", "*a", "<<: *a", "!!int ", "!x ", "\\", "\t", "(", ")",
        "(((",
        " / 0", " % 2", " && ", " || ", "!", " ? ", " in ", "members", "member.age", "household.members.all(m, true)",
        "11010519491231002X", "'11010519491231002X'", "11010519491231002X43", "张三", "previous", "line", "decided.each",
    ].map { Array($0.utf8) }
    /// Bytes that are no text, or no text that anybody means.
    static let bytes: [[UInt8]] = [
        [0], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5], [0x80], [0xE4, 0xBD], [13],
        [13, 10],
        [7], [0x7F], [0xC2, 0x85], [0xE2, 0x80, 0xA8], [0xF0, 0x9F, 0x98, 0x80], [0xCC, 0x81], [0xE2, 0x80, 0x8B], [12],
        [27],
    ]

    init(_ texts: [[UInt8]]) {
        var seen: [Set<[UInt8]>] = Array(repeating: [], count: 4)
        func isNew(_ item: [UInt8], of kind: Int) -> Bool {
            !item.isEmpty && item.count < 400 && seen[kind].insert(item).inserted
        }
        for text in texts {
            for line in text.split(separator: Bytes.newLine).map(Array.init) where isNew(line, of: 0) {
                lines.append(line)
            }
            for word in Bytes.words(text).map({ Array(text[$0]) }) where isNew(word, of: 1) { words.append(word) }
            for field in Bytes.fields(text) {
                let (key, value) = (Array(text[field.key]), Array(text[field.value]))
                if isNew(key, of: 2) { keys.append(key) }
                if isNew(key + [Bytes.colon] + value, of: 3) { values[key, default: []].append(value) }
            }
        }
        for key in keys {
            expressions += (values[key] ?? []).filter { $0.contains(where: Bytes.isOperator) }
        }
    }
}

/// What bytes are, for those who change texts.
enum Bytes {
    static let newLine = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let hash = UInt8(ascii: "#")
    static let colon = UInt8(ascii: ":")
    private static let longestField = 400

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    static func isOperator(_ byte: UInt8) -> Bool { "*/()<>&|?".utf8.contains(byte) }

    /// Letters, digits, `_`, and all that is not ASCII.
    static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
            || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    /// The places of all words of a text.
    static func words(_ text: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        for (place, byte) in text.enumerated() {
            if isWord(byte) {
                start = start ?? place
            } else if let first = start {
                words.append(first..<place)
                start = nil
            }
        }
        if let start { words.append(start..<text.count) }
        return words
    }

    /// The places of the keys of a text, each with that of what stands behind its `: ` up to the end of the line, a comma
    /// or a brace.
    static func fields(_ text: [UInt8]) -> [(key: Range<Int>, value: Range<Int>)] {
        words(text).compactMap { key in
            var place = key.upperBound
            if place < text.count, text[place] == UInt8(ascii: "\"") { place += 1 }
            guard place + 2 < text.count, text[place] == colon, text[place + 1] == space else { return nil }
            let start = place + 2
            // Longer ones are no fields, and would make this the square of a long line.
            let rest = text[start..<min(text.count, start + longestField)]
            let end = rest.firstIndex { newLine == $0 || ",}".utf8.contains($0) } ?? rest.endIndex
            return start < end ? (key, start..<end) : nil
        }
    }

    /// The word that begins at a place or behind it.
    static func word(in text: [UInt8], from place: Int, where isPart: (UInt8) -> Bool = isWord) -> Range<Int>? {
        guard let start = text[place...].firstIndex(where: isPart) else { return nil }
        return start..<(text[start...].firstIndex { !isPart($0) } ?? text.count)
    }
}
