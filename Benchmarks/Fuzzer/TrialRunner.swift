import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu

/// What became of an input.
struct TrialOutcome {
    /// What was found.
    var findings: [Diagnostic] = []
    /// What was decided, where the input was accepted.
    var decided: [UInt8] = []
    /// What no input may lead to.
    var broken: [String] = []

    var isRefused: Bool { findings.contains { $0.severity == .error } }
}

/// A household of the corpus that cannot be read.
private struct NotRead: Error {}

/// Does with a changed file what the command would do, and a little more. Keeps the real policies that it has loaded.
struct TrialRunner {
    static let date = CalendarDate(iso: "2026-06-01") ?? .latest
    /// The most areas and days of which everything is compiled; of more a few are.
    private static let fullCheck = 12

    private let corpus: Corpus
    private let mutator: Mutator
    /// A folder for the files that are read from disk.
    private let scratch: String
    private var engines: [Int: Engine] = [:]

    init(_ corpus: Corpus, scratch: String) {
        self.corpus = corpus
        self.scratch = scratch
        mutator = Mutator(Vocabulary(corpus.texts))
    }

    /// The changed bytes of a trial. A decision is first made and written, and then changed.
    mutating func input(of trial: inout Trial) -> [UInt8] {
        guard trial.kind == .record else { return mutator.mutated(trial.original.bytes, &trial.seed) }
        return mutator.mutated(record(of: trial), &trial.seed)
    }

    /// Tries an input.
    mutating func run(_ trial: Trial, _ bytes: [UInt8]) -> TrialOutcome {
        var outcome = TrialOutcome()
        var seed = trial.seed
        switch trial.kind {
        case .policy:
            var files = corpus.jurisdictions[trial.place].files
            files[trial.target] = PolicyFile(path: trial.original.path, bytes: bytes)
            outcome.decided += PolicyFormat.format(bytes, file: trial.original.path).bytes ?? []
            load(files, of: corpus.jurisdictions[trial.place].path, &seed, &outcome)
        case .pack:
            let findings = Findings()
            if let pack = PolicyPack(reading: bytes, file: trial.original.path, findings) {
                if pack.bytes != bytes { outcome.broken.append("a pack that was read has other bytes") }
                load(pack.files, of: pack.jurisdiction, &seed, &outcome)
            }
            outcome.findings += findings.sorted
        case .household: readHousehold(trial, bytes, &outcome)
        case .test: runTests(trial, bytes, &outcome)
        case .record: replay(trial, bytes, &outcome)
        }
        outcome.broken += FindingRules(trial, bytes).broken(by: outcome.findings)
        return outcome
    }

    // MARK: Policies

    private func load(_ files: [PolicyFile], of path: String, _ seed: inout Seed, _ outcome: inout TrialOutcome) {
        let findings = Findings()
        let library = PolicyLibrary(
            files: files, jurisdiction: path, sections: Engine.sections(of: assistancePrograms), findings)
        let engine = Engine(library, programs: assistancePrograms)
        let points = library.turningPoints().sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
        if points.reduce(0, { $0 + $1.1.count }) <= Self.fullCheck, files.count < 24 || seed.chance(15) {
            let check = PolicyCheck(policies: corpus.root, programs: assistancePrograms, asOf: Self.date)
            findings.report(check.findings(of: library))
        }
        var policies: [CompiledPolicy] = []
        for _ in 0..<2 {
            let (area, days) = seed.pick(points) ?? (library.jurisdiction, [Self.date])
            let date = seed.pick(days) ?? Self.date
            let stage = seed.pick(Stage.allCases) ?? .application
            policies.append(engine.policy(area: area, date: date, stage: stage, findings))
        }
        outcome.findings += findings.sorted
        guard !outcome.isRefused else { return }
        var household = RandomHousehold(library.schema, library.areas.all.map(\.code), seed)
        let batch = household.batch(of: 2)
        for policy in policies {
            decide(batch, policy, engine, &outcome)
            let show = PolicyShow(library, area: policy.area, on: policy.date, root: corpus.root)
            outcome.decided += Array(show.overview.utf8)
        }
    }

    /// Assesses every household, writes it down, and compares it with the totals in bulk.
    private func decide(
        _ batch: FactBatch, _ policy: CompiledPolicy, _ engine: Engine, _ outcome: inout TrialOutcome
    ) {
        let assessor = Assessor(engine, policy, over: batch)
        let assessments = (0..<batch.count).map { assessor.assess(household: $0, explain: true) }
        let all = BulkAssessor(policy, over: batch).run()
        for (place, (plan, totals)) in zip(policy.plans, all).enumerated() {
            for (row, assessment) in assessments.enumerated() {
                let decision = assessment.determinations[place]
                if Totals.codes[Int(totals.status[row])] != decision.status {
                    outcome.broken.append("\(plan.program) is \(decision.status) alone, and not so in bulk")
                }
                for (number, benefit) in plan.benefits.enumerated() where decision.status != .ineligible {
                    guard let sum = decision.benefits.first(where: { $0.id == benefit.id })?.amount else { continue }
                    if totals.least[number][row] > sum.least.fen || totals.most[number][row] < sum.most.fen {
                        outcome.broken.append("\(plan.program), \(benefit.id): \(sum) alone, and less wide in bulk")
                    }
                }
                let missing = decision.missing + decision.standings.flatMap(\.missing)
                if missing.contains(where: { $0.path == "arithmetic" }) {
                    outcome.broken.append("\(plan.program) overflows in spite of the ranges of its nodes")
                }
            }
        }
        for assessment in assessments {
            let language = Language.allCases[Int(assessment.date.days & 1) % Language.allCases.count]
            outcome.decided += Array(AssessmentText(in: language).text(of: assessment).utf8)
        }
        outcome.decided += Array(AssessmentJSON.text(of: assessments, explains: true).utf8)
    }

