import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistanceExchange
import AssistancePlugins
import AssistancePolicy
import AssistanceStorage
import AssistanceVerification

/// `jiuzhu verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare what households declare with what registries hold, and say what that changes.",
        discussion: """
            HOUSEHOLD is a household file, as `jiuzhu assess` reads it; with --output it is a file of many households, as \
            `jiuzhu batch` reads it, and what comes out is one verification in JSON a line.

            A registry is asked only about members who have authorised it: AUTHORISED is a table in CSV with the columns \
            household,member,citizen_number,name,from,until, where member counts from 1 and the day of verification has \
            to lie within the period. About everybody else nothing is asked, and the result says so.

              jiuzhu verify family.yaml --policy heilongjiang --authorised families.csv --extract public-security=vehicles.csv

            \(ExitStatus.help)
              5   done, but for the households in the rejects file
            """)

    @Argument(help: "A household file in JSON or YAML, or a file of many households.", completion: .file())
    var household: String

    @OptionGroup var policy: PolicyOptions

    @Option(
        help: ArgumentHelp("Who may be asked about: a table in CSV.", valueName: "file"), completion: .file())
    var authorised: String

    @Option(
        help: ArgumentHelp(
            """
            A data source of a plugin by its id, with its setting where it takes one, such as \
            vehicle-registry=extract.csv; may be repeated.
            """, valueName: "id=setting"))
    var source: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            A table that a department has sent, in CSV or SQLite, with the department's id before it, as \
            'jiuzhu policy departments' lists it; docs/verification.md has the form. May be repeated.
            """, valueName: "department=file"))
    var extract: [String] = []

    @Option(help: "A first application, or the review of a running grant.")
    var stage: Stage = .application

    @Option(
        name: .shortAndLong, help: "Where the verifications of a file of many households go, in JSON Lines.",
        completion: .file())
    var output: String?

    @OptionGroup var result: ResultOptions

    @OptionGroup var reading: HouseholdFileOptions

    func validate() throws {
        guard !source.isEmpty || !extract.isEmpty else {
            throw ValidationError("there is nobody to ask; name a --source or an --extract")
        }
        for text in extract where Self.divided(text).1?.isEmpty ?? true {
            throw ValidationError("an --extract is written as DEPARTMENT=FILE, and '\(text)' is not")
        }
    }

    func run() async throws {
        let source = try PolicySource.named(policy.policy, in: policy.folder)
        let engine = try source.engine()
        try await Exchange.run(source) {
            do {
                let verifier = try verifier(over: engine)
                if let output {
                    try await verifyAll(verifier, engine, to: output)
                } else {
                    try verifyOne(verifier, engine, source)
                }
            } catch let problem as SourceProblem {
                Console.complain("jiuzhu: error: \(problem.message)")
                throw ExitStatus.badPolicy
            }
        }
    }

    // MARK: Registries

    private func verifier(over engine: Engine) throws -> Verifier {
        let schema = engine.library.schema
        var sources: [any DataSource] = []
        let known = try source.isEmpty ? [] : policy.folder.plugins.set().sources
        for text in source {
            let (id, setting) = Self.divided(text)
            guard let found = known.first(where: { $0.id == id }) else {
                let hint = closestName(to: id, among: known.map(\.id)).map { "; did you mean '\($0)'?" } ?? ""
                throw SourceProblem("no --plugin has a data source '\(id)'\(hint)")
            }
            sources.append(try found.open(setting, schema: schema))
        }
        let departments = engine.library.departments(area: engine.library.jurisdiction, on: policy.day)
        for text in extract {
            let (id, path) = Self.divided(text)
            if let objection = departments.objection(to: id) { throw SourceProblem("--extract: " + objection) }
            guard let path, let department = departments[id: id] else { continue }
            let name = path.split(separator: "/").last.map(String.init) ?? path
            sources.append(
                try SourceExtract(
                    BatchRun.File(path, ExchangeFormat(path: path) == .sqlite ? .sqlite : .csv), id: name,
                    label: Label(name, name), department: department, schema: schema))
        }
        return try Verifier(engine, sources: sources, authorisations: AuthorisationFile.read(authorised))
    }

    /// A text up to its first `=`, and what stands behind that; nil where there is none.
    private static func divided(_ text: String) -> (String, String?) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts.first.map(String.init) ?? text, parts.count == 2 ? parts.last.map(String.init) : nil)
    }

    // MARK: Households

    private func verifyOne(_ verifier: Verifier, _ engine: Engine, _ source: PolicySource) throws {
        let date = policy.day
        let input = try HouseholdInput.required(
            InputFile(household), as: reading.format(of: household), schema: engine.library.schema, on: date)
        let areas = try HouseholdInput.areas(of: input, engine, on: date, household)
        let findings = Findings()
        var json = JSONWriter(.pretty)
        json.beginArray()
        for (row, area) in areas.enumerated() {
            let compiled = engine.policy(
                area: area, date: date, knownOn: policy.knownOn, stage: stage, findings)
            guard !findings.hasErrors else { throw ExchangeProblem.policy(findings.sorted) }
            let verifications = try verifier.verify(
                input.batch.households([row]), ids: [input.households[row].id], under: compiled)
            for verification in verifications {
                switch result.format {
                case .text:
                    let text = VerificationText(in: result.language).text(of: verification)
                    try Console.write((row == 0 ? "" : "\n") + text)
                case .json: verification.write(to: &json)
                }
            }
        }
        json.endArray()
        if result.format == .json { try Console.write(json.text + "\n") }
    }

    private func verifyAll(_ verifier: Verifier, _ engine: Engine, to output: String) async throws {
        let format = try Exchange.format(nil, of: household, "its extension")
        let rejects = output + ".rejects"
        let run = VerificationRun(engine, verifier, date: policy.day, knownOn: policy.knownOn, stage: stage)
        let done = try await run.run(.init(household, format), to: output, rejects: rejects) { _ in
            try Interruption.check()
        }
        let refused = done.refused > 0 ? ", \(done.refused) refused: see \(rejects)" : ""
        Console.complain(
            "\(done.households) households\(refused); \(done.differing) differ from what they declared, \(done.changed) are decided otherwise"
        )
        if done.refused > 0 { throw ExitStatus.refused }
    }
}
