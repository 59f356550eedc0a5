import AssistanceCore

/// What an expression compiles to. Strings and lists exist at load only; what is left for the run is a node.
public enum Compiled: Sendable {
    /// A value computed for each row.
    case node(NodeID)
    /// A text.
    case string(String)
    /// A list of values of one type.
    case list([Compiled])
    /// The entries of a list of facts, for some of them, and a value for each.
    case entries(FactEntries)
    /// CEL's null.
    case null

    /// As an error message names it.
    func name(in builder: GraphBuilder) -> String {
        switch self {
        case .node(let id): builder[id].kind.name
        case .string: "a text"
        case .list: "a list"
        case .entries(let entries): "a list of \(entries.owner.word)s"
        case .null: "null"
        }
    }
}

/// The members, obligors or plots for which a condition holds, and a value for each of them.
public struct FactEntries: Sendable {
    /// Which list.
    public let owner: FactOwner
    /// The condition.
    public var filter: NodeID
    /// The value for each entry; nil before `map`.
    public var body: NodeID?
}

/// A figure as it was at another time.
public enum RecalledFigure: Hashable, Sendable {
    /// `last_year(minimum_wage)`: in force on 31 December of the year before (上年末).
    case lastYear(String)
    /// `previous`: of the figure that is being defined, before the entry that defines it.
    case previous
}

/// The names an expression may use besides facts: steps, figures, words, standings.
public struct NameScope {
    /// The innermost rows the expression is computed for.
    public var owner: FactOwner
    /// The node of a name, or nil where there is no such name here.
    public var resolve: (String) throws(ExpressionError) -> NodeID?
    /// The node of a figure at another time, or nil where there is no such figure here.
    public var recall: (RecalledFigure) throws(GraphError) -> NodeID?
    /// The names there are, for suggestions.
    public var known: () -> [String]
    /// Those of them that are figures.
    public var figures: () -> [String]

    /// A scope without names of its own.
    public init(_ owner: FactOwner) {
        self.init(owner, resolve: { (_: String) throws(ExpressionError) -> NodeID? in nil }, known: { [] })
    }

    /// A scope of names.
    public init(
        _ owner: FactOwner, resolve: @escaping (String) throws(ExpressionError) -> NodeID?,
        recall: @escaping (RecalledFigure) throws(GraphError) -> NodeID? = { (_) throws(GraphError) in nil },
        known: @escaping () -> [String], figures: @escaping () -> [String] = { [] }
    ) {
        self.owner = owner
        self.resolve = resolve
        self.recall = recall
        self.known = known
        self.figures = figures
    }
}
