import AssistanceCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A text that a plugin hands over: nothing of it is trusted but that it can be read up to its end, or to a limit.
struct PluginText {
    /// What is wrong with it: `is NULL`.
    struct Flaw: Error {
        let message: String
    }

    /// The most bytes of a text.
    static let limit = 1_000
    /// The most characters of what something is called.
    static let labelLimit = 200
    /// The most characters of a name.
    static let nameLimit = 64

    /// The text.
    let text: String

    /// One line of UTF-8 without control characters or citizen numbers.
    init(_ pointer: UnsafePointer<CChar>?) throws(Flaw) {
        let text = try Self.raw(pointer)
        guard MessageLine(text).text == text else {
            throw Flaw(message: "has control characters, or a citizen number")
        }
        self.text = text
    }

    /// Words of others that the plugin passes on: made fit to be printed.
    static func words(_ pointer: UnsafePointer<CChar>?) throws(Flaw) -> String { MessageLine(try raw(pointer)).text }

    private static func raw(_ pointer: UnsafePointer<CChar>?) throws(Flaw) -> String {
        guard let pointer else { throw Flaw(message: "is NULL") }
        let count = strnlen(pointer, limit + 1)
        guard count <= limit else { throw Flaw(message: "has more than \(limit) bytes, or no end") }
        guard count > 0 else { throw Flaw(message: "is empty") }
        guard let text = String(validating: UnsafeRawBufferPointer(start: pointer, count: count), as: UTF8.self) else {
            throw Flaw(message: "is not valid UTF-8")
        }
        return text
    }

    /// What something is called.
    static func label(_ pointer: UnsafePointer<CChar>?) throws(Flaw) -> String {
        let text = try PluginText(pointer).text
        guard text.unicodeScalars.count <= labelLimit else {
            throw Flaw(message: "has more than \(labelLimit) characters")
        }
        return text
    }

    /// A name of small letters, digits and some marks, which begins with a letter.
    static func name(_ pointer: UnsafePointer<CChar>?, with marks: String) throws(Flaw) -> String {
        let text = try PluginText(pointer).text
        guard isName(text[...], with: marks) else {
            throw Flaw(
                message:
                    "is no name: \(nameLimit) small letters, digits and \(marks.map(String.init).joined(separator: " or ")) at most, the first of them a letter"
            )
        }
        return text
    }

    /// Whether a text is such a name.
    static func isName(_ text: Substring, with marks: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= nameLimit, (97...122).contains(first) else { return false }
        return bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || marks.utf8.contains($0) }
    }
}
