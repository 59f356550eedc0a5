/// The code lists of the schema. A list that a place may add to is open; the others are those of a standard or a law.
extension CodeList {
    static let residence = CodeList([Code("urban", "城镇", "urban"), Code("rural", "农村", "rural")])

    /// GB/T 2261.1.
    static let sex = CodeList([
        Code("unknown", "未知", "unknown", standard: ["0", "9"]), Code("male", "男", "male", standard: ["1"]),
        Code("female", "女", "female", standard: ["2"]),
    ])

    /// GB/T 2261.2.
    static let marriage = CodeList([
        Code("single", "未婚", "never married", standard: ["10"]),
        Code("married", "已婚", "married", standard: ["20", "21", "22", "23"]),
        Code("widowed", "丧偶", "widowed", standard: ["30"]),
        Code("divorced", "离婚", "divorced", standard: ["40"]),
        Code("unstated", "未说明", "not stated", standard: ["90"]),
    ])

    /// GB/T 4761, its subdivisions read as the relation they divide.
    static let relation = CodeList([
        Code("self", "本人", "self", standard: ["01", "0"]),
        Code("head", "户主", "head of household", standard: ["02"]),
        Code("spouse", "配偶", "spouse", standard: ["10", "11", "12"]),
        Code(
            "child", "子女", "child",
            standard: [
                "20", "21", "22", "23", "24", "25", "26", "27", "30", "31", "32", "33", "34", "35", "36", "37",
            ]),
        Code("child_in_law", "儿媳、女婿", "child-in-law", standard: ["28", "38"]),
        Code("grandchild", "孙辈", "grandchild", standard: ["40", "41", "42", "43", "44", "45", "46", "47", "48", "49"]),
        Code("parent", "父母", "parent", standard: ["50", "51", "52", "57", "58"]),
        Code("parent_in_law", "配偶父母", "parent-in-law", standard: ["53", "54", "55", "56"]),
        Code("grandparent", "祖父母", "grandparent", standard: ["60", "61", "62", "63", "64", "65", "66"]),
        Code("sibling", "兄弟姐妹", "sibling", standard: ["70", "71", "73", "75", "77"]),
        Code("relative", "其他亲属", "other relative", standard: ["80", "97"]),
        Code("unrelated", "非亲属", "not related", standard: ["99"]),
    ])

    static let away = CodeList([
        Code("none", "无", "not away"), Code("clergy", "宗教教职人员", "clergy"),
        Code("prison", "监狱服刑", "in prison"), Code("detox", "强制隔离戒毒", "compulsory detoxification"),
        Code("conscript", "义务兵", "conscript"), Code("missing", "宣告失踪", "declared missing"),
    ])

    /// GB/T 26341.
    static let disabilityKind = CodeList([
        Code("none", "无", "none"), Code("vision", "视力", "vision", standard: ["1"]),
        Code("hearing", "听力", "hearing", standard: ["2"]), Code("speech", "言语", "speech", standard: ["3"]),
        Code("limb", "肢体", "limb", standard: ["4"]),
        Code("intellectual", "智力", "intellectual", standard: ["5"]),
        Code("mental", "精神", "mental", standard: ["6"]), Code("multiple", "多重", "multiple", standard: ["7"]),
    ])

    static let illness = CodeList(
        [
            Code("serious", "重特大疾病", "serious illness"), Code("chronic", "慢性病", "chronic illness"),
            Code("other", "其他疾病", "other illness"),
        ], isOpen: true)

    /// 生活自理能力: read by special poverty.
    public static let selfCare = CodeList(
        [
            Code("able", "全自理", "able"), Code("partial", "半自理", "partial"), Code("unable", "不能自理", "unable"),
        ], isOpen: true)

    static let supportMode = CodeList([
        Code("dispersed", "分散供养", "dispersed support, at home"),
        Code("institutional", "集中供养", "support in an institution"),
    ])

    static let obligorStanding = CodeList([
        Code("none", "无", "none"), Code("low_income", "低保", "low income"), Code("edge", "低保边缘", "edge"),
        Code("special_poverty", "特困", "special poverty"),
    ])

