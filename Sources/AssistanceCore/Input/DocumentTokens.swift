/// A document of values from outside, one token at a time, whatever it is written in.
public protocol DocumentTokens {
    /// The next token; after the last one `end`, again and again. Throws the mistake at which reading cannot go on.
    mutating func next() throws(Diagnostic) -> JSONToken
}

extension JSONScanner: DocumentTokens {}

extension JSONToken.Kind {
    /// What a text without quotes means, where a format has such texts: `true`, `false`, `null`, a number by the grammar
    /// of JSON, or else a string.
    public init(plain text: String) {
        switch text {
        case "true": self = .bool(true)
        case "false": self = .bool(false)
        case "null": self = .null
        default: self = JSONNumber.isValid(text) ? .number(text) : .string(text)
        }
    }

    /// What it is, for a message; never its content.
    var kindName: String {
        switch self {
        case .beginObject, .endObject: "an object"
        case .beginArray, .endArray: "a list"
        case .key: "a key"
        case .string: "text"
        case .number: "a number"
        case .bool: "true or false"
        case .null: "null"
        case .end: "the end of the text"
        }
    }
}
