import Testing

@testable import AssistanceCore

/// A date the test itself vouches for; a wrong one fails the test that uses it.
func date(_ iso: String) throws -> CalendarDate { try #require(CalendarDate(iso: iso)) }

@Suite("Calendar dates")
struct CalendarDateTests {
    @Test(
        "Days are counted from 1970-01-01",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2024-12-31", 20_088),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ])
    func counts(iso: String, days: Int) throws {
        let day = try date(iso)
        #expect(Int(day.days) == days)
        #expect(CalendarDate(days: days) == day)
        #expect(day.iso == iso)
        #expect("\(day)" == iso)
    }

    @Test("Every day of the calendar is one after the day before, and comes back from its parts")
    func everyDay() throws {
        var (year, month, day) = (1, 1, 1)
        var wrong = 0
        for days in Int(CalendarDate.earliest.days)...Int(CalendarDate.latest.days) {
            let parts = try #require(CalendarDate(days: days)).civil
            if parts != (year, month, day) { wrong += 1 }
            if CalendarDate(year: year, month: month, day: day)?.days != Int32(days) { wrong += 1 }
            day += 1
            if day > CalendarDate.length(ofMonth: month, year: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(wrong == 0)
        #expect(year == 10_000)
    }

    @Test(
        "Only YYYY-MM-DD of a real day is read",
        arguments: [
            "", "2024", "2024-1-01", "2024-01-1", "24-01-01", "2024/01/01", "20240101", "2024-13-01", "2024-00-01",
            "2024-01-00", "2024-01-32", "2023-02-29", "1900-02-29", "2024-04-31", "0000-01-01", "-001-01-01",
            "+024-01-01",
            "2024-01-01 ", " 2024-01-01", "2024-01-01T00", "２０２４-01-01", "202a-01-01", "2024-01-01\n", "2024--1-01",
            "--------", "----------", "10000-1-1",
        ])
    func refuses(text: String) {
        #expect(CalendarDate(iso: text) == nil)
    }

    @Test("Parts beyond any calendar are refused, not trapped on")
    func refusesParts() {
        for value in [Int.min, -1, 0, Int.max] {
            #expect(CalendarDate(year: value, month: 1, day: 1) == nil)
            #expect(CalendarDate(year: 2024, month: value, day: 1) == nil)
            #expect(CalendarDate(year: 2024, month: 1, day: value) == nil)
        }
        #expect(CalendarDate(days: .max) == nil)
        #expect(CalendarDate(days: .min) == nil)
    }

    @Test("Every hundredth year but each fourth of them has no leap day")
    func centuries() {
        #expect(CalendarDate(iso: "2000-02-29") != nil)
        #expect(CalendarDate(iso: "2100-02-29") == nil)
        #expect(CalendarDate(iso: "2400-02-29") != nil)
    }

    @Test(
        "Months are added by day, and at the end of a month as the policy says",
        arguments: [
            ("2024-01-15", 1, "2024-02-15", "2024-02-15"), ("2024-01-31", 1, "2024-02-29", nil),
            ("2023-01-31", 1, "2023-02-28", nil), ("2024-03-31", 1, "2024-04-30", nil),
            ("2024-02-29", 12, "2025-02-28", nil), ("2024-02-29", 48, "2028-02-29", "2028-02-29"),
            ("2024-12-31", 2, "2025-02-28", nil), ("2024-03-31", -1, "2024-02-29", nil),
            ("2024-01-31", -12, "2023-01-31", "2023-01-31"), ("2024-05-05", 0, "2024-05-05", "2024-05-05"),
            ("9999-12-01", 1, nil, nil), ("0001-01-31", -1, nil, nil), ("2024-01-01", Int.max, nil, nil),
            ("2024-01-01", Int.min, nil, nil),
        ] as [(String, Int, String?, String?)])
    func addsMonths(start: String, months: Int, clamped: String?, refused: String?) throws {
        let start = try date(start)
        #expect(start.adding(months: months, endOfMonth: .clamp)?.iso == clamped)
        #expect(start.adding(months: months, endOfMonth: .refuse)?.iso == refused)
    }

    @Test("Days are added across months and years, and nil beyond the calendar")
    func addsDays() throws {
        #expect(try date("2024-02-28").adding(days: 1)?.iso == "2024-02-29")
        #expect(try date("2024-01-01").adding(days: -1)?.iso == "2023-12-31")
        #expect(CalendarDate.latest.adding(days: 1) == nil)
        #expect(CalendarDate.earliest.adding(days: -1) == nil)
        #expect(CalendarDate.latest.adding(days: .max) == nil)
        #expect(CalendarDate.earliest.adding(days: .min) == nil)
    }

    @Test("The first of this month and of the next are found, but for the last month of all")
    func firsts() throws {
        #expect(try date("2024-02-29").firstOfMonth.iso == "2024-02-01")
        #expect(try date("2024-02-29").firstOfNextMonth?.iso == "2024-03-01")
        #expect(try date("2024-12-01").firstOfNextMonth?.iso == "2025-01-01")
        #expect(CalendarDate.latest.firstOfMonth.iso == "9999-12-01")
        #expect(CalendarDate.latest.firstOfNextMonth == nil)
        #expect(CalendarDate.earliest.firstOfMonth == CalendarDate.earliest)
    }

    @Test(
        "An age is reached at the start of the birthday, by one born on 29 February on 1 March or as the policy says",
        arguments: [
            ("1964-06-01", "2024-05-31", 59, 59), ("1964-06-01", "2024-06-01", 60, 60),
            ("2008-02-29", "2024-02-28", 15, 15),
            ("2008-02-29", "2024-02-29", 16, 16), ("2008-02-29", "2026-02-27", 17, 17),
            ("2008-02-29", "2026-02-28", 17, 18),
            ("2008-02-29", "2026-03-01", 18, 18), ("2024-05-05", "2024-05-05", 0, 0),
            ("2024-05-05", "2024-05-04", -1, -1),
        ])
    func ages(birth: String, on: String, march: Int, february: Int) throws {
        let (birth, on) = (try date(birth), try date(on))
        #expect(on.completedYears(since: birth) == march)
        #expect(on.completedYears(since: birth, leapDay: .february28) == february)
    }

    @Test(
        "A month is complete when its day begins, or the next month where it has no such day",
        arguments: [
            ("2024-01-15", "2024-02-14", 0), ("2024-01-15", "2024-02-15", 1), ("2024-01-31", "2024-02-29", 0),
            ("2024-01-31", "2024-03-01", 1), ("2024-01-31", "2024-03-31", 2), ("2023-12-31", "2024-01-30", 0),
            ("2024-02-01", "2024-01-31", -1), ("0001-01-01", "9999-12-31", 119_987),
        ])
    func months(start: String, on: String, months: Int) throws {
        #expect(try date(on).completedMonths(since: date(start)) == months)
    }

    @Test("Twelve completed months are a completed year, over four years of days")
    func monthsMakeYears() throws {
        let start = try date("2024-02-29")
        for days in 0..<1500 {
            let later = try #require(start.adding(days: days))
            #expect(later.completedMonths(since: start) / 12 == later.completedYears(since: start))
        }
    }

    @Test(
        "Today is the day at UTC+8, whatever the machine's zone",
        arguments: [
            (1_735_660_799, 8, "2024-12-31"), (1_735_660_800, 8, "2025-01-01"), (1_735_660_800, 0, "2024-12-31"),
            (-1, 0, "1969-12-31"),
            (-1, 8, "1970-01-01"), (0, -1, "1969-12-31"), (Int64.max, 8, "9999-12-31"), (Int64.min, 8, "0001-01-01"),
            (0, Int.max, "1970-01-02"), (0, Int.min, "1969-12-31"),
        ])
    func today(seconds: Int64, offset: Int, iso: String) {
        #expect(CalendarDate.at(secondsSince1970: seconds, utcOffsetHours: offset).iso == iso)
    }

    @Test("The clock gives a day of this century")
    func clock() {
        #expect(CalendarDate.today().year >= 2024)
    }
}

@Suite("Date windows")
struct DateWindowTests {
    @Test("A window holds its first day and not its last")
    func halfOpen() throws {
        let window = try #require(DateWindow(from: date("2024-01-01"), until: date("2025-01-01")))
        #expect(try !window.contains(date("2023-12-31")))
        #expect(try window.contains(date("2024-01-01")))
        #expect(try window.contains(date("2024-12-31")))
        #expect(try !window.contains(date("2025-01-01")))
        #expect("\(window)" == "2024-01-01..<2025-01-01")
    }

    @Test("A window without an end stays open")
    func open() throws {
        let window = try #require(DateWindow(from: date("2024-01-01")))
        #expect(window.contains(.latest))
        #expect(!window.contains(.earliest))
        #expect("\(window)" == "2024-01-01..")
    }

    @Test("A window that would hold no day is none")
    func empty() throws {
        #expect(try DateWindow(from: date("2024-01-01"), until: date("2024-01-01")) == nil)
        #expect(try DateWindow(from: date("2024-01-02"), until: date("2024-01-01")) == nil)
    }

    @Test("Windows that only touch do not overlap")
    func overlaps() throws {
        let first = try #require(DateWindow(from: date("2024-01-01"), until: date("2024-07-01")))
        let second = try #require(DateWindow(from: date("2024-07-01")))
        let third = try #require(DateWindow(from: date("2024-06-30"), until: date("2024-07-02")))
        #expect(!first.overlaps(second) && !second.overlaps(first))
        #expect(first.overlaps(third) && third.overlaps(first) && second.overlaps(third))
    }
}
