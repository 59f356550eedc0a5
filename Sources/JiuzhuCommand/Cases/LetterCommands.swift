import ArgumentParser
import AssistanceCasework
import AssistanceCore

extension LetterKind: ExpressibleByArgument {}

/// `jiuzhu case letter`
struct CaseLetterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letter", abstract: "Write a letter of a case, with the names of its members.",
        discussion: """
            A letter tells of the case as it stood after the step that it is about, and cites the articles that the step \
            and the decision rest on. Who had it written stands in the file's log of reads.

              jiuzhu case letter cases.db 1 decision --html decision.html --key cases.key --actor c-1 --role clerk \
            --office 231025100 --policy heilongjiang/mudanjiang

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The number of the case.")
    var number: Int64

    @Argument(help: "What it tells of.")
    var kind: LetterKind

    @OptionGroup var actor: ActorOptions
    @OptionGroup var policy: CasePolicyOptions
    @OptionGroup var output: LetterOutput

    func run() throws {
        let source = try policy.source()
        let desk = try store.open(with: source.engine())
        try output.write(
            CaseFailure.ending(policy: source) {
                try desk.letter(kind, of: number, by: actor.actor, at: CaseCommand.now)
            })
    }
}

/// `jiuzhu case decide`
struct CaseDecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Hand over the decision of a confirmed case: write its letter and do the step.",
        discussion: """
            The letter bears the day on which it is handed over. Its text is sealed with the step, so that what the household \
            was told stands in the file; 'jiuzhu case letter' writes it again.

              jiuzhu case decide cases.db 1 --day 2026-06-22 --html decision.html --key cases.key --actor c-1 --role clerk \
            --office 231025100 --policy heilongjiang/mudanjiang

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The number of the case.")
    var number: Int64

    @Option(
        help: ArgumentHelp("The day on which it is handed over; today in China (UTC+8) without it.", valueName: "day"),
        transform: DayArgument.read)
    var day: CalendarDate?

    @OptionGroup var actor: ActorOptions
    @OptionGroup var policy: CasePolicyOptions
    @OptionGroup var output: LetterOutput

    func run() throws {
        let source = try policy.source()
        let desk = try store.open(with: source.engine())
        try output.write(
            CaseFailure.ending(policy: source) {
                try desk.decide(number, on: day ?? .today(), by: actor.actor, at: CaseCommand.now)
            })
    }
}

/// `jiuzhu case notice`
struct CaseNoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice", abstract: "Write the public notice of an area for the cases published on a day.",
        discussion: """
            Names are masked, and that of a minor is left out; no citizen numbers, addresses, health or disability stand in \
            it. Who had it written stands in the file's log of reads.

              jiuzhu case notice cases.db --area 231025100 --day 2026-06-10 --html notice.html --key cases.key \
            --actor c-1 --role clerk --office 231025100 --policy heilongjiang/mudanjiang

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var store: StoreOptions

    @Option(
        help: ArgumentHelp("The division code of the township.", valueName: "code"), transform: DivisionArgument.read)
    var area: DivisionCode

    @Option(
        help: ArgumentHelp("The day on which the cases were published.", valueName: "day"), transform: DayArgument.read)
    var day: CalendarDate

    @OptionGroup var actor: ActorOptions
    @OptionGroup var policy: CasePolicyOptions
    @OptionGroup var output: LetterOutput

    func run() throws {
        let source = try policy.source()
        let desk = try store.open(with: source.engine())
        try output.write(
            CaseFailure.ending(policy: source) {
                try desk.notice(in: area, on: day, by: actor.actor, at: CaseCommand.now)
            })
    }
}

/// Where a letter goes.
struct LetterOutput: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write a page of HTML for paper of A4 there, instead of plain text here.", valueName: "file"),
        completion: .file())
    var html: String?

    func write(_ letter: Letter) throws {
        if let html {
            try OutputFile.write(Array(letter.html.utf8), to: html)
        } else {
            try Console.write(letter.text)
        }
    }
}
