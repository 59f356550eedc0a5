/// What a household file may say about an obligor and about a plot of land.
extension Fact {
    static let obligorIncome = Fact(
        .obligor, "per_capita_income", .money(.yuanPerMonth), "义务人家庭人均月收入",
        "per-capita monthly income of the obligor's family")
    static let supports = Fact(.obligor, "supports", .count(1...100), "义务人需供养人数", "persons the obligor must support")
    static let children = Fact(
        .obligor, "children", .count(1...100), "被供养人的子女数", "children of the person supported")
    static let able = Fact(.obligor, "able", .code(.able), "履行义务能力", "able to support")
    static let agreedSum = Fact(
        .obligor, "agreed_sum", .money(.yuanPerMonth), "协议或判决的供养费", "sum agreed or ordered by a court")

    static let obligorAge = Fact(.obligor, "age", .count(0...150), "义务人年龄", "the obligor's age")
    static let obligorStanding = Fact(
        .obligor, "standing", .code(.obligorStanding), "义务人救助身份", "the obligor's standing")
    static let obligorDisabilityKind = Fact(
        .obligor, "disability_kind", .code(.disabilityKind), "义务人残疾类别", "the obligor's kind of disability",
        standard: "GB/T 26341")
    static let obligorDisabilityGrade = Fact(
        .obligor, "disability_grade", .count(0...4), "义务人残疾等级", "the obligor's grade of disability, 0 for none",
        standard: "GB/T 26341")
    static let whereabouts = Fact(.obligor, "whereabouts", .code(.whereabouts), "义务人下落", "where the obligor is")
    static let lacksCapacity = Fact(
        .obligor, "lacks_civil_capacity", .yesNo, "义务人无民事行为能力", "the obligor has no civil capacity")
    static let obligorProperty = Fact(
        .obligor, "property_within", .yesNo, "义务人财产符合低保边缘家庭规定",
        "the obligor's property is within the rule for edge families")

    static let obligorFacts: [Fact] = [
        obligorIncome, supports, children, able, agreedSum, obligorAge, obligorStanding, obligorDisabilityKind,
        obligorDisabilityGrade, whereabouts, lacksCapacity, obligorProperty,
    ]

    static let landArea = Fact(.plot, "mu", .money(.mu), "亩数", "area in mu")
    static let landUse = Fact(.plot, "use", .code(.landUse), "土地性质", "how the land is held")
    static let crop = Fact(.plot, "crop", .code(.crop), "作物", "crop")

    static let plotFacts: [Fact] = [landArea, landUse, crop]
}
