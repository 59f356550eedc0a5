import AssistanceCore

/// Assessments made by hand, so that what is written of them depends on nothing else.
enum OutputFixtures {
    static let order = PolicyDocument(
        id: "order-649", title: "社会救助暂行办法", number: "国务院令第649号", status: .official)
    static let example = PolicyDocument(id: "example-1", title: "某县低保标准", status: .illustrative, note: "invented")

    static let line = Citation(document: order, article: "第九条")
    static let figure = Citation(document: example, article: "")

    static func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

    static func yuan(_ text: String) -> Money { Money(yuanText: text) ?? .zero }

    static func sum(_ text: String) -> MoneyRange { MoneyRange(yuan(text), yuan(text)) }

    static let window = DateWindow(from: day("2029-03-01"), until: day("2030-03-01"))

    static let couple = [Label("成员1(本人)", "member 1 (self)"), Label("成员2(配偶)", "member 2 (spouse)")]

    static func assessment(
        _ determination: Determination, id: String? = "T-1", members: [Label] = couple,
        weakest: SourceStatus? = .official,
        weak: [PolicyDocument] = [], notes: [Label] = [], knownOn: String? = nil
    ) -> Assessment {
        Assessment(
            id: id, area: DivisionCode("231025") ?? .nation, areaName: "黑龙江省牡丹江市林口县", date: day("2030-03-05"),
            stage: "application", determinations: [determination], weakestSource: weakest, weakDocuments: weak,
            notes: notes,
            members: members,
            receipt: Receipt(
                engine: "0.1.0", policyDigest: String(repeating: "0123456789abcdef", count: 4),
                factsDigest: String(repeating: "fedcba9876543210", count: 4), date: day("2030-03-05"),
                knownOn: knownOn.map(day)))
    }

    static func determination(_ status: Status) -> Determination {
        Determination(
            program: "low-income", label: Label("最低生活保障", "low income"), status: status, routes: [], benefits: [],
            totals: [.monthly: MoneyRange(.zero, .zero)], reasons: [], missing: [], manual: [], standings: [],
            membersCounted: 2,
            membersPaid: 2, window: window, review: nil, steps: [])
    }

    // MARK: The four outcomes

    /// Eligible, with two benefits, each member's part, and a figure that nobody has published.
    static var eligible: Assessment {
        var decision = determination(.eligible)
        decision.routes = [
            RouteDecision(
                id: "household", label: Label("家庭保", "household route"), status: .eligible, isTaken: true, failed: [])
        ]
        decision.benefits = [
            Benefit(
                id: "base", label: Label("基础保障金", "base grant"), period: .monthly, amount: sum("1100.01"),
                parts: [MemberPart(member: 0, amount: yuan("550.01")), MemberPart(member: 1, amount: yuan("550.00"))],
                from: day("2030-04-01"), until: nil),
            Benefit(
                id: "supplements", label: Label("分类施保金", "category supplements"), period: .monthly,
                amount: sum("112.99"),
                parts: [MemberPart(member: 1, amount: yuan("112.99"))], from: day("2030-04-01"),
                until: day("2031-04-01")),
        ]
        decision.totals[.monthly] = sum("1213.00")
        decision.manual = [
            ManualTask(id: "notice", label: Label("公示七天", "public notice of seven days"), citation: line)
        ]
        decision.review = ReviewDecision(classCode: "B", months: 6)
        decision.steps = steps
        let note = Label("未申报特困供养身份的成员按非特困人员处理", "members whose standing is not stated are taken not to have it")
        return assessment(decision, weakest: .illustrative, weak: [example], notes: [note], knownOn: "2030-03-01")
    }

    /// Not eligible: one limit exceeded, one reached exactly; an edge household instead.
    static var ineligible: Assessment {
        let income = Reason(
            id: "income", label: Label("家庭人均月收入超过标准", "per-capita income is above the standard"), citation: line,
            place: "china/low-income.yaml:10", distance: Label("12.34 元/月", "12.34 yuan/month"),
            comparison: Label("812.34 / 800.00 元/月", "812.34 / 800.00 yuan/month"))
        let assets = Reason(
            id: "assets", label: Label("金融资产达到限额", "financial assets reach the limit"), citation: nil, place: nil,
            distance: Label("0.00 元", "0.00 yuan"), comparison: nil)
        let nobody = Reason(
            id: "who", label: Label("家庭中没有符合单人保条件的成员", "no member meets the conditions"), citation: nil,
            place: nil, distance: nil, comparison: nil)
        var decision = determination(.ineligible)
        decision.reasons = [nobody]
        decision.routes = [
            RouteDecision(
                id: "household", label: Label("家庭保", "household route"), status: .ineligible, isTaken: false,
                failed: [income, assets]),
            RouteDecision(
                id: "single", label: Label("单人保", "individual coverage"), status: .ineligible, isTaken: false,
                failed: [nobody]),
        ]
        decision.standings = [
            StandingDecision(
                id: "edge", label: Label("低保边缘家庭", "edge household"), status: .eligible, layer: nil, months: 12,
                missing: []),
            StandingDecision(
                id: "rigid", label: Label("刚性支出困难家庭", "rigid-expenditure household"), status: .ineligible, layer: nil,
                months: nil, missing: []),
        ]
        return assessment(decision, id: nil)
    }

