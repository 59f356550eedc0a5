import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu

/// `jiuzhu policy diff`: what changed, from what to what, by which document.
struct PolicyDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what changed between two policies, or two days of one.",
        discussion: """
            OLD and NEW are folders of policies, jurisdictions in them, or packs; all entries of all days are compared. \
            With --policy, --from and --to one policy is compared on two days. Rules, days and sources are compared; \
            what things are called is not.

              jiuzhu policy diff before/Policies Policies
              jiuzhu policy diff --policy heilongjiang/harbin --from 2021-01-01 --to 2022-01-01 --area 230102

            EXIT STATUS
              0   nothing differs
              1   something differs
              2   a policy is wrong or cannot be found; every mistake is named, nothing is compared
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

    @OptionGroup var folder: PolicyFolderOption

    @OptionGroup var output: ResultOptions

    func validate() throws {
        let days = [from, to].compactMap { $0 }.count
        if policy != nil ? !paths.isEmpty || days != 2 : paths.count != 2 || days != 0 {
            throw ValidationError("give two folders or packs; or --policy with --from and --to")
        }
    }

    func run() throws {
        let diff = try self.diff()
        try Console.write(output.format == .json ? diff.json : diff.text(in: output.language))
        if !diff.changes.isEmpty { throw ExitCode(1) }
    }

    private func diff() throws -> PolicyDiff {
        if let policy, let from, let to {
            let source = try PolicySource.named(policy, in: folder.root)
            let library = try source.engine().library
            let code = try area.map { try AreaArgument.read($0, in: library, on: to, else: ExitStatus.badPolicy) }
            return PolicyDiff(PolicySide(library, prefix: source.prefix), from: from, to: to, area: code)
        }
        let findings = Findings()
        let sides = paths.map { PolicySide($0, in: folder.root.path, programs: assistancePrograms, findings) }
        Console.complain(findings.sorted.filter { $0.severity == .error })
        guard sides.count == 2, let old = sides[0], let new = sides[1], !findings.hasErrors else {
            throw ExitStatus.badPolicy
        }
        let code = try area.map { try AreaArgument.read($0, in: new.library, on: nil, else: ExitStatus.badPolicy) }
        return PolicyDiff(old, new, area: code)
    }
}
