import AssistanceCore

public struct WorkingCalendar: Sendable {
    public init() {}
    func due(_ limit: TimeLimit, after day: CalendarDate) -> (CalendarDate, Bool)? {
        day.adding(days: limit.count).map { ($0, false) }
    }
    func last(of limit: TimeLimit, after day: CalendarDate) -> CalendarDate? { day.adding(days: limit.count) }
}
