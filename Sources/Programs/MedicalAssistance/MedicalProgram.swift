import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Medical aid (医疗救助).
public struct MedicalProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `medical`
    public let id = "medical"

    /// 医疗救助
    public var label: Label { section.label }

    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty"]

    /// Its open terms.
    public let section = SectionDeclaration("medical", Label("医疗救助", "medical aid"), GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, in: context).plan(id, label)]
    }
}
