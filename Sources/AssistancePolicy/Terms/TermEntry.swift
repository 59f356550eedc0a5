import AssistanceCore
import AssistanceExpressions

/// One entry of a term: what one file says it is, for its areas, from a day on.
public struct TermEntry: Sendable {
    /// The section and path: `low-income.line`, `figures.standard`, `define.elder`.
    public let key: String
    /// For which areas.
    public let areas: [DivisionCode]
    /// The first day on which it is in force.
    public let from: CalendarDate
    /// The day on which it ends, where it does.
    public let until: CalendarDate?
    /// When the public could know it, where that is known.
    public let published: CalendarDate?
    /// The document and article it rests on.
    public let citation: Citation?
    /// What it says.
    public let node: YAMLNode
    /// Why and when it was entered, where it mends an earlier entry of ours.
    public let correction: Correction?
    /// Whether the area follows the one above it after the entry ends (执行省标准).
    let followsParent: Bool

    /// The place of the entry, with a text of the rule.
    public func origin(_ text: String) -> Origin {
        Origin(file: node.file.name, position: node.position, citation: citation, text: text)
    }

    /// Whether it has begun on a day, as far as could be known on another.
    func hasBegun(on date: CalendarDate, knownOn: CalendarDate?) -> Bool {
        guard from <= date else { return false }
        guard let knownOn, let published = published ?? citation?.document.published else { return true }
        return published <= knownOn
    }
}

/// What was wrong with an earlier entry of the same term, area and first day (更正): ours was the mistake, not the law's.
public struct Correction: Hashable, Sendable {
    /// The day of the correction.
    public let date: CalendarDate
    /// What was wrong.
    public let reason: String

    /// Reads `2030-03-05 误录为 900`; nil for all else.
    init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let date = CalendarDate(iso: parts[0]) else { return nil }
        self.date = date
        reason = parts[1]
    }
}

extension [TermEntry] {
    /// The entry of a history in force on a day. An entry replaces those before it for good: after its end comes
    /// nothing, not what held before.
    func inForce(on date: CalendarDate, knownOn: CalendarDate?) -> TermEntry? {
        guard let entry = last(where: { $0.hasBegun(on: date, knownOn: knownOn) }) else { return nil }
        return entry.until.map { date < $0 } ?? true ? entry : nil
    }
}
