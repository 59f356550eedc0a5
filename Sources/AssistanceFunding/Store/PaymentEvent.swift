import AssistanceCasework
import AssistanceCore

/// 发放事件: what was done with a run or with funds; it holds all that the tables are made from, and no personal data.
struct PaymentEvent: Hashable, Sendable {
    /// What was done.
    enum Act: Hashable, Sendable {
        /// A list was proposed.
        case propose(PaymentOrder, [PaymentLine])
        /// It was confirmed, and this was taken from the funds.
        case confirm([LedgerTransfer])
        /// It was dropped.
        case drop
        /// The bank said what became of payments, by case; what came back returned to the funds.
        case receive(paid: [Int64], returned: [Int64], [LedgerTransfer])
        /// Money was moved outside of any run.
        case move([LedgerTransfer])
    }

    /// What was done.
    let act: Act
    /// The day.
    let day: CalendarDate

    /// The kind of these events in the chain.
    static let kind = "pay"

    /// What they are about: a run below nothing, so that no case has its number, and nothing for funds alone.
    static func subject(ofRun number: Int64?) -> Int64 { -(number ?? 0) }

    /// What was done, by its name in policy.
    var step: PaymentStep {
        switch act {
        case .propose: .propose
        case .confirm: .confirm
        case .drop: .drop
        case .receive: .receive
        case .move: .move
        }
    }

    /// The money that it moves.
    var transfers: [LedgerTransfer] {
        switch act {
        case .propose, .drop: []
        case .confirm(let transfers), .receive(_, _, let transfers), .move(let transfers): transfers
        }
    }
}

extension PaymentEvent {
    /// Canonical JSON: the same event gives the same bytes.
    var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.text("act", step.rawValue)
        json.text("day", day.iso)
        switch act {
        case .propose(let order, let lines):
            json.text("area", order.area.text)
            json.text("program", order.program)
            json.text("month", order.month.description)
            json.list("lines", lines) { json, line in
                json.beginArray()
                json.integer(line.number)
                for part in line.months {
                    json.integer(part.month.number)
                    json.integer(part.sum.fen)
                }
                json.endArray()
            }
        case .receive(let paid, let returned, _):
            json.list("paid", paid) { $0.integer($1) }
            json.list("returned", returned) { $0.integer($1) }
        case .confirm, .drop, .move: break
        }
        if !transfers.isEmpty {
            json.list("transfers", transfers) { json, transfer in
                json.beginObject()
                json.account("from", transfer.origin)
                json.account("to", transfer.target)
                json.key("fen")
                json.integer(transfer.sum.fen)
                json.endObject()
            }
        }
        json.endObject()
        return json.bytes
    }

    /// Reads what `json` has written; nil for all else.
    init?(json bytes: [UInt8]) {
        guard let node = try? JSONRecord.document(bytes), let day = node["day"]?.day else { return nil }
        func numbers(_ key: String) -> [Int64]? { node[key]?.items?.all(\.integer) }
        guard let transfers = (node["transfers"].map { $0.items?.all(LedgerTransfer.init) } ?? []) else { return nil }
        let act: Act
        switch node["act"]?.text.flatMap(PaymentStep.init(rawValue:)) {
        case .propose:
            guard let area = node["area"]?.text.flatMap({ DivisionCode($0) }), let program = node["program"]?.text,
                let month = node["month"]?.text.flatMap({ PaymentMonth($0) }),
                let lines = node["lines"]?.items?.all(PaymentLine.init)
            else { return nil }
            act = .propose(PaymentOrder(area: area, program: program, month: month), lines)
        case .confirm: act = .confirm(transfers)
        case .drop: act = .drop
        case .receive:
            guard let paid = numbers("paid"), let returned = numbers("returned") else { return nil }
            act = .receive(paid: paid, returned: returned, transfers)
        case .move: act = .move(transfers)
        case nil: return nil
        }
        (self.act, self.day) = (act, day)
    }
}

extension PaymentLine {
    fileprivate init?(_ node: JSONNode) {
        guard let numbers = node.items?.all(\.integer), let number = numbers.first, numbers.count % 2 == 1 else {
            return nil
        }
        let months = stride(from: 1, to: numbers.count, by: 2).compactMap { place in
            PaymentMonth(number: numbers[place]).map {
                PaymentPart(month: $0, sum: Money(fen: numbers[place + 1]))
            }
        }
        guard months.count * 2 + 1 == numbers.count else { return nil }
        self.init(number: number, months: months)
    }
}

extension LedgerTransfer {
    fileprivate init?(_ node: JSONNode) {
        guard let origin = node["from"].flatMap(LedgerAccount.init),
            let target = node["to"].flatMap(LedgerAccount.init),
            let fen = node["fen"]?.integer
        else { return nil }
        try? self.init(from: origin, to: target, Money(fen: fen))
    }
}

extension LedgerAccount {
    fileprivate init?(_ node: JSONNode) {
        self.init(
            kind: node["kind"]?.text, area: node["area"]?.text.flatMap { DivisionCode($0) },
            source: node["source"]?.text, earmark: node["earmark"]?.text ?? "", program: node["program"]?.text ?? "")
    }

    /// An account by its texts; nil where there is none such.
    init?(kind: String?, area: DivisionCode?, source: String?, earmark: String, program: String) {
        guard let kind = kind.flatMap(Kind.init(rawValue:)), let area,
            let source = source.flatMap(FundSource.init(rawValue:))
        else { return nil }
        let fund = Fund(source, earmark: earmark.isEmpty ? nil : earmark)
        switch kind {
        case .budget where program.isEmpty: self = .budget(area, fund)
        case .available where program.isEmpty: self = .available(area, fund)
        case .spent where !program.isEmpty:
            guard let account = LedgerAccount.spent(area, fund, program: program) else { return nil }
            self = account
        default: return nil
        }
    }
}

extension [JSONNode] {
    /// All items, each read; nil where one cannot be.
    fileprivate func all<Value>(_ read: (JSONNode) -> Value?) -> [Value]? {
        var values: [Value] = []
        for item in self {
            guard let value = read(item) else { return nil }
            values.append(value)
        }
        return values
    }
}

extension JSONWriter {
    fileprivate mutating func account(_ name: String, _ account: LedgerAccount) {
        key(name)
        beginObject()
        text("kind", account.kind.rawValue)
        text("area", account.area.text)
        text("source", account.fund.source.rawValue)
        if let earmark = account.fund.earmark { text("earmark", earmark) }
        if let program = account.program { text("program", program) }
        endObject()
    }
}
