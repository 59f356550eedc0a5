import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import Testing

/// A small invented policy: a nation, a city of Heilongjiang and a county of the city.
private struct Invented {
    static let section = SectionDeclaration(
        "toy", Label("玩具", "toy"),
        [
            TermDeclaration("checks", .checks, unfilled: .undetermined, "条件", "checks"),
            TermDeclaration("items", .items(.yuanPerMonth), of: .member, unfilled: .optional, "项目", "items"),
        ])
    static let city = DivisionCode("231000") ?? .nation
    static let county = DivisionCode("231025") ?? .nation
    static let other = DivisionCode("231005") ?? .nation

    let library: PolicyLibrary
    let problems: [String]

    /// The files of the three, without `areas.yaml` and `documents.yaml`.
    init(nation: String = "", city: String = "", county: String = "") {
        let findings = Findings()
        var files = [
            ("china/areas.yaml", "area: 000000 全国\n"),
            ("m/areas.yaml", "area: 231000 牡丹江市\nareas: [231005 西安区, 231025 林口县]\n"),
            (
                "m/documents.yaml",
                """
                documents:
                  first: {title: first, status: official, published: 2030-01-05}
                  second: {title: second, status: official, published: 2031-10-20}
                """
            ),
        ]
        for (path, area, text) in [
            ("china/p.yaml", "000000 全国", nation), ("m/city.yaml", "231000 牡丹江市", city),
            ("m/county.yaml", "231025 林口县", county),
        ] where !text.isEmpty {
            files.append((path, "area: \(area)\nfrom: 2030-01-01\nsource: first\n" + text))
        }
        library = PolicyLibrary(
            files: files.map { PolicyFile(path: $0.0, bytes: Array($0.1.utf8)) }, jurisdiction: "m",
            sections: [Self.section], findings)
        problems = findings.sorted.map(\.description)
    }

    private func context(_ area: DivisionCode, _ date: String, knownOn: String? = nil, _ findings: Findings)
        -> PolicyContext
    {
        PolicyContext(
            library, area: area, date: CalendarDate(iso: date) ?? .earliest,
            knownOn: knownOn.flatMap(CalendarDate.init(iso:)), stage: .application, findings)
    }

    /// The figure `standard` for a household, in yuan a month.
    func standard(
        _ area: DivisionCode, _ date: String = "2030-06-01", _ residence: String = "urban", knownOn: String? = nil
    ) -> String {
        let findings = Findings()
        let context = context(area, date, knownOn: knownOn, findings)
        guard let node = context.figure("standard") else { return "no figure" }
        let (root, _) = YAMLReader.read(Array("residence: \(residence)".utf8), file: "h.yaml")
        guard let root else { return "no household" }
        var tokens = YAMLTokens(root)
        var mistakes: [Diagnostic] = []
        let file = HouseholdReader.read(
            &tokens, schema: library.schema, date: context.date, file: "h.yaml", findings: &mistakes)
        let evaluator = Evaluator(context.builder.finished(), over: file.batch)
        evaluator.evaluate(household: 0)
        if let first = findings.sorted.first { return first.description }
        return evaluator.value(node).known?.description ?? "unknown"
    }

    /// The conditions in force, as `id@line` of the rule.
    func checks(_ area: DivisionCode, _ date: String = "2030-06-01") -> [String] {
        let findings = Findings()
        let list = context(area, date, findings).checks(Self.section, "checks")
        let found =
            list.conditions.map { "\($0.id) \($0.origin?.text ?? "unfilled")" } + list.manual.map { "\($0.id) manual" }
        return found + findings.sorted.map(\.description)
    }

    /// The ids of the items in force.
    func items(_ area: DivisionCode) -> [String] {
        let findings = Findings()
        let context = context(area, "2030-06-01", findings)
        let always = context.truth(true)
        let list = context.items(
            Self.section, "items", recipients: always.node, share: context.zero(.yuanPerMonth).node)
        return (list?.items.map { "\($0.id) \($0.origin.text)" } ?? ["none"]) + findings.sorted.map(\.description)
    }
}

