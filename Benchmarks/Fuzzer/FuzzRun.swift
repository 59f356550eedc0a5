import Glibc

/// Watches workers: counts what they tell, and starts another where one ends before its time.
///
/// What was tried first is tried again by another process, in which sets have other orders, and must come out the same.
struct FuzzRun {
    /// A run with so many failures needs no more.
    private static let mostFailures = 20

    private let options: Options
    private var failures: [String] = []
    private var digests: [Int: UInt64] = [:]
    private var kinds: [String: (refused: Int, loaded: Int)] = [:]
    private var codes: Set<String> = []
    private var slowest = (number: 0, milliseconds: 0)
    private var again = 0

    init(_ options: Options) { self.options = options }

    /// Runs for the time that was asked for, prints what was found, and answers whether nothing was wrong.
    mutating func run() -> Bool {
        Disk.empty(options.keep)
        let share = max(1, options.seconds / 6)
        watch(seconds: options.seconds - share) { run, line in run.take(line) }
        watch(seconds: share) { run, line in run.compare(line) }
        printCounts()
        return failures.isEmpty
    }

    private mutating func watch(seconds: Int, _ take: (inout FuzzRun, WorkerLine) -> Void) {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(seconds))
        var next = options.first
        while clock.now < end, failures.count < Self.mostFailures {
            let left = Int((end - clock.now).components.seconds) + 1
            guard let child = ChildProcess(options.worker(from: next, seconds: left)) else {
                return fail("the worker cannot be started")
            }
            var last = next
            while let line = child.line() {
                guard let line = WorkerLine(line) else { continue }
                if case .began(let number) = line { last = number }
                take(&self, line)
                if failures.count >= Self.mostFailures { return child.end() }
            }
            guard let signal = child.signal() else { return }
            // Somebody ended the process; it was nothing in the input.
            if [SIGTERM, SIGINT, SIGHUP].contains(signal) {
                next = last
                continue
            }
            let what = signal == SIGPROF ? "hangs" : "crashes with signal \(signal)"
            let path = options.kept(last, "input")
            if digests.updateValue(0, forKey: last) != 0 {
                rename(options.current, path)
                fail("\(last) \(what), kept as \(path)")
            }
            next = last + 1
        }
    }

    private mutating func take(_ line: WorkerLine) {
        switch line {
        case .began: break
        case .broken(let number, let what): fail("\(number) \(what)")
        case .ended(let number, let kind, let refused, let milliseconds, let digest, let codes):
            digests[number] = digest
            kinds[kind, default: (0, 0)].refused += refused ? 1 : 0
            kinds[kind, default: (0, 0)].loaded += refused ? 0 : 1
            self.codes.formUnion(codes)
            if milliseconds > slowest.milliseconds { slowest = (number, milliseconds) }
        }
    }

    private mutating func compare(_ line: WorkerLine) {
        guard case .ended(let number, _, _, _, let digest, _) = line, let first = digests[number], first != 0 else {
            return
        }
        again += 1
        if first != digest { fail("\(number) is not the same a second time") }
    }

    private mutating func fail(_ what: String) {
        failures.append(what)
        print("FAILED: seed \(options.seed), case \(what)")
        fflush(nil)
    }

    private func printCounts() {
        let refused = kinds.values.reduce(0) { $0 + $1.refused }
        let loaded = kinds.values.reduce(0) { $0 + $1.loaded }
        print("seed \(options.seed): \(refused + loaded) inputs, \(loaded) accepted, \(refused) refused")
        for (kind, count) in kinds.sorted(by: { $0.key < $1.key }) {
            print("  \(kind): \(count.loaded) accepted, \(count.refused) refused")
        }
        print("  \(codes.count) codes: \(codes.sorted().joined(separator: " "))")
        print("  slowest: case \(slowest.number), \(slowest.milliseconds) ms of the processor")
        print("  \(again) tried a second time")
        print("  \(failures.count) failures")
    }
}

/// Another run of this program, whose standard output is read.
private final class ChildProcess {
    private var process: pid_t = 0
    private var output: Int32 = -1
    private var buffer: [UInt8] = []

    init?(_ arguments: [String]) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
        var words: [UnsafeMutablePointer<CChar>?] = (["fuzzer"] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        let status = posix_spawn(&process, "/proc/self/exe", &actions, nil, words, environ)
        close(ends[1])
        output = ends[0]
        if status != 0 {
            close(output)
            return nil
        }
    }

    /// The next line; nil at the end.
    func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            var chunk = [UInt8](repeating: 0, count: 4_096)
            let count = chunk.withUnsafeMutableBytes { read(output, $0.baseAddress, $0.count) }
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }

    /// Ends it.
    func end() {
        kill(process, SIGKILL)
        _ = signal()
    }

    /// The signal that ended it, or an exit status that is not 0; nil where it ended as it should.
    func signal() -> Int32? {
        close(output)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        if status & 0x7F != 0 { return status & 0x7F }
        let exit = (status >> 8) & 0xFF
        return exit == 0 ? nil : exit
    }
}
