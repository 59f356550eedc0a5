#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A block of memory behind whose last byte nothing may be read: whoever does ends the process.
struct GuardedBlock {
    let start: UnsafeMutableRawPointer
    private let mapping: UnsafeMutableRawPointer
    private let size: Int

    init(_ bytes: [UInt8]) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let filled = (bytes.count + page - 1) / page * page
        size = filled + page
        let failed = UnsafeMutableRawPointer(bitPattern: -1)
        guard let mapping = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            mapping != failed, mprotect(mapping + filled, page, PROT_NONE) == 0
        else { fatalError("the test has no memory") }
        self.mapping = mapping
        start = mapping + filled - bytes.count
        start.copyMemory(from: bytes, byteCount: bytes.count)
    }

    func deallocate() { munmap(mapping, size) }
}
