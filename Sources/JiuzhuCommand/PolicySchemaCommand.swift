import ArgumentParser
import AssistanceEngine
import AssistancePolicy
import Jiuzhu

extension PolicyFileKind: ExpressibleByArgument {}

/// `jiuzhu policy schema`: what an editor needs to complete and check policy files.
struct PolicySchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of policy files.",
        discussion: """
            With it an editor completes and checks policy files as one types; docs/policy-tools.md says how.

              jiuzhu policy schema > policy-1.schema.json
              jiuzhu policy schema --kind tests -o tests-1.schema.json

            EXIT STATUS
              0   the schema has been printed or written
              64  the command line is wrong
              74  the file cannot be written
            """)

    @Option(help: "The kind of file: terms, areas.yaml, documents.yaml or *.test.yaml.")
    var kind: PolicyFileKind = .policy

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The file to write; standard output without it.", valueName: "file"), completion: .file())
    var output: String?

    @OptionGroup var plugins: PluginOptions

    func run() throws {
        let text = PolicySchema.text(of: kind, sections: Engine.sections(of: try plugins.programs()))
        guard let output else { return try Console.write(text) }
        try OutputFile.write(Array(text.utf8), to: output)
    }
}
