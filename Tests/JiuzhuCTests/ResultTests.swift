import AssistanceCore
import CJiuzhu
import Testing

@Suite("Results")
struct ResultTests {
    let policy: Policy

    init() throws { policy = try Policy(pack: InventedPolicy.pack) }

    private func assess(_ json: String, _ options: jz_assess_options = options()) throws -> Assessed {
        let builder = try Builder(policy)
        #expect(builder.read(json, options) == .ok)
        return try builder.assess(policy, options)
    }

    @Test("Status, sums and benefits of a household, to the fen")
    func sums() throws {
        let result = try assess(InventedPolicy.alone)
        let household = try #require(result.household(0))
        #expect(text(household.id) == "f1" && text(household.area) == "990101" && household.program_count == 2)
        let program = try #require(result.program(0, 0))
        #expect(text(program.id) == "low-income" && program.status == JZ_ELIGIBLE && program.flags == 0)
        #expect(text(program.label_zh) == "最低生活保障" && text(program.label_en) == "low income (minimum living allowance)")
        // 800 − 300, and 50 for the old.
        #expect(program.least_fen == (55_000, 0, 0) && program.most_fen == (55_000, 0, 0))
        #expect(program.benefit_count == 2)
        let (base, old) = (try #require(result.benefit(0, 0, 0)), try #require(result.benefit(0, 0, 1)))
        #expect(text(base.id) == "base" && base.period == JZ_MONTHLY && base.flags == 0)
        #expect((base.least_fen, base.most_fen) == (50_000, 50_000))
        #expect(text(old.id) == "supplements" && (old.least_fen, old.most_fen) == (5_000, 5_000))
        #expect(result.benefit(0, 0, 2) == nil && result.missing(0, 0, 0) == nil && result.reason(0, 0, 0) == nil)
        // Nothing is given by a programme for which the household is not eligible.
        #expect(result.program(0, 1)?.status == JZ_INELIGIBLE && result.program(0, 1)?.benefit_count == 0)
        #expect(result.benefit(0, 1, 0) == nil && result.program(0, 2) == nil && result.household(1) == nil)
    }

    @Test("What is given in kind is a benefit without a sum")
    func inKind() throws {
        let result = try assess(#"{"residence": "rural", "members": [{"birth": "1990-01-01", "income": "none"}]}"#)
        let program = try #require(result.program(0, 1))
        #expect(text(program.id) == "heating" && program.status == JZ_ELIGIBLE && program.benefit_count == 1)
        #expect(program.least_fen == (0, 0, 0) && program.most_fen == (0, 0, 0))
        let coal = try #require(result.benefit(0, 1, 0))
        #expect(text(coal.id) == "coal" && text(coal.label_zh) == "取暖煤" && coal.flags == JZ_IN_KIND)
        #expect((coal.least_fen, coal.most_fen) == (0, 0))
    }

    @Test("What is missing can be set where it is said to be missing, and then it is decided")
    func missing() throws {
        let builder = try Builder(policy)
        #expect(builder.read(InventedPolicy.alone) == .ok)
        #expect(builder.household("f2") == .ok && builder.set("household.residence", "urban") == .ok)
        #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.birth", "1990-01-01") == .ok)
        #expect(builder.set("member.income", "none") == .ok)
        #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.birth", "1990-01-01") == .ok)
        let wages = policy.fact("member.income.wages")
        #expect(builder.set("member.income.others", "none") == .ok)
        #expect(Answer { jz_builder_unset(builder.handle, wages, $0) } == .ok)
        let open = try builder.assess(policy)
        let program = try #require(open.program(1, 0))
        #expect(program.status == JZ_UNDETERMINED && program.flags == 0)
        #expect(program.least_fen == (0, 0, 0) && program.most_fen == (160_000, 0, 0))
        let missing = try #require(open.missing(1, 0, 0))
        #expect(missing.fact == wages && missing.owner == JZ_MEMBER && missing.row == 2)
        #expect(text(missing.path) == "members[1].income.wages")
        #expect(text(missing.label_zh) == "成员2的工资性收入" && text(missing.label_en) == "member 2: wages")
        #expect(open.missing(1, 0, 1) == nil && open.missing(0, 0, 0) == nil)
        #expect(builder.select(missing.owner, Int(missing.row)) == .ok)
        #expect(Answer { jz_builder_set_amount(builder.handle, missing.fact, 600_000, nil, 0, $0) } == .ok)
        let decided = try #require(try builder.assess(policy).program(1, 0))
        // 2 × 800 − 6,000 a year.
        #expect(decided.status == JZ_ELIGIBLE && decided.least_fen == (110_000, 0, 0))
        // The first result says what it said.
        #expect(open.program(1, 0)?.status == JZ_UNDETERMINED && open.missing(1, 0, 0)?.row == 2)
    }

    @Test("A list that is missing is said with the row that it belongs to")
    func missingList() throws {
        let result = try assess(#"[{"residence": "urban"}, {"residence": "urban"}]"#)
        let missing = try #require(result.missing(1, 0, 0))
        #expect(missing.fact == -1 && missing.owner == JZ_HOUSEHOLD && missing.row == 1)
        #expect(text(missing.path) == "members" && text(missing.label_en) == "list of members")
    }

    @Test("Why a household is not eligible, by how much, and by which article")
    func reasons() throws {
        let result = try assess(
            #"{"residence": "urban", "members": [{"birth": "1990-01-01", "income": {"wages": 9600.12, "others": "none"}}]}"#
        )
        let program = try #require(result.program(0, 0))
        #expect(program.status == JZ_INELIGIBLE && program.benefit_count == 0)
        #expect(program.least_fen == (0, 0, 0) && program.most_fen == (0, 0, 0))
        let reason = try #require(result.reason(0, 0, 0))
        #expect(text(reason.id) == "income" && reason.member == -1)
        #expect(text(reason.distance_zh) == "0.01 元/月" && text(reason.distance_en) == "0.01 yuan/month")
        #expect(text(reason.citation) == "例〔2029〕1号 第一条")
        #expect(!text(reason.label_zh).isEmpty && !text(reason.label_en).isEmpty)
        #expect(result.reason(0, 0, 1) == nil)
        // A condition that is no comparison has no distance.
        let other = try #require(result.reason(0, 1, 0))
        #expect(text(other.id) == "items" && text(other.distance_en) == "" && text(other.citation) == "")
    }

    @Test("Households of several areas are each decided under their own policy, in their order")
    func areas() throws {
        func household(_ id: String, _ area: String?, _ residence: String) -> String {
            let place = area.map { #""area": "\#($0)", "# } ?? ""
            return #"{"id": "\#(id)", \#(place)"residence": "\#(residence)", "#
                + #""members": [{"birth": "1990-01-01", "income": "none"}]}"#
        }
        let all = [
            household("a", "990102", "rural"), household("b", "990101", "rural"), household("c", nil, "urban"),
            household("d", "990102", "urban"), household("e", "990101", "urban"),
        ]
        let json = "[\(all.joined(separator: ", "))]"
        let result = try assess(json)
        #expect((0..<5).map { result.program($0, 0)?.least_fen.0 } == [50_000, 60_000, 80_000, 80_000, 80_000])
        #expect(
            (0..<5).map { result.household($0).map { text($0.area) } } == [
                "990102", "990101", "990000", "990102", "990101",
            ])
        #expect(result.json() == policy.assess(json, options()))
        #expect(result.text(3, JZ_ENGLISH).contains("household d"))
    }

    @Test("The texts of a household, in both languages, with and without their steps")
    func texts() throws {
        let result = try assess(InventedPolicy.alone)
        let (chinese, english) = (result.text(0, JZ_CHINESE), result.text(0, JZ_ENGLISH))
        #expect(chinese.contains("550.00") && chinese.contains("最低生活保障"))
        #expect(english.contains("550.00") && english.contains("household f1"))
        let steps = result.text(0, JZ_ENGLISH, JZ_EXPLAIN)
        #expect(steps.count > english.count && steps.contains("yuan/year"))
    }

    @Test("A result keeps its policy, and nothing else needs to outlive it")
    func outlives() throws {
        var made: OpaquePointer?
        var result: Assessed?
        #expect(
            Answer { jz_policy_load_pack(InventedPolicy.pack, InventedPolicy.pack.count, nil, &made, $0) } == .ok)
        var builder: OpaquePointer?
        #expect(Answer { jz_builder_new(made, &builder, $0) } == .ok)
        #expect(Answer { jz_builder_read_json(builder, InventedPolicy.alone, nul, nil, $0) } == .ok)
        var options = options()
        var handle: OpaquePointer?
        #expect(Answer { jz_assess(made, builder, &options, &handle, $0) } == .ok)
        result = Assessed(try #require(handle))
        jz_builder_free(builder)
        jz_policy_free(made)
        #expect(result?.json() == policy.assess(InventedPolicy.alone, options))
        #expect(result?.program(0, 0).map { text($0.id) } == "low-income")
        result = nil
    }

    @Test("A builder goes on with a policy that was loaded later")
    func reloaded() throws {
        let builder = try Builder(policy)
        #expect(builder.read(InventedPolicy.alone) == .ok)
        let other = try Policy(pack: InventedPolicy.pack)
        #expect(try builder.assess(other).json() == builder.assess(policy).json())
    }

    @Test("Many threads ask one result at once, and each hears what one alone would")
    func threads() async throws {
        let json = "[" + (0..<6).map { _ in InventedPolicy.alone }.joined(separator: ", ") + ", {}]"
        func said(_ result: Assessed) -> [String] {
            (0..<result.count).flatMap { household in
                (0..<2).flatMap { program -> [String] in
                    let info = result.program(household, program)
                    let missing = (0..<20).map { result.missing(household, program, $0).map { text($0.path) } ?? "–" }
                    let reason = result.reason(household, program, 0).map { text($0.label_zh) } ?? "–"
                    return ["\(info?.status ?? -1) \(info?.benefit_count ?? 0) \(reason)"] + missing
                }
            } + [result.json(JZ_EXPLAIN), result.text(6, JZ_CHINESE, JZ_EXPLAIN)]
        }
        let expected = said(try assess(json))
        let shared = try assess(json)
        await withTaskGroup(of: [String].self) { group in
            for _ in 0..<8 { group.addTask { said(shared) } }
            for await heard in group { #expect(heard == expected) }
        }
    }
}
