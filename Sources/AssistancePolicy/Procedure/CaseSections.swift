import AssistanceCore

/// The sections that say how cases are handled (经办), and who can be asked. What a household is entitled to does not depend
/// on them.
enum CaseSections {
    /// 工作日历: the holidays of each year.
    static let calendar = SectionDeclaration(
        "calendar", Label("工作日历", "working days"),
        [TermDeclaration("*", .holidays, unfilled: .optional, "节假日安排", "holidays of a year")])

    /// 经办程序: who does each step of a case, by when, and which papers are asked for.
    static let procedure = SectionDeclaration(
        "procedure", Label("经办程序", "procedure"),
        CaseStep.allCases.map {
            TermDeclaration($0.rawValue, .steps, unfilled: .optional, $0.label.chinese, $0.label.english)
        } + [TermDeclaration(papers + ".*", .papers, unfilled: .optional, "申请材料", "papers")])

    /// 发放规则: who does what with payments and funds.
    static let payments = SectionDeclaration(
        "payments", Label("发放规则", "payments"),
        PaymentStep.allCases.map {
            TermDeclaration($0.rawValue, .payments, unfilled: .optional, $0.label.chinese, $0.label.english)
        })

    /// 资金分配: how the budgets of programmes are divided among areas.
    static let allocation = SectionDeclaration(
        "allocation", Label("资金分配", "allocation of funds"),
        [TermDeclaration("*", .allocation, unfilled: .optional, "资金分配办法", "how a budget is divided")])

    /// 部门数据目录: the departments whose registries can be asked, and what they hold.
    static let departments = SectionDeclaration(
        "departments", Label("部门数据目录", "departments and their data"),
        [TermDeclaration("*", .department, unfilled: .optional, "部门及其数据项目", "a department and what it holds")])

    /// The key below which the papers of programmes stand.
    static let papers = "papers"

    /// All of them.
    static let all = [calendar, procedure, payments, allocation, departments]
}

/// What the entries of these sections say, each by its node.
struct CaseTerms: Sendable {
    private(set) var rules: [ObjectIdentifier: [Procedure.Rule]] = [:]
    private(set) var payments: [ObjectIdentifier: [PaymentProcedure.Rule]] = [:]
    private(set) var papers: [ObjectIdentifier: [Procedure.Paper]] = [:]
    private(set) var notices: [ObjectIdentifier: WorkingCalendar.Notice] = [:]
    private(set) var formulas: [ObjectIdentifier: AllocationFormula] = [:]
    private(set) var departments: [ObjectIdentifier: Department] = [:]

    /// Reads the entries of these sections among all; what is wrong with one goes to the reader's findings.
    mutating func read(_ entries: [TermEntry], _ reader: TermReader, _ schema: FactSchema) {
        for entry in entries {
            let path = entry.key.split(separator: ".", maxSplits: 1).map(String.init)
            guard path.count == 2 else { continue }
            let place = ObjectIdentifier(entry.node)
            switch path[0] {
            case CaseSections.calendar.key:
                notices[place] = HolidayReader(entry, reader.findings).notice(of: path[1])
            case CaseSections.allocation.key:
                formulas[place] = AllocationReader(entry, reader.findings).formula()
            case CaseSections.departments.key:
                departments[place] = DepartmentReader(entry, reader, schema).department(path[1])
            case CaseSections.payments.key:
                payments[place] = PaymentStep(rawValue: path[1]).map(PaymentRuleReader(entry, reader).rules)
            case CaseSections.procedure.key:
                let procedure = ProcedureReader(entry, reader)
                if let step = CaseStep(rawValue: path[1]) {
                    rules[place] = procedure.rules(of: step)
                } else {
                    papers[place] = procedure.papers(of: String(path[1].dropFirst(CaseSections.papers.count + 1)))
                }
            default: continue
            }
        }
    }
}

extension PolicyLibrary {
    /// The sections that every policy may have, whatever its programmes: the calendar, the procedure, who does what with
    /// payments, how budgets are divided, and the departments.
    public static let caseSections = CaseSections.all

