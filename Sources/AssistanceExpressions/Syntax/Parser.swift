import AssistanceCore

/// Reads expressions: the subset of CEL (Common Expression Language) that policies use, with quantities.
///
/// The parser keeps its own stack, so that no text, however deeply nested, needs more of the thread's stack.
public struct Parser {
    /// The bounds of an expression; what exceeds one is an error, never a crash.
    public enum Limit {
        /// The size of the text in bytes of UTF-8.
        public static let bytes = 65_536
        /// The nodes of the tree.
        public static let nodes = 10_000
        /// Open brackets, prefixes, calls and conditionals around one place.
        public static let nesting = 64
        /// The operators of one chain such as `a + b + c`, all that are read from the left without a bracket.
        public static let chain = 256
        /// The steps one upon the other, the left side of a chain not counted: how deep a walk over the tree recurses.
        public static let height = 96
        /// The significant digits of a number.
        public static let digits = 30
        /// The power of ten of a decimal, in either direction.
        public static let exponent = 30
        /// The units after a slash in one quantity.
        public static let unitDivisors = 3
    }

    /// Reads a whole text as one expression.
    ///
    /// - Throws: the first error.
    public static func parse(_ text: String) throws(ExpressionError) -> Syntax {
        var parser = try Parser(text, stopsAtRangeWords: false)
        guard parser.current.kind != .end else {
            throw ExpressionError(.emptyInput, at: parser.current.range, "an expression is expected")
        }
        return try parser.expression()
    }

    /// What is begun and waits for its end, or for its right operand.
    private enum Frame {
        case negate(start: Int)
        case not(start: Int)
        case binary(Syntax.Operator, at: Range<Int>)
        /// `condition ?`, before the colon.
        case then(at: Range<Int>)
        /// `condition ? then :`.
        case otherwise(at: Range<Int>)
        case group(at: Range<Int>)
        case index(at: Range<Int>)
        /// A list whose elements begin at `base` of the operands.
        case list(at: Range<Int>, base: Int)
        /// A call whose arguments begin at `base` of the operands, after its target if it has one.
        case call(name: String, start: Int, hasTarget: Bool, at: Range<Int>, base: Int)
    }

    var lexer: Lexer
    /// The token that is looked at; the lexer stands directly after it.
    var current: Token
    /// Whether `from`, `over`, `upto`, `below` and `to` end an expression where no bracket is open.
    let stopsAtRangeWords: Bool
    private var frames: [Frame] = []
    private var operands: [Syntax] = []
    /// Frames other than `binary`.
    private var nesting = 0
    /// Brackets that are open.
    private var openBrackets = 0
    private var nodes = 0
    /// The end of the token read last.
    private(set) var lastEnd = 0

    init(_ text: String, stopsAtRangeWords: Bool) throws(ExpressionError) {
        lexer = try Lexer(text)
        current = try lexer.next()
        self.stopsAtRangeWords = stopsAtRangeWords
    }

    mutating func advance() throws(ExpressionError) {
        lastEnd = current.range.upperBound
        current = try lexer.next()
    }

    /// Reads one expression, up to the end of the text or, in a range, up to the next of its words.
    mutating func expression() throws(ExpressionError) -> Syntax {
        var expectsOperand = true
        while true {
            if expectsOperand {
                expectsOperand = try readOperand()
            } else if isAtStop {
                return try finish()
            } else {
                expectsOperand = try readAfterOperand()
            }
        }
    }

    // MARK: Nodes

    private mutating func push(_ kind: Syntax.Kind, _ range: Range<Int>) throws(ExpressionError) {
        nodes += 1
        guard nodes <= Limit.nodes else {
            throw ExpressionError(
                .tooLarge, at: range, "an expression has at most \(Limit.nodes) parts; split it with 'define:'")
        }
        let node = Syntax(kind, range: range)
        guard node.spine <= Limit.chain else {
            throw ExpressionError(
                .tooLarge, at: range, "a chain has at most \(Limit.chain) operators; split it with 'define:'")
        }
        guard node.height <= Limit.height else {
            throw ExpressionError(
                .tooDeep, at: range,
                "an expression has at most \(Limit.height) steps one upon the other; split it with 'define:'")
        }
        operands.append(node)
    }

