import AssistanceCore
import AssistancePolicy

/// What differs between two policies, or between two days of one (政策比较): each term and area with what it said and
/// says, since when and by which document.
///
/// Rules, days and sources are compared; what things are called is not.
public struct PolicyDiff: Sendable {
    /// What one policy says of a term for an area.
    public struct Entry: Sendable {
        /// The rule in short lines.
        public let rule: [String]
        /// The first day on which it is in force.
        public let from: CalendarDate
        /// The day on which it ends, where it does.
        public let until: CalendarDate?
        /// The document and article.
        public let citation: Citation?
        /// `Policies/heilongjiang/standard.yaml:22`
        public let place: String
    }

    /// A term that differs, for all areas that share the entries.
    public struct Change: Sendable {
        /// The areas whose term it is, by code, with their names.
        public fileprivate(set) var areas: [(code: DivisionCode, name: String)]
        /// The term: `figures.standard`.
        public let term: String
        /// What it is called.
        public let label: Label
        /// What held before; nil where nothing did.
        public let old: Entry?
        /// What holds now; nil where nothing does.
        public let new: Entry?
        /// Whether the new one is laid over the old one, so that what it does not name goes on.
        var isLaidOver = false

        /// What differs in the rule, line by line.
        public var lines: [RuleLineChange] {
            let lines = RuleLineChange.between(old?.rule ?? [], new?.rule ?? [])
            return isLaidOver ? lines.filter { $0.new != nil } : lines
        }
    }

    /// What differs, by area, term and day.
    public let changes: [Change]

    /// Compares all that two policies ever say.
    ///
    /// An entry that only the new one has is set against what the old one says for its first day, and the other way round.
    ///
    /// - Parameters:
    ///   - area: Only this area and those above it; nil for all.
    public init(_ old: PolicySide, _ new: PolicySide, area: DivisionCode? = nil) {
        let comparison = PolicyComparison(old, new)
        changes = Self.merged(
            comparison.places(area).flatMap { area in comparison.keys.flatMap { comparison.histories($0, area) } })
    }

    /// Compares what one policy says on two days.
    ///
    /// - Parameters:
    ///   - area: What is in force for this area, from wherever it comes; nil for each area's own entries.
    public init(_ policy: PolicySide, from: CalendarDate, to: CalendarDate, area: DivisionCode? = nil) {
        let comparison = PolicyComparison(policy, policy)
        if let area {
            changes = comparison.keys.flatMap { comparison.inForce($0, area, from, to) }
        } else {
            changes = Self.merged(
                comparison.places(nil).flatMap { area in comparison.keys.flatMap { comparison.own($0, area, from, to) }
                })
        }
    }

    /// What a reform changes of the policy that it is laid over: each of its entries, with what else is in force for the
    /// first of its areas on a day.
    public init(reformIn policy: PolicySide, on date: CalendarDate) {
        let library = policy.library
        changes = library.reformEntries.map { entry in
            let chain = entry.areas.first?.chain ?? []
            let held = library.inForce(entry.key, chain: chain, on: date, knownOn: nil).first {
                $0.node.file !== entry.node.file
            }
            return Change(
                areas: entry.areas.map { ($0, library.areas.name(of: $0)) }, term: entry.key,
                label: library.label(of: entry.key), old: held.map(policy.entry), new: policy.entry(entry),
                isLaidOver: true)
        }
    }

    /// One file may speak for many areas: what is the same for all of them is one change.
    private static func merged(_ changes: [Change]) -> [Change] {
        var result: [Change] = []
        var places: [[String?]: Int] = [:]
        for change in changes {
            let key = [change.term, change.old?.place, change.new?.place]
            if let place = places[key] {
                result[place].areas += change.areas
            } else {
                places[key] = result.count
                result.append(change)
            }
        }
        func order(_ change: Change) -> [DivisionCode] { change.areas.map(\.code) }
        return result.enumerated().sorted { left, right in
            let (a, b) = (order(left.element), order(right.element))
            return a == b ? left.offset < right.offset : a.lexicographicallyPrecedes(b)
        }.map(\.element)
    }
}

/// One of the two policies that are compared, loaded.
public struct PolicySide: Sendable {
    /// What it says.
    public let library: PolicyLibrary
    private let shown: @Sendable (String) -> String

