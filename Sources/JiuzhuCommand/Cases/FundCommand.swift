import ArgumentParser
import AssistanceCasework
import AssistanceCore
import AssistanceExchange
import AssistanceFunding

/// `jiuzhu case fund`
struct CaseFundCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fund", abstract: "Keep the funds that cases are paid from: give, move, divide, and show them.",
        discussion: """
            Money comes from a budget to what an area can pay, goes from there to the areas below, and is spent by runs. It \
            stays within its fund: a source, for one programme alone (专款专用) or for any.

              jiuzhu case fund give cases.db --area 231025 --source province --sum 10000.00 --key cases.key \
            --actor p-1 --role payer --office 231025 --policy heilongjiang/mudanjiang

            \(StoreCommand.statusHelp)
            """,
        subcommands: [Give.self, Move.self, FundAllocateCommand.self, Balances.self])

    struct Give: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take what a budget gives to an area into what it can pay.",
            discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions

        @Option(
            help: ArgumentHelp("The division that is given the money.", valueName: "code"),
            transform: DivisionArgument.read)
        var area: DivisionCode

        @OptionGroup var fund: FundOptions

        @Option(help: ArgumentHelp("How much, in yuan.", valueName: "yuan"), transform: SumArgument.read)
        var sum: Money

        @OptionGroup var time: PaymentDayOption

        func run() throws {
            try options.run { desk in
                let fund = try fund.fund(in: desk)
                try desk.move(
                    [LedgerTransfer(from: .budget(area, fund), to: .available(area, fund), sum)], on: time.day)
            }
        }
    }

    struct Move: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move money of a fund from what one area can pay to what another can.",
            discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions

        @Option(
            help: ArgumentHelp("The division that gives the money.", valueName: "code"),
            transform: DivisionArgument.read)
        var from: DivisionCode

        @Option(
            help: ArgumentHelp("The division that is given the money.", valueName: "code"),
            transform: DivisionArgument.read)
        var to: DivisionCode

        @OptionGroup var fund: FundOptions

        @Option(help: ArgumentHelp("How much, in yuan.", valueName: "yuan"), transform: SumArgument.read)
        var sum: Money

        @OptionGroup var time: PaymentDayOption

        func run() throws {
            try options.run { desk in
                let fund = try fund.fund(in: desk)
                try desk.move(
                    [LedgerTransfer(from: .available(from, fund), to: .available(to, fund), sum)], on: time.day)
            }
        }
    }

    struct Balances: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what stands in the accounts of an area, and of those in it, at the end of a month.",
            discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions

        @Option(
            help: ArgumentHelp(
                "The division whose accounts are shown; that of the office without it.", valueName: "code"),
            transform: DivisionArgument.read)
        var area: DivisionCode?

        @Option(
            help: ArgumentHelp("The month; that of today in China (UTC+8) without it.", valueName: "month"),
            transform: MonthArgument.read)
        var month: CalendarDate?

        func run() throws {
            try options.run(isReadOnly: true) { desk in
                let month = PaymentMonth(of: month ?? .today())
                try desk.write(
                    desk.payments.balances(in: area ?? desk.actor.area, at: month, for: desk.actor), at: month)
            }
        }
    }
}

/// `jiuzhu case fund allocate`
struct FundAllocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocate", abstract: "Divide a budget among areas by the formula of the policy.",
        discussion: """
            The formula is that of 'allocation:' in the policy of the area that divides. What each area counts is a table in \
            CSV with a column area and one for each measure of the formula. With --book the parts are moved out of what the \
            area can pay of the fund.

              jiuzhu case fund allocate cases.db low-income --area 520000 --budget 1000000.00 --months 6 \
            --figures figures.csv --key cases.key --actor p-1 --role payer --office 520000 --policy guizhou

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var options: PaymentOptions

    @Argument(help: ArgumentHelp("The programme or purpose, by its name in the policy.", valueName: "name"))
    var purpose: String

    @Option(
        help: ArgumentHelp("The division that divides the budget.", valueName: "code"),
        transform: DivisionArgument.read)
    var area: DivisionCode

    @Option(help: ArgumentHelp("The budget, in yuan.", valueName: "yuan"), transform: SumArgument.read)
    var budget: Money

    @Option(help: ArgumentHelp("For how many months supplements are given.", valueName: "count"))
    var months = 12

    @Option(help: ArgumentHelp("What each area counts: a table in CSV.", valueName: "file"), completion: .file())
    var figures: String

    @Flag(help: "Move the parts to the areas; without it they are shown alone.")
    var book = false

    @Option(help: "With --book: which budget the money comes from.")
    var source: FundSource?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("With --book: the programme that the money may pay alone; any without it.", valueName: "id"))
    var earmark: String?

    @OptionGroup var time: PaymentDayOption

    func validate() throws {
        guard book == (source != nil), book || earmark == nil else {
            throw ValidationError("--book needs the fund, by --source and --for, and these say nothing without it")
        }
    }

    func run() throws {
        try options.run(isReadOnly: !book) { desk in
            let formula = try desk.payments.formula(of: purpose, area: area, on: time.day)
            let areas = try AreaFigureFile.read(figures).map { AllocationArea($0.area, figures: $0.figures) }
            let allocation = try Allocation(of: budget, months: months, by: formula, among: areas)
            if let source {
                if let earmark { try desk.check(program: earmark) }
                try desk.payments.move(
                    allocation.transfers(from: area, Fund(source, earmark: earmark)), on: time.day, by: desk.actor,
                    at: CaseCommand.now)
            }
            try desk.write(
                text: desk.text.text(of: allocation, for: purpose, citation: formula.citation), json: allocation.json)
        }
    }
}

extension PaymentDesk {
    /// Makes transfers, and writes what stands in their accounts then.
    fileprivate func move(_ transfers: [LedgerTransfer], on day: CalendarDate) throws {
        try payments.move(transfers, on: day, by: actor, at: CaseCommand.now)
        let (month, touched) = (PaymentMonth(of: day), Set(transfers.flatMap { [$0.origin, $0.target] }))
        let balances = try payments.balances(in: actor.area, at: month, for: actor)
        try write(balances.filter { touched.contains($0.account) }, at: month)
    }

    fileprivate func write(_ balances: [LedgerBalance], at month: PaymentMonth) throws {
        try write(text: text.text(of: balances, at: month), json: LedgerBalance.json(balances, at: month))
    }
}

/// Sums on the command line.
enum SumArgument {
    /// Reads yuan with at most two decimals.
    static func read(_ text: String) throws -> Money {
        guard let sum = Money(yuanText: text) else {
            throw ValidationError("a sum is written in yuan with at most two decimals, such as 2000.00")
        }
        return sum
    }
}
