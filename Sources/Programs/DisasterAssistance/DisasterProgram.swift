import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Disaster aid (受灾人员救助).
public struct DisasterProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `disaster`
    public let id = "disaster"

    /// 受灾人员救助
    public var label: Label { section.label }

    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty"]

    /// Its open terms.
    public let section = SectionDeclaration("disaster", Label("受灾人员救助", "disaster aid"), GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, in: context).plan(id, label)]
    }
}