    // MARK: Households, decisions

    private mutating func engine(of place: Int) -> Engine {
        if let known = engines[place] { return known }
        let files = corpus.jurisdictions[place]
        let library = PolicyLibrary(
            files: files.files, jurisdiction: files.path, sections: Engine.sections(of: assistancePrograms), Findings())
        let engine = Engine(library, programs: assistancePrograms)
        engines[place] = engine
        return engine
    }

    private mutating func readHousehold(_ trial: Trial, _ bytes: [UInt8], _ outcome: inout TrialOutcome) {
        let engine = engine(of: trial.place)
        guard let file = Self.households(PolicyFile(path: trial.original.path, bytes: bytes), engine, &outcome.findings)
        else { return }
        let areas = HouseholdAreas(engine.library, on: Self.date, file: trial.original.path)
            .areas(of: file.households, &outcome.findings)
        guard !outcome.isRefused else { return }
        // A file may hold thousands of copies of one household.
        for area in Set(areas.prefix(4)).sorted() {
            let policy = engine.policy(area: area, date: Self.date, stage: .application, Findings())
            let assessor = Assessor(engine, policy, over: file.batch)
            for row in areas.indices.prefix(4) where areas[row] == area {
                let assessment = assessor.assess(household: row, id: file.households[row].id, explain: true)
                outcome.decided += Array(AssessmentJSON.text(of: [assessment], explains: true).utf8)
            }
        }
    }

    /// The households of a file in JSON or YAML; nil where it is neither.
    private static func households(
        _ file: PolicyFile, _ engine: Engine, _ findings: inout [Diagnostic]
    ) -> HouseholdFile? {
        guard file.path.hasSuffix(".yaml") else {
            var tokens = JSONScanner(file.bytes, file: file.path)
            return HouseholdReader.read(
                &tokens, schema: engine.library.schema, date: date, file: file.path, findings: &findings)
        }
        let (root, problems) = YAMLReader.read(file.bytes, file: file.path)
        findings += problems
        guard let root else { return nil }
        var tokens = YAMLTokens(root)
        return HouseholdReader.read(
            &tokens, schema: engine.library.schema, date: date, file: file.path, findings: &findings)
    }

    /// The text of the decisions about a household, as the command would print it.
    private mutating func record(of trial: Trial) -> [UInt8] {
        let engine = engine(of: trial.place)
        var problems: [Diagnostic] = []
        guard let file = Self.households(trial.original, engine, &problems) else { return [] }
        let areas = HouseholdAreas(engine.library, on: Self.date, file: "").areas(of: file.households, &problems)
        let assessments = areas.enumerated().map { row, area in
            let policy = engine.policy(area: area, date: Self.date, stage: .application, Findings())
            return Assessor(engine, policy, over: file.batch)
                .assess(household: row, id: file.households[row].id, explain: true)
        }
        return Array(AssessmentJSON.text(of: assessments, explains: true).utf8)
    }

    private mutating func replay(_ trial: Trial, _ bytes: [UInt8], _ outcome: inout TrialOutcome) {
        let findings = Findings()
        let engine = engine(of: trial.place)
        let replay = Replay(engine)
        var problems: [Diagnostic] = []
        let records = RecordedAssessment.read(bytes, file: trial.original.path, findings)
        for (place, record) in records.prefix(4).enumerated() {
            let result = try? replay.run(record, at: place, file: "", Findings()) { _ in
                try Self.households(trial.original, engine, &problems) ?? { throw NotRead() }()
            }
            outcome.decided += Array("\(result.map { "\($0)" } ?? "not read")".utf8)
        }
        outcome.findings += findings.sorted
    }

    // MARK: Tests

    private func runTests(_ trial: Trial, _ bytes: [UInt8], _ outcome: inout TrialOutcome) {
        let folder = scratch + "/test"
        Disk.empty(folder)
        for file in corpus.tests[trial.place].beside { Disk.write(file.bytes, to: folder + "/" + file.path) }
        let path = folder + "/fuzz.test.yaml"
        Disk.write(bytes, to: path)
        let report = PolicyTester(policies: corpus.root, programs: assistancePrograms).run([path])
        outcome.findings += report.findings
        outcome.decided += Array(report.summary.joined(separator: "\n").utf8)
    }
}