@Suite struct LookUpTests {
    private let plain = "figures:\n  standard: {is: 900 yuan/month}\n"

    @Test func aCorrectionHoldsAlwaysWhateverWasKnown() {
        let policy = Invented(
            city: """
                figures:
                  standard:
                    - {from: 2030-01-01, is: 900 yuan/month}
                    - {from: 2030-01-01, corrects: 2033-05-06 误录为 900, is: 950 yuan/month}
                    - {from: 2031-01-01, is: 1000 yuan/month}

                """)
        #expect(policy.problems == [])
        #expect(policy.standard(Invented.city, "2030-06-01") == "950")
        // What was known counts for the law, not for what we took it to say.
        #expect(policy.standard(Invented.city, "2030-06-01", knownOn: "2030-06-01") == "950")
        #expect(policy.standard(Invented.city, "2030-06-01", knownOn: "2030-01-04") == "unknown")
        #expect(policy.standard(Invented.city, "2031-06-01") == "1000")
        let held = policy.library.history(of: "figures.standard")[Invented.city] ?? []
        #expect(held.map(\.node.position.line) == [7, 8])
        #expect(held.first?.correction?.reason == "误录为 900")
        let corrected = policy.library.corrected("figures.standard")[Invented.city] ?? []
        #expect(corrected.map(\.node.position.line) == [6])
    }

    @Test func aCorrectionMayItselfBeCorrectedInTheOrderOfTheirDays() {
        let policy = Invented(
            city: """
                figures:
                  standard:
                    - {from: 2030-01-01, is: 900 yuan/month}
                    - {from: 2030-01-01, corrects: 2033-05-07 again, is: 960 yuan/month}
                    - {from: 2030-01-01, corrects: 2033-05-06 first, is: 950 yuan/month}

                """)
        #expect(policy.problems == [])
        #expect(policy.standard(Invented.city) == "960")
        #expect(policy.library.corrected("figures.standard")[Invented.city]?.map(\.node.position.line) == [6, 8])
    }

    @Test func aTermOfAnyShapeMayBeCorrected() {
        let policy = Invented(
            city: """
                toy:
                  checks:
                    - {from: 2030-01-01, checks: [{id: a, that: household.homes <= 1}]}
                    - {from: 2030-01-01, corrects: 2030-02-01 a for b, checks: [{id: b, that: household.homes <= 2}]}
                  items:
                    - {from: 2030-01-01, items: [{id: x, for: anyone, add: 1 yuan/month}]}
                    - {from: 2030-01-01, corrects: 2030-02-01 1 for 2, items: [{id: x, for: anyone, add: 2 yuan/month}]}

                """)
        #expect(policy.problems == [])
        #expect(policy.checks(Invented.city).map { $0.prefix(1) } == ["b"])
        let corrected = policy.library.corrected("toy.items")[Invented.city] ?? []
        #expect(corrected.map(\.node.position.line) == [9])
        #expect(policy.items(Invented.city).count == 1)
    }

    @Test func whatACorrectedEntryLeftToOfficersIsNoFact() {
        let policy = Invented(
            city: """
                toy:
                  items:
                    - {from: 2030-01-01, items: [{id: x, for: anyone, add: {within: from 1 upto 2 yuan/month, decided: old}}]}
                    - {from: 2030-01-01, corrects: 2030-02-01 of the sum, items: [{id: x, for: anyone, add: 2 yuan/month}]}

                """)
        #expect(policy.problems == [])
        #expect(policy.library.schema.place(.member, "decided.old") == nil)
    }

