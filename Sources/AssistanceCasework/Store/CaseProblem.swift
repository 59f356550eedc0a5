import AssistanceCore
import AssistanceRecords

/// Why a call of the case store did not work. Nothing has been changed, and no text of it holds personal data.
public enum CaseProblem: Error, Sendable {
    /// A rule forbids it.
    case refused(CaseRefusal)
    /// There is no such case.
    case noCase(Int64)
    /// What was handed over is wrong.
    case wrongInput([Diagnostic])
    /// Policy is wrong, or lacks what is needed.
    case wrongPolicy([Diagnostic])
    /// The file could not be read or written.
    case storage(RecordProblem)
    /// The events of a case do not fold: the file was changed by somebody else.
    case damaged(Int64)
}

extension CaseProblem {
    /// Runs what throws problems of several kinds.
    static func of<Value>(_ body: () throws -> Value) throws(CaseProblem) -> Value {
        do {
            return try body()
        } catch let problem as CaseProblem {
            throw problem
        } catch let refusal as CaseRefusal {
            throw .refused(refusal)
        } catch let problem as RecordProblem {
            throw .storage(problem)
        } catch {
            throw .storage(RecordProblem(.storage, "\(error)", path: ""))
        }
    }
}
