/// The part of JSON Schema that the published schemas use. A word it does not know fails.
public struct SchemaCheck: Sendable {
    private let root: JSONTree
    private let others: [String: JSONTree]

    /// A check against a schema.
    ///
    /// - Parameter others: The other schemas that it refers to, by the names of their files.
    public init(root: JSONTree, others: [String: JSONTree] = [:]) { (self.root, self.others) = (root, others) }

    /// Where a value breaks the schema; empty where it does not.
    public func problems(of value: JSONTree, against schema: JSONTree? = nil, at path: String = "$") -> [String] {
        guard case .object(let words) = schema ?? root else { return ["\(path): the schema is no object"] }
        return words.sorted { $0.key < $1.key }.flatMap { word, rule in
            problems(of: value, word, rule, in: words, at: path)
        }
    }

    private func problems(
        of value: JSONTree, _ word: String, _ rule: JSONTree, in words: [String: JSONTree], at path: String
    ) -> [String] {
        switch word {
        case "$schema", "title", "$defs", "minimum", "maximum", "multipleOf", "minLength", "maxLength", "maxItems",
            "format", "description", "x-unit", "x-standard":
            return []
        case "type":
            let kinds = (rule.text.map { [$0] } ?? rule.items.compactMap(\.text))
            let kind = kind(of: value)
            let fits = kinds.contains(kind) || (kind == "integer" && kinds.contains("number"))
            return fits ? [] : ["\(path): \(kind), not \(kinds.joined(separator: " or "))"]
        case "minItems": return value.items.count >= Int(rule.number) ?? 0 ? [] : ["\(path): too few"]
        case "propertyNames":
            guard case .object(let members) = value, let known = words["properties"] else { return [] }
            return members.keys.sorted().filter { known[$0] == nil }.flatMap {
                problems(of: .string($0), against: rule, at: "\(path).\($0)")
            }
        case "const": return value == rule ? [] : ["\(path): not the constant"]
        case "enum": return rule.items.contains(value) ? [] : ["\(path): \(value) is not among the values"]
        case "pattern":
            if value == .null { return [] }
            guard let text = value.text, let pattern = rule.text, let regex = try? Regex(pattern) else {
                return ["\(path): no text or no pattern"]
            }
            return text.wholeMatch(of: regex) == nil ? ["\(path): '\(text)' does not match \(pattern)"] : []
        case "$ref":
            let name = rule.text?.split(separator: "/").last.map(String.init) ?? ""
            if let file = rule.text?.prefix(while: { $0 != "#" }), !file.isEmpty {
                guard let other = others[String(file)], let definition = other["$defs"]?[name] else {
                    return ["\(path): no schema \(file)"]
                }
                return SchemaCheck(root: other).problems(of: value, against: definition, at: path)
            }
            guard let definition = root["$defs"]?[name] else { return ["\(path): no definition \(name)"] }
            return problems(of: value, against: definition, at: path)
        case "anyOf":
            let tried = rule.items.map { problems(of: value, against: $0, at: path) }
            return tried.contains([]) ? [] : tried.flatMap { $0 }
        case "items":
            return value.items.enumerated().flatMap { problems(of: $1, against: rule, at: "\(path)[\($0)]") }
        case "properties":
            guard case .object(let properties) = rule else { return ["\(path): no properties"] }
            return properties.sorted { $0.key < $1.key }.flatMap { key, property in
                value[key].map { problems(of: $0, against: property, at: path + "." + key) } ?? []
            }
        case "required":
            return rule.items.compactMap(\.text).filter { value[$0] == nil }.map { "\(path): \($0) is missing" }
        case "additionalProperties":
            guard case .object(let members) = value, let known = words["properties"] else { return [] }
            let rest = members.sorted { $0.key < $1.key }.filter { known[$0.key] == nil }
            guard rule != .bool(false) else { return rest.map { "\(path): \($0.key) is not in the schema" } }
            return rest.flatMap { problems(of: $0.value, against: rule, at: path + "." + $0.key) }
        default: return ["\(path): the check does not know '\(word)'"]
        }
    }

    private func kind(of value: JSONTree) -> String {
        switch value {
        case .object: "object"
        case .array: "array"
        case .string: "string"
        case .number(let text): text.contains { ".eE".contains($0) } ? "number" : "integer"
        case .bool: "boolean"
        case .null: "null"
        }
    }
}