    @Test func aCorrectionMayStandInAFileOfItsOwnForOneOfTheAreas() {
        let policy = Invented(
            city: plain.replacing("{is", with: "{from: 2030-02-01, is"),
            county:
                "figures:\n  standard: {from: 2030-02-01, corrects: 2030-03-01 of the city, is: 800 yuan/month}\n")
        #expect(
            policy.problems == [
                "m/county.yaml:5:13: error: 'figures.standard' of 林口县 has no entry from 2030-02-01 that could be corrected [nothing-to-correct]"
            ])
        #expect(policy.standard(Invented.city) == "900")
    }

    @Test func theNearestAreaWins() {
        let policy = Invented(
            nation: "figures:\n  standard: {is: 500 yuan/month}\n", city: plain,
            county: "figures:\n  standard: {is: 800 yuan/month}\n")
        #expect(policy.problems == [])
        #expect(policy.standard(Invented.county) == "800")
        #expect(policy.standard(Invented.other) == "900")
        #expect(policy.standard(Invented.city) == "900")
        #expect(policy.standard(.nation) == "500")
    }

    @Test func aCountyThatFillsOnlyItsRuralRowLeavesTheUrbanOneToTheCity() {
        let policy = Invented(
            city:
                "figures:\n  standard:\n    unit: yuan/month\n    rows: [{residence: urban, is: 900}, {residence: rural, is: 700}]\n",
            county: "figures:\n  standard:\n    unit: yuan/month\n    rows: [{residence: rural, is: 650}]\n")
        #expect(policy.standard(Invented.county, "2030-06-01", "rural") == "650")
        #expect(policy.standard(Invented.county, "2030-06-01", "urban") == "900")
        #expect(policy.standard(Invented.city, "2030-06-01", "rural") == "700")
    }

    @Test func anEntryHoldsFromItsDayToTheNext() {
        let policy = Invented(
            city: """
                figures:
                  standard:
                    - {from: 2030-01-01, is: 900 yuan/month}
                    - {from: 2031-04-01, until: 2032-01-01, is: 950 yuan/month}
                """)
        #expect(policy.standard(Invented.city, "2029-12-31") == "unknown")
        #expect(policy.standard(Invented.city, "2030-01-01") == "900")
        #expect(policy.standard(Invented.city, "2031-03-31") == "900")
        #expect(policy.standard(Invented.city, "2031-04-01") == "950")
        #expect(policy.standard(Invented.city, "2031-12-31") == "950")
        #expect(policy.standard(Invented.city, "2032-01-01") == "unknown")
    }

    @Test func anEntryThatEndsLeavesTheRestToTheAreaAbove() {
        let policy = Invented(
            city: plain, county: "figures:\n  standard: {until: 2031-01-01, follows: city, is: 800 yuan/month}\n")
        #expect(policy.problems == [])
        #expect(policy.standard(Invented.county, "2030-12-31") == "800")
        #expect(policy.standard(Invented.county, "2031-01-01") == "900")
    }

    @Test func anEntryThatEndsWithoutSayingWhatFollowsIsAWarning() {
        let policy = Invented(city: plain, county: "figures:\n  standard: {until: 2031-01-01, is: 800 yuan/month}\n")
        #expect(
            policy.problems == [
                "m/county.yaml:5:13: warning: 'figures.standard' of 林口县 ends on 2031-01-01 and 牡丹江市's goes on (m/city.yaml:5); say 'follows: city', or 'unknown: …' where the next figure is not known [ends-before-parent]"
            ])
    }

    @Test func aFigureThatIsSaidToBeUnknownIsNotTakenFromAbove() {
        let policy = Invented(
            city: plain,
            county:
                "figures:\n  standard:\n    - {from: 2030-01-01, is: 800 yuan/month}\n    - {from: 2031-01-01, unknown: not yet published}\n"
        )
        #expect(policy.problems == [])
        #expect(policy.standard(Invented.county, "2030-12-31") == "800")
        #expect(policy.standard(Invented.county, "2031-01-01") == "unknown")
        #expect(policy.standard(Invented.city, "2031-01-01") == "900")
    }

    @Test func whatHadNotBeenPublishedIsNotKnown() {
        // In force since January, published in October: back pay is the difference between the two.
        let policy = Invented(
            city: """
                figures:
                  standard:
                    - {from: 2030-01-01, is: 900 yuan/month}
                    - {from: 2031-01-01, source: second, is: 950 yuan/month}
                    - {from: 2032-01-01, published: 2031-12-01, source: second, is: 1000 yuan/month}
                """)
        #expect(policy.standard(Invented.city, "2031-06-01") == "950")
        #expect(policy.standard(Invented.city, "2031-06-01", knownOn: "2031-10-19") == "900")
        #expect(policy.standard(Invented.city, "2031-06-01", knownOn: "2031-10-20") == "950")
        #expect(policy.standard(Invented.city, "2032-06-01", knownOn: "2031-11-30") == "950")
        #expect(policy.standard(Invented.city, "2032-06-01", knownOn: "2031-12-01") == "1000")
        #expect(policy.standard(Invented.city, "2031-06-01", knownOn: "2030-01-04") == "unknown")
    }

    @Test func theJurisdictionIsTheFolderThatWasAskedFor() {
        let policy = Invented(city: plain)
        #expect(policy.library.jurisdiction == Invented.city)
        #expect(policy.library.hasPolicy(for: Invented.county, on: CalendarDate(iso: "2030-01-01") ?? .earliest))
        #expect(!policy.library.hasPolicy(for: Invented.county, on: CalendarDate(iso: "2029-12-31") ?? .latest))
    }
}

