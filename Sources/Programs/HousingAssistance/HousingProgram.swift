import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Housing aid (住房救助).
public struct HousingProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `housing`
    public let id = "housing"

    /// 住房救助
    public var label: Label { section.label }

    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty"]

    /// Its open terms.
    public let section = SectionDeclaration("housing", Label("住房救助", "housing aid"), GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, in: context).plan(id, label)]
    }
}
