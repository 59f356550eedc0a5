import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// What a simulation was made of, and its result: as text, JSON, or one page of HTML (测算报告).
public struct SimulationReport: Sendable {
    /// The policy that holds, as it was named: `heilongjiang/harbin`.
    public let baseline: String
    /// The reform, as it was named.
    public let reform: String
    /// SHA-256 of the pack of the policy that holds.
    public let digest: String
    /// What changes, term by term.
    public let changes: PolicyDiff
    /// Where the households come from.
    public let population: Label
    /// What becomes of them.
    public let result: SimulationResult

    /// A report of a simulation.
    public init(
        baseline: String, reform: String, digest: String, changes: PolicyDiff, population: Label,
        result: SimulationResult
    ) {
        self.baseline = baseline
        self.reform = reform
        self.digest = digest
        self.changes = changes
        self.population = population
        self.result = result
    }

    /// A line of a table of effects.
    struct Row {
        let name: Label
        let effect: ReformEffect
    }

    /// A line of a table of gaps.
    struct GapRow {
        let name: Label
        let gap: PovertyGap
    }

    static let everyone = Label("合计", "all")

    /// Each programme, and all together.
    var byProgram: [Row] {
        result.programs.enumerated().map { Row(name: $1.label, effect: result.effect(program: $0)) }
            + [Row(name: Self.everyone, effect: result.effect())]
    }

    /// Each area, all programmes together.
    var byPlace: [Row] {
        result.places.enumerated().map {
            Row(name: Label($1.name, "\($1.code.text) \($1.name)"), effect: result.effect(place: $0))
        }
    }

    /// Town and countryside, all programmes together.
    var byResidence: [Row] {
        residences.map { Row(name: $0.label, effect: result.effect(residence: $0)) }
    }

    /// The gaps of each area, of town and countryside, and of all.
    var gaps: (places: [GapRow], residences: [GapRow], all: GapRow) {
        (
            result.places.enumerated().map {
                GapRow(name: Label($1.name, "\($1.code.text) \($1.name)"), gap: result.gap(place: $0))
            },
            residences.map { GapRow(name: $0.label, gap: result.gap(residence: $0)) },
            GapRow(name: Self.everyone, gap: result.gap())
        )
    }

    /// Those that anybody lives in.
    var residences: [Residence] { Residence.allCases.filter { result.effect(residence: $0).households > 0 } }

    // MARK: Columns

    /// A column of a table of effects: its heading, and what it says of each.
    struct Column<Element>: Sendable {
        let heading: Label
        let value: @Sendable (Element) -> String
    }

    static let effectColumns: [Column<ReformEffect>] = [
        Column(heading: Label("现有户", "eligible now")) { SumText.count($0.baseline(.eligible)) },
        Column(heading: Label("方案户", "under reform")) { SumText.count($0.reform(.eligible)) },
        Column(heading: Label("新进", "entries")) { SumText.count($0.entries) },
        Column(heading: Label("退出", "leavers")) { SumText.count($0.leavers) },
        Column(heading: Label("未定(现/方案)", "undetermined")) {
            let (old, new) = ($0.baseline(.undetermined), $0.reform(.undetermined))
            return old == new ? SumText.count(old) : SumText.count(old) + "/" + SumText.count(new)
        },
        Column(heading: Label("现有人", "persons now")) { SumText.count($0.baseline.persons) },
        Column(heading: Label("方案人", "persons, reform")) { SumText.count($0.reform.persons) },
    ]

    static let costColumns: [Column<ReformEffect>] = [
        Column(heading: Label("现年支出", "cost a year now")) { SumText.range($0.baseline.year) },
        Column(heading: Label("方案年支出", "under reform")) { SumText.range($0.reform.year) },
        Column(heading: Label("变化", "change")) { change($0.baseline.year, $0.reform.year) },
        Column(heading: Label("一次性(现)", "once, now")) { SumText.range($0.baseline.sum(.once)) },
        Column(heading: Label("一次性(方案)", "once, reform")) { SumText.range($0.reform.sum(.once)) },
        Column(heading: Label("无上限户", "without limit")) {
            let (old, new) = ($0.baseline.unlimited, $0.reform.unlimited)
            return old == new ? SumText.count(old) : SumText.count(old) + "/" + SumText.count(new)
        },
    ]

    static let changeColumns: [Column<ReformEffect>] = [
        Column(heading: Label("增加户", "gainers")) { SumText.count($0.gainers) },
        Column(heading: Label("首年增加", "gain, first year")) { SumText.range($0.gains) },
        Column(heading: Label("减少户", "losers")) { SumText.count($0.losers) },
        Column(heading: Label("首年减少", "loss, first year")) { SumText.range($0.losses) },
        Column(heading: Label("不能确定户", "not sure")) { SumText.count($0.unsettled) },
    ]

    static let gapColumns: [Column<PovertyGap>] = [
        Column(heading: Label("现低于标准户", "below, now")) { below($0.baseline) },
        Column(heading: Label("方案低于标准户", "below, reform")) { below($0.reform) },
        Column(heading: Label("现缺口/年", "gap a year now")) { SumText.range($0.baseline.sum) },
        Column(heading: Label("方案缺口/年", "under reform")) { SumText.range($0.reform.sum) },
        Column(heading: Label("变化", "change")) { change($0.baseline.sum, $0.reform.sum) },
        Column(heading: Label("无法衡量户", "not measured")) { SumText.count($0.unmeasured) },
    ]

    private static func below(_ side: PovertyGap.Side) -> String {
        side.surely == side.perhaps
            ? SumText.count(side.surely) : SumText.count(side.surely) + "–" + SumText.count(side.perhaps)
    }

    /// How the least and the greatest sum change.
    private static func change(_ old: SumRange, _ new: SumRange) -> String {
        let (least, most) = (new.least - old.least, new.most - old.most)
        return least == most ? SumText.signed(least) : SumText.signed(least) + "…" + SumText.signed(most)
    }

    /// What the words of the tables mean.
    static let notes: [Label] = [
        Label(
            "户、人:符合条件的家庭户数和这些家庭的成员数。未定:缺少事实或者政策未定,不能判断是否符合条件,不计入支出,也不按零处理。",
            "Households that are eligible, and their members. Undetermined: a fact or a figure of policy is lacking; they are counted, cost nothing here, and are not taken for zero."
        ),
        Label(
            "年支出:月度金额乘以十二,加年度金额;一次性金额单列。区间是裁量幅度的最低和最高;无上限户的最高金额未计入。",
            "Cost a year: twelve months and what is paid yearly; what is paid once stands apart. Ranges are the least and the most that officers may decide; households whose sum nothing limits add their least only."
        ),
        Label(
            "增加、减少:首年(含一次性)金额一定增加或者一定减少的家庭;不能确定的单列。",
            "Gainers and losers: households that surely receive more or less within the first year, what is paid once included; the others are counted as not sure."
        ),
        Label(
            "缺口:现行政策下的保障线 × 计入人数 × 12 − 家庭年收入 − 全年救助(不含一次性),不低于零;方案也用现行保障线衡量。",
            "Gap: line × members who count × 12 − income of a year − support of a year (nothing paid once), at least 0; the reform is measured by the line that holds now."
        ),
    ]
}
