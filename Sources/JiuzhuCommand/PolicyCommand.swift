import ArgumentParser
import AssistanceEngine
import AssistancePolicy
import LowIncomeAssistance

/// `jiuzhu policy`: what those who write policy need.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check, show and test policy files.",
        subcommands: [PolicyTestCommand.self])

    /// The programmes whose terms policy fills.
    static let programs: [any AssistanceProgram] = [LowIncomeProgram()]
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
