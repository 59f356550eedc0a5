import AssistanceCore
import Testing

@testable import AssistanceExpressions

@Suite("A fact that settles what policy computes")
struct SettledTests {
    /// `financial_assets` where it is stated, else a tenth of `vehicles_value`.
    private static func settled(_ builder: GraphBuilder, by key: String = "financial_assets")
        throws(ExpressionError) -> NodeID
    {
        let other = try ExpressionCompiler(into: builder, names: NameScope(.household)).compileNode(
            "vehicles_value / 10")
        let place = builder.schema.place(.household, key) ?? 0
        do throws(GraphError) { return try builder.settled(place, otherwise: other) } catch {
            throw ExpressionError(error.code, offset: 0, length: 0, error.message, suggestion: nil)
        }
    }

    @Test(
        "The fact wins where it is given; where it is not, the computation answers and lacks what it lacks",
        arguments: [
            (["financial_assets": 0, "vehicles_value": 5_000], "0"),
            (["financial_assets": 700], "7"),
            (["vehicles_value": 5_000], "5"),
            ([:], "0 to 1000000000, lacks household[0].vehicles_value"),
        ] as [([String: Int64], String)])
    func value(facts: [String: Int64], expected: String) {
        #expect(
            EvaluatorBench(facts).value { (builder) throws(ExpressionError) in try Self.settled(builder) } == expected)
    }

    @Test("A fact of another kind cannot settle it")
    func kinds() {
        func message(_ key: String) -> String {
            EvaluatorBench().value { (builder) throws(ExpressionError) in try Self.settled(builder, by: key) }
        }
        #expect(
            message("home_area")
                == "0+0 unit-mismatch: cannot choose between m2 and yuan: the units differ")
        #expect(
            message("residence") == "0+0 type-mismatch: both outcomes must be of one kind, not a code and yuan")
    }

    @Test("An explanation goes on from the fact or from the computation, whichever answered")
    func deciding() throws {
        let builder = GraphBuilder(schema: .national, date: .latest)
        let node = try Self.settled(builder)
        guard case .settled(let fact, let otherwise) = builder[node].operation else {
            Issue.record("not a settled node")
            return
        }
        for (facts, expected) in [(["financial_assets": 1], fact), ([:], otherwise)] as [([String: Int64], NodeID)] {
            let evaluator = Evaluator(builder.finished(), over: EvaluatorBench(facts).batch)
            evaluator.evaluate(household: 0)
            #expect(evaluator.deciding(node) == [expected])
        }
    }

    @Test("Columns answer as the evaluator does, in a chunk where some state the fact and some do not")
    func columns() throws {
        let builder = GraphBuilder(schema: .national, date: .latest)
        let node = try Self.settled(builder)
        var bench = EvaluatorBench(["financial_assets": 700])
        bench.add(.household, ["vehicles_value": 5_000])
        bench.add(.household, ["financial_assets": 0, "vehicles_value": 5_000])
        bench.add(.household)
        let found = try #require(ColumnEnds.all(builder, node, over: bench.batch))
        #expect(found == [[7, 7], [5, 5], [0, 0], [0, 1_000_000_000]].map { $0.map { Rational($0) } })
    }
}
