import ArgumentParser
import AssistanceEngine

/// The command `jiuzhu`.
@main
struct Jiuzhu: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jiuzhu",
        abstract: "Social assistance decisions, exact and explained.",
        discussion: """
            Results go to standard output, errors to standard error.

            \(ExitStatus.help)
            """,
        version: Engine.version,
        subcommands: subcommands)

    /// One a line, in the order of the help.
    static let subcommands: [any ParsableCommand.Type] = [
        AssessCommand.self,
        BatchCommand.self,
        ServeCommand.self,
        VerifyCommand.self,
        PopulationCommand.self,
        ReplayCommand.self,
        BackPayCommand.self,
        MatchCommand.self,
        CaseCommand.self,
        StoreCommand.self,
        FactsCommand.self,
        PolicyCommand.self,
        SimulateCommand.self,
        ExplainCommand.self,
    ]
}
