/// One word of an expression text.
struct Token {
    var kind: Kind
    /// Where it stands, in Unicode scalars.
    var range: Range<Int>

    enum Kind: Equatable {
        case integer(Int128, isHexadecimal: Bool)
        case decimal(mantissa: Int128, exponent10: Int)
        case string(String)
        /// A name, a reserved word, or one of the keywords `in`, `true`, `false`, `null`.
        case word(String)
        case symbol(Symbol)
        case end
    }

    /// What is neither name nor literal.
    enum Symbol: String {
        case openRound = "("
        case closeRound = ")"
        case openSquare = "["
        case closeSquare = "]"
        case openCurly = "{"
        case closeCurly = "}"
        case dot = "."
        case comma = ","
        case question = "?"
        case colon = ":"
        case not = "!"
        case percent = "%"
        case plus = "+"
        case minus = "-"
        case star = "*"
        case slash = "/"
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case and = "&&"
        case or = "||"
    }

    /// The words that CEL keeps for itself: never a name, not even after a dot.
    static let keywords: Set<String> = ["in", "true", "false", "null"]

    /// The words that CEL reserves for host languages: not a name by themselves, but allowed after a dot.
    static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ]

    func `is`(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

    /// The operator between two operands that this token is, if it is one.
    var binaryOperator: Syntax.Operator? {
        switch kind {
        case .symbol(let symbol): Syntax.Operator(rawValue: symbol.rawValue)
        case .word("in"): .in
        default: nil
        }
    }
}
