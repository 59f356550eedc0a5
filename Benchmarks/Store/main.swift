// A file of many cases: what it costs to make them, to open one, to list what is overdue in a township, and to verify all.
// Counts stand beside the times, so that an empty loop would show.
// usage: store-benchmark [cases] [policies] [folder]

import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords
import Jiuzhu

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

let arguments = CommandLine.arguments
let count = max(1, arguments.count > 1 ? Int(arguments[1]) ?? 100_000 : 100_000)
let policies = arguments.count > 2 ? arguments[2] : "Policies"
let folder = arguments.count > 3 ? arguments[3] : "."
let path = folder + "/store-benchmark.db"
let townships = 20
let auditor = CaseActor(id: "a-1", role: .supervisor, area: CaseLife.township(0).parent ?? .nation)

func run() throws {
    let findings = Findings()
    let library = PolicyLibrary.load(
        "heilongjiang/mudanjiang", in: policies, sections: Engine.sections(of: assistancePrograms), findings)
    let engine = Engine(library, programs: assistancePrograms)
    remove()
    let keys = try RecordKeys(secret: Array(repeating: 9, count: 32))
    let store = try CaseStore.create(path, keys: keys, engine: engine)

    let clock = ContinuousClock()
    var (steps, granted, closed) = (0, 0, 0)
    let start = clock.now
    for first in stride(from: 0, to: count, by: 1_000) {
        try store.together { session in
            for place in first..<min(first + 1_000, count) {
                let life = CaseLife(place)
                let state = try life.run(in: session)
                steps += state.events
                if state.stage == .granted { granted += 1 }
                if state.stage == .closed { closed += 1 }
            }
        }
    }
    let made = clock.now - start
    print("\(count) cases, \(steps) steps, \(granted) granted, \(closed) closed: \(perUnit(made, steps)) µs a step")
    let statistics = try store.records.statistics
    print("\(statistics.bytes >> 20) MB, \(statistics.documents) sealed documents, \(statistics.persons) persons")

    var (opened, events) = (0, 0)
    let opening = clock.measure {
        for place in 0..<2_000 {
            if let state = try? store.state(of: Int64(place * 7919 % count + 1), for: auditor) {
                (opened, events) = (opened + 1, events + state.events)
            }
        }
    }
    print("open a case: \(perUnit(opening, opened)) µs (\(opened) opened, \(events) events)")

    let one = try store.list(in: CaseLife.township(3), for: auditor, limit: 1).count
    let step = clock.measure {
        for place in 0..<200 {
            let number = Int64(place * 104_729 % count + 1)
            _ = try? store.advance(
                number, CaseLife.complaint, by: CaseActor(id: "s-1", role: .clerk, area: CaseLife.area(of: number)),
                at: CaseLife.now)
        }
    }
    print("a step of a case with its own sync: \(perUnit(step, 200)) µs (\(one) listed)")

    var late: [CaseRow] = []
    let listing = try clock.measure {
        late = try store.overdue(
            in: CaseLife.township(3), for: auditor, on: CaseLife.day("2026-12-01"), limit: 100_000)
    }
    print("overdue in a township: \(perUnit(listing, 1)) µs, \(late.count) cases")

    var verification: RecordVerification?
    let verifying = try clock.measure { verification = try store.verify(anchor: store.records.head) }
    let problems = verification?.problems.count ?? -1
    print(
        "verify: \(perUnit(verifying, 1_000)) ms, \(verification?.events ?? 0) events, \(problems) problems: "
            + "\(perUnit(verifying, Int(verification?.events ?? 1))) µs an event")
    remove()
}

func remove() { for end in ["", "-wal", "-shm"] { unlink(path + end) } }

/// Microseconds of a unit, with two decimals.
func perUnit(_ duration: Duration, _ units: Int) -> String {
    let (seconds, atto) = duration.components
    let hundredths = (seconds * 100_000_000 + atto / 10_000_000_000) / Int64(max(1, units))
    let part = hundredths % 100
    return "\(hundredths / 100).\(part < 10 ? "0" : "")\(part)"
}

do { try run() } catch {
    print("error: \(error)")
    exit(1)
}
