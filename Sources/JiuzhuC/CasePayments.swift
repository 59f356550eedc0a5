import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceFunding
import CJiuzhu

extension Argument {
    /// A month such as 202607, by its first day.
    fileprivate static func month(_ number: Int32) throws(Failure) -> CalendarDate {
        guard number > 0, let first = CalendarDate(year: Int(number / 100), month: Int(number % 100), day: 1) else {
            throw Failure(JZ_E_ARGUMENT, "month is \(number), and a month such as 202607 was expected")
        }
        return first
    }

    /// The id of a programme.
    fileprivate static func program(_ data: UnsafePointer<CChar>?, _ size: Int) throws(Failure) -> String {
        try text(data, size, "program", limit: 256)
    }
}

/// Answers in JSON what is asked of the payments of a file.
private func paying(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ out: HandleOut?, _ error: ErrorOut?,
    _ body: (PaymentStore, CaseHand) throws -> String
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        return BufferObject(try store.use { try body(PaymentStore($0), hand) }.utf8)
    }
}

/// What is paid: an area, a programme, and the month up to which all that is owed is paid.
private func order(
    _ area: UnsafePointer<CChar>?, _ areaSize: Int, _ program: UnsafePointer<CChar>?, _ programSize: Int,
    _ month: Int32
) throws(Failure) -> PaymentOrder {
    PaymentOrder(
        area: try Argument.division(area, areaSize, "area"), program: try Argument.program(program, programSize),
        month: PaymentMonth(of: try Argument.month(month)))
}

@_cdecl("jz_case_pay_list") @implementation
public func jz_case_pay_list(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ program: UnsafePointer<CChar>?, _ programSize: Int, _ month: Int32, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        try payments.list(try order(area, areaSize, program, programSize, month), for: hand.actor).json
    }
}

@_cdecl("jz_case_pay_propose") @implementation
public func jz_case_pay_propose(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ program: UnsafePointer<CChar>?, _ programSize: Int, _ month: Int32, _ day: Int32, _ out: HandleOut?,
    _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        let order = try order(area, areaSize, program, programSize, month)
        let day = try hand.day(day)
        return PaymentRun.json([try payments.propose(order, on: day, by: hand.actor, at: hand.time)])
    }
}

@_cdecl("jz_case_pay_confirm") @implementation
public func jz_case_pay_confirm(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ run: Int64, _ day: Int32, _ out: HandleOut?,
    _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        let day = try hand.day(day)
        return PaymentRun.json([try payments.confirm(run: run, on: day, by: hand.actor, at: hand.time)])
    }
}

@_cdecl("jz_case_pay_drop") @implementation
public func jz_case_pay_drop(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ run: Int64, _ day: Int32, _ out: HandleOut?,
    _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        let day = try hand.day(day)
        return PaymentRun.json([try payments.drop(run: run, on: day, by: hand.actor, at: hand.time)])
    }
}

@_cdecl("jz_case_pay_runs") @implementation
public func jz_case_pay_runs(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        PaymentRun.json(try payments.runs(in: try Argument.division(area, areaSize, "area"), for: hand.actor))
    }
}

/// How a run is handed to a bank, as a caller says it.
private struct BatchRequest {
    let payer, purpose: String
    let day: CalendarDate
    /// Who is paid, by case.
    let payees: [Int64: Payee]

    /// Reads `{"payer": "…", "day": "…", "purpose": "…", "payees": [{"case": 1, "name": "…", "account": "…"}]}`.
    init(json bytes: [UInt8]) throws(Diagnostic) {
        let file = "request"
        let node = try JSONRecord.document(bytes, file: file)
        let request = try JSONRecord(node, keys: ["payer", "day", "purpose", "payees"], file: file)
        (payer, purpose, day) = (try request.text("payer"), try request.text("purpose"), try request.day("day"))
        var payees: [Int64: Payee] = [:]
        for record in try JSONRecord.list(
            try request.value("payees"), of: "payees", limit: PaymentBatch.limit, keys: ["case", "name", "account"],
            file: file)
        {
            let payee = Payee(name: try record.text("name"), account: try record.text("account"))
            let number = try record.integer("case")
            guard payees.updateValue(payee, forKey: number) == nil else {
                throw record.problem(.duplicateKey, "case", "there are two payees of case \(number)")
            }
        }
        self.payees = payees
    }
}

