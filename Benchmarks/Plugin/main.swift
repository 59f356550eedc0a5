// The first plugin of jiuzhu_plugin.h beside the same rule as an allowance in YAML, over the same invented households:
// nanoseconds a household of the processor, the ratio, and what was decided, which has to be the same.
// usage: plugin-benchmark <meals.so> [households]

import AssistanceCore
import AssistanceEngine
import AssistancePlugins
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

func fail(_ message: String) -> Never {
    print("plugin-benchmark: \(message)")
    exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count > 1 else { fail("name the plugin") }
let count = arguments.count > 2 ? Int(arguments[2]) ?? 200_000 : 200_000

/// The bytes of a file.
func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fail("\(path) cannot be opened") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let read = fread(&part, 1, part.count, file), read > 0 { bytes += part[..<read] }
    return bytes
}

let rule = """
    area: 990000 例省
    from: 2025-01-01
    source: meals

    school-meals:
      each: 1000 yuan/year
    allowances:
      meals:
        items:
          - {id: meals, label: 营养餐, for: anyone, when: "member.study in ['primary', 'junior']", add: 1000 yuan/year}
    """
let documents = "documents:\n  meals: {title: 营养改善办法, status: illustrative, note: invented}\n"
let files = [("areas.yaml", "area: 990000 例省\n"), ("documents.yaml", documents), ("meals.yaml", rule)].map {
    PolicyFile(path: "x/" + $0.0, bytes: Array($0.1.utf8))
}

let plugins = PluginSet(beside: assistancePrograms)
do throws(PluginRefusal) {
    try plugins.load(arguments[1], sha256: Digest.bytes(bytes(of: arguments[1])))
} catch {
    fail(error.message)
}
let findings = Findings()
let programs = plugins.programs
let library = PolicyLibrary(files: files, jurisdiction: "x", sections: Engine.sections(of: programs), findings)
guard let day = CalendarDate(iso: "2025-06-01") else { fail("no such day") }
let policy = Engine(library, programs: programs)
    .policy(area: library.jurisdiction, date: day, stage: .application, findings)
guard findings.sorted.isEmpty else { fail(findings.sorted.map(\.description).joined(separator: "\n")) }

let batch = SyntheticPopulation(areas: [], seed: 20_260_101, households: count, schema: .national).batch(0..<count)

/// Nanoseconds of the processor a household, the best of nine runs, and what was decided.
func time(_ program: String) -> (nanoseconds: Double, totals: Totals) {
    let bulk = BulkAssessor(policy, programs: [program], over: batch)
    guard bulk.plans.count == 1, bulk.usesColumns(0) else { fail("'\(program)' is not decided in columns") }
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
    var best = Double.infinity
    var totals = bulk.run()
    for _ in 0..<9 {
        let start = now()
        totals = bulk.run()
        best = min(best, now() - start)
    }
    guard let first = totals.first else { fail("'\(program)' decided nothing") }
    return (best / Double(count), first)
}

let builtIn = time("allowances.meals")
let plugin = time("school-meals")
guard builtIn.totals.status == plugin.totals.status, builtIn.totals.least == plugin.totals.least,
    builtIn.totals.most == plugin.totals.most
else { fail("the two do not decide alike") }

/// A figure with one digit behind the point.
func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

let eligible = plugin.totals.status.count { $0 == 1 }
let fen = plugin.totals.least.reduce(0) { $0 + $1.reduce(0, +) }
print("households \(count), eligible \(eligible), sum \(Money(fen: fen).grouped) yuan a year, by both alike")
print("built in: \(short(builtIn.nanoseconds)) ns a household; by a plugin: \(short(plugin.nanoseconds)) ns")
print("ratio: \(short(plugin.nanoseconds / builtIn.nanoseconds))")
