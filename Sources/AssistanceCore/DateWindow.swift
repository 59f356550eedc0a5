/// 有效期: the days from one up to, and without, another. Without an end it stays open.
public struct DateWindow: Hashable, Sendable {
    /// The first day.
    public let from: CalendarDate
    /// The first day no longer in it; nil where there is none.
    public let until: CalendarDate?

    /// A window; nil where it would hold no day.
    public init?(from: CalendarDate, until: CalendarDate? = nil) {
        if let until, until <= from { return nil }
        self.from = from
        self.until = until
    }

    /// Whether the day lies in it.
    public func contains(_ date: CalendarDate) -> Bool {
        guard date >= from else { return false }
        guard let until else { return true }
        return date < until
    }

    /// Whether some day lies in both.
    public func overlaps(_ other: DateWindow) -> Bool { contains(other.from) || other.contains(from) }
}

extension DateWindow: CustomStringConvertible {
    /// `2024-01-01..<2025-01-01`, or `2024-01-01..` without an end.
    public var description: String { until.map { "\(from)..<\($0)" } ?? "\(from).." }
}
