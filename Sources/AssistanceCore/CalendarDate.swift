/// 日期: a day of the Gregorian calendar, without a time and without a zone; years 1 to 9999.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// The days since 1970-01-01, negative before it.
    public let days: Int32

    /// 0001-01-01.
    public static let earliest = CalendarDate(unchecked: -719_162)
    /// 9999-12-31.
    public static let latest = CalendarDate(unchecked: 2_932_896)

    private init(unchecked days: Int32) { self.days = days }

    /// The day so many days after 1970-01-01; nil outside the years 1 to 9999.
    public init?(days: Int) {
        guard days >= Int(Self.earliest.days), days <= Int(Self.latest.days) else { return nil }
        self.days = Int32(days)
    }

    /// The day of year, month and day; nil where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        // Years begin in March here, so that the leap day is the last of its year.
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = month > 2 ? month - 3 : month + 9
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        self.days = Int32(marchYear * 365 + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - Self.marchOfYearZero)
    }

    /// Reads `YYYY-MM-DD`, ten ASCII characters and nothing else.
    public init?(iso text: String) {
        var rest = text.utf8[...]
        guard rest.count == 10 else { return nil }
        func number(_ digits: Int) -> Int? {
            defer { rest = rest.dropFirst(digits) }
            return ASCII.number(rest.prefix(digits)).map { Int($0) }
        }
        guard let year = number(4), rest.popFirst() == ASCII.minus, let month = number(2),
            rest.popFirst() == ASCII.minus, let day = number(2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The year, 1 to 9999.
    public var year: Int { civil.year }
    /// The month, 1 to 12.
    public var month: Int { civil.month }
    /// The day of the month, 1 to 31.
    public var day: Int { civil.day }

    /// `YYYY-MM-DD`.
    public var iso: String {
        let (year, month, day) = civil
        return ASCII.padded(year, to: 4) + "-" + ASCII.padded(month, to: 2) + "-" + ASCII.padded(day, to: 2)
    }

    /// The earlier day comes first.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.days < right.days }

    /// Year, month and day in one step.
    var civil: (year: Int, month: Int, day: Int) {
        let day = Int(days) + Self.marchOfYearZero
        let era = day / 146_097
        let dayOfEra = day % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Whether the year has a 29 February.
    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// The days of a month, 28 to 31.
    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The days from 1 March of the year 0 to 1 January 1970.
    private static let marchOfYearZero = 719_468
}

extension CalendarDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String { iso }
}
