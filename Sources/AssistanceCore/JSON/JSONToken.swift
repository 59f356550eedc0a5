/// One piece of a JSON text and where it begins.
public struct JSONToken: Hashable, Sendable {
    /// What it is.
    public enum Kind: Hashable, Sendable {
        /// `{`
        case beginObject
        /// `}`
        case endObject
        /// `[`
        case beginArray
        /// `]`
        case endArray
        /// The name of an object's next value, escapes resolved.
        case key(String)
        /// A string, escapes resolved.
        case string(String)
        /// A number as it was written: decimal text, so that nothing is lost before a schema types it.
        case number(String)
        /// `true` or `false`
        case bool(Bool)
        /// `null`
        case null
        /// The end of the text, after its one value.
        case end
    }

    /// What it is.
    public var kind: Kind
    /// Its first character.
    public var position: SourcePosition

    /// A token at a position.
    public init(_ kind: Kind, at position: SourcePosition) {
        self.kind = kind
        self.position = position
    }
}

/// What a JSON text from outside may cost. The defaults are the limits the library states.
public struct JSONLimits: Hashable, Sendable {
    /// The bytes of the whole text: 64 MB.
    public var bytes = 64 << 20
    /// How deep objects and arrays may nest: 64.
    public var depth = 64
    /// The characters of one number: 64.
    public var numberCharacters = 64
    /// The bytes of one key as written: 1024.
    public var keyBytes = 1024

    /// The stated limits.
    public init() {}
}
