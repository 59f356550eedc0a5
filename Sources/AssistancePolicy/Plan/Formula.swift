import AssistanceCore
import AssistanceExpressions

/// A node with its context, so that a programme's Swift reads like the rule it states.
///
/// Kinds, units and ranges are checked as the formula is made; a mistake becomes a finding, never a trap.
public struct Formula {
    /// Where the node is made.
    public let context: PolicyContext
    /// The node.
    public let node: NodeID

    /// A node of a context.
    public init(_ context: PolicyContext, _ node: NodeID) {
        self.context = context
        self.node = node
    }

    private func make(_ body: (GraphBuilder) throws(GraphError) -> NodeID) -> Formula {
        Formula(context, context.make(at: nil) { () throws(GraphError) in try body(context.builder) })
    }

    /// The sum.
    public static func + (a: Formula, b: Formula) -> Formula {
        a.make { (builder) throws(GraphError) in try builder.add(a.node, b.node) }
    }
    /// The difference.
    public static func - (a: Formula, b: Formula) -> Formula {
        a.make { (builder) throws(GraphError) in try builder.subtract(a.node, b.node) }
    }
    /// The product.
    public static func * (a: Formula, b: Formula) -> Formula {
        a.make { (builder) throws(GraphError) in try builder.multiply(a.node, b.node) }
    }
    /// Less than.
    public static func < (a: Formula, b: Formula) -> Formula {
        a.make { (builder) throws(GraphError) in try builder.less(a.node, b.node) }
    }
    /// Both hold.
    public static func && (a: Formula, b: Formula) -> Formula {
        a.make { (builder) throws(GraphError) in try builder.and(a.node, b.node) }
    }
    /// At least one holds.
    public static func || (a: Formula, b: Formula) -> Formula {
        a.make { (builder) throws(GraphError) in try builder.or(a.node, b.node) }
    }
    /// Does not hold.
    public static prefix func ! (a: Formula) -> Formula {
        a.make { (builder) throws(GraphError) in try builder.not(a.node) }
    }

    /// The greater of two.
    public func atLeast(_ other: Formula) -> Formula {
        make { (builder) throws(GraphError) in try builder.maximum(node, other.node) }
    }
    /// The lesser of two.
    public func atMost(_ other: Formula) -> Formula {
        make { (builder) throws(GraphError) in try builder.minimum(node, other.node) }
    }
    /// The value where a condition holds, else another.
    public func when(_ condition: Formula, otherwise: Formula) -> Formula {
        make { (builder) throws(GraphError) in try builder.select(condition.node, node, otherwise.node) }
    }
    /// Divided by a count, and zero where the count is zero.
    public func share(of count: Formula) -> Formula {
        make { (builder) throws(GraphError) in
            let zero = try builder.constant(.zero, builder[node].kind)
            let some = try builder.less(builder.constant(.zero, .integer), count.node)
            let quotient = try builder.assuming(positive: builder.provenPositive(by: some)) {
                () throws(GraphError) in try builder.divide(node, count.node)
            }
            return try builder.select(some, quotient, zero)
        }
    }
    /// The sum over the entries of a list for which a condition holds.
    public func summed(over list: FactOwner, where filter: Formula) -> Formula {
        make { (builder) throws(GraphError) in
            try builder.aggregate(.sum, over: list, node, where: filter.node)
        }
    }
    /// How many entries of a list the condition holds for.
    public func counted(over list: FactOwner) -> Formula {
        make { (builder) throws(GraphError) in
            try builder.aggregate(.count, over: list, builder.truth(true), where: node)
        }
    }
    /// Whether the condition holds for any entry of a list.
    public func any(over list: FactOwner) -> Formula {
        make { (builder) throws(GraphError) in
            try builder.aggregate(.any, over: list, node, where: builder.truth(true))
        }
    }
    /// Whether a code is the one of this name.
    public func isCode(_ name: String) -> Formula {
        make { (builder) throws(GraphError) in
            guard case .code(let list) = builder[node].kind, let meaning = list.meaning(of: name) else {
                return builder.truth(false)
            }
            return try builder.isOneOf(node, meaning)
        }
    }
}

extension PolicyContext {
    /// Makes a formula's value a step that expressions may name and explanations show.
    ///
    /// - Parameter rule: how the step is made, in names of other steps: `income / n`.
    @discardableResult
    public func step(
        _ name: String, _ label: Label, _ unit: Unit, origin: Origin? = nil, rule: String? = nil, _ value: Formula
    ) -> Formula {
        formula(step(name, label, unit, origin: origin, rule: rule, value.node))
    }

    /// A node as a formula.
    public func formula(_ node: NodeID) -> Formula { Formula(self, node) }

    /// Yes or no.
    public func truth(_ value: Bool) -> Formula { formula(builder.truth(value)) }

    /// A pure number.
    public func share(_ value: Rational) -> Formula {
        formula(make(at: nil) { () throws(GraphError) in try builder.constant(value, .ratio) })
    }

    /// Whether all conditions of a list hold.
    public func all(_ checks: CheckList) -> Formula {
        checks.conditions.reduce(truth(true)) { $0 && formula($1.holds) }
    }

    /// Zero of a unit.
    public func zero(_ unit: Unit) -> Formula {
        formula(make(at: nil) { () throws(GraphError) in try builder.constant(.zero, .quantity(unit)) })
    }

    /// A fact of the schema by owner and key; a gap where the schema has none.
    public func fact(_ owner: FactOwner, _ key: String) -> Formula {
        guard let place = builder.schema.place(owner, key) else {
            return formula(builder.gap(key, .bool, scope: owner))
        }
        return formula(builder.fact(place))
    }

    /// A figure; a gap where no file knows it.
    public func yardstick(_ name: String) -> Formula {
        formula(figure(name) ?? unfilled("figures." + name, .quantity(.yuanPerMonth), label: Label(name, name.spaced)))
    }
}
