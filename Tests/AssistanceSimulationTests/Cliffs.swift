import AssistanceCore
import AssistancePolicy

/// The policy of an area on a day, in which cliffs are looked for.
struct CliffPlace: Hashable, Sendable {
    let policy: String
    let area: String
    let day: String
    var stage = Stage.application

    /// A town of 林口县, which has terms of its own.
    static let liushu = CliffPlace(policy: "heilongjiang/mudanjiang", area: "231025105", day: "2026-06-01")
    static let liushuReview = CliffPlace(
        policy: "heilongjiang/mudanjiang", area: "231025105", day: "2026-06-01", stage: .review)
    /// A county under the terms of the province.
    static let suifenhe = CliffPlace(policy: "heilongjiang", area: "231081", day: "2025-06-01")
    static let harbin = CliffPlace(policy: "heilongjiang/harbin", area: "230102", day: "2024-10-15")
    static let guangde = CliffPlace(policy: "anhui/xuancheng", area: "341882", day: "2023-06-01")
    static let guanling = CliffPlace(policy: "guizhou/anshun", area: "520424", day: "2020-06-08")
    static let shijiazhuang = CliffPlace(policy: "hebei/shijiazhuang", area: "130102", day: "2020-06-15")
    static let jinan = CliffPlace(policy: "shandong/jinan", area: "370102", day: "2024-06-01")
    static let qingdao = CliffPlace(policy: "shandong/qingdao", area: "370203", day: "2020-06-01")

    static let all = [
        liushuReview, liushu, suifenhe, harbin, guangde, guanling, shijiazhuang, jinan, qingdao,
    ]
}

/// A cliff of the law: a programme, its ways in before and after, and the rules that turn there.
struct ListedCliff: Sendable {
    let program: String
    let ways: String
    /// The benefits that rise, in one place or another.
    let benefits: Set<String>
    /// The articles of the rules that turn, in one place or another.
    let articles: Set<String>
    let places: Set<CliffPlace>

    init(
        _ program: String, _ ways: String, _ benefits: Set<String>, by articles: Set<String>,
        in places: Set<CliffPlace>
    ) {
        (self.program, self.ways, self.benefits, self.articles) = (program, ways, benefits, articles)
        self.places = places
    }
}

/// Every place where more income gives more of a programme. What is met and does not stand here fails, and so does what
/// stands here and is not met.
enum Cliffs {
    /// 社会救助暂行办法 (国务院令第649号) 第十四条: whoever earns the standard is in special poverty no more, nor is
    /// whoever they can keep then.
    private static let livelihood = "order-649 第十四条"
    /// 第九条: whoever has the line is no low-income household.
    private static let line = "order-649 第九条"
    /// 民发〔2021〕57号: from the line to 150 % of it the severely disabled or ill are covered alone; the months of gradual
    /// exit begin above the line as well.
    private static let above = "mca-2021-57-recalled"

    static let listed: [ListedCliff] = lowIncome + whereLowIncomeGoesOn + medical + allowances

    private static let lowIncome = [
        // Whoever leaves special poverty counts in the family, and is paid like everybody in it; so are those whom they
        // must keep.
        ListedCliff(
            "low-income", "household → household", ["base", "supplements"], by: [livelihood, above],
            in: [.liushu, .liushuReview, .suifenhe, .harbin, .guangde, .jinan, .qingdao]),
        ListedCliff(
            "low-income", "none → household", ["base", "supplements"], by: [livelihood, above],
            in: [.liushu, .liushuReview, .suifenhe, .harbin, .guangde, .guanling, .jinan]),
        ListedCliff(
            "low-income", "none → single", ["base", "supplements"], by: [livelihood],
            in: [.suifenhe, .harbin, .guangde, .jinan]),
        // 单人保: at the line the gap of a family has shrunk to nothing, and what one person is paid alone has not.
        ListedCliff(
            "low-income", "household → single", ["base"], by: [line, above, livelihood],
            in: [.liushu, .liushuReview, .suifenhe, .harbin, .guangde]),
        // 渐退: a family that rose above the line keeps the sum it had for some months. The check of 林口县's labour belongs
        // to the route of the family, and gradual exit does not ask.
        ListedCliff("low-income", "household → grace", ["base"], by: [line, above, livelihood], in: [.liushuReview]),
        ListedCliff(
            "low-income", "none → grace", ["base", "supplements"], by: [line, above, livelihood], in: [.liushuReview]),
        ListedCliff("low-income", "grace → household", ["base", "supplements"], by: [livelihood], in: [.liushuReview]),
    ]

    /// What is given to low-income families goes on with gradual exit, and begins with it where 林口县's check of labour had
    /// refused them.
    private static let whereLowIncomeGoesOn = [
        ListedCliff(
            "education", "education → education", ["living"], by: [line, above], in: [.liushuReview]),
        ListedCliff(
            "education", "none → education",
            ["college-grant", "living", "postgraduate-grant", "preschool", "senior-grant", "vocational-grant"],
            by: [line, above, livelihood], in: [.liushuReview]),
        ListedCliff("employment", "none → employment", ["insurance", "post"], by: [line, above], in: [.liushuReview]),
        ListedCliff(
            "allowances.old-age", "allowances.old-age → allowances.old-age", ["allowance"], by: [line, above],
            in: [.liushuReview]),
        ListedCliff(
            "medical", "none → aid", ["aid", "premium", "tilted-aid"], by: [line, above, livelihood],
            in: [.liushuReview]),
    ]

    private static let medical = [
        // What of the premium is paid for an edge family, or for a person of another class, is left open or not known: it
        // may be more than the fixed sum of before.
        ListedCliff(
            "medical", "aid → aid", ["premium"], by: [line, above, livelihood],
            in: [.liushu, .liushuReview, .suifenhe, .harbin, .guangde, .jinan])
    ]

    private static let allowances = [
        // The nursing allowance is not paid beside the care of special poverty.
        ListedCliff(
            "allowances.disability-nursing", "none → allowances.disability-nursing", ["nursing"], by: [livelihood],
            in: [.shijiazhuang]),
        // 民发〔2019〕62号: a child that nobody looks after has the difference to low income; where that falls, this rises.
        ListedCliff(
            "allowances.unattended", "allowances.unattended → allowances.unattended", ["living"], by: ["mca-2019-62"],
            in: [.shijiazhuang]),
    ]
}
