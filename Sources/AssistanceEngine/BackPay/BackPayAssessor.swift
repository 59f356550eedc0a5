import AssistanceCore
import AssistancePolicy

/// Computes back pay for the households of a file, whose facts are taken to hold in every month.
public struct BackPayAssessor {
    private let engine: Engine
    private let households: HouseholdFile
    private let period: BackPayPeriod
    private let stage: Stage

    /// Back pay under a policy.
    public init(_ engine: Engine, households: HouseholdFile, period: BackPayPeriod, stage: Stage) {
        self.engine = engine
        self.households = households
        self.period = period
        self.stage = stage
    }

    /// The back pay of one household. Mistakes of the policy go to `findings`; with an error it must not be used.
    public func backPay(household row: Int, in area: DivisionCode, _ findings: Findings) -> BackPay {
        var pairs: [(before: Assessment, now: Assessment)] = []
        for day in period.months {
            pairs.append(
                (
                    assess(row, area, day, period.knownBefore, findings), assess(row, area, day, period.known, findings)
                ))
        }
        let all = pairs.flatMap { [$0.before, $0.now] }
        let changes = self.changes(in: area)
        return BackPay(
            id: households.households[row].id, area: area, areaName: engine.library.areas.fullName(of: area),
            period: period, stage: stage,
            programs: engine.programs.compactMap { program in
                let pairs = pairs.map { (of(program, $0.before), of(program, $0.now)) }
                // What the area does not offer in any month is not spoken of.
                return pairs.allSatisfy { $0 == nil && $1 == nil } ? nil : months(of: program, pairs, changes)
            },
            changes: changes, weakestSource: all.compactMap(\.weakestSource).min(),
            receipt: Receipt(
                engine: Engine.version, policyDigest: engine.policyDigest,
                factsDigest: Digest.facts(households.batch, household: row), date: period.from,
                knownOn: period.known))
    }

    private func assess(
        _ row: Int, _ area: DivisionCode, _ day: CalendarDate, _ knownOn: CalendarDate?, _ findings: Findings
    ) -> Assessment {
        let policy = engine.policy(area: area, date: day, knownOn: knownOn, stage: stage, findings)
        return Assessor(engine, policy, over: households.batch).assess(household: row, knownOn: knownOn, explain: false)
    }

    // MARK: Sums

    private func of(_ program: any AssistanceProgram, _ assessment: Assessment) -> Determination? {
        assessment.determinations.first { $0.program == program.id }
    }

    private func months(
        of program: any AssistanceProgram, _ pairs: [(before: Determination?, now: Determination?)],
        _ changes: [BackPay.Change]
    ) -> BackPay.Program {
        let months = zip(period.months, pairs).map { day, pair in
            let (before, now) = (sum(pair.before), sum(pair.now))
            // Where the policy is the same, so is whatever it leaves open.
            let isSame = before.amount != nil && !changes.contains { $0.months.contains(day) }
            return BackPay.Month(
                day: day, before: before, now: now,
                difference: isSame ? MoneyRange(.zero, .zero) : difference(now.amount, before.amount))
        }
        var missing: [Missing] = []
        for item in pairs.flatMap({ [$0.before, $0.now] }).flatMap({ $0?.missing ?? [] })
        where !missing.contains(item) { missing.append(item) }
        return BackPay.Program(
            program: program.id, label: program.label, months: months,
            total: total(months.compactMap(\.difference)), missing: missing)
    }

    private func sum(_ determination: Determination?) -> BackPay.Sum {
        let status = determination?.status ?? .undetermined
        return BackPay.Sum(status: status, amount: status == .undetermined ? nil : determination?.monthly)
    }

    private func difference(_ now: MoneyRange?, _ before: MoneyRange?) -> MoneyRange? {
        guard let now, let before, let least = now.least.subtracting(before.most),
            let most = now.most.subtracting(before.least)
        else { return nil }
        return MoneyRange(least, most)
    }

    private func total(_ differences: [MoneyRange]) -> MoneyRange? {
        guard let first = differences.first else { return nil }
        var sum = first
        for next in differences.dropFirst() {
            guard let least = sum.least.adding(next.least), let most = sum.most.adding(next.most) else { return nil }
            sum = MoneyRange(least, most)
        }
        return sum
    }

    // MARK: Policy

    private func changes(in area: DivisionCode) -> [BackPay.Change] {
        var changes: [BackPay.Change] = []
        for key in engine.library.decisiveKeys {
            for place in area.chain {
                var open: Int?
                for day in period.months {
                    let before = entry(key, place, day, period.knownBefore)
                    let now = entry(key, place, day, period.known)
                    guard before?.node !== now?.node else {
                        open = nil
                        continue
                    }
                    if let last = open, changes[last].before?.node === before?.node,
                        changes[last].now?.node === now?.node
                    {
                        changes[last].months.append(day)
                        continue
                    }
                    open = changes.count
                    changes.append(
                        BackPay.Change(
                            key: key, label: engine.library.label(of: key), area: place, before: before, now: now,
                            months: [day]))
                }
            }
        }
        return changes
    }

    private func entry(_ key: String, _ area: DivisionCode, _ day: CalendarDate, _ knownOn: CalendarDate?) -> TermEntry?
    {
        engine.library.inForce(key, chain: [area], on: day, knownOn: knownOn).first
    }
}
