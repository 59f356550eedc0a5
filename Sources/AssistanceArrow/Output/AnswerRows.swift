import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// What the rows of an answer are. It may be shared between threads.
protocol AnswerRows: Sendable {
    /// The columns.
    var fields: [MadeField] { get }
    /// Decides a part.
    func rows(of part: ReadPart) throws(ArrowFlaw) -> MadeColumn
}

/// The texts that columns of an answer number; the numbers are those of the C interface.
enum AnswerWords {
    static let statuses = Totals.codes.map(\.rawValue)
    static let periods: [PaymentPeriod] = [.monthly, .yearly, .once]
}

/// A row a household: for each plan that any area of the policy has its status, and its sums of money by how often they
/// are paid. What the area of a household has not is null, and so is a sum that nothing limits.
struct HouseholdRows: AnswerRows {
    private let slots: [String: Int]
    let fields: [MadeField]

    /// Rows for the plans of some ids.
    init(_ plans: [String]) {
        slots = Dictionary(plans.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        fields =
            [.text("household"), .text("area", isNullable: false)]
            + plans.flatMap { plan in
                [.code(plan + ".status")]
                    + AnswerWords.periods.flatMap { period in
                        [".least", ".most"].map { .number("\(plan).\(period.rawValue)\($0)") }
                    }
            }
    }

    func rows(of part: ReadPart) -> MadeColumn {
        let count = part.batch.count
        var plans = [PlanColumns](repeating: PlanColumns(), count: slots.count)
        for group in part.groups {
            let assessor = part.assessor(of: group)
            let places = assessor.plans.map { slots[$0.program] }
            for place in places { if let place { plans[place].begin(count) } }
            assessor.run(0..<group.rows.count) { chunk in
                let rows = group.rows[chunk.households]
                for (number, place) in places.enumerated() {
                    guard let place else { continue }
                    plans[place].add(chunk, number, assessor.plans[number], rows)
                }
            }
        }
        let none = [Int8](repeating: -1, count: count)
        let unknown = (status: MadeColumn(none, of: AnswerWords.statuses), sum: MadeColumn(unknown: count))
        return MadeColumn(
            rows: count,
            [MadeColumn(part.ids), MadeColumn(part.areas.map(\.text))]
                + plans.flatMap { plan in
                    [plan.status.map { MadeColumn($0, of: AnswerWords.statuses) } ?? unknown.status]
                        + plan.sums.map { sum in
                            sum.map { MadeColumn($0, isKnown: $0.map(PlanColumns.isSum)) } ?? unknown.sum
                        }
                })
    }
}

/// The columns of one plan while a part is decided.
private struct PlanColumns {
    /// What stands for null among sums, and for what nothing limits.
    private static let (null, unlimited) = (Int64.min, Int64.max)

    /// Whether a number is a sum.
    static func isSum(_ number: Int64) -> Bool { number != null && number != unlimited }

    /// Below 0 where the area has no such plan; nil where no area has.
    var status: [Int8]?
    /// For each period the least and the most; nil where no area pays so.
    var sums = [[Int64]?](repeating: nil, count: AnswerWords.periods.count * 2)

    /// An area has the plan.
    mutating func begin(_ households: Int) {
        if status == nil { status = [Int8](repeating: -1, count: households) }
    }

    /// Adds what a chunk says of the plan to some rows.
    mutating func add(_ chunk: BulkChunk, _ number: Int, _ plan: ProgramPlan, _ rows: ArraySlice<Int>) {
        let statuses = chunk.status(number)
        let count = status?.count ?? 0
        for (place, row) in rows.enumerated() { status?[row] = Int8(clamping: statuses[place]) }
        for (benefit, planned) in plan.benefits.enumerated() where planned.gift == nil {
            guard let period = AnswerWords.periods.firstIndex(of: planned.period) else { continue }
            let ends = chunk.sums(number, benefit)
            Self.add(ends.least, to: &sums[period * 2], rows, count)
            Self.add(ends.most, to: &sums[period * 2 + 1], rows, count)
        }
    }

    private static func add(
        _ amounts: UnsafePointer<Int64>, to sums: inout [Int64]?, _ rows: ArraySlice<Int>, _ count: Int
    ) {
        var known = sums.take() ?? [Int64](repeating: null, count: count)
        for (place, row) in rows.enumerated() {
            let (sum, overflow) = (known[row] == null ? 0 : known[row]).addingReportingOverflow(amounts[place])
            let isLimited = amounts[place] < Assessor.unlimited && known[row] != unlimited && !overflow
            known[row] = isLimited ? sum : unlimited
        }
        sums = known
    }
}
