// A million synthetic households under Heilongjiang's policy: nanoseconds a household for totals of low income, of each
// programme alone and of all together, and for full explanations, with the counts of outcomes, so that an empty loop
// would show.
// usage: low-income-benchmark [households] [policies] [explained households]

import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistancePopulation
import Jiuzhu

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

let arguments = CommandLine.arguments
let count = arguments.count > 1 ? Int(arguments[1]) ?? 1_000_000 : 1_000_000
let policies = arguments.count > 2 ? arguments[2] : "Policies"
let explained = min(count, arguments.count > 3 ? Int(arguments[3]) ?? 20_000 : 20_000)

let findings = Findings()

/// Nanoseconds of the processor that something takes: what else runs on the machine counts less than on a clock.
func nanoseconds(of body: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
    let start = now()
    body()
    return now() - start
}

/// Nanoseconds a household, the best of some runs, with what was decided.
func time(_ bulk: BulkAssessor, _ runs: Int) -> (nanoseconds: Int, totals: [Totals]) {
    var best = Double.infinity
    var totals: [Totals] = []
    for _ in 0..<runs {
        best = min(best, nanoseconds { totals = bulk.run() })
    }
    return (Int(best / Double(count)), totals)
}

func outcome(_ totals: Totals) -> String {
    let eligible = totals.status.count { $0 == 1 }
    let undetermined = totals.status.count { $0 == 2 }
    let fen = totals.least.reduce(0) { $0 + $1.reduce(0, +) }
    return "eligible \(eligible), undetermined \(undetermined), by row \(totals.decidedByRow), "
        + "sum \(Money(fen: fen).grouped) yuan"
}

let batch = SyntheticPopulation(areas: [], seed: 20_260_101, households: count, schema: .national).batch(0..<count)
let members = batch.table(.member).count
print("households \(count), members \(members)")

for (path, area, day) in [
    ("heilongjiang", "231081", "2025-06-01"), ("heilongjiang/mudanjiang", "231025", "2026-06-01"),
] {
    guard let code = DivisionCode(area), let date = CalendarDate(iso: day) else { continue }
    let library = PolicyLibrary.load(
        path, in: policies, sections: Engine.sections(of: assistancePrograms), findings)
    let engine = Engine(library, programs: assistancePrograms)
    let policy = engine.policy(area: code, date: date, stage: .application, findings)
    guard !findings.hasErrors else {
        for finding in findings.sorted { print(finding) }
        continue
    }
    print("\(path) \(area) \(day)")
    for plan in policy.plans {
        let bulk = BulkAssessor(policy, programs: [plan.program], over: batch)
        let (time, totals) = time(bulk, 3)
        let way = bulk.usesColumns(0) ? "" : ", no columns"
        print("  \(plan.program): \(time) ns a household on one core\(way); \(totals.first.map(outcome) ?? "")")
    }
    let bulk = BulkAssessor(policy, over: batch)
    print("  columns: \(bulk.instructions ?? "none")")
    print("  all \(policy.plans.count) plans together: \(time(bulk, 3).nanoseconds) ns a household on one core")

    let assessor = Assessor(engine, policy, over: batch)
    var steps = 0
    let time = nanoseconds {
        for household in 0..<explained {
            steps += assessor.assess(household: household, explain: true).determinations.reduce(0) {
                $0 + $1.steps.count
            }
        }
    }
    print(
        "  full explanation: \(Int(time / Double(explained))) ns a household (\(explained) households, \(steps) outermost steps)"
    )
}