    private mutating func open(_ frame: Frame, at range: Range<Int>) throws(ExpressionError) {
        nesting += 1
        guard nesting <= Limit.nesting else { throw Self.tooDeep(range) }
        frames.append(frame)
    }

    private static func tooDeep(_ range: Range<Int>) -> ExpressionError {
        ExpressionError(
            .tooDeep, at: range, "an expression is nested at most \(Limit.nesting) deep; split it with 'define:'")
    }

    /// The operand read last.
    private mutating func popOperand() throws(ExpressionError) -> Syntax {
        guard let operand = operands.popLast() else { throw expected("an expression is expected") }
        return operand
    }

    /// Builds what binds at least as tightly as a precedence; 0 is the conditional.
    private mutating func reduce(to precedence: Int) throws(ExpressionError) {
        while let frame = frames.last {
            switch frame {
            case .negate(let start), .not(let start):
                frames.removeLast()
                nesting -= 1
                let operand = try popOperand()
                let range = start..<operand.range.upperBound
                if case .not = frame { try push(.not(operand), range) } else { try push(.negate(operand), range) }
            case .binary(let symbol, _) where symbol.precedence >= precedence:
                frames.removeLast()
                let right = try popOperand()
                let left = try popOperand()
                try push(.binary(symbol, left, right), left.range.lowerBound..<right.range.upperBound)
            case .otherwise where precedence == 0:
                frames.removeLast()
                nesting -= 1
                let otherwise = try popOperand()
                let then = try popOperand()
                let condition = try popOperand()
                try push(
                    .conditional(condition, then, otherwise),
                    condition.range.lowerBound..<otherwise.range.upperBound)
            default:
                return
            }
        }
    }

    // MARK: Where an operand is expected

    /// Reads an operand or what may precede one; returns whether an operand is still expected.
    private mutating func readOperand() throws(ExpressionError) -> Bool {
        let token = current
        guard !isAtStop else { throw expected("an expression is expected") }
        switch token.kind {
        case .integer, .decimal:
            try readNumber()
            return false
        case .string(let value):
            try advance()
            try push(.string(value), token.range)
            return false
        case .word(let word):
            return try readWord(word)
        case .symbol(.minus):
            if case .not = frames.last { throw mixedPrefixes() }
            try open(.negate(start: token.range.lowerBound), at: token.range)
            try advance()
            return true
        case .symbol(.not):
            if case .negate = frames.last { throw mixedPrefixes() }
            try open(.not(start: token.range.lowerBound), at: token.range)
            try advance()
            return true
        case .symbol(.openRound):
            try open(.group(at: token.range), at: token.range)
            openBrackets += 1
            try advance()
            return true
        case .symbol(.openSquare):
            try open(.list(at: token.range, base: operands.count), at: token.range)
            openBrackets += 1
            try advance()
            if current.is(.question) { throw optionalSyntax() }
            return try !closeIfEmpty(.closeSquare)
        case .symbol(.openCurly):
            throw ExpressionError(.notSupported, at: token.range, "map literals are not supported")
        case .symbol(.dot):
            throw ExpressionError(.notSupported, at: token.range, "a leading dot is not supported")
        default:
            throw expected("an expression is expected")
        }
    }

    private mutating func readWord(_ word: String) throws(ExpressionError) -> Bool {
        let range = current.range
        switch word {
        case "true", "false":
            try advance()
            try push(.boolean(word == "true"), range)
        case "null":
            try advance()
            try push(.null, range)
        case "in":
            throw expected("an expression is expected")
        default:
            guard !Token.reserved.contains(word) else {
                throw ExpressionError(.expressionSyntax, at: range, "'\(word)' is a reserved word and cannot be a name")
            }
            try advance()
            if current.is(.openRound) {
                return try openCall(name: word, start: range.lowerBound, hasTarget: false)
            }
            try push(.identifier(word), range)
        }
        return false
    }

