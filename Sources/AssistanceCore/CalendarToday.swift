import Glibc

extension CalendarDate {
    /// 今天: the day by the system's clock at an offset from UTC, UTC+8 unless told; the machine's zone plays no part.
    public static func today(utcOffsetHours: Int = 8) -> CalendarDate {
        at(secondsSince1970: Int64(time(nil)), utcOffsetHours: utcOffsetHours)
    }

    /// The day of a moment, UTC+8 unless told; a clock beyond the calendar gives its first or last day, an offset is at most
    /// a day.
    public static func at(secondsSince1970 seconds: Int64, utcOffsetHours: Int = 8) -> CalendarDate {
        let local = Int128(seconds) + Int128(min(24, max(-24, utcOffsetHours))) * 3600
        let day = RoundingMode.down.divide(local, by: 86_400)
        return CalendarDate(days: Int(clamping: day)) ?? (day < 0 ? .earliest : .latest)
    }
}
