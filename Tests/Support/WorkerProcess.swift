import Foundation

/// A worker, built beside the tests, in a process of its own.
public final class WorkerProcess {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    /// What it has said so far.
    public private(set) var text = ""

    /// Starts it.
    public init(_ worker: String, _ arguments: [String]) throws {
        process.executableURL = try Self.executable(worker)
        process.arguments = arguments
        process.standardOutput = output
        process.standardInput = input
        try process.run()
    }

    /// The same, line by line.
    public var lines: [Substring] { text.split(separator: "\n") }

    /// Waits until it has said something; an end of what it says comes before.
    public func wait(for what: String) {
        while !text.contains(what) {
            let said = output.fileHandleForReading.availableData
            if said.isEmpty { return }
            text += String(decoding: said, as: UTF8.self)
        }
    }

    /// Ends it at once, as the system does when it has no memory left, and reads what it had said.
    public func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        finish()
    }

    /// Ends its input and waits for its end.
    public func finish() {
        try? input.fileHandleForWriting.close()
        text += String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
    }

    private static func executable(_ name: String) throws -> URL {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        for place in [folder, URL(fileURLWithPath: Repository.root + "/.build/debug")] {
            let file = place.appendingPathComponent(name)
            if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        }
        throw Missing(description: "the worker is not built; swift build --product \(name)")
    }

    private struct Missing: Error, CustomStringConvertible {
        let description: String
    }
}