    /// Opens a call at its bracket; returns whether its first argument is expected.
    private mutating func openCall(name: String, start: Int, hasTarget: Bool) throws(ExpressionError) -> Bool {
        let range = current.range
        try open(
            .call(name: name, start: start, hasTarget: hasTarget, at: range, base: operands.count), at: range)
        openBrackets += 1
        try advance()
        return try !closeIfEmpty(.closeRound)
    }

    /// Closes the list or call that was just opened, if its closing bracket follows.
    private mutating func closeIfEmpty(_ symbol: Token.Symbol) throws(ExpressionError) -> Bool {
        guard current.is(symbol) else { return false }
        try close()
        return true
    }

    // MARK: Numbers, percentages, quantities

    private mutating func readNumber() throws(ExpressionError) {
        let token = current
        let number: Syntax.Kind
        switch token.kind {
        case .integer(let value, let isHexadecimal):
            number = .integer(value)
            if !isHexadecimal, try readPercent(mantissa: value, exponent10: 0) { return }
        case .decimal(let mantissa, let exponent):
            number = .decimal(mantissa: mantissa, exponent10: exponent)
            if try readPercent(mantissa: mantissa, exponent10: exponent) { return }
        default:
            return
        }
        try advance()
        guard case .word(let word) = current.kind, !isAtStop, !Token.keywords.contains(word) else {
            return try push(number, token.range)
        }
        guard UnitSyntax.words.contains(word) else {
            throw ExpressionError(
                .expressionSyntax, at: current.range, "'\(word)' is not a unit",
                suggestion: closestName(to: word, among: UnitSyntax.words))
        }
        let unit = try readUnit(first: word)
        nodes += 1
        try push(
            .quantity(number: Syntax(number, range: token.range), unit: unit),
            token.range.lowerBound..<unit.range.upperBound)
    }

    /// Reads the `%` directly after a number, if what follows cannot be the right side of a modulo.
    private mutating func readPercent(mantissa: Int128, exponent10: Int) throws(ExpressionError) -> Bool {
        guard lexer.scalar() == "%" else { return false }
        let number = current.range
        let percent = lexer.position..<lexer.position + 1
        lexer.position += 1
        lexer.skipTrivia()
        if lexer.scalar() == "-" {
            let written = lexer.excerpt(number.lowerBound..<percent.upperBound)
            lexer.position += 1
            lexer.skipTrivia()
            let start = lexer.position
            while let next = lexer.scalar(), Lexer.isNamePart(next) { lexer.position += 1 }
            let right = start == lexer.position ? "…" : lexer.excerpt(start..<lexer.position)
            throw ExpressionError(
                .modulo, at: percent,
                "'\(written) - \(right)' could be read as modulo; "
                    + "put the percentage in brackets: (\(written)) - \(right)")
        }
        guard !isOperandNext() else { throw modulo(at: percent) }
        lexer.position = percent.upperBound
        current.range = number.lowerBound..<percent.upperBound
        let range = current.range
        try advance()
        try push(.percent(mantissa: mantissa, exponent10: exponent10), range)
        return true
    }

    /// Whether an operand begins where the lexer stands.
    private func isOperandNext() -> Bool {
        var ahead = lexer
        guard let next = ahead.scalar() else { return false }
        if let word = ahead.word() { return word != "in" && !(isRangeWord(word) && openBrackets == 0) }
        switch next {
        case "(", "[", "{", "'", "\"", "`": return true
        case "!": return ahead.scalar(1) != "="
        case ".": return ahead.scalar(1).map(Lexer.isDigit) == true
        default: return Lexer.isDigit(next)
        }
    }

