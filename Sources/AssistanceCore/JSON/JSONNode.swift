/// A JSON value with its place, for texts that are looked into here and there and not read key by key.
public struct JSONNode: Sendable {
    /// What it holds.
    public enum Content: Sendable {
        /// The entries of an object in the order of writing; no key stands twice.
        case object([(key: String, value: JSONNode)])
        /// The items of an array.
        case array([JSONNode])
        /// A text.
        case string(String)
        /// A number as it was written.
        case number(String)
        /// `true` or `false`.
        case bool(Bool)
        /// `null`.
        case null
    }

    /// What it holds.
    public let content: Content
    /// Its first character.
    public let position: SourcePosition

    /// The value of a key of an object; nil where there is none, or no object.
    public subscript(key: String) -> JSONNode? {
        guard case .object(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// The text of a string; nil for all else.
    public var text: String? {
        if case .string(let text) = content { text } else { nil }
    }

    /// The items of an array; nil for all else.
    public var items: [JSONNode]? {
        if case .array(let items) = content { items } else { nil }
    }

    /// Whether it is `null`.
    public var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// An object or array that is open.
    private struct Level {
        let position: SourcePosition
        let isObject: Bool
        /// The key whose value is next.
        var key = ""
        var entries: [(key: String, value: JSONNode)] = []
        var items: [JSONNode] = []

        var node: JSONNode { JSONNode(content: isObject ? .object(entries) : .array(items), position: position) }

        mutating func add(_ value: JSONNode) {
            if isObject { entries.append((key, value)) } else { items.append(value) }
        }
    }

    /// Reads the value that a token begins, to its end.
    ///
    /// How deep it nests is limited by the scanner; `limit` is how many values it may hold. Throws `too-large` beyond
    /// that, or the scanner's mistake.
    public static func read(
        _ first: JSONToken, _ tokens: inout JSONScanner, limit: Int = 1_000_000
    ) throws(Diagnostic) -> JSONNode {
        var levels: [Level] = []
        var count = 0
        var token = first
        while true {
            var complete: JSONNode?
            switch token.kind {
            case .beginObject: levels.append(Level(position: token.position, isObject: true))
            case .beginArray: levels.append(Level(position: token.position, isObject: false))
            case .endObject, .endArray, .end: complete = levels.popLast()?.node
            case .key(let key):
                if let last = levels.indices.last { levels[last].key = key }
            case .string(let text): complete = JSONNode(content: .string(text), position: token.position)
            case .number(let text): complete = JSONNode(content: .number(text), position: token.position)
            case .bool(let value): complete = JSONNode(content: .bool(value), position: token.position)
            case .null: complete = JSONNode(content: .null, position: token.position)
            }
            if let complete {
                guard let last = levels.indices.last else { return complete }
                levels[last].add(complete)
            }
            count += 1
            guard count <= limit else {
                throw Diagnostic(
                    .tooLarge, file: tokens.file, at: token.position, "at most \(limit) values were expected")
            }
            token = try tokens.next()
        }
    }
}
