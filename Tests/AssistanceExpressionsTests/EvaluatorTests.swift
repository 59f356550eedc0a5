import AssistanceCore
import Testing

@testable import AssistanceExpressions

/// Households built by hand, and expressions computed over them.
struct EvaluatorBench {
    var batch = FactBatch()
    var date = "2026-03-01"

    /// Adds a row with stored values by key: amounts in hundredths, codes by place, yes/no as 1 and 0.
    mutating func add(_ owner: FactOwner, _ facts: [String: Int64] = [:]) {
        let row = batch.add(owner)
        for (key, value) in facts {
            guard let place = batch.schema.place(owner, key), batch.set(place, row: row, to: value) else {
                Issue.record("\(owner.word).\(key) cannot be \(value)")
                continue
            }
        }
    }

    /// One household with facts of its own and of its members.
    init(_ household: [String: Int64] = [:], members: [[String: Int64]]? = nil) {
        add(.household, household)
        guard let members else { return }
        batch.markListed(.member)
        for member in members { add(.member, member) }
    }

    func days(_ iso: String) -> Int64 { CalendarDate(iso: iso).map { Int64($0.days) } ?? 0 }

    /// What a text comes to for a row of an owner.
    func value(_ text: String, _ owner: FactOwner = .household, row: Int = 0, household: Int = 0) -> String {
        value(owner, row: row, household: household) { builder throws(ExpressionError) in
            let names = NameScope(
                owner,
                resolve: { (name: String) throws(ExpressionError) in
                    name == "standard" ? builder.gap("standard", .quantity(.yuanPerMonth)) : nil
                }, known: { [] })
            return try ExpressionCompiler(into: builder, names: names).compileNode(text)
        }
    }

    func value(
        _ owner: FactOwner = .household, row: Int = 0, household: Int = 0,
        _ make: (GraphBuilder) throws(ExpressionError) -> NodeID
    ) -> String {
        let builder = GraphBuilder(schema: batch.schema, date: CalendarDate(iso: date) ?? .latest)
        do throws(ExpressionError) {
            let node = try make(builder)
            let evaluator = Evaluator(builder.finished(), over: batch)
            evaluator.evaluate(household: household)
            return describe(evaluator.value(node, at: owner, row: row), builder[node].kind, evaluator)
        } catch {
            return dump(error)
        }
    }

    private func describe(_ value: Value, _ kind: NodeKind, _ evaluator: Evaluator) -> String {
        if let truth = value.truth, kind == .bool { return truth ? "yes" : "no" }
        if let known = value.known { return "\(known)" }
        let lacking = evaluator.lacking(value).map { lacking in
            switch lacking {
            case .fact(let fact):
                let fact = (batch.schema.facts[fact.place], fact.row)
                return "\(fact.0.owner.word)[\(fact.1)].\(fact.0.key)"
            case .list(let owner, let parent): return "\(owner.parent?.word ?? "")[\(parent)].\(owner.listKey ?? "")"
            case .term(let name): return name
            case .arithmetic: return "arithmetic"
            }
        }
        return (kind == .bool ? "?" : "\(value.lowest) to \(value.highest)") + ", lacks "
            + lacking.joined(separator: " ")
    }
}

@Suite("Evaluation")
struct EvaluatorTests {
    // MARK: Known

