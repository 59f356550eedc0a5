/// Reads JSON from outside, strictly by RFC 8259, one token at a time.
///
/// Beyond the grammar it refuses what readers disagree about: a byte order mark, broken UTF-8, lone surrogates, a key
/// that stands twice in one object. Its work is linear, its depth is a list and not recursion, its limits are stated,
/// and no input makes it trap. A message never quotes the text, but for a key that is a plain short identifier.
public struct JSONScanner {
    private let bytes: [UInt8]
    let file: String
    private let limits: JSONLimits

    private var index = 0
    private var line = 1
    private var lineStart = 0
    /// The bytes of this line that continue a scalar, and so are no column of their own.
    private var continuations = 0

    private var expected = Expected.value
    private var levels: [Level] = []
    private var failure: Diagnostic?

    /// What may come next.
    private enum Expected {
        case value, valueAfterComma, valueOrEndArray, keyOrEndObject, keyAfterComma, commaOrEnd, end
    }

    /// An object or array that is open.
    private struct Level {
        let isObject: Bool
        var keys = JSONKeySet()
    }

    /// A scanner at the start of the text; `file` is the name its findings carry.
    public init(_ bytes: [UInt8], file: String = "", limits: JSONLimits = JSONLimits()) {
        self.bytes = bytes
        self.file = file
        self.limits = limits
    }

