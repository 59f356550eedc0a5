import AssistanceCore

/// Assessments as JSON: `{"schema": 1, "engine": …, "households": [ … ]}`, in the order they are added.
///
/// Sums are decimal text in yuan with two decimals, `"1213.00"`; a sum that is not known is `{"from": …, "upto": …}`.
/// The same assessments give the same bytes. The form is published as `docs/schema/assessment-1.schema.json`.
public struct AssessmentJSON {
    /// The version of the form.
    public static let version = 1

    private var json: JSONWriter
    private let explains: Bool

    /// A text with no household yet.
    ///
    /// - Parameter explains: whether the steps of each decision are written.
    public init(_ layout: JSONWriter.Layout = .pretty, explains: Bool = false) {
        json = JSONWriter(layout)
        self.explains = explains
        json.beginObject()
        integer("schema", Self.version)
        string("engine", Engine.version)
        json.key("households")
        json.beginArray()
    }

    /// Adds the decisions about one household.
    public mutating func add(_ assessment: Assessment) {
        object { writer in
            writer.string("id", assessment.id)
            writer.object("area") { writer in
                writer.string("code", assessment.area.text)
                writer.string("name", assessment.areaName)
            }
            writer.string("date", assessment.date.iso)
            writer.string("stage", assessment.stage)
            writer.string("weakest_source", assessment.weakestSource?.rawValue)
            writer.array("weak_documents", assessment.weakDocuments) { $0.document($1) }
            writer.array("members", assessment.members) { $0.label($1) }
            writer.array("programs", assessment.determinations) { $0.determination($1) }
            writer.array("notes", assessment.notes) { $0.label($1) }
            writer.receipt(assessment.receipt)
        }
    }

    /// Ends the text; nothing may be added after it.
    public mutating func end() {
        json.endArray()
        json.endObject()
    }

    /// Hands over what has been written so far, so that a long text need not be held whole.
    public mutating func takeBytes() -> [UInt8] { json.takeBytes() }

    /// The whole text of some assessments.
    public static func text(
        of assessments: [Assessment], _ layout: JSONWriter.Layout = .pretty, explains: Bool = false
    ) -> String {
        var writer = AssessmentJSON(layout, explains: explains)
        for assessment in assessments { writer.add(assessment) }
        writer.end()
        return writer.json.text
    }

    // MARK: Programmes

    private mutating func determination(_ determination: Determination) {
        let isEligible = determination.status == .eligible
        object { writer in
            writer.string("program", determination.program)
            writer.label("label", determination.label)
            writer.string("status", determination.status.rawValue)
            writer.string("route", isEligible ? determination.routes.first(where: \.isTaken)?.id : nil)
            writer.amount("monthly", determination.status == .undetermined ? nil : determination.monthly)
            writer.amount("yearly", isEligible ? determination.totals[.yearly] : nil)
            writer.amount("once", isEligible ? determination.totals[.once] : nil)
            // Before it is decided whether anything is paid, no sum is named.
            writer.array("benefits", isEligible ? determination.benefits : []) { $0.benefit($1) }
            writer.array("subject_to", determination.manual) { $0.task($1) }
            writer.array("reasons", determination.reasons) { $0.reason($1) }
            writer.array("missing", determination.missing) { $0.missing($1) }
            writer.array("violations", determination.violations) { $0.reason($1) }
            writer.array("standings", determination.standings) { $0.standing($1) }
            writer.array("routes", determination.routes) { $0.route($1) }
            writer.integer("members_counted", determination.membersCounted)
            writer.integer("members_paid", determination.membersPaid)
            writer.window("income_window", determination.window)
            writer.review(determination.review)
            writer.array("settlements", determination.settlements) { $0.settlement($1) }
            writer.array("needs", determination.needs) { $0.need($1) }
            writer.integer("priority", determination.priority)
            if writer.explains { writer.steps(determination.steps) }
        }
    }

