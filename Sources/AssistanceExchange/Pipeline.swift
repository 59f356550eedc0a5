/// Work on parts of something long, several at the same time, whose results come in order.
public enum Pipeline {
    /// How many parts are under way at most: enough that both cores have work while results are written.
    private static let width = 4

    /// Takes parts from `next` until it has no more, works on them, and hands the results over in the order of the
    /// parts.
    ///
    /// At most `width` parts are held at any time. What any of the three throws ends all of it.
    public static func run<Part: Sendable, Outcome: Sendable>(
        isolation: isolated (any Actor)? = #isolation, next: () throws -> Part?,
        work: @escaping @Sendable (Part) throws -> Outcome, take: (Outcome) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var done: [Int: Outcome] = [:]
            var (begun, taken, isOver) = (0, 0, false)
            while true {
                while !isOver, begun - taken < width {
                    guard let part = try next() else {
                        isOver = true
                        break
                    }
                    let number = begun
                    begun += 1
                    group.addTask { (number, try work(part)) }
                }
                guard taken < begun, let (number, outcome) = try await group.next() else { return }
                done[number] = outcome
                while let outcome = done.removeValue(forKey: taken) {
                    taken += 1
                    try take(outcome)
                }
            }
        }
    }
}
