import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// `jiuzhu facts`
struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", abstract: "List the facts that a household file may state.",
        discussion: """
            Without --policy: the facts of the nation. With it: those as well that the policy declares, the codes it adds, \
            and what it leaves to officers to decide.

              jiuzhu facts --policy heilongjiang

            EXIT STATUS
              0   the facts have been listed
              2   the policy is wrong; every mistake is named
              64  the command line is wrong
            """)

    @Option(help: ArgumentHelp("The jurisdiction, a path below the folder of policies, or a pack.", valueName: "path"))
    var policy: String?

    @OptionGroup var folder: PolicyFolderOption

    @Flag(help: "Print the JSON Schema of household files instead.")
    var jsonSchema = false

    @Option(help: "The language of the list: Chinese or English.")
    var language: Language = .chinese

    /// The nation's facts, and those of plugins.
    private func national() throws -> FactSchema {
        .national.adding(try folder.plugins.programs().flatMap(\.section.facts))
    }

    func run() throws {
        let schema = try policy.map(schema(of:)) ?? national()
        guard !jsonSchema else { return try Console.write(schema.jsonSchema() + "\n") }
        for line in schema.table(in: language) { try Console.write(line + "\n") }
    }

    private func schema(of policy: String) throws -> FactSchema {
        try PolicySource.named(policy, in: folder).engine().library.schema
    }
}