    private mutating func benefit(_ benefit: Benefit) {
        object { writer in
            writer.string("id", benefit.id)
            writer.label("label", benefit.label)
            writer.string("period", benefit.period.rawValue)
            writer.amount("amount", benefit.gift == nil ? benefit.amount : nil)
            writer.gift(benefit.gift)
            writer.string("from", benefit.from?.iso)
            writer.string("until", benefit.until?.iso)
            writer.bool("open_end", benefit.isEndOpen)
            writer.array("parts", benefit.parts) { writer, part in
                writer.object { writer in
                    writer.integer("member", part.member)
                    writer.string("amount", part.amount.text)
                }
            }
            writer.array("payers", benefit.payers) { writer, part in
                writer.object { writer in
                    writer.string("id", part.payer)
                    writer.label("label", part.label)
                    writer.string("amount", part.amount.text)
                }
            }
            writer.array("reductions", benefit.reductions) { writer, reduction in
                writer.object { writer in
                    writer.string("id", reduction.id)
                    writer.label("label", reduction.label)
                    writer.string("amount", reduction.amount.text)
                    writer.citation(reduction.citation)
                }
            }
            writer.instalments(benefit.instalments)
        }
    }

    private mutating func settlement(_ settlement: Settlement) {
        object { writer in
            writer.integer("member", settlement.member)
            writer.amount("in_scope", settlement.scope)
            writer.array("parts", settlement.parts) { writer, part in
                writer.object { writer in
                    writer.string("id", part.id)
                    writer.label("label", part.label)
                    writer.string("payer", part.payer)
                    writer.amount("amount", part.amount)
                }
            }
            writer.amount("remaining", settlement.remaining)
            writer.string("outside", settlement.outside?.text)
        }
    }

    private mutating func need(_ need: Need) {
        object { writer in
            writer.string("code", need.code)
            writer.label("label", need.label)
            writer.integer("member", need.member)
            writer.amount("amount", need.amount)
            writer.string("period", need.amount == nil ? nil : need.period.rawValue)
        }
    }

    private mutating func gift(_ gift: Gift?) {
        guard let gift else { return null("gift") }
        object("gift") { writer in
            writer.label("thing", gift.thing)
            writer.string("unit", gift.unit.text.isEmpty ? nil : gift.unit.text)
            writer.string("least", gift.quantities.least)
            writer.string("most", gift.quantities.most)
            writer.array("members", gift.members) { $0.json.integer($1) }
        }
    }

    private mutating func instalments(_ instalments: Instalments?) {
        guard let instalments else { return null("instalments") }
        object("instalments") { writer in
            writer.integer("count", instalments.count)
            writer.string("each", instalments.each.text)
            writer.string("first", instalments.first?.text)
            writer.string("last", instalments.last?.text)
        }
    }

    private mutating func task(_ task: ManualTask) {
        object { writer in
            writer.string("id", task.id)
            writer.label("label", task.label)
            writer.citation(task.citation)
        }
    }

    private mutating func reason(_ reason: Reason) {
        object { writer in
            writer.string("id", reason.id)
            writer.integer("member", reason.member)
            writer.label("label", reason.label)
            writer.label("distance", reason.distance)
            writer.label("comparison", reason.comparison)
            writer.citation(reason.citation)
            writer.string("place", reason.place)
        }
    }

    private mutating func missing(_ missing: Missing) {
        object { writer in
            writer.string("kind", missing.isPolicy ? "policy" : "fact")
            writer.string("path", missing.path)
            writer.label("label", missing.label)
        }
    }

    private mutating func standing(_ standing: StandingDecision) {
        object { writer in
            writer.string("id", standing.id)
            writer.label("label", standing.label)
            writer.string("status", standing.status.rawValue)
            writer.string("layer", standing.layer)
            writer.array("layers", standing.layers) { writer, layer in
                writer.object { writer in
                    writer.integer("member", layer.member)
                    writer.string("layer", layer.code)
                    writer.label("label", layer.label)
                }
            }
            writer.integer("months", standing.months)
            writer.array("missing", standing.missing) { $0.missing($1) }
        }
    }

    private mutating func route(_ route: RouteDecision) {
        object { writer in
            writer.string("id", route.id)
            writer.label("label", route.label)
            writer.string("status", route.status.rawValue)
            writer.bool("taken", route.isTaken)
            writer.array("failed", route.failed) { $0.reason($1) }
        }
    }

    private mutating func review(_ review: ReviewDecision?) {
        guard let review else { return null("review") }
        object("review") { writer in
            writer.string("class", review.classCode)
            writer.integer("months", review.months)
        }
    }

    // MARK: Steps

