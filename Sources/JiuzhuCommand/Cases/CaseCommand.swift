import ArgumentParser
import AssistanceCasework
import AssistanceCore
import Glibc
import Jiuzhu

/// `jiuzhu case`
struct CaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "Carry cases from the application to the end, each step checked by policy.",
        discussion: """
            Each step is checked by the procedure of the policy: who may do it, in which order, by when. What is refused \
            is refused with its rule, and changes nothing. Nothing that is printed holds a name or a citizen number unless \
            it is asked for, and that is noted in the file.

              jiuzhu case open cases.db --key cases.key --actor c-1 --role clerk --office 231025100 \
            --policy heilongjiang/mudanjiang --request application.json --document household.json
              jiuzhu case advance cases.db 1 accept --day 2026-06-02 --key cases.key --actor c-1 --role clerk \
            --office 231025100 --policy heilongjiang/mudanjiang

            \(StoreCommand.statusHelp)
            """,
        subcommands: subcommands)

    /// One a line, in the order of the help.
    static let subcommands: [any ParsableCommand.Type] = [
        CaseOpenCommand.self,
        CaseAdvanceCommand.self,
        CaseShowCommand.self,
        CaseListCommand.self,
        CaseOverdueCommand.self,
        CaseReviewCommand.self,
        CaseDecideCommand.self,
        CaseLetterCommand.self,
        CaseNoticeCommand.self,
        CasePayCommand.self,
        CaseFundCommand.self,
    ]

    /// The host's clock, in seconds since 1970.
    static var now: Int64 { Int64(time(nil)) }
}

/// `jiuzhu case open`
struct CaseOpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Begin a case with an application.",
        discussion: """
            The request says what is applied for, where, and who the members are, in the order of the household; names \
            and citizen numbers are sealed:

              {"step": "apply", "day": "2026-06-01", "programs": ["low-income"], "area": "231025100",
               "people": [{"citizen_number": "…", "name": "…"}]}

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var store: StoreOptions

    @Option(
        help: ArgumentHelp("The application in JSON; - reads standard input.", valueName: "file"), completion: .file())
    var request: String

    @Option(help: ArgumentHelp("The household in JSON.", valueName: "file"), completion: .file())
    var document: String

    @OptionGroup var actor: ActorOptions
    @OptionGroup var policy: CasePolicyOptions
    @OptionGroup var output: ResultOptions

    func run() throws {
        let source = try policy.source()
        let desk = try store.open(with: source.engine())
        let state = try CaseFailure.ending(policy: source, document: document) {
            let request = try CaseRequestFile.read(self.request, document: document)
            return try desk.apply(request, by: actor.actor, at: CaseCommand.now)
        }
        try output.write(state)
    }
}

/// `jiuzhu case advance`
struct CaseAdvanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advance", abstract: "Do a step with a case.",
        discussion: """
            STEP and what it needs stand on the command line, or in a request in JSON, as 'jiuzhu case open' takes it. \
            'jiuzhu case show' says which steps may be done. What is computed, what is due from then on and who may do \
            the step follow from policy.

              jiuzhu case advance cases.db 1 visit --day 2026-06-06 --from 2026-06-06 --visitor s-1 --visitor v-3 \
            --document record.txt --key cases.key --actor s-1 --role surveyor --office 231025100 \
            --policy heilongjiang/mudanjiang

            STEP is one of \(CaseStep.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")).

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The case's number.")
    var number: Int64

    @Argument(help: ArgumentHelp("What is done."))
    var step: CaseStep?

    @OptionGroup var fields: CaseStepOptions

    @Option(
        help: ArgumentHelp("The step in JSON instead; - reads standard input.", valueName: "file"), completion: .file())
    var request: String?

    @Option(
        help: ArgumentHelp(
            "What is sealed with the step: a record, an opinion, a letter, a household.", valueName: "file"),
        completion: .file())
    var document: String?

    @OptionGroup var actor: ActorOptions
    @OptionGroup var policy: CasePolicyOptions
    @OptionGroup var output: ResultOptions

    func validate() throws {
        guard (step == nil) == (request != nil), request == nil || fields.isEmpty else {
            throw ValidationError("name a step with its options, or with --request a file that holds both")
        }
        if step != nil, fields.day == nil { throw ValidationError("--day says on which day the step was done") }
    }

    func run() throws {
        let source = try policy.source()
        let desk = try store.open(with: source.engine())
        let state = try CaseFailure.ending(policy: source, document: document ?? "") {
            try desk.advance(number, asked(), by: actor.actor, at: CaseCommand.now)
        }
        try output.write(state)
    }

    private func asked() throws -> CaseRequest {
        if let request { return try CaseRequestFile.read(request, document: document) }
        guard let step, let day = fields.day else { throw ValidationError("a step and a day are missing") }
        return CaseRequest(
            fields.action(step, on: day), document: try document.map(CaseRequestFile.bytes), members: fields.member)
    }
}