/// Lower files amend lists by id.
@Suite struct AmendmentTests {
    private static let nation = """
        toy:
          checks:
            - {id: homes, that: household.homes <= 2}
            - {id: cars, that: household.vehicles == 0}
            - {id: visit, manual: 入户调查}
          items:
            stacking: sum
            items:
              - {id: old, for: anyone, add: 10 yuan/month}
              - {id: young, for: anyone, add: 20 yuan/month}

        """

    private func city(_ text: String) -> Invented { Invented(nation: Self.nation, city: "toy:\n" + text) }

    @Test func theNationsListHoldsWhereNobodyElseSaysAnything() {
        let policy = Invented(nation: Self.nation)
        #expect(
            policy.checks(Invented.city) == [
                "homes household.homes <= 2", "cars household.vehicles == 0", "visit manual",
            ])
        #expect(policy.items(Invented.city) == ["old 10 yuan/month", "young 20 yuan/month"])
    }

    @Test func theSameIdReplacesAndANewOneIsAppended() {
        let policy = city(
            "  checks:\n    - {id: homes, that: household.homes <= 1}\n    - {id: shop, that: household.employs_others == false}\n"
        )
        #expect(
            policy.checks(Invented.city) == [
                "homes household.homes <= 1", "cars household.vehicles == 0", "shop household.employs_others == false",
                "visit manual",
            ])
        #expect(policy.checks(.nation).first == "homes household.homes <= 2")
    }

    @Test func removeTakesAway() {
        let policy = city(
            "  checks:\n    remove: [cars, visit]\n  items:\n    remove: [old]\n    stacking: sum\n    items: [{id: young, for: anyone, add: 25 yuan/month}]\n"
        )
        #expect(policy.checks(Invented.city) == ["homes household.homes <= 2"])
        #expect(policy.items(Invented.city) == ["young 25 yuan/month"])
    }

    @Test func replacesAllStartsAfresh() {
        let policy = city(
            "  checks:\n    replaces: all\n    checks: [{id: money, that: household.financial_assets <= 1000 yuan}]\n")
        #expect(policy.checks(Invented.city) == ["money household.financial_assets <= 1000 yuan"])
    }

    @Test func noneTakesEverythingAway() {
        let policy = city("  checks: none\n  items: none\n")
        #expect(policy.checks(Invented.city) == [])
        #expect(policy.items(Invented.city) == ["none"])
    }

    @Test func aCountyAmendsWhatItsCityAmended() {
        let policy = Invented(
            nation: Self.nation, city: "toy:\n  checks: [{id: homes, that: household.homes <= 1}]\n",
            county: "toy:\n  checks: {remove: [visit], checks: [{id: cars, that: household.vehicles <= 1}]}\n")
        #expect(policy.checks(Invented.county) == ["homes household.homes <= 1", "cars household.vehicles <= 1"])
        #expect(policy.checks(Invented.other).count == 3)
    }

    @Test func aListThatNothingFillsIsUnknown() {
        #expect(
            Invented(city: "figures:\n  standard: {is: 900 yuan/month}\n").checks(Invented.city) == ["checks unfilled"])
    }

    @Test func removingWhatIsNotThereIsAnError() {
        let policy = city("  checks:\n    remove: [car]\n")
        #expect(
            policy.checks(Invented.city).last
                == "m/city.yaml:6:14: error: there is no 'car' to remove; did you mean 'cars'? [unknown-name]")
    }
}

