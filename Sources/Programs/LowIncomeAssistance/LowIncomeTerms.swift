import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// The open terms of low income (最低生活保障): the section `low-income` of policy files.
enum LowIncomeTerms {
    static let reviewClasses = CodeList([
        Code("A", "A类", "class A"), Code("B", "B类", "class B"), Code("C", "C类", "class C"),
    ])

    static let section = SectionDeclaration(
        "low-income", Label("最低生活保障", "low income (minimum living allowance)"),
        [
            TermDeclaration("line", .value(.yuanPerMonth), unfilled: .nation, "保障线", "line")
        ] + routes + [
            TermDeclaration(
                "supplements", .items(.yuanPerMonth), of: .member, unfilled: .optional, "分类施保", "category supplements"),
            TermDeclaration("cap", .value(.yuanPerMonth), unfilled: .optional, "保障金上限", "limit of the grant"),
        ] + standings + [
            TermDeclaration(
                "population.layer", .code(CodeList.population), of: .member, unfilled: .optional, "低收入人口类别",
                "layer of the low-income population"),
            TermDeclaration(
                "population.groups", .words, of: .member, unfilled: .optional, "重点救助群体", "groups helped first"),
            TermDeclaration("review.class", .code(reviewClasses), unfilled: .nation, "动态管理类别", "review class"),
            TermDeclaration("review.every", .value(.month), unfilled: .nation, "复核周期", "review period"),
        ] + PaymentTerms.terms())

    /// What the programmes after it may read.
    static let told: [StandingDeclaration] =
        [
            StandingDeclaration("low_income", of: .household, fact: "low_income", "低保家庭", "low-income household"),
            StandingDeclaration("low_income.paid", of: .member, "享受低保的成员", "member paid by low income"),
            StandingDeclaration(
                "low_income.own", of: .member, unit: .yuanPerMonth, "本人低保金份额", "own share of low income"),
            StandingDeclaration(
                "population", of: .member, fact: "population", "低收入人口类别", "layer of the low-income population"),
            StandingDeclaration(
                "low_income.grant", of: .household, unit: .yuanPerMonth, "低保金", "grant of low income"),
            StandingDeclaration(
                "low_income.per_capita_income", of: .household, unit: .yuanPerMonth, "低保核算的人均月收入",
                "per-capita income as low income measures it"),
        ]
        + Standing.allCases.map {
            StandingDeclaration(
                $0.rawValue, of: .household, fact: $0.rawValue, $0.label.chinese, $0.label.english)
        }

    private static let routes: [TermDeclaration] = Route.allCases.flatMap { route in
        let path = route.path
        let (zh, en) = (route.label.chinese, route.label.english)
        var terms = [
            TermDeclaration(path, .offer, unfilled: .nation, zh, en),
            TermDeclaration(
                path + ".income", .range(.yuanPerMonth), of: route == .single ? .member : .household, unfilled: .nation,
                zh + "收入条件", en + ": range of per-capita income"),
            TermDeclaration(path + ".checks", .checks, unfilled: .optional, zh + "其他条件", en + ": other conditions"),
            TermDeclaration(
                path + ".property", .checks, unfilled: .optional, zh + "财产条件", en + ": property, where not as in means"),
            TermDeclaration(
                path + ".rounding", .rounding, unfilled: .nation, zh + "金额取整", en + ": rounding of the sum"),
            TermDeclaration(
                path + ".supplements", .offer, unfilled: .optional, zh + "分类施保", en + ": whether supplements are paid"),
        ]
        terms.append(
            TermDeclaration(
                path + ".whole", .value(.yuanPerMonth), unfilled: route == .grace ? .nation : .optional, zh + "金额",
                en + ": the household's sum"))
        if route == .grace {
            terms += [
                TermDeclaration(path + ".months", .value(.month), unfilled: .required, zh + "月数", en + ": months"),
                TermDeclaration(path + ".starts", .start, unfilled: .nation, zh + "起始", en + ": first month"),
            ]
        } else {
            terms.append(
                TermDeclaration(
                    path + ".each", .value(.yuanPerMonth), of: .member, unfilled: .nation, zh + "每人金额",
                    en + ": sum of each who is paid"))
        }
        if route == .single {
            terms.append(
                TermDeclaration(path + ".who", .words, of: .member, unfilled: .nation, zh + "对象", en + ": for whom"))
        }
        if route == .expenditure {
            terms.append(
                TermDeclaration(
                    path + ".after", .range(.yuanPerMonth), unfilled: .nation, zh + "扣减后收入条件",
                    en + ": range after deductions"))
        }
        return terms
    }

    private static let standings: [TermDeclaration] = Standing.allCases.flatMap { standing in
        let path = standing.path
        let (zh, en) = (standing.label.chinese, standing.label.english)
        var terms = [
            TermDeclaration(path, .offer, unfilled: .nation, zh, en),
            TermDeclaration(
                path + ".income", .range(.yuanPerMonth), unfilled: .nation, zh + "收入条件",
                en + ": range of per-capita income"),
            TermDeclaration(path + ".checks", .checks, unfilled: .optional, zh + "其他条件", en + ": other conditions"),
            TermDeclaration(path + ".months", .value(.month), unfilled: .optional, zh + "有效月数", en + ": months valid"),
            TermDeclaration(path + ".layers", .openCode, unfilled: .optional, zh + "分层", en + ": layers"),
        ]
        if standing == .rigid {
            terms.append(
                TermDeclaration(
                    path + ".condition", .condition, unfilled: .undetermined, zh + "支出条件",
                    en + ": condition of expenditure"))
        }
        return terms
    }
}

/// The ways into low income. A place fills them or says `none`; it adds none.
enum Route: String, CaseIterable {
    /// The family (家庭保).
    case household
    /// A severely disabled or seriously ill person of an edge family (单人保).
    case single
    /// A family poor by its expenditure (支出型).
    case expenditure
    /// A family that rose above the line, for some months (渐退); at review only.
    case grace

    /// Where its terms stand: `routes.household`.
    var path: String { "routes." + rawValue }

    var label: Label {
        switch self {
        case .household: Label("家庭保", "household route")
        case .single: Label("单人保", "individual coverage")
        case .expenditure: Label("支出型低保", "expenditure route")
        case .grace: Label("渐退期", "gradual exit")
        }
    }
}

/// The standings that low income decides for families it does not pay.
enum Standing: String, CaseIterable {
    /// 最低生活保障边缘家庭.
    case edge
    /// 刚性支出困难家庭.
    case rigid

    /// Where its terms stand: `standings.edge`.
    var path: String { "standings." + rawValue }

    var label: Label {
        switch self {
        case .edge: Label("低保边缘家庭", "edge household")
        case .rigid: Label("刚性支出困难家庭", "rigid-expenditure household")
        }
    }
}