    /// Reads a unit whose first word is the current token.
    private mutating func readUnit(first: String) throws(ExpressionError) -> UnitSyntax {
        var parts = [UnitSyntax.Part(name: first, power: 1)]
        let start = current.range.lowerBound
        while let divisor = divisorNext() {
            guard !divisor.isSpaced else {
                let unit = parts.map(\.name).joined(separator: "/")
                throw ExpressionError(
                    .expressionSyntax, at: divisor.range,
                    "'/\(divisor.name)' could be a unit or a division; write '\(unit)/\(divisor.name)' "
                        + "or '\(unit) / \(divisor.name)'")
            }
            guard parts.count <= Limit.unitDivisors else {
                throw ExpressionError(
                    .expressionSyntax, at: divisor.range, "a unit has at most \(Limit.unitDivisors) divisors")
            }
            parts.append(UnitSyntax.Part(name: divisor.name, power: -1))
            lexer.position = divisor.range.upperBound
        }
        let end = lexer.position
        try advance()
        lastEnd = end
        return UnitSyntax(parts: parts, range: start..<end)
    }

    /// The slash with a unit directly after it, if they come next; whether a space stands before the slash.
    private func divisorNext() -> (name: String, range: Range<Int>, isSpaced: Bool)? {
        var ahead = lexer
        ahead.skipTrivia()
        let start = ahead.position
        guard ahead.scalar() == "/" else { return nil }
        ahead.position += 1
        guard let name = ahead.word(), UnitSyntax.words.contains(name) else { return nil }
        let range = start..<ahead.position
        // A name with a part, an index or arguments after it is no unit.
        ahead.skipTrivia()
        if let next = ahead.scalar(), next == "(" || next == "[" || next == "." { return nil }
        return (name, range, start > lexer.position)
    }

    // MARK: After an operand

    /// Reads what may follow an operand; returns whether an operand is expected next.
    private mutating func readAfterOperand() throws(ExpressionError) -> Bool {
        let token = current
        if let symbol = token.binaryOperator {
            try reduce(to: symbol.precedence)
            frames.append(.binary(symbol, at: token.range))
            try advance()
            return true
        }
        switch token.kind {
        case .symbol(.dot):
            return try readMember()
        case .symbol(.openSquare):
            try open(.index(at: token.range), at: token.range)
            openBrackets += 1
            try advance()
            if current.is(.question) { throw optionalSyntax() }
            return true
        case .symbol(.question):
            return try readQuestion()
        case .symbol(.colon):
            try reduce(to: 0)
            guard case .then(let question) = frames.last else { throw unexpected() }
            frames[frames.count - 1] = .otherwise(at: question)
            try advance()
            return true
        case .symbol(.comma):
            return try readComma()
        case .symbol(.closeRound), .symbol(.closeSquare):
            try close()
            return false
        case .symbol(.percent):
            throw modulo(at: token.range)
        case .symbol(.openRound):
            throw ExpressionError(.expressionSyntax, at: token.range, "only a name can be called")
        case .symbol(.openCurly):
            throw ExpressionError(.notSupported, at: token.range, "struct literals are not supported")
        case .integer, .decimal, .string, .word, .symbol(.not):
            throw expected("an operator is expected")
        default:
            throw unexpected()
        }
    }

    private mutating func readMember() throws(ExpressionError) -> Bool {
        try advance()
        if current.is(.question) { throw optionalSyntax() }
        guard case .word(let name) = current.kind else { throw expected("a name is expected") }
        guard !Token.keywords.contains(name) else {
            throw ExpressionError(
                .expressionSyntax, at: current.range, "'\(name)' is a reserved word and cannot be a name")
        }
        let end = current.range.upperBound
        try advance()
        let target = try popOperand()
        if current.is(.openRound) {
            operands.append(target)
            return try openCall(name: name, start: target.range.lowerBound, hasTarget: true)
        }
        try push(.member(target, name: name), target.range.lowerBound..<end)
        return false
    }

    private mutating func readQuestion() throws(ExpressionError) -> Bool {
        let range = current.range
        if lexer.scalar() == ".", lexer.scalar(1).map(Lexer.isDigit) != true { throw optionalSyntax() }
        // What may stand before '?' binds more tightly than the conditional; its last part may be one itself.
        try reduce(to: 1)
        if case .then = frames.last {
            throw ExpressionError(
                .expressionSyntax, at: range, "a conditional between '?' and ':' is put in brackets")
        }
        try open(.then(at: range), at: range)
        try advance()
        return true
    }

