import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistanceExchange
import AssistancePolicy
import AssistancePopulation

/// `jiuzhu population`
struct PopulationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "population",
        abstract: "Make an invented population, to try things with.",
        discussion: """
            Households with what all programmes ask of them, drawn by invented margins (docs/population.md). They live in \
            the areas of the policy that have no areas in them, in equal parts. The same arguments make the same bytes. \
            The name of OUTPUT says what is written: .jsonl, .db, or a folder of tables in CSV where it ends in /.

              jiuzhu population --policy heilongjiang --households 100000 -o families.jsonl

            EXIT STATUS
              0   done
              2   the policy is wrong; nothing is written
              64  the command line is wrong
              74  a file cannot be written; nothing is written
              130 stopped by a signal; nothing is written
            """)

    @Option(name: .shortAndLong, help: "The file or folder to write.", completion: .file())
    var output: String

    @Option(
        help: ArgumentHelp(
            "The jurisdiction whose areas the households live in, and whose facts they have.", valueName: "path"))
    var policy: String

    @OptionGroup var folder: PolicyFolderOption

    @Option(help: "How many households.")
    var households = 10_000

    @Option(help: "Another seed makes other households by the same margins.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "The day whose population it is: ages are counted from it; 2026-01-01 without it.", valueName: "day"),
        transform: DayArgument.read)
    var date: CalendarDate?

    @Option(help: ArgumentHelp("What OUTPUT is, where its name does not say so.", valueName: "format"))
    var to: ExchangeFormat?

    @Flag(help: "Show no progress.")
    var quiet = false

    /// How many households are made together.
    private static let chunk = 4_096

    func validate() throws {
        guard (0...100_000_000).contains(households) else {
            throw ValidationError("--households takes a number from 0 to 100,000,000")
        }
        if output.hasSuffix(".csv"), to == nil {
            throw ValidationError("a population is several tables in CSV: name a folder, such as families/")
        }
    }

    func run() async throws {
        let format = try Exchange.format(to, of: output, "--to")
        let source = try PolicySource.named(policy, in: folder)
        let library = try source.engine().library
        let date = date ?? SyntheticPopulation.defaultDate
        let population = SyntheticPopulation(
            areas: library.areas.innermost(of: library.jurisdiction, on: date), seed: seed, households: households,
            schema: library.schema,
            date: date)
        let line = ProgressLine(isQuiet: quiet)
        defer { line.clear() }
        try await Exchange.run(source) {
            let writer = try HouseholdFileWriter(output, format, like: population.batch(0..<0))
            let form = writer.form
            var (next, written) = (0, 0)
            try await Pipeline.run(
                next: {
                    guard next < households else { return nil }
                    defer { next += Self.chunk }
                    return next..<min(households, next + Self.chunk)
                },
                work: { form.households(population.batch($0), from: $0.lowerBound + 1) },
                take: { part in
                    try Interruption.check()
                    try writer.add(part)
                    written += part.count
                    line.show(written, Double(written) / Double(max(1, households)))
                })
            try writer.commit()
        }
    }
}
