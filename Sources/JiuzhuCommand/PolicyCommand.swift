import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import LowIncomeAssistance

/// `jiuzhu policy`: what those who write policy need.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, show and test policy files.",
        subcommands: [PolicyCheckCommand.self, PolicyTestCommand.self])

    /// The programmes whose terms policy fills.
    static let programs: [any AssistanceProgram] = [LowIncomeProgram()]
}

/// A day on a command line.
extension CalendarDate: @retroactive ExpressibleByArgument {
    /// A day written as 2021-07-01.
    public init?(argument: String) { self.init(iso: argument) }
}

/// `jiuzhu policy check`: everything that is wrong with policy files.
struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report everything that is wrong with policy files.",
        discussion: """
            Reads the folders with all that stands above them, and builds what they say for every area on every day on \
            which anything changes there. Prints the problems as file:line:column on standard error; then, on standard \
            output, how many entries rest on official, reported and illustrative documents, and the terms that nothing \
            fills, by area.

            Exit status: 0 without errors, 1 with errors. Warnings do not count.
            """)

    @Argument(help: "Folders: a jurisdiction such as Policies/heilongjiang/harbin, or Policies.", completion: .directory)
    var paths: [String]

    @Option(help: "The day for which unfilled terms are named; today unless told.")
    var date: CalendarDate?

    @Option(help: "The folder of policies, for folders that do not lie in it.", completion: .directory)
    var policies = "Policies"

    func run() throws {
        let check = PolicyCheck(policies: policies, programs: PolicyCommand.programs, asOf: date ?? .today())
        let report = check.run(paths)
        StandardError.write(report.findings.map(\.description))
        print(report.summary.joined(separator: "\n"))
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

            Exit status: 0 when every case passes, 1 when a case fails or a file has a mistake.
            """)

    @Argument(help: "Test files, or folders to search for them.", completion: .file())
    var paths: [String]

    @Option(help: "The folder of policies, which holds 'china'.", completion: .directory)
    var policies = "Policies"

    func run() throws {
        let report = PolicyTester(policies: policies, programs: PolicyCommand.programs).run(paths)
        print(report.text)
        if !report.isPassed { throw ExitCode(1) }
    }
}
