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

/// The names an expression may use besides facts: steps, figures, words, standings.
public struct NameScope {
    /// The innermost rows the expression is computed for.
    public var owner: FactOwner
    /// The node of a name, or nil where there is no such name here.
    public var resolve: (String) throws(ExpressionError) -> NodeID?
    /// The names there are, for suggestions.
    public var known: () -> [String]

    /// A scope without names of its own.
    public init(_ owner: FactOwner) {
        self.init(owner, resolve: { (_: String) throws(ExpressionError) -> NodeID? in nil }, known: { [] })
    }

    /// A scope of names.
    public init(
        _ owner: FactOwner, resolve: @escaping (String) throws(ExpressionError) -> NodeID?,
        known: @escaping () -> [String]
    ) {
        self.owner = owner
        self.resolve = resolve
        self.known = known
    }
}
