import AssistanceCore

/// A line of a rule that differs: a row of a table, an item, a check, or the whole of a value.
public struct RuleLineChange: Hashable, Sendable {
    /// The keys of the row or the id of the item: `residence urban`; nil where the whole is one value.
    public let key: String?
    /// What it said; nil where there was no such line.
    public let old: String?
    /// What it says; nil where there is no such line.
    public let new: String?

    /// What differs between the lines of two rules, in the order of the new one, what is gone first.
    static func between(_ old: [String], _ new: [String]) -> [RuleLineChange] {
        if old == new { return [] }
        if let before = old.first, let after = new.first, old.count == 1, new.count == 1,
            key(before) == nil || key(before) != key(after)
        {
            return [RuleLineChange(key: nil, old: before, new: after)]
        }
        let before = Dictionary(old.compactMap { line in key(line).map { ($0, line) } }) { first, _ in first }
        let after = Dictionary(new.compactMap { line in key(line).map { ($0, line) } }) { first, _ in first }
        let gone = old.filter { line in
            !new.contains(line) && (key(line).map { after[$0] == nil || before[$0] != line } ?? true)
        }
        return gone.map { RuleLineChange(key: nil, old: $0, new: nil) }
            + new.compactMap { line in
                if old.contains(line) { return nil }
                guard let key = key(line), let known = before[key], after[key] == line, !new.contains(known) else {
                    return RuleLineChange(key: nil, old: nil, new: line)
                }
                return RuleLineChange(key: key, old: value(known), new: value(line))
            }
    }

    /// What stands before the colon of `residence urban: 780 yuan/month`.
    private static func key(_ line: String) -> String? {
        guard let place = line.firstRange(of: ": ") else { return nil }
        return String(line[..<place.lowerBound])
    }

    private static func value(_ line: String) -> String {
        line.firstRange(of: ": ").map { String(line[$0.upperBound...]) } ?? line
    }

    // MARK: Figures

    /// By how many hundredths the figure rose, or fell: `+6.67`, to two decimals; nil where it is no figure of one kind.
    public var percent: String? {
        guard let old = old.flatMap(ExpectedAmount.init), let new = new.flatMap(ExpectedAmount.init),
            (old.unit == nil) == (new.unit == nil), let before = old.value(in: old.unit ?? .none),
            let after = new.value(in: new.unit ?? .none), old.unit?.dimension == new.unit?.dimension,
            let share = after.subtracting(before)?.divided(by: before)?.multiplied(by: Rational(100)),
            let text = share.rounded(.nearest, toMultipleOf: .hundredth)?
                .decimalText(maximumPlaces: 2, minimumPlaces: 2)
        else { return nil }
        return share.isNegative ? text : "+" + text
    }

    /// `780 → 832 元/月 (+6.67 %)`, with the unit once where both have it.
    public func text(in language: Language) -> String {
        guard let old, let new else { return (old.map { "- " + $0 } ?? "") + (new.map { "+ " + $0 } ?? "") }
        let (before, after) = (Figure(old), Figure(new))
        let both: String
        if let before, let after {
            both =
                before.unit == after.unit
                ? "\(before.number) → \(after.text(in: language))"
                : "\(before.text(in: language)) → \(after.text(in: language))"
        } else {
            both = "\(old) → \(new)"
        }
        return (key.map { $0 + ": " } ?? "") + both + (percent.map { " (\($0) %)" } ?? "")
    }

    /// A number with its unit.
    private struct Figure {
        let number: Substring
        let unit: Unit

        init?(_ text: String) {
            let parts = text.split(separator: " ")
            guard parts.count == 2, let unit = Unit(String(parts[1])), ExpectedAmount(text) != nil else { return nil }
            number = parts[0]
            self.unit = unit
        }

        func text(in language: Language) -> String {
            number + " " + (language == .chinese ? unit.chinese : unit.text)
        }
    }
}
