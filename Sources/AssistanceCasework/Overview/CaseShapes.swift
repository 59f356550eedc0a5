import AssistanceCore

/// The JSON Schemas (2020-12) of what is asked of a case, and of what is shown of it, as published in `docs/schema`.
public enum CaseShapes {
    /// A step as `CaseRequest.init(json:)` reads it: `docs/schema/case-request-1.schema.json`.
    public static var request: String {
        JSONShape.anyOf(CaseStep.allCases.map(request)).schema(
            "A step of a case",
            definitions: [
                (
                    key: "person",
                    value: JSONShape.object(["citizen_number": .pattern("[0-9]{17}[0-9X]"), "name": .text])
                )
            ])
    }

    /// A case as `CaseOverview.json` and `CaseState.json` write it: `docs/schema/case-1.schema.json`. After a step it has no
    /// day, no steps that may be done and no history.
    public static var overview: String {
        JSONShape.members(
            [Member("schema", .constant(1), isRequired: true), Member("day", .day)] + state + [
                Member("persons", .list(.object(["name": .text, "citizen_number": .text]))),
                Member("next", .list(.named("option"))), Member("history", .list(.named("event"))),
            ], others: .none
        ).schema("A case by Jiuzhu", definitions: definitions)
    }

    /// A list of cases as `CaseRow.json` writes it: `docs/schema/cases-1.schema.json`.
    public static var list: String {
        JSONShape.object([
            "schema": .constant(1),
            "cases": .list(
                .object([
                    "case": .count, "area": .division, "stage": stage, "opened": .day, "due_step": .orNull(step),
                    "due": .orNull(.day), "review_due": .orNull(.day),
                ])),
        ]).schema("Cases by Jiuzhu", definitions: [])
    }

    private typealias Member = JSONShape.Member

    private static let stage = JSONShape.oneOf(CaseStage.allCases.map(\.rawValue))
    private static let step = JSONShape.oneOf(CaseStep.allCases.map(\.rawValue))
    private static let verdict = JSONShape.oneOf(CaseVerdict.allCases.map(\.rawValue))
    private static let period = JSONShape.oneOf(PaymentPeriod.allCases.map(\.rawValue))

    // MARK: What is asked

    /// One step, with the fields that it must and may have.
    private static func request(_ step: CaseStep) -> JSONShape {
        let (required, optional) = step.fields
        let fields = CaseField.allCases.filter { required.contains($0) || optional.contains($0) }
        return .described(
            step.label.chinese,
            .members(
                [
                    Member("step", .oneOf([step.rawValue]), isRequired: true),
                    Member("day", .day, isRequired: true),
                ]
                    + fields.compactMap { field in
                        asked(field, of: step).map { Member($0.key, $0.shape, isRequired: required.contains(field)) }
                    }, others: .none))
    }

    /// A field as somebody asks for it; nil for what stands beside the request, or is computed.
    private static func asked(_ field: CaseField, of step: CaseStep) -> (key: String, shape: JSONShape)? {
        switch field {
        case .document, .outcomes, .policy: nil
        case .persons where step.declaresHousehold:
            (
                "people",
                .described("who the members of the household are, in its order", .list(.named("person"), atLeast: 1))
            )
        case .persons: ("members", .described("their places in the household, from 0", .list(.count, atLeast: 1)))
        case .sum: ("sum", .described("in yuan", .pattern("[0-9]+(\\.[0-9]{1,2})?")))
        case .area: ("area", .pattern("[0-9]{9}([0-9]{3})?"))
        case .programs, .papers, .visitors: (field.rawValue, .list(.text, atLeast: 1))
        case .department: (field.rawValue, .described("as 'jiuzhu policy departments' lists it", .text))
        case .from, .until, .number, .verdict, .other, .limit: (field.rawValue, shape(of: field))
        }
    }

    // MARK: What is shown

    /// A field as it stands in the chain; persons are numbers of the file, and sums are in fen.
    private static func shape(of field: CaseField) -> JSONShape {
        switch field {
        case .document, .number, .other, .sum: .count
        case .programs, .papers, .visitors: .list(.text)
        case .persons: .list(.count)
        case .area: .division
        case .from, .until: .day
        case .department, .policy: .text
        case .verdict: verdict
        case .limit: step
        case .outcomes: .list(.named("outcome"))
        }
    }

    private static let state: [Member] = [
        ("case", JSONShape.count), ("stage", stage), ("area", .division), ("opened", .day), ("last", .day),
        ("programs", .list(.text)), ("members", .count), ("living", .count), ("lacking", .list(.text)),
        ("deadlines", .list(.named("deadline"))), ("notice_ends", .orNull(.day)), ("proposal", .orNull(verdict)),
        ("verdict", .orNull(verdict)), ("decided", .orNull(.day)), ("review_due", .orNull(.day)),
        ("merged_into", .orNull(.count)), ("outcomes", .list(.named("outcome"))), ("running", .list(.text)),
        ("grants", .list(.named("grant"))), ("tasks", .list(.named("task"))),
        ("objections", .list(.named("matter"))), ("complaints", .list(.named("matter"))),
    ].map { Member($0, $1, isRequired: true) }

    private static let definitions: KeyValuePairs<String, JSONShape> = [
        "deadline": .object(
            ["step": step, "due": .day, "since": .day, "provisional": .truth], optional: ["provisional"]),
        "outcome": .object(
            [
                "program": .text, "status": .oneOf(Status.allCases.map(\.rawValue)),
                "grants": .list(.named("outcome-grant")), "route": .text, "class": .text, "months": .count,
                "open": .truth,
            ], optional: ["grants", "route", "class", "months", "open"]),
        "outcome-grant": .object(
            [
                "benefit": .text, "period": period, "amount": .described("in fen", .count),
                "parts": .list(.described("the number of a person, and what falls to it in fen", .list(.count))),
                "instalments": .object(
                    ["first": .count, "each": .count, "count": .count, "last": .count], optional: ["first", "last"]),
                "from": .day, "until": .day,
            ], optional: ["parts", "instalments", "from", "until"]),
        "grant": .object([
            "program": .text, "benefit": .text, "period": period, "fen": .count, "given_fen": .count, "from": .day,
            "until": .orNull(.day),
        ]),
        "task": .object([
            "department": .text, "programs": .list(.text), "due": .orNull(.day), "is_answered": .truth,
        ]),
        "matter": .object([
            "step": step, "due": .orNull(.day), "is_answered": .truth, "verdict": .orNull(verdict),
        ]),
        "option": .object([
            "step": step, "roles": .list(role), "level": .oneOf(DivisionLevel.allCases.map(\.word)), "rule": .text,
            "hindrance": .orNull(
                .object(["code": .oneOf(CaseRefusal.Code.allCases.map(\.rawValue)), "message": .text])),
        ]),
        "event": .members(
            [
                ("event", JSONShape.count), ("time", .described("seconds since 1970", .count)), ("actor", .text),
                ("role", role), ("office", .division), ("step", step), ("day", .day), ("rule", .text),
            ].map { Member($0, $1, isRequired: true) }
                + CaseField.allCases.map { Member($0.rawValue, shape(of: $0)) } + [
                    Member("deadlines", .list(.named("deadline"))), Member("lasts", .day), Member("effective", .day),
                ], others: .none),
    ]

    private static let role = JSONShape.oneOf(CaseRole.allCases.map(\.rawValue))
}
