import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu

/// `jiuzhu policy`: what those who write policy need.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, show, test, compare, lay out and pack policy files.",
        subcommands: subcommands)

    /// One a line, in the order of the help.
    static let subcommands: [any ParsableCommand.Type] = [
        PolicyCheckCommand.self,
        PolicyShowCommand.self,
        PolicyTestCommand.self,
        PolicyDiffCommand.self,
        PolicyCasesCommand.self,
        PolicyDepartmentsCommand.self,
        PolicyFormatCommand.self,
        PolicySchemaCommand.self,
        PolicyPackCommand.self,
    ]

    /// How these commands end.
    static let statusHelp = """
        EXIT STATUS
          0   nothing is wrong
          1   something is wrong, and has been named
          64  the command line is wrong
        """
}

/// `jiuzhu policy check`: everything that is wrong with policy files.
struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report everything that is wrong with policy files.",
        discussion: """
            Reads the folders with all that stands above them, and builds what they say for every area on every day on \
            which anything changes there. The problems go to standard error as file:line:column; then follow, on \
            standard output, how many entries rest on official, reported and illustrative documents, and the terms that \
            nothing fills, by area. Warnings are no errors.

              jiuzhu policy check Policies
              jiuzhu policy check Policies/heilongjiang/harbin --date 2025-03-05
              jiuzhu policy check Policies --format markdown

            \(PolicyCommand.statusHelp)
            """)

    @Argument(
        help: "A jurisdiction such as Policies/heilongjiang/harbin, the folder of all, or a pack.",
        completion: .directory)
    var paths: [String]

    @OptionGroup var folder: PolicyFolderOption

    @Option(
        help: ArgumentHelp("The day for which unfilled terms are named; today in China without it.", valueName: "day"),
        transform: DayArgument.read)
    var date: CalendarDate?

    /// How the report is written.
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown }

    @Option(help: "The report as text, or as one table in Markdown by programme and jurisdiction.")
    var format: Format = .text

    func run() throws {
        let programs = try folder.plugins.programs()
        let check = PolicyCheck(policies: folder.root.path, programs: programs, asOf: date ?? .today())
        let report = check.run(paths)
        Console.complain(report.findings)
        try Console.write(
            (format == .markdown ? report.markdown : report.summary.joined(separator: "\n")) + "\n")
        if report.hasErrors { throw ExitCode(1) }
    }
}

/// `jiuzhu policy show`: what holds, where it comes from, and what held before.
struct PolicyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a term says on a day, where it comes from, and its history.",
        discussion: """
              jiuzhu policy show standard --policy heilongjiang/harbin --area 230102 --date 2022-06-01
              jiuzhu policy show all --policy heilongjiang

            EXIT STATUS
              0   the term has been shown
              1   there is no such term or area
              2   the policy is wrong; every mistake is named
              64  the command line is wrong
            """)

    @Argument(help: "A term such as figures.standard, standard, or low-income.supplements; all for an overview.")
    var term: String

    @OptionGroup var policy: PolicyOptions

    @Option(
        help: ArgumentHelp(
            "A division code in the jurisdiction; the jurisdiction itself without it.", valueName: "code"))
    var area: String?

    func run() throws {
        let source = try PolicySource.named(policy.policy, in: policy.folder)
        let library = try source.engine().library
        let show = PolicyShow(
            library,
            area: try area.map { try AreaArgument.read($0, in: library, on: policy.day) } ?? library.jurisdiction,
            on: policy.day, knownOn: policy.knownOn, root: source.prefix)
        if term == "all" { return try Console.write(show.overview + "\n") }
        let keys = show.terms(named: term)
        guard !keys.isEmpty else {
            throw Console.mistake("there is no term '\(term)'", show.suggestion(for: term), .unknownName)
        }
        try Console.write(keys.map(show.text).joined(separator: "\n\n") + "\n")
    }
}

/// `jiuzhu policy test`: households in, decisions out.
struct PolicyTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run policy tests (*.test.yaml).",
        discussion: """
            Prints each case that fails, with what was expected and what was found, then the count. \
            The form of the files is described in docs/policy-tests.md.

              jiuzhu policy test Policies Tests/Policies

            \(PolicyCommand.statusHelp)
            """)

    @Argument(help: "Test files, or folders to search for them.", completion: .file())
    var paths: [String]

    @OptionGroup var folder: PolicyFolderOption

    func run() throws {
        let report = PolicyTester(policies: folder.root.path, programs: try folder.plugins.programs()).run(paths)
        Console.complain(report.findings)
        try Console.write(report.summary.joined(separator: "\n") + "\n")
        if !report.isPassed { throw ExitCode(1) }
    }
}
