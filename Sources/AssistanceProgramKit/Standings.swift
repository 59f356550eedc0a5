import AssistanceCore
import AssistancePolicy

/// Standings that mechanisms of the ground floor read, whichever programme decides them.
public enum Standings {
    /// 特困供养人员: leaves the base of the family (社会救助暂行办法 第十四条).
    public static let specialPoverty = StandingDeclaration(
        "special_poverty", of: .member, fact: "special_poverty", "特困供养", "special poverty")
}