    /// The next token; after the last one `end`, again and again.
    ///
    /// Throws the first mistake of the text, and the same again when asked again.
    public mutating func next() throws(Diagnostic) -> JSONToken {
        if let failure { throw failure }
        do throws(Diagnostic) {
            return try scan()
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func scan() throws(Diagnostic) -> JSONToken {
        if index == 0 { try checkStart() }
        skipSpace()
        if expected == .commaOrEnd, current == Byte.comma {
            index += 1
            skipSpace()
            expected = levels.last?.isObject == true ? .keyAfterComma : .valueAfterComma
        }
        let position = here
        guard let byte = current else {
            guard expected == .end else { throw unexpected() }
            return JSONToken(.end, at: position)
        }
        switch (expected, byte) {
        case (.keyOrEndObject, Byte.quote), (.keyAfterComma, Byte.quote):
            return JSONToken(.key(try key()), at: position)
        case (.valueOrEndArray, Byte.endArray), (.keyOrEndObject, Byte.endObject):
            return JSONToken(close(), at: position)
        case (.commaOrEnd, Byte.endArray), (.commaOrEnd, Byte.endObject):
            guard levels.last?.isObject == (byte == Byte.endObject) else { throw unexpected() }
            return JSONToken(close(), at: position)
        case (.value, _), (.valueAfterComma, _), (.valueOrEndArray, _):
            return JSONToken(try value(byte), at: position)
        default:
            throw unexpected()
        }
    }

    // MARK: Values

    private mutating func value(_ byte: UInt8) throws(Diagnostic) -> JSONToken.Kind {
        switch byte {
        case Byte.beginObject:
            try open(Level(isObject: true), expecting: .keyOrEndObject)
            return .beginObject
        case Byte.beginArray:
            try open(Level(isObject: false), expecting: .valueOrEndArray)
            return .beginArray
        case Byte.quote:
            let text = try string(atMost: .max)
            expected = afterValue
            return .string(text)
        case ASCII.minus, ASCII.zero...ASCII.nine:
            return .number(try number())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: throw unexpected()
        }
    }

    private mutating func open(_ level: Level, expecting next: Expected) throws(Diagnostic) {
        guard levels.count < limits.depth else {
            throw finding(.tooDeep, "objects and arrays may nest \(limits.depth) deep at most")
        }
        levels.append(level)
        index += 1
        expected = next
    }

    private mutating func close() -> JSONToken.Kind {
        index += 1
        let level = levels.popLast()
        expected = afterValue
        return level?.isObject == true ? .endObject : .endArray
    }

    private var afterValue: Expected { levels.isEmpty ? .end : .commaOrEnd }

    private mutating func literal(_ word: StaticString, _ kind: JSONToken.Kind) throws(Diagnostic) -> JSONToken.Kind {
        let text = word.description
        guard bytes[index...].starts(with: text.utf8) else { throw unexpected() }
        index += text.utf8.count
        expected = afterValue
        return kind
    }

    private mutating func number() throws(Diagnostic) -> String {
        let start = index
        // One character more than allowed is enough to know, however long the number goes on.
        let longest = max(0, limits.numberCharacters)
        let (length, flaw) = JSONNumber.scan(bytes[start...].prefix(longest < .max ? longest + 1 : longest))
        guard length <= longest else {
            throw finding(.literalRange, "a number of at most \(longest) characters was expected")
        }
        if let flaw {
            index += length
            throw syntax(flaw.rawValue)
        }
        index += length
        expected = afterValue
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    // MARK: Keys and strings

    private mutating func key() throws(Diagnostic) -> String {
        let position = here
        let key = try string(atMost: limits.keyBytes)
        // In place, so that the set is never copied.
        guard let innermost = levels.indices.last, levels[innermost].keys.insert(key) else {
            let name = isQuotable(key) ? "the key '\(key)'" : "a key"
            throw finding(.duplicateKey, "\(name) stands twice in this object", at: position)
        }
        skipSpace()
        guard current == Byte.colon else { throw syntax("':' was expected after the key\(atEnd)") }
        index += 1
        expected = .value
        return key
    }

    /// The string whose opening quote is here, its escapes resolved.
    private mutating func string(atMost limit: Int) throws(Diagnostic) -> String {
        let opening = here
        index += 1
        let start = index
        // Bytes are copied only once an escape has been met; until then the text is taken as it stands.
        var resolved: [UInt8] = []
        var copied = start
        while let byte = current {
            guard index - start <= limit else {
                throw finding(.tooLarge, "a key of at most \(limit) bytes was expected", at: opening)
            }
            switch byte {
            case Byte.quote:
                let rest = bytes[copied..<index]
                index += 1
                if copied == start { return String(decoding: rest, as: UTF8.self) }
                resolved.append(contentsOf: rest)
                return String(decoding: resolved, as: UTF8.self)
            case Byte.backslash:
                resolved.append(contentsOf: bytes[copied..<index])
                resolved.append(contentsOf: try escape().utf8)
                copied = index
            case 0..<0x20:
                throw syntax("a control character in a string must be written as an escape, such as \\n")
            case 0x80...:
                try skipScalar()
            default:
                index += 1
            }
        }
        throw syntax("a closing '\"' was expected for the string that begins here", at: opening)
    }

    /// The scalar of the escape whose backslash is here.
    private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
        let backslash = here
        index += 1
        guard let byte = current else { throw syntax("an escape was expected after '\\'\(atEnd)", at: backslash) }
        index += 1
        switch byte {
        case Byte.quote, Byte.backslash, UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(backslash)
        default:
            throw syntax("one of \" \\ / b f n r t u was expected after '\\'", at: backslash)
        }
    }

    /// The scalar of `\u` and four digits, or of two such escapes that are a surrogate pair.
    private mutating func unicodeEscape(_ backslash: SourcePosition) throws(Diagnostic) -> Unicode.Scalar {
        let first = try fourDigits(backslash)
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, current == Byte.backslash, bytes.dropFirst(index + 1).first == UInt8(ascii: "u") {
            index += 2
            let second = try fourDigits(backslash)
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw syntax("a surrogate in an escape must be half of a pair, high before low", at: backslash)
    }

    private mutating func fourDigits(_ backslash: SourcePosition) throws(Diagnostic) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = current.flatMap(Self.hexadecimal) else {
                throw syntax("four hexadecimal digits were expected after '\\u'", at: backslash)
            }
            value = value << 4 | digit
            index += 1
        }
        return value
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case ASCII.zero...ASCII.nine: UInt32(byte - ASCII.zero)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    // MARK: The text

    private enum Byte {
        static let quote = UInt8(ascii: "\"")
        static let backslash = UInt8(ascii: "\\")
        static let comma = UInt8(ascii: ",")
        static let colon = UInt8(ascii: ":")
        static let beginObject = UInt8(ascii: "{")
        static let endObject = UInt8(ascii: "}")
        static let beginArray = UInt8(ascii: "[")
        static let endArray = UInt8(ascii: "]")
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private var here: SourcePosition {
        SourcePosition(line: line, column: index - lineStart - continuations + 1)
    }

    private func checkStart() throws(Diagnostic) {
        guard bytes.count <= limits.bytes else {
            throw finding(.tooLarge, "a text of at most \(limits.bytes) bytes was expected")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw finding(.byteOrderMark, "UTF-8 without a byte order mark was expected")
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw finding(.byteOrderMark, "UTF-8 was expected, and this begins with the byte order mark of UTF-16")
        }
        let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        guard !isBlank else { throw finding(.emptyInput, "a JSON value was expected, and the text is empty") }
    }

    private mutating func skipSpace() {
        while let byte = current {
            switch byte {
            case 0x20, 0x09, 0x0D:
                index += 1
            case 0x0A:
                index += 1
                line += 1
                lineStart = index
                continuations = 0
            default:
                return
            }
        }
    }

    /// Passes one scalar of several bytes.
    private mutating func skipScalar() throws(Diagnostic) {
        guard let length = UTF8Check.length(in: bytes, at: index) else { throw brokenUTF8() }
        index += length
        continuations += length - 1
    }

    // MARK: Findings

    /// What was expected here, where something else stands.
    private func unexpected() -> Diagnostic {
        if let byte = current, byte >= 0x80, UTF8Check.length(in: bytes, at: index) == nil { return brokenUTF8() }
        switch expected {
        case .value:
            return syntax("a JSON value was expected\(atEnd)")
        case .valueAfterComma:
            let hint = current == Byte.endArray ? "; the last value has no comma after it" : ""
            return syntax("a JSON value was expected after ','\(hint)\(atEnd)")
        case .valueOrEndArray:
            return syntax("a JSON value or ']' was expected\(atEnd)")
        case .keyOrEndObject:
            return syntax("a key in double quotes or '}' was expected\(atEnd)")
        case .keyAfterComma:
            let hint = current == Byte.endObject ? "; the last value has no comma after it" : ""
            return syntax("a key in double quotes was expected after ','\(hint)\(atEnd)")
        case .commaOrEnd:
            return syntax("',' or '\(levels.last?.isObject == true ? "}" : "]")' was expected\(atEnd)")
        case .end:
            return syntax("the end of the text was expected after its value")
        }
    }

    private var atEnd: String { index < bytes.count ? "" : ", and the text ends here" }

    private func brokenUTF8() -> Diagnostic {
        finding(.invalidUTF8, "UTF-8 was expected, and the bytes here are none")
    }

    private func syntax(_ message: String, at position: SourcePosition? = nil) -> Diagnostic {
        finding(.jsonSyntax, message, at: position)
    }

    private func finding(_ code: DiagnosticCode, _ message: String, at position: SourcePosition? = nil) -> Diagnostic {
        Diagnostic(code, file: file, at: position ?? here, message)
    }
}
