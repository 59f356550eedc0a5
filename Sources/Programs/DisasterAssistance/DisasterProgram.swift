import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// Disaster aid (受灾人员救助).
///
/// National rule: 自然灾害救助条例 (国务院令第577号); 社会救助暂行办法 第二十条至第二十六条. Its stages stand side by side,
/// and each looks at every loss of the household (灾损) by itself.
public struct DisasterProgram: AssistanceProgram {
    /// The programme.
    public init() {}

    /// `disaster`
    public let id = "disaster"
    /// 受灾人员救助
    public var label: Label { section.label }
    /// Places may give more to families with a standing.
    public let reads = ["low-income", "special-poverty"]
    /// Its open terms.
    public let section = SectionDeclaration(
        "disaster", Label("受灾人员救助", "disaster aid"), GenericProgram.terms(of: stages))

    /// The stages of the law, in their order.
    private static let stages = [
        GenericStage("emergency", about: .loss, "应急救助", "emergency relief"),
        GenericStage("transition", about: .loss, "过渡期生活救助", "transitional living"),
        GenericStage("bereavement", about: .loss, "遇难人员家属抚慰", "consolation of the bereaved"),
        GenericStage("damage", about: .loss, "倒损住房恢复重建", "rebuilding and repair of homes"),
        GenericStage("drought", about: .loss, "旱灾救助", "drought relief"),
        GenericStage("winter-spring", "冬春救助", "winter and spring relief"),
    ]

    /// The plan of an area and day.
    public func plans(in context: PolicyContext) -> [ProgramPlan] {
        [GenericProgram(section, of: Self.stages, in: context).plan(id, label)]
    }
}
