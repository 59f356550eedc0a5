/// What a household file may say about a member.
extension Fact {
    /// Given, or read from the citizen number.
    public static let birth = Fact(.member, "birth", .date, "出生日期", "date of birth", standard: "GB 11643")
    /// Given, or read from the citizen number.
    public static let sex = Fact(.member, "sex", .code(.sex), "性别", "sex", standard: "GB/T 2261.1")
    static let relation = Fact(
        .member, "relation", .code(.relation), "与户主关系", "relation to the head", standard: "GB/T 4761")
    static let marriage = Fact(
        .member, "marriage", .code(.marriage), "婚姻状况", "marital status", standard: "GB/T 2261.2")
    static let livesWithFamily = Fact(
        .member, "lives_with_family", .yesNo, "共同生活", "lives with the family", standard: "民发〔2021〕57号")
    static let away = Fact(.member, "away", .code(.away), "离家情况", "away from the family", standard: "民发〔2021〕57号")
    static let awaySince = Fact(.member, "away_since", .date, "离家起始日", "away since")
    static let hukou = Fact(.member, "hukou", .code(.residence), "户籍性质", "household registration")

    /// Given, or read from the disability certificate.
    public static let disabilityKind = Fact(
        .member, "disability_kind", .code(.disabilityKind), "残疾类别", "kind of disability", standard: "GB/T 26341")
    /// Given, or read from the disability certificate; 0 is none.
    public static let disabilityGrade = Fact(
        .member, "disability_grade", .count(0...4), "残疾等级", "grade of disability, 0 for none",
        standard: "GB/T 26341")
    static let illness = Fact(.member, "illness", .codes(.illness), "疾病", "illness")
    static let selfCare = Fact(
        .member, "self_care", .code(.selfCare), "生活自理能力", "ability to care for oneself", standard: "MZ/T 073")
    /// Of six: eating, dressing, getting up, toilet, walking indoors, washing.
    static let tasksFailed = Fact(
        .member, "tasks_failed", .count(0...6), "不能自主完成的自理项目数", "daily tasks out of six not managed alone",
        standard: "特困人员认定办法")
    static let mode = Fact(.member, "mode", .code(.supportMode), "供养方式", "where the person is supported")
    static let ownWages = Fact(
        .member, "own_wages", .yesNo, "以自己的劳动收入为主要生活来源", "lives mainly on wages of one's own")
    static let canWork = Fact(.member, "can_work", .yesNo, "有劳动能力", "able to work")
    static let works = Fact(.member, "works", .yesNo, "就业", "at work")
    static let refusals = Fact(
        .member, "refusals", .anyCount, "连续拒绝合适工作次数", "suitable jobs refused in a row", standard: "国务院令第649号")
    static let study = Fact(.member, "study", .code(.study), "在读阶段", "stage of study")
    static let studyFullTime = Fact(.member, "study_full_time", .yesNo, "全日制", "studies full time")
    static let boards = Fact(.member, "boards", .yesNo, "寄宿", "boards at school")
    static let grade = Fact(.member, "grade", .count(0...12), "年级", "year of the stage of study")
    static let entered = Fact(.member, "entered", .date, "入学日期", "entered the school")
    static let fees = Fact(.member, "fees", .money(.yuanPerYear), "学杂费、住宿费", "school fees")
    static let graduating = Fact(.member, "graduating", .yesNo, "应届毕业", "graduates this year")
    static let schoolArea = Fact(
        .member, "school_area", .division, "学校所在地", "where the school is", standard: "GB/T 2260")

    static let jobKind = Fact(.member, "job_kind", .code(.jobKind), "就业形式", "kind of work")
    static let unemployedSince = Fact(
        .member, "registered_unemployed_since", .date, "失业登记日期", "registered as unemployed since")
    static let monthsOnPost = Fact(.member, "months_on_post", .anyCount, "公益性岗位已聘月数", "months on a public-welfare post")
    static let retiresOn = Fact(.member, "retires_on", .date, "法定退休日期", "reaches the age of retirement on")
    static let contribution = Fact(
        .member, "contribution", .money(.yuanPerMonth), "个人缴纳的社会保险费", "social insurance paid by the person")
    static let unemploymentBenefit = Fact(
        .member, "unemployment_benefit", .yesNo, "领取失业保险金", "receives unemployment benefit")

    static let plan = Fact(.member, "plan", .code(.insurancePlan), "参加的基本医疗保险", "basic medical insurance")
    static let premium = Fact(
        .member, "premium", .money(.yuanPerYear), "基本医保个人缴费标准", "premium of the basic insurance, of the person")
    static let costTotal = Fact(
        .member, "cost_total", .money(.yuanPerYear), "年度医疗总费用", "cost of treatment in the year, in all")
    static let costInScope = Fact(
        .member, "cost_in_scope", .money(.yuanPerYear), "年度政策范围内费用", "cost of treatment in the year, in scope")
    static let basicPaid = Fact(
        .member, "basic_paid", .money(.yuanPerYear), "基本医保已支付", "paid by the basic insurance")
    static let majorPaid = Fact(
        .member, "major_paid", .money(.yuanPerYear), "大病保险已支付", "paid by the major-illness insurance")
    static let otherPaid = Fact(
        .member, "other_paid", .money(.yuanPerYear), "其他补充保险已支付", "paid by other supplementary insurance")
    static let aidPaidThisYear = Fact(
        .member, "aid_paid_this_year", .money(.yuanPerYear), "本年度已支付医疗救助", "medical aid paid this year")
    static let illnessListed = Fact(
        .member, "illness_listed", .yesNo, "属规定救助病种", "has an illness of the list", standard: "国办发〔2021〕42号")
    static let illnessPoverty = Fact(
        .member, "illness_poverty", .yesNo, "在册因病致贫重病患者", "poor through illness, registered",
        standard: "国办发〔2021〕42号")
    /// What the programme tells, for runs without it.
    static let medicalRemaining = Fact(
        .member, "medical_remaining", .money(.yuanPerYear), "医保和医疗救助后的个人负担",
        "cost left after insurance and medical aid")

