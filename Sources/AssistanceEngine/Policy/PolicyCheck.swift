import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Checks policy folders and packs: loads them, builds what they say for every area and every day on which it changes, and
/// collects everything that is wrong.
public struct PolicyCheck {
    private let root: String
    private let programs: [any AssistanceProgram]
    private let date: CalendarDate

    /// A check of policies.
    ///
    /// - Parameters:
    ///   - root: The folder of policies, for folders that do not lie in one themselves.
    ///   - programs: The programmes whose terms policy fills.
    ///   - date: The day for which unfilled terms are named.
    public init(policies root: String, programs: [any AssistanceProgram], asOf date: CalendarDate) {
        self.root = root
        self.programs = programs
        self.date = date
    }

    /// Checks jurisdictions as folders or packs, or a folder of policies with all of its jurisdictions.
    public func run(_ paths: [String]) -> PolicyCheckReport {
        let findings = Findings()
        var report = PolicyCheckReport(date: date, sections: Engine.sections(of: programs))
        for path in paths {
            let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            if !PolicyFiles.isFolder(path), !path.hasSuffix(PolicyPack.suffix) {
                findings.report(noPolicy(path, "there is no such folder"))
            } else if PolicyFiles.isFolder(path + "/china") {
                let names = PolicyFiles.names(in: path).filter {
                    PolicyFiles.isFolder(path + "/" + $0) && $0 != "china"
                }
                for name in names.isEmpty ? ["china"] : names { check(path + "/" + name, in: path, findings, &report) }
            } else {
                check(path, in: PolicyFolder.root(above: path) ?? root, findings, &report)
            }
        }
        report.findings = findings.sorted
        return report
    }

    /// The pack of a jurisdiction's folder; nil where anything is wrong with its policy, which goes to `findings`.
    public func pack(_ path: String, _ findings: Findings) -> PolicyPack? {
        let found = Findings()
        let top = PolicyFolder.root(above: path) ?? root
        guard PolicyFiles.isFolder(path), PolicyFolder.path(of: path, below: top) != nil,
            let loaded = PolicyFolder.load(path, in: top, sections: Engine.sections(of: programs), found)
        else {
            findings.report(noPolicy(path, "a folder such as Policies/heilongjiang was expected, below one with china"))
            return nil
        }
        _ = check(loaded.library, PolicyPlaces(loaded.library), found)
        // What could not be read again is no pack: a path or a size that the form does not allow.
        _ = found.hasErrors ? nil : PolicyPack(reading: loaded.library.pack.bytes, file: path, found)
        findings.report(found.sorted.map(loaded.shown))
        return found.hasErrors ? nil : loaded.library.pack
    }

    private func noPolicy(_ path: String, _ message: String) -> Diagnostic {
        Diagnostic(.noPolicy, file: path, at: SourcePosition(line: 1, column: 1), message)
    }

    // MARK: One jurisdiction

    private func check(_ folder: String, in root: String, _ findings: Findings, _ report: inout PolicyCheckReport) {
        let found = Findings()
        guard let loaded = PolicyFolder.load(folder, in: root, sections: Engine.sections(of: programs), found) else {
            return findings.report(found.sorted)
        }
        report.files.formUnion(loaded.library.pack.files.map { loaded.shown($0.path) })
        report.count(loaded.library)
        let places = PolicyPlaces(loaded.library)
        report.plans += check(loaded.library, places, found)
        for area in places.areas {
            let policy = build(loaded.library, area, date, .review, Findings())
            report.addUnfilled(
                policy.graph.gaps.map { ($0, policy.gapLabels[$0] ?? Label($0, $0)) }, area,
                of: loaded.library.pack.jurisdiction, loaded.library.areas)
        }
        findings.report(found.sorted.map(loaded.shown))
    }

    /// What is wrong with a policy that has been loaded, besides what its loading has found.
    public func findings(of library: PolicyLibrary) -> [Diagnostic] {
        let findings = Findings()
        _ = check(library, PolicyPlaces(library), findings)
        return findings.sorted
    }

    private func check(_ library: PolicyLibrary, _ places: PolicyPlaces, _ findings: Findings) -> Int {
        for situation in places.situations {
            for stage in Stage.allCases {
                let policy = build(library, situation.area, situation.date, stage, findings)
                // A review has every route of an application, and its own.
                if stage == .review { Self.warnOfContradictions(in: policy, findings) }
            }
        }
        requireTerms(library, places, findings)
        return places.situations.count * Stage.allCases.count
    }

    /// The policy of an area, day and stage, with every figure and word, whether anything uses it or not.
    private func build(
        _ library: PolicyLibrary, _ area: DivisionCode, _ date: CalendarDate, _ stage: Stage, _ findings: Findings
    ) -> CompiledPolicy {
        let context = PolicyContext(library, area: area, date: date, stage: stage, findings)
        let policy = CompiledPolicy(context, programs)
        for name in library.names(in: "figures") { _ = context.figure(name) }
        context.checkUnusedWords()
        return policy
    }