    @Test(
        "What is known is computed exactly",
        arguments: [
            ("sum(household.members.map(m, m.income.wages))", "250/3"),
            ("sum(household.members.map(m, m.income.wages)) / 3", "250/9"),
            ("sum(household.members.map(m, m.income.wages)) / 3 * 3 == 1000 yuan/year", "yes"),
            ("sum(household.members.map(m, m.income.wages / 7)) * 7 == 1000 yuan/year", "yes"),
            (
                "sum(household.members.map(m, m.income.wages)) / size(household.members)",
                "0+71 division-by-zero: the divisor could be zero; guard it, as in 'n > 0 ? income / n : 0 yuan/month'"
            ),
            (
                "size(household.members) > 0 ? sum(household.members.map(m, m.income.wages)) / size(household.members) : 0 yuan/month",
                "250/9"
            ),
            (
                "round(sum(household.members.map(m, m.income.wages)) / 3, up, fen)",
                "0+65 unit-mismatch: a value of yuan/month cannot be rounded to fen"
            ),
            ("round(sum(household.members.map(m, m.income.wages)) / 3, up, yuan/month)", "28"),
            ("size(household.members.filter(m, m.can_work))", "2"), ("household.members.all(m, m.can_work)", "no"),
            ("household.members.exists(m, m.age >= 60)", "yes"),
            ("household.members.exists_one(m, m.age >= 60)", "yes"),
            ("household.members.exists(m, 'chronic' in m.illness)", "yes"),
            ("household.members.exists(m, 'serious' in m.illness)", "no"),
            ("sum(household.members.map(m, size(m.illness)))", "2"), ("residence == 'rural'", "yes"),
            ("household.financial_assets <= 24 months * 600 yuan/month * size(household.members)", "yes"),
            ("standard * 0", "0"),
            ("household.members.exists(m, m.sex == 'female' && m.disability_grade in [1, 2])", "yes"),
            ("sum(household.members.map(m, 1))", "3"),
            ("sum(household.members.filter(m, m.age > 200).map(m, m.income.wages))", "0"),
        ])
    func known(text: String, value: String) {
        var bench = EvaluatorBench(["residence": 1, "financial_assets": 4_320_000])
        let birth = bench.days("1960-03-01")
        bench.add(
            .member,
            ["income.wages": 33_333, "can_work": 1, "birth": birth, "illness": 0, "sex": 1, "disability_grade": 1])
        bench.add(
            .member,
            [
                "income.wages": 33_333, "can_work": 1, "birth": bench.days("2000-01-01"), "illness": 6, "sex": 2,
                "disability_grade": 2,
            ])
        bench.add(
            .member,
            [
                "income.wages": 33_334, "can_work": 0, "birth": bench.days("2020-01-01"), "illness": 0, "sex": 2,
                "disability_grade": 0,
            ])
        #expect(bench.value(text) == value)
    }

    @Test(
        "Years and months are full ones, and none before the day",
        arguments: [
            ("2000-03-01", "26", "312"), ("2000-03-02", "25", "311"), ("2024-02-29", "2", "24"),
            ("2026-01-31", "0", "1"),
            ("2026-03-02", "0", "0"), ("9999-12-31", "0", "0"), ("1900-01-01", "126", "1514"),
        ])
    func age(birth: String, years: String, months: String) {
        var bench = EvaluatorBench()
        bench.add(.member, ["birth": bench.days(birth)])
        #expect(bench.value("member.age", .member) == years)
        #expect(bench.value("months_since(member.birth)", .member) == months)
    }

    @Test(
        "A day some years ahead is the day of assessment in that year",
        arguments: [("2031-03-01", 5, "yes"), ("2031-03-02", 5, "no"), ("2026-03-01", 0, "yes")])
    func ahead(retires: String, years: Int, isNear: String) {
        var bench = EvaluatorBench()
        bench.add(.member, ["retires_on": bench.days(retires)])
        #expect(bench.value("member.retires_on <= years_ahead(\(years))", .member) == isNear)
    }

    @Test(
        "Rounding knows the sign",
        arguments: [
            (-250, "-3", "-2", "-3"), (-249, "-3", "-2", "-2"), (-251, "-3", "-2", "-3"), (-300, "-3", "-3", "-3"),
            (250, "2", "3", "3"), (249, "2", "3", "2"), (-1, "-1", "0", "0"), (0, "0", "0", "0"),
        ])
    func rounding(stored: Int64, down: String, up: String, nearest: String) {
        var bench = EvaluatorBench()
        bench.add(.member, ["income.business": stored])
        for (mode, expected) in [("down", down), ("up", up), ("nearest", nearest)] {
            #expect(bench.value("round(member.income.business, \(mode), yuan/year) * 12", .member) == expected)
        }
    }

    // MARK: Unknown

