/// A stack for work that calls itself as deep as policy nests, which is limited and yet more than small threads hold.
///
/// Hosts call from threads of their own, with stacks as small as 128 kB; half a megabyte is usual for those of a pool.
public enum LargeStack {
    /// The bytes of the stack.
    private static let size = 8 << 20

    /// Does the work on a thread of its own, waits for it, and hands its result over.
    ///
    /// Where the system refuses a thread, the work is done on the caller's.
    public static func run<Result>(_ work: () -> Result) -> Result {
        withoutActuallyEscaping(work) { work in
            let result = Box<Result>()
            // The caller waits, so the work outlives the thread.
            SystemThread(stack: size) { result.value = work() }?.join()
            return result.value ?? work()
        }
    }

    private final class Box<Value> {
        var value: Value?
    }
}
