import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu

/// `jiuzhu policy cases`: the households at the edge of a rule.
struct PolicyCasesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases", abstract: "Write the boundary cases of a term as a policy test to fill in.",
        discussion: """
            For each figure, day or age that the term compares with on the day: a household of one person one fen, day \
            or unit below it, at it, and above it. What must be decided is left to fill in; until then \
            'jiuzhu policy test' names each case that waits.

              jiuzhu policy cases edge.income --policy heilongjiang/harbin --area 230102 --date 2022-06-01 \
            -o edge.test.yaml

            EXIT STATUS
              0   the cases have been written
              1   there is no such term or area, or the term has no boundary cases
              2   the policy is wrong; every mistake is named
              64  the command line is wrong
              74  the file cannot be written
            """)

    @Argument(help: "A term such as low-income.standings.edge.income, means.property, or elder.")
    var term: String

    @Option(help: ArgumentHelp("The policy: a jurisdiction or a pack, as in 'jiuzhu assess'.", valueName: "path"))
    var policy: String

    @OptionGroup var folder: PolicyFolderOption

    @Option(
        help: ArgumentHelp(
            "A division code in the jurisdiction; the jurisdiction itself without it.", valueName: "code"))
    var area: String?

    @Option(
        help: ArgumentHelp("The day of application; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var date: CalendarDate?

    @Flag(help: "Fill in what is decided now, to be compared with the document case by case.")
    var record = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The file to write, a new one whose name ends in .test.yaml; standard output without it.",
            valueName: "file"), completion: .file())
    var output: String?

    func validate() throws {
        guard let output else { return }
        guard output.hasSuffix(".test.yaml") else {
            throw ValidationError("the name of a policy test ends in .test.yaml")
        }
        guard PolicyFiles.resolved(output) == nil else {
            throw ValidationError("'\(output)' is there already, and what has been filled in would be lost")
        }
    }

    func run() throws {
        let source = try PolicySource.named(policy, in: folder)
        let library = try source.engine().library
        let day = date ?? .today()
        let code = try area.map { try AreaArgument.read($0, in: library, on: day) } ?? library.jurisdiction
        let show = PolicyShow(library, area: code, on: day)
        let keys = show.terms(named: term)
        guard let key = keys.first else {
            throw Console.mistake("there is no term '\(term)'", show.suggestion(for: term), .unknownName)
        }
        guard keys.count == 1 else {
            throw Console.mistake("'\(term)' may be \(keys.joined(separator: ", "))", nil, .unknownName)
        }
        let findings = Findings()
        let cases = PolicyCases(library, programs: source.programs, area: code, on: day)
        switch cases.write(key, policy: policy, records: record, findings) {
        case .file(let text):
            guard let output else { return try Console.write(text) }
            try OutputFile.write(Array(text.utf8), to: output)
        case .none(let code, let message): throw Console.mistake(message, nil, code)
        case .wrongPolicy:
            Console.complain(source.errors(findings))
            throw ExitStatus.badPolicy
        }
    }
}
