/// One entry of a mapping or item of a list, with the comments that go with it wherever it is put.
struct LayoutPart {
    /// A comment on a line of its own.
    struct Remark {
        let text: String
        let afterBlank: Bool
    }

    /// The key; nil for an item of a list.
    let key: SourceNode?
    let value: SourceNode
    /// What stands on the lines above it.
    var remarks: [Remark] = []
    /// Whether a blank line stands right above it.
    var afterBlank = false
    /// The comment at the end of its first line, or of its value where that is one line.
    var comment: String?
    /// The parts of its value, where that is laid out in lines of its own; nil for a text, and for `{ }` and `[ ]`
    /// without comments inside.
    var parts: LayoutParts?
}

/// The parts of a list or mapping, and the comments after the last of them.
struct LayoutParts {
    var parts: [LayoutPart] = []
    var tail: [LayoutPart.Remark] = []
}

extension SourceNode {
    /// The text of a scalar.
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The parts of a list or mapping without comments.
    var bareParts: LayoutParts {
        switch content {
        case .scalar: LayoutParts()
        case .sequence(let items): LayoutParts(parts: items.map { LayoutPart(key: nil, value: $0) })
        case .mapping(let entries): LayoutParts(parts: entries.map { LayoutPart(key: $0.key, value: $0.value) })
        }
    }
}

/// Goes through a tree and its comments side by side, and gives each comment to the part that it is about.
struct CommentAttachment {
    private let comments: SourceComments
    private var next = 0

    /// Attaches the comments of a text: those above everything, and the parts of the whole.
    static func attach(_ comments: SourceComments, to root: SourceNode) -> (head: [LayoutPart.Remark], LayoutParts) {
        var attachment = CommentAttachment(comments: comments)
        let head = attachment.remarks { $0.offset < root.range.lowerBound }
        var whole = attachment.parts(of: root, limit: .max)
        whole.tail += attachment.remarks { _ in true }
        return (head, whole)
    }

    private init(comments: SourceComments) { self.comments = comments }

    private var upcoming: SourceComment? { next < comments.all.count ? comments.all[next] : nil }

    /// Takes the comments that follow, as long as they fit.
    private mutating func remarks(while fits: (SourceComment) -> Bool) -> [LayoutPart.Remark] {
        var taken: [LayoutPart.Remark] = []
        while let comment = upcoming, fits(comment) {
            let isAfterBlank = comment.isAlone && comments.isBlank(comment.line - 1)
            taken.append(LayoutPart.Remark(text: comment.text, afterBlank: isAfterBlank))
            next += 1
        }
        return taken
    }

    /// Takes the comment at the end of a line.
    private mutating func comment(onLine line: Int, before limit: Int) -> String? {
        guard let comment = upcoming, !comment.isAlone, comment.line == line, comment.offset < limit else { return nil }
        next += 1
        return comment.text
    }

    /// - Parameter limit: where the next part begins of the list or mapping around this one, or of one around that.
    private mutating func parts(of node: SourceNode, limit: Int, isCompact: Bool = false) -> LayoutParts {
        var whole = node.bareParts
        for place in whole.parts.indices {
            let start = (whole.parts[place].key ?? whole.parts[place].value)
            let following = place + 1 < whole.parts.count ? whole.parts[place + 1] : nil
            let end = (following?.key ?? following?.value)?.range.lowerBound ?? limit
            whole.parts[place].remarks = remarks { $0.offset < start.range.lowerBound }
            whole.parts[place].afterBlank = comments.isBlank(start.line - 1)
            attach(to: &whole.parts[place], limit: end)
        }
        // What is indented as the parts are, or more, still belongs here.
        let inside = isCompact ? node.column + 1 : node.column
        whole.tail = remarks { comment in
            comment.offset < (node.isFlow ? node.range.upperBound : limit)
                && (node.isFlow || (comment.isAlone && comment.column >= inside))
        }
        return whole
    }

    private mutating func attach(to part: inout LayoutPart, limit: Int) {
        let value = part.value
        if case .scalar(_, let style) = value.content {
            part.comment = comment(onLine: style == .block ? value.line : value.lastLine, before: limit)
            return
        }
        if !value.isFlow, value.hasParts {
            if let key = part.key { part.comment = comment(onLine: key.line, before: value.range.lowerBound) }
            let isCompact = part.key.map { $0.column == value.column } ?? false
            part.parts = parts(of: value, limit: limit, isCompact: isCompact)
            return
        }
        if let inner = upcoming, inner.offset < value.range.upperBound {
            part.parts = parts(of: value, limit: value.range.upperBound)
        }
        let after = comment(onLine: value.lastLine, before: limit)
        part.comment = part.comment ?? after
    }
}
