#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a file or a database could not be read or written.
public struct StorageProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller may want to tell apart.
    public enum Cause: Hashable, Sendable {
        /// Another process writes, and did not end within the time that was given to it.
        case busy
        /// There is no room left.
        case full
        /// The file or its folder may be read only.
        case readOnly
        /// It is a file, and no database.
        case notADatabase
        /// The pages of the database contradict each other.
        case damaged
        /// Something else, which the message says.
        case other
    }

    /// The file, as it was named.
    public let path: String
    /// What could not be done and what the system says, without a final stop.
    public let message: String
    /// What kind of problem it is.
    public let cause: Cause

    /// A problem with a file.
    public init(_ path: String, _ message: String, cause: Cause = .other) {
        (self.path, self.message, self.cause) = (path, message, cause)
    }

    /// `results.csv: error: the file cannot be written: No space left on device`
    public var description: String { "\(path): error: \(message)" }

    /// What the system says of the last call that failed.
    static func ofSystem(_ path: String, _ what: String) -> StorageProblem {
        StorageProblem(path, "\(what): \(strerror(errno).map { String(cString: $0) } ?? "unknown problem")")
    }
}
