import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu
import Synchronization

/// What decides the households of one area, day and stage, and the texts that callers see of it.
final class AreaDecider: Sendable {
    let policy: CompiledPolicy
    let program: BulkProgram
    let area: CText
    let plans: [PlanTexts]
    /// How many sums are kept of a household: the benefits of each plan, and after all of these the plans' own totals.
    let sums: Int

    /// No households.
    fileprivate let nobody: FactBatch

    init(_ policy: CompiledPolicy, _ schema: FactSchema) {
        self.policy = policy
        nobody = FactBatch(schema: schema)
        program = BulkProgram(forFew: policy)
        area = CText(policy.area.text)
        var plans: [PlanTexts] = []
        var next = 0
        for (plan, totals) in zip(policy.plans, program.totals) {
            plans.append(PlanTexts(plan, totals, firstSum: next))
            next += plan.benefits.count
        }
        self.plans = plans
        totalsFirst = next
        sums = next + program.totals.reduce(0) { $0 + $1.count }
    }

    /// The place of the first of the plans' own totals among the sums.
    private let totalsFirst: Int

    /// Status and sums of all households of a batch.
    ///
    /// - Parameter idle: assessors of calls before.
    func decide(_ batch: FactBatch, _ idle: IdleAssessors) -> AreaDecisions {
        var decisions = AreaDecisions(households: batch.count, plans: plans.count, sums: sums)
        let assessor: BulkAssessor
        if let known = idle.take(for: self) {
            assessor = known
            assessor.turn(to: batch)
        } else {
            assessor = BulkAssessor(program, over: batch)
        }
        defer { idle.put(assessor, for: self) }
        assessor.run(0..<batch.count) { chunk in
            for (place, plan) in plans.enumerated() {
                decisions.take(status: chunk.status(place), place, chunk.households)
                for benefit in plan.benefits.indices {
                    decisions.take(chunk.sums(place, benefit), plan.firstSum + benefit, chunk.households)
                }
            }
            for total in 0..<(sums - totalsFirst) {
                decisions.take(chunk.step(total), totalsFirst + total, chunk.households)
            }
        }
        return decisions
    }

    /// The sums of a plan by how often.
    func totals(_ place: Int, _ household: Int, _ decisions: AreaDecisions) -> [PaymentPeriod: MoneyRange] {
        var totals: [PaymentPeriod: MoneyRange] = [:]
        guard decisions.status(place, household) != JZ_INELIGIBLE else { return totals }
        let plan = plans[place]
        for (benefit, texts) in plan.benefits.enumerated() where !texts.isGift {
            let sum = decisions.sum(plan.firstSum + benefit, household)
            totals[texts.period] = totals[texts.period]?.adding(sum) ?? sum
        }
        for (period, total) in plan.totals where totals[period] != nil {
            totals[period] = decisions.sum(totalsFirst + total, household)
        }
        return totals
    }
}

/// A plan as callers see it.
struct PlanTexts: Sendable {
    let id: CText
    let label: LabelTexts
    let benefits: [BenefitTexts]
    /// The place of its first benefit among the sums of a household.
    let firstSum: Int
    /// The places of its own totals after the sums of all benefits.
    let totals: [PaymentPeriod: Int]
    /// Whether more than its sums tells what it gives: things, and what exclusions took.
    let isDetailed: Bool

    init(_ plan: ProgramPlan, _ totals: [PaymentPeriod: Int], firstSum: Int) {
        id = CText(plan.program)
        label = LabelTexts(plan.label)
        benefits = plan.benefits.map(BenefitTexts.init)
        self.firstSum = firstSum
        self.totals = totals
        isDetailed = plan.benefits.contains { $0.gift != nil || !$0.reductions.isEmpty }
    }
}

/// A benefit as callers see it.
struct BenefitTexts: Sendable {
    let name: String
    let id: CText
    let label: LabelTexts
    let period: PaymentPeriod
    let isGift: Bool

