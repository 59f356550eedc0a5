/// A comment of a YAML text, from its `#` to the end of the line.
struct SourceComment {
    let text: String
    /// Where its `#` stands in the text, in Unicode scalars; its line and column, from 0.
    let offset: Int
    let line: Int
    let column: Int
    /// Nothing stands before it on its line.
    let isAlone: Bool
}

/// What the tree of a YAML text leaves out: its comments and its blank lines.
struct SourceComments {
    /// In the order of the text.
    private(set) var all: [SourceComment] = []
    /// The lines of the text, without their breaks.
    let lines: [Substring.UnicodeScalarView]

    /// The comments around a tree.
    init(_ text: String, around root: SourceNode) {
        lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
        var scalars: [Range<Int>] = []
        Self.collect(root, into: &scalars)
        var hidden = scalars[...]
        var start = 0
        for (number, line) in lines.enumerated() {
            var isAlone = true
            for (column, scalar) in line.enumerated() {
                let offset = start + column
                while let first = hidden.first, first.upperBound <= offset { hidden.removeFirst() }
                if let first = hidden.first, first.contains(offset) {
                    // The indicator of a block of text is followed by its comment, and that by its lines.
                    let isHeader = isAlone == false && scalar == "#" && Self.isHeader(line, of: first, at: start)
                    if !isHeader {
                        isAlone = false
                        continue
                    }
                }
                if scalar == "#" {
                    let rest = line.dropFirst(column)
                    all.append(
                        SourceComment(
                            text: Self.trimmed(rest), offset: offset, line: number, column: column, isAlone: isAlone))
                    break
                }
                if scalar != " ", scalar != "\t" { isAlone = false }
            }
            start += line.count + 1
        }
    }

    /// Whether a line holds nothing.
    func isBlank(_ line: Int) -> Bool {
        lines.indices.contains(line) && lines[line].allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" }
    }

    /// Whether a range of a text begins on this line and goes on below it.
    private static func isHeader(_ line: Substring.UnicodeScalarView, of range: Range<Int>, at start: Int) -> Bool {
        guard range.lowerBound >= start, range.upperBound > start + line.count else { return false }
        let first = line.dropFirst(range.lowerBound - start).first
        return first == "|" || first == ">"
    }

    private static func collect(_ node: SourceNode, into ranges: inout [Range<Int>]) {
        switch node.content {
        case .scalar: if !node.range.isEmpty { ranges.append(node.range) }
        case .sequence(let items): for item in items { collect(item, into: &ranges) }
        case .mapping(let entries):
            for entry in entries {
                collect(entry.key, into: &ranges)
                collect(entry.value, into: &ranges)
            }
        }
    }

    private static func trimmed(_ text: Substring.UnicodeScalarView) -> String {
        var text = text
        while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
        return String(text)
    }
}
