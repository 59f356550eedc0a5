/// 一笔发放: a sum for an account.
public struct Payment: Hashable, Sendable {
    /// The payer's own number of it: 1 to 32 letters and digits.
    public let id: String
    /// Who holds the account.
    public let name: String
    /// The account.
    public let account: String
    /// The sum, more than nothing.
    public let sum: Money
    /// What it is for: `低保金 2026-11`.
    public let purpose: String

    /// A payment; a batch checks it.
    public init(id: String, name: String, account: String, sum: Money, purpose: String) {
        self.id = id
        self.name = name
        self.account = account
        self.sum = sum
        self.purpose = purpose
    }
}

/// 收款人: who is paid for a case, and where. The host knows accounts; the file does not.
public struct Payee: Hashable, Sendable {
    /// Who holds the account.
    public let name: String
    /// The account.
    public let account: String

    /// Who is paid, and where.
    public init(name: String, account: String) { (self.name, self.account) = (name, account) }
}

/// 发放批次: payments that one payer makes on one day, checked.
public struct PaymentBatch: Hashable, Sendable {
    /// Its id: 1 to 32 letters and digits.
    public let id: String
    /// Who pays: `例县财政局`.
    public let payer: String
    /// The day of payment.
    public let day: CalendarDate
    /// The payments, at least one; no id stands twice.
    public let payments: [Payment]
    /// All sums together.
    public let total: Money

    /// The most payments of a batch.
    public static let limit = 1_000_000

    /// A batch; the first thing that is wrong with it is thrown, and names a payment by its place from 1 and its id alone.
    public init(id: String, payer: String, day: CalendarDate, payments: [Payment]) throws(PaymentProblem) {
        guard Self.isID(id) else {
            throw PaymentProblem("the id of the batch is none; 1 to 32 letters and digits were expected")
        }
        guard Self.isLine(payer) else { throw PaymentProblem("the payer is none; \(Self.line) was expected") }
        guard (1...Self.limit).contains(payments.count) else {
            throw PaymentProblem("the batch has \(payments.count) payments, and 1 to \(Self.limit) were expected")
        }
        var (ids, total): (Set<String>, Money) = ([], .zero)
        for (place, payment) in payments.enumerated() {
            guard Self.isID(payment.id) else {
                throw PaymentProblem("payment \(place + 1): its id is none; 1 to 32 letters and digits were expected")
            }
            let title = "payment \(place + 1) ('\(payment.id)')"
            guard ids.insert(payment.id).inserted else { throw PaymentProblem("\(title): its id stands twice") }
            guard Self.isLine(payment.name) else {
                throw PaymentProblem("\(title): its name is none; \(Self.line) was expected")
            }
            guard Self.isAccount(payment.account) else {
                throw PaymentProblem("\(title): its account is none; 1 to 40 letters, digits and - were expected")
            }
            guard Self.isLine(payment.purpose) else {
                throw PaymentProblem("\(title): its purpose is none; \(Self.line) was expected")
            }
            guard payment.sum > .zero else {
                throw PaymentProblem("\(title): its sum is \(payment.sum) yuan, and more than nothing was expected")
            }
            guard let sum = total.adding(payment.sum) else {
                throw PaymentProblem("the sums of the batch are more together than can be counted")
            }
            total = sum
        }
        self.id = id
        self.payer = payer
        self.day = day
        self.payments = payments
        self.total = total
    }

    /// Whether a text can be the id of a payment or batch.
    static func isID(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count) && text.utf8.allSatisfy(isLetterOrDigit)
    }

    private static let line = "one line of 1 to 200 characters"

    private static func isLine(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return (1...200).contains(scalars.count) && scalars.allSatisfy { !MessageLine.isHidden($0) }
    }

    private static func isAccount(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == ASCII.minus }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: ASCII.isDigit(byte)
        }
    }
}

/// What is wrong with payments, with a channel, or with what a bank sends back. It names no person and no account.
public struct PaymentProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence in English.
    public let message: String
    /// The line of the bank's file, from 1; nil where it is no line's.
    public let line: Int?

    /// A problem.
    public init(_ message: String, line: Int? = nil) {
        self.message = MessageLine(message).text
        self.line = line
    }

    /// The sentence, behind the line where there is one: `line 3: …`.
    public var description: String { (line.map { "line \($0): " } ?? "") + message }
}
