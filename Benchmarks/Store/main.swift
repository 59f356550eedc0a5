// A file of many cases: what it costs to make them, to open one, to list what is overdue in a township, to make the payment
// list of a month, and to verify all. Counts stand beside the times, so that an empty loop would show.
// usage: store-benchmark [cases] [policies] [folder]

import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceFunding
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
let count = max(1_000, arguments.count > 1 ? Int(arguments[1]) ?? 100_000 : 100_000)
let policies = arguments.count > 2 ? arguments[2] : "Policies"
let folder = arguments.count > 3 ? arguments[3] : "."
let path = folder + "/store-benchmark.db"
/// Cases that are on their way at the same time, so that the events of each stand apart in the file.
let wave = 20_000
let province = Province(cases: count)
let auditor = CaseActor(id: "a-1", role: .supervisor, area: .nation)

func run() throws {
    let findings = Findings()
    let library = PolicyLibrary.load(
        "heilongjiang/mudanjiang", in: policies, sections: Engine.sections(of: assistancePrograms), findings)
    let engine = Engine(library, programs: assistancePrograms)
    remove()
    defer { remove() }
    let keys = try RecordKeys(secret: Array(repeating: 9, count: 32))
    let store = try CaseStore.create(path, keys: keys, engine: engine)
    try makeCases(store)
    try openCases(store)
    try takeSteps(store)
    try listOverdue(store)
    try listPayments(store)
    try verify(store)
    try weigh(store)
}

func makeCases(_ store: CaseStore) throws {
    var (steps, granted, closed) = (0, 0, 0)
    let lived = try Stopwatch.time {
        for place in 0..<Province.office {
            let state = try store.together { try CaseLife(place, in: province).run(in: $0) }
            steps += state.events
            if state.stage == .granted { granted += 1 }
            if state.stage == .closed { closed += 1 }
        }
    }
    print(
        "\(Province.office) cases through the office, \(steps) steps, \(granted) granted, \(closed) closed: "
            + "\(lived.per(steps)) µs a step")

    let models = try (1...Int64(Province.office)).map { try CaseTemplate($0, of: store) }
    var copied = 0
    let written = try Stopwatch.time {
        for first in stride(from: Province.office, to: count, by: wave) {
            try store.records.write { writer in
                var cases = (first..<min(first + wave, count)).map { place in
                    CaseCopy(
                        models[place % Province.office], as: Int64(place + 1), in: province.township(place),
                        of: CaseLife(place, in: province).people)
                }
                var isOver = false
                while !isOver {
                    isOver = true
                    for place in cases.indices where try cases[place].advance(writer) {
                        (copied, isOver) = (copied + 1, false)
                    }
                }
            }
        }
    }
    let statistics = try store.records.statistics
    print(
        "\(count - Province.office) cases after them, \(copied) steps: \(written.per(copied)) µs a step, "
            + "\(written.seconds) s")
    print(
        "\(statistics.events) events, \(statistics.documents) sealed documents, \(statistics.persons) persons, "
            + "\(statistics.bytes >> 20) MB: \(statistics.bytes / Int64(count)) bytes a case")
}

func openCases(_ store: CaseStore) throws {
    var (opened, events) = (0, 0)
    let opening = try Stopwatch.time {
        for place in 0..<2_000 {
            let state = try store.state(of: Int64(place * 7919 % count + 1), for: auditor)
            (opened, events) = (opened + 1, events + state.events)
        }
    }
    print("open a case: \(opening.per(opened)) µs (\(opened) opened, \(events) events)")
}

func takeSteps(_ store: CaseStore) throws {
    var kept = 0
    let stepping = try Stopwatch.time {
        for place in 0..<200 {
            let other = place * 104_729 % count
            let clerk = CaseActor(id: "s-1", role: .clerk, area: province.township(other))
            _ = try store.advance(Int64(other + 1), CaseLife.complaint, by: clerk, at: CaseLife.now)
            kept += 1
        }
    }
    print(
        "a step of a case with its own sync: \(stepping.per(kept)) µs, \(stepping.processor / kept) µs of a processor")
}

func listOverdue(_ store: CaseStore) throws {
    var late: [CaseRow] = []
    let listing = try Stopwatch.time {
        late = try store.overdue(
            in: province.township(3), for: auditor, on: CaseLife.day("2026-12-01"), limit: 100_000)
    }
    print("overdue in a township: \(listing.per(1)) µs, \(late.count) cases")
}

func listPayments(_ store: CaseStore) throws {
    let year = try PaymentYear(store)
    // Two counties are paid for a year, each month by a run of its own.
    let paid = min(2, province.counties - 1)
    let county = province.county(0)
    let before = try year.list(county, month: 0)
    print("payment list of a county of \(before.lines) cases, nothing paid yet: \(before.time.seconds) s")
    let paying = try Stopwatch.time {
        for place in 0..<paid { for month in 0..<12 { try year.pay(province.county(place), month: month) } }
    }
    print(
        "\(year.payments) payments of \(paid) counties in 12 months: \(paying.per(year.payments)) µs each, "
            + "\(paying.seconds) s")
    let after = try year.list(county, month: 12)
    print("payment list of the county, 12 months paid: \(after.time.seconds) s, \(after.lines) cases")
    let whole = try year.list(Province.area, month: 0)
    print("payment list of the province: \(whole.time.seconds) s, \(whole.lines) cases")
}

func verify(_ store: CaseStore) throws {
    var verification: RecordVerification?
    let anchor = try store.records.head
    let before = Stopwatch.peak
    let verifying = try Stopwatch.time { verification = try PaymentStore(store).verify(anchor: anchor) }
    let (events, problems) = (Int(verification?.events ?? 0), verification?.problems.count ?? -1)
    print(
        "verify: \(verifying.seconds) s, \(events) events, \(problems) problems: \(verifying.per(events)) µs an event, "
            + "\(verifying.processor / max(1, events)) µs of a processor")
    print("peak memory: \(before) MB before, \(Stopwatch.peak) MB after")
}

func weigh(_ store: CaseStore) throws {
    print("bytes a case by table and index:")
    try store.records.read { reader in
        let rows = try reader.database.select(
            // Page by page: what dbstat adds up by itself has 32 bits.
            "SELECT name, sum(pgsize), sum(payload) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12")
        while try rows.step() {
            print(
                "  \(rows.string(0) ?? ""): \((rows.integer(1) ?? 0) / Int64(count)), of them data: "
                    + "\((rows.integer(2) ?? 0) / Int64(count))")
        }
    }
}

func remove() { for end in ["", "-wal", "-shm"] { unlink(path + end) } }

do { try run() } catch {
    print("error: \(error)")
    exit(1)
}
