import AssistanceCore

/// A graph as instructions over columns, for many households at once.
///
/// Computes with 64-bit integers at scales fixed when it is made, and is made only where the ranges of all facts prove
/// that these hold every value. Of what is not known of every row both ends are computed, as the evaluator does it.
/// Immutable; may be shared between threads.
public struct ColumnProgram: Sendable {
    let graph: Graph
    let instructions: [ColumnInstruction]
    let slotCounts: [FactOwner: (wide: Int, bytes: Int)]
    /// The results that were asked for, in their order: the least and the greatest that each can be.
    let outputs: [(low: Output, high: Output)]

    struct Output: Sendable {
        let slot: ColumnSlot
        /// The value is the stored integer divided by this.
        let scale: Int64
    }

    /// A program for some results over batches of a coverage, or nil where the graph has something that columns do not
    /// compute exactly.
    ///
    /// Results belong to the household, are not quotients, and are numbers, yes/no or codes.
    public init?(_ graph: Graph, results: [NodeID], over coverage: ColumnCoverage) {
        var lowering = ColumnLowering(graph, coverage)
        var outputs: [(low: Output, high: Output)] = []
        func output(_ lowered: ColumnLowering.Lowered) -> Output? {
            guard lowered.divisors.isEmpty, let scale = Int64(exactly: lowered.scale) else { return nil }
            return Output(slot: lowered.slot, scale: scale)
        }
        for id in results {
            guard graph[id].scope == .household, let ends = lowering.lower(id), let low = output(ends.low),
                let high = output(ends.high)
            else { return nil }
            outputs.append((low, high))
        }
        self.graph = graph
        (instructions, slotCounts, self.outputs) = ColumnAllocation.allocate(lowering.instructions, outputs)
    }

    /// A program for numbers of a wanted scale, and for conditions and codes, over batches of a coverage; nil where columns
    /// cannot hold one of them.
    public init?(_ graph: Graph, wanted: [ColumnResult], over coverage: ColumnCoverage) {
        var lowering = ColumnLowering(graph, coverage)
        var outputs: [(low: Output, high: Output)] = []
        for result in wanted {
            guard graph[result.node].scope == .household else { return nil }
            if let perUnit = result.perUnit {
                guard let ends = lowering.number(result.node, perUnit: perUnit, where: result.condition) else {
                    return nil
                }
                outputs.append((Output(slot: ends.low, scale: 1), Output(slot: ends.high, scale: 1)))
            } else {
                guard let ends = lowering.lower(result.node), !ends.low.slot.isWide, !ends.high.slot.isWide else {
                    return nil
                }
                outputs.append((Output(slot: ends.low.slot, scale: 1), Output(slot: ends.high.slot, scale: 1)))
            }
        }
        self.graph = graph
        (instructions, slotCounts, self.outputs) = ColumnAllocation.allocate(lowering.instructions, outputs)
    }

    /// By how much the stored integers of a result's ends are greater than their values.
    public func scales(_ output: Int) -> (low: Int64, high: Int64) {
        (outputs[output].low.scale, outputs[output].high.scale)
    }
}

/// A result that is asked for of a column program.
public struct ColumnResult: Sendable {
    let node: NodeID
    let perUnit: Rational?
    let condition: NodeID?

    /// Whether a condition holds, or which code it is.
    public init(_ node: NodeID) { (self.node, perUnit, condition) = (node, nil, nil) }

    /// A number of the household.
    ///
    /// - Parameters:
    ///   - perUnit: How many of what is answered make one base unit; every value must be a whole number of them.
    ///   - condition: Where this surely does not hold, the number is 0.
    public init(_ node: NodeID, perUnit: Rational, where condition: NodeID? = nil) {
        (self.node, self.perUnit, self.condition) = (node, perUnit, condition)
    }
}

extension ColumnProgram: CustomStringConvertible {
    /// How many instructions of each kind run over the rows of each owner.
    public var description: String {
        var counts: [String: Int] = [:]
        for instruction in instructions {
            let name = String(describing: instruction.operation).prefix { $0 != "(" }
            counts["\(instruction.target.owner.word).\(name)", default: 0] += 1
        }
        return counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

/// Gives the slots of instructions again as soon as nothing reads them any more.
enum ColumnAllocation {
    typealias Ends = (low: ColumnProgram.Output, high: ColumnProgram.Output)

    static func allocate(_ all: [ColumnInstruction], _ outputs: [Ends]) -> (
        [ColumnInstruction], [FactOwner: (wide: Int, bytes: Int)], [Ends]
    ) {
        // Constants first: they are written once, into slots that nothing else is given.
        let instructions = all.filter(\.operation.isConstant) + all.filter { !$0.operation.isConstant }
        // From the results back: what nothing reads is not run.
        var lastUse: [ColumnSlot: Int] = [:]
        for output in outputs.flatMap({ [$0.low, $0.high] }) { lastUse[output.slot] = instructions.count }
        for (place, instruction) in instructions.enumerated().reversed() where lastUse[instruction.target] != nil {
            for slot in [instruction.a, instruction.b, instruction.c].compactMap({ $0 }) where lastUse[slot] == nil {
                lastUse[slot] = place
            }
            // A constant is written once and stays.
            if instruction.operation.isConstant { lastUse[instruction.target] = instructions.count }
        }
        var homes: [ColumnSlot: ColumnSlot] = [:]
        var free: [FactOwner: (wide: [Int], bytes: [Int])] = [:]
        var counts: [FactOwner: (wide: Int, bytes: Int)] = [:]
        var result: [ColumnInstruction] = []
        for (place, instruction) in instructions.enumerated() where lastUse[instruction.target] != nil {
            var next = instruction
            next.a = instruction.a.flatMap { homes[$0] }
            next.b = instruction.b.flatMap { homes[$0] }
            next.c = instruction.c.flatMap { homes[$0] }
            let owner = instruction.target.owner
            let wide = instruction.target.isWide
            let number: Int
            if let reused = wide ? free[owner]?.wide.popLast() : free[owner]?.bytes.popLast() {
                number = reused
            } else {
                var count = counts[owner] ?? (0, 0)
                number = wide ? count.wide : count.bytes
                if wide { count.wide += 1 } else { count.bytes += 1 }
                counts[owner] = count
            }
            let home = ColumnSlot(owner: owner, isWide: wide, number: number)
            homes[instruction.target] = home
            next.target = home
            result.append(next)
            for slot in Set([instruction.a, instruction.b, instruction.c].compactMap({ $0 }))
            where lastUse[slot] == place {
                guard let home = homes[slot] else { continue }
                var pool = free[home.owner] ?? ([], [])
                if home.isWide { pool.wide.append(home.number) } else { pool.bytes.append(home.number) }
                free[home.owner] = pool
            }
        }
        func moved(_ output: ColumnProgram.Output) -> ColumnProgram.Output {
            ColumnProgram.Output(slot: homes[output.slot] ?? output.slot, scale: output.scale)
        }
        return (result, counts, outputs.map { (moved($0.low), moved($0.high)) })
    }
}
