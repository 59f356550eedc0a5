import AssistanceCore

/// 发放月份: a month of the calendar for which money is owed.
public struct PaymentMonth: Hashable, Comparable, Sendable {
    /// Its first day.
    public let first: CalendarDate

    /// The month of a day.
    public init(of day: CalendarDate) { first = day.firstOfMonth }

    /// Reads `YYYY-MM`; nil for all else.
    public init?(_ text: String) {
        guard let first = CalendarDate(iso: text + "-01") else { return nil }
        self.first = first
    }

    /// Reads a number as `number` writes it; nil for all else.
    init?(number: Int64) {
        guard (1...999_912).contains(number),
            let first = CalendarDate(year: Int(number / 100), month: Int(number % 100), day: 1)
        else { return nil }
        self.first = first
    }

    /// The month as a number: 202607.
    var number: Int64 { Int64(first.year * 100 + first.month) }

    /// The month so many months later; nil beyond the year 9999.
    func adding(_ count: Int) -> PaymentMonth? {
        first.adding(months: count, endOfMonth: .clamp).map { PaymentMonth(of: $0) }
    }

    /// The earlier month comes first.
    public static func < (left: PaymentMonth, right: PaymentMonth) -> Bool { left.first < right.first }
}

extension PaymentMonth: CustomStringConvertible {
    /// `YYYY-MM`.
    public var description: String { String(first.iso.prefix(7)) }
}
