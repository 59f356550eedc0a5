import AssistanceCore

/// Reads what the notice of a year says (节假日安排): `holidays: [{name: 春节, off: 2024-02-10 to 2024-02-17, work: 2024-02-18}]`.
struct HolidayReader {
    private let entry: TermEntry
    private let findings: Findings

    init(_ entry: TermEntry, _ findings: Findings) {
        self.entry = entry
        self.findings = findings
    }

    /// The keys of an entry, besides those of every entry.
    static let keys = ["holidays", "note"]

    /// The notice of a year; nil where it cannot be read.
    func notice(of name: String) -> WorkingCalendar.Notice? {
        guard let year = Int(name), name.utf8.count == 4, (1...9999).contains(year) else {
            findings.report(
                entry.node.error(.badValue, "'\(name)' is no year; the holidays of a year stand below 2024"))
            return nil
        }
        let what = "the holidays of \(year)"
        guard let mapping = MappingReader(entry.node, what: what, findings) else { return nil }
        mapping.allowOnly(CaseSections.entryKeys + Self.keys, what: what)
        guard let list = mapping["holidays"], let items = list.items else {
            if !(mapping["holidays"]?.cut ?? false) {
                findings.report(
                    (mapping["holidays"] ?? entry.node).error(
                        .missingKey, "the key 'holidays' is missing: a list such as [{name: 元旦, off: 2024-01-01}]"))
            }
            return nil
        }
        var days = Days(year: year, findings: findings)
        for item in items where !findings.isFull(at: item) {
            guard let holiday = MappingReader(item, what: "a holiday", findings) else { continue }
            holiday.allowOnly(["name", "off", "work"], what: "a holiday")
            _ = holiday.text("name", required: true)
            if holiday["off"] == nil, holiday["work"] == nil {
                findings.report(
                    item.error(
                        .missingKey, "the key 'off' is missing: a day off, or days as in 2024-02-10 to 2024-02-17"))
            }
            for node in holiday["off"].map({ $0.items ?? [$0] }) ?? [] { days.addOff(node) }
            for node in holiday["work"].map({ $0.items ?? [$0] }) ?? [] { days.addWorked(node) }
        }
        return WorkingCalendar.Notice(
            year: year, daysOff: days.off, workdays: days.worked, citation: entry.citation)
    }
}

/// The days of a notice, each of which may be named once.
private struct Days {
    let year: Int
    let findings: Findings
    private(set) var off: Set<CalendarDate> = []
    private(set) var worked: Set<CalendarDate> = []
    private var lines: [CalendarDate: Int] = [:]

    init(year: Int, findings: Findings) {
        self.year = year
        self.findings = findings
    }

    mutating func addOff(_ node: YAMLNode) {
        off.formUnion(new(days(node), node))
    }

    mutating func addWorked(_ node: YAMLNode) {
        let days = new(days(node), node)
        if let day = days.first(where: { !$0.isWeekend }) {
            findings.report(
                node.error(.badValue, "\(day) is no Saturday or Sunday; 'work' names those that are worked"))
        }
        worked.formUnion(days)
    }

    /// The days of `2024-02-10 to 2024-02-17`, or the one day.
    private func days(_ node: YAMLNode) -> [CalendarDate] {
        if node.cut || findings.isFull(at: node) { return [] }
        let ends = (node.text ?? "").split(separator: " ").map(String.init)
        guard let first = ends.first.flatMap(CalendarDate.init(iso:)),
            let last = ends.last.flatMap(CalendarDate.init(iso:)),
            ends.count == 1 || ends.count == 3 && ends[1] == "to"
        else {
            findings.report(
                node.error(.badValue, "days are written as 2024-01-01, or as 2024-02-10 to 2024-02-17"))
            return []
        }
        guard first <= last else {
            findings.report(node.error(.dateOrder, "\(last) lies before \(first)"))
            return []
        }
        for day in [first, last] where day.year != year && (day.year != year - 1 || day.month < 12) {
            findings.report(node.error(.badValue, "\(day) is no day of \(year), nor of the December before it"))
            return []
        }
        return (first.days...last.days).compactMap { CalendarDate(days: Int($0)) }
    }

    /// The days that have not been named before; says so of the first that has.
    private mutating func new(_ days: [CalendarDate], _ node: YAMLNode) -> [CalendarDate] {
        if let day = days.first(where: { lines[$0] != nil }), let line = lines[day] {
            findings.report(
                node.error(.duplicateIdentifier, "\(day) is listed twice; it stands in line \(line) already"))
        }
        let new = days.filter { lines[$0] == nil }
        for day in new { lines[day] = node.position.line }
        return new
    }
}
