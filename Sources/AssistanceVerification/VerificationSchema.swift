import AssistanceCore

extension Verification {
    /// The JSON Schema (2020-12) of one verification, as published in `docs/schema/verification-1.schema.json`.
    public static var schema: String {
        JSONShape.object([
            "id": .orNull(.text), "area": .division, "date": .day,
            "sources": .list(.object(["id": .text, "label": .text, "department": .text])),
            "members": .list(.object(["authorisation": .oneOf(permissions.map(\.word))])),
            "facts": .list(.named("fact")), "unasked": .list(.named("unasked")),
            "decisions": .list(.named("decision")),
        ]).schema("A verification by Jiuzhu", definitions: definitions)
    }

    /// One of each kind.
    private static let permissions: [VerifiedMember.Permission] = [
        .granted, .missing, .notYet(from: .earliest), .expired(.earliest), .otherPerson,
    ]

    private static let definitions: KeyValuePairs<String, JSONShape> = [
        "fact": .object([
            "source": .text, "fact": .text, "member": .orNull(.count),
            "outcome": .oneOf(VerifiedFact.Outcome.allCases.map(\.rawValue)),
            "declared": .orNull(.text), "found": .orNull(.text), "at_least": .truth, "day": .orNull(.day),
            "confidence": .orNull(.count),
        ]),
        "unasked": .object([
            "department": .text, "department_label": .text, "kind": .text, "label": .text, "facts": .list(.text),
        ]),
        "decision": .object([
            "program": .text, "label": .text, "changed": .truth, "declared": .named("side"),
            "verified": .named("side"),
        ]),
        "side": .object([
            "status": .oneOf(Status.allCases.map(\.rawValue)), "monthly": .orNull(.named("amount")),
            "yearly": .orNull(.named("amount")), "once": .orNull(.named("amount")),
        ]),
        "amount": .anyOf([.sum, .object(["least": .sum, "most": .orNull(.sum)])]),
    ]
}
