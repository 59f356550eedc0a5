import ArgumentParser
import AssistanceCasework
import AssistanceCore
import AssistanceFunding
import AssistanceRecords
import AssistanceStorage

/// What did not work with a file of cases, as the command says it and ends.
enum CaseFailure {
    /// Runs a body; what it could not do goes to standard error and ends the command.
    ///
    /// - Parameters:
    ///   - policy: Where the policy comes from, for the names of its files.
    ///   - document: The file that mistakes without a file of their own are in.
    static func ending<R>(
        policy: PolicySource? = nil, document: String = "", _ body: () throws -> R
    ) throws -> R {
        do {
            return try body()
        } catch let problem as CaseProblem {
            throw end(problem, policy, document)
        } catch let problem as FundingProblem {
            throw end(problem)
        } catch let refusal as FundingRefusal {
            throw end(.refused(refusal))
        } catch let problem as RecordProblem {
            throw end(problem)
        } catch let finding as Diagnostic {
            Console.complain([finding])
            throw ExitStatus.badInput
        } catch let problem as StorageProblem {
            Console.complain(problem.description)
            throw ExitStatus.inputOutput
        } catch let problem as PaymentProblem {
            let place = document.isEmpty ? "jiuzhu" : document + (problem.line.map { ":\($0)" } ?? "")
            Console.complain("\(place): error: \(problem.message)")
            throw ExitStatus.badInput
        }
    }

    private static func end(_ problem: FundingProblem) -> ExitCode {
        switch problem {
        case .refused(let refusal):
            Console.complain("jiuzhu: error: \(refusal)")
            return ExitStatus.refused
        case .storage(let problem): return end(problem)
        case .damaged(let number):
            Console.complain(
                "jiuzhu: error: what stands of case or run \(number) cannot be read; verify the file with 'jiuzhu store verify'"
            )
            return ExitStatus.badInput
        }
    }

    private static func end(_ problem: CaseProblem, _ policy: PolicySource?, _ document: String) -> ExitCode {
        switch problem {
        case .refused(let refusal):
            Console.complain("jiuzhu: error: \(refusal)")
            return ExitStatus.refused
        case .noCase(let number):
            Console.complain("jiuzhu: error: the file has no case \(number); 'jiuzhu case list' shows those it has")
            return ExitStatus.badInput
        case .wrongInput(let findings):
            Console.complain(
                findings.map { finding in
                    var finding = finding
                    if finding.file.isEmpty { finding.file = document }
                    return finding
                })
            return ExitStatus.badInput
        case .wrongPolicy(let findings):
            Console.complain(policy?.errors(findings) ?? findings)
            return ExitStatus.badPolicy
        case .storage(let problem): return end(problem)
        case .damaged(let number):
            Console.complain(
                "jiuzhu: error: the events of case \(number) do not follow from each other; verify the file with 'jiuzhu store verify'"
            )
            return ExitStatus.badInput
        }
    }

    private static func end(_ problem: RecordProblem) -> ExitCode {
        Console.complain(problem.path.isEmpty ? "jiuzhu: \(problem)" : problem.description)
        switch problem.code {
        case .refused: return ExitStatus.refused
        case .noSuchFile, .fileExists, .readOnly, .locked, .diskFull, .storage: return ExitStatus.inputOutput
        default: return ExitStatus.badInput
        }
    }
}
