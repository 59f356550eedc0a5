import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Temporary relief (临时救助).
public struct TemporaryReliefProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `temporary-relief`
    public let id = "temporary-relief"

    /// 临时救助
    public var label: Label { section.label }

    /// Whose standings it reads.
    public let reads = ["low-income", "special-poverty"]

    /// Its open terms.
    public let section = SectionDeclaration(
        "temporary-relief", Label("临时救助", "temporary relief"), GenericProgram.terms())

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, in: context).plan(id, label)]
    }
}
