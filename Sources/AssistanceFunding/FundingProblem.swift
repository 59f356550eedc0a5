import AssistanceCasework
import AssistanceCore
import AssistanceRecords

/// 不予办理: why nothing was paid or moved. Nothing has been changed.
public struct FundingRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of rule forbids it.
    public enum Code: String, CaseIterable, Sendable {
        /// Up to the month everything has been paid or is under way.
        case nothingOwed = "nothing-owed"
        /// The day or the month has not come.
        case notDue = "not-due"
        /// Policy gives nobody this step.
        case noRule = "no-rule"
        /// The role may not do it.
        case wrongRole = "wrong-role"
        /// The office stands at another level than policy names.
        case wrongLevel = "wrong-level"
        /// The office does not stand above the area.
        case outsideArea = "outside-area"
        /// The same person has done a step of the run that must be kept apart (不相容岗位).
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
    /// Document and article, and the place in the policy files; nil where what stands in the file itself forbids it.
    public let rule: String?

    init(_ code: Code, _ message: String, rule: String? = nil) {
        (self.code, self.message, self.rule) = (code, MessageLine(message).text, rule)
    }

    /// `refused (not-apart): … (《…》第二十条, china/procedure.yaml:92:12)`
    public var description: String {
        "refused (\(code.rawValue)): \(message)" + (rule.map { " (\($0))" } ?? "")
    }
}

extension FundingRefusal.Code {
    /// What it is called.
    public var label: Label {
        switch self {
        case .nothingOwed: Label("没有应发金额", "nothing is owed")
        case .notDue: Label("时间未到", "the day has not come")
        case .noRule: Label("政策未规定由谁办理", "policy gives it to nobody")
        case .wrongRole: Label("岗位不符", "the role may not do it")
        case .wrongLevel: Label("办理层级不符", "the office stands at another level")
        case .outsideArea: Label("不属于本辖区", "the area is not the office's")
        case .notApart: Label("不相容岗位未分离", "one person may not do both")
        case .noRun: Label("没有该批次", "there is no such run")
        case .wrongStage: Label("批次环节不符", "the run is at another stage")
        case .noFunds: Label("资金不足", "the funds do not suffice")
        case .wrongAccounts: Label("科目不符", "the accounts do not fit together")
        case .wrongSum: Label("金额有误", "the sum is wrong")
        case .wrongReceipt: Label("回单不符", "a receipt does not fit")
        case .noPayee: Label("收款人未知", "the payee is not known")
        case .wrongActor: Label("经办人编号有误", "who acts is not named as it has to be")
        case .wrongAllocation: Label("无法分配", "the budget cannot be divided")
        }
    }
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
