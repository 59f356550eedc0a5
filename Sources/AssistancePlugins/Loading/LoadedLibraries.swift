import AssistanceCore
import CJiuzhu
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The libraries that this process has loaded as plugins, by their digests. They stay to its end: a library that other
/// code may still point into cannot be taken away.
enum LoadedLibraries {
    private static let known = Mutex<[String: Result<PluginDescriptor, PluginRefusal>]>([:])

    /// What the plugin of an image says of itself; the same for the same bytes. What was executed once and refused is refused again.
    ///
    /// One library is loaded at a time, and its entry is called once.
    static func descriptor(_ image: SealedImage, from path: String) throws(PluginRefusal) -> PluginDescriptor {
        try known.withLock { known in
            if let earlier = known[image.digest] { return earlier }
            let library: UnsafeMutableRawPointer
            do throws(PluginRefusal) {
                library = try open(image, from: path)
            } catch {
                // Nothing has been executed; what the linker lacks may be there the next time.
                return .failure(error)
            }
            let made: Result<PluginDescriptor, PluginRefusal>
            do throws(PluginRefusal) {
                made = .success(try descriptor(of: library))
            } catch {
                made = .failure(error)
            }
            known[image.digest] = made
            return made
        }.get()
    }

    private static func open(
        _ image: SealedImage, from path: String
    ) throws(PluginRefusal) -> UnsafeMutableRawPointer {
        guard let library = dlopen(image.path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
            let said = dlerror().map { String(cString: $0) } ?? "it does not say why"
            // The linker knows the path in memory; people know the file.
            let problem = said.replacing(image.path, with: path)
            guard !said.contains("failed to map segment") else { throw SealedImage.forbidden(problem) }
            throw PluginRefusal(.linker, "the system's linker refuses it: \(problem)")
        }
        image.keep()
        return library
    }

    private static func descriptor(of library: UnsafeMutableRawPointer) throws(PluginRefusal) -> PluginDescriptor {
        guard let symbol = dlsym(library, JZP_ENTRY) else {
            throw PluginRefusal(
                .noEntry, "it has no function '\(JZP_ENTRY)', which every plugin exports", expected: JZP_ENTRY)
        }
        typealias Entry = @convention(c) (UInt32) -> UnsafePointer<jzp_descriptor>?
        guard let descriptor = unsafeBitCast(symbol, to: Entry.self)(UInt32(JZP_ABI)) else {
            throw PluginRefusal(
                .refused, "it refuses this host, whose interface is \(JZP_ABI)", found: "interface \(JZP_ABI)")
        }
        return try PluginDescriptor(descriptor)
    }
}
