/// Changes a text as its author might by mistake, and as nobody would but on purpose.
struct Mutator {
    /// A way to change a text.
    enum Change: CaseIterable {
        case flipBytes, deleteBytes, copyBytes, strangeBytes, cutOff
        case deleteLines, copyLines, moveLines, foreignLine, indent, manyLines
        case exchangeWord, exchangeValue, renameKey, number, day, mark
        case spliceExpression, nestExpression, nestCollections, longWord, longExpression
    }

    private let vocabulary: Vocabulary

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Changes that leave most files what they are: of these there are more, so that more is accepted.
    private static let mild: [Change] = [.deleteLines, .foreignLine, .exchangeWord, .number, .day, .spliceExpression]

    /// The text with one change or several.
    func mutated(_ text: [UInt8], _ seed: inout Seed) -> [UInt8] {
        var text = text
        for _ in 0..<(seed.pick([1, 1, 1, 1, 1, 2, 2, 3, 5, 12]) ?? 1) {
            // What has grown so large is tried as it is: to change it again would take longer than to load it.
            if text.count > 1_000_000 { break }
            let change = seed.chance(35) ? .exchangeValue : seed.pick(seed.chance(40) ? Self.mild : Change.allCases)
            apply(change ?? .flipBytes, to: &text, &seed)
        }
        return text
    }

    /// Changes a text in one way, where it can be.
    func apply(_ change: Change, to text: inout [UInt8], _ seed: inout Seed) {
        guard text.count > 1 else { return text.append(UInt8(truncatingIfNeeded: seed.next())) }
        let place = seed.below(text.count)
        let end = min(text.count, place + 1 + seed.below(24))
        func insert(_ bytes: [UInt8]?) { if let bytes { text.insert(contentsOf: bytes, at: place) } }
        func replace(_ range: Range<Int>?, _ bytes: [UInt8]?) {
            if let range, let bytes { text.replaceSubrange(range, with: bytes) }
        }
        switch change {
        case .flipBytes:
            for _ in 0...seed.below(3) { text[seed.below(text.count)] = UInt8(truncatingIfNeeded: seed.next()) }
        case .deleteBytes: text.removeSubrange(place..<end)
        case .copyBytes: text.insert(contentsOf: text[place..<end], at: seed.below(text.count))
        case .strangeBytes: insert(seed.pick(Vocabulary.bytes))
        case .cutOff: text.removeSubrange(place...)
        case .deleteLines, .copyLines, .moveLines, .foreignLine, .indent, .manyLines:
            changeLines(change, of: &text, &seed)
        case .exchangeWord: replace(Bytes.word(in: text, from: place), seed.pick(vocabulary.words))
        case .renameKey: replace(seed.pick(Bytes.fields(text))?.key, seed.pick(vocabulary.keys))
        case .exchangeValue:
            guard let field = seed.pick(Bytes.fields(text)) else { return }
            replace(field.value, seed.pick(vocabulary.values[Array(text[field.key])] ?? []))
        case .number: replace(Bytes.word(in: text, from: place, where: Bytes.isDigit), seed.pick(Vocabulary.numbers))
        case .day: replace(Self.day(in: text, from: place), seed.pick(Vocabulary.days))
        case .mark: insert(seed.pick(Vocabulary.marks))
        case .spliceExpression, .nestExpression, .nestCollections, .longWord, .longExpression:
            guard let value = seed.pick(Bytes.fields(text))?.value else { return }
            replace(value, long(change, Array(text[value]), &seed))
        }
    }

    // MARK: Lines

