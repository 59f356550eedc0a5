import AssistanceCore
import AssistanceExpressions
import AssistanceEngine
import AssistancePolicy
import LowIncomeAssistance

let arguments = CommandLine.arguments
let findings = Findings()
let programs: [any AssistanceProgram] = [LowIncomeProgram()]
let library = PolicyLibrary.load(arguments[1], in: "Policies", sections: Engine.sections(of: programs), findings)
let engine = Engine(library, programs: programs)
if let area = DivisionCode(arguments[2]), let date = CalendarDate(iso: arguments[3]) {
    for stage in Stage.allCases {
        let policy = engine.policy(area: area, date: date, stage: stage, findings)
        print(policy.graph.nodes.count, policy.graph.steps.count, policy.graph.gaps)
    }
}
for finding in findings.sorted { print(finding) }
