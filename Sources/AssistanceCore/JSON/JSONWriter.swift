/// Writes JSON in one canonical form: the same calls give the same bytes.
///
/// Keys stand in the order given, commas and indents come by themselves. A call that does not fit (a value without its
/// key, an end without a beginning) writes nothing, and `isComplete` is false from then on.
public struct JSONWriter {
    /// How the text is laid out.
    public enum Layout: Sendable {
        /// Without any space.
        case compact
        /// One value a line, two spaces a level.
        case pretty
    }

    /// The text so far, in UTF-8, without what has been handed over.
    public private(set) var bytes: [UInt8] = []
    private let layout: Layout
    private var levels: [Level] = []
    private var hasKey = false
    private var isMisused = false
    private var hasHandedOver = false

    /// An object or array that is open.
    private struct Level {
        let isObject: Bool
        var isEmpty = true
    }

    /// A writer with nothing written.
    public init(_ layout: Layout = .compact) { self.layout = layout }

    /// The text so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether one whole value has been written, and every call fitted.
    public var isComplete: Bool { !isMisused && levels.isEmpty && hasBegun }

    private var hasBegun: Bool { hasHandedOver || !bytes.isEmpty }

    /// Hands over the bytes written so far, so that a long text need not be held whole; the writer goes on after them.
    public mutating func takeBytes() -> [UInt8] {
        let taken = bytes
        hasHandedOver = hasBegun
        bytes = []
        return taken
    }

    /// Begins an object.
    public mutating func beginObject() { begin(isObject: true) }

    /// Ends the object.
    public mutating func endObject() { end(isObject: true) }

    /// Begins an array.
    public mutating func beginArray() { begin(isObject: false) }

    /// Ends the array.
    public mutating func endArray() { end(isObject: false) }

    /// The key of the value that follows.
    public mutating func key(_ name: String) {
        guard let level = levels.last, level.isObject, !hasKey else { return misuse() }
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
        hasKey = true
    }

    /// A string.
    public mutating func string(_ value: String) {
        guard place() else { return }
        quote(value)
    }

    /// A whole number.
    public mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

    /// A number given as decimal text, written as it stands; a text that is no JSON number is written as a string.
    public mutating func decimal(_ text: String) {
        guard JSONNumber.isValid(text) else { return string(text) }
        raw(text)
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    /// `null`.
    public mutating func null() { raw("null") }

    private mutating func raw(_ value: String) {
        guard place() else { return }
        bytes.append(contentsOf: value.utf8)
    }

    private mutating func begin(isObject: Bool) {
        guard place() else { return }
        bytes.append(isObject ? UInt8(ascii: "{") : UInt8(ascii: "["))
        levels.append(Level(isObject: isObject))
    }

    private mutating func end(isObject: Bool) {
        guard let level = levels.last, level.isObject == isObject, !hasKey else { return misuse() }
        levels.removeLast()
        if !level.isEmpty { breakLine() }
        bytes.append(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }

    /// Makes room for a value; false where none may stand.
    private mutating func place() -> Bool {
        if hasKey {
            hasKey = false
            return true
        }
        if let level = levels.last, !level.isObject {
            separate()
            return true
        }
        if levels.isEmpty, !hasBegun { return true }
        misuse()
        return false
    }

    /// The comma, line and indent before a key or an array's value.
    private mutating func separate() {
        guard let last = levels.indices.last else { return }
        if !levels[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
        levels[last].isEmpty = false
        breakLine()
    }

    private mutating func breakLine() {
        guard layout == .pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: levels.count * 2))
    }

    private mutating func misuse() { isMisused = true }

    private mutating func quote(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): escape("\"")
            case UInt8(ascii: "\\"): escape("\\")
            case 0x08: escape("b")
            case 0x09: escape("t")
            case 0x0A: escape("n")
            case 0x0C: escape("f")
            case 0x0D: escape("r")
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                escape(byte < 0x10 ? "u000" + digits : "u00" + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ letters: String) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(contentsOf: letters.utf8)
    }
}
