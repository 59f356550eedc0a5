import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// The open terms of special poverty (特困人员救助供养): the section `special-poverty` of policy files.
enum SpecialPovertyTerms {
    static let section = SectionDeclaration(
        "special-poverty", Label("特困人员救助供养", "special poverty (support of the destitute)"),
        [
            TermDeclaration("no_labour", .condition, of: .member, unfilled: .nation, "无劳动能力", "no ability to work"),
            TermDeclaration(
                "livelihood.income", .range(.yuanPerMonth), of: .member, unfilled: .nation, "无生活来源:收入条件",
                "no livelihood: range of the person's own income"),
            TermDeclaration(
                "livelihood.property", .checks, unfilled: .optional, "无生活来源:财产条件",
                "no livelihood: property, where not as in means"),
            TermDeclaration(
                "obligor_unable", .checks, of: .obligor, unfilled: .nation, "义务人无履行义务能力的情形",
                "when an obligor is unable; any one suffices"),
            TermDeclaration("checks", .checks, of: .member, unfilled: .optional, "其他条件", "other conditions"),
            TermDeclaration(
                "self_care", .code(.selfCare), of: .member, unfilled: .nation, "生活自理能力", "ability to care for oneself"),
            TermDeclaration(
                "basic", .value(.yuanPerMonth), of: .member, unfilled: .required, "基本生活标准", "standard of basic living"),
            TermDeclaration(
                "care", .value(.yuanPerMonth), of: .member, unfilled: .required, "照料护理标准", "standard of care"),
            TermDeclaration(
                "funded", .value(.yuanPerMonth), of: .member, unfilled: .optional, "财政补助标准",
                "part of the basic standard that the treasury funds"),
            TermDeclaration(
                "ends.months", .value(.month), unfilled: .optional, "终止供养的渐退月数", "months of gradual exit after the end"),
            TermDeclaration(
                "ends.checks", .checks, of: .member, unfilled: .optional, "渐退条件", "conditions of gradual exit"),
        ] + PaymentTerms.terms())
}