    private func changeLines(_ change: Change, of text: inout [UInt8], _ seed: inout Seed) {
        var lines = text.split(separator: Bytes.newLine, omittingEmptySubsequences: false).map(Array.init)
        let from = seed.below(lines.count)
        let block = from..<min(lines.count, from + 1 + seed.below(seed.chance(70) ? 1 : 12))
        switch change {
        case .deleteLines: lines.removeSubrange(block)
        case .copyLines: lines.insert(contentsOf: lines[block], at: seed.below(lines.count))
        case .moveLines:
            let moved = Array(lines[block])
            lines.removeSubrange(block)
            lines.insert(contentsOf: moved, at: seed.below(lines.count + 1))
        case .foreignLine:
            if let line = seed.pick(vocabulary.lines) { lines.insert(line, at: from) }
        case .manyLines:
            // More than a policy file may have, and not more than a run has time for.
            let size = lines[block].reduce(1) { $0 + $1.count }
            let copies = min(seed.pick([10, 100, 2_000]) ?? 10, 1 + 10_000_000 / size)
            lines.insert(contentsOf: (0..<copies).flatMap { _ in lines[block] }, at: block.upperBound)
        default:
            let width = 1 + seed.below(4)
            let outward = seed.chance(50)
            for line in block {
                let blanks = lines[line].prefix { $0 == Bytes.space }.count
                if outward {
                    lines[line].removeFirst(min(blanks, width))
                } else {
                    lines[line].insert(contentsOf: [UInt8](repeating: Bytes.space, count: width), at: 0)
                }
            }
        }
        text = Array(lines.joined(separator: [Bytes.newLine]))
    }

    // MARK: Values

    /// A day written as 2026-06-01, at a place or behind it.
    private static func day(in text: [UInt8], from place: Int) -> Range<Int>? {
        var start = place
        while let word = Bytes.word(in: text, from: start, where: { Bytes.isDigit($0) || $0 == UInt8(ascii: "-") }) {
            if word.count == 10, text[word].count(where: Bytes.isDigit) == 8 { return word }
            start = word.upperBound
        }
        return nil
    }

    /// A value grown out of one.
    private func long(_ change: Change, _ value: [UInt8], _ seed: inout Seed) -> [UInt8] {
        let count = seed.pick([2, 10, 40, 70, 100, 1_000, 5_000]) ?? 2
        let other = seed.pick(vocabulary.expressions) ?? value
        func text(_ text: String) -> [UInt8] { Array(text.utf8) }
        func repeated(_ piece: String, _ count: Int) -> [UInt8] { text(String(repeating: piece, count: count)) }
        switch change {
        case .spliceExpression:
            let operation =
                seed.pick([" + ", " - ", " * ", " / ", " && ", " || ", " < ", " == ", " != ", " >= "]) ?? " + "
            return switch seed.below(6) {
            case 0: other
            case 1: text("(") + value + text(")" + operation + "(") + other + text(")")
            case 2: value + text(operation) + other
            case 3: value + text(" ? ") + other + text(" : ") + value
            case 4:
                (seed.pick(["min(", "max(", "sum(", "round(", "has(", "years("]) ?? "min(").utf8 + value + text(", ")
                    + other + text(")")
            default: text("[") + value + text(", ") + other + text("]")
            }
        case .nestExpression:
            let (open, close) =
                seed.pick([("(", ")"), ("!", ""), ("-", ""), ("min(1, ", ")"), ("true ? 1 : ", ""), ("[", "]")]) ?? (
                    "(", ")"
                )
            return text("\"") + repeated(open, count) + value + repeated(close, count) + text("\"")
        case .nestCollections:
            let (open, close) = seed.pick([("[", "]"), ("{a: ", "}"), ("[{a: ", "}]"), ("[", "")]) ?? ("[", "]")
            return repeated(open, count) + value + repeated(close, count)
        case .longWord:
            let piece = seed.pick(["a", "1", "低", " x", "9.", "_", "''", "- ", "\\u0041"]) ?? "a"
            return repeated(piece, count * 20)
        default:
            let operation = seed.pick([" + ", " * ", " && ", " || ", " < ", ", "]) ?? " + "
            return text("\"") + (0..<count).flatMap { _ in value + text(operation) } + value + text("\"")
        }
    }
}
