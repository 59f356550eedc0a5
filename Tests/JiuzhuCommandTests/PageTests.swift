import Foundation
import Testing

@Suite("Pages that are followed")
struct PageTests {
    @Test(
        "A page about the project's own policy shows what commands print",
        arguments: ["README.md", "README.zh-CN.md", "docs/policy-tools.md", "docs/verification.md", "docs/what-if.md"])
    func own(path: String) throws { try follow(path, in: CommandRun.repository) }

    @Test(
        "Whoever follows a page sees what it shows",
        arguments: ["docs/writing-policy.md", "docs/adding-a-province.md"])
    func page(path: String) throws {
        let folder = try Scratch()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/Policies", withIntermediateDirectories: false)
        try FileManager.default.copyItem(
            atPath: CommandRun.repository + "/Policies/china", toPath: folder.path + "/Policies/china")
        try follow(path, in: folder.path)
    }

    @Test("Whoever follows the page about cases, and then that about their payments, sees what they show")
    func cases() throws {
        let folder = try Scratch()
        for name in ["Examples", "plugins", "include"] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/" + name, withDestinationPath: CommandRun.repository + "/" + name)
        }
        // The page adds files to it.
        try FileManager.default.copyItem(
            atPath: CommandRun.repository + "/Policies", toPath: folder.path + "/Policies")
        try follow("docs/casework.md", in: folder.path)
        try follow("docs/payments.md", in: folder.path)
    }

    @Test("Whoever follows the page on plugins has two, in C and in Swift")
    func plugins() throws {
        let folder = try Scratch()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/jiuzhu", withDestinationPath: CommandRun.repository)
        try follow("docs/writing-a-plugin.md", in: folder.path)
    }

    @Test("Files, commands and what they print are told apart; … stands for any lines, and for nothing else")
    func form() {
        let page = FollowedPage(
            "page.md",
            text: """
                `Policies/a.yaml`:
                ```yaml
                area: 1
                ```
                `Policies/a.yaml`, at the end:
                ```yaml
                from: 2
                ```
                ```
                $ jiuzhu policy check \\
                    Policies
                one
                …
                four
                $ jiuzhu explain
                ```
                """)
        guard page.steps.count == 4, case .file("Policies/a.yaml", "area: 1\n", false) = page.steps[0],
            case .file("Policies/a.yaml", "from: 2\n", true) = page.steps[1],
            case .command("jiuzhu policy check     Policies", 10, let shown) = page.steps[2],
            case .command("jiuzhu explain", 15, let nothing) = page.steps[3]
        else {
            Issue.record("\(page.steps)")
            return
        }
        #expect(page.shows(["one", "two", "three", "four"], in: shown))
        #expect(page.shows(["one", "four"], in: shown))
        #expect(!page.shows(["one", "two", "three"], in: shown))
        #expect(!page.shows(["zero", "one", "four"], in: shown))
        #expect(!page.shows(["one", "four", "five"], in: shown))
        #expect(page.shows([], in: nothing))
        #expect(!page.shows(["one"], in: nothing))
    }

    /// With `JIUZHU_RECORD=1` the page is written anew where a command prints something else.
    private func follow(_ path: String, in folder: String) throws {
        var page = try FollowedPage(path)
        var differing: [(shown: Range<Int>, found: [String])] = []
        var commands = 0
        for step in page.steps {
            switch step {
            case .file(let name, let text, let isAdded):
                try write(text, to: folder + "/" + name, isAdded: isAdded)
            case .command(let command, let line, let shown):
                commands += 1
                let run = try CommandRun(inShell: command, in: folder)
                // A `…` must not hide what is wrong.
                let finding = /(?:^|: )(?:[Ee]rror|warning):/.anchorsMatchLineEndings()
                let showsFindings = page.lines[shown].contains { $0.contains(finding) }
                #expect(!run.errors.contains(finding) || showsFindings, "\(path):\(line): \(run.errors)")
                var found = (run.errors + run.output).components(separatedBy: "\n")
                while found.last == "" { found.removeLast() }
                guard !page.shows(found, in: shown) else { continue }
                differing.append((shown, found))
                if !Self.isRecording {
                    Issue.record("\(path):\(line): the command prints\n\(found.joined(separator: "\n"))")
                }
            }
        }
        #expect(commands > 0, "\(path) has no command that could be followed")
        if Self.isRecording, !differing.isEmpty { try page.record(differing) }
    }

    private static let isRecording = ProcessInfo.processInfo.environment["JIUZHU_RECORD"] == "1"

    private func write(_ text: String, to path: String, isAdded: Bool) throws {
        let file = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let before = isAdded ? try String(contentsOf: file, encoding: .utf8) : ""
        try (before + text).write(to: file, atomically: true, encoding: .utf8)
    }
}