    private mutating func readComma() throws(ExpressionError) -> Bool {
        try reduce(to: 0)
        switch frames.last {
        case .call:
            try advance()
            return true
        case .list:
            try advance()
            return try !closeIfEmpty(.closeSquare)
        default:
            throw unexpected()
        }
    }

    /// Closes the innermost bracket at the current token.
    private mutating func close() throws(ExpressionError) {
        try reduce(to: 0)
        let token = current
        guard let frame = frames.last else { throw unexpected() }
        let end = token.range.upperBound
        switch (frame, token.is(.closeRound)) {
        case (.group(let opening), true):
            closeFrame()
            var operand = try popOperand()
            operand.range = opening.lowerBound..<end
            operand.spine = 0
            operands.append(operand)
        case (.call(let name, let start, let hasTarget, _, let base), true):
            closeFrame()
            let arguments = Array(operands[base...])
            operands.removeSubrange(base...)
            let target = hasTarget ? try popOperand() : nil
            try push(.call(target: target, name: name, arguments: arguments), start..<end)
        case (.list(let opening, let base), false):
            closeFrame()
            let elements = Array(operands[base...])
            operands.removeSubrange(base...)
            try push(.list(elements), opening.lowerBound..<end)
        case (.index, false):
            closeFrame()
            let index = try popOperand()
            let target = try popOperand()
            try push(.index(target, index), target.range.lowerBound..<end)
        default:
            throw unexpected()
        }
        try advance()
    }

    private mutating func closeFrame() {
        frames.removeLast()
        nesting -= 1
        openBrackets -= 1
    }

    /// Builds the whole expression at its end.
    private mutating func finish() throws(ExpressionError) -> Syntax {
        try reduce(to: 0)
        guard frames.isEmpty else { throw unclosed() }
        return try popOperand()
    }

    // MARK: The words of a range

    /// Whether the expression ends before the current token.
    var isAtStop: Bool {
        switch current.kind {
        case .end: true
        case .word(let word): openBrackets == 0 && isRangeWord(word)
        default: false
        }
    }

    private func isRangeWord(_ word: String) -> Bool { stopsAtRangeWords && RangeWord(rawValue: word) != nil }

    // MARK: Errors

    /// What was expected instead of the current token.
    func expected(_ what: String) -> ExpressionError {
        if current.kind == .end {
            return ExpressionError(.expressionSyntax, offset: lastEnd, length: 0, what + " at the end")
        }
        return ExpressionError(
            .expressionSyntax, at: current.range, what + " before '\(lexer.excerpt(current.range))'")
    }

    /// The current token has no place here: says what is open, if something is.
    private func unexpected() -> ExpressionError {
        let token = lexer.excerpt(current.range)
        let wanted: String? =
            switch frames.last {
            case .group, .call: ")"
            case .list, .index: "]"
            case .then: ":"
            default: nil
            }
        let message = wanted.map { "'\($0)' is expected before '\(token)'" } ?? "'\(token)' has nothing to belong to"
        return ExpressionError(.expressionSyntax, at: current.range, message)
    }

    /// The innermost thing that is still open at the end.
    private func unclosed() -> ExpressionError {
        switch frames.last {
        case .group(let at), .call(_, _, _, let at, _):
            ExpressionError(.expressionSyntax, at: at, "'(' is not closed")
        case .list(let at, _), .index(let at):
            ExpressionError(.expressionSyntax, at: at, "'[' is not closed")
        case .then(let at):
            ExpressionError(.expressionSyntax, at: at, "'?' has no ':'")
        default:
            expected("an expression is expected")
        }
    }

    private func mixedPrefixes() -> ExpressionError {
        ExpressionError(.expressionSyntax, at: current.range, "'!' and '-' cannot follow each other")
    }

    private func optionalSyntax() -> ExpressionError {
        ExpressionError(.notSupported, at: current.range, "optional values with '?' are not supported")
    }

    private func modulo(at range: Range<Int>) -> ExpressionError {
        ExpressionError(.modulo, at: range, "modulo is not offered")
    }
}
