import AssistanceCore

/// Cuts an expression text into tokens, one at a time, with CEL's rules for literals, comments and white space.
struct Lexer {
    let scalars: [Unicode.Scalar]
    /// The offset after the token read last.
    var position = 0

    init(_ text: String) throws(ExpressionError) {
        guard text.utf8.count <= Parser.Limit.bytes else {
            throw ExpressionError(
                .tooLarge, offset: 0, length: 0,
                "an expression has at most \(Parser.Limit.bytes) bytes; split it with 'define:'")
        }
        scalars = Array(text.unicodeScalars)
    }

    /// The scalar at a distance from the position, or nil beyond the end.
    func scalar(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    /// The text of a range as it may stand in a message: one line, shortened.
    func excerpt(_ range: Range<Int>) -> String {
        var text = ""
        for scalar in scalars[range].prefix(24) {
            text += Self.isPrintable(scalar) ? String(scalar) : " "
        }
        return range.count > 24 ? text + "…" : text
    }

    /// Passes white space and comments.
    mutating func skipTrivia() {
        while let next = scalar() {
            if Self.isSpace(next) {
                position += 1
            } else if next == "/", scalar(1) == "/" {
                while let next = scalar(), next != "\n", next != "\r" { position += 1 }
            } else {
                return
            }
        }
    }

    /// Reads the next token; at the end of the text, again and again the token `end`.
    mutating func next() throws(ExpressionError) -> Token {
        skipTrivia()
        let start = position
        guard let first = scalar() else { return Token(kind: .end, range: start..<start) }
        let kind: Token.Kind
        if Self.isDigit(first) || first == "." && scalar(1).map(Self.isDigit) == true {
            kind = try number()
        } else if first == "'" || first == "\"" {
            kind = .string(try string(from: start, isRaw: false))
        } else if Self.isNameStart(first) {
            kind = try wordOrString()
        } else {
            kind = .symbol(try symbol(first))
        }
        return Token(kind: kind, range: start..<position)
    }

    /// Reads a name or keyword at the position, if there is one.
    mutating func word() -> String? {
        guard let first = scalar(), Self.isNameStart(first) else { return nil }
        var text = String.UnicodeScalarView()
        while let next = scalar(), Self.isNamePart(next) {
            text.append(next)
            position += 1
        }
        return String(text)
    }

    // MARK: Characters

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{0C}"
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

    static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar >= "a" && scalar <= "z" || scalar >= "A" && scalar <= "Z" || scalar == "_"
    }

    static func isNamePart(_ scalar: Unicode.Scalar) -> Bool { isNameStart(scalar) || isDigit(scalar) }

