import CJiuzhu

/// A bank's or the treasury's file (发放渠道).
public protocol PaymentChannel: Sendable {
    /// `bank-csv`
    var id: String { get }
    /// What it is called.
    var label: Label { get }

    /// A batch of payments as the bank reads it.
    func file(of payments: [Payment], _ batch: PaymentBatch) throws(PluginFailure) -> [UInt8]

    /// What became of the payments of a file that the bank sends back.
    func receipts(in file: [UInt8]) throws(PluginFailure) -> [Receipt]
}

/// A payment to one account.
public struct Payment: Sendable {
    /// The host's own id, at most 32 letters and digits.
    public let id: String
    /// Whose account it is.
    public let name: String
    /// The account.
    public let account: String
    /// The sum in fen.
    public let fen: Int64
    /// What for: `低保金 2026-11`.
    public let purpose: String
}

/// Payments that go out together.
public struct PaymentBatch: Sendable {
    /// The host's own id.
    public let id: String
    /// The day, 20261123.
    public let day: Int32
    /// Who pays.
    public let payer: String
}

/// What became of a payment.
public struct Receipt: Sendable {
    /// Whether the money arrived.
    public enum Outcome: Int32, Sendable {
        /// It did.
        case paid
        /// It came back.
        case returned
    }

    let id: String
    let outcome: Outcome
    let fen: Int64
    let reason: String?

    /// - Parameters:
    ///   - id: The payment's, as the host gave it.
    ///   - reason: The bank's words.
    public init(_ id: String, _ outcome: Outcome, fen: Int64, reason: String? = nil) {
        self.id = id
        self.outcome = outcome
        self.fen = fen
        self.reason = reason
    }
}

extension PaymentChannel {
    var table: jzp_channel {
        var table = jzp_channel()
        table.struct_size = UInt32(MemoryLayout<jzp_channel>.size)
        table.id = Lasting.text(id)
        table.label_zh = Lasting.text(label.chinese)
        table.label_en = Lasting.text(label.english)
        table.data = Box<any PaymentChannel>(self).held()
        table.payments = { table, host, batch, payments, count, file in
            guard let channel = Box<any PaymentChannel>.value(behind: table?.pointee.data), let host,
                let batch = batch?.pointee
            else { return JZP_FAILED }
            do throws(PluginFailure) {
                guard host.isWhole else { throw PluginFailure.olderHost }
                let payments = UnsafeBufferPointer(start: payments, count: count).map(Payment.init)
                let bytes = try channel.file(of: payments, PaymentBatch(batch))
                return host.pointee.write?(file, bytes, bytes.count) ?? JZP_NOT_PROVIDED
            } catch {
                host.pointee.file_error?(file, error.message)
                return JZP_FAILED
            }
        }
        table.returned = { table, host, bytes, size, receipts in
            guard let channel = Box<any PaymentChannel>.value(behind: table?.pointee.data), let host else {
                return JZP_FAILED
            }
            do throws(PluginFailure) {
                guard host.isWhole else { throw PluginFailure.olderHost }
                for receipt in try channel.receipts(in: [UInt8](UnsafeRawBufferPointer(start: bytes, count: size))) {
                    let answer = host.pointee.receipt?(
                        receipts, receipt.id, receipt.outcome.rawValue, receipt.fen, receipt.reason)
                    guard answer == JZP_OK else { return answer ?? JZP_NOT_PROVIDED }
                }
                return JZP_OK
            } catch {
                host.pointee.receipt_error?(receipts, error.message, error.line)
                return JZP_FAILED
            }
        }
        return table
    }
}

extension Payment {
    fileprivate init(_ payment: jzp_payment) {
        id = payment.id.map { String(cString: $0) } ?? ""
        name = payment.name.map { String(cString: $0) } ?? ""
        account = payment.account.map { String(cString: $0) } ?? ""
        fen = payment.fen
        purpose = payment.purpose.map { String(cString: $0) } ?? ""
    }
}

extension PaymentBatch {
    fileprivate init(_ batch: jzp_batch_info) {
        id = batch.id.map { String(cString: $0) } ?? ""
        day = batch.day
        payer = batch.payer.map { String(cString: $0) } ?? ""
    }
}
