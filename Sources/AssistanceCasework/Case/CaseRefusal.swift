import AssistanceCore

/// 不予办理: why a step may not be done, and the rule that forbids it. Nothing has been changed.
public struct CaseRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of rule forbids it.
    public enum Code: String, CaseIterable, Sendable {
        /// The step does not belong to the stage at which the case stands.
        case illegalTransition = "illegal-transition"
        /// A field of the step lacks, or one is given that it has not.
        case wrongFields = "wrong-fields"
        /// Policy gives nobody this step.
        case noRule = "no-rule"
        /// The role may not do it.
        case wrongRole = "wrong-role"
        /// The office stands at another level than policy names.
        case wrongLevel = "wrong-level"
        /// The case belongs to another area.
        case outsideArea = "outside-area"
        /// The same person has done a step that must be kept apart (不相容岗位).
        case notApart = "not-apart"
        /// The day lies before that of the last step or after today, or a time that has to pass has not.
        case tooEarly = "too-early"
        /// The time in which it could be done has passed.
        case tooLate = "too-late"
        /// Something has to be done before.
        case notReady = "not-ready"
        /// It has been done and cannot be done again.
        case alreadyDone = "already-done"
        /// What it names does not belong to the case.
        case notOfCase = "not-of-case"
        /// Policy does not give it.
        case notEntitled = "not-entitled"
        /// What was computed does not decide.
        case undetermined
        /// Nobody has allowed it.
        case notPermitted = "not-permitted"
    }

    /// What kind of rule forbids it.
    public let code: Code
    /// What was to be done.
    public let step: CaseStep
    /// What forbids it and what to do, in one sentence without a final stop.
    public let message: String
    /// Document and article, or the place in the policy files; nil where the order of steps itself forbids it.
    public let rule: String?

    /// Why a step may not be done.
    public init(_ code: Code, _ step: CaseStep, _ message: String, rule: String? = nil) {
        (self.code, self.step, self.message, self.rule) = (code, step, MessageLine(message).text, rule)
    }

    /// `confirm: refused (not-apart): lisi has done review, … (民发〔2021〕57号 第二十条)`
    public var description: String {
        "\(step.rawValue): refused (\(code.rawValue)): \(message)" + (rule.map { " (\($0))" } ?? "")
    }
}

extension CaseRefusal.Code {
    /// What it is called.
    public var label: Label {
        switch self {
        case .illegalTransition: Label("当前环节不能办理", "the stage does not allow it")
        case .wrongFields: Label("填写内容有误", "its fields are wrong")
        case .noRule: Label("政策未规定由谁办理", "policy gives it to nobody")
        case .wrongRole: Label("岗位不符", "the role may not do it")
        case .wrongLevel: Label("办理层级不符", "the office stands at another level")
        case .outsideArea: Label("不属于本辖区", "the case belongs to another area")
        case .notApart: Label("不相容岗位未分离", "one person may not do both")
        case .tooEarly: Label("时间未到", "it is too early")
        case .tooLate: Label("已超过期限", "it is too late")
        case .notReady: Label("前置事项未完成", "something has to be done before")
        case .alreadyDone: Label("已经办理", "it has been done")
        case .notOfCase: Label("不属于本个案", "it does not belong to the case")
        case .notEntitled: Label("不符合发放条件", "policy does not give it")
        case .undetermined: Label("核算结果未定", "what was computed does not decide")
        case .notPermitted: Label("未经授权", "nobody has allowed it")
        }
    }
}