    @Test(
        "What is not known lies between bounds and says what it lacks",
        arguments: [
            ("household.vehicles", "0 to 9999, lacks household[0].vehicles"),
            ("household.vehicles + household.vehicles", "0 to 19998, lacks household[0].vehicles"),
            ("household.vehicles - household.homes", "-9999 to 9999, lacks household[0].vehicles household[0].homes"),
            ("household.vehicles * -2", "-19998 to 0, lacks household[0].vehicles"),
            ("household.vehicles * 0", "0"), ("min(household.vehicles, 3)", "0 to 3, lacks household[0].vehicles"),
            ("max(household.vehicles, 9999)", "9999"),
            ("max(household.vehicles, 3)", "3 to 9999, lacks household[0].vehicles"),
            ("household.financial_assets / 12", "0 to 2500000000/3, lacks household[0].financial_assets"),
            ("standard", "0 to 10000000000, lacks standard"),
            ("standard + household.running.base", "0 to 20000000000, lacks standard household[0].running.base"),
            ("1 yuan / (household.vehicles + 1)", "0.0001 to 1, lacks household[0].vehicles"),
            ("round(household.vehicles_value, down, 3 yuan)", "0 to 9999999999, lacks household[0].vehicles_value"),
            ("household.vehicles > 3 ? 100 : 200", "100 to 200, lacks household[0].vehicles"),
            ("household.vehicles > 3 ? 100 : 100", "100"),
            ("household.single_parent ? 100 : household.vehicles", "100"),
            ("household.lone_elder ? household.vehicles : 7", "7"),
            (
                "household.relative_of_staff ? 5 : household.vehicles",
                "0 to 9999, lacks household[0].relative_of_staff household[0].vehicles"
            ),
            (
                "household.single_parent ? household.vehicles : household.homes",
                "0 to 9999, lacks household[0].vehicles"
            ),
            (
                "household.vehicles > 0 ? 12 yuan / household.vehicles : 1 yuan",
                "4/3333 to 12, lacks household[0].vehicles"
            ),
            ("household.vehicles > 0 && 12 yuan / household.vehicles > 1 yuan", "?, lacks household[0].vehicles"),
            ("household.vehicles > 0 && 12 yuan / household.vehicles > 12 yuan", "no"),
        ])
    func unknown(text: String, value: String) {
        #expect(EvaluatorBench(["single_parent": 1, "lone_elder": 0]).value(text) == value)
    }

    @Test(
        "A comparison is decided where the bounds decide it",
        arguments: [
            ("household.vehicles >= 0", "yes"), ("household.vehicles < 0", "no"), ("household.vehicles <= 9999", "yes"),
            ("household.vehicles == 10000", "no"), ("household.vehicles != -1", "yes"),
            ("household.vehicles == 0", "?, lacks household[0].vehicles"),
            ("household.vehicles > 0", "?, lacks household[0].vehicles"), ("residence in ['urban', 'rural']", "yes"),
            ("residence == 'urban'", "?, lacks household[0].residence"),
            ("residence in []", "no"), ("standard >= 0 yuan/month", "yes"),
            ("sum(household.members.map(m, m.income.wages)) > 40000 yuan/year", "yes"),
            ("sum(household.members.map(m, m.income.wages)) <= 40000 yuan/year", "no"),
            ("sum(household.members.map(m, m.income.wages)) > 50000 yuan/year", "?, lacks member[1].income.wages"),
            ("sum(household.members.map(m, m.income.wages)) >= 50000 yuan/year", "yes"),
            (
                "sum(household.members.map(m, m.income.wages + m.income.business)) > 40000 yuan/year",
                "?, lacks member[0].income.business member[1].income.wages member[1].income.business"
            ),
            ("household.members.exists(m, m.income.wages >= 50000 yuan/year)", "yes"),
            ("household.members.all(m, m.income.wages >= 50000 yuan/year)", "?, lacks member[1].income.wages"),
            ("household.members.all(m, m.income.wages < 50000 yuan/year)", "no"),
            ("household.members.all(m, m.disability_grade <= 4)", "yes"),
            ("size(household.members.filter(m, m.can_work)) <= 2", "yes"),
            ("size(household.members.filter(m, m.can_work)) > 2", "no"),
            ("household.members.exists(m, 'serious' in m.illness)", "?, lacks member[0].illness member[1].illness"),
            ("household.members.all(m, size(m.illness) <= 3)", "yes"),
            ("household.members.all(m, m.age >= 0)", "yes"), ("household.members.exists(m, m.age > 126)", "no"),
            ("household.members.exists(m, m.age == 60)", "?, lacks member[0].birth member[1].birth"),
            ("household.running.since > date('1899-12-31')", "yes"),
        ])
    func decided(text: String, value: String) {
        let bench = EvaluatorBench(members: [["income.wages": 5_000_000], [:]])
        #expect(bench.value(text) == value)
    }

    // MARK: Kleene

    /// yes, no, and unknown, as facts of the household and as they are written.
    private static let truths = [
        ("household.single_parent", "yes"), ("household.lone_elder", "no"), ("household.employs_others", "?"),
    ]

    @Test("The tables of && || ! and ?: are Kleene's")
    func kleene() {
        let bench = EvaluatorBench(["single_parent": 1, "lone_elder": 0])
        func value(_ text: String) -> String {
            bench.value(text).replacing(", lacks household[0].employs_others", with: "")
        }
        for (a, x) in Self.truths {
            #expect(value("!\(a)") == (x == "?" ? "?" : x == "yes" ? "no" : "yes"))
            for (b, y) in Self.truths {
                #expect(value("\(a) && \(b)") == ([x, y].contains("no") ? "no" : [x, y].contains("?") ? "?" : "yes"))
                #expect(value("\(a) || \(b)") == ([x, y].contains("yes") ? "yes" : [x, y].contains("?") ? "?" : "no"))
                #expect(value("\(a) == \(b)") == ([x, y].contains("?") ? "?" : x == y ? "yes" : "no"))
                for (c, z) in Self.truths {
                    let chosen = x == "?" ? (y == z ? y : "?") : x == "yes" ? y : z
                    #expect(value("\(a) ? \(b) : \(c)") == chosen)
                }
            }
        }
    }

