/// What a household file may say about the household itself.
extension Fact {
    static let area = Fact(.household, "area", .division, "行政区划代码", "division code", standard: "GB/T 2260")
    static let residence = Fact(.household, "residence", .code(.residence), "城乡", "urban or rural")
    /// Read by the count of members where they are not listed.
    public static let size = Fact(
        .household, "size", .count(1...40), "家庭人口(未列成员时)", "number of members, where they are not listed")

    static let financialAssets = Fact(
        .household, "financial_assets", .money(.yuan), "金融资产", "financial assets", standard: "MZ/T 073")
    static let vehicles = Fact(.household, "vehicles", .anyCount, "机动车数量", "motor vehicles")
    static let vehiclesValue = Fact(.household, "vehicles_value", .money(.yuan), "机动车价值", "value of the vehicles")
    static let homes = Fact(.household, "homes", .anyCount, "住房套数", "homes owned")
    static let homeArea = Fact(.household, "home_area", .money(.squareMetre), "住房面积", "floor area of the homes")
    static let businessCapital = Fact(
        .household, "business_capital", .money(.yuan), "工商登记资本", "capital of registered businesses")
    static let employsOthers = Fact(.household, "employs_others", .yesNo, "雇用他人经营", "employs others")

    static let rigidExpenditure = Fact(
        .household, "rigid_expenditure.total", .money(.yuanPerYear), "刚性支出合计", "rigid expenditure, in all")
    static let rigidMedical = Fact(
        .household, "rigid_expenditure.medical", .money(.yuanPerYear), "医疗刚性支出", "rigid expenditure, medical")
    static let rigidSchool = Fact(
        .household, "rigid_expenditure.school", .money(.yuanPerYear), "教育刚性支出", "rigid expenditure, school")
    static let rigidRehabilitation = Fact(
        .household, "rigid_expenditure.rehabilitation", .money(.yuanPerYear), "残疾康复刚性支出",
        "rigid expenditure, rehabilitation")
    static let rigidDisaster = Fact(
        .household, "rigid_expenditure.disaster", .money(.yuanPerYear), "因灾、意外刚性支出",
        "rigid expenditure, disaster or accident")

    static let singleParent = Fact(.household, "single_parent", .yesNo, "单亲家庭", "single-parent household")
    static let loneElder = Fact(.household, "lone_elder", .yesNo, "孤老户", "elder living alone")
    static let lowIncome = Fact(.household, "low_income", .yesNo, "在册低保家庭", "low-income household, registered")
    static let edge = Fact(.household, "edge", .yesNo, "在册低保边缘家庭", "edge household, registered")
    static let rigid = Fact(
        .household, "rigid", .yesNo, "在册刚性支出困难家庭", "rigid-expenditure household, registered")
    static let heating = Fact(.household, "heating", .code(.heating), "取暖方式", "how the home is heated")
    static let heatedArea = Fact(
        .household, "heated_area", .amount(.squareMetre, 0...10_000_000), "供热面积", "area that is heated")
    static let areaKind = Fact(
        .household, "area_kind", .code(.areaKind), "供热面积口径", "how the heated area is measured")
    static let arrears = Fact(.household, "arrears", .yesNo, "拖欠热费", "owes for heating")

    static let ownArea = Fact(
        .household, "own_area", .amount(.squareMetre, 0...10_000_000), "自有住房建筑面积",
        "area of the home that the family owns")
    static let rent = Fact(.household, "rent", .money(.yuanPerMonth), "实际月租金", "rent that is paid")
    static let homeKind = Fact(.household, "home_kind", .code(.homeKind), "住房来源", "how the home is held")
    static let houseDanger = Fact(
        .household, "house_danger", .code(.houseDanger), "房屋安全等级", "grade of danger of the house",
        standard: "JGJ 125")
    static let repairedOn = Fact(.household, "repaired_on", .date, "上次危房改造日期", "last rebuilt or repaired with aid")
    static let wasRepaired = Fact(
        .household, "was_repaired", .yesNo, "已享受过危房改造补助", "rebuilt or repaired with aid before")

