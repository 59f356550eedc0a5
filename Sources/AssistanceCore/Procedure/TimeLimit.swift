/// 办理时限: how long something may take, or has to last.
public struct TimeLimit: Hashable, Sendable {
    /// In what it is counted.
    public enum Unit: String, CaseIterable, Sendable {
        /// 工作日: by the calendar of working days.
        case workingDays = "working days"
        /// 自然日: every day counts.
        case days
        /// 月.
        case months
    }

    /// How many.
    public let count: Int
    /// Of what.
    public let unit: Unit
    /// After which step it begins; the day of that step does not count. After a public notice it begins when that is over.
    public let after: CaseStep
    /// How many it may become where it is extended (延长办理时限); nil where it cannot be.
    public let extendable: Int?

    /// The most units of a limit.
    public static let most = 10_000

    /// A time limit of 0 to 10,000 units; nil for more or less, and where an extension would not make it longer.
    public init?(count: Int, unit: Unit, after: CaseStep, extendable: Int? = nil) {
        guard (0...Self.most).contains(count) else { return nil }
        if let extendable, extendable <= count || extendable > Self.most { return nil }
        (self.count, self.unit, self.after, self.extendable) = (count, unit, after, extendable)
    }

    /// The limit as it is once it has been extended; nil where it cannot be.
    public var extended: TimeLimit? { extendable.flatMap { TimeLimit(count: $0, unit: unit, after: after) } }
}
