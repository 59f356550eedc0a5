import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The plans that plugins are making. A plugin holds a number, no pointer: one that is kept beyond its call, or used on
/// another thread, leads nowhere.
enum LivePlans {
    /// A plan and the thread that it was lent to.
    ///
    /// The maker leaves the table only on that thread, and its misuse is noted under the table's lock.
    private struct Loan: @unchecked Sendable {
        let maker: PlanMaker
        let thread: pthread_t
        var isMisused = false
    }

    private struct Table {
        var loans: [UInt: Loan] = [:]
        var last: UInt = 0
    }

    private static let table = Mutex(Table())

    /// Lends a plan to a call on this thread.
    static func lend(_ maker: PlanMaker, _ call: (OpaquePointer?) -> Int32) -> Int32 {
        let loan = Loan(maker: maker, thread: pthread_self())
        let number = table.withLock { table in
            table.last &+= 1
            table.loans[table.last] = loan
            return table.last
        }
        let answer = call(OpaquePointer(bitPattern: number))
        let isMisused = table.withLock { $0.loans.removeValue(forKey: number)?.isMisused ?? false }
        if isMisused { maker.mistake("its plan was used on another thread than the one it was given to") }
        return answer
    }

    /// The plan of a number; nil where there is none, or it was lent to another thread.
    static func plan(_ number: OpaquePointer?) -> PlanMaker? {
        let number = UInt(bitPattern: number)
        let loan: Loan? = table.withLock { table in
            guard let loan = table.loans[number] else { return nil }
            guard pthread_equal(loan.thread, pthread_self()) != 0 else {
                table.loans[number]?.isMisused = true
                return nil
            }
            return loan
        }
        return loan?.maker
    }
}
