import AssistanceCore
import AssistanceExpressions

/// A condition of a decision, with the reason that is given where it fails.
public struct Condition: Sendable {
    /// The id within its list: `money`.
    public let id: String
    /// Whether it holds.
    public let holds: NodeID
    /// The reason where it does not.
    public let reason: Label
    /// Where it stands.
    public let origin: Origin?
    /// The two sides of its comparison, where it is one: left must not exceed right. For "how far away".
    public let sides: (left: NodeID, right: NodeID)?
    /// The unit of the sides.
    public let unit: Unit

    /// A condition with its reason.
    public init(
        id: String, holds: NodeID, reason: Label, origin: Origin?, sides: (left: NodeID, right: NodeID)? = nil,
        unit: Unit = .yuanPerMonth
    ) {
        self.id = id
        self.holds = holds
        self.reason = reason
        self.origin = origin
        self.sides = sides
        self.unit = unit
    }
}

/// What the law asks for and the engine does not decide (民主评议).
public struct ManualCheck: Sendable, Hashable {
    /// The id within its list.
    public let id: String
    /// What people have to do.
    public let text: Label
    /// When they have to; nil for always.
    public let applies: NodeID?
    /// Where it stands.
    public let origin: Origin

    /// What people have to do.
    public init(id: String, text: Label, applies: NodeID?, origin: Origin) {
        self.id = id
        self.text = text
        self.applies = applies
        self.origin = origin
    }
}

/// Conditions that must all hold, and what people decide besides.
public struct CheckList: Sendable {
    /// The conditions.
    public var conditions: [Condition] = []
    /// What the engine does not decide.
    public var manual: [ManualCheck] = []

    /// No conditions.
    public init() {}

    /// Adds a condition, where there is one, as the last or as the first.
    public mutating func add(_ condition: Condition?, first: Bool = false) {
        if let condition { conditions.insert(condition, at: first ? 0 : conditions.count) }
    }

    /// Adds those of another list.
    public mutating func add(_ other: CheckList) {
        conditions += other.conditions
        manual += other.manual
    }
}
