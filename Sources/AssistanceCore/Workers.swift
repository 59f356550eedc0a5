import Synchronization

/// Threads of our own that work on several things and end with the call: hosts have no run loop or pool for us.
package enum Workers {
    /// The bytes of a thread's stack.
    private static let stack = 1 << 20

    /// The outcome of each item, in their order. The caller's thread works along; where the system refuses threads, it
    /// works alone.
    package static func map<Item: Sendable, Outcome: Sendable>(
        _ items: [Item], threads: Int, _ work: @escaping @Sendable (Item) -> Outcome
    ) -> [Outcome] {
        guard threads > 1, items.count > 1 else { return items.map(work) }
        let job = Job(items, work)
        let started = (1..<min(threads, items.count)).compactMap { _ in SystemThread(stack: stack) { job.run() } }
        job.run()
        for thread in started { thread.join() }
        return job.outcomes
    }

    /// Items that are worked on, each by the thread that comes to it.
    private final class Job<Item: Sendable, Outcome: Sendable>: Sendable {
        private let items: [Item]
        private let work: @Sendable (Item) -> Outcome
        private let next = Atomic(0)
        private let done = Mutex<[Int: Outcome]>([:])

        init(_ items: [Item], _ work: @escaping @Sendable (Item) -> Outcome) {
            self.items = items
            self.work = work
        }

        func run() {
            while true {
                let place = next.add(1, ordering: .relaxed).oldValue
                guard items.indices.contains(place) else { return }
                let outcome = work(items[place])
                done.withLock { $0[place] = outcome }
            }
        }

        /// The outcomes, once all threads have ended.
        var outcomes: [Outcome] { done.withLock { done in items.indices.compactMap { done[$0] } } }
    }
}