    /// A policy that is loaded already.
    ///
    /// - Parameters:
    ///   - prefix: What stands before the paths of its files: the folder of policies, or the pack; empty for nothing.
    ///   - reform: The file that is laid over it, which is named from elsewhere.
    public init(_ library: PolicyLibrary, prefix: String, reform: String? = nil) {
        self.library = library
        shown = { prefix.isEmpty || prefix == "." || $0 == reform ? $0 : prefix + "/" + $0 }
    }

    /// Loads what a path names: a pack, a folder of policies with all of its jurisdictions, or one jurisdiction. Nil
    /// where that is none; what is wrong with it goes to `findings`.
    ///
    /// - Parameter root: The folder of policies with the nation's, for folders that do not lie in one themselves.
    public init?(
        _ path: String, in root: String, programs: [any AssistanceProgram], _ findings: Findings
    ) {
        let found = Findings()
        guard let folder = PolicyFolder.named(path, in: root, sections: Engine.sections(of: programs), found) else {
            findings.report(found.sorted)
            return nil
        }
        findings.report(found.sorted.map(folder.shown))
        library = folder.library
        shown = { folder.shown($0) }
    }

    fileprivate func entry(_ entry: TermEntry) -> PolicyDiff.Entry {
        PolicyDiff.Entry(
            rule: library.rule(of: entry), from: entry.from, until: entry.until, citation: entry.citation,
            place: "\(shown(entry.node.file.name)):\(entry.node.position.line)")
    }
}

/// Finds what differs in single terms.
private struct PolicyComparison {
    let old: PolicySide
    let new: PolicySide
    /// The terms that either fills, in alphabetical order.
    let keys: [String]

    init(_ old: PolicySide, _ new: PolicySide) {
        self.old = old
        self.new = new
        keys = Set(old.library.filledKeys + new.library.filledKeys).sorted()
    }

    /// The areas with entries, by code; of an area only it and those above.
    func places(_ area: DivisionCode?) -> [DivisionCode] {
        let all = Set(
            keys.flatMap { Array(old.library.history(of: $0).keys) + Array(new.library.history(of: $0).keys) })
        return all.filter { area?.chain.contains($0) ?? true }.sorted()
    }

    func histories(_ key: String, _ area: DivisionCode) -> [PolicyDiff.Change] {
        let before = old.library.history(of: key)[area] ?? []
        let after = new.library.history(of: key)[area] ?? []
        return Set((before + after).map(\.from)).sorted().compactMap { day in
            let own = (before.first { $0.from == day }, after.first { $0.from == day })
            if own.0 == nil || own.1 == nil {
                return change(
                    key, area, own.0 ?? inForce(old, key, [area], day).first,
                    own.1 ?? inForce(new, key, [area], day).first)
            }
            return change(key, area, own.0, own.1, comparesEnds: true)
        }
    }

    func own(_ key: String, _ area: DivisionCode, _ from: CalendarDate, _ to: CalendarDate) -> [PolicyDiff.Change] {
        let change = change(
            key, area, inForce(old, key, [area], from).first, inForce(new, key, [area], to).first)
        return change.map { [$0] } ?? []
    }

    /// What holds for an area: the nearest entry, and of lists that lower files amend all of them.
    func inForce(_ key: String, _ area: DivisionCode, _ from: CalendarDate, _ to: CalendarDate) -> [PolicyDiff.Change] {
        let (before, after) = (inForce(old, key, area.chain, from), inForce(new, key, area.chain, to))
        guard (before + after).contains(where: { RuleText.isList($0.node) }) else {
            return change(key, area, before.first, after.first).map { [$0] } ?? []
        }
        return area.chain.reversed().flatMap { own(key, $0, from, to) }
    }

    private func inForce(_ side: PolicySide, _ key: String, _ chain: [DivisionCode], _ day: CalendarDate) -> [TermEntry]
    {
        side.library.inForce(key, chain: chain, on: day, knownOn: nil)
    }

    /// The change from one entry to another; nil where they say the same.
    private func change(
        _ key: String, _ area: DivisionCode, _ before: TermEntry?, _ after: TermEntry?, comparesEnds: Bool = false
    ) -> PolicyDiff.Change? {
        if before == nil, after == nil { return nil }
        if let before, let after {
            let isSame =
                old.library.rule(of: before) == new.library.rule(of: after) && before.citation == after.citation
                && (!comparesEnds || before.until == after.until)
            if isSame { return nil }
        }
        let library = after == nil ? old.library : new.library
        return PolicyDiff.Change(
            areas: [(area, library.areas.name(of: area))], term: key, label: library.label(of: key),
            old: before.map(old.entry), new: after.map(new.entry))
    }
}
