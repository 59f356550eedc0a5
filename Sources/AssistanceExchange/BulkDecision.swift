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
    ]

    /// A row for each benefit of each programme, and one for a programme without any.
    var rows: [[String]] {
        programs.flatMap { program in
            let shared = [String(line), id ?? "", area.text, program.plan, program.status.rawValue]
            let missing = program.missing.joined(separator: String(TableLayout.separator))
            guard !program.benefits.isEmpty else { return [shared + ["", "", "", "", "", missing]] }
            return program.benefits.map { benefit in
                let most = benefit.amount.isUnbounded ? "" : benefit.amount.most.text
                let sums =
                    benefit.amount.known.map { [$0.text, "", ""] } ?? ["", benefit.amount.least.text, most]
                return shared + [benefit.id, benefit.period.rawValue] + sums + [missing]
            }
        }
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
            if let amount = benefit.amount.known {
                writer.key("amount")
                writer.string(amount.text)
            } else {
                writer.key("least")
                writer.string(benefit.amount.least.text)
                writer.key("most")
                benefit.amount.isUnbounded ? writer.null() : writer.string(benefit.amount.most.text)
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
}
