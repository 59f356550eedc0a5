/// The shape of a JSON value, in the words of JSON Schema (2020-12).
public indirect enum JSONShape: Sendable {
    /// A text.
    case text
    /// A text that matches a regular expression as a whole.
    case pattern(String)
    /// A whole number from 0 on.
    case count
    /// True or false.
    case truth
    /// A text, a number, or true or false: what a policy file writes where an expression may stand.
    case scalar
    /// One number.
    case constant(Int)
    /// One of these texts.
    case oneOf([String])
    /// A list of at least so many.
    case list(JSONShape, atLeast: Int)
    /// An object of these members.
    case members([Member], others: Others)
    /// A shape among the definitions of the schema.
    case named(String)
    /// A shape of another schema file: `household-1.schema.json#/$defs/member`.
    case elsewhere(String)
    /// Any of these.
    case anyOf([JSONShape])
    /// Null.
    case nothing
    /// A shape with what it means.
    case described(String, JSONShape)

    /// A member of an object.
    public struct Member: Sendable {
        /// Its key.
        public let key: String
        /// Its value.
        public let shape: JSONShape
        /// Whether it must be there.
        public let isRequired: Bool

        /// A member that may be there, or must.
        public init(_ key: String, _ shape: JSONShape, isRequired: Bool = false) {
            self.key = key
            self.shape = shape
            self.isRequired = isRequired
        }
    }

    /// The members of an object besides those that are named.
    public enum Others: Sendable {
        /// There are none.
        case none
        /// Any, of this shape, whose keys match a regular expression as a whole.
        case any(JSONShape, keys: String)
    }

    /// A day, `2025-03-05`.
    public static let day = JSONShape.pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}")

    /// A sum in yuan with two decimals.
    public static let sum = JSONShape.pattern("-?[0-9]+\\.[0-9]{2}")

    /// A division code.
    public static let division = JSONShape.pattern("[0-9]{6}(?:[0-9]{3}){0,2}")

    /// A list.
    public static func list(_ item: JSONShape) -> JSONShape { .list(item, atLeast: 0) }

    /// An object of these members and no others; all must be there but the optional ones.
    public static func object(_ members: KeyValuePairs<String, JSONShape>, optional: [String] = []) -> JSONShape {
        .members(members.map { Member($0, $1, isRequired: !optional.contains($0)) }, others: .none)
    }

    /// The shape, or null.
    public static func orNull(_ shape: JSONShape) -> JSONShape { .anyOf([shape, .nothing]) }

    /// A schema of a title: this shape, and the definitions that it names.
    public func schema(_ title: String, definitions: some Sequence<(key: String, value: JSONShape)>) -> String {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.key("$schema")
        json.string("https://json-schema.org/draft/2020-12/schema")
        json.key("title")
        json.string(title)
        writeKeywords(to: &json)
        json.key("$defs")
        json.beginObject()
        for (name, shape) in definitions {
            json.key(name)
            shape.write(to: &json)
        }
        json.endObject()
        json.endObject()
        return json.text + "\n"
    }

    private func write(to json: inout JSONWriter) {
        json.beginObject()
        writeKeywords(to: &json)
        json.endObject()
    }

    private func writeKeywords(to json: inout JSONWriter) {
        switch self {
        case .text: write("type", "string", to: &json)
        case .truth: write("type", "boolean", to: &json)
        case .nothing: write("type", "null", to: &json)
        case .scalar: write("type", ["string", "number", "boolean"], to: &json)
        case .pattern(let pattern):
            write("type", "string", to: &json)
            write("pattern", "^\(pattern)$", to: &json)
        case .count:
            write("type", "integer", to: &json)
            json.key("minimum")
            json.integer(0)
        case .constant(let value):
            json.key("const")
            json.integer(value)
        case .oneOf(let names): write("enum", names, to: &json)
        case .list(let item, let least):
            write("type", "array", to: &json)
            if least > 0 {
                json.key("minItems")
                json.integer(least)
            }
            json.key("items")
            item.write(to: &json)
        case .members(let members, let others): write(members, others, to: &json)
        case .named(let name): write("$ref", "#/$defs/" + name, to: &json)
        case .elsewhere(let place): write("$ref", place, to: &json)
        case .anyOf(let shapes):
            json.key("anyOf")
            json.beginArray()
            for shape in shapes { shape.write(to: &json) }
            json.endArray()
        case .described(let meaning, let shape):
            write("description", meaning, to: &json)
            shape.writeKeywords(to: &json)
        }
    }

    private func write(_ key: String, _ text: String, to json: inout JSONWriter) {
        json.key(key)
        json.string(text)
    }

    private func write(_ key: String, _ texts: [String], to json: inout JSONWriter) {
        json.key(key)
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
    }

    private func write(_ members: [Member], _ others: Others, to json: inout JSONWriter) {
        write("type", "object", to: &json)
        json.key("properties")
        json.beginObject()
        for member in members {
            json.key(member.key)
            member.shape.write(to: &json)
        }
        json.endObject()
        let required = members.filter(\.isRequired).map(\.key)
        if !required.isEmpty { write("required", required, to: &json) }
        switch others {
        case .none:
            json.key("additionalProperties")
            json.bool(false)
        case .any(let shape, let keys):
            json.key("propertyNames")
            JSONShape.pattern(keys).write(to: &json)
            json.key("additionalProperties")
            shape.write(to: &json)
        }
    }
}
