#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread of the system with a stack of a stated size, which somebody waits for: `join` must be called once.
public struct SystemThread {
    private let thread: pthread_t

    /// Begins work on a thread of its own; nil where the system refuses one, and then nothing is done.
    ///
    /// - Parameter stack: The bytes of the stack; the system gives memory only to those that are used.
    public init?(stack: Int, _ work: @escaping () -> Void) {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, stack) == 0 else { return nil }
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let job = Unmanaged.passRetained(Job(work))
        let failed = pthread_create(&thread, &attributes, Self.main, job.toOpaque())
        guard failed == 0 else {
            job.release()
            return nil
        }
        #if canImport(Darwin)
            guard let thread else { return nil }
        #endif
        self.thread = thread
    }

    /// Waits until the work is done.
    public func join() { pthread_join(thread, nil) }

    private final class Job {
        let work: () -> Void

        init(_ work: @escaping () -> Void) { self.work = work }
    }

    #if canImport(Darwin)
        private static let main: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
            Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
            return nil
        }
    #else
        private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work() }
            return nil
        }
    #endif
}
