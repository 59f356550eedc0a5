import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Social participation (社会力量参与).
public struct SocialParticipationProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `social-participation`
    public let id = "social-participation"

    /// 社会力量参与
    public var label: Label { section.label }

    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty", "medical"]

    /// Its open terms.
    public let section = SectionDeclaration(
        "social-participation", Label("社会力量参与", "social participation"), GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, in: context).plan(id, label)]
    }
}