/// The spellings of rounding.
@Suite struct RoundingRuleTests {
    private func rounded(_ value: Rational, _ rule: String, _ unit: Unit = .yuanPerMonth) -> String {
        let findings = Findings()
        let library = PolicyLibrary(files: [], jurisdiction: "", sections: [], findings)
        let context = PolicyContext(library, area: .nation, date: .earliest, stage: .application, findings)
        let node = context.make(at: nil) { () throws(GraphError) in
            try context.builder.constant(value.multiplied(by: unit.size) ?? .zero, .quantity(unit))
        }
        let result = context.builder.constantValue(context.rounded(node, rule, unit))
        if let first = findings.sorted.first { return first.message }
        return result?.divided(by: unit.size)?.description ?? "unknown"
    }

    private var third: Rational { Rational(1000, over: 3) ?? .zero }

    @Test(arguments: [
        ("up to yuan", "334"), ("down to yuan", "333"), ("nearest yuan", "333"), ("nearest fen", "333.33"),
        ("up to fen", "333.34"), ("down to fen", "333.33"), ("nearest to yuan", "333"), ("up yuan", "334"),
        ("down to 10 yuan", "330"), ("up to 10 yuan", "340"), ("nearest 5 yuan", "335"), ("nearest 10 fen", "333.3"),
        ("up to yuan/month", "334"),
    ])
    func aMonthlySum(_ rule: String, _ expected: String) {
        #expect(rounded(third, rule) == expected)
    }

    @Test func noneLeavesTheExactValue() { #expect(rounded(third, "none") == "1000/3") }

    @Test func halfIsRoundedAwayFromZero() {
        let half = Rational(5, over: 2) ?? .zero
        #expect(rounded(half, "nearest yuan") == "3")
        #expect(rounded(half.negated ?? .zero, "nearest yuan") == "-3")
    }

    @Test func upIsTowardsPlusInfinityAndDownTowardsMinusInfinity() {
        let value = Rational(-5, over: 2) ?? .zero
        #expect(rounded(value, "up to yuan") == "-2")
        #expect(rounded(value, "down to yuan") == "-3")
    }

    @Test func theYuanOfAYearlySumIsOfTheYear() {
        #expect(rounded(third, "up to yuan", .yuanPerYear) == "334")
        #expect(rounded(third, "up to yuan/month", .yuanPerYear) == "336")
        #expect(rounded(third, "up to yuan/year", .yuanPerMonth) == "1000/3")
        #expect(rounded(Rational(1001, over: 3) ?? .zero, "up to 10 yuan/year", .yuanPerMonth) == "2005/6")
    }

    @Test(arguments: [
        "upwards", "up", "up to", "up to euro", "nearest 0 yuan", "nearest -5 yuan", "to yuan", "up to 1 2 yuan", "",
    ])
    func whatIsNoRoundingIsAnError(_ rule: String) {
        #expect(
            rounded(third, rule)
                == "rounding is up, down or nearest and a unit, as in 'up to yuan' or 'nearest fen', or none")
    }

    @Test func aUnitOfAnotherKindIsAnError() {
        #expect(rounded(third, "up to m2") != "334")
    }
}
