import AssistanceEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A copy of a plugin in memory that nobody can change any more: what was looked at is what is executed.
///
/// Its descriptor is closed with it, but for one that was loaded: see `keep`. For one thread.
final class SealedImage {
    /// Makes a file in memory of some flags; answers its descriptor, or -1 with `errno`.
    typealias MemoryFile = (UInt32) -> Int32

    /// Its bytes, read back after they were sealed.
    let bytes: [UInt8]
    /// The SHA-256 over them, in small hexadecimal digits.
    let digest: String
    private let descriptor: Int32
    private var isKept = false

    /// What `memfd_create` and `fcntl` take; the headers show them to C programs of GNU alone.
    private enum Flag {
        static let closeOnExec: UInt32 = 1
        static let allowSealing: UInt32 = 2
        static let executable: UInt32 = 0x10
        static let addSeals: Int32 = 1033
        /// No seal more, no smaller, no larger, no other bytes.
        static let seals: Int32 = 0x1 | 0x2 | 0x4 | 0x8
    }

    /// Copies a file and seals the copy.
    ///
    /// - Parameter memoryFile: How a file in memory is made.
    init(
        copying file: PluginFile, into memoryFile: MemoryFile = SealedImage.systemMemoryFile
    ) throws(PluginRefusal) {
        let flags = Flag.closeOnExec | Flag.allowSealing
        var descriptor = memoryFile(flags | Flag.executable)
        // A kernel that does not know the third flag makes files that can be executed.
        if descriptor < 0, errno == EINVAL { descriptor = memoryFile(flags) }
        guard descriptor >= 0 else { throw Self.forbidden("no memory file can be made: \(SystemProblem.last)") }
        do throws(PluginRefusal) {
            try file.read { (part) throws(PluginRefusal) in try Self.write(part, to: descriptor) }
            guard fcntl(descriptor, Flag.addSeals, Flag.seals) == 0 else {
                throw Self.forbidden("a memory file cannot be sealed: \(SystemProblem.last)")
            }
            bytes = try Self.contents(of: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        digest = Digest.bytes(bytes)
    }

    deinit { if !isKept { close(descriptor) } }

    /// The path by which the system's linker reads it.
    var path: String { "/proc/self/fd/\(descriptor)" }

    /// Leaves the descriptor open for ever: the linker knows libraries by their paths, and would answer another plugin at
    /// the same number with this one.
    func keep() { isKept = true }

    /// The system's own; -1 where it has none.
    static let systemMemoryFile: @Sendable (UInt32) -> Int32 = { flags in
        typealias Create = @convention(c) (UnsafePointer<CChar>, UInt32) -> Int32
        guard let symbol = dlsym(nil, "memfd_create") else {
            errno = ENOSYS
            return -1
        }
        return unsafeBitCast(symbol, to: Create.self)("jiuzhu-plugin", flags)
    }

    static func forbidden(_ problem: String) -> PluginRefusal {
        PluginRefusal(
            .forbidden,
            "this system does not let plugins be executed from sealed memory, and there is no other way to load them: \(problem)"
        )
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(PluginRefusal) {
        var rest = bytes
        while !rest.isEmpty {
            #if canImport(Glibc)
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            #elseif canImport(Musl)
                let count = Musl.write(descriptor, rest.baseAddress, rest.count)
            #else
                let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw forbidden("a memory file cannot be written: \(SystemProblem.last)") }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    private static func contents(of descriptor: Int32) throws(PluginRefusal) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0, status.st_size <= PluginFile.limit else {
            throw forbidden("a memory file cannot be looked at: \(SystemProblem.last)")
        }
        let size = Int(status.st_size)
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    failed = true
                    return
                }
                count += got
            }
        }
        if failed { throw forbidden("a memory file cannot be read: \(SystemProblem.last)") }
        return bytes
    }
}
