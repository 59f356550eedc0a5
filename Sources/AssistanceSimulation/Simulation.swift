import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Decides the same households under two policies and adds up what differs (改革测算).
public struct Simulation: Sendable {
    /// So many households are in memory for each core at a time.
    private static let chunk = 8_192

    private let parts: [PopulationPart]
    private let empty: SimulationResult
    /// Of each area of the result the two policies, and what they share.
    private let pairs: [PolicyPair]
    /// For each part the place of its area.
    private let placeOfPart: [Int]

    /// Compiles both policies for the areas of a population; nil where anything is wrong with one of them, which goes to
    /// `findings`, as does a reform that changes nothing there on the day.
    ///
    /// - Parameters:
    ///   - baseline: What holds.
    ///   - reform: The same policy with a reform laid over it, or any other.
    ///   - date: The day on which all apply under the reform.
    ///   - before: The day on which they apply under what holds; the same without it.
    public init?(
        _ baseline: Engine, _ reform: Engine, over parts: [PopulationPart], on date: CalendarDate,
        before: CalendarDate? = nil, _ findings: Findings
    ) {
        let areas = Set(parts.map(\.area)).sorted()
        let found = Findings()
        Self.checkEffect(of: reform.library, areas, date, found)
        var pairs: [PolicyPair] = []
        for area in areas where !found.hasErrors {
            let held = baseline.policy(area: area, date: before ?? date, stage: .application, found)
            let proposed = reform.policy(area: area, date: date, stage: .application, found)
            pairs.append(PolicyPair(held, proposed))
        }
        findings.report(found.sorted)
        guard !found.hasErrors else { return nil }
        let programs = Self.programs(of: pairs)
        for place in pairs.indices { pairs[place].number(programs) }
        var empty = SimulationResult(
            date: date, places: areas.map { .init(code: $0, name: baseline.library.areas.name(of: $0)) },
            programs: programs)
        empty.changedPlaces = Set(pairs.indices.filter { pairs[$0].isChanged })
        self.empty = empty
        self.pairs = pairs
        self.parts = parts
        placeOfPart = parts.map { part in areas.firstIndex(of: part.area) ?? 0 }
    }

    /// An entry of a reform that is in force nowhere on the day is likely a slip; where none is, nothing would change.
    private static func checkEffect(
        of library: PolicyLibrary, _ areas: [DivisionCode], _ date: CalendarDate, _ findings: Findings
    ) {
        let entries = library.reformEntries
        let idle = entries.filter { entry in
            !areas.contains { area in
                library.inForce(entry.key, chain: area.chain, on: date, knownOn: nil).contains {
                    $0.node === entry.node
                }
            }
        }
        for entry in idle {
            var finding = entry.node.error(
                .nothingReformed,
                "'\(entry.key)' from \(entry.from) is not in force on \(date) in any area of the simulation")
            if idle.count < entries.count { finding.severity = .warning }
            findings.report(finding)
        }
        for entry in entries where !RuleText.isList(entry.node) {
            warnWhereNearer(entry, library, areas, date, findings)
        }
    }

    /// What a reform says for a province does not reach a county that says something itself.
    private static func warnWhereNearer(
        _ entry: TermEntry, _ library: PolicyLibrary, _ areas: [DivisionCode], _ date: CalendarDate,
        _ findings: Findings
    ) {
        func held(_ area: DivisionCode) -> [TermEntry] {
            library.inForce(entry.key, chain: area.chain, on: date, knownOn: nil)
        }
        let reached = areas.filter { held($0).contains { $0.node === entry.node } }
        let kept = reached.filter { held($0).first?.node.file !== entry.node.file }
        guard let first = kept.first, let nearer = held(first).first else { return }
        var finding = entry.node.error(
            .nothingReformed,
            "in \(kept.count) of the \(reached.count) areas for which '\(entry.key)' is given, what is nearer goes on, as in \(library.areas.named(first)) (\(nearer.node.file.name):\(nearer.node.position.line)); write it for those areas where it is to hold there"
        )
        finding.severity = .warning
        findings.report(finding)
    }

    /// The programmes of all areas, in the order in which they are met first.
    private static func programs(of pairs: [PolicyPair]) -> [SimulationResult.Program] {
        var seen: Set<String> = []
        return pairs.flatMap { $0.baseline.plans + $0.reform.plans }.compactMap { plan in
            seen.insert(plan.program).inserted ? .init(id: plan.program, label: plan.label) : nil
        }
    }

    /// Decides every household under both policies, on as many cores as there are.
    public func run() async -> SimulationResult {
        let work = WorkList(parts.map(\.households), chunk: Self.chunk)
        let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        return await withTaskGroup(of: SimulationResult.self) { group in
            for _ in 0..<cores {
                group.addTask {
                    var result = empty
                    while let (part, range) = work.next() {
                        let place = placeOfPart[part]
                        pairs[place].count(parts[part].batch(range), in: place, &result)
                    }
                    return result
                }
            }
            return await group.reduce(into: empty) { $0.add($1) }
        }
    }
}

/// What is left to do: stretches of the parts of a population, each handed out once.
private final class WorkList: Sendable {
    private let counts: [Int]
    private let chunk: Int
    private let place = Mutex((part: 0, first: 0))

    init(_ counts: [Int], chunk: Int) {
        self.counts = counts
        self.chunk = chunk
    }

    func next() -> (part: Int, range: Range<Int>)? {
        place.withLock { place in
            while counts.indices.contains(place.part) {
                let (part, first) = place
                let end = min(first + chunk, counts[part])
                place = end < counts[part] ? (part, end) : (part + 1, 0)
                if first < end { return (part, first..<end) }
            }
            return nil
        }
    }
}