    init(_ benefit: PlannedBenefit) {
        name = benefit.id
        id = CText(benefit.id)
        label = LabelTexts(benefit.label)
        period = benefit.period
        isGift = benefit.gift != nil
    }
}

/// A name in both languages.
struct LabelTexts: Sendable {
    let chinese: CText
    let english: CText

    init(_ label: Label) { (chinese, english) = (CText(label.chinese), CText(label.english)) }
}

/// Status and sums of households of one area, household after household.
struct AreaDecisions: Sendable {
    private let plans: Int
    private let sums: Int
    private var statuses: [UInt8]
    /// The least and the greatest of each sum, in fen.
    private var ends: [Int64]

    init(households: Int, plans: Int, sums: Int) {
        (self.plans, self.sums) = (plans, sums)
        statuses = [UInt8](repeating: UInt8(JZ_UNDETERMINED), count: households * plans)
        ends = [Int64](repeating: 0, count: households * sums * 2)
    }

    fileprivate mutating func take(status: UnsafePointer<UInt8>, _ plan: Int, _ households: Range<Int>) {
        for (row, household) in households.enumerated() { statuses[household * plans + plan] = status[row] }
    }

    fileprivate mutating func take(_ sum: BulkChunk.Ends, _ place: Int, _ households: Range<Int>) {
        for (row, household) in households.enumerated() {
            let first = (household * sums + place) * 2
            ends[first] = sum.least[row]
            ends[first + 1] = sum.most[row]
        }
    }

    /// The number of a plan's status.
    func status(_ plan: Int, _ household: Int) -> Int32 { Int32(statuses[household * plans + plan]) }

    /// A sum; what nothing limits says so.
    func sum(_ place: Int, _ household: Int) -> MoneyRange {
        let first = (household * sums + place) * 2
        return MoneyRange(
            Money(fen: ends[first]), Money(fen: ends[first + 1]), isUnbounded: ends[first + 1] >= Assessor.unlimited)
    }
}

/// Assessors that no call uses, with the memory that they need: a few megabytes each for a province. For any number of
/// threads; an assessor is in the hands of one at a time.
final class IdleAssessors: Sendable {
    private let idle = Mutex<[Idle]>([])
    /// How many are kept at most.
    private static let kept = 16

    private struct Idle: @unchecked Sendable {
        let decider: AreaDecider
        let assessor: BulkAssessor
    }

    /// An assessor of a decider, which nobody else has from now on; nil where there is none.
    func take(for decider: AreaDecider) -> BulkAssessor? {
        let found = idle.withLock { idle in
            idle.lastIndex { $0.decider === decider }.map { idle.remove(at: $0) }
        }
        return found?.assessor
    }

    /// Keeps an assessor; of too many the one that was not needed longest goes.
    func put(_ assessor: BulkAssessor, for decider: AreaDecider) {
        // Of what it holds nothing is kept but memory, so that the builder's facts have one owner again.
        assessor.turn(to: decider.nobody)
        let entry = Idle(decider: decider, assessor: assessor)
        // Released behind the lock.
        let gone = idle.withLock { idle in
            idle.append(entry)
            return idle.count > Self.kept ? idle.removeFirst() : nil
        }
        _ = gone
    }
}

/// What decides households under one policy, kept for the areas and days that were asked for. For any number of threads.
final class AreaDeciders: Sendable {
    private let known = Mutex<[Key: AreaDecider]>([:])
    /// How many are kept at most.
    private static let kept = 512

    private struct Key: Hashable {
        let area: DivisionCode
        let date: CalendarDate
        let knownOn: CalendarDate?
        let stage: Stage

        init(_ area: DivisionCode, _ options: AssessOptions) {
            self.area = area
            (date, knownOn, stage) = (options.date, options.knownOn, options.stage)
        }
    }

    subscript(area: DivisionCode, options: AssessOptions) -> AreaDecider? {
        get { known.withLock { $0[Key(area, options)] } }
        set {
            known.withLock { known in
                // A host that runs for years asks for a new day every day.
                if known.count >= Self.kept { known.removeAll() }
                known[Key(area, options)] = newValue
            }
        }
    }
}
