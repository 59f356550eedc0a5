import AssistanceCore
import AssistancePolicy

/// How the terms of policy files are written, in the words of JSON Schema.
enum PolicyTermShapes {
    typealias Member = JSONShape.Member

    /// What every section may say for all that stands in it.
    static let inherited: [JSONShape.Member] = [
        .init("from", .described("the first day on which it is in force", .day)),
        .init("until", .described("the first day on which it no longer is", .day)),
        .init("published", .described("when the public could know it, where the document does not say so", .day)),
        .init("source", .named("source")),
    ]

    /// What an entry of a term may say of its own.
    static let entry =
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
        case .holidays: history(of: "holidays")
        case .steps: history(of: "step")
        case .payments: history(of: "payment-step")
        case .allocation: history(of: "allocation")
        case .department: history(of: "department")
        case .papers: .anyOf([.named("papers"), history(of: "papers-block")])
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
        scalars + values + lists + layers + declarations + cases

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

    static let pick = Member(
        "pick",
        .described("which of several rows that match is taken", .oneOf(["only", "first", "highest", "lowest"])))

    static let unknown = Member("unknown", .described("why the figure is not known", .text))

    /// What the law leaves to the officer.
    static let choice: [Member] = [
        Member("within", .described("left to the officer: from LEAST upto MOST", .named("range"))),
        Member("decided", .described("the name under which a household file states what was decided", .text)),
    ]

    static let bands = Member(
        "bands", .described("marginal: each slice is paid at its own rate", .oneOf(["marginal"])))

    static let table: [Member] = [
        Member("unit", .named("unit")),
        Member("rows", .described("rows of keys and a result 'is'", .list(.named("row"), atLeast: 1))),
        Member("of", .described("what the rows are shares of", .named("expression"))),
        Member("across", .described("a key whose codes are columns", .text)),
        pick,
        Member("rounding", .named("rounding")),
    ]

    static let names: [Member] = [Member("label", .text), Member("label_en", .text)]

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
                    Member("rounding", .named("rounding")), Member("unknown", .text), Member("note", .text),
                    Member("purpose", .named("purpose")), Member("follows", .named("follows")),
                ] + names + entry, others: .none)
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

    // MARK: Facts

    static let label: [Member] = [Member("label", .text, isRequired: true), Member("label_en", .text)]
    static let name = "[a-z][a-z0-9_]*"

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

    static let incomes =
        FactSchema.national.group(.member, "income")?.fields.map(\.name) ?? []
}
