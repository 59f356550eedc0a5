#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How long something took, on the clock and of all processors together.
struct Stopwatch {
    private let clock: Duration
    /// Microseconds of the processors.
    let processor: Int

    static func time(_ body: () throws -> Void) rethrows -> Stopwatch {
        let before = used
        let clock = try ContinuousClock().measure(body)
        return Stopwatch(clock: clock, processor: used - before)
    }

    /// The most memory that the process has had, in MB.
    static var peak: Int { usage.ru_maxrss >> 10 }

    /// Microseconds of a unit, with two decimals.
    func per(_ units: Int) -> String { decimal(microseconds * 100 / Int64(max(1, units))) }

    /// Seconds, with two decimals.
    var seconds: String { decimal(microseconds / 10_000) }

    private var microseconds: Int64 {
        clock.components.seconds * 1_000_000 + clock.components.attoseconds / 1_000_000_000_000
    }

    private func decimal(_ hundredths: Int64) -> String {
        "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private static var usage: rusage {
        var usage = rusage()
        // 0 is RUSAGE_SELF, which Glibc declares with another type than that of the parameter.
        getrusage(0, &usage)
        return usage
    }

    private static var used: Int {
        let usage = usage
        return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000
            + Int(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }
}
