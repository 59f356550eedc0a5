import AssistanceCore
import Testing

@Suite("Working days")
struct WorkingCalendarTests {
    private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    /// The notices of 2025 and 2026, as far as the tests need them.
    private static func calendar() throws -> WorkingCalendar {
        func days(_ texts: [String]) throws -> Set<CalendarDate> { Set(try texts.map(day)) }
        return WorkingCalendar([
            .init(
                year: 2026,
                daysOff: try days(
                    ["2026-01-01", "2026-01-02", "2026-01-03", "2026-05-01", "2026-05-04", "2026-05-05", "2026-06-19"]),
                workdays: try days(["2026-01-04", "2026-05-09"])),
            .init(
                year: 2025, daysOff: try days((1...8).map { "2025-10-0\($0)" }),
                workdays: try days(["2025-09-28", "2025-10-11"])),
        ])
    }

    private static let weekdays: [(String, Bool)] = [
        ("1969-12-27", true), ("1969-12-28", true), ("1969-12-29", false), ("1970-01-01", false), ("1970-01-03", true),
        ("2026-11-21", true), ("2026-11-22", true), ("2026-11-23", false), ("0001-01-01", false), ("9999-12-31", false),
    ]

    @Test("Saturdays and Sundays are weekends, before 1970 too", arguments: weekdays)
    func weekends(_ text: String, _ isWeekend: Bool) throws {
        #expect(try Self.day(text).isWeekend == isWeekend)
    }

    private static let worked: [(String, Bool)] = [
        ("2025-09-26", true), ("2025-09-27", false), ("2025-09-28", true), ("2025-10-01", false),
        ("2025-10-08", false), ("2025-10-09", true), ("2025-10-11", true), ("2025-10-12", false),
        ("2027-05-03", true), ("2027-05-01", false),
    ]

    @Test(
        "A holiday is off, a make-up day is worked, and where nothing is published only weekends are off",
        arguments: worked)
    func isWorked(_ text: String, _ expected: Bool) throws {
        #expect(try Self.calendar().isWorkingDay(try Self.day(text)) == expected)
    }

    @Test("A limit ends on the day that is counted by hand", arguments: CountedLimit.all)
    func endsOn(_ limit: CountedLimit) throws {
        let time = try #require(TimeLimit(count: limit.count, unit: limit.unit, after: .accept))
        let start = try Self.day(limit.after)
        let calendar = try Self.calendar()
        let found = try #require(calendar.due(time, after: start))
        #expect(found.day.iso == limit.due)
        #expect(found.isProvisional == limit.isProvisional)
        #expect(calendar.last(of: time, after: start) == found.day)
    }

    @Test("A notice says what becomes of the December before it, and its year is not settled without it")
    func december() throws {
        let (eve, monday) = (try Self.day("2018-12-29"), try Self.day("2018-12-31"))
        let old = WorkingCalendar.Notice(year: 2018, daysOff: [], workdays: [])
        let new = WorkingCalendar.Notice(year: 2019, daysOff: [monday], workdays: [eve])
        let before = WorkingCalendar([old])
        #expect(!before.isWorkingDay(eve) && before.isWorkingDay(monday) && !before.isSettled(monday))
        let after = WorkingCalendar([new, old])
        #expect(after.isWorkingDay(eve) && !after.isWorkingDay(monday) && after.isSettled(monday))
        #expect(after.notices.map(\.year) == [2018, 2019])
    }

    @Test("A limit that ends after the last day there is has no last day")
    func endOfTime() throws {
        let calendar = WorkingCalendar()
        for unit in TimeLimit.Unit.allCases {
            let limit = try #require(TimeLimit(count: TimeLimit.most, unit: unit, after: .apply))
            #expect(calendar.last(of: limit, after: .latest) == nil)
            #expect(calendar.last(of: limit, after: .earliest) != nil)
        }
    }

    @Test("A limit of less than nothing or of more than 10,000 is none, and an extension makes it longer")
    func limits() {
        #expect(TimeLimit(count: -1, unit: .days, after: .accept) == nil)
        #expect(TimeLimit(count: 10_001, unit: .days, after: .accept) == nil)
        #expect(TimeLimit(count: 30, unit: .days, after: .accept, extendable: 30) == nil)
        #expect(TimeLimit(count: 30, unit: .days, after: .accept, extendable: 10_001) == nil)
        let limit = TimeLimit(count: 30, unit: .workingDays, after: .accept, extendable: 45)
        #expect(limit?.extended == TimeLimit(count: 45, unit: .workingDays, after: .accept))
        #expect(limit?.extended?.extended == nil)
    }
}

/// A limit and the day on which it ends, counted by hand.
struct CountedLimit: Sendable {
    let count: Int
    let unit: TimeLimit.Unit
    let after: String
    let due: String
    let isProvisional: Bool

    static let all: [CountedLimit] = [
        // The day itself does not count.
        .init(1, .workingDays, "2026-03-02", "2026-03-03", false),
        .init(5, .workingDays, "2026-03-02", "2026-03-09", false),
        // Begun on a day off.
        .init(1, .workingDays, "2026-03-07", "2026-03-09", false),
        // Across a holiday and its make-up day.
        .init(3, .workingDays, "2025-09-26", "2025-09-30", false),
        .init(4, .workingDays, "2025-09-26", "2025-10-09", false),
        .init(6, .workingDays, "2025-09-26", "2025-10-11", false),
        .init(7, .workingDays, "2025-09-26", "2025-10-13", false),
        .init(30, .workingDays, "2026-04-20", "2026-06-03", false),
        // Nothing to wait for: the day itself, or the next one worked.
        .init(0, .workingDays, "2026-03-02", "2026-03-02", false),
        .init(0, .workingDays, "2026-03-07", "2026-03-09", false),
        .init(0, .days, "2026-03-02", "2026-03-02", false),
        // Every day counts; a last day that is off moves on.
        .init(7, .days, "2026-03-02", "2026-03-09", false),
        .init(5, .days, "2026-03-02", "2026-03-09", false),
        .init(1, .days, "2026-04-30", "2026-05-06", false),
        .init(2, .days, "2026-01-02", "2026-01-04", false),
        // Months; the last day of a month that is too short, a Saturday here.
        .init(1, .months, "2026-01-31", "2026-03-02", false),
        .init(6, .months, "2026-03-05", "2026-09-07", false),
        // Beyond what is published, and in the December of the last year.
        .init(1, .workingDays, "2026-11-27", "2026-11-30", false),
        .init(2, .workingDays, "2026-11-27", "2026-12-01", true),
        .init(60, .days, "2026-11-22", "2027-01-21", true),
        .init(1, .months, "2025-11-20", "2025-12-22", false),
        .init(10, .days, "2024-06-03", "2024-06-13", true),
    ]

    init(_ count: Int, _ unit: TimeLimit.Unit, _ after: String, _ due: String, _ isProvisional: Bool) {
        (self.count, self.unit, self.after) = (count, unit, after)
        (self.due, self.isProvisional) = (due, isProvisional)
    }
}
