import Foundation
import Testing

/// `RecordsWorker`, built beside the tests, in a process of its own.
final class WorkerProcess {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private(set) var text = ""

    init(_ what: String, _ path: String) throws {
        process.executableURL = try Self.executable()
        process.arguments = [what, path]
        process.standardOutput = output
        process.standardInput = input
        try process.run()
    }

    var lines: [Substring] { text.split(separator: "\n") }

    /// Waits until it has said something; an end of what it says comes before.
    func wait(for what: String) {
        while !text.contains(what) {
            let said = output.fileHandleForReading.availableData
            if said.isEmpty { return }
            text += String(decoding: said, as: UTF8.self)
        }
    }

    /// Ends it at once, as the system does when it has no memory left, and reads what it had said.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        finish()
    }

    /// Ends its input and waits for its end.
    func finish() {
        try? input.fileHandleForWriting.close()
        text += String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
    }

    private static func executable() throws -> URL {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        for place in [folder, repository.appendingPathComponent(".build/debug")] {
            let file = place.appendingPathComponent("RecordsWorker")
            if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        }
        throw Missing()
    }

    struct Missing: Error, CustomStringConvertible {
        let description = "the worker is not built; swift build --product RecordsWorker"
    }
}
