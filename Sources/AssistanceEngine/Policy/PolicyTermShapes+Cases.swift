import AssistanceCore
import AssistancePolicy

/// How cases are handled: the calendar, the procedure, who does what with payments, how budgets are divided, and who can be
/// asked.
extension PolicyTermShapes {
    private static let steps = CaseStep.allCases.map(\.rawValue)
    private static let note = Member("note", .text)

    private static func oneOrMore(_ shape: JSONShape) -> JSONShape { .anyOf([shape, .list(shape, atLeast: 1)]) }

    private static let days = JSONShape.pattern("[0-9-]{10}( to [0-9-]{10})?")
    private static let time = "[0-9]{1,5} (\(TimeLimit.Unit.allCases.map(\.rawValue).joined(separator: "|")))"

    private static let percent = JSONShape.pattern("[0-9.]+%")
    private static let divisions = oneOrMore(.anyOf([.pattern("[0-9]{6}([0-9]{3}){0,2}"), .count]))

    private static let programs = Member("for", .described("for these programmes only", oneOrMore(.text)))
    private static let upTo = Member("up-to", .described("up to this sum: 2000 yuan", .pattern("[0-9.]+ yuan")))
    private static let roles = Member(
        "by", .described("in which capacity it is done", oneOrMore(.oneOf(CaseRole.allCases.map(\.rawValue)))))
    private static let level = JSONShape.oneOf(DivisionLevel.allCases.map(\.word))

    private static let rule: [Member] = [
        programs, upTo,
        Member("relatives", .described("近亲属: only where a member is a close relative of staff", .oneOf(["yes"]))),
        roles, Member("level", .described("at which level the office stands", level)),
        Member(
            "within",
            .described(
                "办理时限: 30 working days after accept extendable to 45; of several the first day due",
                oneOrMore(.pattern("\(time) after (\(steps.joined(separator: "|")))( extendable to [0-9]{1,5})?")))),
        Member("lasts", .described("how long it lasts, or is open: 7 days", .pattern(time))),
        Member(
            "effect",
            .described("from when it changes what is paid", .oneOf(GrantEffect.allCases.map(\.rawValue)))),
        Member("apart", .described("不相容: steps that the same person may not have done", oneOrMore(.oneOf(steps)))),
        note,
    ]

    private static let paymentRule: [Member] = [
        programs, upTo, roles, Member("level", .described("at which levels the office may stand", oneOrMore(level))),
        Member(
            "apart",
            .described(
                "不相容: steps of the run that the same person may not have done",
                oneOrMore(.oneOf(PaymentStep.allCases.map(\.rawValue))))),
        note,
    ]

    /// A rule, or several below `rows`, as an entry has them.
    private static func rules(_ rule: [Member], row: String) -> JSONShape {
        .members(
            rule + [
                Member(
                    "rows",
                    .described("several rules: the first that fits is the one", .list(.named(row), atLeast: 1))),
                Member("follows", .named("follows")),
            ] + entry, others: .none)
    }

    static let cases: [(key: String, value: JSONShape)] = [
        (
            "holiday",
            .members(
                [
                    Member("name", .text, isRequired: true),
                    Member("off", .described("2024-02-10 to 2024-02-17", oneOrMore(days))),
                    Member("work", .described("调休上班: Saturdays and Sundays that are worked", oneOrMore(days))),
                ], others: .none)
        ),
        (
            "holidays",
            .members(
                [Member("holidays", .list(.named("holiday"), atLeast: 1)), Member("follows", .named("follows")), note]
                    + entry, others: .none)
        ),
        (
            "allocation",
            .members(
                [
                    Member(
                        "shares", .described("parts of the budget, 100% together", .list(.named("share"), atLeast: 1))),
                    Member("raise", .list(.named("raise"), atLeast: 1)),
                    Member("supplement", .list(.named("supplement"), atLeast: 1)),
                    Member("follows", .named("follows")), note,
                ] + entry, others: .none)
        ),
        (
            "share",
            .members(
                [
                    Member("of", .described("what is counted in each area: recipients", .text), isRequired: true),
                    Member("share", percent, isRequired: true), note,
                ], others: .none)
        ),
        (
            "raise",
            .members(
                [Member("areas", divisions, isRequired: true), Member("by", percent, isRequired: true), note],
                others: .none
            )
        ),
        (
            "supplement",
            .members(
                [
                    Member("areas", divisions, isRequired: true),
                    Member("add", .pattern("[0-9.]+ yuan/month"), isRequired: true),
                    Member("per", .described("for each of what is counted: recipients", .text), isRequired: true), note,
                ], others: .none)
        ),
        ("step", rules(rule, row: "step-row")),
        ("step-row", .members(rule + [Member("source", .named("source"))], others: .none)),
        ("payment-step", rules(paymentRule, row: "payment-row")),
        ("payment-row", .members(paymentRule + [Member("source", .named("source"))], others: .none)),
        (
            "paper",
            .members([Member("id", .text, isRequired: true)] + label + [note], others: .none)
        ),
        (
            "department",
            .members(
                label + [
                    Member("kinds", .list(.named("data-kind"), atLeast: 1), isRequired: true),
                    Member("follows", .named("follows")), note,
                ] + entry, others: .none)
        ),
        (
            "data-kind",
            .members(
                [
                    Member("id", .text, isRequired: true),
                    Member(
                        "facts",
                        .described("what it can confirm: household.vehicles", oneOrMore(.text)), isRequired: true),
                    Member("source", .named("source")), note,
                ] + label, others: .none)
        ),
        ("papers", .list(.named("paper"))),
        (
            "papers-block",
            .members(
                [Member("is", .named("papers")), Member("follows", .named("follows")), note] + entry, others: .none)
        ),
    ]

    /// The entry itself, or a history of such entries.
    static func history(of block: String) -> JSONShape {
        .anyOf([.named(block), .list(.named(block), atLeast: 1)])
    }
}
