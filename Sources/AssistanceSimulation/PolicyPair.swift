import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy

/// The two policies of an area. What both compute in the same way is decided once, and cannot differ.
struct PolicyPair {
    /// The programmes that either offers.
    let programs: [SimulationResult.Program]
    /// The programmes that hold, made ready for any number of households.
    private let baseline: BulkProgram
    /// Those that the reform changes.
    private let reform: BulkProgram
    private let shortfall: Shortfall?
    private let unchanged: Set<String>

    /// Whether the reform changes what any programme of the area computes.
    var isChanged: Bool { programs.contains { !unchanged.contains($0.id) } }

    init(_ baseline: CompiledPolicy, _ reform: CompiledPolicy) {
        let counterparts = reform.graph.counterparts(in: baseline.graph)
        let old = baseline.graph.counterparts(in: baseline.graph)
        func isSame(_ a: NodeID, _ b: NodeID) -> Bool {
            let (found, known) = (counterparts[Int(a.index)], old[Int(b.index)])
            return found != nil && found == known
        }
        let unchanged = Set(
            reform.plans.filter { plan in
                guard let before = baseline.plans.first(where: { $0.program == plan.program }),
                    isSame(plan.eligible, before.eligible), plan.benefits.count == before.benefits.count
                else { return false }
                return zip(plan.benefits, before.benefits).allSatisfy { new, old in
                    new.period == old.period && (new.gift == nil) == (old.gift == nil) && isSame(new.amount, old.amount)
                }
            }.map(\.program))
        self.unchanged = unchanged
        var seen: Set<String> = []
        programs = (baseline.plans + reform.plans).filter { seen.insert($0.program).inserted }
            .map { SimulationResult.Program(id: $0.program, label: $0.label) }
        self.baseline = BulkProgram(withTotalsOf: baseline)
        self.reform = BulkProgram(
            withTotalsOf: reform, programs: Set(reform.plans.map(\.program)).subtracting(unchanged))
        shortfall = Shortfall(baseline)
    }

    // MARK: Households

    /// Decides the households of a batch under both policies and counts them.
    func count(_ batch: FactBatch) -> AreaTally {
        var tally = AreaTally(self)
        let residences = residences(batch)
        let sizes = (0..<batch.count).map { batch.rows(.member, of: $0).count }
        var all = [Whole](repeating: Whole(), count: batch.count)
        let before = PlanOutcome.all(baseline, over: batch)
        let after = PlanOutcome.all(reform, over: batch)
        for (place, program) in programs.enumerated() {
            let (held, proposed) = (before[program.id], after[program.id])
            let isChanged = !unchanged.contains(program.id)
            for household in 0..<batch.count {
                let old = Decided(held, household)
                let new = isChanged ? Decided(proposed, household) : old
                let change = isChanged ? Change(from: old.firstYear, to: new.firstYear) : .none
                all[household].add(old, new, isChanged: isChanged)
                tally.effects[residences[household]][place].add(old, new, change, persons: sizes[household])
            }
        }
        let shortfalls = shortfall?.fen(of: batch)
        for household in 0..<batch.count {
            let (whole, residence) = (all[household], residences[household])
            tally.all[residence].add(
                whole.old, whole.new, Change(from: whole.changing.old, to: whole.changing.new),
                persons: sizes[household])
            if let shortfall = shortfalls?[household] {
                tally.gaps[residence].baseline.add(shortfall, less: whole.old.year)
                tally.gaps[residence].reform.add(shortfall, less: whole.new.year)
            } else {
                tally.gaps[residence].unmeasured += 1
            }
        }
        return tally
    }

    /// Of each household the place of where it lives among all residences.
    private func residences(_ batch: FactBatch) -> [Int] {
        let all = Residence.allCases
        let unknown = all.firstIndex(of: .unknown) ?? 0
        guard let place = batch.schema.place(.household, "residence"),
            case .code(let list) = batch.schema.facts[place].type
        else { return Array(repeating: unknown, count: batch.count) }
        return (0..<batch.count).map { household in
            let code = batch.value(place, row: household).flatMap { Int(exactly: $0) }.flatMap { list[$0] }
            return all.firstIndex { $0.rawValue == code?.name } ?? unknown
        }
    }
}

