import Foundation
import Synchronization

/// A thread that can be waited for.
final class Worker: Sendable {
    private let work: @Sendable () -> Void
    private let done = DispatchSemaphore(value: 0)

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }

    func start() {
        let thread = Thread { [self] in
            work()
            done.signal()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    func join() { done.wait() }
}

/// What several threads have come to.
final class Outcomes: Sendable {
    private let texts = Mutex<[String]>([])

    func add(_ text: String) { texts.withLock { $0.append(text) } }

    var all: [String] { texts.withLock { $0 } }
}
