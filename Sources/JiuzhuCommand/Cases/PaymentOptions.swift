import ArgumentParser
import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceFunding

extension FundSource: ExpressibleByArgument {}

/// The payments and funds of a file of cases, who works with them, and how what is found is written.
struct PaymentOptions: ParsableArguments {
    @OptionGroup var store: StoreOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var policy: CasePolicyOptions
    @OptionGroup var output: ResultOptions

    /// Opens the file and does something with it; what could not be done goes to standard error and ends the command.
    ///
    /// - Parameters:
    ///   - document: The file that problems without a file of their own are in.
    ///   - body: With the payments, and the texts that speak of them.
    func run(
        isReadOnly: Bool = false, document: String = "", _ body: (PaymentDesk) throws -> Void
    ) throws {
        let source = try policy.source()
        let cases = try store.open(with: source.engine(), isReadOnly: isReadOnly)
        try CaseFailure.ending(policy: source, document: document) {
            try body(
                PaymentDesk(
                    payments: PaymentStore(cases), cases: cases, actor: actor.actor,
                    text: FundingText(in: output.language, of: cases), format: output.format))
        }
    }
}

/// An open file of cases with its payments, for one who works with it.
struct PaymentDesk {
    let payments: PaymentStore
    let cases: CaseStore
    let actor: CaseActor
    let text: FundingText
    let format: OutputFormat

    /// Refuses a programme, or family of allowances, that policy does not know: nothing is owed for a name written wrong.
    func check(program: String) throws {
        guard cases.label(of: program) == nil else { return }
        let known = cases.engine?.planIDs ?? []
        let hint = closestName(to: program, among: known).map { "; did you mean '\($0)'?" } ?? "."
        throw ValidationError("there is no programme '\(program)'\(hint) There are \(known.joined(separator: ", ")).")
    }

    /// Writes a result in the form that was asked for.
    func write(text: @autoclosure () throws -> String, json: @autoclosure () -> String) throws {
        try Console.write(format == .text ? text() : json())
    }
}

/// The day on which something is done.
struct PaymentDayOption: ParsableArguments {
    @Option(
        name: .customLong("day"),
        help: ArgumentHelp("The day on which it is done; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var given: CalendarDate?

    /// The day.
    var day: CalendarDate { given ?? .today() }
}

/// What is paid: an area, a programme, and a month up to which all that is owed is paid.
struct PaymentOrderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The division whose cases are paid, such as 231025.", valueName: "code"),
        transform: DivisionArgument.read)
    var area: DivisionCode

    @Option(help: ArgumentHelp("The programme by its id, such as low-income.", valueName: "id"))
    var program: String

    @Option(
        help: ArgumentHelp(
            "The month, such as 2026-07.", valueName: "month"),
        transform: MonthArgument.read)
    var month: CalendarDate

    /// What is paid; says where policy has no such programme, and ends the command.
    func order(in desk: PaymentDesk) throws -> PaymentOrder {
        try desk.check(program: program)
        return PaymentOrder(area: area, program: program, month: PaymentMonth(of: month))
    }
}

/// One fund.
struct FundOptions: ParsableArguments {
    @Option(
        help: "Which budget the money comes from: central, province, prefecture or county.")
    var source: FundSource

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "The programme that it may pay alone (专款专用); any without it.", valueName: "id"))
    var earmark: String?

    /// The fund; says where policy has no programme that it is for, and ends the command.
    func fund(in desk: PaymentDesk) throws -> Fund {
        if let earmark { try desk.check(program: earmark) }
        return Fund(source, earmark: earmark)
    }
}
