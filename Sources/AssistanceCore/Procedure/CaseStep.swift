/// 经办事项: what can be done with a case. The name is also the key of its rules in `procedure:` of policy files.
public enum CaseStep: String, CaseIterable, Sendable {
    /// 申请: a household applies at any window, for one or several programmes at once.
    case apply
    /// 一次性告知: the papers that lack are named, once and all of them.
    case askPapers = "ask-papers"
    /// 补正: papers that were asked for are handed in.
    case supplyPapers = "supply-papers"
    /// 受理: the application is complete and is taken up.
    case accept
    /// 不予受理: the application is not taken up, with the reason in writing.
    case decline
    /// 近亲属备案: a member is a close relative of staff; the county visits the household itself.
    case registerRelative = "register-relative"
    /// 授权: the members allow that their means are verified, from a day until a day.
    case authorize
    /// 转办: a department is asked to do its part by a day.
    case dispatch
    /// 办理反馈: the department answers.
    case answer
    /// 信息核对: what the registries hold is compared with what was declared.
    case verify
    /// 入户调查: two persons visit the household and record what they found.
    case visit
    /// 核算: what the household is entitled to is computed; the receipt and the policy pack are kept.
    case assess
    /// 审核: a reviewer proposes to grant, to refuse, or sends the case back.
    case review
    /// 公示: the proposal is shown to the public, names masked.
    case publish
    /// 异议: somebody objects during the notice.
    case object
    /// 异议处理: the objection is answered; where it is right the case goes back.
    case settle
    /// 确认: the level that policy names decides.
    case confirm
    /// 决定书: the decision is handed over in writing, with reasons and remedies; what it grants runs from then on.
    case decide
    /// 先行救助: relief is given at once and the papers follow.
    case relieve
    /// 核发当月补贴: what a programme gives for one month to those who receive something, without an application.
    case supplement
    /// 变动报告: the household or somebody else reports a change.
    case report
    /// 定期复核: the review by class is begun.
    case recheck
    /// 停发: a running grant ends from a day on, without a review.
    case end
    /// 转移: the case goes to another township or district.
    case transfer
    /// 死亡: a member has died.
    case recordDeath = "record-death"
    /// 合并: this case is a second entry of another one.
    case merge
    /// 撤回: the household takes its application back.
    case withdraw
    /// 投诉: somebody complains of how the case is handled.
    case complain
    /// 复议: the household appeals against the decision.
    case appeal
    /// 答复: a complaint or appeal is answered.
    case reply
    /// 延长办理时限: what is due gets the longer time that policy allows, once and before it has passed.
    case extend
    /// 期限重算: the days due are counted anew, since the working days of a year were published.
    case recount

    /// What it is called.
    public var label: Label {
        switch self {
        case .apply: Label("申请", "apply")
        case .askPapers: Label("一次性告知", "ask for papers")
        case .supplyPapers: Label("补正", "supply papers")
        case .accept: Label("受理", "accept")
        case .decline: Label("不予受理", "decline")
        case .registerRelative: Label("近亲属备案", "register a relative of staff")
        case .authorize: Label("授权核对", "authorise verification")
        case .dispatch: Label("转办", "dispatch to a department")
        case .answer: Label("办理反馈", "answer of a department")
        case .verify: Label("信息核对", "verify")
        case .visit: Label("入户调查", "home visit")
        case .assess: Label("核算", "assess")
        case .review: Label("审核", "review")
        case .publish: Label("公示", "public notice")
        case .object: Label("提出异议", "object")
        case .settle: Label("异议处理", "settle an objection")
        case .confirm: Label("确认", "confirm")
        case .decide: Label("送达决定书", "hand over the decision")
        case .relieve: Label("先行救助", "relief first")
        case .supplement: Label("核发当月补贴", "give a month's subsidy")
        case .report: Label("变动报告", "report a change")
        case .recheck: Label("定期复核", "periodic review")
        case .end: Label("停发", "end")
        case .transfer: Label("转移", "transfer")
        case .recordDeath: Label("登记死亡", "record a death")
        case .merge: Label("合并", "merge")
        case .withdraw: Label("撤回", "withdraw")
        case .complain: Label("投诉", "complain")
        case .appeal: Label("申请复议", "appeal")
        case .reply: Label("答复", "reply")
        case .extend: Label("延长时限", "extend a time")
        case .recount: Label("期限重算", "count days anew")
        }
    }
}