    static func hexadecimalValue(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "0"..."9": scalar.value - 0x30
        case "a"..."f": scalar.value - 0x61 + 10
        case "A"..."F": scalar.value - 0x41 + 10
        default: nil
        }
    }

    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    // MARK: Symbols

    private mutating func symbol(_ first: Unicode.Scalar) throws(ExpressionError) -> Token.Symbol {
        let start = position
        if let second = scalar(1), let symbol = Token.Symbol(rawValue: String(first) + String(second)) {
            position += 2
            return symbol
        }
        if let symbol = Token.Symbol(rawValue: String(first)) {
            position += 1
            return symbol
        }
        if first == "`" {
            throw ExpressionError(.notSupported, offset: start, length: 1, "quoted names are not supported")
        }
        let shown = Self.isPrintable(first) ? "'\(first)'" : "U+" + Self.codePoint(first)
        throw ExpressionError(
            .expressionSyntax, offset: start, length: 1, "\(shown) has no meaning in an expression",
            suggestion: Self.meant(by: first))
    }

    private static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// What is meant by a character that a Chinese keyboard or a word processor puts in the place of an operator.
    private static func meant(by scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": return "&&"
        case "|": return "||"
        case "=": return "=="
        case "×", "·": return "*"
        case "÷": return "/"
        case "−", "–", "—": return "-"
        case "≤": return "<="
        case "≥": return ">="
        case "≠": return "!="
        case "“", "”", "‘", "’": return "'"
        case "、": return ","
        case "\u{3000}", "\u{A0}": return " "
        case "\u{FF01}"..."\u{FF5E}":
            guard let plain = Unicode.Scalar(scalar.value - 0xFEE0) else { return nil }
            return meant(by: plain) ?? String(plain)
        default: return nil
        }
    }

    // MARK: Numbers

    private mutating func number() throws(ExpressionError) -> Token.Kind {
        let start = position
        let kind: Token.Kind
        if scalar() == "0", scalar(1) == "x" || scalar(1) == "X" {
            kind = try hexadecimal()
        } else {
            kind = try decimal()
        }
        if case .integer = kind, let next = scalar(), next == "u" || next == "U",
            scalar(1).map(Self.isNamePart) != true
        {
            throw ExpressionError(
                .notSupported, at: start..<position + 1, "unsigned integers are not supported; leave out the '\(next)'")
        }
        return kind
    }

    private mutating func hexadecimal() throws(ExpressionError) -> Token.Kind {
        let start = position
        position += 2
        var value: Int128 = 0
        var exceeds = false
        var count = 0
        while let digit = scalar().flatMap(Self.hexadecimalValue) {
            if !exceeds { value = value * 16 + Int128(digit) }
            exceeds = exceeds || value >= Self.literalBound
            count += 1
            position += 1
        }
        guard count > 0 else {
            throw ExpressionError(
                .expressionSyntax, at: start..<position,
                "hexadecimal digits are expected after '\(excerpt(start..<position))'")
        }
        guard !exceeds else { throw tooLong(from: start) }
        return .integer(value, isHexadecimal: true)
    }

    private mutating func decimal() throws(ExpressionError) -> Token.Kind {
        let start = position
        // The digits without leading zeros.
        var digits: [UInt32] = []
        var exponent = 0
        var isDecimal = false
        func keep(_ scalar: Unicode.Scalar) {
            if !digits.isEmpty || scalar != "0" { digits.append(scalar.value - 0x30) }
        }
        while let next = scalar(), Self.isDigit(next) {
            keep(next)
            position += 1
        }
        if scalar() == ".", scalar(1).map(Self.isDigit) == true {
            isDecimal = true
            position += 1
            while let next = scalar(), Self.isDigit(next) {
                keep(next)
                exponent -= 1
                position += 1
            }
        }
        if let written = writtenExponent() {
            isDecimal = true
            exponent += written
        }
        guard isDecimal else {
            guard digits.count <= Parser.Limit.digits else { throw tooLong(from: start) }
            return .integer(digits.reduce(0) { $0 * 10 + Int128($1) }, isHexadecimal: false)
        }
        while exponent < 0, digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        guard digits.count <= Parser.Limit.digits else { throw tooLong(from: start) }
        guard !digits.isEmpty else { return .decimal(mantissa: 0, exponent10: 0) }
        guard abs(exponent) <= Parser.Limit.exponent else {
            throw ExpressionError(
                .literalRange, at: start..<position,
                "a number is at most 30 places larger or smaller than its digits say")
        }
        return .decimal(mantissa: digits.reduce(0) { $0 * 10 + Int128($1) }, exponent10: exponent)
    }

    /// Reads `e+2` if an exponent stands here; what exceeds every limit is cut off at a million.
    private mutating func writtenExponent() -> Int? {
        guard scalar() == "e" || scalar() == "E" else { return nil }
        let hasSign = scalar(1) == "+" || scalar(1) == "-"
        let isNegative = scalar(1) == "-"
        guard scalar(hasSign ? 2 : 1).map(Self.isDigit) == true else { return nil }
        position += hasSign ? 2 : 1
        var value = 0
        while let next = scalar(), Self.isDigit(next) {
            value = min(value * 10 + Int(next.value - 0x30), 1_000_000)
            position += 1
        }
        return isNegative ? -value : value
    }

    /// 10³⁰: what has more than 30 digits is not a literal.
    private static let literalBound: Int128 = 1_000_000_000_000_000_000_000_000_000_000

    private func tooLong(from start: Int) -> ExpressionError {
        ExpressionError(.literalRange, at: start..<position, "a number has at most \(Parser.Limit.digits) digits")
    }

    // MARK: Strings

    /// Reads a name, or a string whose quotation mark a prefix such as `r` precedes.
    private mutating func wordOrString() throws(ExpressionError) -> Token.Kind {
        let start = position
        guard let word = word() else { return .end }
        guard let quote = scalar(), quote == "'" || quote == "\"" else { return .word(word) }
        switch word.lowercased() {
        case "r":
            return .string(try string(from: start, isRaw: true))
        case "b", "br", "rb":
            throw ExpressionError(.notSupported, at: start..<position + 1, "bytes literals are not supported")
        default:
            return .word(word)
        }
    }

    /// Reads a string at its quotation mark.
    private mutating func string(from start: Int, isRaw: Bool) throws(ExpressionError) -> String {
        guard let quote = scalar() else { return "" }
        let isTriple = scalar(1) == quote && scalar(2) == quote
        position += isTriple ? 3 : 1
        let opened = position
        var value = String.UnicodeScalarView()
        while let next = scalar() {
            if next == quote, !isTriple || scalar(1) == quote && scalar(2) == quote {
                position += isTriple ? 3 : 1
                return String(value)
            }
            if next == "\\", !isRaw {
                value.append(try escape())
                continue
            }
            if next == "\n" || next == "\r" {
                guard isTriple else { break }
                // CEL counts every line end as one line feed.
                if next == "\r", scalar(1) == "\n" { position += 1 }
                value.append("\n")
            } else {
                value.append(next)
            }
            position += 1
        }
        throw ExpressionError(
            .expressionSyntax, at: start..<opened,
            "the string is not closed" + (position < scalars.count ? " on its line" : ""))
    }

    /// Reads an escape at its backslash.
    private mutating func escape() throws(ExpressionError) -> Unicode.Scalar {
        guard let letter = scalar(1) else {
            throw ExpressionError(.expressionSyntax, offset: position, length: 1, "the string is not closed")
        }
        switch letter {
        case "x", "X": return try escape(digits: 2, after: 2, radix: 16)
        case "u": return try escape(digits: 4, after: 2, radix: 16)
        case "U": return try escape(digits: 8, after: 2, radix: 16)
        case "0"..."3": return try escape(digits: 3, after: 1, radix: 8)
        default: break
        }
        let plain: Unicode.Scalar
        switch letter {
        case "a": plain = "\u{07}"
        case "b": plain = "\u{08}"
        case "f": plain = "\u{0C}"
        case "n": plain = "\n"
        case "r": plain = "\r"
        case "t": plain = "\t"
        case "v": plain = "\u{0B}"
        case "\\", "?", "\"", "'", "`": plain = letter
        default:
            throw ExpressionError(
                .expressionSyntax, at: position..<position + 2,
                "'\(excerpt(position..<position + 2))' is not an escape; a backslash is written '\\\\'")
        }
        position += 2
        return plain
    }

    /// Reads an escape that gives a code point by its number.
    private mutating func escape(digits: Int, after prefix: Int, radix: UInt32) throws(ExpressionError)
        -> Unicode.Scalar
    {
        let start = position
        position += prefix
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = scalar().flatMap(Self.hexadecimalValue), digit < radix else {
                throw ExpressionError(
                    .expressionSyntax, at: start..<position,
                    "\(digits) \(radix == 8 ? "octal" : "hexadecimal") digits are expected after "
                        + "'\(excerpt(start..<start + (radix == 8 ? 1 : 2)))'")
            }
            value = value &* radix &+ digit
            position += 1
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw ExpressionError(
                .expressionSyntax, at: start..<position, "'\(excerpt(start..<position))' is not a Unicode character")
        }
        return scalar
    }
}
