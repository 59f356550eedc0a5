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
///
/// The policies of an area are compiled when its first household comes. May be shared between threads.
public final class Simulation: Sendable {
    /// Why nothing can be said: what is wrong with either policy, or with what the reform names.
    public struct Failure: Error, Sendable {
        /// The errors.
        public let findings: [Diagnostic]
    }

    /// So many households of a population are in memory for each core at a time.
    private static let chunk = 8_192

    private let baseline: Engine
    private let reform: Engine
    private let date: CalendarDate
    private let before: CalendarDate
    private let stage: Stage
    private let pairs = Mutex<[DivisionCode: PolicyPair]>([:])

    /// A simulation of two policies.
    ///
    /// - Parameters:
    ///   - baseline: What holds.
    ///   - reform: The same policy with a reform laid over it, or any other.
    ///   - date: The day on which all apply under the reform.
    ///   - before: The day on which they apply under what holds; the same without it.
    ///   - stage: Whether all apply for the first time, or the grants that run are reviewed.
    public init(
        _ baseline: Engine, _ reform: Engine, on date: CalendarDate, before: CalendarDate? = nil,
        stage: Stage = .application
    ) {
        (self.baseline, self.reform, self.date, self.stage) = (baseline, reform, date, stage)
        self.before = before ?? date
    }

    // MARK: Any households

    /// Decides households of an area under both policies.
    public func count(_ batch: FactBatch, in area: DivisionCode) throws(Failure) -> SimulationTally {
        SimulationTally(try pair(of: area).count(batch), in: area)
    }

    /// What was counted, in words. Warnings about the reform go to `findings`: what of it reaches nobody.
    public func result(of tally: SimulationTally, _ findings: Findings) throws(Failure) -> SimulationResult {
        try checkEffect(in: tally.areas.keys.sorted(), findings)
        return try result(of: tally)
    }

    private func result(of tally: SimulationTally) throws(Failure) -> SimulationResult {
        var areas: [SimulationResult.Counted] = []
        for (area, tally) in tally.areas.sorted(by: { $0.key < $1.key }) {
            let pair = try pair(of: area)
            areas.append(
                SimulationResult.Counted(
                    place: .init(code: area, name: baseline.library.areas.name(of: area)), programs: pair.programs,
                    isChanged: pair.isChanged, tally: tally))
        }
        return SimulationResult(date: date, areas)
    }

    private func pair(of area: DivisionCode) throws(Failure) -> PolicyPair {
        if let known = pairs.withLock({ $0[area] }) { return known }
        let found = Findings()
        let pair = PolicyPair(
            baseline.policy(area: area, date: before, stage: stage, found),
            reform.policy(area: area, date: date, stage: stage, found))
        guard !found.hasErrors else { throw Failure(findings: found.sorted.filter { $0.severity == .error }) }
        pairs.withLock { $0[area] = pair }
        return pair
    }

    // MARK: A population

    /// Decides every household of a population under both policies, on as many cores as there are. Where a policy is wrong
    /// in any area of it, every mistake is named and nothing is decided.
    public func run(over parts: [PopulationPart], _ findings: Findings) async throws(Failure) -> SimulationResult {
        let areas = Set(parts.map(\.area)).sorted()
        try checkEffect(in: areas, findings)
        var wrong: [Diagnostic] = []
        var sum = SimulationTally()
        for area in areas {
            do throws(Failure) {
                // An area that nobody lives in stands in the tables as well.
                sum.areas[area] = AreaTally(try pair(of: area))
            } catch {
                wrong += error.findings
            }
        }
        guard wrong.isEmpty else {
            let found = Findings()
            found.report(wrong)
            throw Failure(findings: found.sorted)
        }
        let work = WorkList(parts.map(\.households), chunk: Self.chunk)
        let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let tallies = await withTaskGroup(of: Result<SimulationTally, Failure>.self) { group in
            for _ in 0..<cores {
                group.addTask {
                    Result { () throws(Failure) in
                        var tally = SimulationTally()
                        while let (part, range) = work.next() {
                            tally += try self.count(parts[part].batch(range), in: parts[part].area)
                        }
                        return tally
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for tally in tallies { sum += try tally.get() }
        return try result(of: sum)
    }

    // MARK: What a reform reaches

    /// An entry of a reform that is in force nowhere on the day is likely a slip; where none is, nothing would change.
    private func checkEffect(in areas: [DivisionCode], _ findings: Findings) throws(Failure) {
        let library = reform.library
        let entries = library.reformEntries
        let found = Findings()
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
            found.report(finding)
        }
        guard !found.hasErrors else { throw Failure(findings: found.sorted) }
        for entry in entries where !RuleText.isList(entry.node) { warnWhereNearer(entry, areas, found) }
        findings.report(found.sorted)
    }

    /// What a reform says for a province does not reach a county that says something itself.
    private func warnWhereNearer(_ entry: TermEntry, _ areas: [DivisionCode], _ findings: Findings) {
        let library = reform.library
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
