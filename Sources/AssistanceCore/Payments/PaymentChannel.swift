/// 发放渠道: how a bank or a treasury takes payments and says what became of them.
///
/// Several threads may use it at once.
public protocol PaymentChannel: Sendable {
    /// Its id: `bank-csv`.
    var id: String { get }
    /// What it is called.
    var label: Label { get }

    /// The file of a batch as the bank reads it.
    func file(of batch: PaymentBatch) throws(PaymentProblem) -> [UInt8]

    /// What the bank's return file says, payment by payment, none twice.
    func receipts(in file: [UInt8]) throws(PaymentProblem) -> [PaymentReceipt]
}

/// 发放回执: what became of a payment.
public struct PaymentReceipt: Hashable, Sendable {
    /// Whether it arrived.
    public enum Outcome: String, Sendable, CaseIterable {
        /// 发放成功.
        case paid
        /// 退回.
        case returned
    }

    /// The payment's id.
    public let id: String
    /// Whether it arrived.
    public let outcome: Outcome
    /// The sum that was paid or came back.
    public let sum: Money
    /// The bank's words; nil where it has none.
    public let reason: String?

    /// A receipt.
    public init(id: String, _ outcome: Outcome, sum: Money, reason: String? = nil) {
        self.id = id
        self.outcome = outcome
        self.sum = sum
        self.reason = reason
    }
}

extension PaymentChannel {
    /// What a return file says of the payments of a batch: each is one of the batch and has its sum. Those of the batch that
    /// the file does not name are still under way.
    public func receipts(in file: [UInt8], of batch: PaymentBatch) throws(PaymentProblem) -> [PaymentReceipt] {
        let sums = Dictionary(batch.payments.map { ($0.id, $0.sum) }, uniquingKeysWith: { first, _ in first })
        let receipts = try receipts(in: file)
        for receipt in receipts {
            guard let sum = sums[receipt.id] else {
                throw PaymentProblem("the payment '\(receipt.id)' is none of the batch '\(batch.id)'")
            }
            guard sum == receipt.sum else {
                throw PaymentProblem(
                    "the payment '\(receipt.id)' is \(sum) yuan, and the file says \(receipt.sum); nothing of it is taken"
                )
            }
        }
        return receipts
    }
}

/// Gathers what a channel reads in a return file, and lets nothing pass that no bank can say.
///
/// What is refused is thrown and changes nothing. A value type; for one thread while it is filled.
public struct PaymentReceipts: Sendable {
    /// Those that have been read, in their order.
    public private(set) var receipts: [PaymentReceipt] = []
    private var ids: Set<String> = []

    /// None yet.
    public init() {}

    /// Adds a receipt.
    public mutating func add(_ receipt: PaymentReceipt) throws(PaymentProblem) {
        guard PaymentBatch.isID(receipt.id) else {
            throw PaymentProblem("the id of a receipt is none; 1 to 32 letters and digits were expected")
        }
        guard receipt.sum > .zero else {
            throw PaymentProblem(
                "the receipt of '\(receipt.id)' is of \(receipt.sum) yuan, and more than nothing was expected")
        }
        guard receipts.count < PaymentBatch.limit else {
            throw PaymentProblem("the file has more than \(PaymentBatch.limit) receipts")
        }
        guard ids.insert(receipt.id).inserted else {
            throw PaymentProblem("there are two receipts of '\(receipt.id)'")
        }
        receipts.append(receipt)
    }
}
