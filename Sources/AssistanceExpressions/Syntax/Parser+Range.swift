import AssistanceCore

/// The words of a range.
enum RangeWord: String {
    case from, over, upto, below, to
}

/// A range as a table cell writes it: `from 60`, `over 100 upto 500`, `80 to 89`.
public struct RangeSyntax: Sendable {
    /// One end of a range.
    public struct Bound: Sendable {
        /// The expression that gives the end.
        public let bound: Syntax
        /// Whether the end itself is in the range.
        public let inclusive: Bool

        /// An end of a range.
        public init(bound: Syntax, inclusive: Bool) {
            self.bound = bound
            self.inclusive = inclusive
        }
    }

    /// The lower end; nil where the range is open below.
    public let lower: Bound?
    /// The upper end; nil where the range is open above.
    public let upper: Bound?

    /// A range between two ends.
    public init(lower: Bound?, upper: Bound?) {
        self.lower = lower
        self.upper = upper
    }
}

extension RangeSyntax: CustomDebugStringConvertible {
    /// The range in the notation of intervals: `[80, 89]`, `(100, )`.
    public var debugDescription: String {
        let left = (lower?.inclusive == true ? "[" : "(") + (lower?.bound.debugDescription ?? "")
        let right = (upper?.bound.debugDescription ?? "") + (upper?.inclusive == true ? "]" : ")")
        return left + ", " + right
    }
}

extension Parser {
    /// Reads a whole text as a range.
    ///
    /// - Throws: the first error.
    public static func parseRange(_ text: String) throws(ExpressionError) -> RangeSyntax {
        var parser = try Parser(text, stopsAtRangeWords: true)
        return try parser.range()
    }

    /// Whether a text is written as a range: it begins with `from`, `over`, `upto` or `below` and an expression after
    /// it, or has the word `to` between two expressions. Such a text may still have errors.
    public static func looksLikeRange(_ text: String) -> Bool {
        guard var lexer = try? Lexer(text), let first = try? lexer.next() else { return false }
        if case .word(let word) = first.kind, let word = RangeWord(rawValue: word) {
            // A text with an error after the word is a range with an error.
            guard let second = try? lexer.next() else { return word != .to }
            return word != .to && beginsOperand(second)
        }
        var depth = 0
        var last = first
        while last.kind != .end {
            if last.is(.openRound) || last.is(.openSquare) { depth += 1 }
            if last.is(.closeRound) || last.is(.closeSquare) { depth -= 1 }
            guard let next = try? lexer.next() else { return false }
            if next.kind == .word(RangeWord.to.rawValue), depth == 0, endsOperand(last) {
                guard let after = try? lexer.next() else { return true }
                return beginsOperand(after)
            }
            last = next
        }
        return false
    }

    private static func beginsOperand(_ token: Token) -> Bool {
        switch token.kind {
        case .integer, .decimal, .string: true
        case .word(let word): word != "in"
        case .symbol(let symbol): symbol == .minus || symbol == .not || symbol == .openRound || symbol == .openSquare
        case .end: false
        }
    }

    private static func endsOperand(_ token: Token) -> Bool {
        switch token.kind {
        case .integer, .decimal, .string: true
        case .word(let word): word != "in"
        case .symbol(let symbol): symbol == .closeRound || symbol == .closeSquare || symbol == .percent
        case .end: false
        }
    }

    /// The range word that is the current token.
    private var rangeWord: RangeWord? {
        if case .word(let word) = current.kind { RangeWord(rawValue: word) } else { nil }
    }

    private mutating func range() throws(ExpressionError) -> RangeSyntax {
        guard current.kind != .end else {
            throw ExpressionError(.emptyInput, at: current.range, "a range is expected")
        }
        switch rangeWord {
        case .to:
            throw expected("an expression is expected")
        case .upto, .below:
            let upper = try bound(inclusiveAt: .upto)
            guard current.kind == .end else {
                throw misplaced(
                    rangeWord == .from || rangeWord == .over
                        ? "the lower end comes first" : "the range has its upper end")
            }
            return RangeSyntax(lower: nil, upper: upper)
        case .from, .over:
            let lower = try bound(inclusiveAt: .from)
            switch rangeWord {
            case nil:
                return RangeSyntax(lower: lower, upper: nil)
            case .upto, .below:
                let upper = try bound(inclusiveAt: .upto)
                guard current.kind == .end else { throw misplaced("the range has both its ends") }
                return RangeSyntax(lower: lower, upper: upper)
            case .to:
                throw misplaced("the upper end is written with 'upto' or 'below'")
            case .from, .over:
                throw misplaced("the range has its lower end")
            }
        case nil:
            let lower = try expression()
            guard current.kind != .end else {
                throw ExpressionError(
                    .expressionSyntax, offset: 0, length: lastEnd,
                    "a range is written 'from 60', 'over 60', 'upto 60', 'below 60' or '60 to 69'")
            }
            guard rangeWord == .to else {
                throw misplaced("a range with two ends is written 'from 60 upto 69' or '60 to 69'")
            }
            let upper = try bound(inclusiveAt: .to)
            guard current.kind == .end else { throw misplaced("the range has both its ends") }
            return RangeSyntax(lower: RangeSyntax.Bound(bound: lower, inclusive: true), upper: upper)
        }
    }

    /// Reads a word and the expression after it.
    private mutating func bound(inclusiveAt word: RangeWord) throws(ExpressionError) -> RangeSyntax.Bound {
        let inclusive = rangeWord == word
        try advance()
        return RangeSyntax.Bound(bound: try expression(), inclusive: inclusive)
    }

    private func misplaced(_ reason: String) -> ExpressionError {
        ExpressionError(
            .expressionSyntax, at: current.range, "'\(lexer.excerpt(current.range))' is not expected here: \(reason)")
    }
}
