import AssistanceCore
import AssistancePolicy
import CJiuzhu

/// A bank's or the treasury's file, as a plugin offers it (发放渠道).
///
/// May be shared between threads.
public struct PluginChannel: PaymentChannel {
    /// Its id: `bank-csv`.
    public var id: String { table.id }
    /// What it is called.
    public var label: Label { table.label }
    /// Whether it can read what the bank sends back.
    public var readsReturns: Bool { table.readsReturns }

    private let table: ChannelTable
    private let plugin: PluginIdentity
    private let log: PluginLog

    init(_ table: ChannelTable, of plugin: PluginIdentity, _ log: PluginLog) {
        self.table = table
        self.plugin = plugin
        self.log = log
    }

    /// The file of a batch, at most 64 MB.
    public func file(of batch: PaymentBatch) throws(PaymentProblem) -> [UInt8] {
        var texts = TextArena()
        let (batchID, payer) = (texts.add(batch.id), texts.add(batch.payer))
        let places = batch.payments.map {
            (texts.add($0.id), texts.add($0.name), texts.add($0.account), texts.add($0.purpose))
        }
        let day = Int32(truncatingIfNeeded: batch.day.year * 10_000 + batch.day.month * 100 + batch.day.day)
        let call = FileCall()
        let answer = Loans.lend(call, log) { number in
            texts.lend { base in
                var info = jzp_batch_info(
                    struct_size: UInt32(MemoryLayout<jzp_batch_info>.size), day: day, id: base + batchID,
                    payer: base + payer)
                let rows = zip(places, batch.payments).map { place, payment in
                    jzp_payment(
                        id: base + place.0, name: base + place.1, account: base + place.2, fen: payment.sum.fen,
                        purpose: base + place.3)
                }
                return table.pointer.pointee.payments?(
                    table.pointer, HostTable.pointer, &info, rows, rows.count, number) ?? JZP_NOT_PROVIDED
            }
        }
        if let said = call.mistakes.summary(of: "payments", answering: answer) { throw problem(said) }
        guard !call.bytes.isEmpty else { throw problem("it wrote nothing") }
        return call.bytes
    }

    /// What the bank's return file says; at most 64 MB are read.
    public func receipts(in file: [UInt8]) throws(PaymentProblem) -> [PaymentReceipt] {
        guard let returned = table.pointer.pointee.returned else { throw problem("it reads no return files") }
        guard file.count <= FileCall.limit else {
            throw problem("the return file has more than \(FileCall.limit >> 20) MB")
        }
        let call = ReceiptCall()
        let answer = Loans.lend(call, log) { number in
            file.withUnsafeBytes { returned(table.pointer, HostTable.pointer, $0.baseAddress, $0.count, number) }
        }
        if let said = call.mistakes.summary(of: "returned", answering: answer) {
            throw problem(said, line: call.line)
        }
        return call.receipts.receipts
    }

    private func problem(_ message: String, line: Int? = nil) -> PaymentProblem {
        PaymentProblem("\(plugin.title), the payment channel '\(id)': \(message)", line: line)
    }
}

/// The file that a channel is writing. For one thread.
final class FileCall: LentObject {
    static let title = "jzp_file"
    /// The most bytes of a file: 64 MB.
    static let limit = 64 << 20

    private(set) var bytes: [UInt8] = []
    private(set) var mistakes = MistakeList()

    func mistake(_ message: String) { mistakes.note(message) }

    func write(_ more: UnsafeRawPointer?, _ size: Int) -> Int32 {
        guard size != 0 else { return JZP_OK }
        guard let more else { return fail("write was given NULL, and \(UInt(bitPattern: size)) bytes were announced") }
        guard size > 0, size <= Self.limit - bytes.count else {
            return fail("the file has more than \(Self.limit >> 20) MB")
        }
        bytes += UnsafeRawBufferPointer(start: more, count: size)
        return JZP_OK
    }

    func error(_ message: UnsafePointer<CChar>?) {
        if let said = text(message, "the message given to file_error") { mistake(said) }
    }

    private func fail(_ message: String) -> Int32 {
        mistake(message)
        return JZP_FAILED
    }
}

/// The receipts that a channel is reading. For one thread.
final class ReceiptCall: LentObject {
    static let title = "jzp_receipts"

    private(set) var receipts = PaymentReceipts()
    private(set) var mistakes = MistakeList()
    /// The line of the first mistake, where the plugin has named one.
    private(set) var line: Int?

    func mistake(_ message: String) { mistakes.note(message) }

    func receipt(
        _ id: UnsafePointer<CChar>?, _ outcome: Int32, _ fen: Int64, _ reason: UnsafePointer<CChar>?
    ) -> Int32 {
        guard let id = text(id, "the id given to receipt") else { return JZP_FAILED }
        let outcomes: [Int32: PaymentReceipt.Outcome] = [JZP_PAID: .paid, JZP_RETURNED: .returned]
        guard let outcome = outcomes[outcome] else {
            mistake("receipt was given the outcome \(outcome), and JZP_PAID or JZP_RETURNED was expected")
            return JZP_FAILED
        }
        var words: String?
        if reason != nil {
            guard let said = text(reason, "the reason given to receipt", PluginText.words) else { return JZP_FAILED }
            words = said
        }
        do throws(PaymentProblem) {
            try receipts.add(PaymentReceipt(id: id, outcome, sum: Money(fen: fen), reason: words))
            return JZP_OK
        } catch {
            mistake(error.message)
            return JZP_FAILED
        }
    }

    func error(_ message: UnsafePointer<CChar>?, line: Int64) {
        guard let said = text(message, "the message given to receipt_error") else { return }
        if mistakes.messages.isEmpty, line > 0 { self.line = Int(line) }
        mistake(said)
    }
}
