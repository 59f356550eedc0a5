/// An object of JSON from outside, read key by key. The first mistake is thrown; it quotes no value.
public struct JSONRecord: Sendable {
    private let node: JSONNode
    /// Where it stands, by names: `payments[2]`; empty for the document.
    private let path: String
    private let file: String

    /// The value of a whole document.
    public static func document(_ bytes: [UInt8], file: String = "") throws(Diagnostic) -> JSONNode {
        var tokens = JSONScanner(bytes, file: file)
        let node = try JSONNode.read(try tokens.next(), &tokens, limit: 20_000_000)
        _ = try tokens.next()
        return node
    }

    /// An object that has no other keys than those that are named.
    public init(_ node: JSONNode, at path: String = "", keys: [String], file: String = "") throws(Diagnostic) {
        self.node = node
        self.path = path
        self.file = file
        guard case .object(let entries) = node.content else { throw flaw(node, path, "an object was expected") }
        for entry in entries where !keys.contains(entry.key) {
            let name = isQuotable(entry.key) ? "there is no key '\(entry.key)' here" : "there is no such key here"
            throw Diagnostic(
                .unknownKey, file: file, at: entry.value.position, path.isEmpty ? name : "\(path): \(name)",
                suggestion: closestName(to: entry.key, among: keys))
        }
    }

    /// The objects of a document that is a list of them.
    public static func list(
        _ node: JSONNode, of name: String, limit: Int, keys: [String], file: String = ""
    ) throws(Diagnostic) -> [JSONRecord] {
        guard let items = node.items else {
            throw Diagnostic(.wrongType, file: file, at: node.position, "\(name): a list of objects was expected")
        }
        guard items.count <= limit else {
            throw Diagnostic(.tooLarge, file: file, at: node.position, "\(name): at most \(limit) were expected")
        }
        var records: [JSONRecord] = []
        for (place, item) in items.enumerated() {
            records.append(try JSONRecord(item, at: "\(name)[\(place)]", keys: keys, file: file))
        }
        return records
    }

    /// The value of a key that must be there.
    public func value(_ key: String) throws(Diagnostic) -> JSONNode {
        guard let value = node[key], !value.isNull else {
            throw Diagnostic(.missingKey, file: file, at: node.position, "\(at(key)) is missing")
        }
        return value
    }

    /// The text of a key.
    public func text(_ key: String) throws(Diagnostic) -> String {
        let value = try value(key)
        guard let text = value.text else { throw flaw(value, at(key), "a text was expected") }
        return text
    }

    /// The text of a key that may be left out, or null.
    public func optionalText(_ key: String) throws(Diagnostic) -> String? {
        guard let value = node[key], !value.isNull else { return nil }
        return try text(key)
    }

    /// The whole number of a key.
    public func integer(_ key: String) throws(Diagnostic) -> Int64 {
        let value = try value(key)
        guard case .number(let text) = value.content, let number = Int64(text) else {
            throw flaw(value, at(key), "a whole number was expected")
        }
        return number
    }

    /// The day of a key.
    public func day(_ key: String) throws(Diagnostic) -> CalendarDate {
        let value = try value(key)
        guard let day = value.text.flatMap(CalendarDate.init(iso:)) else {
            throw problem(.badDate, key, "a day of the calendar, written as 2026-01-31, was expected")
        }
        return day
    }

    /// The citizen number of a key.
    public func citizenNumber(_ key: String) throws(Diagnostic) -> CitizenNumber {
        let text = try text(key)
        do throws(ValueFlaw) {
            return try EntryRules.citizenNumber(text)
        } catch {
            throw problem(error.code, key, error.message)
        }
    }

    /// What is wrong with the value of a key.
    public func problem(_ code: DiagnosticCode, _ key: String, _ message: String) -> Diagnostic {
        Diagnostic(code, file: file, at: (node[key] ?? node).position, "\(at(key)): \(message)")
    }

    private func at(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func flaw(_ node: JSONNode, _ name: String, _ message: String) -> Diagnostic {
        Diagnostic(.wrongType, file: file, at: node.position, name.isEmpty ? message : "\(name): \(message)")
    }
}