/// Reads a text in JSON; its mistake is one of the input.
private func read<Value>(_ body: () throws(Diagnostic) -> Value) throws(Failure) -> Value {
    do throws(Diagnostic) { return try body() } catch { throw Failure(JZ_E_INPUT, [error]) }
}

@_cdecl("jz_case_pay_batch") @implementation
public func jz_case_pay_batch(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ run: Int64, _ request: UnsafePointer<CChar>?,
    _ requestSize: Int, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        let bytes = try Argument.bytes(request, requestSize, "request", limit: AssessmentService.limit)
        let request = try read { () throws(Diagnostic) in try BatchRequest(json: Array(bytes)) }
        let batch = try payments.batch(
            ofRun: run, payer: request.payer, day: request.day, purpose: request.purpose, for: hand.actor
        ) { request.payees[$0] }
        return String(decoding: batch.json, as: UTF8.self)
    }
}

@_cdecl("jz_case_pay_receipts") @implementation
public func jz_case_pay_receipts(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ run: Int64, _ receipts: UnsafePointer<CChar>?,
    _ receiptsSize: Int, _ day: Int32, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        let bytes = try Argument.bytes(receipts, receiptsSize, "receipts", limit: AssessmentService.limit)
        let day = try hand.day(day)
        let receipts = try read { () throws(Diagnostic) in
            try PaymentReceipt.list(json: Array(bytes), file: "receipts")
        }
        try payments.take(receipts, ofRun: run, on: day, by: hand.actor, at: hand.time)
        return PaymentOutcome.json(try payments.payments(ofRun: run, for: hand.actor), ofRun: run)
    }
}

@_cdecl("jz_case_pay_supplement") @implementation
public func jz_case_pay_supplement(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ program: UnsafePointer<CChar>?, _ programSize: Int, _ month: Int32, _ day: Int32, _ out: HandleOut?,
    _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let area = try Argument.division(area, areaSize, "area")
        let program = try Argument.program(program, programSize)
        let month = try Argument.month(month)
        let day = try hand.day(day)
        let report = try store.use {
            try $0.supplement(program, month: month, in: area, on: day, by: hand.actor, at: hand.time)
        }
        return BufferObject(report.json(program, PaymentMonth(of: month)).utf8)
    }
}

@_cdecl("jz_case_fund_move") @implementation
public func jz_case_fund_move(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ from: UnsafePointer<CChar>?, _ fromSize: Int,
    _ to: UnsafePointer<CChar>?, _ toSize: Int, _ source: UnsafePointer<CChar>?, _ sourceSize: Int,
    _ program: UnsafePointer<CChar>?, _ programSize: Int, _ fen: Int64, _ day: Int32, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let giver = from == nil && fromSize == 0 ? nil : try Argument.division(from, fromSize, "from")
        let target = try Argument.division(to, toSize, "to")
        let source = try Argument.name(
            of: FundSource.self, try Argument.text(source, sourceSize, "source", limit: 256), "source")
        let earmark = try Argument.program(program, programSize)
        let fund = Fund(source, earmark: earmark.isEmpty ? nil : earmark)
        let day = try hand.day(day)
        try store.use { cases in
            let origin = giver.map { LedgerAccount.available($0, fund) } ?? .budget(target, fund)
            let transfer = try LedgerTransfer(from: origin, to: .available(target, fund), Money(fen: fen))
            try PaymentStore(cases).move([transfer], on: day, by: hand.actor, at: hand.time)
        }
    }
}

@_cdecl("jz_case_fund_balances") @implementation
public func jz_case_fund_balances(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ month: Int32, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    paying(store, actor, out, error) { payments, hand in
        let month = PaymentMonth(of: try Argument.month(month))
        let area = try Argument.division(area, areaSize, "area")
        return LedgerBalance.json(try payments.balances(in: area, at: month, for: hand.actor), at: month)
    }
}
