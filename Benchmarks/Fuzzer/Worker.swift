import AssistanceCore
import AssistancePolicy
import Glibc

/// Tries one input after another and tells of each on standard output. It may crash or hang: another process watches it.
struct Worker {
    let options: Options
    private var runner: TrialRunner
    private let corpus: Corpus

    init(_ options: Options) {
        self.options = options
        corpus = Corpus(root: options.policies, others: options.folders, households: options.households)
        runner = TrialRunner(corpus, scratch: options.keep)
    }

    /// Tries the inputs of all numbers from the first one, until the time is over.
    mutating func run() {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(options.seconds))
        var number = options.first
        while clock.now < end {
            tell(.began(number))
            Processor.setAlarm(options.limit * 10)
            if var trial = Trial(number, of: options.seed, in: corpus) {
                let bytes = runner.input(of: &trial)
                Disk.write(bytes, to: options.current)
                tell(try: &trial, bytes)
            }
            number += 1
        }
    }

    /// Tries one input and prints all that is found in it.
    mutating func explain() {
        guard var trial = Trial(options.first, of: options.seed, in: corpus) else { return }
        let bytes = runner.input(of: &trial)
        Disk.write(bytes, to: options.current)
        Processor.setAlarm(options.limit * 10)
        print("\(trial.kind) \(trial.original.path), \(bytes.count) bytes, in \(options.current)")
        let (outcome, milliseconds) = timed(trial, bytes)
        for finding in outcome.findings { print(finding) }
        for rule in outcome.broken { print("BROKEN: \(rule)") }
        print("\(outcome.findings.count) findings, \(milliseconds) ms of the processor")
    }

    private func tell(_ line: WorkerLine) { Disk.write(Array((line.text + "\n").utf8), to: STDOUT_FILENO) }

    private mutating func tell(try trial: inout Trial, _ bytes: [UInt8]) {
        let (outcome, milliseconds) = timed(trial, bytes)
        var broken = outcome.broken
        if milliseconds > options.limit { broken.append("\(milliseconds) ms of the processor") }
        if let first = broken.first {
            let path = options.kept(trial.number, trial.original.path)
            Disk.write(bytes, to: path)
            tell(.broken(trial.number, "\(first), kept as \(path)"))
        }
        tell(
            .ended(
                trial.number, trial.kind.rawValue, refused: outcome.isRefused, milliseconds: milliseconds,
                digest: Self.digest(of: outcome), codes: Set(outcome.findings.map(\.code.rawValue)).sorted()))
    }

    /// What comes of an input, and the milliseconds of the processor that it took.
    private mutating func timed(_ trial: Trial, _ bytes: [UInt8]) -> (TrialOutcome, Int) {
        let start = Processor.milliseconds
        let outcome = runner.run(trial, bytes)
        return (outcome, Processor.milliseconds - start)
    }

    /// FNV-1a over all that was found and decided: the same for the same, in whatever process.
    private static func digest(of outcome: TrialOutcome) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        for finding in outcome.findings { add((finding.description + "\n").utf8) }
        add(outcome.decided)
        return hash
    }
}

/// What a worker says of a trial, a line each.
enum WorkerLine {
    case began(Int)
    case broken(Int, String)
    case ended(Int, String, refused: Bool, milliseconds: Int, digest: UInt64, codes: [String])

    var text: String {
        switch self {
        case .began(let number): "> \(number)"
        case .broken(let number, let what): "! \(number) \(what.map { $0.isNewline ? " " : String($0) }.joined())"
        case .ended(let number, let kind, let refused, let milliseconds, let digest, let codes):
            "= \(number) \(kind) \(refused ? "refused" : "loaded") \(milliseconds) \(digest) \(codes.joined(separator: ","))"
        }
    }

    init?(_ line: String) {
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, let number = Int(parts[1]) else { return nil }
        switch parts[0] {
        case ">": self = .began(number)
        case "!": self = .broken(number, parts.count > 2 ? parts[2] : "")
        case "=":
            let rest = (parts.count > 2 ? parts[2] : "").split(separator: " ", omittingEmptySubsequences: false)
            guard rest.count == 5, let milliseconds = Int(rest[2]), let digest = UInt64(rest[3]) else { return nil }
            self = .ended(
                number, String(rest[0]), refused: rest[1] == "refused", milliseconds: milliseconds, digest: digest,
                codes: rest[4].split(separator: ",").map(String.init))
        default: return nil
        }
    }
}