    static let winterNeed = Fact(
        .household, "winter_need", .yesNo, "冬春生活困难", "in need over winter and spring", standard: "国务院令第577号")

    static let cause = Fact(.household, "cause", .code(.reliefCause), "困难原因", "cause of the hardship")
    static let reliefKind = Fact(
        .household, "relief_kind", .code(.reliefKind), "临时救助类型(经认定)", "kind of temporary relief, as assessed",
        standard: "民发〔2018〕23号")
    static let severity = Fact(.household, "severity", .code(.severity), "困难程度", "how severe it is, as assessed")
    static let selfPaid = Fact(
        .household, "self_paid", .money(.yuan), "近12个月自负必需支出", "necessary expenditure borne over twelve months")
    static let emergencyLoss = Fact(.household, "emergency_loss", .money(.yuan), "突发事件损失", "loss by the emergency")
    static let hurt = Fact(.household, "hurt", .anyCount, "伤亡人数", "persons hurt or killed")
    static let isAtPlaceOfEmergency = Fact(
        .household, "at_place_of_emergency", .yesNo, "向急难发生地申请", "applies where the emergency happened",
        standard: "民发〔2018〕23号")
    static let applicationsThisYear = Fact(
        .household, "applications_this_year", .anyCount, "本年度申请临时救助次数(任一成员,最多者)",
        "applications for temporary relief this year, of the member with most")
    static let sameCauseThisYear = Fact(
        .household, "same_cause_this_year", .anyCount, "本年度同一原因申请次数", "applications this year for the same cause")
    static let paidThisYear = Fact(
        .household, "paid_this_year", .money(.yuan), "本年度已发临时救助金", "temporary relief paid this year")

    static let unmetNeeds = Fact(
        .household, "unmet_needs", .codes(.need), "政府救助未覆盖的需求", "needs that public programmes leave uncovered")
    static let fundPaidThisYear = Fact(
        .household, "fund_paid_this_year", .money(.yuan), "本年度已获慈善救助金", "paid by charities this year")

    static let relativeOfStaff = Fact(
        .household, "relative_of_staff", .yesNo, "经办人员或村(居)委会成员近亲属", "relative of staff (registered)",
        standard: "民发〔2021〕57号")

    static let runningRoute = Fact(.household, "running.route", .code(.route), "在保路径", "route of the running grant")
    static let runningBase = Fact(
        .household, "running.base", .money(.yuanPerMonth), "在保基础金额", "base of the running grant")
    static let runningSince = Fact(.household, "running.since", .date, "在保起始日", "running grant since")
    static let runningReason = Fact(
        .household, "running.reason", .code(.changeReason), "收入变化原因", "reason of the change")
    static let runningClass = Fact(
        .household, "running.class", .code(.reviewClass), "在保类别", "review class of the running grant")
    static let graceUntil = Fact(.household, "running.grace_until", .date, "渐退期止", "gradual exit until")

    static let householdFacts: [Fact] = [
        area, residence, size, financialAssets, vehicles, vehiclesValue, homes, homeArea, businessCapital,
        employsOthers, rigidExpenditure, rigidMedical, rigidSchool, rigidRehabilitation, rigidDisaster, singleParent,
        loneElder, lowIncome, edge, rigid, heating, heatedArea, areaKind, arrears, ownArea, rent, homeKind, houseDanger,
        repairedOn, wasRepaired, winterNeed, cause, reliefKind, severity, selfPaid, emergencyLoss, hurt,
        isAtPlaceOfEmergency,
        applicationsThisYear, sameCauseThisYear, paidThisYear, unmetNeeds, fundPaidThisYear, relativeOfStaff,
        runningRoute,
        runningBase, runningSince, runningReason,
        runningClass, graceUntil,
    ]
}