    @Test("The tables of all, exists, exists_one and filters are Kleene's")
    func kleeneLists() {
        let states: [(facts: [String: Int64], truth: String)] = [
            (["can_work": 1], "yes"), (["can_work": 0], "no"), ([:], "?"),
        ]
        for first in states {
            for second in states {
                let bench = EvaluatorBench(members: [first.facts, second.facts])
                let truths = [first.truth, second.truth]
                let (yes, open) = (truths.count { $0 == "yes" }, truths.count { $0 == "?" })
                func check(_ text: String, _ expected: String) {
                    let value = bench.value(text)
                    #expect(
                        value == expected || expected == "?" && value.hasPrefix("?, lacks member["),
                        "\(text) of \(truths)")
                }
                let members = "household.members"
                check("\(members).all(m, m.can_work)", truths.contains("no") ? "no" : open > 0 ? "?" : "yes")
                check("\(members).exists(m, m.can_work)", yes > 0 ? "yes" : open > 0 ? "?" : "no")
                check("\(members).exists_one(m, m.can_work)", yes > 1 ? "no" : open > 0 ? "?" : yes == 1 ? "yes" : "no")
                check("\(members).filter(m, m.can_work).exists(m, true)", yes > 0 ? "yes" : open > 0 ? "?" : "no")
                check("\(members).filter(m, m.can_work).all(m, false)", yes > 0 ? "no" : open > 0 ? "?" : "yes")
                check("\(members).filter(m, m.can_work).all(m, m.can_work)", open > 0 ? "?" : "yes")
                let count = bench.value("size(\(members).filter(m, m.can_work))")
                #expect(count.hasPrefix(open == 0 ? "\(yes)" : "\(yes) to \(yes + open), lacks member["))
            }
        }
    }

    @Test("An entry that may not count adds what lies between nothing and its value")
    func uncertainEntries() {
        let members: [[String: Int64]] = [
            ["can_work": 1, "income.business": 120_000], ["income.business": -240_000], ["income.business": 360_000],
        ]
        let bench = EvaluatorBench(members: members)
        #expect(
            bench.value("sum(household.members.filter(m, m.can_work).map(m, m.income.business))")
                == "-100 to 400, lacks member[1].can_work member[2].can_work")
    }

    // MARK: Lists

    @Test("An omitted list is unknown; an empty one is empty")
    func lists() {
        let size = "size(household.members)"
        let sum = "sum(household.members.map(m, m.income.wages))"
        let old = "household.members.exists(m, m.age > 60)"
        let omitted = EvaluatorBench()
        #expect(omitted.value(size) == "0 to 40, lacks household[0].members")
        #expect(omitted.value(sum) == "0 to 100000000000/3, lacks household[0].members")
        #expect(omitted.value(old) == "?, lacks household[0].members")
        #expect(omitted.value("household.members.all(m, m.age > 60)") == "?, lacks household[0].members")
        #expect(omitted.value("size(household.members) <= 40") == "yes")
        let counted = EvaluatorBench(["size": 3])
        #expect(counted.value(size) == "3")
        #expect(counted.value("size(household.members.filter(m, true))") == "3")
        #expect(counted.value("size(household.members.filter(m, m.can_work))") == "0 to 40, lacks household[0].members")
        #expect(counted.value(sum) == "0 to 100000000000/3, lacks household[0].members")
        #expect(counted.value("size(household.plots)") == "0 to 40, lacks household[0].plots")
        let empty = EvaluatorBench(members: [])
        #expect(empty.value(size) == "0")
        #expect(empty.value(sum) == "0")
        #expect(empty.value(old) == "no")
        #expect(empty.value("household.members.all(m, m.age > 60)") == "yes")
        #expect(empty.value("household.members.exists_one(m, m.age > 60)") == "no")
        // Who lists the members and states a number is counted by the list.
        #expect(EvaluatorBench(["size": 3], members: [[:]]).value(size) == "1")
        let guarded = "size(household.members) > 0 ? 1200 yuan / size(household.members) : 0 yuan"
        #expect(empty.value(guarded) == "0")
        #expect(omitted.value(guarded) == "0 to 1200, lacks household[0].members")
        #expect(counted.value(guarded) == "400")
    }

    @Test("Obligors belong to their member")
    func obligors() {
        var bench = EvaluatorBench()
        bench.add(.member, ["refusals": 1])
        bench.add(.obligor, ["per_capita_income": 100_000, "able": 0])
        bench.add(.obligor, ["per_capita_income": 200_000, "able": 1])
        bench.add(.member, ["refusals": 2])
        bench.batch.markListed(.obligor)
        bench.add(.member, ["refusals": 3])
        bench.add(.obligor, ["per_capita_income": 400_000])
        let own = "sum(member.obligors.map(o, o.per_capita_income))"
        #expect((0..<3).map { bench.value(own, .member, row: $0) } == ["3000", "0", "4000"])
        #expect(bench.value("sum(household.members.map(m, sum(m.obligors.map(o, o.per_capita_income))))") == "7000")
        let able =
            "household.members.exists(m, m.obligors.exists(o, o.able == 'able' && o.per_capita_income > m.refusals * 900 yuan/month))"
        #expect(bench.value(able) == "yes")
        #expect(
            bench.value(
                "member.refusals > 0 ? obligor.per_capita_income / member.refusals : standard", .obligor, row: 2)
                == "4000/3")
        #expect(
            bench.value("size(member.obligors.filter(o, o.able == 'able'))", .member, row: 2)
                == "0 to 1, lacks obligor[2].able")
        bench.add(.member)
        #expect(bench.value(own, .member, row: 3) == "0 to 400000000000, lacks member[3].obligors")
        #expect(bench.value("household.members.all(m, size(m.obligors) < 3)") == "?, lacks member[3].obligors")
    }

    @Test("Households of one batch do not mix")
    func households() {
        var bench = EvaluatorBench(["residence": 0], members: [["income.wages": 100], ["income.wages": 200], [:]])
        bench.add(.plot, ["mu": 100])
        bench.add(.household, ["residence": 1])
        bench.batch.markListed(.member)
        bench.add(.household)
        bench.add(.member, ["income.wages": 1_200])
        bench.add(.obligor, ["supports": 2])
        bench.add(.plot, ["mu": 250])
        bench.add(.household)
        let wages = "sum(household.members.map(m, m.income.wages)) * 12"
        #expect(bench.value(wages, household: 0) == "3 to 10000000003, lacks member[2].income.wages")
        #expect(bench.value(wages, household: 1) == "0")
        #expect(bench.value(wages, household: 2) == "12")
        #expect(bench.value(wages, household: 3) == "0 to 400000000000, lacks household[3].members")
        #expect(bench.value("residence == 'urban'", household: 2) == "?, lacks household[2].residence")
        #expect(bench.value("sum(household.plots.map(p, p.mu))", household: 2) == "2.5")
        #expect(
            bench.value("sum(household.plots.map(p, p.mu))", household: 1)
                == "0 to 400000000000, lacks household[1].plots")
        #expect(bench.value("member.obligors.exists(o, o.supports == 2)", .member, household: 2) == "yes")
    }

    @Test("An evaluator computes one household after the other, large and small")
    func reuse() throws {
        var bench = EvaluatorBench(members: (1...9).map { ["refusals": $0] })
        bench.add(.household)
        bench.add(.member, ["refusals": 50])
        bench.add(.household)
        let builder = GraphBuilder(schema: bench.batch.schema, date: .latest)
        let compiler = ExpressionCompiler(into: builder, names: NameScope(.household))
        let sum = try compiler.compileNode("sum(household.members.map(m, m.refusals))")
        let each = try ExpressionCompiler(into: builder, names: NameScope(.member)).compileNode("member.refusals + 1")
        let evaluator = Evaluator(builder.finished(), over: bench.batch)
        let refusals = try #require(bench.batch.schema.place(.member, "refusals"))
        for (household, total, members) in [(0, 45, 9), (1, 50, 1), (0, 45, 9), (2, nil, 0), (1, 50, 1)]
            as [(Int, Int?, Int)]
        {
            evaluator.evaluate(household: household)
            #expect(evaluator.value(sum).known == total.map { Rational($0) })
            #expect(evaluator.rowCount(.member) == members)
            for row in 0..<members {
                let own = try #require(bench.batch.value(refusals, row: evaluator.batchRow(.member, row)))
                #expect(evaluator.value(each, row: row).known == Rational(own + 1))
                #expect(evaluator.value(sum, at: .member, row: row).known == total.map { Rational($0) })
            }
        }
    }
}
