extension PaymentBatch {
    /// Reads `{"id": "B202611", "payer": "…", "day": "2026-11-20", "payments": [{"id": "P1", "name": "…", "account": "…",
    /// "fen": 71000, "purpose": "…"}]}`.
    public init(json bytes: [UInt8], file: String = "") throws(Diagnostic) {
        let node = try JSONRecord.document(bytes, file: file)
        let batch = try JSONRecord(node, keys: ["id", "payer", "day", "payments"], file: file)
        var payments: [Payment] = []
        for record in try JSONRecord.list(
            try batch.value("payments"), of: "payments", limit: Self.limit,
            keys: ["id", "name", "account", "fen", "purpose"], file: file)
        {
            payments.append(
                Payment(
                    id: try record.text("id"), name: try record.text("name"), account: try record.text("account"),
                    sum: Money(fen: try record.integer("fen")), purpose: try record.text("purpose")))
        }
        let (id, payer, day) = (try batch.text("id"), try batch.text("payer"), try batch.day("day"))
        do throws(PaymentProblem) {
            try self.init(id: id, payer: payer, day: day, payments: payments)
        } catch {
            throw Diagnostic(.badValue, file: file, at: node.position, error.message)
        }
    }

    /// The batch as JSON, as it is read.
    public var json: [UInt8] {
        var json = JSONWriter(.compact)
        json.beginObject()
        for (key, text) in [("id", id), ("payer", payer), ("day", day.iso)] {
            json.key(key)
            json.string(text)
        }
        json.key("payments")
        json.beginArray()
        for payment in payments {
            json.beginObject()
            for (key, text) in [("id", payment.id), ("name", payment.name), ("account", payment.account)] {
                json.key(key)
                json.string(text)
            }
            json.key("fen")
            json.integer(payment.sum.fen)
            json.key("purpose")
            json.string(payment.purpose)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.takeBytes()
    }
}

extension PaymentReceipt {
    /// Reads receipts as `json(_:of:)` writes them; throws the first mistake with its place.
    public static func list(json bytes: [UInt8], file: String = "") throws(Diagnostic) -> [PaymentReceipt] {
        let node = try JSONRecord.document(bytes, file: file)
        let document = try JSONRecord(node, keys: ["schema", "channel", "receipts"], file: file)
        var receipts: [PaymentReceipt] = []
        for record in try JSONRecord.list(
            try document.value("receipts"), of: "receipts", limit: PaymentBatch.limit,
            keys: ["id", "outcome", "fen", "reason"], file: file)
        {
            guard let outcome = Outcome(rawValue: try record.text("outcome")) else {
                throw record.problem(.unknownCode, "outcome", "paid or returned was expected")
            }
            receipts.append(
                PaymentReceipt(
                    id: try record.text("id"), outcome, sum: Money(fen: try record.integer("fen")),
                    reason: try record.optionalText("reason")))
        }
        return receipts
    }

    /// `{"schema": 1, "channel": "bank-csv", "receipts": [{"id": "P1", "outcome": "paid", "fen": 71000, "reason": null}]}`;
    /// the outcome is `paid` or `returned`.
    public static func json(_ receipts: [PaymentReceipt], of channel: any PaymentChannel) -> [UInt8] {
        var json = JSONWriter(.compact)
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("channel")
        json.string(channel.id)
        json.key("receipts")
        json.beginArray()
        for receipt in receipts {
            json.beginObject()
            json.key("id")
            json.string(receipt.id)
            json.key("outcome")
            json.string(receipt.outcome.rawValue)
            json.key("fen")
            json.integer(receipt.sum.fen)
            json.key("reason")
            if let reason = receipt.reason { json.string(reason) } else { json.null() }
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.takeBytes()
    }
}
