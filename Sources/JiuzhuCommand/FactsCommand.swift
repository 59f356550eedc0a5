import ArgumentParser
import AssistanceCore

/// `jiuzhu facts`
struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts", abstract: "List the facts that a household file may state.")

    @Flag(help: "Print the JSON Schema of household files instead.")
    var jsonSchema = false

    @Option(help: "The language of the list: Chinese or English.")
    var language: Language = .chinese

    func run() throws {
        let schema = FactSchema.national
        guard !jsonSchema else { return try Console.write(schema.jsonSchema() + "\n") }
        for line in schema.table(in: language) { try Console.write(line + "\n") }
    }
}
