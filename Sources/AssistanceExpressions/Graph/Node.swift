import AssistanceCore

/// The number of a node in a graph. Operands have smaller numbers than what uses them.
public struct NodeID: Hashable, Sendable, Comparable {
    /// The place in the graph.
    public let index: Int32

    init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

    var place: Int { Int(index) }

    /// In the order of making.
    public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// What kind of value a node has.
public enum NodeKind: Hashable, Sendable {
    /// Yes, no, or unknown.
    case bool
    /// A number, exact.
    case number(NumberKind)
    /// One code of a list.
    case code(CodeList)
    /// A set of codes of a list.
    case codes(CodeList)
    /// A day.
    case date
    /// Stands where an error has already been reported, so that it is reported once.
    case poison

    /// As an error message names it.
    public var name: String {
        switch self {
        case .bool: "yes/no"
        case .number(let kind): kind.name
        case .code: "a code"
        case .codes: "a set of codes"
        case .date: "a date"
        case .poison: "nothing"
        }
    }

    /// A count.
    public static let integer = NodeKind.number(NumberKind(flavour: .integer, dimension: .none))
    /// A quantity of a unit's dimension.
    public static func quantity(_ unit: Unit) -> NodeKind {
        .number(NumberKind(flavour: .quantity, dimension: unit.dimension))
    }
    /// A share: a pure number that is not a count.
    public static let ratio = NodeKind.number(NumberKind(flavour: .quantity, dimension: .none))
}

/// Whole number, plain decimal, or quantity: CEL's `int` and `double`, and our extension.
public struct NumberKind: Hashable, Sendable {
    /// CEL keeps integers and decimals apart; a quantity takes either as a factor.
    public enum Flavour: Hashable, Sendable { case integer, decimal, quantity }

    /// Whether it is CEL's int, CEL's double, or ours.
    public var flavour: Flavour
    /// What it measures.
    public var dimension: Dimension

    /// As an error message names it.
    public var name: String {
        switch flavour {
        case .integer: "a whole number"
        case .decimal: "a decimal"
        case .quantity: dimension == .none ? "a share" : "\(dimension)"
        }
    }
}

/// What a node does with its operands.
public enum Operation: Hashable, Sendable {
    /// A number, 0 or 1 for no or yes, the place of a code, a bit set, or a day, by the node's kind.
    case constant(Rational)
    /// A fact of the row.
    case fact(Int)
    /// A yes/no fact of the row; no where it was not given.
    case stated(Int)
    case add(NodeID, NodeID)
    case subtract(NodeID, NodeID)
    case multiply(NodeID, NodeID)
    /// The divisor never counts as less than `floor`, which its guard or its range proves.
    case divide(NodeID, NodeID, floor: Rational)
    case minimum(NodeID, NodeID)
    case maximum(NodeID, NodeID)
    case less(NodeID, NodeID)
    case lessOrEqual(NodeID, NodeID)
    case equal(NodeID, NodeID)
    case and(NodeID, NodeID)
    case or(NodeID, NodeID)
    case not(NodeID)
    /// Condition, value where it holds, value where not.
    case select(NodeID, NodeID, NodeID)
    /// To a multiple of a step in base units.
    case round(NodeID, RoundingMode, step: Rational)
    /// Whether the code is one of a bit set.
    case isOneOf(NodeID, UInt64)
    /// Whether a set of codes holds any of a bit set.
    case hasAny(NodeID, UInt64)
    /// How many codes a set holds.
    case countCodes(NodeID)
    /// Over the entries of a list for which the filter holds.
    case aggregate(Aggregate, FactOwner, body: NodeID, filter: NodeID)
    /// Full years from a day to the day of assessment.
    case completedYears(NodeID)
    /// Full months from a day to the day of assessment.
    case completedMonths(NodeID)
    /// A fact where the row states it, and another value where it does not.
    case settled(fact: NodeID, otherwise: NodeID)
    /// The same value under a name: a step, a figure or a word.
    case named(Int, NodeID)
    /// Unknown because policy does not fill a term; the place of its name among the graph's gaps.
    case gap(Int)
    /// What was decided, a fact, where it lies between two bounds; else anything between them.
    case between(NodeID, NodeID, decided: NodeID, OpenEnds)

    /// The nodes read.
    public var operands: [NodeID] {
        switch self {
        case .constant, .fact, .stated, .gap: []
        case .not(let a), .round(let a, _, _), .isOneOf(let a, _), .hasAny(let a, _), .countCodes(let a),
            .completedYears(let a), .completedMonths(let a), .named(_, let a):
            [a]
        case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b, _),
            .minimum(let a, let b), .maximum(let a, let b), .less(let a, let b), .lessOrEqual(let a, let b),
            .equal(let a, let b), .and(let a, let b), .or(let a, let b), .settled(let a, let b):
            [a, b]
        case .select(let a, let b, let c), .between(let a, let b, let c, _): [a, b, c]
        case .aggregate(_, _, let body, let filter): [body, filter]
        }
    }
}

/// Which ends of a range are not in it themselves.
public struct OpenEnds: Hashable, Sendable {
    /// Whether the least is not in it.
    public let least: Bool
    /// Whether the most is not in it.
    public let most: Bool

    /// A range with or without its ends.
    public init(least: Bool = false, most: Bool = false) {
        self.least = least
        self.most = most
    }
}

/// What is made of the entries of a list.
public enum Aggregate: Hashable, Sendable { case sum, count, any, every }

/// A node of a graph: an operation, whose row it is computed for, its kind, and what is known of its value at load.
public struct Node: Sendable {
    /// What it does.
    public let operation: Operation
    /// Whose rows it has a value for.
    public let scope: FactOwner
    /// The kind of its value.
    public let kind: NodeKind
    /// The least value that any household could give it.
    public let lowest: Rational
    /// The greatest value that any household could give it.
    public let highest: Rational
    /// Every value is a whole multiple of `1 / (scale × the divisors' values)`.
    public let scale: Int128
    /// The nodes whose values divide it.
    public let divisors: [NodeID]
}

/// What an error in the making of a node says; whoever knows the place adds it.
public struct GraphError: Error, Hashable, Sendable {
    /// The code of the finding.
    public let code: DiagnosticCode
    /// What is wrong and what to do.
    public let message: String

    /// An error of a code, in words.
    public init(_ code: DiagnosticCode, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// A name in a graph: what a step, a figure or a word is called, and where its rule stands.
public struct NamedStep: Sendable {
    /// Which kind of name.
    public enum Role: Hashable, Sendable { case step, figure, word }

    /// The name as policy writes it: `per_capita_income`.
    public let name: String
    /// Which kind of name.
    public let role: Role
    /// What it is called.
    public let label: Label
    /// The unit it is shown in.
    public let unit: Unit
    /// Where its rule stands; nil where the national shape of the programme is the rule.
    public let origin: Origin?
    /// The rule in the words of policy: `income / n`; nil where there is nothing to say.
    public let rule: String?
    /// The node.
    public internal(set) var node: NodeID
}

/// Where a rule stands: the file and line, the document and article it rests on, and its text.
public struct Origin: Hashable, Sendable {
    /// The policy file.
    public let file: String
    /// Where in the file.
    public let position: SourcePosition
    /// The document's id and the article.
    public let citation: Citation?
    /// The rule as it is written, on one line.
    public let text: String

    /// The place of a rule.
    public init(file: String, position: SourcePosition, citation: Citation?, text: String) {
        self.file = file
        self.position = position
        self.citation = citation
        self.text = text
    }
}
