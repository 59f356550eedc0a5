import AssistanceCore
import AssistanceEngine

/// What bench-1 asks for of each household, in columns.
///
/// Threads may fill different households at the same time.
final class BenchResults: @unchecked Sendable {
    /// R1 to R8 in fen.
    let amounts: [UnsafeMutablePointer<Int64>]
    /// Bits 0 to 7: the amounts that are more than nothing; 8 property; 9 edge; from 10 on the number of those who could work.
    let flags: UnsafeMutablePointer<UInt16>
    let households: Int

    init(households: Int) {
        self.households = households
        amounts = (0..<8).map { _ in .allocate(capacity: households) }
        flags = .allocate(capacity: households)
        for column in amounts { column.initialize(repeating: 0, count: households) }
        flags.initialize(repeating: 0, count: households)
    }

    deinit {
        for column in amounts { column.deallocate() }
        flags.deallocate()
    }

    /// In fen.
    var sums: [Int64] { amounts.map { UnsafeBufferPointer(start: $0, count: households).reduce(0, &+) } }

    /// How often any of the eight amounts is paid.
    var paid: Int {
        UnsafeBufferPointer(start: flags, count: households).reduce(0) { $0 + ($1 & 0xFF).nonzeroBitCount }
    }

    /// Writes them as bench-1 describes it: the amounts one after the other, then the flags.
    func write(_ path: String) throws(BenchProblem) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(households * 66)
        for column in amounts { bytes.append(contentsOf: UnsafeRawBufferPointer(start: column, count: households * 8)) }
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: flags, count: households * 2))
        try RawColumns.write(bytes, path)
    }
}

/// One thread's work: some households of a batch, again and again.
actor BenchWorker {
    private let assessor: BulkAssessor
    private let amounts: [(plan: Int, benefits: [Int])]
    private let households: Range<Int>
    private let results: BenchResults

    init(_ policy: BenchPolicy, _ batch: FactBatch, _ households: Range<Int>, into results: BenchResults) {
        assessor = BulkAssessor(policy.program, over: batch)
        amounts = policy.amounts
        self.households = households
        self.results = results
    }

    /// So many threads' workers, over all households.
    static func workers(_ threads: Int, _ policy: BenchPolicy, _ batch: FactBatch, into results: BenchResults)
        -> [BenchWorker]
    {
        (0..<threads).map { thread in
            let households = (batch.count * thread / threads)..<(batch.count * (thread + 1) / threads)
            return BenchWorker(policy, batch, households, into: results)
        }
    }

    /// All of them at once.
    static func run(_ workers: [BenchWorker]) async {
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await worker.run() } }
        }
    }

    /// Whether columns decide everything.
    var usesColumns: Bool { assessor.plans.indices.allSatisfy(assessor.usesColumns) }

    /// The instructions that columns run, by kind.
    var instructions: String? { assessor.instructions }

    func run() {
        assessor.run(households) { chunk in
            let (first, rows) = (chunk.households.lowerBound, 0..<chunk.households.count)
            let flags = results.flags + first
            let (prop, edge, low) = (chunk.step(0).least, chunk.step(1).least, chunk.step(2).least)
            let idle = chunk.step(3).least
            for row in rows {
                flags[row] = UInt16(
                    truncatingIfNeeded: prop[row] &<< 8 | (edge[row] | low[row]) &<< 9 | idle[row] &<< 10)
            }
            for (place, (plan, benefits)) in amounts.enumerated() {
                let sum = results.amounts[place] + first
                for (number, benefit) in benefits.enumerated() {
                    let part = chunk.sums(plan, benefit).least
                    if number == 0 {
                        for row in rows { sum[row] = part[row] }
                    } else {
                        for row in rows { sum[row] = sum[row] &+ part[row] }
                    }
                }
                // The sign of what is taken from nothing: amounts are never negative.
                for row in rows {
                    flags[row] |= UInt16(truncatingIfNeeded: UInt64(bitPattern: 0 &- sum[row]) &>> 63) &<< UInt16(place)
                }
            }
        }
    }
}
