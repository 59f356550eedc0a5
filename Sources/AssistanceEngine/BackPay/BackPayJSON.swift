import AssistanceCore
import AssistancePolicy

/// Back pay as JSON: `{"schema": 1, "engine": …, "households": [ … ]}`; sums as in `AssessmentJSON`.
public enum BackPayJSON {
    /// The whole text for some households, ended by a line break.
    public static func text(of households: [BackPay]) -> String {
        var writer = BackPayWriter()
        writer.object { writer in
            writer.json.key("schema")
            writer.json.integer(1)
            writer.string("engine", Engine.version)
            writer.array("households", households) { $0.household($1) }
        }
        return writer.json.text + "\n"
    }
}

private struct BackPayWriter {
    var json = JSONWriter(.pretty)

    mutating func household(_ pay: BackPay) {
        object { writer in
            writer.string("id", pay.id)
            writer.string("area", pay.area.text)
            writer.string("stage", pay.stage.rawValue)
            writer.string("known_on_before", pay.period.knownBefore.iso)
            writer.string("known_on", pay.period.known?.iso)
            writer.string("weakest_source", pay.weakestSource?.rawValue)
            writer.array("programs", pay.programs) { $0.program($1) }
            writer.array("changes", pay.changes) { $0.change($1) }
            writer.string("policy_digest", pay.receipt.policyDigest)
            writer.string("facts_digest", pay.receipt.factsDigest)
        }
    }

    private mutating func program(_ program: BackPay.Program) {
        object { writer in
            writer.string("program", program.program)
            writer.array("months", program.months) { writer, month in
                writer.object { writer in
                    writer.string("month", String(month.day.iso.prefix(7)))
                    writer.string("date", month.day.iso)
                    writer.string("status_before", month.before.status.rawValue)
                    writer.amount("before", month.before.amount)
                    writer.string("status", month.now.status.rawValue)
                    writer.amount("now", month.now.amount)
                    writer.amount("difference", month.difference)
                }
            }
            writer.amount("total", program.total)
            writer.json.key("undecided_months")
            writer.json.integer(program.undecided)
            writer.array("missing", program.missing) { writer, item in
                writer.object { writer in
                    writer.string("kind", item.isPolicy ? "policy" : "fact")
                    writer.string("path", item.path)
                }
            }
        }
    }

    private mutating func change(_ change: BackPay.Change) {
        object { writer in
            writer.string("term", change.key)
            writer.string("area", change.area.text)
            writer.array("months", change.months) { $0.json.string(String($1.iso.prefix(7))) }
            writer.entry("before", change.before)
            writer.entry("now", change.now)
        }
    }

    private mutating func entry(_ key: String, _ entry: TermEntry?) {
        json.key(key)
        guard let entry else { return json.null() }
        object { writer in
            writer.string("rule", RuleText.lines(entry.node).joined(separator: "; "))
            writer.string("from", entry.from.iso)
            writer.string("published", (entry.published ?? entry.citation?.document.published)?.iso)
            writer.string("document", entry.citation?.document.id)
            writer.string("number", entry.citation?.document.number)
            writer.string("article", entry.citation.flatMap { $0.article.isEmpty ? nil : $0.article })
            writer.string("place", "\(entry.node.file.name):\(entry.node.position.line)")
        }
    }

    // MARK: Pieces

    mutating func object(_ body: (inout Self) -> Void) {
        json.beginObject()
        body(&self)
        json.endObject()
    }

    mutating func array<Item>(_ key: String, _ items: [Item], _ body: (inout Self, Item) -> Void) {
        json.key(key)
        json.beginArray()
        for item in items { body(&self, item) }
        json.endArray()
    }

    mutating func string(_ key: String, _ value: String?) {
        json.key(key)
        if let value { json.string(value) } else { json.null() }
    }

    private mutating func amount(_ key: String, _ range: MoneyRange?) {
        json.key(key)
        guard let range else { return json.null() }
        guard range.known == nil else { return json.string(range.least.text) }
        object { writer in
            writer.string("from", range.least.text)
            writer.string("upto", range.most.text)
        }
    }
}
