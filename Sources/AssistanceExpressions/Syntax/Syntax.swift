/// One node of a parsed expression, with the place where it stands.
///
/// A tree is bounded by ``Parser/Limit``, so that walking it by recursion needs a bounded stack. The left spine of a
/// chain such as `a + b + c` may be 256 long: walk it by a loop.
public struct Syntax: Sendable {
    /// What the node is, with its parts.
    public let kind: Kind
    /// Where it stands, in Unicode scalars from the start of the expression text. Brackets around a node belong to it.
    public internal(set) var range: Range<Int>
    /// The longest way down from here: 1 for a literal or a name.
    public let height: Int
    /// The operators in the left spine from here that no bracket interrupts.
    var spine: Int

    /// The kinds of nodes.
    public indirect enum Kind: Sendable {
        /// A whole number without sign, such as `42` or `0x2a`; below 10³⁰, so it may exceed 64 bits.
        case integer(Int128)
        /// An exact decimal, mantissa × 10^exponent: `0.15` is 15 and −2. Zeros that end a fraction are dropped.
        case decimal(mantissa: Int128, exponent10: Int)
        /// A percentage as written: `7.5%` is 75 and −1.
        case percent(mantissa: Int128, exponent10: Int)
        /// A number with a unit, such as `632 yuan/month`; the number is an integer or a decimal.
        case quantity(number: Syntax, unit: UnitSyntax)
        /// A string, its escapes resolved.
        case string(String)
        /// `true` or `false`.
        case boolean(Bool)
        /// `null`.
        case null
        /// A name.
        case identifier(String)
        /// `a.name`.
        case member(Syntax, name: String)
        /// `name(…)`, or `target.name(…)`. CEL's macros are calls here.
        case call(target: Syntax?, name: String, arguments: [Syntax])
        /// `a[b]`.
        case index(Syntax, Syntax)
        /// `[a, b]`.
        case list([Syntax])
        /// `-a`.
        case negate(Syntax)
        /// `!a`.
        case not(Syntax)
        /// Two operands with an operator between them.
        case binary(Operator, Syntax, Syntax)
        /// `condition ? then : otherwise`.
        case conditional(Syntax, Syntax, Syntax)
    }

    /// The operators that stand between two operands; the raw value is how they are written.
    public enum Operator: String, CaseIterable, Hashable, Sendable {
        /// `||`
        case or = "||"
        /// `&&`
        case and = "&&"
        /// `==`
        case equal = "=="
        /// `!=`
        case notEqual = "!="
        /// `<`
        case less = "<"
        /// `<=`
        case lessOrEqual = "<="
        /// `>`
        case greater = ">"
        /// `>=`
        case greaterOrEqual = ">="
        /// `in`
        case `in` = "in"
        /// `+`
        case add = "+"
        /// `-` between two operands
        case subtract = "-"
        /// `*`
        case multiply = "*"
        /// `/`
        case divide = "/"

        /// How tightly it binds, from 1 for `||`.
        var precedence: Int {
            switch self {
            case .or: 1
            case .and: 2
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in: 3
            case .add, .subtract: 4
            case .multiply, .divide: 5
            }
        }
    }

    /// A node of a kind at a place of the text.
    public init(_ kind: Kind, range: Range<Int>) {
        self.kind = kind
        self.range = range
        switch kind {
        case .integer, .decimal, .percent, .string, .boolean, .null, .identifier:
            height = 1
        case .quantity(let child, _), .member(let child, _), .negate(let child), .not(let child):
            height = child.height + 1
        case .index(let left, let right):
            height = max(left.height, right.height) + 1
        case .binary(_, let left, let right):
            // The left side of a chain is walked by a loop.
            let isChain = if case .binary = left.kind { true } else { false }
            height = max(isChain ? left.height : left.height + 1, right.height + 1)
        case .conditional(let condition, let then, let otherwise):
            height = max(condition.height, then.height, otherwise.height) + 1
        case .list(let elements):
            height = elements.reduce(0) { max($0, $1.height) } + 1
        case .call(let target, _, let arguments):
            height = arguments.reduce(target?.height ?? 0) { max($0, $1.height) } + 1
        }
        if case .binary(_, let left, _) = kind { spine = left.spine + 1 } else { spine = 0 }
    }

