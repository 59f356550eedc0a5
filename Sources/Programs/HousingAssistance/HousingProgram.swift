import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Housing aid (住房救助).
///
/// National rule: 社会救助暂行办法 (国务院令第649号) 第三十七条至第四十条. Three ways, each with its own conditions: a subsidy
/// of the rent, the repair of dangerous houses in the countryside, and public rental housing.
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
    public var section: SectionDeclaration { HousingTerms.section }

    /// One for each way.
    public func planIDs(in library: PolicyLibrary) -> [String] { Self.ways.map { id + "." + $0 } }

    private static let ways = ["rent", "repair", "public-rental"]

    /// The plans of an area and day: `housing.rent`, `housing.repair`, `housing.public-rental`.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        Self.ways.filter { context.isOffered(section, $0) }.compactMap { way in
            guard let label = section[way]?.label else { return nil }
            context.begin()
            let id = id + "." + way
            switch way {
            case "rent": return RentSubsidy(id, label, in: context).plan
            case "repair": return HouseRepair(id, label, in: context).plan
            default: return GenericProgram(section, below: way, in: context).plan(id, label)
            }
        }
    }
}
