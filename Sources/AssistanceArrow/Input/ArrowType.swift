/// The width of an integer in a buffer.
enum IntegerWidth: Hashable, Sendable {
    case int8, int16, int32, int64, uint8, uint16, uint32, uint64
}

/// Where the texts of a column stand.
enum TextLayout: Hashable, Sendable {
    /// One behind the other, with offsets of 32 bits.
    case small
    /// The same with 64 bits.
    case large
    /// Each by itself, in any of several buffers.
    case view
}

/// Where the entries of the lists of a column stand.
enum ListLayout: Hashable, Sendable {
    /// One list behind the other, with offsets of 32 bits, or of 64.
    case small, large
    /// Each anywhere, with offset and size of 32 bits, or of 64.
    case view, largeView
}

/// The type of a column; what no fact is read from is `other`, with its name.
indirect enum ArrowType: Hashable, Sendable {
    /// Nothing is known of any row.
    case none
    case bool
    case integer(IntegerWidth)
    /// A whole number of so many bytes, divided by ten to the power of the scale.
    case decimal(bytes: Int, scale: Int)
    /// Days since 1970, of 32 bits.
    case days
    /// Milliseconds since 1970, of 64 bits.
    case milliseconds
    case text(TextLayout)
    /// The numbers of texts that are written once.
    case dictionary(IntegerWidth, TextLayout)
    case list(ListLayout, ArrowField)
    case record([ArrowField])
    case other(String)

    /// What it is called in messages.
    var name: String {
        switch self {
        case .none: "a column of nulls"
        case .bool: "a column of bool"
        case .integer(let width): "a column of \(width)"
        case .decimal(let bytes, let scale): "a column of decimal\(bytes * 8) with \(scale) decimals"
        case .days: "a column of date32"
        case .milliseconds: "a column of date64"
        case .text, .dictionary: "a column of text"
        case .list(_, let entry):
            if case .record = entry.type { "a column of lists of structs" } else { "a column of lists" }
        case .record: "a column of structs"
        case .other(let name): name
        }
    }
}

/// A column, or what the entries of a list are.
struct ArrowField: Hashable, Sendable {
    let name: String
    let type: ArrowType

    /// The same where nothing is read from it.
    var unread: ArrowField { ArrowField(name: name, type: .other("")) }
}
