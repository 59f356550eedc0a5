import AssistanceCore

/// How the columns of an owner are read: which is which fact.
struct ColumnPlan: Sendable {
    let owner: FactOwner
    /// The column with the household's id, and whether it is a number.
    var id: (column: Int, type: ArrowType)?
    var facts: [(column: Int, fact: Int, reading: FactReading)] = []
    /// What closes groups, and texts that stand for facts.
    var texts: [(column: Int, meaning: HouseholdColumn)] = []
    /// Lists of entries.
    var lists: [(column: Int, plan: ColumnPlan)] = []
    /// Texts that say that there are no entries.
    var noneLists: [(column: Int, owner: FactOwner)] = []
    /// The columns, those without a meaning unread.
    var fields: [ArrowField] = []
}

/// Finds out what the columns of the streams are.
struct ColumnPlanner {
    /// The column that names the household.
    static let household = "household"

    let schema: FactSchema
    /// Whether members come as a stream of their own.
    let hasMembers: Bool
    /// What is wrong, and what is passed over.
    private(set) var findings: [Diagnostic] = []
    /// The stream that is read.
    private var file = ""

    init(_ schema: FactSchema, hasMembers: Bool) {
        self.schema = schema
        self.hasMembers = hasMembers
    }

    /// The plan of a stream of an owner's rows.
    mutating func plan(_ columns: [ArrowField], of owner: FactOwner, in file: String) -> ColumnPlan {
        self.file = file
        let plan = plan(columns, owner, below: nil)
        if hasMembers, plan.id == nil {
            let rule = "this column was expected: both streams are sorted by it, and joined"
            report(.missingKey, column: 0, "\(Self.household): \(rule)")
        }
        return plan
    }

    private mutating func plan(_ columns: [ArrowField], _ owner: FactOwner, below list: (name: String, column: Int)?)
        -> ColumnPlan
    {
        var plan = ColumnPlan(owner: owner)
        var names: Set<String> = []
        let meanings = Dictionary(
            schema.columns(of: owner).filter { $0.name != "id" }.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        for (place, field) in columns.enumerated() {
            plan.fields.append(field)
            let path = list.map { "\($0.name).\(field.name)" } ?? field.name
            let column = list?.column ?? place
            let flaw: ValueFlaw?
            if !names.insert(field.name).inserted {
                flaw = ValueFlaw(code: .duplicateKey, message: "there are two columns of this name")
            } else if field.name == Self.household, list == nil {
                flaw = addID(field, place, to: &plan)
            } else if let inner = FactOwner.allCases.first(where: { $0.parent == owner && $0.listKey == field.name }) {
                flaw = addList(inner, field, (path, column), place, to: &plan)
            } else if let meaning = meanings[field.name] {
                flaw = add(meaning, field, place, to: &plan)
            } else {
                plan.fields[place] = field.unread
                warn(field.name, path, column, among: Array(meanings.keys) + (list == nil ? [Self.household] : []))
                continue
            }
            guard let flaw else { continue }
            plan.fields[place] = field.unread
            report(flaw.code, column: column, "\(isQuotable(path) ? path : "a column"): \(flaw.message)")
        }
        return plan
    }

    private func addID(_ field: ArrowField, _ place: Int, to plan: inout ColumnPlan) -> ValueFlaw? {
        switch field.type {
        case .text, .dictionary, .integer:
            plan.id = (place, field.type)
            return nil
        default:
            let rule = "text or whole numbers were expected, and this is \(field.type.name)"
            return ValueFlaw(code: .wrongType, message: rule)
        }
    }

    private mutating func addList(
        _ owner: FactOwner, _ field: ArrowField, _ list: (name: String, column: Int), _ place: Int,
        to plan: inout ColumnPlan
    ) -> ValueFlaw? {
        if owner == .member, hasMembers {
            let rule = "members come as a stream of their own; leave this column out, or that stream"
            return ValueFlaw(code: .contradiction, message: rule)
        }
        switch field.type {
        case .none: plan.fields[place] = field.unread
        case .text, .dictionary: plan.noneLists.append((place, owner))
        case .list(let layout, let entry):
            let inner: ColumnPlan
            switch entry.type {
            case .record(let columns): inner = self.plan(columns, owner, below: list)
            // A producer that met no entry knows no columns.
            case .none: inner = ColumnPlan(owner: owner)
            default: return Self.noList(field.type)
            }
            let entries = entry.type == .none ? entry : ArrowField(name: entry.name, type: .record(inner.fields))
            plan.fields[place] = ArrowField(name: field.name, type: .list(layout, entries))
            plan.lists.append((place, inner))
        default: return Self.noList(field.type)
        }
        return nil
    }

    private static func noList(_ type: ArrowType) -> ValueFlaw {
        ValueFlaw(code: .wrongType, message: "a column of lists of structs was expected, and this is \(type.name)")
    }

    private func add(
        _ meaning: HouseholdColumn, _ field: ArrowField, _ place: Int, to plan: inout ColumnPlan
    ) -> ValueFlaw? {
        guard let fact = meaning.fact else {
            switch field.type {
            case .none: plan.fields[place] = field.unread
            case .text, .dictionary: plan.texts.append((place, meaning))
            default:
                return ValueFlaw(code: .wrongType, message: "text was expected, and this is \(field.type.name)")
            }
            return nil
        }
        if field.type == .none {
            plan.fields[place] = field.unread
            return nil
        }
        guard let reading = FactReading(field.type, of: schema.facts[fact]) else {
            var flaw = schema.facts[fact].wrongType(field.type.name)
            if case .other(let name) = field.type, name.contains("float") {
                flaw = schema.facts[fact].wrongType(name + ", which is not exact; cast it to a decimal")
            }
            return flaw
        }
        plan.facts.append((place, fact, reading))
        return nil
    }

    // MARK: Findings

    private mutating func report(
        _ code: DiagnosticCode, severity: Severity = .error, column: Int, _ message: String, suggestion: String? = nil
    ) {
        findings.append(
            Diagnostic(
                code, severity: severity, file: file, at: SourcePosition(line: 1, column: column + 1), message,
                suggestion: suggestion))
    }

    private mutating func warn(_ name: String, _ path: String, _ column: Int, among names: [String]) {
        let rule = isQuotable(name) ? "\(path): there is no such fact" : "column \(column + 1) is no fact"
        report(
            .unknownFact, severity: .warning, column: column, rule + "; the column is passed over",
            suggestion: closestName(to: name, among: names))
    }
}
