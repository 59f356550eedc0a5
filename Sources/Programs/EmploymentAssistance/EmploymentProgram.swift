import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Employment aid (就业救助).
public struct EmploymentProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `employment`
    public let id = "employment"

    /// 就业救助
    public var label: Label { section.label }

    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty"]

    /// Its open terms.
    public let section = SectionDeclaration("employment", Label("就业救助", "employment aid"), GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, in: context).plan(id, label)]
    }
}
