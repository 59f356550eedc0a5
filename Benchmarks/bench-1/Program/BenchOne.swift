import AssistanceCore
import AssistanceEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// bench-1 by Jiuzhu's own programmes. The last line that it prints is a measurement in JSON.
@main
struct BenchOne {
    private static let usage = """
        usage: bench-1 DATADIR [--threads T] [--runs K] [--out FILE] [--params FILE] [--policy DIR] [--instructions]
                       [--only-passes]
               bench-1 --generate N DATADIR [--seed S]
               bench-1 --one DATADIR
        """

    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            let line = Array("bench-1: \(error)\n".utf8)
            _ = write(STDERR_FILENO, line, line.count)
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        var plain: [String] = []
        var options: [String: String] = [:]
        var rest = arguments[...]
        while let next = rest.popFirst() {
            switch next {
            case "--threads", "--runs", "--out", "--params", "--policy", "--seed": options[next] = rest.popFirst() ?? ""
            case "--generate", "--one", "--instructions", "--only-passes": options[next] = "yes"
            default: plain.append(next)
            }
        }
        if options["--generate"] != nil {
            guard plain.count == 2, let count = Int(plain[0]), (0...10_000_000).contains(count),
                let seed = options["--seed"].map({ UInt64($0) }) ?? Generator.usualSeed
            else { throw BenchProblem(usage) }
            return try Generator(seed: seed).columns(count).write(plain[1])
        }
        guard plain.count == 1, let threads = Int(options["--threads"] ?? "1"), (1...64).contains(threads),
            let runs = Int(options["--runs"] ?? "9"), (1...1_000).contains(runs)
        else { throw BenchProblem(usage) }
        var measurement = Measurement(peer: "jiuzhu-\(threads)t")
        let policy = try measurement.time(\.importing) {
            try BenchPolicy(
                options["--policy"] ?? BenchPolicy.folder, figures: options["--params"].map { try Figures($0) })
        }
        if options["--one"] != nil { return print(try explained(policy, plain[0])) }
        let batch = try measurement.time(\.loading) { try policy.batch(RawColumns.read(plain[0])) }
        let results = BenchResults(households: batch.count)
        let workers = BenchWorker.workers(threads, policy, batch, into: results)
        if options["--instructions"] != nil { print(await workers[0].instructions ?? "no columns") }
        // The first is to warm up.
        for turn in 0...runs {
            let time = await ContinuousClock().measure { await BenchWorker.run(workers) }
            if turn > 0 { measurement.runs.append(time) }
        }
        if let path = options["--out"] { try results.write(path) }
        measurement.takePeak()
        if options["--only-passes"] == nil { measurement.timeSingle(policy, batch) }
        print(measurement.json(batch, results))
    }

    /// The explanation of the first household: what a process does that starts from nothing.
    private static func explained(_ policy: BenchPolicy, _ folder: String) throws -> String {
        let batch = try policy.batch(RawColumns.read(folder)).households([0])
        let assessment = Assessor(policy.engine, policy.policy, over: batch).assess(household: 0, explain: true)
        return AssessmentText(in: .english).text(of: assessment)
    }
}

/// What was measured.
struct Measurement {
    let peer: String
    var importing = Duration.zero
    var loading = Duration.zero
    var runs: [Duration] = []
    /// Of one household, in a process that is warm, without and with explanation.
    private var single = Duration.zero
    private var explained = Duration.zero
    /// In megabytes.
    private var peak = 0.0

    init(peer: String) { self.peer = peer }

    mutating func time<Result>(_ part: WritableKeyPath<Measurement, Duration>, _ body: () throws -> Result) rethrows
        -> Result
    {
        let clock = ContinuousClock()
        let start = clock.now
        defer { self[keyPath: part] = clock.now - start }
        return try body()
    }

    mutating func takePeak() {
        var usage = rusage()
        #if canImport(Darwin)
            getrusage(RUSAGE_SELF, &usage)
        #else
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #endif
        peak = Double(usage.ru_maxrss) / 1_024
    }

    mutating func timeSingle(_ policy: BenchPolicy, _ batch: FactBatch) {
        let households = min(batch.count, 1_000)
        guard households > 0 else { return }
        let assessor = Assessor(policy.engine, policy.policy, over: batch)
        func time(_ explain: Bool) -> Duration {
            ContinuousClock().measure {
                for household in 0..<households { _ = assessor.assess(household: household, explain: explain) }
            } / households
        }
        (single, explained) = (time(false), time(true))
    }

    func json(_ batch: FactBatch, _ results: BenchResults) -> String {
        func seconds(_ duration: Duration) -> Double {
            Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        }
        let all = runs.map(seconds)
        let median = all.sorted()[all.count / 2]
        let figures: [(String, String)] = [
            ("peer", "\"\(peer)\""), ("n", "\(batch.count)"), ("p", "\(batch.table(.member).count)"),
            ("import_s", "\(seconds(importing))"), ("load_s", "\(seconds(loading))"), ("compute_s", "\(median)"),
            ("runs", "\(all)"), ("rss_mb", "\(peak)"), ("warm_us", "\(seconds(single) * 1e6)"),
            ("explained_us", "\(seconds(explained) * 1e6)"), ("flagcount", "\(results.paid)"),
            ("sums", "\(results.sums)"),
        ]
        return "{" + figures.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
    }
}
