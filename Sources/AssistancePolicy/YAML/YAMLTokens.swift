import AssistanceCore

/// A tree of YAML as a document of tokens, so that what reads JSON reads YAML as well.
///
/// A text without quotes is what JSON would read there: `true`, `false`, nothing (an empty value, `~`, `null`), a number
/// by the grammar of JSON; all else, and every text in quotes, is a string. What the YAML reader marked as cut is
/// `null`, since it has been reported.
public struct YAMLTokens: DocumentTokens {
    /// A list or mapping that is open, and how far it has been read.
    private enum Level {
        case list([YAMLNode], next: Int)
        case mapping([YAMLNode.Entry], next: Int)
        /// The value of a key.
        case value(YAMLNode)
    }

    private var levels: [Level]
    private var position: SourcePosition

    /// The tokens of a tree.
    public init(_ root: YAMLNode) {
        levels = [.value(root)]
        position = root.position
    }

    /// The next token. An end of a list or mapping has the position of its last item; nothing is ever thrown.
    public mutating func next() throws(Diagnostic) -> JSONToken {
        let kind = advance()
        return JSONToken(kind, at: position)
    }

    private mutating func advance() -> JSONToken.Kind {
        switch levels.popLast() {
        case nil:
            return .end
        case .value(let node):
            return begin(node)
        case .list(let items, let next):
            guard next < items.count else { return .endArray }
            levels.append(.list(items, next: next + 1))
            return begin(items[next])
        case .mapping(let entries, let next):
            guard next < entries.count else { return .endObject }
            levels.append(.mapping(entries, next: next + 1))
            levels.append(.value(entries[next].value))
            position = entries[next].key.position
            return .key(entries[next].key.text ?? "")
        }
    }

    private mutating func begin(_ node: YAMLNode) -> JSONToken.Kind {
        position = node.position
        if node.cut || node.isPlainNull { return .null }
        switch node.content {
        case .scalar(let text, plain: true): return JSONToken.Kind(plain: text)
        case .scalar(let text, plain: false): return .string(text)
        case .sequence(let items):
            levels.append(.list(items, next: 0))
            return .beginArray
        case .mapping(let entries):
            levels.append(.mapping(entries, next: 0))
            return .beginObject
        }
    }
}