    static let whereabouts = CodeList([
        Code("known", "正常", "known"), Code("missing", "失踪", "missing"), Code("prison", "服刑", "in prison"),
    ])

    static let study = CodeList(
        [
            Code("none", "不在读", "not studying"), Code("preschool", "学前", "pre-school"),
            Code("primary", "小学", "primary school"), Code("junior", "初中", "junior secondary"),
            Code("senior", "普通高中", "senior secondary"), Code("vocational", "中职", "secondary vocational"),
            Code("college", "专科", "college"), Code("bachelor", "本科", "bachelor"),
            Code("postgraduate", "研究生", "postgraduate"),
        ], isOpen: true)

    static let orphan = CodeList([
        Code("none", "非孤儿", "not an orphan"), Code("dispersed", "散居孤儿", "orphan living in a family"),
        Code("institutional", "集中供养孤儿", "orphan in an institution"),
        Code("de-facto", "事实无人抚养儿童", "de-facto unattended child"),
    ])

    static let heating = CodeList([
        Code("network", "集中供热", "district heating"), Code("stove", "自烧炉取暖", "a stove of its own"),
        Code("electric", "电取暖", "electric heating"), Code("gas", "燃气取暖", "gas heating"),
        Code("none", "无", "none"),
    ])

    static let areaKind = CodeList([
        Code("use", "使用面积", "floor area in use"), Code("building", "建筑面积", "building area"),
    ])

    static let route = CodeList([
        Code("household", "家庭保", "household"), Code("single", "单人保", "single"),
        Code("expenditure", "支出型", "expenditure"), Code("grace", "渐退期", "grace"),
    ])

    static let reviewClass = CodeList([
        Code("A", "A类", "class A"), Code("B", "B类", "class B"), Code("C", "C类", "class C"),
    ])

    static let changeReason = CodeList(
        [
            Code("employment", "就业", "employment"), Code("business", "创业经营", "business"),
            Code("pension", "领取养老金", "pension"), Code("member_left", "成员减少", "a member left"),
            Code("other", "其他", "other"),
        ], isOpen: true)

    static let able = CodeList([
        Code("able", "有履行能力", "able"), Code("unable", "无履行能力", "unable"),
    ])

    static let landUse = CodeList([
        Code("own", "自种承包地", "own"), Code("contracted", "转入地", "contracted in"), Code("let", "转出地", "let out"),
    ])

    static let crop = CodeList(
        [
            Code("none", "无", "none"), Code("soybean", "大豆", "soybean"), Code("corn", "玉米", "corn"),
            Code("rice_surface", "水稻(地表水)", "rice, surface water"),
            Code("rice_ground", "水稻(地下水)", "rice, ground water"), Code("other", "其他", "other"),
        ], isOpen: true)

    static let homeKind = CodeList([
        Code("owned", "自有", "owned"), Code("rented", "市场租赁", "rented"), Code("public", "公租房", "public rental"),
        Code("borrowed", "借住", "borrowed"), Code("none", "无", "none"),
    ])

    /// JGJ 125: A 安全, B 基本安全, C 局部危险, D 整体危险.
    static let houseDanger = CodeList([
        Code("A", "A级", "grade A"), Code("B", "B级", "grade B"), Code("C", "C级", "grade C"), Code("D", "D级", "grade D"),
    ])

    static let reliefCause = CodeList(
        [
            Code("illness", "突发重大疾病", "sudden serious illness"), Code("accident", "意外事故", "accident"),
            Code("fire", "火灾", "fire"), Code("traffic", "交通事故", "traffic accident"),
            Code("school", "就学支出", "cost of school"), Code("living", "生活必需支出", "necessary living costs"),
            Code("other", "其他特殊困难", "other hardship"), Code("treatment", "医疗支出", "cost of treatment"),
        ], isOpen: true)

    /// 临时救助类型 (民发〔2018〕23号): read by temporary relief.
    public static let reliefKind = CodeList([
        Code("urgent", "急难型", "urgent relief"), Code("expenditure", "支出型", "relief of expenditure"),
    ])

