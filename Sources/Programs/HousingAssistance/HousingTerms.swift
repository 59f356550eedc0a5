import AssistanceCore
import AssistancePolicy
import AssistanceProgramKit

/// The open terms of housing aid (住房救助): the section `housing` of policy files.
enum HousingTerms {
    static let section = SectionDeclaration(
        "housing", Label("住房救助", "housing aid"),
        [
            TermDeclaration("rent", .offer, unfilled: .optional, "住房租赁补贴", "rent subsidy"),
            TermDeclaration("rent.class", .openCode, unfilled: .nation, "租赁补贴对象类别", "rent subsidy: class"),
            TermDeclaration("rent.checks", .checks, unfilled: .required, "租赁补贴条件", "rent subsidy: conditions"),
            TermDeclaration(
                "rent.guaranteed", .value(.squareMetre), unfilled: .required, "保障面积", "guaranteed area"),
            TermDeclaration(
                "rent.short", .value(.squareMetre), unfilled: .nation, "补贴面积", "area that is subsidised"),
            TermDeclaration(
                "rent.price", .value(.yuanPerSquareMetreMonth), unfilled: .required, "补贴单价", "subsidy of a square metre"
            ),
            TermDeclaration("rent.coefficient", .number, unfilled: .nation, "补贴系数", "coefficient"),
            TermDeclaration(
                "rent.ceiling", .value(.yuanPerMonth), unfilled: .nation, "补贴上限", "limit of the subsidy"),
            TermDeclaration("rent.rounding", .rounding, unfilled: .optional, "补贴取整", "rounding of the subsidy"),
        ] + PaymentTerms.terms(below: "rent") + [
            TermDeclaration("repair", .offer, unfilled: .optional, "农村危房改造", "repair of dangerous houses"),
            TermDeclaration("repair.class", .openCode, unfilled: .nation, "危房改造对象类别", "repair: class"),
            TermDeclaration("repair.checks", .checks, unfilled: .required, "危房改造条件", "repair: conditions"),
            TermDeclaration("repair.amount", .value(.yuan), unfilled: .required, "危房改造补助", "aid to repair"),
            TermDeclaration("public-rental", .offer, unfilled: .optional, "公共租赁住房", "public rental housing"),
        ] + GenericProgram.terms(below: "public-rental"))
}
