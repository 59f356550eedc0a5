import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceSimulation

/// `jiuzhu assess`
struct AssessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess",
        abstract: "Decide what households are entitled to, and say why.",
        discussion: """
            FILE holds one household or a list of them; `jiuzhu facts` lists what it may say.
            What it does not say is unknown, never "no" or zero: the result then names what is missing.

              jiuzhu assess family.yaml --policy heilongjiang/harbin --explain

            \(ExitStatus.help)
            """)

    @Argument(help: "A household file in JSON or YAML, at most 64 MB; - reads standard input.", completion: .file())
    var file: String

    @OptionGroup var policy: PolicyOptions

    @Option(help: "A first application, or the review of a running grant.")
    var stage: Stage = .application

    @OptionGroup var programs: ProgramOptions

    @Flag(help: "Show every step: its value, its rule, the article and the line of the policy file.")
    var explain = false

    @Option(
        help: ArgumentHelp(
            """
            Show instead how support goes as an income rises, and each cliff with its article: NAME=FROM..UPTO:STEP, \
            such as wages=0..6000:100 for the head's wages in yuan a month, or a path as in the file, such as \
            members[1].income.pension=0..24000:600, in yuan a year.
            """, valueName: "range"), transform: IncomeRangeArgument.read)
    var vary: IncomeRange?

    @Option(
        help: ArgumentHelp("Also write what --vary shows as a chart, of a file with one household.", valueName: "file"),
        completion: .file())
    var svg: String?

    @OptionGroup var output: ResultOptions

    @OptionGroup var reading: HouseholdFileOptions

    func validate() throws {
        if svg != nil, vary == nil { throw ValidationError("--svg draws what --vary shows, and there is none") }
    }

    func run() throws {
        let date = policy.day
        let (source, engine) = try loadedPolicy()
        let input = try HouseholdInput.required(
            InputFile(file), as: reading.format(of: file), schema: engine.library.schema, on: date)
        let areas = try HouseholdInput.areas(of: input, engine, on: date, file)
        let policies = try compiled(Set(areas), source, engine, date)

        if let vary { return try sweep(vary, input, areas, policies, engine, source) }
        let assessors = policies.mapValues { Assessor(engine, $0, over: input.batch) }
        var result = AssessmentOutput(output.format, in: output.language, explains: explain)
        for (row, area) in areas.enumerated() {
            guard let assessor = assessors[area] else { continue }
            let id = input.households[row].id
            try result.add(assessor.assess(household: row, id: id, knownOn: policy.knownOn, explain: explain))
        }
        try result.end()
    }

    /// Shows how support goes as an income rises, household by household.
    private func sweep(
        _ range: IncomeRange, _ input: HouseholdFile, _ areas: [DivisionCode],
        _ policies: [DivisionCode: CompiledPolicy], _ engine: Engine, _ source: PolicySource
    ) throws {
        guard svg == nil || areas.count == 1 else {
            throw Console.mistake(
                "--svg draws one household, and the file has \(areas.count)", nil, .tooManyEntries, ExitStatus.badInput)
        }
        var json = JSONWriter(.pretty)
        json.beginArray()
        for (row, area) in areas.enumerated() {
            guard let policy = policies[area] else { continue }
            let names = Assessor(engine, policy, over: input.batch).assess(household: row, explain: false).members
            let sweep: IncomeSweep
            do throws(IncomeSweep.Failure) {
                sweep = try IncomeSweep(range, policy, over: input.batch, household: row, members: names)
            } catch {
                switch error {
                case .noMember(let message):
                    throw Console.mistake("--vary: \(message)", nil, .unknownName, ExitStatus.badInput)
                case .outOfRange(let sum):
                    throw Console.mistake(
                        "--vary: \(sum) yuan is none that a household file may state", nil, .outOfRange,
                        ExitStatus.badInput)
                }
            }
            if let svg { try OutputFile.write(Array(sweep.svg(in: output.language).utf8), to: svg) }
            switch output.format {
            case .text: try Console.write((row == 0 ? "" : "\n") + sweep.text(in: output.language))
            case .json: sweep.write(to: &json)
            }
        }
        json.endArray()
        if output.format == .json { try Console.write(json.text + "\n") }
    }

    private func loadedPolicy() throws -> (PolicySource, Engine) {
        let source = try PolicySource.named(policy.policy, in: policy.folder)
        let run = try programs.run(among: source.programs)
        let findings = Findings()
        let engine = source.load(findings, run: run)
        guard findings.hasErrors else { return (source, engine) }
        // So that all mistakes are said at once, those as well that only show when terms are put together.
        let area = engine.library.jurisdiction
        _ = engine.policy(area: area, date: policy.day, knownOn: policy.knownOn, stage: stage, findings)
        Console.complain(source.errors(findings))
        throw ExitStatus.badPolicy
    }

    private func compiled(
        _ areas: Set<DivisionCode>, _ source: PolicySource, _ engine: Engine, _ date: CalendarDate
    ) throws -> [DivisionCode: CompiledPolicy] {
        let findings = Findings()
        var policies: [DivisionCode: CompiledPolicy] = [:]
        for area in areas.sorted() {
            policies[area] = engine.policy(area: area, date: date, knownOn: policy.knownOn, stage: stage, findings)
        }
        guard !findings.hasErrors else {
            Console.complain(source.errors(findings))
            throw ExitStatus.badPolicy
        }
        return policies
    }
}

/// Ranges of an income on the command line.
private enum IncomeRangeArgument {
    /// Reads `wages=0..6000:100`.
    static func read(_ text: String) throws -> IncomeRange {
        do throws(IncomeRange.Mistake) {
            return try IncomeRange(text)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
