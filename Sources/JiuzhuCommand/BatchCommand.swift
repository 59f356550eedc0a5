import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistanceExchange
import AssistancePolicy
import AssistanceStorage

/// `jiuzhu batch`
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Decide many households: a file in, the decisions out.",
        discussion: """
            INPUT is a file in JSON Lines (.jsonl), an SQLite database (.db), a folder of tables in CSV (households.csv, \
            members.csv, ...), or one table of households (.csv). What comes out is written as the name of OUTPUT \
            says: .csv, .jsonl or .db; it appears once it is complete. docs/batch.md has the forms.

            A household that is wrong is refused: the rejects file says where and why, and the others are decided. A \
            file that is cut, of another encoding, or whose tables do not go together ends the run, and nothing is written.

              jiuzhu batch families.jsonl --policy heilongjiang --date 2026-06-01 -o decisions.csv

            EXIT STATUS
              0   done
              1   the input as a whole is wrong; nothing is written
              2   the policy is wrong; nothing is written
              5   done, but for the households in the rejects file
              64  the command line is wrong
              74  a file cannot be read or written; nothing is written
              130 stopped by a signal; nothing is written
            """)

    @Argument(help: "The file or folder of households; - reads JSON Lines from standard input.", completion: .file())
    var input: String

    @Option(name: .shortAndLong, help: "The file of decisions to write.", completion: .file())
    var output: String

    @Option(
        help: ArgumentHelp(
            "The file that says which households were refused, and why. Without it: OUTPUT with '.rejects' added.",
            valueName: "file"),
        completion: .file())
    var rejects: String?

    @OptionGroup var policy: PolicyOptions

    @Option(help: "A first application, or the review of a running grant.")
    var stage: Stage = .application

    @Option(help: "How text is encoded that comes in and goes out.")
    var encoding: TextEncoding = .utf8

    @Option(help: ArgumentHelp("What INPUT is, where its name does not say so.", valueName: "format"))
    var from: ExchangeFormat?

    @Option(help: ArgumentHelp("What OUTPUT is, where its name does not say so.", valueName: "format"))
    var to: ExchangeFormat?

    @Flag(help: "Show no progress and no summary.")
    var quiet = false

    func run() async throws {
        let date = policy.day
        let inputFormat = input == "-" ? .jsonl : try Exchange.format(from, of: input, "--from")
        let outputFormat = try Exchange.format(to, of: output, "--to")
        let source = try PolicySource.named(policy.policy, in: policy.folder)
        let engine = try source.engine()
        let line = ProgressLine(isQuiet: quiet)
        defer { line.clear() }
        let done = try await Exchange.run(source) {
            try await BatchRun(engine, date: date, knownOn: policy.knownOn, stage: stage).run(
                .init(input, inputFormat, encoding), to: .init(output, outputFormat, encoding),
                rejects: rejects ?? output + ".rejects"
            ) { progress in
                try Interruption.check()
                line.show(progress.households, progress.fraction)
            }
        }
        line.clear()
        if !quiet { Console.complain(summary(done)) }
        if done.refused > 0 { throw ExitStatus.refused }
    }

    /// `2,000 households, 3 refused`, and a line for each programme.
    private func summary(_ done: BatchRun.Progress) -> String {
        var lines = ["\(done.households) households, \(done.refused) refused: see \(rejects ?? output + ".rejects")"]
        if done.refused == 0 { lines = ["\(done.households) households"] }
        for (program, statuses) in done.decided.sorted(by: { $0.key < $1.key }) {
            let counts = [Status.eligible, .ineligible, .undetermined].map { "\(statuses[$0] ?? 0) \($0.rawValue)" }
            lines.append("  \(program): \(counts.joined(separator: ", "))")
        }
        return lines.joined(separator: "\n")
    }
}
