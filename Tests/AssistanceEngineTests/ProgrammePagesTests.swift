import AssistanceEngine
import AssistancePolicy
import AssistanceProgramKit
import Foundation
import Jiuzhu
import TestSupport
import Testing

@Suite("Pages of the programmes")
struct ProgrammePagesTests {
    /// The parts of every page, in their order.
    private static let headings = [
        "## The rule", "## Open terms", "## Facts", "## Sources", "## A worked example", "## Not modelled",
    ]

    @Test("Every programme has its page", arguments: assistancePrograms.map(\.id))
    func page(program: String) throws {
        let text = try String(contentsOfFile: Repository.root + "/docs/programmes/\(program).md", encoding: .utf8)
        let found = text.components(separatedBy: "\n").filter { $0.hasPrefix("## ") }
        #expect(found == Self.headings)
        #expect(text.contains("<!-- terms: \(program) -->"))
    }

    @Test("The tables of terms are those of the code", arguments: assistancePrograms.map(\.id))
    func tables(program: String) throws {
        let path = "docs/programmes/\(program).md"
        var text = try String(contentsOfFile: Repository.root + "/" + path, encoding: .utf8)
        for section in [Means.section] + assistancePrograms.map(\.section) {
            let start = "<!-- terms: \(section.key) -->\n"
            guard let from = text.range(of: start),
                let until = text.range(of: "<!-- end -->", range: from.upperBound..<text.endIndex)
            else { continue }
            text.replaceSubrange(from.upperBound..<until.lowerBound, with: TermTable.markdown(of: section) + "\n")
        }
        RecordedText.expect(text, at: path)
    }
}
