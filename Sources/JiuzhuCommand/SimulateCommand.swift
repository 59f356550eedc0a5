import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistanceExchange
import AssistancePolicy
import AssistanceSimulation
import Jiuzhu

/// `jiuzhu simulate`: what a reform would change.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Show whom a reform would reach, what it would cost, and who would lose.",
        discussion: """
            The reform is a policy file like any other, with area, from and source; it is laid over what its areas say. \
            The same households are decided under both policies: how many are eligible, what that costs, who comes in \
            and who leaves, and what families lack to the line, by area, town and countryside, and programme. \
            Without --population the households are invented and describe no place: compare, do not forecast.

              jiuzhu simulate --baseline heilongjiang/harbin --reform reform.yaml --date 2026-06-01 --html reform.html

            \(ExitStatus.help)
            """)

    @Option(help: ArgumentHelp("The policy that holds: a jurisdiction or a pack.", valueName: "path"))
    var baseline: String

    @Option(help: ArgumentHelp("The policy file that is laid over it.", valueName: "file"), completion: .file())
    var reform: String

    @OptionGroup var folder: PolicyFolderOption

    @Option(
        help: ArgumentHelp(
            "The day of application, such as 2026-06-01; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var date: CalendarDate?

    @OptionGroup var population: PopulationOptions

    @Option(
        help: ArgumentHelp("Also write one page of HTML with charts, which needs nothing else.", valueName: "file"),
        completion: .file())
    var html: String?

    @OptionGroup var output: ResultOptions

    func run() async throws {
        let day = date ?? .today()
        let source = try PolicySource.named(baseline, in: folder)
        let file = try InputFile(reform)
        let findings = Findings()
        let held = source.load(findings)
        let proposed = source.load(findings, reform: PolicyFile(path: file.name, bytes: file.bytes))
        guard !findings.hasErrors else {
            Console.complain(source.errors(findings, reform: file.name))
            throw ExitStatus.badPolicy
        }
        let people = population.population(source)
        let areas = held.library.areas.innermost(of: held.library.jurisdiction, on: day)
        let parts = try await people.parts(in: areas, held.library, on: day)
        let simulation = Simulation(held, proposed, over: parts, on: day, findings)
        guard let simulation else {
            Console.complain(source.errors(findings, reform: file.name))
            throw ExitStatus.badPolicy
        }
        Console.complain(findings.sorted.filter { $0.code == .nothingReformed })
        let report = SimulationReport(
            baseline: baseline, reform: reform, digest: held.policyDigest,
            changes: PolicyDiff(
                reformIn: PolicySide(proposed.library, prefix: source.prefix, reform: file.name), on: day),
            population: people.label, result: await simulation.run())
        if let html { try OutputFile.write(Array(report.html.utf8), to: html) }
        try Console.write(output.format == .json ? report.json : report.text(in: output.language))
    }
}

/// Which households a simulation decides about.
struct PopulationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of households, as 'jiuzhu batch' reads it. Without it they are invented.", valueName: "file"),
        completion: .file())
    var population: String?

    @Option(
        help: ArgumentHelp("How many invented households there are, in equal parts over the areas.", valueName: "n"))
    var households = 100_000

    @Option(help: ArgumentHelp("Another number gives other households by the same margins.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        guard (1...10_000_000).contains(households) else {
            throw ValidationError(
                "--households is a number from 1 to 10000000; of \(households) nothing can be said")
        }
    }

    /// The households.
    func population(_ source: PolicySource) -> SimulatedPopulation {
        population.map { .file($0, source) } ?? .invented(households: households, seed: seed)
    }
}

/// The households of a simulation.
enum SimulatedPopulation {
    /// So many, in equal parts over the areas.
    case invented(households: Int, seed: UInt64)
    /// Those of a file; the policy names what is wrong with it.
    case file(String, PolicySource)

    /// What a report says of them.
    var label: Label {
        switch self {
        case .invented(_, let seed):
            Label("虚构,种子 \(seed),不代表任何地方", "invented, seed \(seed); they describe no place")
        case .file(let path, _): Label("来自 \(path)", "of \(path)")
        }
    }

    /// The households by area; of invented ones in each of these areas. What is wrong with a file ends the command.
    func parts(
        in areas: [DivisionCode], _ library: PolicyLibrary, on date: CalendarDate
    ) async throws -> [PopulationPart] {
        switch self {
        case .invented(let households, let seed):
            return PopulationPart.synthetic(
                households: households, in: areas, seed: seed, schema: library.schema, on: date)
        case .file(let path, let source):
            let format = try Exchange.format(nil, of: path, "its name")
            return try await Exchange.run(source) {
                try PopulationFile.read(.init(path, format), library: library, date: date).map { area, batch in
                    PopulationPart(area: area, households: batch.count) { range in
                        range.count == batch.count ? batch : batch.households(Array(range))
                    }
                }
            }
        }
    }
}
