import AssistanceCore
import AssistancePolicy

/// Runs policy tests (`*.test.yaml`): households and what a policy must decide about them.
///
/// The form of the files is described in `docs/policy-tests.md`. Keeps what it has loaded; not safe to share between
/// threads.
public final class PolicyTester {
    /// A policy that tests ask.
    private struct Subject {
        let library: PolicyLibrary
        /// Whether nothing is wrong with its files.
        let isUsable: Bool
        let folder: PolicyFolder
        let key: String
    }

    /// The programmes of a run over a policy.
    private struct Run: Hashable {
        let folder: String
        let programs: Set<String>
    }

    private struct Plan: Hashable {
        let run: Run
        let area: DivisionCode
        let date: CalendarDate
        let knownOn: CalendarDate?
        let stage: Stage
    }

    private struct Place: Hashable {
        let file: String
        let position: SourcePosition
        let code: DiagnosticCode

        init(_ finding: Diagnostic) {
            (file, position, code) = (finding.file, finding.position, finding.code)
        }
    }

    private let root: String
    private let programs: [any AssistanceProgram]
    private var subjects: [String: Subject] = [:]
    private var engines: [Run: Engine] = [:]
    private var usable: [Plan: Bool] = [:]
    private let findings = Findings()
    private var places: Set<Place> = []
    private var report = PolicyTestReport()

    /// A tester of the policies below a folder, with the programmes they fill.
    public init(policies root: String, programs: [any AssistanceProgram]) {
        self.root = root
        self.programs = programs
    }

    /// Runs all test files that the paths name, and all below the folders that they name.
    public func run(_ paths: [String]) -> PolicyTestReport {
        report = PolicyTestReport()
        for path in paths {
            let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            if PolicyFiles.isFolder(path) {
                PolicyFiles.tests(below: path).forEach(runFile)
            } else {
                runFile(path)
            }
        }
        report.findings = findings.sorted
        return report
    }

    private func runFile(_ path: String) {
        report.files.append(path)
        guard path.hasSuffix(".test.yaml") else {
            return findings.report(
                Diagnostic(
                    .notATestFile, file: path, at: SourcePosition(line: 1, column: 1),
                    "a folder, or a file whose name ends in .test.yaml, was expected"))
        }
        guard let bytes = PolicyFiles.read(path) else {
            return findings.report(
                Diagnostic(
                    .unreadableFile, file: path, at: SourcePosition(line: 1, column: 1), "the file cannot be read"))
        }
        let file = PolicyTestFile(path: path, bytes: bytes, findings)
        guard let folder = folder(of: file), let subject = subject(folder) else { return }
        for one in file.cases {
            let differences = run(one, of: file, subject)
            if differences.isEmpty {
                report.passed += 1
            } else {
                report.failures.append(
                    PolicyTestReport.Failure(
                        file: path, line: one.node.position.line, name: one.name, differences: differences))
            }
        }
    }

    // MARK: The policy

    /// The folder of the policy that a file tests: its own, or the one it names.
    private func folder(of file: PolicyTestFile) -> String? {
        let own = file.path.lastIndex(of: "/").map { String(file.path[..<$0]) } ?? "."
        guard let node = file.policy else { return own }
        if node.cut { return nil }
        guard let text = node.text, !text.isEmpty else {
            findings.report(node.error(.wrongShape, "'policy' is the path of a folder"))
            return nil
        }
        if text == "." { return own }
        let isPack = text.hasSuffix(PolicyPack.suffix)
        for path in [own + "/" + text, root + "/" + text]
        where PolicyFiles.isFolder(path) || isPack && PolicyFiles.resolved(path) != nil { return path }
        findings.report(
            node.error(
                .badValue, "there is no such \(isPack ? "pack" : "folder"), neither beside this file nor in \(root)"))
        return nil
    }

    /// The policy of a pack; or of a folder, with all above it where it lies among the policies, else with the nation's
    /// alone. Nil where a pack cannot be read.
    private func subject(_ folder: String) -> Subject? {
        let key = PolicyFiles.resolved(folder) ?? folder
        if let known = subjects[key] { return known }
        let found = Findings()
        guard let loaded = PolicyFolder.load(folder, in: root, sections: Engine.sections(of: programs), found) else {
            findings.report(found.sorted)
            return nil
        }
        report(found, loaded)
        let subject = Subject(library: loaded.library, isUsable: !found.hasErrors, folder: loaded, key: key)
        subjects[key] = subject
        return subject
    }

    /// Takes over what is wrong; what is merely doubtful is for `policy check`.
    private func report(_ found: Findings, _ folder: PolicyFolder) {
        findings.report(found.sorted.filter { $0.severity == .error }.map(folder.shown))
    }

    // MARK: One case

