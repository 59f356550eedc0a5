import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Education aid (教育救助).
public struct EducationProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `education`
    public let id = "education"

    /// 教育救助
    public var label: Label { section.label }

    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty"]

    /// Its open terms.
    public let section = SectionDeclaration("education", Label("教育救助", "education aid"), GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, in: context).plan(id, label)]
    }
}
