import ArgumentParser
import AssistanceCore
import AssistanceExchange
import AssistanceFunding
import AssistancePlugins

/// `jiuzhu case pay batch`
struct PayBatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Write the file of a confirmed run for the bank or the treasury.",
        discussion: """
            The channel is one of a plugin. Who is paid for a case, and where, is known to the host alone: a table in CSV \
            with the columns case,name,account. The file names persons and accounts, and only its owner may read it. The \
            payments have the same numbers each time, and those that came back are left out.

              jiuzhu case pay batch cases.db 1 --channel bank-csv --payees payees.csv --payer 林口县民政局 --purpose 低保金 \
            --to R1.txt --plugin bank-csv.so --plugin-sha256 … --key cases.key --actor p-1 --role payer --office 231025 \
            --policy heilongjiang/mudanjiang

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var options: PaymentOptions
    @OptionGroup var which: PaymentRunArgument
    @OptionGroup var channel: ChannelOption

    @Option(
        help: ArgumentHelp("Who is paid for which case: a table in CSV.", valueName: "file"), completion: .file())
    var payees: String

    @Option(help: ArgumentHelp("Who pays, as the bank knows it.", valueName: "name"))
    var payer: String

    @Option(help: ArgumentHelp("What the payments are for; the month is added.", valueName: "text"))
    var purpose: String

    @Option(help: ArgumentHelp("Where the file goes.", valueName: "file"), completion: .file())
    var to: String

    @OptionGroup var time: PaymentDayOption

    func run() throws {
        let channel = try channel.found(options.policy.folder.plugins)
        try options.run(isReadOnly: true, document: payees) { desk in
            let known = try PayeeFile.read(payees)
            let batch = try desk.payments.batch(
                ofRun: which.number, payer: payer, day: time.day, purpose: purpose, for: desk.actor
            ) { known[$0] }
            try OutputFile.write(channel.file(of: batch), to: to, isPrivate: true)
        }
    }
}

/// `jiuzhu case pay receipts`
struct PayReceiptsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipts", abstract: "Read back what the bank says of a run: what was paid, and what came back.",
        discussion: """
            What came back is owed again and returns to the funds. The same file may be read twice and changes nothing then; \
            of a file that is wrong anywhere nothing is taken.

            \(StoreCommand.statusHelp)
            """)

    @OptionGroup var options: PaymentOptions
    @OptionGroup var which: PaymentRunArgument

    @Argument(help: "The file that the bank has sent.", completion: .file())
    var file: String

    @OptionGroup var channel: ChannelOption
    @OptionGroup var time: PaymentDayOption

    func run() throws {
        let channel = try channel.found(options.policy.folder.plugins)
        let file = try InputFile(file)
        try options.run(document: file.name) { desk in
            try desk.payments.take(
                channel.receipts(in: file.bytes), ofRun: which.number, on: time.day, by: desk.actor, at: CaseCommand.now
            )
            let payments = try desk.payments.payments(ofRun: which.number, for: desk.actor)
            try desk.write(
                text: desk.text.text(of: payments, ofRun: which.number),
                json: PaymentOutcome.json(payments, ofRun: which.number))
        }
    }
}

/// Which payment channel.
struct ChannelOption: ParsableArguments {
    @Option(help: ArgumentHelp("A payment channel of a --plugin by its id, such as bank-csv.", valueName: "id"))
    var channel: String

    /// The channel among those of the plugins, or says that there is none and ends the command.
    func found(_ plugins: PluginOptions) throws -> PluginChannel {
        let known = try plugins.set().channels
        if let found = known.first(where: { $0.id == channel }) { return found }
        let hint = closestName(to: channel, among: known.map(\.id)).map { "; did you mean '\($0)'?" } ?? ""
        Console.complain("jiuzhu: error: no --plugin has a payment channel '\(channel)'\(hint)")
        throw ExitStatus.badPolicy
    }
}
