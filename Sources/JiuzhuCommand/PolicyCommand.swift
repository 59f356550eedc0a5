import ArgumentParser
import AssistanceCore
import AssistanceEngine

/// `jiuzhu policy`: what those who write policy need.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, show and test policy files.",
        subcommands: [PolicyCheckCommand.self, PolicyTestCommand.self])

    /// How these commands end.
    static let statusHelp = """
        EXIT STATUS
          0   nothing is wrong
          1   something is wrong, and has been named
          64  the command line is wrong
        """
}

/// Where the policies are, for commands that are given folders and files.
struct PolicyFolderOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of policies, for folders that do not lie in it themselves. Without it: the one installed with this command, else ./Policies.",
            valueName: "dir"),
        completion: .directory)
    var policies: String?

    /// Its path.
    var path: String { PolicyRoot(policies).path }
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

            \(PolicyCommand.statusHelp)
            """)

    @Argument(
        help: "A jurisdiction such as Policies/heilongjiang/harbin, or the folder of all.", completion: .directory)
    var paths: [String]

    @OptionGroup var folder: PolicyFolderOption

    @Option(
        help: ArgumentHelp("The day for which unfilled terms are named; today in China without it.", valueName: "day"),
        transform: DayArgument.read)
    var date: CalendarDate?

    func run() throws {
        let check = PolicyCheck(policies: folder.path, programs: knownPrograms, asOf: date ?? .today())
        let report = check.run(paths)
        Console.complain(report.findings)
        try Console.write(report.summary.joined(separator: "\n") + "\n")
        if report.hasErrors { throw ExitCode(1) }
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
        let report = PolicyTester(policies: folder.path, programs: knownPrograms).run(paths)
        Console.complain(report.findings)
        try Console.write(report.summary.joined(separator: "\n") + "\n")
        if !report.isPassed { throw ExitCode(1) }
    }
}
