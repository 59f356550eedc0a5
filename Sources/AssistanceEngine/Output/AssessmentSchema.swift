import AssistanceCore
import AssistancePolicy

extension AssessmentJSON {
    /// The JSON Schema (2020-12) of the output, as published in `docs/schema/assessment-1.schema.json`.
    public static var schema: String {
        JSONShape.object([
            "schema": .constant(version), "engine": .text, "households": .list(.named("household")),
        ]).schema("Assessments by Jiuzhu", definitions: definitions)
    }

    private static let definitions: KeyValuePairs<String, JSONShape> = [
        "household": .object([
            "id": .orNull(.text), "area": .object(["code": .division, "name": .text]),
            "date": .day, "stage": .oneOf(Stage.allCases.map(\.rawValue)),
            "weakest_source": .orNull(.oneOf(statuses)), "weak_documents": .list(.named("document")),
            "members": .list(.named("label")), "programs": .list(.named("program")), "notes": .list(.named("label")),
            "receipt": .object([
                "engine": .text, "policy_digest": .digest, "facts_digest": .digest, "date": .day,
                "known_on": .orNull(.day),
                "plugins": .list(.object(["name": .text, "version": .text, "sha256": .digest])),
            ]),
        ]),
        "program": .object(
            [
                "program": .text, "label": .named("label"), "status": .named("status"), "route": .orNull(.text),
                "monthly": .orNull(.named("amount")), "yearly": .orNull(.named("amount")),
                "once": .orNull(.named("amount")), "benefits": .list(.named("benefit")),
                "subject_to": .list(.object(["id": .text, "label": .named("label"), "citation": .named("citation")])),
                "reasons": .list(.named("reason")), "missing": .list(.named("missing")),
                "violations": .list(.named("reason")), "standings": .list(.named("standing")),
                "routes": .list(.named("route")),
                "members_counted": .orNull(.count), "members_paid": .orNull(.count),
                "income_window": .orNull(.object(["from": .day, "until": .orNull(.day)])),
                "review": .orNull(.object(["class": .text, "months": .orNull(.count)])),
                "settlements": .list(.named("settlement")), "needs": .list(.named("need")),
                "priority": .orNull(.count),
                "steps": .list(.named("step")),
            ], optional: ["steps"]),
        "status": .oneOf(Status.allCases.map(\.rawValue)),
        "amount": .anyOf([.sum, .object(["from": .sum, "upto": .orNull(.sum)])]),
        "benefit": .object([
            "id": .text, "label": .named("label"),
            "period": .oneOf(PaymentPeriod.allCases.map(\.rawValue)), "amount": .orNull(.named("amount")),
            "gift": .orNull(
                .object([
                    "thing": .named("label"), "unit": .orNull(.text), "least": .text, "most": .text,
                    "members": .list(.count),
                ])),
            "from": .orNull(.day), "until": .orNull(.day), "open_end": .truth,
            "parts": .list(.object(["member": .count, "amount": .sum])),
            "payers": .list(.object(["id": .text, "label": .named("label"), "amount": .sum])),
            "reductions": .list(
                .object(["id": .text, "label": .named("label"), "amount": .sum, "citation": .named("citation")])),
            "instalments": .orNull(
                .object(["count": .count, "each": .sum, "first": .orNull(.sum), "last": .orNull(.sum)])),
        ]),
        "settlement": .object([
            "member": .count, "in_scope": .named("amount"),
            "parts": .list(
                .object([
                    "id": .text, "label": .named("label"), "payer": .orNull(.text), "amount": .named("amount"),
                ])),
            "remaining": .named("amount"), "outside": .orNull(.sum),
        ]),
        "need": .object([
            "code": .text, "label": .named("label"), "member": .orNull(.count), "amount": .orNull(.named("amount")),
            "period": .orNull(.oneOf(PaymentPeriod.allCases.map(\.rawValue))),
        ]),
        "reason": .object([
            "id": .text, "member": .orNull(.count), "label": .named("label"), "distance": .orNull(.named("label")),
            "comparison": .orNull(.named("label")), "citation": .named("citation"), "place": .orNull(.text),
        ]),
        "missing": .object(["kind": .oneOf(["fact", "policy"]), "path": .text, "label": .named("label")]),
        "standing": .object([
            "id": .text, "label": .named("label"), "status": .named("status"), "layer": .orNull(.text),
            "layers": .list(.named("member_layer")), "months": .orNull(.count), "missing": .list(.named("missing")),
        ]),
        "member_layer": .object(["member": .count, "layer": .text, "label": .named("label")]),
        "route": .object([
            "id": .text, "label": .named("label"), "status": .named("status"), "taken": .truth,
            "failed": .list(.named("reason")),
        ]),
        "step": .object([
            "name": .text, "kind": .oneOf(ExplainedStep.Kind.allCases.map(\.rawValue)), "label": .named("label"),
            "owner": .oneOf(FactOwner.allCases.map(\.word)),
            "values": .list(
                .object([
                    "row": .orNull(.count), "value": .orNull(.text), "text": .named("label"), "stated_none": .truth,
                ])),
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

extension JSONShape {
    /// A SHA-256 in hexadecimal digits.
    fileprivate static let digest = JSONShape.pattern("[0-9a-f]{64}")
}