    static let severity = CodeList(
        [
            Code("light", "较轻", "light"), Code("moderate", "一般", "moderate"), Code("severe", "较重", "severe"),
            Code("extreme", "特别重大", "extreme"),
        ], isOpen: true)

    /// 需求: what social participation takes up.
    public static let need = CodeList(
        [
            Code("living", "生活", "living"), Code("medical", "医疗", "medical"), Code("school", "就学", "school"),
            Code("care", "照护", "care"), Code("housing", "住房", "housing"), Code("work", "就业", "work"),
            Code("company", "陪伴", "company"), Code("legal", "法律援助", "legal aid"),
        ], isOpen: true)

    static let jobKind = CodeList(
        [
            Code("none", "未就业", "none"), Code("employed", "单位就业", "employed"), Code("flexible", "灵活就业", "flexible"),
            Code("self", "自主创业", "own business"), Code("post", "公益性岗位", "public-welfare post"),
        ], isOpen: true)

    static let insurancePlan = CodeList([
        Code("none", "未参保", "none"), Code("resident", "城乡居民基本医疗保险", "residents' insurance"),
        Code("employee", "职工基本医疗保险", "employees' insurance"),
    ])

    static let civilCapacity = CodeList([
        Code("full", "完全民事行为能力", "full"), Code("limited", "限制民事行为能力", "limited"),
        Code("none", "无民事行为能力", "none"),
    ])

    static let billKind = CodeList(
        [
            Code("inpatient", "住院", "inpatient"), Code("outpatient", "普通门诊", "outpatient"),
            Code("special_disease", "门诊慢特病", "special outpatient disease"), Code("emergency", "急诊抢救", "emergency"),
        ], isOpen: true)

    static let hospitalLevel = CodeList([
        Code("1", "一级", "level 1"), Code("2", "二级", "level 2"), Code("3", "三级", "level 3"),
    ])

    /// The single diseases of 黑龙江 2017, and others.
    static let disease = CodeList(
        [
            Code("none", "其他病种", "another disease"), Code("oesophageal_cancer", "食管癌", "oesophageal cancer"),
            Code("stomach_cancer", "胃癌", "stomach cancer"), Code("colon_cancer", "结肠癌", "colon cancer"),
            Code("rectal_cancer", "直肠癌", "rectal cancer"),
            Code("renal_failure", "终末期肾病", "end-stage renal disease"),
            Code("child_leukaemia", "儿童白血病", "leukaemia of children"),
            Code("child_heart", "儿童先天性心脏病", "congenital heart disease of children"),
        ], isOpen: true)

    static let disaster = CodeList(
        [
            Code("flood", "洪涝", "flood"), Code("typhoon", "台风", "typhoon"), Code("earthquake", "地震", "earthquake"),
            Code("snow", "低温雪灾", "snow and frost"), Code("drought", "干旱", "drought"),
            Code("hail", "风雹", "hail and wind"), Code("landslide", "地质灾害", "landslide"),
            Code("fire", "森林草原火灾", "wildfire"), Code("other", "其他", "other"),
        ], isOpen: true)

    static let dwelling = CodeList([
        Code("none", "无房屋受损", "no house"), Code("lived_in", "自住用房", "lived in"),
        Code("vacant", "长期空置", "long vacant"), Code("annex", "附属用房", "annex"),
        Code("temporary", "临时用房", "temporary building"),
    ])

    /// 黑民规〔2024〕7号: 低收入人口的六类.
    public static let population = CodeList([
        Code("none", "非低收入人口", "not of low income"), Code("special_poverty", "特困人员", "special poverty"),
        Code("low_income", "最低生活保障对象", "low income"), Code("edge", "低保边缘家庭成员", "edge household"),
        Code("rigid", "刚性支出困难家庭成员", "rigid-expenditure household"),
        Code("monitored", "防止返贫监测对象", "monitored against a return to poverty"),
        Code("other", "其他低收入人口", "other low income"),
    ])

    static let damage = CodeList([
        Code("none", "未受损", "none"), Code("light", "轻微", "light"), Code("moderate", "一般损坏", "moderate"),
        Code("severe", "严重损坏", "severe"), Code("collapsed", "倒塌", "collapsed"),
    ])
}
