import AssistanceCore

/// 个案列表的一行: a case as lists show it.
public struct CaseRow: Sendable {
    /// The case's number.
    public let number: Int64
    /// The division it belongs to.
    public let area: DivisionCode
    /// Where it stands.
    public let stage: CaseStage
    /// The day of application.
    public let opened: CalendarDate
    /// What is due first, and when.
    public let due: (step: CaseStep, day: CalendarDate)?
    /// The day on which the next periodic review is due.
    public let review: CalendarDate?

    init(
        number: Int64, area: DivisionCode, stage: CaseStage, opened: CalendarDate,
        due: (step: CaseStep, day: CalendarDate)?, review: CalendarDate?
    ) {
        (self.number, self.area, self.stage, self.opened) = (number, area, stage, opened)
        (self.due, self.review) = (due, review)
    }
}
