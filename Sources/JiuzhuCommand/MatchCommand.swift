import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistanceMatching
import AssistancePolicy
import Jiuzhu

/// `jiuzhu match`
struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Match what public programmes leave uncovered with charities, organisations and volunteers.",
        discussion: """
            FILE holds households. Each of their needs is taken up by one project at most: the greatest number of needs, those
            of priority 1 before all others, and among such choices the one that pays most. The needs that nobody takes up
            are listed with the reason.

              jiuzhu match families.yaml --projects projects.yaml --policy heilongjiang/harbin

            \(ExitStatus.help)
            """)

    @Argument(help: "A household file in JSON or YAML, at most 64 MB; - reads standard input.", completion: .file())
    var file: String

    @Option(help: "The projects, in YAML; docs/programmes/social-participation.md has the form.", completion: .file())
    var projects: String

    @OptionGroup var policy: PolicyOptions

    @OptionGroup var output: ResultOptions

    @OptionGroup var reading: HouseholdFileOptions

    func run() throws {
        let date = policy.day
        let source = try PolicySource.named(policy.policy, in: policy.folder)
        let library = try source.engine().library
        let offered = try projects(for: library)
        let engine = Matching.engine(library, programs: source.programs, for: offered)
        let input = try HouseholdInput.required(
            InputFile(file), as: reading.format(of: file), schema: library.schema, on: date)
        let areas = try HouseholdInput.areas(of: input, engine, on: date, file)

        let findings = Findings()
        var assessors: [DivisionCode: Assessor] = [:]
        for area in Set(areas).sorted() {
            let compiled = engine.policy(
                area: area, date: date, knownOn: policy.knownOn, stage: .application, findings)
            assessors[area] = Assessor(engine, compiled, over: input.batch)
        }
        try refuse(findings, source)
        let assessments = areas.enumerated().compactMap { row, area in
            assessors[area]?.assess(
                household: row, id: input.households[row].id, knownOn: policy.knownOn, explain: false)
        }
        let matching = Matching(assessments, with: offered)
        switch output.format {
        case .text: try Console.write(MatchingText(in: output.language).text(of: matching))
        case .json: try Console.write(MatchingJSON.text(of: matching) + "\n")
        }
    }

    /// The projects, or says everything that is wrong with their file and ends the command.
    private func projects(for library: PolicyLibrary) throws -> [SocialProject] {
        let file = try InputFile(projects)
        let findings = Findings()
        let (root, problems) = YAMLReader.read(file.bytes, file: file.name)
        findings.report(problems)
        let read = root.map { ProjectFile($0, library, findings).projects }
        guard let read, !findings.hasErrors else {
            Console.complain(findings.sorted)
            throw ExitStatus.badInput
        }
        return read
    }

    /// Mistakes in conditions of projects are the file's, all others the policy's.
    private func refuse(_ findings: Findings, _ source: PolicySource) throws {
        let own = findings.sorted.filter { $0.file == projects && $0.severity == .error }
        guard own.isEmpty else {
            Console.complain(own)
            throw ExitStatus.badInput
        }
        guard !findings.hasErrors else {
            Console.complain(source.errors(findings))
            throw ExitStatus.badPolicy
        }
    }
}