    /// The required terms of a section, and those of each key that its files have made.
    private func requiredPaths(_ section: SectionDeclaration, _ library: PolicyLibrary) -> [String] {
        let keys = Set(library.names(in: section.key).map { String($0.prefix { $0 != "." }) }).sorted()
        return section.terms.filter { $0.unfilled == .required }.flatMap { term in
            guard term.isOfOwnMaking else { return [term.path] }
            return keys.map { term.path.replacing("*", with: $0) }
        }
    }

    /// A required term that nothing fills is an error where what it belongs to is offered.
    private func requireTerms(_ library: PolicyLibrary, _ places: PolicyPlaces, _ findings: Findings) {
        for section in Engine.sections(of: programs) {
            for path in requiredPaths(section, library) {
                guard let term = section[path] else { continue }
                var lacking: [PolicyPlaces.Offer: (areas: [DivisionCode], from: CalendarDate)] = [:]
                for (area, date) in places.leaves {
                    let chain = area.chain
                    func inForce(_ path: String) -> [TermEntry] {
                        library.inForce(section.key(of: path), chain: chain, on: date, knownOn: nil)
                    }
                    guard inForce(path).isEmpty, let entry = section.offer(of: path, inForce) else { continue }
                    let place = PolicyPlaces.Offer(entry)
                    var known = lacking[place] ?? ([], date)
                    if !known.areas.contains(area) { known.areas.append(area) }
                    known.from = min(known.from, date)
                    lacking[place] = known
                }
                for (place, found) in lacking {
                    let names = found.areas.sorted().map { library.areas.name(of: $0) }
                    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
                    findings.report(
                        place.entry.node.error(
                            .unfilled,
                            "'\(section.key).\(path)' (\(term.label.chinese)) is required where this is offered, and nothing fills it for \(names.prefix(3).joined(separator: ", "))\(more) from \(found.from)"
                        ))
                }
            }
        }
    }
}

extension SectionDeclaration {
    /// The entry that offers what a term belongs to: of the route, standing or allowance above it, else of any term of
    /// the section. Nil where it is not offered.
    fileprivate func offer(of path: String, _ inForce: (String) -> [TermEntry]) -> TermEntry? {
        var above = path
        while let dot = above.lastIndex(of: ".") {
            above = String(above[..<dot])
            guard case .offer? = self[above]?.shape else { continue }
            return inForce(above).first.flatMap { $0.node.text == "none" ? nil : $0 }
        }
        for term in terms where !term.isOfOwnMaking {
            if let entry = inForce(term.path).first { return entry }
        }
        return nil
    }
}

/// The areas and days of a policy that have to be looked at.
struct PolicyPlaces {
    /// An area on a day.
    struct Situation: Hashable {
        let area: DivisionCode
        let date: CalendarDate
    }

    /// An entry that offers a route or standing, by its place.
    struct Offer: Hashable {
        let entry: TermEntry
        init(_ entry: TermEntry) { self.entry = entry }
        static func == (left: Offer, right: Offer) -> Bool { left.entry.node === right.entry.node }
        func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(entry.node)) }
    }

    /// One for each different set of entries in force.
    private(set) var situations: [Situation] = []
    /// The areas of the jurisdiction that have entries of their own, by code.
    private(set) var areas: [DivisionCode] = []
    /// Areas that have none below them, on every day on which anything changes for them.
    private(set) var leaves: [(area: DivisionCode, date: CalendarDate)] = []

    init(_ library: PolicyLibrary) {
        let points = library.turningPoints()
        let own = library.jurisdiction
        func days(_ area: DivisionCode) -> [CalendarDate] {
            area.chain.reduce(into: Set<CalendarDate>()) { $0.formUnion(points[$1] ?? []) }.sorted()
        }
        var seen: Set<[Key]> = []
        for area in points.keys.sorted() {
            for date in days(area) where seen.insert(Self.keys(library, area, date)).inserted {
                situations.append(Situation(area: area, date: date))
            }
        }
        areas = points.keys.filter { own.contains($0) }.sorted()
        let known = library.areas.all.map(\.code).filter { own.contains($0) && own != .nation }
        for area in known where !known.contains(where: { $0 != area && area.contains($0) }) {
            for date in days(area) where library.areas[area]?.exists(on: date) ?? true { leaves.append((area, date)) }
        }
    }

    private struct Key: Hashable {
        let term: Int
        let node: ObjectIdentifier
    }

    /// What is in force for an area on a day, the nearest first.
    private static func keys(_ library: PolicyLibrary, _ area: DivisionCode, _ date: CalendarDate) -> [Key] {
        let chain = area.chain
        return library.decisiveKeys.enumerated().flatMap { place, key in
            library.inForce(key, chain: chain, on: date, knownOn: nil).map {
                Key(term: place, node: ObjectIdentifier($0.node))
            }
        }
    }
}
