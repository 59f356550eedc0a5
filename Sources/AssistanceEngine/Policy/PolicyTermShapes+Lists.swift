import AssistanceCore

/// Lists of items, checks, layers, payers and exclusions.
extension PolicyTermShapes {
    /// A list that lower files amend: its elements, or a block with them, or a history of blocks, or `none`.
    private static func amended(_ element: String, _ key: String, _ more: [Member] = []) -> JSONShape {
        let elements = JSONShape.list(.named(element))
        let block = JSONShape.members(
            [
                Member(key, elements),
                Member("remove", .described("the ids that no longer hold here", .list(.text, atLeast: 1))),
                Member("replaces", .described("starts afresh", .oneOf(["all"]))),
                Member("purpose", .named("purpose")), Member("follows", .named("follows")),
            ] + more + entry, others: .none)
        return .anyOf([.oneOf(["none"]), elements, block, .list(block, atLeast: 1)])
    }

    private static let identity: [Member] = [
        Member("id", .described("by which a lower file replaces or removes it", .text), isRequired: true)
    ]

    private static let item: [Member] =
        identity + names + [
            Member(
                "each",
                .described("of each entry of a list, all together", .oneOf(["plot", "loss", "obligor", "bill"]))),
            Member("for", .described("whose word holds, or anyone; without it the household's", .named("words"))),
            Member("when", .named("expression")),
            Member("add", .described("so much more", .anyOf([.named("expression"), .named("item-table")]))),
            Member(
                "raise-to",
                .described("补足到: what lacks to this sum", .anyOf([.named("expression"), .named("item-table")]))),
            Member("give", .described("in kind", .named("gift"))),
            Member(
                "lend",
                .described("贷款: shown, and part of no sum", .anyOf([.named("expression"), .named("item-table")]))),
            Member("at-most", .named("expression")),
            Member("rounding", .named("rounding")),
            Member("group", .described("items of a group stack by themselves, and groups add up", .text)),
            Member("purpose", .named("purpose")), Member("source", .named("source")),
        ]

    /// What an item or a list of benefits may say of how it is paid.
    private static let payment: [Member] = [
        Member("unit", .named("unit")), Member("payers", .named("payers")),
        Member("months", .anyOf([.named("expression"), .named("item-table")])),
        Member("starts", .described("next month or this month", .oneOf(["next month", "this month"]))),
    ]

    private static let itemList: [Member] =
        names + [
            Member(
                "stacking", .anyOf([.named("stacking"), .members([], others: .any(.named("stacking"), keys: ".+"))])),
            Member("rounding", .named("rounding")), Member("at-most", .named("expression")),
            Member("unknown", .text), Member("note", .text),
        ]

    // MARK: Layers

    private static let layerColumns: [Member] = [
        Member("threshold", .described("起付线", .named("expression"))),
        Member("rate", .described("支付比例", .anyOf([.named("expression"), .named("rate")]))),
        Member("cap", .described("封顶线", .named("expression"))),
        Member("base-cap", .described("the most that the layer works on", .named("expression"))),
    ]

    static let layers: [(key: String, value: JSONShape)] = [
        (
            "layers",
            amended(
                "layer", "layers", [Member("shared", .named("shared-caps")), Member("rounding", .named("rounding"))])
        ),
        (
            "layer",
            .members(
                identity + names + layerColumns + [
                    Member("payer", .text), Member("for", .named("words")), Member("when", .named("expression")),
                    Member("of", .described("what it works on; remaining without it", .named("expression"))),
                    Member("per", .text), Member("paid", .named("expression")),
                    Member("settled", .described("the fact that wins where it is known", .named("expression"))),
                    Member("unit", .named("unit")), Member("rounding", .named("rounding")),
                    Member("rows", .list(.named("layer-row"), atLeast: 1)), pick, unknown,
                    Member("source", .named("source")), Member("purpose", .named("purpose")),
                ], others: .none)
        ),
        (
            "layer-row",
            .members(
                layerColumns + [
                    Member("for", .named("words")), Member("when", .named("expression")), Member("note", .text),
                    unknown,
                ],
                others: .any(.anyOf([.scalar, .list(.scalar, atLeast: 1)]), keys: ".+"))
        ),
        ("rate", .members(choice + [bands, Member("rows", .list(.named("row"), atLeast: 1))], others: .none)),
        ("shared-caps", .anyOf([.named("shared-cap"), .list(.named("shared-cap"), atLeast: 1)])),
        (
            "shared-cap",
            .members(
                [
                    Member("layers", .list(.text, atLeast: 1), isRequired: true),
                    Member("cap", .named("expression"), isRequired: true), Member("unit", .named("unit")),
                    Member("source", .named("source")), Member("note", .text),
                ], others: .none)
        ),
    ]

    static let lists: [(key: String, value: JSONShape)] = [
        ("items", amended("item", "items", itemList)),
        ("item", .members(item, others: .none)),
        ("benefits", amended("benefit", "items", itemList + payment)),
        ("benefit", .members(item + payment, others: .none)),
        ("item-table", .members(table + choice + [bands, unknown], others: .none)),
        (
            "gift",
            .anyOf([
                .described("a quantity and a thing: 500 kg of coal", .text),
                .members(
                    [Member("is", .named("expression")), Member("thing", .text), Member("service", .text)] + names,
                    others: .none),
            ])
        ),
        ("payers", .list(.named("payer"), atLeast: 1)),
        (
            "payer",
            .members(
                [
                    Member("who", .described("household, treasury, insurance or another", .text), isRequired: true),
                    Member(
                        "share", .described("a share such as 50% or 1/3; all make the whole", .scalar), isRequired: true
                    ),
                ] + names, others: .none)
        ),
        (
            "exclusions",
            amended("exclusion", "rows")
        ),
        (
            "exclusion",
            .members(
                identity + names + [
                    Member(
                        "among", .described("names of benefits or programmes", .list(.text, atLeast: 2)),
                        isRequired: true),
                    Member("keep", .described("the name of what is kept, higher, or both", .text)),
                    Member("pay", .oneOf(["difference"])), Member("note", .text), Member("source", .named("source")),
                ], others: .none)
        ),
        ("checks", amended("check", "checks", [unknown])),
        (
            "check",
            .members(
                identity + names + [
                    Member("that", .described("the condition that must hold", .named("expression"))),
                    Member("unless", .described("what waives it", .named("expression"))),
                    Member("reason", .described("the reason where it does not hold", .text)),
                    Member("reason_en", .text),
                    Member("manual", .described("what people decide, not the engine", .text)),
                    Member("manual_en", .text), Member("when", .named("expression")),
                    Member("purpose", .named("purpose")), Member("source", .named("source")),
                ], others: .none)
        ),
        ("income-codes", amended("income-code", "codes")),
        (
            "income-code",
            .anyOf([
                .named("income"),
                .members(
                    [
                        Member("code", .named("income"), isRequired: true), Member("from", .day), Member("until", .day),
                        Member("source", .named("source")), Member("purpose", .named("purpose")),
                    ], others: .none),
            ])
        ),
        // A place may declare kinds of income of its own.
        ("income", .anyOf([.oneOf(incomes), .pattern(name)])),
    ]
}
