import AssistanceCore
import AssistancePolicy

/// A JSON text as a tree, for tests alone.
public indirect enum JSONTree: Equatable, Sendable {
    case object([String: JSONTree])
    case array([JSONTree])
    case string(String)
    case number(String)
    case bool(Bool)
    case null

    /// Reads a whole text.
    public init(_ text: String) throws {
        var scanner = JSONScanner(Array(text.utf8))
        self = try JSONTree(scanner.next(), &scanner)
    }

    private init(_ token: JSONToken, _ scanner: inout JSONScanner) throws {
        switch token.kind {
        case .beginObject:
            var members: [String: JSONTree] = [:]
            while case .key(let key) = try scanner.next().kind {
                members[key] = try JSONTree(scanner.next(), &scanner)
            }
            self = .object(members)
        case .beginArray:
            var items: [JSONTree] = []
            var next = try scanner.next()
            while next.kind != .endArray {
                items.append(try JSONTree(next, &scanner))
                next = try scanner.next()
            }
            self = .array(items)
        case .string(let text): self = .string(text)
        case .number(let text): self = .number(text)
        case .bool(let value): self = .bool(value)
        case .endObject, .endArray, .key, .null, .end: self = .null
        }
    }

    /// A YAML tree as editors read it.
    public init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let text, let isPlain):
            switch isPlain ? JSONToken.Kind(plain: text) : .string(text) {
            case .number(let number): self = .number(number)
            case .bool(let value): self = .bool(value)
            default: self = node.isPlainNull ? .null : .string(text)
            }
        case .sequence(let items): self = .array(items.map(JSONTree.init))
        case .mapping(let entries):
            self = .object(
                Dictionary(entries.map { ($0.key.text ?? "", JSONTree($0.value)) }) { first, _ in first })
        }
    }

    /// The value of a key of an object.
    public subscript(key: String) -> JSONTree? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The items of an array.
    public var items: [JSONTree] { if case .array(let items) = self { items } else { [] } }

    /// The text of a number; empty for all else.
    public var number: String { if case .number(let text) = self { text } else { "" } }

    /// The text of a string.
    public var text: String? { if case .string(let text) = self { text } else { nil } }
}