    /// Undetermined: facts of the household, of both members alike, of one alone; a term of policy; a standing.
    static var undetermined: Assessment {
        let wages = Label("工资性收入", "wages")
        func fact(_ path: String, _ label: Label) -> Missing { Missing(path: path, label: label, isPolicy: false) }
        func of(_ member: Int, _ label: Label) -> Label {
            Label(couple[member].chinese + "的" + label.chinese, couple[member].english + ": " + label.english)
        }
        let disposable = Missing(
            path: "figures.disposable", label: Label("上年度居民人均可支配收入", "disposable income"), isPolicy: true)
        var decision = determination(.undetermined)
        // Whatever stands here is no sum that anybody is promised.
        decision.totals[.monthly] = MoneyRange(.zero, yuan("9999999.00"))
        decision.membersCounted = nil
        decision.membersPaid = nil
        decision.missing = [
            Missing(path: "figures.standard", label: Label("低保标准", "standard"), isPolicy: true),
            fact("members[0].income.maintenance_received", of(0, Label("赡养、抚养、扶养费", "maintenance received"))),
            fact("members[0].income.wages", of(0, wages)),
            fact("members[1].income.maintenance_received", of(1, Label("赡养、抚养、扶养费", "maintenance received"))),
            fact("members[1].income.wages", of(1, wages)),
            fact("residence", Label("城乡", "urban or rural")),
        ]
        decision.standings = [
            StandingDecision(
                id: "rigid", label: Label("刚性支出困难家庭", "rigid-expenditure household"), status: .undetermined, layer: nil,
                months: nil, missing: decision.missing + [disposable])
        ]
        return assessment(decision)
    }

    /// Eligible, with a sum that the law leaves to the officer.
    static var bounded: Assessment {
        var decision = determination(.eligible)
        decision.routes = [
            RouteDecision(
                id: "single", label: Label("单人保", "individual coverage"), status: .eligible, isTaken: true, failed: [])
        ]
        decision.benefits = [
            Benefit(
                id: "base", label: Label("基础保障金", "base grant"), period: .monthly,
                amount: MoneyRange(yuan("100.00"), yuan("1800.00")), parts: [], from: nil, until: nil)
        ]
        decision.totals[.monthly] = MoneyRange(yuan("100.00"), yuan("1800.00"))
        let asked = Label("单人保每人金额(由地方或经办人员确定)", "sum of each (left to the place or the officer)")
        decision.missing = [
            Missing(
                path: "members[0].decided.each",
                label: Label(
                    couple[0].chinese + "的" + asked.chinese, couple[0].english + ": " + asked.english),
                isPolicy: false)
        ]
        decision.violations = [
            Reason(
                id: "each",
                label: Label(
                    "单人保每人金额:经办人员确定的 1,800.01 元/月 超出规定范围 100.00 至 1,800.00 元/月",
                    "sum of each: the decided 1,800.01 yuan/month lies outside the range 100.00 to 1,800.00 yuan/month"
                ),
                citation: line, place: "county/low-income.yaml:12", distance: nil, comparison: nil, member: 0)
        ]
        return assessment(decision, members: [couple[0]], weakest: nil)
    }

    // MARK: Steps

    private static func value(_ text: String, _ english: String, row: Int? = nil, none: Bool = false) -> StepValue {
        StepValue(row: row, text: Label(text, english), isStatedNone: none)
    }

    private static func step(
        _ name: String, _ kind: ExplainedStep.Kind, _ label: Label, of owner: FactOwner = .household,
        _ values: [StepValue],
        rule: String? = nil, citation: Citation? = nil, place: String? = nil, _ inputs: [ExplainedStep] = [],
        repeated: Bool = false
    ) -> ExplainedStep {
        ExplainedStep(
            name: name, kind: kind, label: label, owner: owner, values: values, rule: rule, citation: citation,
            place: place,
            inputs: inputs, isRepeated: repeated)
    }

    static var steps: [ExplainedStep] {
        let counted = step(
            "counted", .step, Label("计入的成员", "member who counts"), of: .member,
            [value("是", "yes", row: 0), value("是", "yes", row: 1)], rule: "!gone", citation: line,
            place: "china/means.yaml:11")
        let wages = step(
            "income.wages", .fact, Label("工资性收入", "wages"), of: .member,
            [
                value("9,600.00 元/年", "9,600.00 yuan/year", row: 0),
                value("0.00 元/年", "0.00 yuan/year", row: 1, none: true),
            ])
        let land = step("mu", .fact, Label("亩数", "area in mu"), of: .plot, [])
        let income = step(
            "per_capita_income", .step, Label("家庭人均月收入", "per-capita income"),
            [value("400.00 元/月", "400.00 yuan/month")],
            [counted, wages, land])
        let standard = step(
            "standard", .figure, Label("低保标准", "standard"), [value("950.00 元/月", "950.00 yuan/month")],
            rule: "standard",
            citation: figure, place: "county/standard.yaml:3")
        let seen = step(
            "counted", .step, Label("计入的成员", "member who counts"), of: .member,
            [value("是", "yes", row: 0), value("否", "no", row: 1)], rule: "!gone", repeated: true)
        let total = step(
            "total", .step, Label("月保障金合计", "monthly grant"), [value("1,213.00 元/月", "1,213.00 yuan/month")],
            rule:
                "sum(each) + a rule so long that a line of a terminal does not hold it, whatever the height of its letters",
            [standard, seen])
        return [income, total]
    }
}
