import AssistanceCore
import AssistanceEngine

/// A row for each benefit of each plan of each household, and one for a plan without any.
struct BenefitRows: AnswerRows {
    let fields: [MadeField] = [
        .text("household"), .text("area", isNullable: false), .word("program"), .code("status"), .word("benefit"),
        .code("period"), .number("least"), .number("most"), .texts("missing"),
    ]

    /// How many paths of what is missing a row has at most: enough to go on asking.
    static let missing = 100
    /// The most bytes of all of them in one part.
    private static let limit = 1 << 30

    func rows(of part: ReadPart) throws(ArrowFlaw) -> MadeColumn {
        var outcomes = [[BulkOutcome]](repeating: [], count: part.batch.count)
        for group in part.groups {
            let assessor = part.assessor(of: group)
            let totals = assessor.run()
            for (place, row) in group.rows.enumerated() {
                outcomes[row] = assessor.plans.indices.map { assessor.outcome(totals, plan: $0, household: place) }
            }
        }
        var columns = BenefitColumns()
        for (row, outcomes) in outcomes.enumerated() {
            for outcome in outcomes { columns.add(outcome, id: part.ids[row], area: part.areas[row].text) }
            guard columns.size <= Self.limit else {
                throw ArrowFlaw("too much is missing of these households to say it; ask for rows of households")
            }
        }
        return columns.made
    }
}

/// The columns of rows of benefits while they are filled.
private struct BenefitColumns {
    private var ids: [String?] = []
    private var areas: [String?] = []
    private var plans = Words()
    private var statuses: [Int8] = []
    private var benefits = Words()
    private var periods: [Int8] = []
    private var least: [Int64] = []
    private var most: [Int64] = []
    private var missing: [String] = []
    private var ends: [Int32] = []
    /// The bytes of what is missing.
    private(set) var size = 0

    /// Texts as numbers, in the order in which they come.
    private struct Words {
        private(set) var numbers: [Int32] = []
        private(set) var texts: [String] = []
        private var known: [String: Int32] = [:]

        /// Adds a text; below 0 where there is none.
        mutating func add(_ text: String?) {
            guard let text else { return numbers.append(-1) }
            if let number = known[text] { return numbers.append(number) }
            let number = Int32(clamping: texts.count)
            known[text] = number
            texts.append(text)
            numbers.append(number)
        }
    }

    /// Adds the rows of a plan.
    mutating func add(_ outcome: BulkOutcome, id: String?, area: String) {
        // One row at least.
        for place in 0..<max(outcome.benefits.count, 1) {
            let benefit = outcome.benefits.indices.contains(place) ? outcome.benefits[place] : nil
            ids.append(id)
            areas.append(area)
            plans.add(outcome.plan)
            statuses.append(Int8(clamping: Totals.codes.firstIndex(of: outcome.status) ?? 2))
            benefits.add(benefit?.id)
            periods.append(benefit.flatMap { AnswerWords.periods.firstIndex(of: $0.period) }.map { Int8($0) } ?? -1)
            let amount = benefit?.amount
            least.append(amount?.least.fen ?? Self.null)
            most.append(amount.flatMap { $0.isUnbounded ? nil : $0.most.fen } ?? Self.null)
            for path in outcome.missing.prefix(BenefitRows.missing) {
                missing.append(path)
                size += path.utf8.count
            }
            ends.append(Int32(clamping: missing.count))
        }
    }

    private static let null = Int64.min

    var made: MadeColumn {
        MadeColumn(
            rows: ids.count,
            [
                MadeColumn(ids), MadeColumn(areas), MadeColumn(plans.numbers, of: plans.texts),
                MadeColumn(statuses, of: AnswerWords.statuses), MadeColumn(benefits.numbers, of: benefits.texts),
                MadeColumn(periods, of: AnswerWords.periods.map(\.rawValue)),
                MadeColumn(least, isKnown: least.map { $0 != Self.null }),
                MadeColumn(most, isKnown: most.map { $0 != Self.null }), MadeColumn(listsOf: missing, ends: ends),
            ])
    }
}
