/// 工作日历: which days are worked, as far as the notices of the years say so.
///
/// Beyond them Saturdays and Sundays are off and nothing else is known: what falls there is provisional. Immutable; may be
/// shared between threads.
public struct WorkingCalendar: Sendable {
    /// 节假日安排: what the notice of a year says.
    public struct Notice: Sendable {
        /// The year.
        public let year: Int
        /// The days off, Saturdays and Sundays among them or not. Its first holiday may begin in the December before.
        public let daysOff: Set<CalendarDate>
        /// Saturdays and Sundays that are worked (调休上班).
        public let workdays: Set<CalendarDate>
        /// The document.
        public let citation: Citation?

        /// What the notice of a year says.
        public init(
            year: Int, daysOff: Set<CalendarDate>, workdays: Set<CalendarDate>, citation: Citation? = nil
        ) {
            (self.year, self.daysOff, self.workdays, self.citation) = (year, daysOff, workdays, citation)
        }
    }

    /// The notices in the order of their years.
    public let notices: [Notice]
    private let years: Set<Int>
    /// What the notices say of days, other than what their weekdays are.
    private let isWorked: [CalendarDate: Bool]

    /// A calendar of notices. What the notice of a year says of the December before goes before that year's own.
    public init(_ notices: [Notice] = []) {
        self.notices = notices.sorted { $0.year < $1.year }
        years = Set(notices.map(\.year))
        var isWorked: [CalendarDate: Bool] = [:]
        for notice in self.notices {
            for day in notice.daysOff { isWorked[day] = false }
            for day in notice.workdays { isWorked[day] = true }
        }
        self.isWorked = isWorked
    }

    /// Whether a day is worked, as far as it is known.
    public func isWorkingDay(_ day: CalendarDate) -> Bool { isWorked[day] ?? !day.isWeekend }

    /// Whether it is known for good that a day is worked or is not: December only with the notice of the year after,
    /// whose first holiday may begin there.
    public func isSettled(_ day: CalendarDate) -> Bool {
        years.contains(day.year) && (day.month < 12 || years.contains(day.year + 1))
    }

    /// The last day of a limit that begins with a day, which does not count itself; nil beyond the year 9999.
    ///
    /// A limit in days or months whose last day is off ends on the next day that is worked. It is provisional where a day
    /// on which this depends is not settled.
    public func due(_ limit: TimeLimit, after start: CalendarDate) -> (day: CalendarDate, isProvisional: Bool)? {
        switch limit.unit {
        case .workingDays where limit.count > 0: counted(limit.count, after: start)
        case .workingDays: next(from: start)
        case .days: start.adding(days: limit.count).flatMap(next)
        case .months: start.adding(months: limit.count, endOfMonth: .clamp).flatMap(next)
        }
    }

    /// The last day of a limit, provisional or not; nil beyond the year 9999.
    public func last(of limit: TimeLimit, after start: CalendarDate) -> CalendarDate? { due(limit, after: start)?.day }

    /// The working day so many after another.
    private func counted(_ count: Int, after start: CalendarDate) -> (day: CalendarDate, isProvisional: Bool)? {
        var (day, left, isProvisional) = (start, count, false)
        while left > 0 {
            guard let following = day.adding(days: 1) else { return nil }
            day = following
            if isWorkingDay(day) { left -= 1 }
            isProvisional = isProvisional || !isSettled(day)
        }
        return (day, isProvisional)
    }

    /// The day itself where it is worked, else the first after it that is.
    private func next(from start: CalendarDate) -> (day: CalendarDate, isProvisional: Bool)? {
        var (day, isProvisional) = (start, !isSettled(start))
        while !isWorkingDay(day) {
            guard let following = day.adding(days: 1) else { return nil }
            day = following
            isProvisional = isProvisional || !isSettled(day)
        }
        return (day, isProvisional)
    }
}

extension CalendarDate {
    /// Saturday or Sunday.
    public var isWeekend: Bool {
        // 1970-01-01 was a Thursday; its Saturday is 2 days after it.
        let place = (Int(days) % 7 + 7) % 7
        return place == 2 || place == 3
    }
}
