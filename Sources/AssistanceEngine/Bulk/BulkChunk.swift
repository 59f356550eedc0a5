import AssistanceCore
import AssistanceExpressions

/// What was decided about some households that stand one after the other.
///
/// What it points at holds until the next chunk; for each household there is one number.
public struct BulkChunk {
    /// Which households of the batch.
    public let households: Range<Int>
    let plans: [Plan]
    let steps: [Ends]

    /// The least and the greatest that a number can be; one and the same place where they are equal for all.
    public typealias Ends = (least: UnsafePointer<Int64>, most: UnsafePointer<Int64>)

    struct Plan {
        let status: UnsafePointer<UInt8>
        /// For each benefit of the plan.
        let sums: [Ends]
        /// Whether the evaluator decided it, household by household.
        let isByRow: Bool
    }

    /// Of a plan, by its place: 0 not eligible, 1 eligible, 2 undetermined, as in `Totals.codes`.
    public func status(_ plan: Int) -> UnsafePointer<UInt8> { plans[plan].status }

    /// Of a benefit of a plan, by its place: the sum in fen; 0 where not eligible, and for what is given in kind.
    public func sums(_ plan: Int, _ benefit: Int) -> Ends { plans[plan].sums[benefit] }

    /// Of a step that was asked for, by its place: quantities in hundredths of the unit in which it is shown, counts as
    /// they are, 1 for yes, and of a code its place in the list.
    public func step(_ step: Int) -> Ends { steps[step] }
}

/// The numbers of a chunk, kept from one to the next.
final class ChunkColumn<Number: FixedWidthInteger> {
    let values = UnsafeMutablePointer<Number>.allocate(capacity: ColumnRunner.chunk)

    init() { values.initialize(repeating: 0, count: ColumnRunner.chunk) }

    deinit { values.deallocate() }
}

/// The ends of the numbers of a chunk.
struct ChunkEnds {
    let least = ChunkColumn<Int64>()
    let most = ChunkColumn<Int64>()

    /// Where the least is the greatest.
    var known: BulkChunk.Ends { (UnsafePointer(least.values), UnsafePointer(least.values)) }
    var both: BulkChunk.Ends { (UnsafePointer(least.values), UnsafePointer(most.values)) }
    /// For what has no numbers; the columns were made with zeros, and nothing was written to them.
    var none: BulkChunk.Ends { known }
}
