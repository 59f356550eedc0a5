import AssistanceCore

/// The file a node was read from; all nodes of one file share it.
public final class YAMLFile: Sendable {
    /// The file as it was named to the reader.
    public let name: String

    /// A file of this name.
    public init(name: String) {
        self.name = name
    }
}

/// A node of a YAML text, with its place: a text, a list or a mapping. Immutable.
///
/// A tree from `YAMLReader` is never deeper than its limits allow, so a walk over it, and its release, may recurse.
public final class YAMLNode: Sendable {
    /// What a node holds.
    public enum Content: Sendable {
        /// A text; `plain` when it was written without quotes and not as a block (`|`, `>`).
        case scalar(text: String, plain: Bool)
        /// A list, in the order of writing.
        case sequence([YAMLNode])
        /// A mapping, in the order of writing; no key stands twice.
        case mapping([Entry])
    }

    /// One key of a mapping with its value.
    public struct Entry: Sendable {
        /// The key, always a scalar.
        public let key: YAMLNode
        /// The value.
        public let value: YAMLNode

        /// An entry of a mapping.
        public init(key: YAMLNode, value: YAMLNode) {
            self.key = key
            self.value = value
        }
    }

    /// What the node holds.
    public let content: Content
    /// Where it begins: a quoted text at its quote, a block text at `|` or `>`, a block mapping at its first key.
    public let position: SourcePosition
    /// The file it was read from.
    public let file: YAMLFile
    /// The content is not what its author meant, and a finding of the reader has said so already: a text cut in two by
    /// a comma, an alias, something tagged. Whoever decodes the node passes over it in silence.
    public let cut: Bool
    /// The text stands at the position, on one line, so that a place within it is a column of that line.
    let isInLine: Bool

    /// A node at a place in a file.
    public convenience init(_ content: Content, at position: SourcePosition, in file: YAMLFile, cut: Bool = false) {
        self.init(content, at: position, in: file, cut: cut, isInLine: true)
    }

    init(_ content: Content, at position: SourcePosition, in file: YAMLFile, cut: Bool, isInLine: Bool) {
        self.content = content
        self.position = position
        self.file = file
        self.cut = cut
        self.isInLine = isInLine
    }

    /// The text of a scalar; nil for a list or a mapping.
    public var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The text of a scalar written without quotes and not as a block; nil for all else.
    public var plainText: String? {
        if case .scalar(let text, plain: true) = content { text } else { nil }
    }

    /// The items of a list; nil for all else.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The entries of a mapping; nil for all else.
    public var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// Nothing is written here: an empty value, `~` or `null`, without quotes.
    public var isPlainNull: Bool {
        switch plainText {
        case "", "~", "null", "Null", "NULL": true
        default: false
        }
    }

    /// What the node is, for a message: "a mapping", "a list" or "text".
    public var kindName: String {
        switch content {
        case .scalar: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The value of a key of a mapping; nil where there is none, or no mapping. Looks through the keys one by one.
    public subscript(key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        for entry in entries where entry.key.text == key { return entry.value }
        return nil
    }

    /// An error at this node.
    public func error(_ code: DiagnosticCode, _ message: String, suggestion: String? = nil) -> Diagnostic {
        Diagnostic(code, file: file.name, at: position, message, suggestion: suggestion)
    }
}
