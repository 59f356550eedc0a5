#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A place in the folder of temporary files that nothing else uses.
enum ScratchFile {
    static func path(_ name: String) -> String {
        "/tmp/bench-1-\(name)-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
    }

    /// Removes a file, or a folder of files.
    static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                withUnsafePointer(to: &entry.pointee.d_name) { name in
                    name.withMemoryRebound(to: CChar.self, capacity: 256) {
                        _ = unlink(path + "/" + String(cString: $0))
                    }
                }
            }
            closedir(folder)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
