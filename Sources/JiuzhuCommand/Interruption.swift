import AssistanceExchange
import Glibc
import Synchronization

/// Ctrl-C and a request to end: the run is broken off where it can leave nothing behind.
enum Interruption {
    private static let isAsked = Atomic(false)

    /// From now on a signal only asks for the end.
    static func await() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number) { _ in Interruption.isAsked.store(true, ordering: .relaxed) }
        }
        // A full limit of size is told by the write that fails.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Throws where the end was asked for.
    static func check() throws { if isAsked.load(ordering: .relaxed) { throw ExchangeProblem.stopped } }
}
