import Foundation
import Testing

/// One run of the built command.
struct CommandRun {
    let status: Int32
    let output: String
    let errors: String

    /// Runs it, in the folder of the repository where no other is named.
    init(_ arguments: [String], input: String? = nil, in place: String = repository) throws {
        try self.init(Self.executable(), arguments, input: input, in: place)
    }

    /// Runs a line of Bash, in the folder of the repository where no other is named. The command is `$0`, and `jiuzhu` too.
    init(inShell line: String, in place: String = repository) throws {
        let found = "PATH=\"${0%/*}:$PATH\"; "
        try self.init(URL(filePath: "/bin/bash"), ["-c", found + line, Self.executable().path], in: place)
    }

    private init(_ program: URL, _ arguments: [String], input: String? = nil, in place: String) throws {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: place)
        // Both streams go to files: no pipe can fill up.
        let folder = try Scratch()
        let (output, errors) = (try folder.write("", to: "output"), try folder.write("", to: "errors"))
        let given = try folder.write(input ?? "", to: "input")
        process.standardInput = FileHandle(forReadingAtPath: given)
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        self.output = try String(contentsOfFile: output, encoding: .utf8)
        self.errors = try String(contentsOfFile: errors, encoding: .utf8)
    }

    static let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")

    /// `jiuzhu` beside the tests' own executable.
    private static func executable() throws -> URL {
        let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        for place in [folder, URL(fileURLWithPath: repository + "/.build/debug")] {
            let file = place.appendingPathComponent("jiuzhu")
            if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        }
        throw Missing()
    }

    struct Missing: Error, CustomStringConvertible {
        let description = "the command is not built; swift build --product jiuzhu"
    }
}

/// A folder that is gone when the test is over.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("jiuzhu-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names of what is in it, sorted.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    /// Writes a file and answers its path.
    func write(_ text: String, to name: String) throws -> String { try write(Data(text.utf8), to: name) }

    /// Writes a file and answers its path.
    func write(_ data: Data, to name: String) throws -> String {
        let file = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
        return file.path
    }
}
