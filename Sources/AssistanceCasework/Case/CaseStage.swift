import AssistanceCore

/// 办理环节: where a case stands on its way from the window to the end.
public enum CaseStage: String, CaseIterable, Sendable {
    /// 已申请: handed in at a window, not yet accepted.
    case applied
    /// 待补正: handed in, and papers are lacking that were named once and completely.
    case incomplete
    /// 已受理: being verified, visited and answered by the departments.
    case accepted
    /// 已核算: what the household is entitled to has been computed, and is to be reviewed.
    case assessed
    /// 已审核: the reviewer has proposed to grant or to refuse.
    case reviewed
    /// 公示中: shown to the public, masked; objections may be raised.
    case noticed
    /// 已确认: decided by the level that policy names; the written decision is due.
    case confirmed
    /// 救助中: granted, and paid month by month until it ends.
    case granted
    /// 复核中: granted and under review, since a change was reported or the time has come.
    case reviewing
    /// 已办结: refused, withdrawn, merged, ended, or granted once; nothing more is done but appeals.
    case closed

    /// What it is called.
    public var label: Label {
        switch self {
        case .applied: Label("已申请", "applied")
        case .incomplete: Label("待补正", "papers lacking")
        case .accepted: Label("已受理", "accepted")
        case .assessed: Label("已核算", "assessed")
        case .reviewed: Label("已审核", "reviewed")
        case .noticed: Label("公示中", "public notice")
        case .confirmed: Label("已确认", "confirmed")
        case .granted: Label("救助中", "granted")
        case .reviewing: Label("复核中", "under review")
        case .closed: Label("已办结", "closed")
        }
    }
}
