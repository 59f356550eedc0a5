/// What a household file may say about an obligor, a plot of land, a treatment, and what a disaster did.
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

    static let billKind = Fact(.bill, "kind", .code(.billKind), "就诊类别", "kind of treatment")
    static let hospitalLevel = Fact(.bill, "hospital_level", .code(.hospitalLevel), "医院等级", "level of the hospital")
    static let referred = Fact(.bill, "referred", .yesNo, "按规定转诊", "referred by the rule")
    static let inScope = Fact(.bill, "in_scope", .money(.yuan), "政策范围内费用", "cost in scope")
    static let disease = Fact(.bill, "disease", .code(.disease), "病种", "disease")
    static let treatedFrom = Fact(.bill, "from", .date, "入院日期", "first day")
    static let treatedUntil = Fact(.bill, "until", .date, "出院日期", "last day")

    static let billBasicPaid = Fact(.bill, "basic_paid", .money(.yuan), "基本医保已支付", "paid by the basic insurance")
    static let billMajorPaid = Fact(
        .bill, "major_paid", .money(.yuan), "大病保险已支付", "paid by the major-illness insurance")
    static let billOtherPaid = Fact(
        .bill, "other_paid", .money(.yuan), "其他补充保险已支付", "paid by other supplementary insurance")
    static let billUnpaid = Fact(
        .bill, "unpaid", .money(.yuan), "无力支付或身份不明患者的欠费",
        "what stays unpaid, the patient being unable to pay or unknown",
        standard: "国务院令第649号")

    static let billFacts: [Fact] = [
        billKind, hospitalLevel, referred, inScope, disease, treatedFrom, treatedUntil, billBasicPaid, billMajorPaid,
        billOtherPaid, billUnpaid,
    ]

    static let event = Fact(.loss, "event", .code(.disaster), "灾种", "kind of disaster")
    static let relocated = Fact(.loss, "relocated", .yesNo, "紧急转移安置", "moved to safety")
    static let daysAway = Fact(.loss, "days", .amount(.day, 0...999_900), "过渡安置天数", "days until the return home")
    static let damage = Fact(.loss, "damage", .code(.damage), "房屋损坏程度", "damage to the home")
    static let rooms = Fact(.loss, "rooms", .anyCount, "受损间数", "rooms damaged")
    static let onlyHome = Fact(.loss, "only_home", .yesNo, "唯一住房", "the only home")
    static let dead = Fact(.loss, "dead", .anyCount, "遇难人数", "persons killed")
    static let missing = Fact(.loss, "missing", .anyCount, "失踪人数", "persons missing")
    static let droughtNeed = Fact(.loss, "drought_need", .yesNo, "因旱需生活救助", "in need through drought")
    static let affectedPersons = Fact(
        .loss, "persons", .count(0...40), "需救助人数", "persons of the household who need help")
    static let dwelling = Fact(.loss, "dwelling", .code(.dwelling), "受损房屋用途", "what the damaged house was used as")

    static let lossFacts: [Fact] = [
        event, relocated, daysAway, damage, rooms, onlyHome, dead, missing, droughtNeed, affectedPersons,
        dwelling,
    ]
}
