import AssistanceCore
import AssistanceEngine

/// What was decided about one household, as files of decisions have it.
struct BulkDecision: Sendable {
    /// The line or row of the input that it begins in.
    let line: Int
    let id: String?
    let area: DivisionCode
    let programs: [BulkOutcome]

    // MARK: As rows

    /// The columns of a table of decisions.
    static let columns = [
        "line", "household", "area", "program", "status", "benefit", "period", "amount", "least", "most", "missing",
        "gift", "quantity", "unit",
    ]

    /// A row for each benefit of each programme, and one for a programme without any.
    var rows: [[String]] {
        programs.flatMap { program in
            let shared = [String(line), id ?? "", area.text, program.plan, program.status.rawValue]
            let missing = program.missing.joined(separator: String(TableLayout.separator))
            guard !program.benefits.isEmpty else { return [shared + ["", "", "", "", "", missing, "", "", ""]] }
            return program.benefits.map { benefit in
                shared + [benefit.id, benefit.period.rawValue] + Self.sums(benefit.given) + [missing]
                    + Self.things(benefit.given)
            }
        }
    }

    /// The cells `amount`, `least` and `most`.
    private static func sums(_ given: BulkOutcome.Given) -> [String] {
        guard case .money(let amount) = given else { return ["", "", ""] }
        let most = amount.isUnbounded ? "" : amount.most.text
        return amount.known.map { [$0.text, "", ""] } ?? ["", amount.least.text, most]
    }

    /// The cells `gift`, `quantity` and `unit`.
    private static func things(_ given: BulkOutcome.Given) -> [String] {
        guard case .kind(let gift) = given else { return ["", "", ""] }
        let (least, most) = gift.quantities
        return [
            gift.thing.chinese, gift.least == gift.most ? least : "from \(least) upto \(most)", gift.unit.text,
        ]
    }

    // MARK: As JSON

    /// One line; docs/batch.md has its form.
    var document: [UInt8] {
        var writer = JSONWriter(.compact)
        writer.beginObject()
        writer.key("line")
        writer.integer(line)
        if let id {
            writer.key("id")
            writer.string(id)
        }
        writer.key("area")
        writer.string(area.text)
        writer.key("programs")
        writer.beginArray()
        for program in programs { Self.write(program, &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes + [ByteRow.lineFeed]
    }

    private static func write(_ program: BulkOutcome, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("program")
        writer.string(program.plan)
        writer.key("status")
        writer.string(program.status.rawValue)
        writer.key("benefits")
        writer.beginArray()
        for benefit in program.benefits {
            writer.beginObject()
            writer.key("id")
            writer.string(benefit.id)
            writer.key("period")
            writer.string(benefit.period.rawValue)
            switch benefit.given {
            case .money(let amount): write(amount, &writer)
            case .kind(let gift): write(gift, &writer)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.key("missing")
        writer.beginArray()
        for path in program.missing { writer.string(path) }
        writer.endArray()
        writer.endObject()
    }

    private static func write(_ amount: MoneyRange, _ writer: inout JSONWriter) {
        if let known = amount.known {
            writer.key("amount")
            writer.string(known.text)
        } else {
            writer.key("least")
            writer.string(amount.least.text)
            writer.key("most")
            amount.isUnbounded ? writer.null() : writer.string(amount.most.text)
        }
    }

    private static func write(_ gift: Gift, _ writer: inout JSONWriter) {
        writer.key("gift")
        writer.beginObject()
        writer.key("thing")
        writer.beginObject()
        for (key, name) in [("zh", gift.thing.chinese), ("en", gift.thing.english)] {
            writer.key(key)
            writer.string(name)
        }
        writer.endObject()
        writer.key("unit")
        gift.unit.text.isEmpty ? writer.null() : writer.string(gift.unit.text)
        for (key, quantity) in [("least", gift.quantities.least), ("most", gift.quantities.most)] {
            writer.key(key)
            writer.string(quantity)
        }
        writer.endObject()
    }
}

/// The form of files of decisions (批量认定结果).
public enum DecisionFile {
    /// The JSON Schema (2020-12) of a line of decisions, as published in `docs/schema/decisions-1.schema.json`.
    public static var schema: String {
        JSONShape.object(
            [
                "line": .count, "id": .text, "area": .pattern("[0-9]{6}(?:[0-9]{3}){0,2}"),
                "programs": .list(.named("program")),
            ], optional: ["id"]
        ).schema("A line of decisions by jiuzhu batch", definitions: definitions)
    }

    private static let period = JSONShape.oneOf(PaymentPeriod.allCases.map(\.rawValue))
    private static let sum = JSONShape.pattern("[0-9]+\\.[0-9]{2}")

    private static let definitions: KeyValuePairs<String, JSONShape> = [
        "program": .object([
            "program": .text, "status": .oneOf(Status.allCases.map(\.rawValue)),
            "benefits": .list(.anyOf([.named("sum"), .named("range"), .named("thing")])), "missing": .list(.text),
        ]),
        "sum": .object(["id": .text, "period": period, "amount": sum]),
        "range": .object(["id": .text, "period": period, "least": sum, "most": .orNull(sum)]),
        "thing": .object([
            "id": .text, "period": period,
            "gift": .object([
                "thing": .object(["zh": .text, "en": .text]), "unit": .orNull(.text), "least": .text, "most": .text,
            ]),
        ]),
    ]
}