/// What one policy decides about a household: in a programme, or in all together.
private struct Decided {
    var status = Status.ineligible
    /// By period of payment.
    var support = PaymentPeriod.allCases.map { _ in PlanOutcome.Support() }

    init() {}

    /// What a plan decides; a programme that is not offered gives nothing.
    init(_ outcome: PlanOutcome?, _ household: Int) {
        guard let outcome else { return }
        status = outcome.status(household)
        if status != .ineligible { support = outcome.support(household) }
    }

    private func sum(_ period: PaymentPeriod) -> PlanOutcome.Support {
        PaymentPeriod.allCases.firstIndex(of: period).map { support[$0] } ?? PlanOutcome.Support()
    }

    /// Twelve months and what is paid yearly.
    var year: PlanOutcome.Support { sum(.monthly).times(12) + sum(.yearly) }
    /// That, and what is paid once.
    var firstYear: PlanOutcome.Support { year + sum(.once) }
}

/// What both policies decide about a household in all programmes.
private struct Whole {
    var old = Decided()
    var new = Decided()
    /// The first year's sums of the programmes that the reform changes; the others cannot differ.
    var changing = (old: PlanOutcome.Support(), new: PlanOutcome.Support())

    mutating func add(_ old: Decided, _ new: Decided, isChanged: Bool) {
        self.old.add(old)
        self.new.add(new)
        if isChanged { changing = (changing.old + old.firstYear, changing.new + new.firstYear) }
    }
}

extension Decided {
    /// Whoever is eligible for any programme is; whoever may be, may be.
    fileprivate mutating func add(_ other: Decided) {
        switch (status, other.status) {
        case (.eligible, _), (_, .eligible): status = .eligible
        case (.undetermined, _), (_, .undetermined): status = .undetermined
        default: break
        }
        for place in support.indices { support[place] = support[place] + other.support[place] }
    }
}

/// How what a household is given changes, as far as that is sure.
private enum Change {
    case none
    case gain(SumRange)
    case loss(SumRange)
    case unsettled

    init(from old: PlanOutcome.Support, to new: PlanOutcome.Support) {
        if let most = old.most, new.least > most {
            guard let greatest = new.most else {
                self = .unsettled
                return
            }
            self = .gain(SumRange(least: Int128(new.least - most), most: Int128(greatest - old.least)))
        } else if let most = new.most, most < old.least {
            guard let greatest = old.most else {
                self = .unsettled
                return
            }
            self = .loss(SumRange(least: Int128(old.least - most), most: Int128(greatest - new.least)))
        } else if old.least == old.most, new.least == new.most {
            self = .none
        } else {
            self = .unsettled
        }
    }
}

extension ReformEffect {
    fileprivate mutating func add(_ old: Decided, _ new: Decided, _ change: Change, persons size: Int) {
        households += 1
        persons += size
        move(old.status, new.status)
        baseline.add(old, persons: size)
        reform.add(new, persons: size)
        switch change {
        case .none: break
        case .gain(let sum):
            gainers += 1
            gains += sum
        case .loss(let sum):
            losers += 1
            losses += sum
        case .unsettled: unsettled += 1
        }
    }
}

extension SupportTotals {
    /// Adds what an eligible household is given; one that is undetermined is counted, and its sum is not guessed.
    fileprivate mutating func add(_ decided: Decided, persons size: Int) {
        guard decided.status == .eligible else { return }
        persons += size
        var isLimited = true
        for (place, support) in decided.support.enumerated() {
            sums[place] += SumRange(least: Int128(support.least), most: Int128(support.most ?? support.least))
            if support.most == nil { isLimited = false }
        }
        if !isLimited { unlimited += 1 }
    }
}

extension PovertyGap.Side {
    /// A household that lacks so much in a year before it is given anything.
    fileprivate mutating func add(_ shortfall: Int64, less support: PlanOutcome.Support) {
        let least = support.most.map { max(0, shortfall - $0) } ?? 0
        let most = max(0, shortfall - support.least)
        if least > 0 { surely += 1 }
        if most > 0 { perhaps += 1 }
        sum += SumRange(least: Int128(least), most: Int128(most))
    }
}
