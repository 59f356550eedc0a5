/// 经办岗位: in which capacity somebody acts.
public enum CaseRole: String, CaseIterable, Sendable {
    /// 受理员: at the window.
    case clerk
    /// 核对员: verifies means.
    case verifier
    /// 调查员: visits households.
    case surveyor
    /// 审核员: reviews and proposes.
    case reviewer
    /// 确认人: confirms at the level that policy names.
    case confirmer
    /// 发放员: makes the payments.
    case payer
    /// 监督员: complaints, appeals and audit.
    case supervisor
    /// 协办部门: a department to which a part was dispatched.
    case department

    /// What it is called.
    public var label: Label {
        switch self {
        case .clerk: Label("受理员", "clerk")
        case .verifier: Label("核对员", "verifier")
        case .surveyor: Label("调查员", "surveyor")
        case .reviewer: Label("审核员", "reviewer")
        case .confirmer: Label("确认人", "confirmer")
        case .payer: Label("发放员", "payer")
        case .supervisor: Label("监督员", "supervisor")
        case .department: Label("协办部门", "department")
        }
    }
}