    /// Whether what a household is entitled to can depend on a term: on all but those of these sections.
    static func isDecisive(_ key: String) -> Bool { !caseSections.contains { key.hasPrefix($0.key + ".") } }

    /// The procedure of an area on a day, as far as it was known on another: of each step what every area on the way up
    /// says, the nearest first; of the papers of each programme what the nearest says that says anything.
    public func procedure(area: DivisionCode, on date: CalendarDate, knownOn: CalendarDate? = nil) -> Procedure {
        let chain = area.chain
        func places(_ path: String) -> [ObjectIdentifier] {
            inForce(CaseSections.procedure.key(of: path), chain: chain, on: date, knownOn: knownOn).map {
                ObjectIdentifier($0.node)
            }
        }
        var rules: [CaseStep: [Procedure.Rule]] = [:]
        for step in CaseStep.allCases { rules[step] = places(step.rawValue).flatMap { caseTerms.rules[$0] ?? [] } }
        var papers: [String: [Procedure.Paper]] = [:]
        let prefix = CaseSections.papers + "."
        for path in names(in: CaseSections.procedure.key) where path.hasPrefix(prefix) {
            papers[String(path.dropFirst(prefix.count))] = places(path).first.flatMap { caseTerms.papers[$0] }
        }
        return Procedure(
            area: area, date: date, rules: rules, papers: papers,
            departments: departments(area: area, on: date, knownOn: knownOn))
    }

    /// The departments whose registries can be asked about people of an area on a day, in the order of their ids: of each
    /// what the nearest area on the way up says.
    public func departments(area: DivisionCode, on date: CalendarDate, knownOn: CalendarDate? = nil) -> [Department] {
        let chain = area.chain
        return names(in: CaseSections.departments.key).compactMap { id in
            inForce(CaseSections.departments.key(of: id), chain: chain, on: date, knownOn: knownOn).first
                .flatMap { caseTerms.departments[ObjectIdentifier($0.node)] }
        }
    }

    /// Who may do what with payments and funds of an area on a day, as far as that was known on another: of each step what
    /// every area on the way up says, the nearest first.
    public func payments(
        area: DivisionCode, on date: CalendarDate, knownOn: CalendarDate? = nil
    ) -> PaymentProcedure {
        var rules: [PaymentStep: [PaymentProcedure.Rule]] = [:]
        for step in PaymentStep.allCases {
            rules[step] = inForce(
                CaseSections.payments.key(of: step.rawValue), chain: area.chain, on: date, knownOn: knownOn
            ).flatMap { caseTerms.payments[ObjectIdentifier($0.node)] ?? [] }
        }
        return PaymentProcedure(area: area, date: date, rules: rules)
    }

    /// The working days of an area as they were published on a day, as far as that was known on another: of each year the
    /// notice of the nearest area that has one.
    public func workingCalendar(
        area: DivisionCode, on date: CalendarDate, knownOn: CalendarDate? = nil
    ) -> WorkingCalendar {
        let chain = area.chain
        return WorkingCalendar(
            names(in: CaseSections.calendar.key).compactMap { year in
                inForce(CaseSections.calendar.key(of: year), chain: chain, on: date, knownOn: knownOn).first
                    .flatMap { caseTerms.notices[ObjectIdentifier($0.node)] }
            })
    }

    /// How an area divides the budget of a programme, or of another purpose that policy names, on a day: what the nearest
    /// area on the way up says; nil where none says anything.
    public func allocation(
        of name: String, area: DivisionCode, on date: CalendarDate, knownOn: CalendarDate? = nil
    ) -> AllocationFormula? {
        inForce(CaseSections.allocation.key(of: name), chain: area.chain, on: date, knownOn: knownOn).first
            .flatMap { caseTerms.formulas[ObjectIdentifier($0.node)] }
    }
}

extension Findings {
    /// The items of a list, without those that are too many to be compared with each other.
    func checked(_ items: [YAMLNode]) -> [YAMLNode] {
        let limit = PolicyContext.listLimit
        if items.count > limit {
            report(items[limit].error(.tooLarge, "a list has at most \(limit) elements"))
        }
        return items.prefix(limit).filter { !isFull(at: $0) }
    }
}
