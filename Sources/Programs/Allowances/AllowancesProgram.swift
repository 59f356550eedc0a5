import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Allowances beside the ten (福利补贴): old age, disability, children, price subsidies, and what a place adds.
///
/// Each key of the section is an allowance with a plan of its own; the places decide which there are.
public struct AllowancesProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `allowances`
    public let id = "allowances"
    /// 福利补贴
    public var label: Label { section.label }
    /// Many are for families and persons with a standing.
    public let reads = ["low-income", "special-poverty"]
    /// Its open terms, below keys that places make themselves.
    public let section = SectionDeclaration(
        "allowances", Label("福利补贴", "allowances"),
        [
            TermDeclaration("*", .offer, unfilled: .optional, "补贴", "allowance"),
            TermDeclaration("*.label", .text, unfilled: .optional, "名称", "name"),
            TermDeclaration("*.label_en", .text, unfilled: .optional, "英文名称", "name in English"),
        ] + GenericProgram.terms(below: "*"))

    /// One for each allowance that any area offers.
    public func planIDs(in library: PolicyLibrary) -> [String] { library.ownKeys(of: section).map { id + "." + $0 } }

    /// A plan for each allowance that the area offers on the day, in the order of their keys.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        context.ownKeys(of: section).map { key in
            context.begin()
            let label = context.label(section, key + ".label", otherwise: key)
            return GenericProgram(section, below: key, in: context).plan(id + "." + key, label)
        }
    }
}
