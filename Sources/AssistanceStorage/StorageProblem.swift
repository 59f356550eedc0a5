#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a file or a database could not be read or written.
public struct StorageProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was named.
    public let path: String
    /// What could not be done and what the system says, without a final stop.
    public let message: String

    /// A problem with a file.
    public init(_ path: String, _ message: String) {
        (self.path, self.message) = (path, message)
    }

    /// `results.csv: error: the file cannot be written: No space left on device`
    public var description: String { "\(path): error: \(message)" }

    /// What the system says of the last call that failed.
    static func ofSystem(_ path: String, _ what: String) -> StorageProblem {
        StorageProblem(path, "\(what): \(strerror(errno).map { String(cString: $0) } ?? "unknown problem")")
    }
}
