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

            A household of --population that is wrong is left out: the rejects file says where and why.

            EXIT STATUS
              0   done
              1   the population as a whole is wrong; nothing is said
              2   a policy or the reform is wrong; every mistake is named, nothing is said
              5   done, but for the households in the rejects file
              64  the command line is wrong
              74  a file cannot be read, or the result cannot be written
              130 stopped by a signal
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

    @Option(help: "First applications, or the review of the grants that run.")
    var stage: Stage = .application

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
        do {
            let simulation = Simulation(held, proposed, on: day, stage: stage)
            let areas = held.library.areas.innermost(of: held.library.jurisdiction, on: day)
            let counted = try await population.population.counted(
                by: simulation, in: areas, held.library, source, on: day, findings)
            Console.complain(findings.sorted.filter { $0.code == .nothingReformed })
            let report = SimulationReport(
                baseline: baseline, reform: reform, digest: held.policyDigest,
                changes: PolicyDiff(
                    reformIn: PolicySide(proposed.library, prefix: source.prefix, reform: file.name), on: day),
                population: counted.label, result: counted.result)
            if let html { try OutputFile.write(Array(report.html.utf8), to: html) }
            try Console.write(output.format == .json ? report.json : report.text(in: output.language))
            if counted.refused > 0 { throw ExitStatus.refused }
        } catch let failure as Simulation.Failure {
            Console.complain(source.errors(failure.findings, reform: file.name))
            throw ExitStatus.badPolicy
        }
    }
}

/// Which households a simulation decides about.
struct PopulationOptions: ParsableArguments {
    @Option(
        name: .customLong("population"),
        help: ArgumentHelp(
            "A file of households, as 'jiuzhu batch' reads it. Without it they are invented.", valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        help: ArgumentHelp(
            "The file that says which households of --population were refused, and why. Without it: FILE with '.rejects' added.",
            valueName: "file"),
        completion: .file())
    var rejects: String?

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
    var population: SimulatedPopulation {
        file.map { .file($0, rejects: rejects) } ?? .invented(households: households, seed: seed)
    }
}

/// The households of a simulation.
enum SimulatedPopulation {
    /// So many, in equal parts over the areas.
    case invented(households: Int, seed: UInt64)
    /// Those of a file, in the areas that they state; what is wrong with one goes to the other file.
    case file(String, rejects: String?)

    /// What came of them.
    struct Counted {
        let result: SimulationResult
        /// What a report says of the households.
        let label: Label
        /// Households of a file that were refused.
        let refused: Int
    }

    /// Decides the households; invented ones live in the areas that are named. What is wrong with a file ends the command;
    /// what is wrong with the policies is thrown.
    func counted(
        by simulation: Simulation, in areas: [DivisionCode], _ library: PolicyLibrary, _ source: PolicySource,
        on date: CalendarDate, _ findings: Findings
    ) async throws -> Counted {
        switch self {
        case .invented(let households, let seed):
            let parts = PopulationPart.synthetic(
                households: households, in: areas, seed: seed, schema: library.schema, on: date)
            let label = Label("虚构,种子 \(seed),不代表任何地方", "invented, seed \(seed); they describe no place")
            return Counted(
                result: try await simulation.run(over: parts, findings), label: label, refused: 0)
        case .file(let path, let rejects):
            let rejects = rejects ?? (path.hasSuffix("/") ? String(path.dropLast()) : path) + ".rejects"
            let format = try Exchange.format(nil, of: path, "its name")
            let line = ProgressLine(isQuiet: false)
            defer { line.clear() }
            return try await Exchange.run(source) {
                var tally = SimulationTally()
                let done = try await PopulationFile(.init(path, format), library, on: date).run(
                    rejects: rejects, work: { try simulation.count($1, in: $0) }, take: { tally += $0 },
                    report: { progress in
                        try Interruption.check()
                        line.show(progress.households, progress.fraction)
                    })
                line.clear()
                let result = try simulation.result(of: tally, findings)
                guard done.refused > 0 else {
                    return Counted(result: result, label: Label("来自 \(path)", "of \(path)"), refused: 0)
                }
                Console.complain("\(done.households) households, \(done.refused) refused: see \(rejects)")
                let label = Label(
                    "来自 \(path),另有 \(done.refused) 户有误未计", "of \(path), without \(done.refused) that are wrong")
                return Counted(result: result, label: label, refused: done.refused)
            }
        }
    }
}
