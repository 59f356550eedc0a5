import AssistanceCore
import AssistancePolicy

/// How the terms of policy files are written, in the words of JSON Schema.
enum PolicyTermShapes {
    private typealias Member = JSONShape.Member

    /// What every section may say for all that stands in it.
    static let inherited: [JSONShape.Member] = [
        .init("from", .described("the first day on which it is in force", .day)),
        .init("until", .described("the first day on which it no longer is", .day)),
        .init("published", .described("when the public could know it, where the document does not say so", .day)),
        .init("source", .named("source")),
    ]

    /// What an entry of a term may say of its own.
    private static let entry =
        inherited + [
            Member("corrects", .described("the day of the correction, and what was wrong with our entry", .text))
        ]

    /// The shape of a form of terms.
    static func shape(of shape: TermShape) -> JSONShape {
        switch shape {
        case .value, .number, .openCode, .money: .named("value")
        case .condition: .named("condition")
        case .code(let list): code(list)
        case .range: .named("range-term")
        case .words: settled(.named("words"))
        case .items: .named("items")
        case .benefits: .named("benefits")
        case .layers: .named("layers")
        case .payers: settled(.anyOf([.oneOf(["none"]), .named("payers")]))
        case .text: settled(.text)
        case .dayOfYear: settled(.pattern("[0-9]{2}-[0-9]{2}"))
        case .choice(let words): settled(.oneOf(words))
        case .exclusions: .named("exclusions")
        case .checks: .named("checks")
        case .incomeCodes: .named("income-codes")
        case .rounding: settled(.named("rounding"))
        case .start: settled(.oneOf(["next month", "this month"]))
        case .offer: .oneOf(["none", "offered"])
        }
    }

    /// The value, or the same with its days and source, or a history of such entries.
    private static func settled(_ value: JSONShape) -> JSONShape {
        let block = JSONShape.members([Member("is", value), unknown] + entry, others: .none)
        return .anyOf([value, block, .list(block, atLeast: 1)])
    }

    /// A code of a list: one, or a table of them.
    private static func code(_ list: CodeList) -> JSONShape {
        // A place may add codes to an open list.
        let code = list.isOpen ? JSONShape.text : .oneOf(list.codes.map(\.name))
        return .anyOf([code, .named("value-block"), .list(.named("value-block"), atLeast: 1)])
    }

    // MARK: Definitions

    /// The shapes that others name.
    static let definitions: [(key: String, value: JSONShape)] =
        scalars + values + lists + layers + declarations

    private static let unit = words("(" + Unit.words.keys.sorted().joined(separator: "|") + ")")

    /// A unit of up to four words: `yuan/m2/month`.
    private static func words(_ word: String) -> String { word + "(/" + word + "){0,3}" }

    private static let scalars: [(key: String, value: JSONShape)] = [
        ("area", .pattern("[0-9]{6}([0-9]{3}){0,2}( .+)?")),
        ("source", .described("the id of a document in documents.yaml, and the article: wh-2025 第五条", .text)),
        (
            "follows",
            .described("执行上级标准: after its end the area follows the one above", .oneOf(["province", "city", "nation"]))
        ),
        ("expression", .described("a literal such as 632 yuan/month, or an expression", .scalar)),
        ("words", .anyOf([.text, .list(.text, atLeast: 1)])),
        ("purpose", .described("for which programmes or standings only", .anyOf([.text, .list(.text, atLeast: 1)]))),
        ("unit", .described("the unit of bare numbers, such as yuan/month", .pattern("(ratio|\(unit))"))),
        (
            "rounding",
            .described(
                "up, down or nearest and a unit: up to yuan, nearest fen, down to 10 yuan; or none",
                .pattern("(none|(up|down|nearest)( to)?( [1-9][0-9]*)? \(unit))"))
        ),
        (
            "range",
            .described(
                "from 60, over 60, upto 69, below 70, from 60 upto 69, or 60 to 69; or none",
                .pattern("(none|(from|over|upto|below) .+|.+ to .+)"))
        ),
        ("stacking", .described("how items for one recipient go together", .oneOf(["highest", "sum", "first"]))),
    ]

    private static let pick = Member(
        "pick",
        .described("which of several rows that match is taken", .oneOf(["only", "first", "highest", "lowest"])))

    private static let unknown = Member("unknown", .described("why the figure is not known", .text))

    /// What the law leaves to the officer.
    private static let choice: [Member] = [
        Member("within", .described("left to the officer: from LEAST upto MOST", .named("range"))),
        Member("decided", .described("the name under which a household file states what was decided", .text)),
    ]

    private static let bands = Member(
        "bands", .described("marginal: each slice is paid at its own rate", .oneOf(["marginal"])))

    private static let table: [Member] = [
        Member("unit", .named("unit")),
        Member("rows", .described("rows of keys and a result 'is'", .list(.named("row"), atLeast: 1))),
        Member("of", .described("what the rows are shares of", .named("expression"))),
        Member("across", .described("a key whose codes are columns", .text)),
        pick,
        Member("rounding", .named("rounding")),
    ]

