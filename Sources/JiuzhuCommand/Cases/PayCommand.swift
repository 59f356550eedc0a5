import ArgumentParser
import AssistanceCasework
import AssistanceCore
import AssistanceFunding

/// `jiuzhu case pay`
struct CasePayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay",
        abstract: "Pay what the cases of an area are owed: list, propose, confirm, hand to the bank.",
        discussion: """
            What is owed up to a month, less all that was paid, is proposed as a run, confirmed by somebody else, taken from \
            the funds, and written as the file of a payment channel. Who may do what is said by 'payments:' of the policy.

              jiuzhu case pay list cases.db --area 231025 --program low-income --month 2026-07 --key cases.key \
            --actor p-1 --role payer --office 231025 --policy heilongjiang/mudanjiang

            \(StoreCommand.statusHelp)
            """,
        subcommands: [
            List.self, Propose.self, Confirm.self, Drop.self, Runs.self, PayBatchCommand.self, PayReceiptsCommand.self,
            Supplement.self,
        ])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what would be paid, what is held and what is claimed; nothing is changed.",
            discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions
        @OptionGroup var order: PaymentOrderOptions

        func run() throws {
            try options.run(isReadOnly: true) { desk in
                let list = try desk.payments.list(order.order(in: desk), for: desk.actor)
                try desk.write(text: desk.text.text(of: list), json: list.json)
            }
        }
    }

    struct Propose: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose to pay what is owed, as a run; no other run pays the same.",
            discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions
        @OptionGroup var order: PaymentOrderOptions
        @OptionGroup var time: PaymentDayOption

        func run() throws {
            try options.run { desk in
                try desk.write(
                    desk.payments.propose(
                        order.order(in: desk), on: time.day, by: desk.actor, at: CaseCommand.now))
            }
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm a run, and take what it pays from the funds of its area.",
            discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions
        @OptionGroup var which: PaymentRunArgument
        @OptionGroup var time: PaymentDayOption

        func run() throws {
            try options.run { desk in
                try desk.write(
                    desk.payments.confirm(run: which.number, on: time.day, by: desk.actor, at: CaseCommand.now))
            }
        }
    }

    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drop a run that has not been confirmed; what it would have paid is owed again.",
            discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions
        @OptionGroup var which: PaymentRunArgument
        @OptionGroup var time: PaymentDayOption

        func run() throws {
            try options.run { desk in
                try desk.write(
                    desk.payments.drop(run: which.number, on: time.day, by: desk.actor, at: CaseCommand.now))
            }
        }
    }

    struct Runs: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the runs of an area.", discussion: StoreCommand.statusHelp)

        @OptionGroup var options: PaymentOptions

        @Option(
            help: ArgumentHelp(
                "The division whose runs are listed; that of the office without it.", valueName: "code"),
            transform: DivisionArgument.read)
        var area: DivisionCode?

        func run() throws {
            try options.run(isReadOnly: true) { desk in
                let runs = try desk.payments.runs(in: area ?? desk.actor.area, for: desk.actor)
                try desk.write(text: desk.text.text(of: runs), json: PaymentRun.json(runs))
            }
        }
    }
}

extension CasePayCommand {
    struct Supplement: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give the running cases of an area what a programme gives for one month, without an application.",
            discussion: """
                Such is the price subsidy in a month in which an index of prices reaches its trigger. What each household is \
                given follows from the policy of the month and from what its case grants. It is paid with the next list of \
                the programme. Done again it does only what is lacking; what was not given is counted by its reason.

                  jiuzhu case pay supplement cases.db --area 231025 --program allowances.price-subsidy --month 2026-07 \
                --key cases.key --actor p-1 --role payer --office 231025 --policy heilongjiang/mudanjiang

                \(StoreCommand.statusHelp)
                """)

        @OptionGroup var options: PaymentOptions
        @OptionGroup var order: PaymentOrderOptions
        @OptionGroup var time: PaymentDayOption

        func run() throws {
            try options.run { desk in
                let order = try order.order(in: desk)
                let report = try desk.cases.supplement(
                    order.program, month: order.month.first, in: order.area, on: time.day, by: desk.actor,
                    at: CaseCommand.now)
                try desk.write(
                    text: desk.text.text(of: report, order.program, order.month),
                    json: report.json(order.program, order.month))
            }
        }
    }
}

/// Which run.
struct PaymentRunArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The number of the run.", valueName: "run"))
    var number: Int64
}

extension PaymentDesk {
    /// Writes where a run stands after a step.
    fileprivate func write(_ run: PaymentRun) throws {
        try write(text: text.text(of: [run]), json: PaymentRun.json([run]))
    }
}
