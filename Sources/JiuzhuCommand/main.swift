import AssistanceCore
import AssistanceEngine
import AssistanceExpressions
import AssistancePolicy
import LowIncomeAssistance

let arguments = CommandLine.arguments
let findings = Findings()
let programs: [any AssistanceProgram] = [LowIncomeProgram()]
let library = PolicyLibrary.load(arguments[1], in: "Policies", sections: Engine.sections(of: programs), findings)
let engine = Engine(library, programs: programs)
if let area = DivisionCode(arguments[2]), let date = CalendarDate(iso: arguments[3]) {
    let stage = Stage(rawValue: arguments[4]) ?? .application
    let policy = engine.policy(area: area, date: date, stage: stage, findings)
    let bytes = PolicyFiles.read(arguments[5]) ?? []
    var scanner = JSONScanner(bytes, file: arguments[5])
    var problems: [Diagnostic] = []
    let file = HouseholdReader.read(&scanner, schema: .national, date: date, file: arguments[5], findings: &problems)
    for problem in problems { print(problem) }
    let assessor = Assessor(engine, policy, over: file.batch)
    for row in file.households.indices {
        let a = assessor.assess(household: row, explain: true)
        for d in a.determinations {
            print(d.status, d.routes.map { ($0.id, $0.status, $0.isTaken, $0.failed.map(\.id)) }, d.monthly.least.text, d.monthly.most.text, d.benefits.map { ($0.id, $0.amount.least.text, $0.parts.map { ($0.member, $0.amount.text) }) })
            print(d.missing.map(\.label.chinese), d.standings.map { ($0.id, $0.status) }, d.membersCounted as Any, d.review as Any)
            func show(_ s: ExplainedStep, _ n: Int) {
                print(String(repeating: "  ", count: n) + s.label.chinese, s.values.map { ($0.row.map { "\($0 + 1):" } ?? "") + $0.text.chinese }.joined(separator: "; "), s.isRepeated ? "^" : "", s.citation?.text ?? "", s.place ?? "", s.rule ?? "")
                for i in s.inputs { show(i, n + 1) }
            }
            if arguments.count > 6 { for s in d.steps { show(s, 0) } }
        }
        print(a.weakestSource as Any, a.notes.map(\.chinese))
    }
}
for finding in findings.sorted { print(finding) }
