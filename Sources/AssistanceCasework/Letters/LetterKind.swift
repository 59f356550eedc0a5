import AssistanceCore

/// 文书种类: what a case hands over to its household in writing.
public enum LetterKind: String, CaseIterable, Sendable {
    /// 一次性告知书: the papers that lack, all at once.
    case papers
    /// 受理通知书.
    case accepted
    /// 不予受理通知书.
    case declined
    /// 决定书: what is granted or refused, why, and what can be done against it.
    case decision
    /// 调整通知书: sums of a running grant are others from now on.
    case adjusted
    /// 停发通知书: a running grant has ended.
    case stopped
    /// 发放通知: what is paid in a month.
    case payment

    /// What it is called.
    public var label: Label {
        switch self {
        case .papers: Label("补正材料一次性告知书", "notice of lacking papers")
        case .accepted: Label("受理通知书", "notice of acceptance")
        case .declined: Label("不予受理通知书", "notice that it is not taken up")
        case .decision: Label("审核确认决定书", "decision")
        case .adjusted: Label("待遇调整通知书", "notice of adjustment")
        case .stopped: Label("停发通知书", "notice of ending")
        case .payment: Label("待遇发放通知", "notice of payment")
        }
    }

    /// The step that it tells of; nil where it tells how the case stands.
    var step: CaseStep? {
        switch self {
        case .papers: .askPapers
        case .accepted: .accept
        case .declined: .decline
        case .decision, .adjusted: .decide
        case .stopped: .end
        case .payment: nil
        }
    }

    /// Whether it tells of an event, with the case as it stood before and stands after.
    func tells(of event: CaseEvent, from before: CaseState?, to after: CaseState) -> Bool {
        switch self {
        case .payment: true
        case .stopped: before?.running.keys.contains { after.running[$0] == nil } ?? false
        case .adjusted:
            event.action.step == .decide
                && before?.running.contains { program, old in
                    after.running[program].map { $0.grants != old.grants } ?? false
                } ?? false
        default: event.action.step == step
        }
    }

    /// Why there is none, where no event is such.
    var absence: CaseRefusal {
        switch self {
        case .stopped: CaseRefusal(.notReady, .end, "nothing that was granted has ended; there is no notice of ending")
        case .adjusted:
            CaseRefusal(.notReady, .decide, "no decision has changed a running sum; there is no notice of adjustment")
        default:
            CaseRefusal(
                .notReady, step ?? .decide,
                "the case has had no such step (\((step ?? .decide).label.chinese)); there is no \(label.english) before it"
            )
        }
    }
}
