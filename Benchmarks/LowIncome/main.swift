// A million synthetic households under Heilongjiang's low-income policy: nanoseconds a household for totals and for
// full explanations, with the counts of outcomes, so that an empty loop would show.
// usage: low-income-benchmark [households] [policies] [explained households]

import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistancePopulation
import Jiuzhu

let arguments = CommandLine.arguments
let count = arguments.count > 1 ? Int(arguments[1]) ?? 1_000_000 : 1_000_000
let policies = arguments.count > 2 ? arguments[2] : "Policies"
let explained = min(count, arguments.count > 3 ? Int(arguments[3]) ?? 20_000 : 20_000)

let findings = Findings()
let programs: [any AssistanceProgram] = [LowIncomeProgram(), SpecialPovertyProgram()]
let clock = ContinuousClock()

func nanoseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
}

let batch = SyntheticPopulation(areas: [], seed: 20_260_101, households: count, schema: .national).batch(0..<count)
let members = batch.table(.member).count
print("households \(count), members \(members)")

for (path, area, day) in [
    ("heilongjiang", "231081", "2025-06-01"), ("heilongjiang/mudanjiang", "231025", "2026-06-01"),
] {
    guard let code = DivisionCode(area), let date = CalendarDate(iso: day) else { continue }
    let library = PolicyLibrary.load(path, in: policies, sections: Engine.sections(of: programs), findings)
    let engine = Engine(library, programs: programs, run: ["low-income"])
    let policy = engine.policy(area: code, date: date, stage: .application, findings)
    guard !findings.hasErrors, let bulk = BulkAssessor(policy, program: "low-income", over: batch) else {
        for finding in findings.sorted { print(finding) }
        continue
    }
    var best = Double.infinity
    var totals = bulk.run()
    for _ in 0..<5 {
        let time = clock.measure { totals = bulk.run() }
        best = min(best, nanoseconds(time))
    }
    let eligible = totals.status.count { $0 == 1 }
    let undetermined = totals.status.count { $0 == 2 }
    let fen = totals.least.reduce(0) { $0 + $1.reduce(0, +) }
    print("\(path) \(area) \(day), columns: \(bulk.columns ?? "none")")
    print("  totals: \(Int(best / Double(count))) ns a household on one core (best of 5 runs)")
    print(
        "  eligible \(eligible) (\(eligible * 100 / count) %), undetermined \(undetermined), decided by row \(totals.decidedByRow), sum \(Money(fen: fen).grouped) yuan a month"
    )

    let assessor = Assessor(engine, policy, over: batch)
    var steps = 0
    let time = clock.measure {
        for household in 0..<explained {
            steps += assessor.assess(household: household, explain: true).determinations.reduce(0) {
                $0 + $1.steps.count
            }
        }
    }
    print(
        "  full explanation: \(Int(nanoseconds(time) / Double(explained))) ns a household (\(explained) households, \(steps) outermost steps)"
    )
}
