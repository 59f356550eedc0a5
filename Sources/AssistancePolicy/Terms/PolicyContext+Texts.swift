import AssistanceCore
import AssistanceExpressions

/// Terms that are a word or two: a rounding, a day, an offer.
extension PolicyContext {
    /// The nearest entry's plain text, for codes such as `next month`; nil where unfilled.
    public func text(_ section: SectionDeclaration, _ path: String) -> (text: String, node: YAMLNode)? {
        guard let entry = inForce(section.key + "." + path).first else { return nil }
        let node = entry.node["is"] ?? entry.node
        return node.text.map { ($0, node) }
    }

    /// Whether any file fills any term of a section here and now: whether the programme is offered.
    public func isOffered(_ section: SectionDeclaration) -> Bool {
        library.names(in: section.key).contains { !inForce(section.key + "." + $0).isEmpty }
    }

    /// The keys of a place's own making right below a section that are offered here and now, in the order of names.
    public func ownKeys(of section: SectionDeclaration) -> [String] {
        library.ownKeys(of: section).filter { isOffered(section, $0) }
    }

    /// The nearest `none` or offer of a route or standing: true where it is offered.
    public func isOffered(_ section: SectionDeclaration, _ path: String) -> Bool {
        guard let entry = inForce(section.key + "." + path).first else { return false }
        return entry.node.text != "none"
    }

    /// One of the words of a declared term; nil where nothing fills it.
    public func choice(_ section: SectionDeclaration, _ path: String) -> String? {
        guard case .choice(let words)? = section[path]?.shape, let (text, node) = text(section, path) else {
            return nil
        }
        if words.contains(text) { return text }
        let name = path.split(separator: ".").last.map(String.init) ?? path
        if !node.cut {
            findings.report(
                node.error(
                    .badValue, "'\(name)' is \(words.map { "'\($0)'" }.joined(separator: " or "))",
                    suggestion: closestName(to: text, among: words)))
        }
        return nil
    }

    /// A whole number of a declared term, from 1 to a limit; nil where nothing fills it.
    public func count(_ section: SectionDeclaration, _ path: String, upto most: Int) -> Int? {
        guard let (text, node) = text(section, path) else { return nil }
        if let count = Int(text), (1...max(1, most)).contains(count) { return count }
        let name = path.split(separator: ".").last.map(String.init) ?? path
        if !node.cut { findings.report(node.error(.badValue, "'\(name)' is a whole number from 1 to \(most)")) }
        return nil
    }

    /// The last day of a declared term, such as 09-30 of every year, that is not after the day of application; nil where
    /// it is not known.
    public func lastDay(_ section: SectionDeclaration, _ path: String) -> CalendarDate? {
        guard let (text, node) = text(section, path) else { return nil }
        // A year without a 29 February, so that every year has the day.
        guard text.utf8.count == 5, CalendarDate(iso: "2001-" + text) != nil else {
            if !node.cut {
                findings.report(node.error(.badValue, "a day of every year is its month and day, as in 09-30"))
            }
            return nil
        }
        let days = [date.year, date.year - 1].compactMap { year in
            CalendarDate(iso: String(year).count == 4 ? "\(year)-\(text)" : "")
        }
        return days.first { $0 <= date }
    }

    /// How a declared term rounds sums in yuan: the mode and the step; nil where nothing fills it, or it says `none`.
    public func roundingStep(_ section: SectionDeclaration, _ path: String) -> (mode: RoundingMode, step: Rational)? {
        guard let (text, node) = text(section, path), text != "none" else { return nil }
        guard let (mode, unit, count) = PolicyContext.rounding(text, shown: .yuan),
            unit.dimension == Unit.yuan.dimension, let step = unit.size.multiplied(by: count)
        else {
            if !node.cut {
                findings.report(
                    node.error(
                        .badValue, "what is paid is rounded up, down or nearest to yuan or fen, as in 'down to fen'"))
            }
            return nil
        }
        return (mode, step)
    }

    /// The payers of a declared term; none where nothing fills it.
    public func payers(_ section: SectionDeclaration, _ path: String) -> [PlannedPayer] {
        guard let node = place(of: section, path), node.text != "none" else { return [] }
        return payers(node["is"] ?? node)
    }

    /// What a place calls something of its own making, in a declared term and the one named after it with `_en`.
    public func label(_ section: SectionDeclaration, _ path: String, otherwise name: String) -> Label {
        Label(text(section, path)?.text ?? name, text(section, path + "_en")?.text ?? name.spaced)
    }

    /// The first day that a declared term names, `next month` or `this month`; nil where nothing fills it.
    public func firstDay(_ section: SectionDeclaration, _ path: String) -> CalendarDate? {
        text(section, path).flatMap { firstDay($0.node) }
    }

    /// The first day of `next month` or `this month`.
    func firstDay(_ node: YAMLNode) -> CalendarDate? {
        switch node.text {
        case "this month": return date.firstOfMonth
        case "next month": return date.firstOfNextMonth
        default:
            if !node.cut { findings.report(node.error(.badValue, "'starts' is 'next month' or 'this month'")) }
            return nil
        }
    }

    /// Applies the rounding of a declared term, or the given one where it is unfilled.
    public func rounded(_ value: NodeID, _ section: SectionDeclaration, _ path: String, _ unit: Unit, otherwise: String)
        -> NodeID
    {
        if let entry = inForce(section.key + "." + path).first {
            return rounded(value, entry.node["is"] ?? entry.node, unit)
        }
        return rounded(value, otherwise, unit)
    }

    /// Rounds a value by a rule of the nation's own.
    public func rounded(_ value: NodeID, _ rule: String, _ unit: Unit) -> NodeID {
        rounded(
            value,
            YAMLNode(
                .scalar(text: rule, plain: true), at: SourcePosition(line: 1, column: 1),
                in: YAMLFile(name: "(programme)")), unit)
    }

    /// The words of a declared term: whether any holds. Unknown where nothing fills it.
    public func words(_ section: SectionDeclaration, _ path: String) -> Formula {
        let key = section.key + "." + path
        guard let term = section[path], let entry = inForce(key).first else {
            return formula(unfilled(key, .bool, label: section[path]?.label ?? section.label, owner: .member))
        }
        return formula(words(entry.node["is"] ?? entry.node, of: term.owner))
    }

    /// The words of a declared term, each by itself with its name and what it is called; none where nothing fills it.
    public func eachWord(_ section: SectionDeclaration, _ path: String) -> [(name: String, label: Label, Formula)] {
        guard let term = section[path], let entry = inForce(section.key + "." + path).first,
            entry.node.text != "none"
        else { return [] }
        let list = entry.node["is"] ?? entry.node
        return (list.items ?? [list]).compactMap { item in
            item.text.map { ($0, library.label(of: "define." + $0), formula(condition(item, of: term.owner))) }
        }
    }
}
