import AssistanceCore
import Testing

@testable import AssistanceExpressions

/// A value that policy leaves to an officer, with what was decided as a fact.
@Suite("What officers decide")
struct DecisionTests {
    /// Between two constants, or `financial_assets / 10` as the least; `agreed` is what was decided.
    private static func between(_ least: String, _ most: String, _ ends: OpenEnds, _ builder: GraphBuilder)
        throws(ExpressionError) -> NodeID
    {
        let compiler = ExpressionCompiler(into: builder, names: NameScope(.household))
        let (low, high) = (try compiler.compileNode(least), try compiler.compileNode(most))
        let place = builder.schema.place(.household, "business_capital") ?? 0
        do throws(GraphError) {
            return try builder.between(low, high, decided: builder.fact(place), ends)
        } catch {
            throw ExpressionError(error.code, offset: 0, length: 0, error.message)
        }
    }

    private func value(
        _ facts: [String: Int64], _ least: String, _ most: String, _ ends: OpenEnds = OpenEnds()
    ) -> String {
        EvaluatorBench(facts).value { (builder) throws(ExpressionError) in
            try Self.between(least, most, ends, builder)
        }
    }

    @Test(
        "A decision counts inside its bounds and at them; outside them the value stays open and another is asked for",
        arguments: [
            (nil, "100 to 300, lacks household[0].business_capital"), (20_000, "200"), (10_000, "100"),
            (30_000, "300"), (9_999, "100 to 300, lacks household[0].business_capital"),
            (30_001, "100 to 300, lacks household[0].business_capital"),
        ] as [(Int64?, String)])
    func known(decided: Int64?, expected: String) {
        #expect(value(decided.map { ["business_capital": $0] } ?? [:], "100 yuan", "300 yuan") == expected)
    }

    @Test("An end that is not in the range cannot be decided")
    func openEnds() {
        let open = OpenEnds(least: true, most: true)
        #expect(value(["business_capital": 10_001], "100 yuan", "300 yuan", open) == "100.01")
        let lacks = "100 to 300, lacks household[0].business_capital"
        #expect(value(["business_capital": 10_000], "100 yuan", "300 yuan", open) == lacks)
        #expect(value(["business_capital": 30_000], "100 yuan", "300 yuan", open) == lacks)
    }

    @Test("Bounds that meet leave nothing open; where the least lies above the most, the least holds")
    func degenerate() {
        #expect(value([:], "100 yuan", "100 yuan") == "100")
        #expect(value(["business_capital": 1], "300 yuan", "100 yuan") == "300")
        // The least may turn out above the most, so that nothing below it is promised.
        #expect(
            value(["vehicles_value": 0], "household.financial_assets", "100 yuan")
                == "0 to 10000000000, lacks household[0].business_capital household[0].financial_assets")
    }

    @Test("A decision that bounds not yet known may refuse is open, and lacks what the bounds lack")
    func openBounds() {
        let bounds = ("household.financial_assets", "household.financial_assets + 100 yuan")
        #expect(
            value(["business_capital": 5_000], bounds.0, bounds.1)
                == "0 to 10000000100, lacks household[0].financial_assets")
        #expect(value(["business_capital": 5_000, "financial_assets": 4_000], bounds.0, bounds.1) == "50")
    }

    @Test("A decision in another unit than its bounds is refused")
    func units() {
        let found = EvaluatorBench().value { (builder) throws(ExpressionError) in
            try Self.between("1 yuan/month", "2 yuan/month", OpenEnds(), builder)
        }
        #expect(
            found
                == "0+0 unit-mismatch: cannot choose between yuan/month and yuan: the units differ; one of them is for each month or year: write its '/month' or '/year', or multiply it by a time such as 12 months"
        )
    }

    @Test("Columns compute both ends", arguments: [false, true])
    func columns(isOpen: Bool) throws {
        let builder = GraphBuilder(schema: .national, date: .latest)
        let node = try Self.between(
            "household.financial_assets / 10", "300 yuan", OpenEnds(most: isOpen), builder)
        var bench = EvaluatorBench(["financial_assets": 100_000, "business_capital": 20_000])
        let rest: [[String: Int64]] = [
            ["financial_assets": 100_000], ["financial_assets": 100_000, "business_capital": 9_999],
            ["financial_assets": 100_000, "business_capital": 30_000], ["business_capital": 20_000], [:],
            ["financial_assets": 900_000, "business_capital": 5],
        ]
        for facts in rest { bench.add(.household, facts) }
        let ends = try #require(ColumnEnds.all(builder, node, over: bench.batch))
        let expected: [[Rational]] = [
            [200, 200], [100, 300], [100, 300], isOpen ? [100, 300] : [300, 300], [0, 1_000_000_000],
            [0, 1_000_000_000], [900, 900],
        ].map { $0.map { Rational($0) } }
        #expect(ends == expected)
    }
}
