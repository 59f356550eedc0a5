import AssistanceCore

@testable import AssistanceExpressions

/// What columns find of a first result: its least and its greatest, for each household of a batch.
enum ColumnEnds {
    static func all(_ program: ColumnProgram, over batch: FactBatch) -> [[Rational]] {
        let runner = ColumnRunner(program, over: batch)
        let scales = program.scales(0)
        var found: [[Rational]] = []
        while found.count < batch.count {
            let count = runner.run(from: found.count)
            if count == 0 { break }
            for row in 0..<count {
                if let (low, high) = runner.numbers(0) {
                    found.append([
                        (Rational(low[row]).divided(by: Rational(scales.low)) ?? .zero).reduced,
                        (Rational(high[row]).divided(by: Rational(scales.high)) ?? .zero).reduced,
                    ])
                } else if let (low, high) = runner.codes(0) {
                    found.append([Rational(Int(low[row])), Rational(Int(high[row]))])
                }
            }
        }
        return found
    }

    /// The same, for the node of a graph being made.
    static func all(_ builder: GraphBuilder, _ node: NodeID, over batch: FactBatch) -> [[Rational]]? {
        let graph = builder.finished()
        let coverage = ColumnCoverage(of: batch, reading: graph.facts(behind: [node]))
        return ColumnProgram(graph, results: [node], over: coverage).map { all($0, over: batch) }
    }
}
