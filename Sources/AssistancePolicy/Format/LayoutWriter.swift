import AssistanceCore

/// Writes parts as lines: two spaces a level, `{ }` and `[ ]` where they fit a line, comments of neighbours in a column.
struct LayoutWriter {
    /// The columns that a line takes at most; a text that cannot be divided may take more.
    static let width = 120

    private struct Line {
        var text: String
        var comment: String?

        /// A comment alone, or nothing.
        var isRemark: Bool { text.isEmpty }

        var indent: Int { text.utf8.prefix { $0 == UInt8(ascii: " ") }.count }
    }

    private var lines: [Line] = []

    /// The text of a whole file.
    static func text(_ head: [LayoutPart.Remark], _ whole: LayoutParts, of kind: PolicyFileKind) -> String {
        var writer = LayoutWriter()
        writer.write(head, at: 0, isFirst: true)
        if !head.isEmpty, whole.parts.first?.afterBlank ?? false { writer.blank() }
        let body = writer.lines(whole, at: 0, KeyOrder(kind), hasSections: kind == .policy)
        writer.lines += body
        return writer.text
    }

    private init() {}

    private mutating func blank() { lines.append(Line(text: "")) }

    private mutating func write(_ remarks: [LayoutPart.Remark], at indent: Int, isFirst: Bool) {
        for (place, remark) in remarks.enumerated() {
            if remark.afterBlank, !(isFirst && place == 0) { blank() }
            lines.append(Line(text: "", comment: Self.spaces(indent) + remark.text))
        }
    }

    // MARK: Parts

    private func lines(_ whole: LayoutParts, at indent: Int, _ order: KeyOrder, hasSections: Bool = false) -> [Line] {
        var writer = LayoutWriter()
        for (place, part) in order.sorted(whole.parts).enumerated() {
            let isFirst = place == 0
            // Every section of a policy file stands apart; within one a blank line is the author's.
            let isSection = hasSections && !(part.key?.text.map(KeyOrder.envelope.contains) ?? false)
            if isSection, !isFirst, !(part.remarks.first?.afterBlank ?? part.afterBlank) { writer.blank() }
            writer.write(part.remarks, at: indent, isFirst: isFirst)
            if part.afterBlank, !isFirst || !part.remarks.isEmpty { writer.blank() }
            writer.lines += lines(part, at: indent, part.key?.text.map(order.below) ?? order)
        }
        writer.write(whole.tail, at: indent, isFirst: whole.parts.isEmpty)
        return writer.lines
    }

    private func lines(_ part: LayoutPart, at indent: Int, _ order: KeyOrder) -> [Line] {
        guard let key = part.key else { return item(part, at: indent, order) }
        let head = Self.spaces(indent) + ScalarText.key(key) + ":"
        if let lines = oneLine(part, after: head + " ", order) { return lines }
        switch part.value.content {
        case .scalar(let text, .block): return block(text, part, after: head + " ", at: indent + 2)
        case .scalar(let text, _): return folded(text, part, after: head + " ", at: indent + 2)
        case .sequence, .mapping:
            let parts = part.parts ?? part.value.bareParts
            return [Line(text: head, comment: part.comment)] + lines(parts, at: indent + 2, order)
        }
    }

    /// An item of a list: its value's first line begins with the dash.
    private func item(_ part: LayoutPart, at indent: Int, _ order: KeyOrder) -> [Line] {
        let dash = Self.spaces(indent) + "- "
        if let lines = oneLine(part, after: dash, order) { return lines }
        switch part.value.content {
        case .scalar(let text, .block): return block(text, part, after: dash, at: indent + 2)
        case .scalar(let text, _): return folded(text, part, after: dash, at: indent + 2)
        case .sequence, .mapping:
            let inner = lines(part.parts ?? part.value.bareParts, at: indent + 2, order)
            // A comment above the first key stands above the dash.
            let above = inner.prefix(while: \.isRemark).map { line in
                Line(text: "", comment: line.comment.map { Self.spaces(indent) + $0.drop { $0 == " " } })
            }
            let comment = part.comment.map { [Line(text: "", comment: Self.spaces(indent) + $0)] } ?? []
            var rest = Array(inner.dropFirst(above.count))
            if let first = rest.first { rest[0].text = dash + first.text.dropFirst(indent + 2) }
            return comment + above + rest
        }
    }

    /// The part on one line, where it is a text or a list or mapping in brackets that fits; nil where it does not.
    private func oneLine(_ part: LayoutPart, after head: String, _ order: KeyOrder) -> [Line]? {
        switch part.value.content {
        case .scalar(_, .block): return nil
        case .scalar(let text, let style):
            let line = head + ScalarText.value(text, style, inFlow: false)
            let isDivided = part.value.line != part.value.lastLine
            guard !isDivided || TextWidth.of(line) <= Self.width || !ScalarText.canFold(text) else { return nil }
            return [Line(text: line.last == " " ? String(line.dropLast()) : line, comment: part.comment)]
        case .sequence, .mapping:
            if !part.value.hasParts, part.parts == nil {
                return [Line(text: head + Self.flow(part.value, order), comment: part.comment)]
            }
            guard part.value.isFlow, part.parts == nil else { return nil }
            let line = head + Self.flow(part.value, order)
            return TextWidth.of(line) <= Self.width ? [Line(text: line, comment: part.comment)] : nil
        }
    }

    /// A value in brackets.
    private static func flow(_ node: SourceNode, _ order: KeyOrder) -> String {
        switch node.content {
        case .scalar(let text, let style): return ScalarText.value(text, style, inFlow: true)
        case .sequence(let items): return "[" + items.map { flow($0, order) }.joined(separator: ", ") + "]"
        case .mapping:
            let parts = order.sorted(node.bareParts.parts).map { part in
                (part.key.map { ScalarText.key($0) + ": " } ?? "")
                    + flow(part.value, part.key?.text.map(order.below) ?? order)
            }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }

    // MARK: Texts over lines

    /// A block of text, its lines as they are and indented anew.
    private func block(_ text: String, _ part: LayoutPart, after head: String, at indent: Int) -> [Line] {
        guard let block = part.value.block else {
            return [Line(text: head + ScalarText.quoted(text), comment: part.comment)]
        }
        return [Line(text: head + block.header, comment: part.comment)]
            + block.lines.map { Line(text: $0.isEmpty ? "" : Self.spaces(indent) + $0) }
    }

    /// A text that was divided among lines and is too long for one.
    private func folded(_ text: String, _ part: LayoutPart, after head: String, at indent: Int) -> [Line] {
        [Line(text: head + ">-", comment: part.comment)]
            + ScalarText.folded(text, to: Self.width - indent).map { Line(text: Self.spaces(indent) + $0) }
    }

    // MARK: Lines

    private var text: String {
        var text = ""
        var start = 0
        while start < lines.count {
            // Comments at the ends of neighbouring lines of one indentation stand in one column.
            let indent = lines[start].indent
            let run = lines[start...].prefix { !$0.isRemark && $0.comment != nil && $0.indent == indent }
            let column = (run.map { TextWidth.of($0.text) }.max() ?? 0) + 2
            for line in run {
                text += line.text + Self.spaces(column - TextWidth.of(line.text)) + (line.comment ?? "") + "\n"
            }
            start += run.count
            guard run.isEmpty else { continue }
            let line = lines[start]
            text += (line.isRemark ? line.comment ?? "" : line.text) + "\n"
            start += 1
        }
        return text
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
