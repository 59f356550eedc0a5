import CJiuzhu

/// A value of the graph, of a fact, a term, or of what is made of them. The host knows its kind, unit and range.
///
/// Of no use when the plan's call has ended.
public struct Node {
    let plan: Plan
    let number: jzp_node

    init(_ plan: Plan, _ number: jzp_node) {
        self.plan = plan
        self.number = number
    }

    private typealias One = @convention(c) (OpaquePointer?, jzp_node) -> jzp_node
    private typealias Two = @convention(c) (OpaquePointer?, jzp_node, jzp_node) -> jzp_node

    private var host: jzp_host { plan.host.pointee }

    private func made(_ number: jzp_node?) -> Node { Node(plan, number ?? JZP_UNKNOWN) }
    private func one(_ call: One?) -> Node { made(call?(plan.number, number)) }
    private func two(_ call: Two?, _ other: Node) -> Node { made(call?(plan.number, number, other.number)) }

    // MARK: Sums

    /// The sum.
    public static func + (a: Node, b: Node) -> Node { a.two(a.host.add, b) }
    /// The difference.
    public static func - (a: Node, b: Node) -> Node { a.two(a.host.subtract, b) }
    /// The product.
    public static func * (a: Node, b: Node) -> Node { a.two(a.host.multiply, b) }
    /// Divided by a count, and zero where the count is zero.
    public func share(of count: Node) -> Node { two(host.share, count) }
    /// The greater of two.
    public func atLeast(_ other: Node) -> Node { two(host.greatest, other) }
    /// The lesser of two.
    public func atMost(_ other: Node) -> Node { two(host.least, other) }

    /// How a value is rounded.
    public enum Rounding: Int32, Sendable {
        /// To the multiple below.
        case down
        /// To the multiple above.
        case up
        /// To the nearest multiple, a half away from zero.
        case nearest
    }

    /// Rounded to a multiple of a unit: up to `yuan/month`. Only where policy says so.
    public func rounded(_ mode: Rounding, to unit: String) -> Node {
        made(host.round?(plan.number, number, mode.rawValue, unit))
    }

    // MARK: Conditions

    /// Less than.
    public static func < (a: Node, b: Node) -> Node { a.two(a.host.less, b) }
    /// Less than or equal.
    public static func <= (a: Node, b: Node) -> Node { a.two(a.host.less_or_equal, b) }
    /// Greater than.
    public static func > (a: Node, b: Node) -> Node { b < a }
    /// Greater than or equal.
    public static func >= (a: Node, b: Node) -> Node { b <= a }
    /// Equal.
    public static func == (a: Node, b: Node) -> Node { a.two(a.host.equal, b) }
    /// Both hold.
    public static func && (a: Node, b: Node) -> Node { a.two(a.host.both, b) }
    /// At least one holds.
    public static func || (a: Node, b: Node) -> Node { a.two(a.host.either, b) }
    /// Does not hold.
    public static prefix func ! (a: Node) -> Node { a.one(a.host.negated) }
    /// The value where a condition holds, else another.
    public func when(_ condition: Node, otherwise: Node) -> Node {
        made(host.select?(plan.number, condition.number, number, otherwise.number))
    }
    /// Whether a code is the one of a name, or counts like it; of a set of codes whether it holds such a one.
    public func isCode(_ name: String) -> Node { made(host.is_code?(plan.number, number, name)) }

    // MARK: Days

    /// Full years from this day to the day of assessment.
    public var fullYears: Node { one(host.years_since) }
    /// Full months from this day to the day of assessment.
    public var fullMonths: Node { one(host.months_since) }

    // MARK: Lists

    /// The sum over the entries of a list for which a condition holds.
    public func summed(over list: Owner, where filter: Node) -> Node { over(list, JZP_SUM, where: filter) }
    /// How many entries of a list the condition holds for.
    public func counted(over list: Owner) -> Node { over(list, JZP_COUNT, where: self) }
    /// Whether the condition holds for any entry of a list.
    public func any(over list: Owner) -> Node { over(list, JZP_ANY, where: plan.truth(true)) }

    private func over(_ list: Owner, _ what: Int32, where filter: Node) -> Node {
        made(host.over?(plan.number, what, list.rawValue, number, filter.number))
    }
}
