import ArgumentParser
import AssistanceCore
import Glibc

/// A file from outside, or standard input.
struct InputFile {
    /// The most bytes that are read: 64 MB.
    static let limit = JSONLimits().bytes

    /// The name that findings carry.
    let name: String
    /// Its bytes; where there are more than the limit, only the first.
    let bytes: [UInt8]

    /// Whether it holds more than the limit.
    var isTooLarge: Bool { bytes.count > Self.limit }

    /// Reads a path, or standard input where that is `-`.
    init(_ path: String) throws {
        name = path == "-" ? "<stdin>" : path
        let stream = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard stream >= 0 else { throw Self.unreadable(name) }
        defer { if path != "-" { close(stream) } }
        bytes = try Self.bytes(of: stream, name, limit: Self.limit)
    }

    /// What a stream holds, up to a limit and a little more, which tells that there is more.
    static func bytes(of stream: Int32, _ name: String, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = chunk.withUnsafeMutableBytes { read(stream, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(name) }
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }

    /// Says that a file cannot be read, and answers how the command ends.
    static func unreadable(_ name: String) -> any Error {
        Console.complain("\(name): error: the file cannot be read: \(Console.lastProblem())")
        return ExitStatus.inputOutput
    }
}
