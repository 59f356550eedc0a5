import AssistanceCore
import Testing

@testable import AssistanceExpressions

/// A compiler on the national schema, with some names as a policy would give them.
struct CompilerBench {
    let builder: GraphBuilder
    let names: NameScope

    init(_ owner: FactOwner = .household) {
        let builder = GraphBuilder(schema: .national, date: .latest)
        self.builder = builder
        names = NameScope(
            owner, resolve: { (name: String) throws(ExpressionError) in try Self.name(name, in: builder) },
            known: { ["standard", "minimum_wage", "disposable", "n", "income", "elder", "share"] })
    }

    private static func name(_ name: String, in builder: GraphBuilder) throws(ExpressionError) -> NodeID? {
        func means(_ text: String, _ owner: FactOwner = .household) throws(ExpressionError) -> NodeID {
            let compiler = ExpressionCompiler(into: builder, names: CompilerBench(sharing: builder, owner).names)
            let node = try compiler.compileNode(text)
            return builder.named(name, .word, Label(name, name), unit: .none, origin: nil, node)
        }
        switch name {
        case "standard": return builder.gap("standard", .quantity(.yuanPerMonth))
        case "minimum_wage": return try means("1860 yuan/month")
        case "disposable": return try means("40000 yuan/year")
        case "n": return try means("size(household.members)")
        case "income": return try means("sum(household.members.map(m, m.income.wages))")
        case "elder": return try means("member.age >= 60", .member)
        case "share": return try means("income / n")
        case "broken": return builder.poison
        default: return nil
        }
    }

    private init(sharing builder: GraphBuilder, _ owner: FactOwner) {
        self.builder = builder
        names = NameScope(
            owner, resolve: { (name: String) throws(ExpressionError) in try Self.name(name, in: builder) },
            known: { [] })
    }

    /// What a text compiles to, in one line: its value where it is constant, else its kind, owner and range; or why not.
    func describe(_ text: String) -> String {
        do throws(ExpressionError) {
            return describe(try ExpressionCompiler(into: builder, names: names).compile(text))
        } catch {
            return dump(error)
        }
    }

    private func describe(_ compiled: Compiled) -> String {
        switch compiled {
        case .string(let text): return "'\(text)'"
        case .list(let values): return "[" + values.map(describe).joined(separator: ", ") + "]"
        case .null: return "null"
        case .entries(let entries): return "entries of \(entries.owner.word)"
        case .node(let id):
            let node = builder[id]
            guard node.kind != .poison else { return "poison" }
            if let value = builder.constantValue(id) {
                return node.kind == .bool ? (value.isZero ? "no" : "yes") : "\(value) \(node.kind.name)"
            }
            return "\(node.kind.name) of \(node.scope.word), \(node.lowest) to \(node.highest)"
        }
    }
}

@Suite("The expression compiler")
struct CompilerTests {
    // MARK: Units

