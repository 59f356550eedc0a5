import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// The open terms of temporary relief (临时救助): the section `temporary-relief` of policy files.
enum TemporaryReliefTerms {
    /// Who approves (审批机关).
    static let approval = CodeList([
        Code("township", "乡镇人民政府(街道办事处)", "the township"),
        Code("county", "县级人民政府民政部门", "the county's civil affairs department"),
        Code("meeting", "县级人民政府民政部门集体研究", "a meeting of the county's civil affairs department"),
        Code("government", "县级人民政府", "the county government"),
    ])

    /// How it is paid (救助方式).
    static let payment = CodeList([
        Code("transfer", "发到个人账户", "by transfer"), Code("cash", "直接发放现金", "in cash"),
        Code("goods", "发放实物", "in kind"), Code("monthly", "分月发放", "by the month"),
    ])

    static let section = SectionDeclaration(
        "temporary-relief", Label("临时救助", "temporary relief"),
        [
            TermDeclaration("kind", .code(.reliefKind), unfilled: .nation, "救助类型", "kind of relief"),
            TermDeclaration("class", .openCode, unfilled: .nation, "救助对象类别", "class"),
            TermDeclaration("checks", .checks, unfilled: .required, "救助条件和次数", "conditions, and how often"),
            TermDeclaration("base", .value(.yuanPerMonth), unfilled: .nation, "计算基数", "base of the sum"),
            TermDeclaration("persons", .number, unfilled: .nation, "计算人数", "persons of the sum"),
            TermDeclaration("amount", .value(.yuan), unfilled: .required, "救助标准", "sum"),
            TermDeclaration("cap", .value(.yuan), unfilled: .optional, "救助上限", "limit of the sum"),
            TermDeclaration("case-by-case.when", .condition, unfilled: .optional, "一事一议", "decided case by case"),
            TermDeclaration(
                "case-by-case.amount", .value(.yuan), unfilled: .nation, "一事一议的救助金额", "sum decided case by case"),
            TermDeclaration("approval", .code(approval), unfilled: .nation, "审批机关", "who approves"),
            TermDeclaration("pays", .code(payment), unfilled: .nation, "救助方式", "how it is paid"),
        ])
}