/// `jiuzhu case show`
struct CaseShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a case: where it stands, what is due, what may be done next and by whom.",
        discussion: StoreCommand.statusHelp)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The case's number.")
    var number: Int64

    @Option(
        help: ArgumentHelp("The day to look at it; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var day: CalendarDate?

    @Flag(help: "Also show names and citizen numbers; that this was read is noted in the file.")
    var persons = false

    @OptionGroup var actor: ActorOptions
    @OptionGroup var policy: CasePolicyOptions
    @OptionGroup var output: ResultOptions

    func run() throws {
        let source = try policy.source()
        let desk = try store.open(with: source.engine(), isReadOnly: !persons)
        let (overview, people) = try CaseFailure.ending {
            (
                try desk.overview(of: number, on: day ?? .today(), for: actor.actor),
                persons ? try desk.persons(of: number, by: actor.actor, at: CaseCommand.now) : nil
            )
        }
        switch output.format {
        case .text: try Console.write(CaseText(in: output.language).text(of: overview, persons: people))
        case .json: try Console.write(overview.json(persons: people))
        }
    }
}

/// `jiuzhu case list`
struct CaseListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the cases of an area.", discussion: StoreCommand.statusHelp)

    @OptionGroup var store: StoreOptions
    @OptionGroup var area: CaseAreaOptions

    @Option(help: "Only those at a stage.")
    var stage: CaseStage?

    @OptionGroup var output: ResultOptions

    func run() throws {
        try output.write(store) { try $0.list(in: area.area, for: area.actor.actor, stage: stage, limit: area.limit) }
    }
}

/// `jiuzhu case overdue`
struct CaseOverdueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overdue", abstract: "List the cases in which something was due, the longest overdue first.",
        discussion: """
            With a --day that is still to come it lists what will be due before it.

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var area: CaseAreaOptions

    @Option(
        help: ArgumentHelp("Due before this day; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var day: CalendarDate?

    @OptionGroup var output: ResultOptions

    func run() throws {
        try output.write(store) {
            try $0.overdue(in: area.area, for: area.actor.actor, on: day ?? .today(), limit: area.limit)
        }
    }
}

/// `jiuzhu case review`
struct CaseReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "List the running cases whose periodic review is due.",
        discussion: StoreCommand.statusHelp)

    @OptionGroup var store: StoreOptions
    @OptionGroup var area: CaseAreaOptions

    @Option(
        help: ArgumentHelp("Due by this day; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var day: CalendarDate?

    @OptionGroup var output: ResultOptions

    func run() throws {
        try output.write(store) {
            try $0.dueForReview(in: area.area, for: area.actor.actor, by: day ?? .today(), limit: area.limit)
        }
    }
}

/// Which cases are listed, and for whom.
struct CaseAreaOptions: ParsableArguments {
    @OptionGroup var actor: ActorOptions

    @Option(
        name: .customLong("area"),
        help: ArgumentHelp(
            "The division whose cases are listed, such as 231025100; that of the office without it.", valueName: "code"),
        transform: DivisionArgument.read)
    var part: DivisionCode?

    /// The division whose cases are listed.
    var area: DivisionCode { part ?? actor.office }

    @Option(help: ArgumentHelp("How many are listed at most.", valueName: "count"))
    var limit = 1000

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit is 1 or more") }
    }
}

extension ResultOptions {
    /// Writes where a case stands after a step.
    fileprivate func write(_ state: CaseState) throws {
        switch format {
        case .text: try Console.write(CaseText(in: language).text(of: [CaseRow(state)]))
        case .json: try Console.write(state.json)
        }
    }

    /// Writes a list of cases.
    fileprivate func write(_ options: StoreOptions, _ rows: (CaseStore) throws -> [CaseRow]) throws {
        let store = try options.open(isReadOnly: true)
        let rows = try CaseFailure.ending { try rows(store) }
        switch format {
        case .text: try Console.write(CaseText(in: language).text(of: rows))
        case .json: try Console.write(CaseRow.json(rows))
        }
    }
}
