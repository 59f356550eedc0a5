import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a call of a plugin answers into: a plan, answers about persons, a file, receipts. For one thread.
protocol LentObject: AnyObject {
    /// What messages call it: `plan`.
    static var title: String { get }
    /// Notes a mistake of the plugin.
    func mistake(_ message: String)
}

/// What plugins are answering into. A plugin holds a number, no pointer: one that is kept beyond its call, used on another
/// thread, or taken for something of another kind leads nowhere.
enum Loans {
    /// What is lent, and the thread that it was lent to.
    ///
    /// It leaves the table only on that thread, and its misuse is noted under the table's lock.
    private struct Loan: @unchecked Sendable {
        let object: any LentObject
        let log: PluginLog
        let thread: pthread_t
        var isMisused = false
    }

    private struct Table {
        var loans: [UInt: Loan] = [:]
        var last: UInt = 0
    }

    private static let table = Mutex(Table())

    /// Lends something to a call on this thread, whose lines go to a log meanwhile.
    static func lend<Object: LentObject>(_ object: Object, _ log: PluginLog, _ call: (OpaquePointer?) -> Int32) -> Int32
    {
        let loan = Loan(object: object, log: log, thread: pthread_self())
        let number = table.withLock { table in
            table.last &+= 1
            table.loans[table.last] = loan
            return table.last
        }
        let answer = call(OpaquePointer(bitPattern: number))
        let isMisused = table.withLock { $0.loans.removeValue(forKey: number)?.isMisused ?? false }
        if isMisused {
            object.mistake("its \(Object.title) was used on another thread than the one it was given to")
        }
        return answer
    }

    /// The log of the call on this thread; nil where none is running.
    static var log: PluginLog? {
        table.withLock { table in
            table.loans.filter { pthread_equal($0.value.thread, pthread_self()) != 0 }.max { $0.key < $1.key }?.value
                .log
        }
    }

    /// What a number stands for; nil where there is none of this kind, or it was lent to another thread.
    static func object<Object: LentObject>(_ number: OpaquePointer?, _: Object.Type = Object.self) -> Object? {
        let number = UInt(bitPattern: number)
        let loan: Loan? = table.withLock { table in
            guard let loan = table.loans[number] else { return nil }
            guard pthread_equal(loan.thread, pthread_self()) != 0 else {
                table.loans[number]?.isMisused = true
                return nil
            }
            return loan
        }
        return loan?.object as? Object
    }
}