    /// What differs from what the case expects; nothing where it passes.
    private func run(_ one: PolicyTestCase, of file: PolicyTestFile, _ subject: Subject) -> [String] {
        guard subject.isUsable else { return ["the policy has errors"] }
        guard let (asked, run) = programs(of: one, subject) else { return ["the case has errors"] }
        var mistakes: [Diagnostic] = []
        var tokens = YAMLTokens(one.household)
        let household = HouseholdReader.read(
            &tokens, schema: subject.library.schema, date: one.date, file: file.path, findings: &mistakes)
        // A mistake in the defaults is every member's and every case's, and is said once.
        for mistake in mistakes where places.insert(Place(mistake)).inserted { findings.report(mistake) }
        guard !mistakes.contains(where: { $0.severity == .error }), let header = household.households.first else {
            return ["the household has errors"]
        }
        guard let area = area(header.area, one, subject) else { return ["the case has errors"] }
        if let term = one.term {
            let found = Findings()
            let context = PolicyContext(
                subject.library, area: area, date: one.date, knownOn: one.knownOn, stage: one.stage, found)
            for program in programs { context.declare(program, isInRun: false) }
            let differences = term.run(in: context, over: household.batch, findings)
            report(found, subject.folder)
            return differences
        }
        let engine = engines[run] ?? Engine(subject.library, programs: programs, run: run.programs)
        engines[run] = engine
        guard let policy = policy(area, one, run, engine, subject) else { return ["the policy has errors"] }
        let assessor = Assessor(engine, policy, over: household.batch)
        let assessment = assessor.assess(household: 0, knownOn: one.knownOn, explain: false)
        guard let outcome = PolicyTestOutcome(assessment, program: asked, assessor) else {
            findings.report(
                (one.program ?? one.node).error(
                    .noPolicy, "no term of '\(asked)' is filled for \(assessment.areaName) on \(one.date)"))
            return ["the case has errors"]
        }
        return differences(one, outcome)
    }

    /// The programme that is asked, and those of the run; nil where one of them is unknown.
    private func programs(of one: PolicyTestCase, _ subject: Subject) -> (asked: String, run: Run)? {
        let known = programs.map(\.id)
        func id(_ node: YAMLNode) -> String? {
            let text = node.text ?? ""
            // A programme may have plans of its own below its id: allowances.old-age.
            if known.contains(String(text.prefix { $0 != "." })) { return text }
            findings.report(
                node.error(
                    .unknownName, "there is no programme '\(text)'", suggestion: closestName(to: text, among: known)))
            return nil
        }
        let listed = one.programs.map { ($0.items ?? [$0]).map(id) } ?? []
        let asked = one.program.map(id) ?? known.first
        guard let asked, !listed.contains(nil) else { return nil }
        let run = Set((listed.compactMap { $0 } + [asked]).map { String($0.prefix { $0 != "." }) })
        return (asked, Run(folder: subject.key, programs: run))
    }

    private func area(_ given: DivisionCode?, _ one: PolicyTestCase, _ subject: Subject) -> DivisionCode? {
        let library = subject.library
        let area = given ?? library.jurisdiction
        let place = one.household["area"] ?? one.node
        guard library.jurisdiction.contains(area) else {
            findings.report(
                place.error(
                    .areaOutsidePolicy,
                    "\(area.text) does not lie in \(library.areas.fullName(of: library.jurisdiction))"))
            return nil
        }
        guard library.areas[area] != nil || area == .nation else {
            findings.report(place.error(.unknownArea, "no areas.yaml has the area \(area.text)"))
            return nil
        }
        if let objection = library.areas.objection(to: area, on: one.date) {
            findings.report(place.error(.areaNotInUse, objection))
            return nil
        }
        guard library.hasPolicy(for: area, on: one.date, knownOn: one.knownOn) else {
            findings.report(
                one.dateNode.error(.noPolicy, "no policy of \(library.areas.name(of: area)) is in force on \(one.date)")
            )
            return nil
        }
        return area
    }

    private func policy(
        _ area: DivisionCode, _ one: PolicyTestCase, _ run: Run, _ engine: Engine, _ subject: Subject
    ) -> CompiledPolicy? {
        let found = Findings()
        let policy = engine.policy(area: area, date: one.date, knownOn: one.knownOn, stage: one.stage, found)
        let plan = Plan(run: run, area: area, date: one.date, knownOn: one.knownOn, stage: one.stage)
        if usable[plan] == nil {
            usable[plan] = !found.hasErrors
            report(found, subject.folder)
        }
        return usable[plan] == true ? policy : nil
    }

    private func differences(_ one: PolicyTestCase, _ outcome: PolicyTestOutcome) -> [String] {
        var lines: [String] = []
        for expectation in one.expectations {
            switch expectation.compare(outcome) {
            case .met: break
            case .differs(let expected, let found):
                let why = expectation.name == "status" ? reason(outcome.decision) : ""
                lines.append("\(expectation.name): expected \(expected), found \(found)\(why)")
            case .unknown(let what, let name, let known):
                let nearest = closestName(to: name, among: known)
                let all = nearest == nil ? "; there are " + known.sorted().joined(separator: ", ") : ""
                findings.report(
                    expectation.node.error(
                        .unknownName, "there is no \(what) '\(name)' here\(all)", suggestion: nearest))
                lines.append("\(expectation.name): there is no such \(what)")
            case .unfit(let message):
                findings.report(expectation.node.error(.badValue, message))
                lines.append("\(expectation.name): written in the wrong form")
            }
        }
        return lines
    }

    /// Why the status is what it is, beside a difference of status.
    private func reason(_ decision: Determination) -> String {
        switch decision.status {
        case .eligible: " (route \(decision.routes.first { $0.isTaken }?.id ?? "none"))"
        case .ineligible: " (fails: \(decision.reasons.map(\.id).joined(separator: ", ")))"
        case .undetermined: " (missing: \(decision.missing.map(\.path).joined(separator: ", ")))"
        }
    }
}