    /// Steps within steps, with a stack of their own: how deep policy nests is not ours to trust.
    private mutating func steps(_ roots: [ExplainedStep]) {
        var open: [ExplainedStep?] = roots.reversed()
        json.key("steps")
        json.beginArray()
        while let next = open.popLast() {
            guard let step = next else {
                json.endArray()
                json.endObject()
                continue
            }
            begin(step)
            open.append(nil)
            open += step.inputs.reversed()
        }
        json.endArray()
    }

    /// A step up to the beginning of its inputs.
    private mutating func begin(_ step: ExplainedStep) {
        json.beginObject()
        string("name", step.name)
        string("kind", step.kind.rawValue)
        label("label", step.label)
        string("owner", step.owner.word)
        array("values", step.values) { writer, value in
            writer.object { writer in
                writer.integer("row", value.row)
                writer.string("value", value.exact)
                writer.label("text", value.text)
                writer.bool("stated_none", value.isStatedNone)
            }
        }
        string("rule", step.rule)
        citation(step.citation)
        string("place", step.place)
        bool("repeated", step.isRepeated)
        json.key("inputs")
        json.beginArray()
    }

    // MARK: Sources

    private mutating func citation(_ citation: Citation?) {
        guard let citation else { return null("citation") }
        object("citation") { writer in
            writer.string("document", citation.document.id)
            writer.string("number", citation.document.number)
            writer.string("title", citation.document.title)
            writer.string("article", citation.article.isEmpty ? nil : citation.article)
            writer.string("status", citation.document.status.rawValue)
        }
    }

    private mutating func document(_ document: PolicyDocument) {
        object { writer in
            writer.string("document", document.id)
            writer.string("number", document.number)
            writer.string("title", document.title)
            writer.string("status", document.status.rawValue)
            writer.string("note", document.note)
        }
    }

    private mutating func receipt(_ receipt: Receipt) {
        object("receipt") { writer in
            writer.string("engine", receipt.engine)
            writer.string("policy_digest", receipt.policyDigest)
            writer.string("facts_digest", receipt.factsDigest)
            writer.string("date", receipt.date.iso)
            writer.string("known_on", receipt.knownOn?.iso)
            writer.array("plugins", receipt.plugins) { writer, plugin in
                writer.object { writer in
                    writer.string("name", plugin.name)
                    writer.string("version", plugin.version)
                    writer.string("sha256", plugin.sha256)
                }
            }
        }
    }

    // MARK: Pieces

    private mutating func object(_ body: (inout Self) -> Void) {
        json.beginObject()
        body(&self)
        json.endObject()
    }

    private mutating func object(_ key: String, _ body: (inout Self) -> Void) {
        json.key(key)
        object(body)
    }

    private mutating func array<Item>(_ key: String, _ items: [Item], _ body: (inout Self, Item) -> Void) {
        json.key(key)
        json.beginArray()
        for item in items { body(&self, item) }
        json.endArray()
    }

    private mutating func null(_ key: String) {
        json.key(key)
        json.null()
    }

    /// A value under a key; null where there is none.
    private mutating func put<Value>(_ key: String, _ value: Value?, _ write: (inout Self, Value) -> Void) {
        guard let value else { return null(key) }
        json.key(key)
        write(&self, value)
    }

    private mutating func string(_ key: String, _ value: String?) { put(key, value) { $0.json.string($1) } }

    private mutating func integer(_ key: String, _ value: Int?) { put(key, value) { $0.json.integer($1) } }

    private mutating func bool(_ key: String, _ value: Bool) { put(key, value) { $0.json.bool($1) } }

    private mutating func label(_ key: String, _ label: Label?) { put(key, label) { $0.label($1) } }

    private mutating func label(_ label: Label) {
        object { writer in
            writer.string("zh", label.chinese)
            writer.string("en", label.english)
        }
    }

    private mutating func amount(_ key: String, _ range: MoneyRange?) {
        guard let range else { return null(key) }
        guard range.known == nil else { return string(key, range.least.text) }
        object(key) { writer in
            writer.string("from", range.least.text)
            writer.string("upto", range.isUnbounded ? nil : range.most.text)
        }
    }

    private mutating func window(_ key: String, _ window: DateWindow?) {
        guard let window else { return null(key) }
        object(key) { writer in
            writer.string("from", window.from.iso)
            writer.string("until", window.until?.iso)
        }
    }
}
