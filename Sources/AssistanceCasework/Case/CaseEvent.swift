import AssistanceCore

/// 个案事件: a step that was done, who did it, and what follows from policy; it holds all that folding needs.
public struct CaseEvent: Hashable, Sendable {
    /// What was done.
    public let action: CaseAction
    /// Who did it: a staff number.
    public let actor: String
    /// What is due from then on; those of the same step before are replaced.
    public let deadlines: [CaseDeadline]
    /// The last day of what the step begins and what has to last: a public notice.
    public let lasts: CalendarDate?
    /// The day from which it changes what is paid.
    public let effective: CalendarDate?
    /// The rule that allowed it: document and article, or the place in the policy files.
    public let rule: String

    /// A step that was done.
    public init(
        action: CaseAction, actor: String, deadlines: [CaseDeadline], lasts: CalendarDate?, effective: CalendarDate?,
        rule: String
    ) {
        (self.action, self.actor, self.deadlines) = (action, actor, deadlines)
        (self.lasts, self.effective, self.rule) = (lasts, effective, rule)
    }
}
