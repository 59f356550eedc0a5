import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceSimulation
import Jiuzhu

/// `jiuzhu policy diff`: what changed, from what to what, by which document.
struct PolicyDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what changed between two policies, or two days of one.",
        discussion: """
            OLD and NEW are folders of policies, jurisdictions in them, or packs; all entries of all days are compared. \
            With --policy, --from and --to one policy is compared on two days. Rules, days and sources are compared; \
            what things are called is not.

              jiuzhu policy diff before/Policies Policies
              jiuzhu policy diff --policy heilongjiang/harbin --from 2021-01-01 --to 2022-01-01 --area 230102

            With --population the tables of 'jiuzhu simulate' follow: so many invented households are decided under \
            both, of two policies on the day of --date.

            EXIT STATUS
              0   nothing differs
              1   something differs
              2   a policy is wrong or cannot be found; every mistake is named, nothing is compared
              5   compared, but for the households of --population in the rejects file
              64  the command line is wrong
            """)

    @Argument(help: "OLD and NEW: folders or packs.", completion: .directory)
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "One policy on two days: a jurisdiction or a pack, as in 'jiuzhu assess'.", valueName: "path"))
    var policy: String?

    @Option(help: ArgumentHelp("The first of the two days.", valueName: "day"), transform: DayArgument.read)
    var from: CalendarDate?

    @Option(help: ArgumentHelp("The second of the two days.", valueName: "day"), transform: DayArgument.read)
    var to: CalendarDate?

    @Option(
        help: ArgumentHelp(
            "Only what concerns this area: of two days what is in force for it, else its own entries and those of areas above it.",
            valueName: "code"))
    var area: String?

    @Option(
        help: ArgumentHelp(
            "Also decide so many invented households under both, or those of a file, and show whom the change reaches and what it costs.",
            valueName: "n|file"))
    var population: String?

    @Option(
        help: ArgumentHelp(
            "The file that says which households of --population were refused, and why. Without it: FILE with '.rejects' added.",
            valueName: "file"),
        completion: .file())
    var rejects: String?

    @Option(
        help: ArgumentHelp("The day on which they apply, of two policies; today without it.", valueName: "day"),
        transform: DayArgument.read)
    var date: CalendarDate?

    @OptionGroup var folder: PolicyFolderOption

    @OptionGroup var output: ResultOptions

    func validate() throws {
        if let count = population.flatMap(Int.init), !(1...10_000_000).contains(count) {
            throw ValidationError(
                "--population is a file, or a number from 1 to 10000000; of \(count) nothing can be said")
        }
        if date != nil, population == nil || policy != nil {
            throw ValidationError("--date is the day of --population with two policies")
        }
        let days = [from, to].compactMap { $0 }.count
        if policy != nil ? !paths.isEmpty || days != 2 : paths.count != 2 || days != 0 {
            throw ValidationError("give two folders or packs; or --policy with --from and --to")
        }
    }

    func run() async throws {
        let (old, new) = try sides()
        let area = try self.area.map {
            try AreaArgument.read($0, in: new.library, on: policy == nil ? nil : to, else: ExitStatus.badPolicy)
        }
        let diff =
            if let from, let to {
                PolicyDiff(new, from: from, to: to, area: area)
            } else {
                PolicyDiff(old, new, area: area)
            }
        var refused = 0
        if let population {
            let (report, left) = try await report(of: diff, old, new, population, in: area)
            try Console.write(output.format == .json ? report.json : report.text(in: output.language))
            refused = left
        } else {
            try Console.write(output.format == .json ? diff.json : diff.text(in: output.language))
        }
        if refused > 0 { throw ExitStatus.refused }
        if !diff.changes.isEmpty { throw ExitCode(1) }
    }

    /// The two policies; of two days of one, the same twice.
    private func sides() throws -> (PolicySide, PolicySide) {
        if let policy {
            let source = try PolicySource.named(policy, in: folder)
            let side = PolicySide(try source.engine().library, prefix: source.prefix)
            return (side, side)
        }
        let findings = Findings()
        let programs = try folder.plugins.programs()
        let sides = paths.map { PolicySide($0, in: folder.root.path, programs: programs, findings) }
        Console.complain(findings.sorted.filter { $0.severity == .error })
        guard sides.count == 2, let old = sides[0], let new = sides[1], !findings.hasErrors else {
            throw ExitStatus.badPolicy
        }
        return (old, new)
    }

    /// What the change does to a population, in the areas that both policies know, and how many households of it were
    /// refused.
    private func report(
        of diff: PolicyDiff, _ old: PolicySide, _ new: PolicySide, _ population: String, in area: DivisionCode?
    ) async throws -> (SimulationReport, refused: Int) {
        let day = to ?? date ?? .today()
        let people =
            Int(population).map { SimulatedPopulation.invented(households: $0, seed: 1) }
            ?? .file(population, rejects: rejects)
        let programs = try folder.plugins.programs()
        let engines = [old, new].map { Engine($0.library, programs: programs) }
        let simulation = Simulation(engines[0], engines[1], on: day, before: from)
        let source = PolicySource(pack: new.library.pack, prefix: paths.last ?? "", programs: programs)
        do {
            let areas = old.library.areas.innermost(of: area ?? new.library.jurisdiction, on: from ?? day)
                .filter { new.library.areas[$0]?.exists(on: day) ?? false }
            let counted = try await people.counted(by: simulation, in: areas, new.library, source, on: day, Findings())
            let names = policy.map { policy in [from, to].map { policy + " " + ($0?.iso ?? "") } } ?? paths
            let report = SimulationReport(
                baseline: names[0], reform: names[1], digest: engines[0].policyDigest, changes: diff,
                population: counted.label, result: counted.result)
            return (report, counted.refused)
        } catch let failure as Simulation.Failure {
            Console.complain(failure.findings)
            throw ExitStatus.badPolicy
        }
    }
}
