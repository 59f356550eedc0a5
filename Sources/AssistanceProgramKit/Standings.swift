import AssistanceCore
import AssistancePolicy

/// Standings that mechanisms of the ground floor read, whichever programme decides them.
public enum Standings {
    /// 特困供养人员: leaves the base of the family (社会救助暂行办法 第十四条).
    public static let specialPoverty = StandingDeclaration(
        "special_poverty", of: .member, fact: "special_poverty", "特困供养", "special poverty")
    /// 医保和医疗救助后的个人负担: what medical aid leaves of each person's cost in scope, and society may take over.
    public static let medicalRemaining = StandingDeclaration(
        "medical.remaining", of: .member, unit: .yuanPerYear, fact: "medical_remaining", "医保和医疗救助后的个人负担",
        "cost left after insurance and medical aid")
}
