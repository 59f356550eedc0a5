import AssistanceCasework
import AssistanceCore
import Foundation
import Testing

/// What docs/casework.md shows of the way of a case is what the machine goes by.
@Suite("The page about cases")
struct CasePageTests {
    private static let page =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
            separator: "/") + "/docs/casework.md"

    @Test("The diagram and the table of steps are those of the transitions")
    func transitions() throws {
        try compare("case diagram", Self.diagram)
        try compare("case steps", Self.table)
    }

    @Test("Every refusal has its row, with what it is called")
    func refusals() throws {
        let text = try String(contentsOfFile: Self.page, encoding: .utf8)
        for code in CaseRefusal.Code.allCases {
            #expect(text.contains("\n| `\(code.rawValue)` | \(code.label.chinese) | "), "\(code.rawValue)")
        }
    }

    @Test("Every stage can be reached from an application, and every one leads to the end")
    func reachable() {
        let edges = Self.edges(of: CaseStep.allCases)
        func reached(from start: CaseStage, _ next: (CaseStage) -> [CaseStage]) -> Set<CaseStage> {
            var (found, open): (Set<CaseStage>, [CaseStage]) = ([start], [start])
            while let stage = open.popLast() { open += next(stage).filter { found.insert($0).inserted } }
            return found
        }
        #expect(
            reached(from: .applied) { stage in edges.filter { $0.from == stage }.map(\.to) } == Set(CaseStage.allCases))
        #expect(
            reached(from: .closed) { stage in edges.filter { $0.to == stage }.map(\.from) } == Set(CaseStage.allCases))
    }

    private struct Edge {
        let from: CaseStage
        let to: CaseStage
        let step: CaseStep
    }

    private static func edges(of steps: [CaseStep]) -> [Edge] {
        var edges: [Edge] = []
        for step in steps {
            for from in CaseStage.allCases {
                let leads = CaseTransition.all[step]?.ways[from] ?? []
                for to in CaseStage.allCases where leads.contains(to) && to != from {
                    edges.append(Edge(from: from, to: to, step: step))
                }
            }
        }
        return edges
    }

    /// In the language of Mermaid; an arrow has all steps that lead along it.
    private static var diagram: String {
        let few = CaseStep.allCases.filter { (CaseTransition.all[$0]?.ways.count ?? 0) <= 3 }
        let edges = edges(of: few)
        var lines = CaseStage.allCases.map { "    state \"\($0.label.chinese) \($0.rawValue)\" as \($0.rawValue)" }
        lines.append("    [*] --> \(CaseStage.applied.rawValue): \(CaseStep.apply.rawValue)")
        for from in CaseStage.allCases {
            for to in CaseStage.allCases {
                let steps = edges.filter { $0.from == from && $0.to == to }.map(\.step.rawValue)
                if !steps.isEmpty {
                    lines.append("    \(from.rawValue) --> \(to.rawValue): \(steps.joined(separator: ", "))")
                }
            }
        }
        lines.append("    \(CaseStage.closed.rawValue) --> [*]")
        return "```mermaid\nstateDiagram-v2\n" + lines.map { $0 + "\n" }.joined() + "```\n"
    }

    private static var table: String {
        func names(_ fields: Set<CaseField>) -> String {
            CaseField.allCases.filter(fields.contains).map { "`\($0.rawValue)`" }.joined(separator: ", ")
        }
        func names(_ stages: Set<CaseStage>) -> String {
            switch stages.count {
            case CaseStage.allCases.count: return "any"
            case CaseStage.allCases.count - 1 where !stages.contains(.closed): return "any but closed"
            default: return CaseStage.allCases.filter(stages.contains).map(\.rawValue).joined(separator: ", ")
            }
        }
        let rows = CaseStep.allCases.map { step in
            let (required, optional) = step.fields
            let ways = CaseTransition.all[step]?.ways ?? [:]
            let leads = ways.values.reduce(into: Set<CaseStage>()) { $0.formUnion($1) }
            return
                "| `\(step.rawValue)` | \(step.label.chinese) | \(names(Set(ways.keys.compactMap { $0 }))) | \(names(leads)) | \(names(required)) | \(names(optional)) |\n"
        }
        return "| step | 事项 | at | can lead to | needs | may have |\n|---|---|---|---|---|---|\n" + rows.joined()
    }

    /// With `JIUZHU_RECORD=1` the page is written anew where it shows something else.
    private func compare(_ part: String, _ expected: String) throws {
        let text = try String(contentsOfFile: Self.page, encoding: .utf8)
        let begin = try #require(text.range(of: "<!-- \(part) -->\n"))
        let end = try #require(text.range(of: "<!-- end -->", range: begin.upperBound..<text.endIndex))
        if text[begin.upperBound..<end.lowerBound] == expected { return }
        guard ProcessInfo.processInfo.environment["JIUZHU_RECORD"] == "1" else {
            Issue.record("docs/casework.md shows another \(part) than\n\(expected)")
            return
        }
        try text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: expected)
            .write(toFile: Self.page, atomically: true, encoding: .utf8)
    }
}
