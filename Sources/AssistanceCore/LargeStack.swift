#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A stack for work that calls itself as deep as policy nests, which is limited and yet more than small threads hold.
///
/// Hosts call from threads of their own, with stacks as small as 128 kB; half a megabyte is usual for those of a pool.
public enum LargeStack {
    /// The bytes of the stack; the system gives memory only to those that are used.
    private static let size = 8 << 20

    /// Does the work on a thread of its own, waits for it, and hands its result over.
    ///
    /// Where the system refuses a thread, the work is done on the caller's.
    public static func run<Result>(_ work: () -> Result) -> Result {
        withoutActuallyEscaping(work) { work in
            let job = Job(work)
            return job.runApart(stack: size) ?? work()
        }
    }

    /// Work that waits for its thread, and its result.
    private final class Job<Result>: AnyJob {
        private let work: () -> Result
        private var result: Result?

        init(_ work: @escaping () -> Result) { self.work = work }

        override func run() { result = work() }

        /// The result; nil where there is no thread.
        func runApart(stack: Int) -> Result? {
            var attributes = pthread_attr_t()
            guard pthread_attr_init(&attributes) == 0 else { return nil }
            defer { pthread_attr_destroy(&attributes) }
            guard pthread_attr_setstacksize(&attributes, stack) == 0 else { return nil }
            #if canImport(Darwin)
                var thread: pthread_t?
            #else
                var thread = pthread_t()
            #endif
            // The caller waits, so the job outlives the thread.
            let failed = pthread_create(
                &thread, &attributes,
                { argument in
                    #if canImport(Darwin)
                        Unmanaged<AnyJob>.fromOpaque(argument).takeUnretainedValue().run()
                    #else
                        if let argument { Unmanaged<AnyJob>.fromOpaque(argument).takeUnretainedValue().run() }
                    #endif
                    return nil
                }, Unmanaged<AnyJob>.passUnretained(self).toOpaque())
            guard failed == 0 else { return nil }
            #if canImport(Darwin)
                guard let thread else { return nil }
            #endif
            pthread_join(thread, nil)
            return result
        }
    }

    /// Any job: what a thread is started with has no type parameters.
    private class AnyJob {
        func run() {}
    }
}
