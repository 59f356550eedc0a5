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

    static let obligorFacts: [Fact] = [obligorIncome, supports, children, able, agreedSum]

    static let landArea = Fact(.plot, "mu", .money(.mu), "亩数", "area in mu")
    static let landUse = Fact(.plot, "use", .code(.landUse), "土地性质", "how the land is held")
    static let crop = Fact(.plot, "crop", .code(.crop), "作物", "crop")

    static let plotFacts: [Fact] = [landArea, landUse, crop]
}
