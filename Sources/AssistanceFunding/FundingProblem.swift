import AssistanceCasework
import AssistanceRecords

/// 不予办理: why nothing was paid or moved. Nothing has been changed.
public struct FundingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of rule forbids it.
    public enum Code: String, CaseIterable, Sendable {
        /// Up to the month everything has been paid or is under way.
        case nothingOwed = "nothing-owed"
        /// The role may not do it.
        case wrongRole = "wrong-role"
        /// The office does not stand above the area.
        case outsideArea = "outside-area"
        /// The same person has proposed it (不相容岗位).
        case notApart = "not-apart"
        /// There is no such run.
        case noRun = "no-run"
        /// The run is not at the stage at which this is done.
        case wrongStage = "wrong-stage"
        /// The funds that may pay do not hold enough.
        case noFunds = "no-funds"
        /// The accounts of a transfer do not fit together: money stays within its fund (专款专用).
        case wrongAccounts = "wrong-accounts"
        /// A sum is nothing or less, or more than can be counted.
        case wrongSum = "wrong-sum"
        /// A receipt is of no payment of the run, or contradicts one before it.
        case wrongReceipt = "wrong-receipt"
        /// The payee of a case is not known.
        case noPayee = "no-payee"
        /// Who acts is not named as it has to be.
        case wrongActor = "wrong-actor"
        /// What a budget is divided by is not known, or gives nobody a part.
        case wrongAllocation = "wrong-allocation"
    }

    /// What kind of rule forbids it.
    public let code: Code
    /// What forbids it and what to do, in one sentence without a final stop.
    public let message: String

    init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }

    /// `refused (not-apart): …`
    public var description: String { "refused (\(code.rawValue)): \(message)" }
}

/// Why a call about payments or funds did not work. Nothing has been changed, and no text of it holds personal data.
public enum FundingProblem: Error, Sendable {
    /// A rule forbids it.
    case refused(FundingRefusal)
    /// The events of a case or run do not fold: the file was changed by somebody else.
    case damaged(Int64)
    /// The file could not be read or written.
    case storage(RecordProblem)

    /// Runs what throws problems of several kinds.
    static func of<Value>(_ body: () throws -> Value) throws(FundingProblem) -> Value {
        do {
            return try body()
        } catch let problem as FundingProblem {
            throw problem
        } catch let refusal as FundingRefusal {
            throw .refused(refusal)
        } catch let problem as RecordProblem {
            throw .storage(problem)
        } catch CaseProblem.damaged(let number), CaseProblem.noCase(let number) {
            throw .damaged(number)
        } catch {
            throw .storage(RecordProblem(.storage, "\(error)", path: ""))
        }
    }
}
