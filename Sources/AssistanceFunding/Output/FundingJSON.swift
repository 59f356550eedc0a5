import AssistanceCasework
import AssistanceCore

extension PaymentList {
    /// The list as JSON, with sums in fen.
    public var json: String {
        document { json in
            json.write(order)
            json.number("fen", total.fen)
            json.objects("payments", lines) { json, line in
                json.number("case", line.number)
                json.number("fen", line.sum.fen)
                json.objects("months", line.months) { json, part in
                    json.text("month", part.month.description)
                    json.number("fen", part.sum.fen)
                }
            }
            json.objects("held", held) { json, held in
                json.number("case", held.number)
                json.text("month", held.month.description)
                json.number("paid_in", held.other)
            }
            json.objects("claims", claims) { json, claim in
                json.number("case", claim.number)
                json.number("fen", claim.sum.fen)
            }
        }
    }
}

extension PaymentRun {
    /// Runs as JSON, with sums in fen.
    public static func json(_ runs: [PaymentRun]) -> String {
        document { json in
            json.objects("runs", runs) { json, run in
                json.number("run", run.number)
                json.write(run.order)
                json.text("stage", run.stage.rawValue)
                json.text("proposer", run.proposer)
                json.number("cases", run.cases)
                json.number("fen", run.total.fen)
            }
        }
    }
}

extension PaymentOutcome {
    /// What became of the payments of a run, as JSON.
    public static func json(_ payments: [PaymentOutcome], ofRun number: Int64) -> String {
        document { json in
            json.number("run", number)
            json.objects("payments", payments) { json, payment in
                json.number("case", payment.number)
                json.number("fen", payment.sum.fen)
                json.orNull("outcome", payment.outcome?.rawValue)
            }
        }
    }
}

extension SupplementReport {
    /// The report as JSON, with the sum in fen.
    public func json(_ program: String, _ month: PaymentMonth) -> String {
        document { json in
            json.text("program", program)
            json.text("month", month.description)
            json.number("given", Int64(given))
            json.number("given_before", Int64(before))
            json.number("fen", sum.fen)
            json.objects("refused", reasons) { json, reason in
                json.text("code", reason.refusal.code.rawValue)
                json.text("message", reason.refusal.message)
                json.number("cases", Int64(reason.cases))
            }
        }
    }

    /// Why cases were not given it, those of most cases first.
    var reasons: [(refusal: CaseRefusal, cases: Int)] {
        refused.sorted { ($1.value, $0.key.message) < ($0.value, $1.key.message) }
            .map { (refusal: $0.key, cases: $0.value) }
    }
}

extension LedgerBalance {
    /// Balances as JSON: fen as they stand in the ledger, in which what a budget has given is below nothing.
    public static func json(_ balances: [LedgerBalance], at month: PaymentMonth) -> String {
        document { json in
            json.text("month", month.description)
            json.objects("balances", balances) { json, balance in
                json.text("kind", balance.account.kind.rawValue)
                json.text("area", balance.account.area.text)
                json.text("source", balance.account.fund.source.rawValue)
                json.orNull("for", balance.account.fund.earmark)
                json.orNull("program", balance.account.program)
                json.number("fen", balance.sum.fen)
            }
        }
    }
}

extension Allocation {
    /// The parts as JSON, with sums in fen.
    public var json: String {
        document { json in
            json.number("budget", budget.fen)
            json.objects("parts", parts) { json, part in
                json.text("area", part.area.text)
                json.number("supplement", part.supplement.fen)
                json.number("fen", part.sum.fen)
            }
        }
    }
}

/// An object of schema 1, ended by a line break.
private func document(_ write: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.number("schema", 1)
    write(&json)
    json.endObject()
    return json.text + "\n"
}

extension JSONWriter {
    fileprivate mutating func objects<Value>(
        _ name: String, _ values: [Value], _ write: (inout JSONWriter, Value) -> Void
    ) {
        list(name, values) { json, value in
            json.beginObject()
            write(&json, value)
            json.endObject()
        }
    }

    fileprivate mutating func write(_ order: PaymentOrder) {
        text("area", order.area.text)
        text("program", order.program)
        text("month", order.month.description)
    }
}
