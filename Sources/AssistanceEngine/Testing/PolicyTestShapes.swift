import AssistanceCore
import AssistancePolicy

/// How policy tests are written, in the words of JSON Schema. Households are as in the schema of household files.
enum PolicyTestShapes {
    private typealias Member = JSONShape.Member

    private static let household = JSONShape.elsewhere("household-1.schema.json#/$defs/household")

    static let file = JSONShape.members(
        [
            Member("policy", .described("the folder of the policy, from this file or below the policies", .text)),
            Member("about", .text), Member("program", .described("the programme that the cases ask", .text)),
            Member("programs", .named("programs")), Member("date", .day), Member("known_on", .day),
            Member("stage", .named("stage")),
            Member("defaults", .described("facts of every household", household)),
            Member(
                "member_defaults",
                .described("facts of every member", .elsewhere("household-1.schema.json#/$defs/member"))),
            Member("cases", .list(.named("case"), atLeast: 1), isRequired: true),
        ], others: .none)

    static let definitions: [(key: String, value: JSONShape)] = [
        (
            "case",
            .members(
                [
                    Member("name", .described("one sentence that says what the case shows", .scalar), isRequired: true),
                    Member("source", .described("where the example was published", .scalar)),
                    Member("note", .scalar), Member("programs", .named("programs")),
                    Member("date", .described("the day of application", .day)),
                    Member("known_on", .day), Member("stage", .named("stage")),
                    Member("household", household),
                    Member("term", .described("a figure, word or term that is asked by itself", .text)),
                    Member("given", .described("values of the names that the term uses", map(.scalar))),
                    Member("expect", .named("expect"), isRequired: true),
                ], others: .none)
        ),
        ("programs", .described("the programmes of the run", .list(.text, atLeast: 1))),
        ("stage", .oneOf(Stage.allCases.map(\.rawValue))),
        ("truth", .anyOf([.truth, .oneOf(["unknown"])])),
        ("day-or-none", .anyOf([.day, .oneOf(["none"])])),
        ("number", .anyOf([.count, .oneOf(["unknown"])])),
        ("sums-of-each", .anyOf([.oneOf(["none"]), map(.anyOf([.oneOf(["none"]), map(.scalar)]))])),
        ("names", .anyOf([.list(.text), .oneOf(["none"])])),
        (
            "sum",
            .anyOf([
                .scalar,
                .object(["from": .scalar, "upto": .scalar]), .object(["from": .scalar]),
            ])
        ),
        (
            "expect",
            .members(
                [
                    Member("program", .described("the programme that is asked", .text)),
                    Member("value", .anyOf([.named("sum"), .list(.named("sum"))])),
                    Member("status", .oneOf(Status.allCases.map(\.rawValue))),
                    Member("route", .described("the route taken, or none", .text)),
                    Member("routes", map(.named("truth"))),
                    Member("total", .described("yuan a month in all", .named("sum"))),
                    Member("yearly", .named("sum")), Member("once", .named("sum")),
                    Member("gifts", map(.named("sum"))), Member("payers", .named("sums-of-each")),
                    Member("reductions", .named("sums-of-each")), Member("instalments", .named("sums-of-each")),
                    Member("benefits", map(.named("sum"))), Member("parts", map(.list(.scalar))),
                    Member("from", .named("day-or-none")), Member("until", .named("day-or-none")),
                    Member(
                        "reasons",
                        .anyOf([
                            .oneOf(["none"]),
                            .list(.anyOf([.text, .object(["id": .text, "by": .text], optional: ["by"])])),
                        ])),
                    Member("missing", .named("names")), Member("missing_includes", .named("names")),
                    Member("violations", .named("names")), Member("manual", .named("names")),
                    Member("standings", map(.named("truth"))),
                    Member("layers", map(.anyOf([.text, .list(.text)]))), Member("standing_months", map(.scalar)),
                    Member("members_counted", .named("number")), Member("members_paid", .named("number")),
                    Member("review_class", .text), Member("review_months", .named("number")),
                    Member("weakest_source", .oneOf(SourceStatus.allCases.map(\.rawValue) + ["none"])),
                    Member("window", .object(["from": .day, "until": .day])),
                    Member("needs", .named("names")), Member("priority", .named("number")),
                    Member(
                        "settlements",
                        .anyOf([.oneOf(["none"]), .list(.members([], others: .any(.named("sum"), keys: ".+")))])),
                    Member("steps", map(.anyOf([.named("sum"), .list(.named("sum"))]))),
                ], others: .none)
        ),
    ]

    private static func map(_ value: JSONShape) -> JSONShape { .members([], others: .any(value, keys: ".+")) }
}
