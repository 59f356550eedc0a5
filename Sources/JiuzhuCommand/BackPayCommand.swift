import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// `jiuzhu backpay`
struct BackPayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backpay", abstract: "Compute back pay after a standard was published late.",
        discussion: """
            A standard published in October that is in force since January was not known when the months before were \
            paid. For each month, as of its first day, the sum by what is known now is set against the sum by what was \
            known then. The household is taken to be as FILE says in every month; where it changed, use a file for \
            each part. A month that cannot be decided is never counted as zero.

              jiuzhu backpay family.json --policy heilongjiang.pack --from 2023-01 --upto 2023-10 \
            --known-on-before 2023-09-30

            \(ExitStatus.help)
            """)

    @Argument(help: "A household file in JSON or YAML, at most 64 MB; - reads standard input.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The policy: a jurisdiction or a pack, as in 'jiuzhu assess'.", valueName: "path"))
    var policy: String

    @OptionGroup var folder: PolicyFolderOption

    @Option(help: ArgumentHelp("The first month.", valueName: "month"), transform: MonthArgument.read)
    var from: CalendarDate

    @Option(
        help: ArgumentHelp("The last month, included; ten years at most.", valueName: "month"),
        transform: MonthArgument.read)
    var upto: CalendarDate

    @Option(
        help: ArgumentHelp("What had been published by this day is what was paid by.", valueName: "day"),
        transform: DayArgument.read)
    var knownOnBefore: CalendarDate

    @Option(
        help: ArgumentHelp(
            "What was published by this day is what is due; all that is known without it.", valueName: "day"),
        transform: DayArgument.read)
    var knownOn: CalendarDate?

    @Option(help: "A first application, or the review of a running grant.")
    var stage: Stage = .application

    @OptionGroup var output: ResultOptions

    @OptionGroup var reading: HouseholdFileOptions

    private var period: BackPayPeriod? {
        BackPayPeriod(from: from, upto: upto, knownBefore: knownOnBefore, known: knownOn)
    }

    func validate() throws {
        guard period != nil else {
            throw ValidationError("--upto is a month from --from on, \(BackPayPeriod.limit) months at most")
        }
        if let knownOn, knownOn < knownOnBefore {
            throw ValidationError("--known-on lies before --known-on-before: what was known grows")
        }
    }

    func run() throws {
        guard let period else { return }
        let source = try PolicySource.named(policy, in: folder)
        let engine = try source.engine()
        let households = try HouseholdInput.required(
            InputFile(file), as: reading.format(of: file), schema: engine.library.schema, on: from)
        // A code that is in use in the first and the last month is so in all between.
        let areas = try HouseholdInput.areas(of: households, engine, on: from, file)
        _ = try HouseholdInput.areas(of: households, engine, on: upto, file)
        let findings = Findings()
        let assessor = BackPayAssessor(engine, households: households, period: period, stage: stage)
        let pays = areas.enumerated().map { assessor.backPay(household: $0, in: $1, findings) }
        guard !findings.hasErrors else {
            Console.complain(source.errors(findings))
            throw ExitStatus.badPolicy
        }
        switch output.format {
        case .json: try Console.write(BackPayJSON.text(of: pays))
        case .text:
            let text = BackPayText(in: output.language)
            try Console.write(pays.map(text.text).joined(separator: "\n" + String(repeating: "─", count: 60) + "\n\n"))
        }
    }
}
