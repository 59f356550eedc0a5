import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// The open terms of medical aid (医疗救助): the section `medical` of policy files.
enum MedicalTerms {
    static let section = SectionDeclaration(
        "medical", Label("医疗救助", "medical aid"),
        [
            TermDeclaration(
                "class", .openCode, of: .member, unfilled: .nation, "救助对象类别",
                "class of the person; none for whoever is not aided"),
            TermDeclaration("checks", .checks, of: .member, unfilled: .optional, "其他条件", "other conditions"),
            TermDeclaration(
                "premium", .value(.yuanPerYear), of: .member, unfilled: .required, "资助参保",
                "what is paid of the person's premium"),
            TermDeclaration(
                "scope", .value(.yuanPerYear), of: .member, unfilled: .nation, "政策范围内费用",
                "cost of the year that the layers work on"),
            TermDeclaration(
                "layers", .layers(.yuanPerYear), of: .member, unfilled: .required, "费用救助",
                "who pays what of the year's cost, one after the other"),
            TermDeclaration(
                Account.outpatient.rawValue, .layers(.yuanPerYear), of: .member, unfilled: .optional, "门诊救助",
                "who pays what of the year's outpatient bills"),
            TermDeclaration(
                Account.specialDisease.rawValue, .layers(.yuanPerYear), of: .member, unfilled: .optional, "门诊慢特病救助",
                "who pays what of the year's bills of special outpatient diseases"),
            TermDeclaration(
                Account.singleDisease.rawValue, .layers(.yuan), of: .bill, unfilled: .optional, "单病种救助",
                "who pays what of each bill of a listed disease"),
            TermDeclaration(
                "tilted", .layers(.yuanPerYear), of: .member, unfilled: .optional, "倾斜救助",
                "further aid on what all of these leave"),
            TermDeclaration(
                "emergency", .layers(.yuan), of: .bill, unfilled: .optional, "疾病应急救助",
                "what the hospital is paid of an emergency bill that stays unpaid"),
        ] + PaymentTerms.terms())
}

/// The lists that take bills of their own out of the year's account, by the name of their term.
enum Account: String, CaseIterable {
    case outpatient
    case specialDisease = "special-disease"
    case singleDisease = "single-disease"
}
