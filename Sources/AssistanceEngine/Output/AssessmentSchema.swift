import AssistanceCore
import AssistancePolicy

extension AssessmentJSON {
    /// The JSON Schema (2020-12) of the output, as published in `docs/schema/assessment-1.schema.json`.
    public static var schema: String {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.key("$schema")
        json.string("https://json-schema.org/draft/2020-12/schema")
        json.key("title")
        json.string("Assessments by Jiuzhu")
        Shape.object([
            "schema": .constant(version), "engine": .text, "households": .list(.named("household")),
        ]).writeKeywords(to: &json)
        json.key("$defs")
        json.beginObject()
        for (name, shape) in definitions {
            json.key(name)
            shape.write(to: &json)
        }
        json.endObject()
        json.endObject()
        return json.text + "\n"
    }

    private static let definitions: KeyValuePairs<String, Shape> = [
        "household": .object([
            "id": .orNull(.text), "area": .object(["code": .pattern("[0-9]{6}(?:[0-9]{3}){0,2}"), "name": .text]),
            "date": .day, "stage": .oneOf(Stage.allCases.map(\.rawValue)),
            "weakest_source": .orNull(.oneOf(statuses)), "weak_documents": .list(.named("document")),
            "members": .list(.named("label")), "programs": .list(.named("program")), "notes": .list(.named("label")),
            "receipt": .object([
                "engine": .text, "policy_digest": .digest, "facts_digest": .digest, "date": .day,
                "known_on": .orNull(.day),
            ]),
        ]),
        "program": .object(
            [
                "program": .text, "label": .named("label"), "status": .named("status"), "route": .orNull(.text),
                "monthly": .orNull(.named("amount")), "yearly": .orNull(.named("amount")),
                "once": .orNull(.named("amount")), "benefits": .list(.named("benefit")),
                "subject_to": .list(.object(["id": .text, "label": .named("label"), "citation": .named("citation")])),
                "reasons": .list(.named("reason")), "missing": .list(.named("missing")),
                "standings": .list(.named("standing")), "routes": .list(.named("route")),
                "members_counted": .orNull(.count), "members_paid": .orNull(.count),
                "income_window": .orNull(.object(["from": .day, "until": .orNull(.day)])),
                "review": .orNull(.object(["class": .text, "months": .orNull(.count)])),
                "steps": .list(.named("step")),
            ], optional: ["steps"]),
        "status": .oneOf(Status.allCases.map(\.rawValue)),
        "amount": .anyOf([.sum, .object(["from": .sum, "upto": .orNull(.sum)])]),
        "benefit": .object([
            "id": .text, "label": .named("label"),
            "period": .oneOf(PaymentPeriod.allCases.map(\.rawValue)), "amount": .orNull(.named("amount")),
            "gift": .orNull(
                .object(["thing": .named("label"), "unit": .orNull(.text), "least": .text, "most": .text])),
            "from": .orNull(.day), "until": .orNull(.day), "parts": .list(.object(["member": .count, "amount": .sum])),
            "payers": .list(.object(["id": .text, "label": .named("label"), "amount": .sum])),
            "instalments": .orNull(
                .object(["count": .count, "each": .sum, "first": .orNull(.sum), "last": .orNull(.sum)])),
        ]),
        "reason": .object([
            "id": .text, "member": .orNull(.count), "label": .named("label"), "distance": .orNull(.named("label")),
            "comparison": .orNull(.named("label")), "citation": .named("citation"), "place": .orNull(.text),
        ]),
        "missing": .object(["kind": .oneOf(["fact", "policy"]), "path": .text, "label": .named("label")]),
        "standing": .object([
            "id": .text, "label": .named("label"), "status": .named("status"), "layer": .orNull(.text),
            "months": .orNull(.count), "missing": .list(.named("missing")),
        ]),
        "route": .object([
            "id": .text, "label": .named("label"), "status": .named("status"), "taken": .truth,
            "failed": .list(.named("reason")),
        ]),
        "step": .object([
            "name": .text, "kind": .oneOf(ExplainedStep.Kind.allCases.map(\.rawValue)), "label": .named("label"),
            "owner": .oneOf(FactOwner.allCases.map(\.word)),
            "values": .list(.object(["row": .orNull(.count), "text": .named("label"), "stated_none": .truth])),
            "rule": .orNull(.text), "citation": .named("citation"), "place": .orNull(.text), "repeated": .truth,
            "inputs": .list(.named("step")),
        ]),
        "citation": .orNull(
            .object([
                "document": .text, "number": .orNull(.text), "title": .text, "article": .orNull(.text),
                "status": .oneOf(statuses),
            ])),
        "document": .object([
            "document": .text, "number": .orNull(.text), "title": .text, "status": .oneOf(statuses),
            "note": .orNull(.text),
        ]),
        "label": .object(["zh": .text, "en": .text]),
    ]

    private static let statuses = SourceStatus.allCases.map(\.rawValue)
}

/// The shape of a value, in the words of JSON Schema.
private indirect enum Shape: Sendable {
    case text
    case pattern(String)
    case count
    case truth
    case constant(Int)
    case oneOf([String])
    case list(Shape)
    case object(KeyValuePairs<String, Shape>, optional: [String] = [])
    case named(String)
    case anyOf([Shape])
    case nothing

    /// A day, `2025-03-05`.
    static let day = Shape.pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}")
    /// A sum in yuan with two decimals.
    static let sum = Shape.pattern("-?[0-9]+\\.[0-9]{2}")
    /// A SHA-256 in hexadecimal digits.
    static let digest = Shape.pattern("[0-9a-f]{64}")

    /// The shape, or null.
    static func orNull(_ shape: Shape) -> Shape { .anyOf([shape, .nothing]) }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        writeKeywords(to: &json)
        json.endObject()
    }

    func writeKeywords(to json: inout JSONWriter) {
        switch self {
        case .text: type("string", to: &json)
        case .truth: type("boolean", to: &json)
        case .pattern(let pattern):
            type("string", to: &json)
            json.key("pattern")
            json.string("^\(pattern)$")
        case .count:
            type("integer", to: &json)
            json.key("minimum")
            json.integer(0)
        case .constant(let value):
            json.key("const")
            json.integer(value)
        case .nothing: type("null", to: &json)
        case .oneOf(let names):
            json.key("enum")
            json.beginArray()
            for name in names { json.string(name) }
            json.endArray()
        case .list(let item):
            type("array", to: &json)
            json.key("items")
            item.write(to: &json)
        case .object(let properties, let optional): write(properties, optional, to: &json)
        case .named(let name):
            json.key("$ref")
            json.string("#/$defs/" + name)
        case .anyOf(let shapes):
            json.key("anyOf")
            json.beginArray()
            for shape in shapes { shape.write(to: &json) }
            json.endArray()
        }
    }

    private func type(_ name: String, to json: inout JSONWriter) {
        json.key("type")
        json.string(name)
    }

    private func write(_ properties: KeyValuePairs<String, Shape>, _ optional: [String], to json: inout JSONWriter) {
        type("object", to: &json)
        json.key("properties")
        json.beginObject()
        for (name, shape) in properties {
            json.key(name)
            shape.write(to: &json)
        }
        json.endObject()
        json.key("required")
        json.beginArray()
        for (name, _) in properties where !optional.contains(name) { json.string(name) }
        json.endArray()
        json.key("additionalProperties")
        json.bool(false)
    }
}
