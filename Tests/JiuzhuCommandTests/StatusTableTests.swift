import Foundation
import Testing

/// The table of how well policy is known, in both READMEs, is what the command prints.
@Suite("The table of what is known")
struct StatusTableTests {
    private static let begin = "<!-- policy status -->\n"
    private static let end = "<!-- end -->"

    @Test("The READMEs show the table that the command writes")
    func table() throws {
        let run = try CommandRun(
            ["policy", "check", "Policies", "--date", "2026-11-01", "--format", "markdown"], in: CommandRun.repository)
        #expect(run.status == 0)
        #expect(run.errors.split(separator: "\n").allSatisfy { $0.contains(": warning: ") }, "\(run.errors)")
        for page in ["README.md", "README.zh-CN.md"] { try compare(page, run.output) }
    }

    /// With `JIUZHU_RECORD=1` the page is written anew where it shows another table.
    private func compare(_ page: String, _ table: String) throws {
        let file = URL(fileURLWithPath: CommandRun.repository + "/" + page)
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: Self.begin))
        let end = try #require(text.range(of: Self.end, range: begin.upperBound..<text.endIndex))
        if text[begin.upperBound..<end.lowerBound] == table { return }
        guard ProcessInfo.processInfo.environment["JIUZHU_RECORD"] == "1" else {
            Issue.record("\(page) shows another table than\n\(table)")
            return
        }
        try text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: table)
            .write(to: file, atomically: true, encoding: .utf8)
    }
}
