import Foundation
import Testing

@Suite("The first household of the README")
struct ReadmeTests {
    /// A command of a page and what the page says it prints. The receipt, whose digests change with every policy, is
    /// left out of both.
    private static func sample(of page: String) throws -> (arguments: [String], output: String) {
        let text = try String(contentsOfFile: CommandRun.repository + "/" + page, encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```").first { $0.contains("$ jiuzhu assess") })
        var lines = block.components(separatedBy: "\n").drop { !$0.hasPrefix("$ ") }
        var command = ""
        while let line = lines.popFirst() {
            command += line
            guard command.hasSuffix("\\") else { break }
            command.removeLast()
        }
        let arguments = command.dropFirst(2).split(separator: " ").dropFirst().map(String.init)
        return (arguments, lines.joined(separator: "\n").trimmingCharacters(in: .newlines))
    }

    @Test("The README shows what the command prints", arguments: ["README.md", "README.zh-CN.md"])
    func sample(page: String) throws {
        let sample = try Self.sample(of: page)
        let run = try CommandRun(sample.arguments)
        #expect(run.status == 0)
        let output = run.output.components(separatedBy: "\n").filter { !$0.hasPrefix("receipt") && !$0.hasPrefix("回执") }
        #expect(output.joined(separator: "\n").trimmingCharacters(in: .newlines) == sample.output)
    }
}
