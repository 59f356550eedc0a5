import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceFunding
import AssistanceRecords
import CJiuzhu

extension Failure {
    /// Any error of a file of cases.
    ///
    /// - Parameter document: What the text is called of which findings name no file.
    init(of error: any Error, _ policy: PolicyObject?, document: String) {
        self =
            switch error {
            case let failure as Failure: failure
            case let problem as CaseProblem: Failure(problem, policy, document)
            case let problem as FundingProblem: Failure(problem)
            case let refusal as FundingRefusal: Failure(FundingProblem.refused(refusal))
            case let problem as RecordProblem: Failure(problem)
            case let problem as PaymentProblem: Failure(JZ_E_INPUT, problem.message)
            default: Failure(JZ_E_INTERNAL, "an error of a kind that is not known; please report it")
            }
    }

    private init(_ problem: CaseProblem, _ policy: PolicyObject?, _ document: String) {
        switch problem {
        case .refused(let refusal):
            self.init(
                JZ_E_REFUSED, refusal.description,
                Cause(
                    code: refusal.code.rawValue, message: refusal.message, step: refusal.step.rawValue,
                    rule: refusal.rule))
        case .noCase(let number):
            self.init(JZ_E_NO_CASE, "the file has no case \(number); jz_case_list shows those it has")
        case .wrongInput(let findings):
            self.init(
                JZ_E_INPUT,
                findings.map { finding in
                    var finding = finding
                    if finding.file.isEmpty { finding.file = document }
                    return finding
                })
        case .wrongPolicy(let findings): self.init(JZ_E_POLICY, policy?.located(findings) ?? findings)
        case .storage(let problem): self.init(problem)
        case .damaged(let number):
            self.init(
                JZ_E_STORE, "the events of case \(number) do not follow from each other; verify the file",
                Cause(code: RecordProblem.Code.damaged.rawValue, message: "the events do not follow from each other"))
        }
    }

    private init(_ problem: FundingProblem) {
        switch problem {
        case .refused(let refusal):
            self.init(
                JZ_E_REFUSED, refusal.description,
                Cause(code: refusal.code.rawValue, message: refusal.message, rule: refusal.rule))
        case .storage(let problem): self.init(problem)
        case .damaged(let number):
            self.init(
                JZ_E_STORE, "what stands of case or run \(number) cannot be read; verify the file",
                Cause(code: RecordProblem.Code.damaged.rawValue, message: "what stands there cannot be read"))
        }
    }

    /// What is wrong with a file, or what it does not take.
    init(_ problem: RecordProblem) {
        let code =
            switch problem.code {
            case .badSecret: JZ_E_ARGUMENT
            case .refused: JZ_E_REFUSED
            case .locked: JZ_E_BUSY
            case .noSuchFile, .fileExists, .readOnly, .diskFull, .storage: JZ_E_FILE
            default: JZ_E_STORE
            }
        let place = problem.path.isEmpty ? "" : problem.path + ": "
        self.init(
            code, MessageLine(place + problem.message).text,
            Cause(code: problem.code.rawValue, message: problem.message))
    }
}