    @Test(
        "Months and years convert exactly; days and months do not",
        arguments: [
            ("632 yuan/month == 7584 yuan/year", "yes"), ("632 yuan/month * 1 year", "7584 yuan"),
            ("12 months == 1 year", "yes"), ("7585 yuan/year", "7585/12 yuan/month"),
            ("1 yuan/year * 12", "1 yuan/month"), ("100 fen == 1 yuan", "yes"),
            ("24 months * minimum_wage", "44640 yuan"),
            ("24 months * standard", "yuan of household, 0 to 240000000000"),
            ("20 yuan/day * 40 days", "800 yuan"), ("38.32 yuan/m2 * 45 m2", "1724.4 yuan"),
            ("disposable - minimum_wage", "4420/3 yuan/month"), ("1 year / 1 month", "12 a share"),
            ("2 rooms * 3 persons", "6 a whole number"), ("100 yuan / 3 persons", "100/3 yuan"),
            (
                "30 days + 1 month",
                "0+17 unit-mismatch: cannot add day and month: the units differ"
            ),
            (
                "20 yuan/day * 1 month == 600 yuan",
                "0+33 unit-mismatch: cannot compare yuan·month/day and yuan: the units differ"
            ),
            (
                "10% * disposable <= 4000 yuan",
                "0+29 unit-mismatch: cannot compare yuan/month and yuan: the units differ; one of them is for each month or year: write its '/month' or '/year', or multiply it by a time such as 12 months"
            ),
            (
                "income > 0",
                "0+10 unit-mismatch: cannot compare a whole number and yuan/month: the units differ; write the unit of the number, as in 5 yuan"
            ),
            ("min(1 yuan, 1 kg)", "0+17 unit-mismatch: cannot compare yuan and kg: the units differ"),
            (
                "n > 2 ? 1 yuan : 1 yuan/month",
                "0+29 unit-mismatch: cannot choose between yuan and yuan/month: the units differ; one of them is for each month or year: write its '/month' or '/year', or multiply it by a time such as 12 months"
            ),
            (
                "round(standard, down, yuan)",
                "0+27 unit-mismatch: a value of yuan/month cannot be rounded to yuan"
            ),
        ])
    func units(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    @Test(
        "A percentage is a share",
        arguments: [
            ("50%", "0.5 a share"), ("7.5% * 100 yuan", "7.5 yuan"), ("150% * minimum_wage", "2790 yuan/month"),
            ("(20%) - 5%", "0.15 a share"), ("20% == 0.2", "yes"), ("33.4% * 3", "1.002 a share"),
            ("1 + 50%", "1.5 a share"), ("50% * standard", "yuan/month of household, 0 to 5000000000"),
        ])
    func percent(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    @Test(
        "Arithmetic on figures is exact",
        arguments: [
            ("1.0 / 3.0 * 3.0 == 1.0", "yes"), ("0.1 + 0.2 == 0.3", "yes"), ("4 * 2", "8 a whole number"),
            ("minimum_wage / 7", "1860/7 yuan/month"), ("-(4.5)", "-4.5 a decimal"),
            ("-minimum_wage", "-1860 yuan/month"),
            ("round(1000 yuan / 3, down, fen)", "333.33 yuan"), ("round(1000 yuan / 3, up, 10 yuan)", "340 yuan"),
            ("round(-2.5 yuan, nearest, yuan)", "-3 yuan"), ("round(-2.5 yuan, down, yuan)", "-3 yuan"),
            ("round(-2.5 yuan, up, yuan)", "-2 yuan"), ("round(7585 yuan/year, up, yuan/month)", "633 yuan/month"),
            ("round(7585 yuan/year, nearest, yuan/year)", "7585/12 yuan/month"), ("max(1, 3, 2)", "3 a whole number"),
            ("min(minimum_wage, 1 yuan/month, disposable)", "1 yuan/month"), ("sum([1 yuan, 2 fen])", "1.02 yuan"),
            ("[1 yuan, 2 yuan].map(x, x * 2)[1]", "4 yuan"),
        ])
    func exact(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    // MARK: Types

    private static let division =
        "integer-division: a whole number divided by a whole number would drop its remainder; divide the quantity "
        + "itself, as in 'minimum_wage / 6', or write a share such as 50%"
    private static let guardAdvice =
        "division-by-zero: the divisor could be zero; guard it, as in 'n > 0 ? income / n : 0 yuan/month'"
    private static let decimals = "write both with or without a point"

    @Test(
        "Kinds do not mix",
        arguments: [
            ("1/6 * minimum_wage", "0+3 " + division), ("n / 2", "0+5 " + division), ("4 / n", "0+5 " + division),
            ("1 + 1.0", "0+7 type-mismatch: cannot add a whole number and a decimal; " + decimals),
            ("2 * 1.5", "0+7 type-mismatch: cannot multiply a whole number and a decimal; " + decimals),
            ("3.0 / 2", "0+7 type-mismatch: cannot divide a whole number and a decimal; " + decimals),
            ("1 == 1.0", "0+8 type-mismatch: cannot compare a whole number and a decimal; " + decimals),
            ("true + 1", "0+8 type-mismatch: cannot add yes/no and a whole number"),
            ("true == 1", "0+9 type-mismatch: cannot compare yes/no with a whole number"),
            ("-true", "0+5 type-mismatch: '-' takes a number, not yes/no"),
            ("!1", "0+2 type-mismatch: ! takes yes/no, not a whole number"),
            ("1 && true", "0+9 type-mismatch: && takes yes/no, not a whole number"),
            ("false || 1", "0+10 type-mismatch: || takes yes/no, not a whole number"),
            ("'a' && true", "0+11 type-mismatch: '&&' does not join a text and yes/no"),
            ("1 ? 2 : 3", "0+9 type-mismatch: ? : takes yes/no, not a whole number"),
            ("1 ? 'a' : 'b'", "0+13 type-mismatch: ? : takes yes/no, not a whole number"),
            ("true ? 1 : 'a'", "0+14 type-mismatch: both outcomes must be of one kind, not a whole number and a text"),
            ("true ? true : 1", "0+15 type-mismatch: both outcomes must be of one kind, not yes/no and a whole number"),
            ("n > 1 ? 'a' : 'b'", "0+17 not-supported: a text can be chosen only by what is known at load"),
            ("[1, 'a']", "0+8 type-mismatch: the elements of a list are of one type, not a whole number and a text"),
            (
                "[[], [1], ['a']]",
                "0+16 type-mismatch: the elements of a list are of one type, not a list and a list"
            ),
            ("[1] < [2]", "0+9 type-mismatch: '<' does not join a list and a list"),
            ("1 in 2", "0+6 type-mismatch: 'in' does not join a whole number and a whole number"),
            ("sum([true])", "0+11 type-mismatch: 'sum' takes a list of numbers, not of yes/no"),
            ("sum([])", "0+7 type-mismatch: the sum of an empty list has no unit"),
            ("sum(1)", "0+6 type-mismatch: 'sum' takes a list of numbers, not a whole number"),
            ("min(1)", "0+6 type-mismatch: 'min' takes at least two values"),
            ("size(1)", "0+7 type-mismatch: a whole number has no size"),
            ("size(null)", "0+10 type-mismatch: null has no size"),
            ("size()", "0+6 type-mismatch: 'size' takes 1 argument, not 0"),
            ("[1][1]", "4+1 type-mismatch: the list has 1 element, numbered from 0"),
            ("[1][true]", "4+4 type-mismatch: the place in a list is a whole number known at load"),
            ("[1][n]", "4+1 type-mismatch: the place in a list is a whole number known at load"),
            ("n[0]", "0+4 not-supported: only a written list has numbered elements"),
            ("n.size()", "0+8 type-mismatch: a whole number has no size"),
            ("[1].all(e, e)", "11+1 type-mismatch: the condition of 'all' is yes/no, not a whole number"),
            ("[1].all(1, true)", "8+1 expression-syntax: the first argument of 'all' is the name of an element"),
            ("n.all(e, true)", "0+14 type-mismatch: 'all' goes over a list, not a whole number"),
            ("[1].all(e)", "0+10 type-mismatch: 'all' takes 2 arguments, not 1"),
            ("[1].map(e, e.x)", "11+3 type-mismatch: a whole number has no facts"),
            ("[1, 2].map(member, member.birth)", "19+12 type-mismatch: a whole number has no facts"),
            ("round(1 yuan, off, fen)", "14+3 type-mismatch: the second argument of round is up, down or nearest"),
            (
                "round(1 yuan, up, furlong)",
                "18+7 type-mismatch: the third argument of round is a unit, as in fen, yuan/month or 10 yuan"
            ), ("round(1 yuan, up, 0 yuan)", "0+25 type-mismatch: a value is rounded to a step above zero"),
            ("round(true, up, fen)", "0+20 type-mismatch: only a number can be rounded, not yes/no"),
            ("date('2021-02-29')", "0+18 type-mismatch: date takes a day in quotes, as in date('2021-07-01')"),
            (
                "years_since(1)",
                "0+14 type-mismatch: full years and months are counted from a date, not from a whole number"
            ),
            ("date('2021-03-01') < 1", "0+22 type-mismatch: cannot compare a date with a whole number"),
            ("date('2021-02-28') < date('2021-03-01')", "yes"),
        ])
    func kinds(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    // MARK: Divisors

    @Test(
        "A divisor that could be zero needs a guard around it",
        arguments: [
            ("income / n", "0+10 " + guardAdvice),
            ("1 yuan / (minimum_wage - minimum_wage)", "0+38 division-by-zero: the divisor is zero"),
            ("1.0 / 0.0", "0+9 division-by-zero: the divisor is zero"),
            ("n > 0 ? income / n : 0 yuan/month", "yuan/month of household, 0 to 100000000000/3"),
            ("0 < n ? income / n : 0 yuan/month", "yuan/month of household, 0 to 100000000000/3"),
            ("n >= 1 ? income / n : 0 yuan/month", "yuan/month of household, 0 to 100000000000/3"),
            ("n >= 0 ? income / n : 0 yuan/month", "9+10 " + guardAdvice),
            ("n > 0 ? 0 yuan/month : income / n", "23+10 " + guardAdvice),
            ("n > 0 && income / n > 5 yuan/month", "yes/no of household, 0 to 1"),
            ("income / n > 5 yuan/month && n > 0", "0+10 " + guardAdvice),
            ("n > 0 || income / n > 5 yuan/month", "9+10 " + guardAdvice),
            ("n > 0 && income > 1 yuan/month ? income / n : income", "yuan/month of household, 0 to 100000000000/3"),
            ("n - 1 > 0 ? income / n : 0 yuan/month", "12+10 " + guardAdvice),
            ("income > 0 yuan/month ? n / income : 0 / 1 yuan * 1 month", "month/yuan of household, 0 to 48000"),
            ("max(1, n) > 0 ? income / max(1, n) : income", "yuan/month of household, 0 to 100000000000/3"),
            ("income / max(1, n)", "yuan/month of household, 0 to 100000000000/3"),
            ("n > 0 ? share : 0 yuan/month", "0+10 " + guardAdvice),
        ])
    func divisors(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    // MARK: Names

    @Test(
        "Codes are compared with the texts of their list",
        arguments: [
            ("member.disability_kind == 'mental'", "yes/no of member, 0 to 1"),
            ("'mental' != member.disability_kind", "yes/no of member, 0 to 1"),
            ("member.disability_kind in ['intellectual', 'mental']", "yes/no of member, 0 to 1"),
            ("'serious' in member.illness", "yes/no of member, 0 to 1"),
            (
                "member.disability_kind == 'mantal'",
                "0+34 unknown-code: 'mantal' is not one of none, vision, hearing, speech, limb, intellectual, mental, multiple; did you mean 'mental'?"
            ),
            (
                "member.disability_kind in ['mental', 'limp']",
                "0+44 unknown-code: 'limp' is not one of none, vision, hearing, speech, limb, intellectual, mental, multiple; did you mean 'limb'?"
            ),
            (
                "'seroius' in member.illness",
                "0+27 unknown-code: 'seroius' is not one of serious, chronic, other; did you mean 'serious'?"
            ),
            (
                "member.illness == 'serious'",
                "0+27 type-mismatch: a set of codes is not one code; ask \"'serious' in …\""
            ),
            ("member.sex == member.disability_kind", "0+36 type-mismatch: cannot compare codes of different lists"),
            ("member.sex == 'qqqqqq'", "0+22 unknown-code: 'qqqqqq' is not one of unknown, male, female"),
            ("member.sex < 'male'", "0+19 type-mismatch: '<' does not join a code and a text"),
            ("member.sex == 1", "0+15 type-mismatch: cannot compare a code with a whole number"),
            ("member.sex + member.sex", "0+23 type-mismatch: cannot add a code and a code"),
            ("member.sex in [1, 2]", "0+20 type-mismatch: cannot compare a code with a whole number"),
            ("member.disability_grade in [1, 2]", "yes/no of member, 0 to 1"),
            ("'a' in member.sex", "0+17 type-mismatch: 'in' does not join a text and a code"),
            ("member.can_work == 'yes'", "0+24 type-mismatch: cannot compare yes/no with a text"),
            ("size(member.illness) <= 3", "yes/no of member, 0 to 1"),
            ("size(member.illness)", "a whole number of member, 0 to 3"),
            ("household.residence == member.hukou", "yes/no of member, 0 to 1"),
            ("['mental', 'limb'].exists(k, member.disability_kind == k)", "yes/no of member, 0 to 1"),
        ])
    func codes(text: String, meaning: String) { #expect(CompilerBench(.member).describe(text) == meaning) }

    @Test(
        "A name must be known where it is used",
        arguments: [
            ("standrad * 2", "0+8 unknown-name: unknown name 'standrad'; did you mean 'standard'?"),
            ("xyzzy", "0+5 unknown-name: unknown name 'xyzzy'"),
            (
                "household.vehicels == 0",
                "0+18 unknown-name: there is no fact 'vehicels' of household; did you mean 'household.vehicles'?"
            ),
            ("household", "0+9 type-mismatch: 'household' is not a value; name one of its facts, as in 'household.…'"),
            (
                "member.age",
                "0+10 type-mismatch: a fact of member has no single value for a household; use household.members with exists, all or sum"
            ),
            (
                "elder",
                "0+5 type-mismatch: 'elder' is about each member and has no single value for a household; use household.members with exists, all or sum"
            ),
            (
                "household.members.exists(m, m.bitrh == m.birth)",
                "28+7 unknown-name: there is no fact 'bitrh' of member; did you mean 'm.birth'?"
            ),
            ("household.members.exists(m, elder)", "yes/no of household, 0 to 1"),
            ("household.members.exists(m, m.age >= 60 && elder)", "yes/no of household, 0 to 1"),
            ("household.members.all(m, k.age > 3)", "25+1 unknown-name: unknown name 'k'; did you mean 'm'?"),
            (
                "plot.mu",
                "0+7 type-mismatch: a fact of plot has no single value for a household; use household.plots with exists, all or sum"
            ), ("household.members.size() > n", "yes/no of household, 0 to 1"),
            ("rigid_expenditure.medical", "yuan/month of household, 0 to 2500000000/3"),
            ("household.rigid_expenditure", "yuan/month of household, 0 to 2500000000/3"),
            ("vehicles", "a whole number of household, 0 to 9999"),
            ("household.members.exists(m, household.plots.exists(p, p.mu > 1 mu))", "yes/no of household, 0 to 1"),
            (
                "household.members.exists(m, household.plots.exists(p, p.mu > m.age))",
                "61+5 type-mismatch: a fact of member has no single value for a plot; use household.members with exists, all or sum"
            ),
            ("rond(1 yuan, up, fen)", "0+21 unknown-function: there is no function 'rond'; did you mean 'round'?"),
            (
                "household.members.exist(m, true)",
                "0+32 unknown-function: there is no function 'exist'; did you mean 'exists'?"
            ), ("f(1)", "0+4 unknown-function: there is no function 'f'"),
            ("(1 + 2).x", "0+9 not-supported: only a household, a member or an entry of a list has facts"),
            ("size(household.members.members)", "5+25 unknown-name: there is no fact 'members.members' of household"),
        ])
    func scope(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    // MARK: Lists of facts

    @Test(
        "Macros go over the members",
        arguments: [
            ("household.members.all(m, m.age >= 60)", "yes/no of household, 0 to 1"),
            ("household.members.exists(m, m.age >= 60)", "yes/no of household, 0 to 1"),
            ("household.members.exists_one(m, m.age >= 60)", "yes/no of household, 0 to 1"),
            ("size(household.members)", "a whole number of household, 0 to 40"),
            ("size(household.members.filter(m, m.age >= 60))", "a whole number of household, 0 to 40"),
            (
                "household.members.filter(m, m.age >= 60).filter(m, m.can_work).size()",
                "a whole number of household, 0 to 40"
            ),
            ("sum(household.members.map(m, m.income.wages))", "yuan/month of household, 0 to 100000000000/3"),
            (
                "sum(household.members.filter(m, m.can_work).map(m, m.income.business))",
                "yuan/month of household, -100000000000/3 to 100000000000/3"
            ),
            ("sum(household.members.map(m, m.obligors.size()))", "a whole number of household, 0 to 1600"),
            (
                "sum(household.members.map(m, sum(m.obligors.map(o, o.per_capita_income))))",
                "yuan/month of household, 0 to 16000000000000"
            ),
            (
                "household.members.exists(m, m.obligors.exists(o, o.able == 'able' && m.age > 60))",
                "yes/no of household, 0 to 1"
            ),
            ("sum(household.members.map(m, m.income.wages / 3))", "yuan/month of household, 0 to 100000000000/9"),
            (
                "sum(household.members.map(m, m.age > 0 ? m.income.wages / m.age : m.income.wages))",
                "0+82 overflow: a quotient of each member must be rounded before it is summed, as in round(x, nearest, fen)"
            ),
            ("years_since(date('9989-01-01'))", "a whole number of household, 0 to 9999"),
            ("household.members.map(m, years_since(m.birth))", "entries of member"),
            (
                "household.members.map(m, m.age).all(a, a > 1)",
                "0+45 not-supported: 'all' after map is not supported; filter first, then map"
            ),
            (
                "sum(household.members)",
                "0+22 type-mismatch: say what to sum, as in sum(household.members.map(m, m.income.wages))"
            ),
            ("household.members", "entries of member"),
            ("household.members.map(m, [m.age])", "25+7 type-mismatch: a list is not a value here"),
            ("household.members[0]", "0+20 not-supported: only a written list has numbered elements"),
            (
                "household.members.exists(m, m.income.wages)",
                "28+14 type-mismatch: the condition of 'exists' is yes/no, not yuan/month"
            ),
            (
                "household.members.filter(m, m.age)",
                "28+5 type-mismatch: the condition of 'filter' is yes/no, not a whole number"
            ),
            ("sum(household.members.map(m, m.can_work))", "0+41 type-mismatch: only numbers can be summed, not yes/no"),
            (
                "1 in household.members.map(m, m.age)",
                "0+36 type-mismatch: 'in' does not join a whole number and a list of members"
            ),
        ])
    func macros(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    @Test(
        "Two entries of one list are not compared, for they would be taken for one",
        arguments: [
            (
                FactOwner.household, "household.members.exists(m, household.members.exists(k, m.age > k.age))",
                "56+1 not-supported: 'm' would be another member than the one the list is at; entries of a list are not compared with each other"
            ),
            (
                .household, "household.members.exists(m, household.members.exists(k, k.age > member.age))",
                "64+6 not-supported: 'member' would be another member than the one the list is at; entries of a list are not compared with each other"
            ),
            (
                .household, "household.members.exists(m, household.members.exists(k, m.obligors.size() > 0))",
                "56+1 not-supported: 'm' would be another member than the one the list is at; entries of a list are not compared with each other"
            ),
            (
                .household, "household.members.exists(m, household.members.exists(k, k.birth > birth))",
                "66+5 not-supported: 'birth' would be another member than the one the list is at; entries of a list are not compared with each other"
            ),
            (
                .household, "household.members.exists(m, household.members.exists(m, m.age > 3))",
                "yes/no of household, 0 to 1"
            ),
            (
                .household, "household.members.exists(m, household.members.all(k, k.age > 3) && m.age > 4)",
                "yes/no of household, 0 to 1"
            ),
            (
                .member, "household.members.exists(k, k.age > member.age)",
                "36+6 not-supported: 'member' would be another member than the one the list is at; entries of a list are not compared with each other"
            ),
            (
                .member, "household.members.exists(k, k.age > age)",
                "36+3 not-supported: 'age' would be another member than the one the list is at; entries of a list are not compared with each other"
            ),
            (
                .member, "household.members.exists(k, elder)",
                "28+5 not-supported: 'elder' would be another member than the one the list is at; entries of a list are not compared with each other"
            ),
            (
                .member, "household.members.exists(k, k.obligors.exists(o, o.supports > k.age))",
                "yes/no of household, 0 to 1"
            ),
            (.member, "household.members.exists(k, k.age > 60) && member.age > 60", "yes/no of member, 0 to 1"),
            (.member, "member.obligors.exists(o, o.supports > member.age)", "yes/no of member, 0 to 1"),
        ])
    func twoEntries(owner: FactOwner, text: String, meaning: String) {
        #expect(CompilerBench(owner).describe(text) == meaning)
    }

    @Test(
        "A macro over an empty list still has right names in its body",
        arguments: [
            ("[].all(e, e > 0)", "yes"), ("[].exists(e, e.f(e) && e[0] == 'x')", "no"), ("[].map(e, e / 2)", "[]"),
            ("[].filter(e, 'a' in e)", "[]"), ("[].map(e, sum(e) + size(e) + -e)", "[]"),
            ("[].exists_one(e, e.all(x, x > y))", "no"),
            ("[].all(e, standrad > e)", "10+8 unknown-name: unknown name 'standrad'; did you mean 'standard'?"),
        ])
    func emptyLists(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    // MARK: Limits

    @Test("Ten thousand brackets are an error, on a small stack too")
    func brackets() throws {
        let text = String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
        let error = "64+1 too-deep: an expression is nested at most 64 deep; split it with 'define:'"
        #expect(try onSmallStack { CompilerBench().describe(text) } == error)
    }

    @Test("A number of a million digits is an error")
    func digits() {
        let text = String(repeating: "9", count: 1_000_000)
        #expect(CompilerBench().describe(text).hasPrefix("0+0 too-large: an expression has at most 65536 bytes"))
        #expect(
            CompilerBench().describe(String(text.prefix(60_000)))
                == "0+60000 literal-range: a number has at most 30 digits")
    }

    @Test("What is deepest and longest still compiles, on a stack of a megabyte without optimisation")
    func deepest() throws {
        let nested = String(repeating: "(1 + ", count: 63) + "1" + String(repeating: ")", count: 63)
        let chain = "1" + String(repeating: " + 1", count: 256)
        let lists = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        let calls = "['a']" + String(repeating: ".filter(a, true)", count: 62) + "[0]"
        for (text, meaning) in [
            (nested, "64 a whole number"), (chain, "257 a whole number"), (lists + " == " + lists, "yes"),
            (calls, "'a'"),
        ] {
            #expect(try onSmallStack(kilobytes: 1_024) { CompilerBench().describe(text) } == meaning)
        }
    }

    @Test(
        "A short text cannot describe endless work",
        arguments: [
            "['aaaaaaaa']" + String(repeating: ".map(a, a + a)", count: 60) + "[0].size()",
            "[[1]]" + String(repeating: ".map(a, a + a)", count: 60) + "[0].size()",
            "[1]" + String(repeating: ".map(a, [a, a])", count: 60) + " == [1]"
                + String(repeating: ".map(a, [a, a])", count: 60),
            String(repeating: "[1,2,3,4,5,6,7,8,9].all(a, ", count: 9) + "true" + String(repeating: ")", count: 9),
        ])
    func bounded(text: String) {
        #expect(
            CompilerBench().describe(text).hasSuffix(
                "too-large: the lists of this expression unroll into more than 200000 steps"))
    }

    @Test(
        "What could leave the exact range is refused at load",
        arguments: [
            (
                "9223372036854775807 + 1",
                "0+23 overflow: a whole number lies between -9223372036854775808 and 9223372036854775807"
            ),
            (
                "-9223372036854775808 - 1",
                "0+24 overflow: a whole number lies between -9223372036854775808 and 9223372036854775807"
            ),
            (
                "9223372036854775808",
                "0+19 overflow: a whole number lies between -9223372036854775808 and 9223372036854775807"
            ),
            ("-9223372036854775808", "-9223372036854775808 a whole number"),
            (
                "-(-9223372036854775808)",
                "0+23 overflow: a whole number lies between -9223372036854775808 and 9223372036854775807"
            ),
            (
                "5000000000 * 5000000000",
                "0+23 overflow: a whole number lies between -9223372036854775808 and 9223372036854775807"
            ), ("n * 9223372036854775807", "0+23 overflow: the whole number could leave the range of 64 bits"),
            (
                "1e30 * 1e30",
                "0+11 overflow: the result could exceed what 128 bits hold; narrow the figures or split the expression"
            ),
            ("1e300", "0+5 literal-range: a number is at most 30 places larger or smaller than its digits say"),
            (
                "standard * standard * standard * standard",
                "0+30 overflow: the result could exceed what 128 bits hold; narrow the figures or split the expression"
            ),
            (
                "income * income * income",
                "0+24 overflow: the result could exceed what 128 bits hold; narrow the figures or split the expression"
            ),
            (
                "1e-30 * 1e-30 * income",
                "0+13 overflow: the result could exceed what 128 bits hold; narrow the figures or split the expression"
            ),
            ("1000000000000 yuan", "1000000000000 yuan"),
            (
                "999999999999999999999999999999 years",
                "0+30 overflow: a whole number lies between -9223372036854775808 and 9223372036854775807"
            ),
        ])
    func overflow(text: String, meaning: String) { #expect(CompilerBench().describe(text) == meaning) }

    // MARK: Errors

    @Test(
        "An error already reported is not reported again",
        arguments: [
            "broken", "broken + 1", "1 yuan - broken", "-broken", "!broken", "broken == 'mental'", "'a' in broken",
            "broken in ['a']", "broken in [1]", "1 in [1, broken]", "[1, broken][0] == broken", "broken < 'a'",
            "broken && 'a'", "true || broken", "broken ? 1 : 2", "broken ? 'a' : 'b'", "true ? broken : 'a'",
            "broken / broken", "min(broken, 1 yuan)", "round(broken, up, fen)", "size(broken)", "broken.size()",
            "sum(broken)", "sum([broken, 1 yuan])", "broken.all(x, x)", "[1].all(x, broken)", "[1].filter(x, broken)",
            "[1].exists_one(x, broken)", "broken[0]", "[1][broken]", "years_since(broken)", "broken.startsWith('a')",
            "household.members.all(m, broken)", "sum(household.members.map(m, broken))",
            "household.members.filter(m, broken).size()", "household.members.exists_one(m, broken)",
        ])
    func poison(text: String) { #expect(CompilerBench().describe(text) == "poison") }

    private static let codeOfEach: [(DiagnosticCode, String, String)] = [
        (.expressionSyntax, "1 +", "3+0 expression-syntax: an expression is expected at the end"),
        (
            .literalRange, "n < 1e31",
            "4+4 literal-range: a number is at most 30 places larger or smaller than its digits say"
        ),
        (.unknownName, "2 * standrad", "4+8 unknown-name: unknown name 'standrad'; did you mean 'standard'?"),
        (.unknownFunction, "1 + siez([1])", "4+9 unknown-function: there is no function 'siez'; did you mean 'size'?"),
        (
            .unknownCode, "residence == 'rual'",
            "0+19 unknown-code: 'rual' is not one of urban, rural; did you mean 'rural'?"
        ),
        (.typeMismatch, "n > 1 && 'a' < 1", "9+7 type-mismatch: '<' does not join a text and a whole number"),
        (.unitMismatch, "1 + (1 yuan + 1 kg)", "4+15 unit-mismatch: cannot add yuan and kg: the units differ"),
        (.integerDivision, "1 + n / 2", "4+5 " + division),
        (.modulo, "n % 2", "2+1 modulo: modulo is not offered"),
        (.divisionByZero, "1 yuan / 0", "0+10 division-by-zero: the divisor is zero"),
        (
            .overflow, "1 + 9223372036854775807",
            "0+23 overflow: a whole number lies between -9223372036854775808 and 9223372036854775807"
        ),
        (.notSupported, "{'a': 1}", "0+1 not-supported: map literals are not supported"),
    ]

    @Test("Each code of an expression has its message and its place", arguments: codeOfEach)
    func codesOfErrors(code: DiagnosticCode, text: String, error: String) {
        #expect(CompilerBench().describe(text) == error)
        #expect(error.contains(" \(code.rawValue): "))
    }

    @Test("No code of an expression is without a test")
    func everyCode() throws {
        let codes = DiagnosticCode.allCases
        let first = try #require(codes.firstIndex(of: .expressionSyntax))
        let last = try #require(codes.firstIndex(of: .notSupported))
        #expect(Set(codes[first...last]) == Set(Self.codeOfEach.map(\.0)))
    }
}
