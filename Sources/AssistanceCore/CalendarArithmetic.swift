/// What happens when a month has no such day: 31 January and one month.
public enum EndOfMonth: String, CaseIterable, Sendable {
    /// The last day of that month.
    case clamp
    /// No date at all.
    case refuse
}

/// When one born on 29 February grows a year older in a year that has none.
public enum LeapDay: String, CaseIterable, Sendable {
    /// On 1 March: the rule unless a policy says otherwise.
    case march1
    /// On 28 February.
    case february28
}

extension CalendarDate {
    /// The day so many days later (or earlier); nil outside the years 1 to 9999.
    public func adding(days count: Int) -> CalendarDate? {
        let (sum, overflow) = Int(days).addingReportingOverflow(count)
        return overflow ? nil : CalendarDate(days: sum)
    }

    /// The same day so many months later (or earlier); nil outside the years 1 to 9999.
    ///
    /// Where that month is too short, the policy says whether its last day serves or there is no date.
    public func adding(months count: Int, endOfMonth: EndOfMonth) -> CalendarDate? {
        let (year, month, day) = civil
        let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(count)
        // The range also keeps the year's division one of positive numbers.
        guard !overflow, (12..<120_000).contains(sum) else { return nil }
        let (newYear, newMonth) = (sum / 12, sum % 12 + 1)
        let length = Self.length(ofMonth: newMonth, year: newYear)
        if day > length, endOfMonth == .refuse { return nil }
        return CalendarDate(year: newYear, month: newMonth, day: min(day, length))
    }

    /// The first day of this month.
    public var firstOfMonth: CalendarDate { adding(days: 1 - day) ?? self }

    /// The first day of the next month; nil in the last month of the year 9999.
    public var firstOfNextMonth: CalendarDate? { firstOfMonth.adding(months: 1, endOfMonth: .clamp) }

    /// 周岁: the years completed since birth; a year is complete at the start of the birthday.
    ///
    /// Before the birth the count is negative: -1 in the year before it.
    public func completedYears(since birth: CalendarDate, leapDay: LeapDay = .march1) -> Int {
        let (year, month, day) = civil
        let (birthYear, birthMonth, birthDay) = birth.civil
        var (startMonth, startDay) = (birthMonth, birthDay)
        if (birthMonth, birthDay) == (2, 29), leapDay == .february28, !Self.isLeap(year) {
            (startMonth, startDay) = (2, 28)
        }
        return year - birthYear - ((month, day) < (startMonth, startDay) ? 1 : 0)
    }

    /// 月数: the months completed since a day; a month is complete at the start of the same day of the month.
    ///
    /// Where a month has no such day, that is the first of the month after it, as with ages: since 31 January, one
    /// month is complete on 1 March. Before the day the count is negative.
    public func completedMonths(since start: CalendarDate) -> Int {
        let (year, month, day) = civil
        let (startYear, startMonth, startDay) = start.civil
        return (year - startYear) * 12 + month - startMonth - (day < startDay ? 1 : 0)
    }

    /// The last day of birth on which so many full years are completed by this day, in days since 1970-01-01.
    public func lastBirth(completing years: Int, leapDay: LeapDay = .march1) -> Int {
        // Full years fall as birth comes later, so the day is found by halving.
        var (low, high) = (Int(days) - 366 * (years + 1), Int(days))
        while low < high {
            let middle = low + (high - low + 1) / 2
            let full = CalendarDate(days: middle).map { completedYears(since: $0, leapDay: leapDay) } ?? Int.max
            if full >= years { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
