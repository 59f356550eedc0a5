import AssistanceStorage

/// Why a store of records could not be opened, read or written, or what is wrong in it.
///
/// It holds neither personal data nor anything of a key.
public struct RecordProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller may want to tell apart.
    public enum Code: String, CaseIterable, Sendable {
        /// There is a file of this name already.
        case fileExists = "file-exists"
        /// There is no file of this name.
        case noSuchFile = "no-such-file"
        /// The file is something else.
        case notRecords = "not-records"
        /// The host's secret is not of a length that is allowed.
        case badSecret = "bad-secret"
        /// The file was sealed with other keys.
        case wrongKey = "wrong-key"
        /// A newer version wrote the file.
        case newerSchema = "newer-schema"
        /// The file is older than its reader, and may not be changed.
        case olderSchema = "older-schema"
        /// A migration is not what it was when it was applied.
        case changedSchema = "changed-schema"
        /// The file or its folder may be read only.
        case readOnly = "read-only"
        /// Another process writes.
        case locked = "locked"
        /// There is no room left.
        case diskFull = "disk-full"
        /// The pages of the file contradict each other.
        case damaged = "damaged"
        /// The system could not read or write.
        case storage = "storage"
        /// What was given cannot be kept, or was given at the wrong time.
        case refused = "refused"
        /// What was asked for is not in the file.
        case notFound = "not-found"
        /// An event is not what was written, or does not follow the one before it.
        case brokenEvent = "broken-event"
        /// A number of the chain is lacking.
        case missingEvent = "missing-event"
        /// A sealed row is not what was written, or stands in another's place.
        case brokenSeal = "broken-seal"
        /// A sealed row is lacking.
        case missingRow = "missing-row"
        /// A pack is not what its digest says.
        case brokenPack = "broken-pack"
        /// The file ends before the anchor: its tail was cut, or an older copy was put back.
        case cutTail = "cut-tail"
        /// The anchor is of another file.
        case otherFile = "other-file"
        /// The event that was anchored has another hash.
        case otherEvent = "other-event"
    }

    /// What kind of problem it is.
    public let code: Code
    /// What is wrong, what was expected, and what to do, without a final stop.
    public let message: String
    /// The file, as it was named; empty where no file is meant.
    public let path: String

    /// A problem.
    public init(_ code: Code, _ message: String, path: String) {
        (self.code, self.message, self.path) = (code, message, path)
    }

    /// `records.db: error: there is a file of this name already; choose another`
    public var description: String { path.isEmpty ? "error: \(message)" : "\(path): error: \(message)" }

    /// What storage says, in the words of records.
    init(_ problem: StorageProblem) {
        let (code, message): (Code, String) =
            switch problem.cause {
            case .busy:
                (.locked, "another process is writing and did not end within the time it is given; try again")
            case .full: (.diskFull, "there is no room left on the disk, and nothing of this change was kept; make room")
            case .readOnly:
                (
                    .readOnly,
                    "the file or its folder may be read only; give the right to write, or read a copy in another folder"
                )
            case .notADatabase:
                (.notRecords, "the file is no store of records; name the right file, or put a backup in its place")
            case .damaged:
                (.damaged, "the pages of the file contradict each other; verify it, and put a backup in its place")
            case .other: (.storage, problem.message)
            }
        self.init(code, message, path: problem.path)
    }
}

/// Runs what reads or writes a file; what storage says becomes a problem of records.
func translating<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch let problem as StorageProblem { throw RecordProblem(problem) }
}