    static let monitored = Fact(
        .member, "monitored", .yesNo, "防止返贫监测对象", "monitored against a return to poverty")
    static let returned = Fact(.member, "returned", .yesNo, "返贫致贫人口", "returned to poverty")
    static let veteran = Fact(.member, "veteran", .yesNo, "优抚对象", "receives veterans' care")
    static let honouredForBravery = Fact(.member, "brave_deed", .yesNo, "见义勇为人员", "honoured for a brave deed")
    static let hardshipWorker = Fact(
        .member, "hardship_worker", .yesNo, "去产能企业困难职工", "worker in hardship of a closed plant")
    static let hardshipVeteran = Fact(
        .member, "hardship_veteran", .yesNo, "困难转业志愿兵(士官)", "former volunteer soldier in hardship")
    static let workInjuryCare = Fact(
        .member, "work_injury_care", .yesNo, "领取工伤生活护理费", "receives care for a work injury")
    static let hivChild = Fact(.member, "hiv_child", .yesNo, "艾滋病病毒感染儿童", "child with HIV")
    static let civilCapacity = Fact(
        .member, "civil_capacity", .code(.civilCapacity), "民事行为能力", "civil capacity")

    static let orphan = Fact(.member, "orphan", .code(.orphan), "孤儿", "orphan")
    static let specialPoverty = Fact(
        .member, "special_poverty", .yesNo, "特困供养人员", "special-poverty person", standard: "国务院令第649号")
    static let povertyRegister = Fact(.member, "poverty_register", .yesNo, "建档立卡", "on the poverty register")
    /// Read where low income is not in the run.
    static let population = Fact(
        .member, "population", .code(.population), "低收入人口类别", "layer of the low-income population, registered",
        standard: "黑民规〔2024〕7号")
    static let otherLowIncome = Fact(
        .member, "other_low_income", .yesNo, "经认定的其他低收入人口", "recognised as of low income otherwise",
        standard: "黑民规〔2024〕7号")
    static let runningSupplement = Fact(
        .member, "running_supplement", .money(.yuanPerMonth), "在保分类施保金额", "running category supplement")

    static let wages = income("wages", "工资性收入", "wages")
    static let business = income("business", "经营净收入", "net income from business", mayBeNegative: true)
    static let property = income("property", "财产净收入", "net income from property")
    static let pension = income("pension", "养老金", "pension")
    static let basicPension = income("basic_pension", "城乡居民基本养老保险基础养老金", "basic pension of residents")
    static let otherTransfer = income("other_transfer", "其他转移净收入", "other transfers")
    static let maintenanceReceived = income(
        "maintenance_received", "赡养、抚养、扶养费", "maintenance received")
    static let farmSubsidy = income("farm_subsidy", "农业补贴", "farm subsidies")
    static let veteranCompensation = income("veteran_compensation", "优待抚恤金", "veterans' compensation")
    static let familyPlanningReward = income("family_planning_reward", "计划生育奖励与扶助金", "family planning reward")
    static let scholarship = income("scholarship", "奖学金、助学金", "scholarships and grants")
    static let bravery = income("brave_deed", "见义勇为等奖励", "awards for brave deeds")
    static let disabilityAllowances = income("disability_allowances", "残疾人两项补贴", "disability allowances")
    static let oldAgeAllowance = income("old_age_allowance", "高龄津贴", "old-age allowance")
    static let orphanAllowance = income("orphan_allowance", "孤儿基本生活费", "orphan allowance")
    static let reliefReceived = income("relief_received", "政府发放的社会救助款物", "public relief received")
    static let otherIncome = income("other", "其他收入", "other income")

    private static func income(
        _ code: String, _ chinese: String, _ english: String, mayBeNegative: Bool = false
    ) -> Fact {
        Fact(
            .member, "income." + code, mayBeNegative ? .balance(.yuanPerYear) : .money(.yuanPerYear), chinese, english,
            standard: "民发〔2021〕57号")
    }

    static let memberFacts: [Fact] = [
        birth, sex, relation, marriage, livesWithFamily, away, awaySince, hukou, disabilityKind, disabilityGrade,
        illness, selfCare, tasksFailed, mode, ownWages, canWork, works, refusals, study, studyFullTime, boards, grade,
        entered, fees, graduating, schoolArea, jobKind, unemployedSince, monthsOnPost, retiresOn, contribution,
        unemploymentBenefit, plan, premium, costTotal, costInScope, basicPaid, majorPaid, otherPaid, aidPaidThisYear,
        illnessListed, illnessPoverty, medicalRemaining, monitored, returned, veteran, honouredForBravery,
        hardshipWorker,
        hardshipVeteran, workInjuryCare, hivChild, civilCapacity, orphan, specialPoverty, povertyRegister,
        runningSupplement, population, otherLowIncome, wages, business, property, pension, basicPension, otherTransfer,
        maintenanceReceived,
        farmSubsidy, veteranCompensation, familyPlanningReward, scholarship, bravery, disabilityAllowances,
        oldAgeAllowance, orphanAllowance, reliefReceived, otherIncome,
    ]
}