    /// The nodes directly below, in the order in which they are written.
    public var children: [Syntax] {
        switch kind {
        case .integer, .decimal, .percent, .string, .boolean, .null, .identifier: []
        case .quantity(let child, _), .member(let child, _), .negate(let child), .not(let child): [child]
        case .index(let left, let right), .binary(_, let left, let right): [left, right]
        case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
        case .list(let elements): elements
        case .call(let target, _, let arguments): (target.map { [$0] } ?? []) + arguments
        }
    }
}

/// The unit of a quantity, as written: `yuan/m2/month`.
public struct UnitSyntax: Hashable, Sendable {
    /// One factor of a unit.
    public struct Part: Hashable, Sendable {
        /// One of ``UnitSyntax/words``, singular or plural as written.
        public let name: String
        /// 1 for the first factor, −1 for those after a slash.
        public let power: Int

        /// A factor of a unit.
        public init(name: String, power: Int) {
            self.name = name
            self.power = power
        }
    }

    /// The factors in the order in which they are written.
    public let parts: [Part]
    /// Where the unit stands, in Unicode scalars from the start of the expression text.
    public let range: Range<Int>

    /// A unit of factors at a place of the text.
    public init(parts: [Part], range: Range<Int>) {
        self.parts = parts
        self.range = range
    }

    /// The words that are units directly after a number; anywhere else they are names.
    public static let words: [String] = [
        "yuan", "fen", "month", "months", "year", "years", "day", "days", "m2", "mu", "kg", "room", "rooms", "person",
        "persons", "household", "households",
    ]
}

extension UnitSyntax: CustomStringConvertible {
    /// The unit as written, without spaces.
    public var description: String { parts.map(\.name).joined(separator: "/") }
}

extension Syntax: CustomDebugStringConvertible {
    /// The tree in one line of brackets, operator first: `a + 2 * -b` is `(+ a (* 2 (neg b)))`.
    public var debugDescription: String {
        // A stack of our own: what is still to be written, the next at the end.
        enum Piece {
            case text(String)
            case node(Syntax)
        }
        var pieces: [Piece] = [.node(self)]
        var text = ""
        while let piece = pieces.popLast() {
            let node: Syntax
            switch piece {
            case .text(let literal):
                text += literal
                continue
            case .node(let next):
                node = next
            }
            let (opening, closing) = node.debugBrackets
            text += opening
            pieces.append(.text(closing))
            for (index, child) in node.children.enumerated().reversed() {
                pieces.append(.node(child))
                if index > 0 || !(opening.isEmpty || opening == "[") { pieces.append(.text(" ")) }
            }
        }
        return text
    }

    /// What is written before and after the children.
    private var debugBrackets: (String, String) {
        switch kind {
        case .integer(let value): ("\(value)", "")
        case .decimal(let mantissa, let exponent): ("\(mantissa)e\(exponent)", "")
        case .percent(let mantissa, let exponent): ("\(mantissa)e\(exponent)%", "")
        case .quantity(_, let unit): ("(unit", " \(unit))")
        case .string(let value): (value.debugDescription, "")
        case .boolean(let value): ("\(value)", "")
        case .null: ("null", "")
        case .identifier(let name): (name, "")
        case .member(_, let name): ("(member", " \(name))")
        case .call(nil, let name, _): ("(call \(name)", ")")
        case .call(_, let name, _): ("(method \(name)", ")")
        case .index: ("(index", ")")
        case .list: ("[", "]")
        case .negate: ("(neg", ")")
        case .not: ("(not", ")")
        case .binary(let symbol, _, _): ("(\(symbol.rawValue)", ")")
        case .conditional: ("(?", ")")
        }
    }
}