    private static let names: [Member] = [Member("label", .text), Member("label_en", .text)]

    private static let values: [(key: String, value: JSONShape)] = [
        ("value", .anyOf([.named("expression"), .named("value-block"), .list(.named("value-block"), atLeast: 1)])),
        ("condition", .named("value")),
        (
            "value-block",
            .members(
                [
                    Member("is", .named("expression")),
                    unknown,
                ] + choice + table + names + [
                    Member("note", .text), Member("purpose", .named("purpose")), Member("follows", .named("follows")),
                    bands,
                    Member("layers", .list(.named("layer"))), Member("shared", .named("shared-caps")),
                    Member("one-of", .described("the codes that the figure may be", .list(.text, atLeast: 1))),
                ] + entry, others: .none)
        ),
        (
            "row",
            .members(
                [
                    Member("for", .named("words")), Member("when", .named("expression")),
                    Member("is", .named("expression")), unknown, Member("rounding", .named("rounding")),
                    Member("note", .text),
                ] + choice,
                others: .any(
                    .described(
                        "a code, a list of codes, a number or a range", .anyOf([.scalar, .list(.scalar, atLeast: 1)])),
                    keys: ".+"))
        ),
        ("range-term", .anyOf([.named("range"), .named("range-block"), .list(.named("range-block"), atLeast: 1)])),
        (
            "range-block",
            .members(
                [
                    Member("is", .named("range")), Member("rows", .list(.named("range-row"), atLeast: 1)), pick,
                    Member("rounding", .named("rounding")), Member("unknown", .text), Member("label", .text),
                ] + entry, others: .none)
        ),
        (
            "range-row",
            .members(
                [
                    Member("for", .named("words")), Member("when", .named("expression")),
                    Member("is", .named("range"), isRequired: true),
                ], others: .none)
        ),
    ]

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
            Member("for", .described("whose word holds, or anyone; without it the household's", .named("words"))),
            Member("when", .named("expression")),
            Member("add", .described("so much more", .anyOf([.named("expression"), .named("item-table")]))),
            Member(
                "raise-to",
                .described("补足到: what lacks to this sum", .anyOf([.named("expression"), .named("item-table")]))),
            Member("give", .described("in kind", .named("gift"))), Member("at-most", .named("expression")),
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

    private static let layers: [(key: String, value: JSONShape)] = [
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
                    Member("rows", .list(.named("layer-row"), atLeast: 1)), pick, Member("source", .named("source")),
                    Member("purpose", .named("purpose")),
                ], others: .none)
        ),
        (
            "layer-row",
            .members(
                layerColumns + [
                    Member("for", .named("words")), Member("when", .named("expression")), Member("note", .text),
                ],
                others: .any(.anyOf([.scalar, .list(.scalar, atLeast: 1)]), keys: ".+"))
        ),
        ("rate", .members([bands, Member("rows", .list(.named("row"), atLeast: 1))], others: .none)),
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

    private static let lists: [(key: String, value: JSONShape)] = [
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
        ("checks", amended("check", "checks")),
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

    // MARK: Facts

    private static let label: [Member] = [Member("label", .text, isRequired: true), Member("label_en", .text)]
    private static let name = "[a-z][a-z0-9_]*"

    /// The facts that a policy declares.
    static let facts = JSONShape.members(
        [Member("source", .named("source"))],
        others: .any(
            .named("fact"),
            keys: "(" + FactOwner.allCases.map(\.word).joined(separator: "|") + ")\\.\(name)(\\.\(name))?"))

    /// The codes that a policy adds to open lists.
    static let codes = JSONShape.members(
        [Member("source", .named("source"))],
        others: .any(.list(.named("code"), atLeast: 1), keys: "[a-z][a-z0-9_.]*"))

    private static let declarations: [(key: String, value: JSONShape)] = [
        (
            "fact",
            .members(
                [
                    Member(
                        "type", .oneOf(["yes/no", "date", "count", "amount", "rate", "code", "codes"]), isRequired: true
                    ),
                    Member("unit", .named("unit")),
                    Member("range", .described("the least and the greatest: 0 to 100", .text)),
                    Member("codes", .list(.named("code"), atLeast: 1)), Member("source", .named("source")),
                    Member("note", .text),
                ] + label, others: .none)
        ),
        (
            "code",
            .members(
                [
                    Member("code", .scalar, isRequired: true),
                    Member("like", .described("the national code that it counts as", .text)),
                    Member(
                        "standard", .described("codes of a standard that mean it", .anyOf([.scalar, .list(.scalar)]))),
                ] + label, others: .none)
        ),
    ]

    private static let incomes =
        FactSchema.national.group(.member, "income")?.fields.map(\.name) ?? []
}
