import AssistanceCore
import CJiuzhu
import Testing

@Suite("The builder: what it puts together")
struct BuilderTests {
    let policy: Policy

    init() throws { policy = try Policy(pack: InventedPolicy.pack) }

    @Test("A household that is built fact by fact is decided as the same household in JSON")
    func likeJSON() throws {
        let builder = try Builder(policy)
        #expect(builder.household("f1") == .ok)
        #expect(builder.set("household.area", "990101") == .ok)
        #expect(builder.set("household.residence", "urban") == .ok)
        #expect(builder.entry(JZ_MEMBER) == .ok)
        #expect(builder.set("member.relation", "head") == .ok)
        let (birth, pension) = (policy.fact("member.birth"), policy.fact("member.income.pension"))
        #expect(Answer { jz_builder_set_date(builder.handle, birth, 19_600_501, $0) } == .ok)
        #expect(Answer { jz_builder_set_amount(builder.handle, pension, 360_000, "yuan/year", nul, $0) } == .ok)
        #expect(builder.set("member.income.others", "none") == .ok)
        for flags in [0, JZ_EXPLAIN, JZ_PRETTY, JZ_EXPLAIN | JZ_PRETTY] {
            let json = policy.assess(InventedPolicy.alone, options(flags: flags))
            #expect(try builder.assess(policy).json(flags) == json)
        }
    }

    @Test("Every kind of value can be set by number, and says what its text says")
    func byNumber() throws {
        let (built, read) = (try Builder(policy), try Builder(policy))
        for builder in [built, read] {
            #expect(builder.household() == .ok && builder.entry(JZ_MEMBER) == .ok)
        }
        func same(
            _ name: String, _ text: String,
            _ set: (OpaquePointer, jz_fact, UnsafeMutablePointer<OpaquePointer?>) -> Int32
        ) throws {
            #expect(Answer { set(built.handle, policy.fact(name), $0) } == .ok, "\(name)")
            #expect(read.set(name, text) == .ok, "\(name)")
            let json = try built.assess(policy).json(JZ_EXPLAIN)
            #expect(json == (try read.assess(policy).json(JZ_EXPLAIN)), "\(name)")
        }
        let before = try built.assess(policy).json()
        try same("household.vehicles", "2") { jz_builder_set_count($0, $1, 2, $2) }
        try same("household.homes", "0") { jz_builder_set_none($0, $1, $2) }
        try same("household.home_area", "60.5") { jz_builder_set_amount($0, $1, 6_050, "m2", nul, $2) }
        try same("household.rent", "300") { jz_builder_set_amount($0, $1, 30_000, nil, 0, $2) }
        try same("household.lone_elder", "true") { jz_builder_set_bool($0, $1, -1, $2) }
        try same("household.single_parent", "no") { jz_builder_set_bool($0, $1, 0, $2) }
        try same("household.repaired_on", "2021-12-31") { jz_builder_set_date($0, $1, 20_211_231, $2) }
        try same("household.residence", "rural") { jz_builder_set_code($0, $1, 1, $2) }
        try same("member.illness", "none") { jz_builder_set_code($0, $1, 0, $2) }
        try same("household.area", "990101") { jz_builder_set_text($0, $1, "990101000000", 12, $2) }
        #expect(try built.assess(policy).json() != before)
        // And made unknown again.
        for name in [
            "household.vehicles", "household.homes", "household.home_area", "household.rent", "household.lone_elder",
            "household.single_parent", "household.repaired_on", "household.residence", "member.illness",
            "household.area",
        ] {
            #expect(Answer { jz_builder_unset(built.handle, policy.fact(name), $0) } == .ok)
        }
        #expect(try built.assess(policy).json() == before)
    }

    @Test("A citizen number and a certificate of disability stand for birth, sex, kind and grade")
    func numbers() throws {
        let builder = try Builder(policy)
        #expect(builder.household() == .ok && builder.entry(JZ_MEMBER) == .ok)
        #expect(builder.set("member.citizen_number", "34052419800101001X") == .ok)
        #expect(builder.set("member.disability_certificate", "34052419800101001X43") == .ok)
        let json = policy.assess(
            """
            {"members": [{"citizen_number": "34052419800101001X",
              "disability_certificate": "34052419800101001X43"}]}
            """, options(flags: JZ_EXPLAIN))
        #expect(try builder.assess(policy).json(JZ_EXPLAIN) == json)
        #expect(!json.contains("34052419800101001X"))
        // What is given as well must agree, wherever it was given.
        #expect(builder.set("member.birth", "1980-01-02") == .ok)
        #expect(builder.set("member.disability_kind", "mental") == .ok)
        #expect(
            builder.failure(policy)
                == Answer(
                    JZ_E_CONTRADICTION,
                    "error: members[0].disability_kind: this does not agree with disability_certificate; correct one of "
                        + "them [contradiction] (and 1 more)"))
        #expect(builder.set("member.disability_kind", "limb") == .ok)
        #expect(
            builder.failure(policy)
                == Answer(
                    JZ_E_CONTRADICTION,
                    "error: members[0].birth: this does not agree with citizen_number; correct one of them "
                        + "[contradiction]"))
    }

    @Test("A group is closed at once, keeps what was said before, and takes what is said later")
    func groups() throws {
        let builder = try Builder(policy)
        #expect(builder.household() == .ok && builder.set("household.residence", "urban") == .ok)
        #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.birth", "1990-01-01") == .ok)
        #expect(builder.set("member.income.wages", "1200") == .ok)
        // What else there may be is not known.
        #expect(try builder.assess(policy).program(0, 0)?.status == JZ_UNDETERMINED)
        #expect(builder.set("member.income.others", "none") == .ok)
        #expect(try builder.assess(policy).program(0, 0)?.least_fen.0 == 70_000)
        #expect(builder.set("member.income.property", "600") == .ok)
        #expect(try builder.assess(policy).program(0, 0)?.least_fen.0 == 65_000)
        // Nothing at all, for another member.
        #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.birth", "1991-01-01") == .ok)
        #expect(builder.set("member.income", "none") == .ok)
        #expect(try builder.assess(policy).program(0, 0)?.least_fen.0 == 145_000)
    }

    @Test("The total of a group is the sum of its parts, or agrees with it")
    func totals() throws {
        let builder = try Builder(policy)
        #expect(builder.household() == .ok)
        #expect(builder.set("household.rigid_expenditure.medical", "1000") == .ok)
        #expect(builder.set("household.rigid_expenditure.others", "none") == .ok)
        let json = policy.assess(
            #"{"rigid_expenditure": {"medical": 1000, "others": "none"}}"#, options(flags: JZ_EXPLAIN))
        #expect(try builder.assess(policy).json(JZ_EXPLAIN) == json)
        #expect(builder.set("household.rigid_expenditure", "1000") == .ok)
        #expect(try builder.assess(policy).json(JZ_EXPLAIN) == json)
        #expect(builder.set("household.rigid_expenditure.total", "999.99") == .ok)
        #expect(
            builder.failure(policy)
                == Answer(
                    JZ_E_CONTRADICTION,
                    "error: rigid_expenditure: the total is not the sum of the parts; correct one, or leave the total "
                        + "out [contradiction]"))
    }

    @Test("Rows count over the whole builder; a row that is selected has its facts set, and entries go to the newest")
    func rows() throws {
        let builder = try Builder(policy)
        for household in ["a", "b"] {
            #expect(builder.household(household) == .ok && builder.set("household.residence", "urban") == .ok)
            #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.birth", "1990-01-01") == .ok)
        }
        #expect(builder.select(JZ_MEMBER, 0) == .ok && builder.set("member.income", "none") == .ok)
        #expect(builder.select(JZ_HOUSEHOLD, 0) == .ok && builder.set("household.residence", "rural") == .ok)
        // Of the second household, whose first member's income stays unknown.
        #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.income", "none") == .ok)
        let result = try builder.assess(policy)
        #expect(result.count == 2)
        #expect(result.program(0, 0)?.status == JZ_ELIGIBLE && result.program(0, 0)?.least_fen.0 == 60_000)
        #expect(result.program(1, 0)?.status == JZ_UNDETERMINED)
        #expect(result.missing(1, 0, 0).map { ($0.owner, $0.row) } ?? (0, 0) == (JZ_MEMBER, 1))
        #expect(result.missing(1, 0, 0).map { text($0.path) }?.hasPrefix("members[0].income.") == true)
    }

    @Test("A list that is complete and empty is another thing than one that is not known")
    func lists() throws {
        let (open, closed, named) = (try Builder(policy), try Builder(policy), try Builder(policy))
        for builder in [open, closed, named] { #expect(builder.household() == .ok) }
        #expect(closed.list(JZ_PLOT) == .ok)
        #expect(named.set("household.plots", "none") == .ok)
        #expect(try closed.assess(policy).json() == policy.assess(#"{"plots": []}"#, options()))
        #expect(try named.assess(policy).json() == policy.assess(#"{"plots": "none"}"#, options()))
        #expect(try open.assess(policy).json() == policy.assess("{}", options()))
        #expect(try open.assess(policy).json() != closed.assess(policy).json())
    }

    @Test("A builder that was cleared is as a new one")
    func cleared() throws {
        let builder = try Builder(policy)
        let fresh = policy.assess(#"{"members": [{"birth": "1990-01-01"}]}"#, options(flags: JZ_EXPLAIN))
        #expect(builder.read(InventedPolicy.alone) == .ok)
        #expect(builder.set("member.citizen_number", "34052419800101001X") == .ok)
        #expect(builder.clear() == .ok)
        #expect(try builder.assess(policy).count == 0)
        #expect(try builder.assess(policy).json() == policy.assess("[]", options()))
        #expect(builder.set("household.residence", "urban").code == JZ_E_ARGUMENT)
        #expect(builder.household() == .ok && builder.entry(JZ_MEMBER) == .ok)
        #expect(builder.set("member.birth", "1990-01-01") == .ok)
        #expect(try builder.assess(policy).json(JZ_EXPLAIN) == fresh)
    }

    @Test("Households of JSON come behind those that are there, and may be completed")
    func json() throws {
        let builder = try Builder(policy)
        #expect(builder.household("f0") == .ok && builder.set("household.residence", "rural") == .ok)
        let open = #"{"id": "f2", "residence": "urban", "members": [{"birth": "1990-01-01", "obligors": "none"}]}"#
        #expect(builder.read("[\(InventedPolicy.alone), \(open)]") == .ok)
        let result = try builder.assess(policy)
        #expect((0..<3).map { result.household($0).map { text($0.id) } } == ["f0", "f1", "f2"])
        #expect((0..<3).map { result.program($0, 0)?.status } == [JZ_UNDETERMINED, JZ_ELIGIBLE, JZ_UNDETERMINED])
        // The newest member is the one of the text's last household.
        #expect(builder.set("member.income", "none") == .ok)
        #expect(try builder.assess(policy).program(2, 0)?.least_fen.0 == 80_000)
        #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.birth", "1992-01-01") == .ok)
        #expect(builder.set("member.income", "none") == .ok)
        #expect(try builder.assess(policy).program(2, 0)?.least_fen.0 == 160_000)
        // A text that is wrong adds nothing.
        let wrong = builder.read(#"[{"residence": "urban"}, {"residence": "seaside"}]"#)
        #expect(wrong.code == JZ_E_INPUT)
        #expect(wrong.message.contains("households[1].residence: one of urban, rural"))
        #expect(try builder.assess(policy).count == 3)
    }

    @Test("Facts have the same numbers as in the description")
    func describedNumbers() throws {
        var buffer: OpaquePointer?
        #expect(Answer { jz_describe(policy.handle, &buffer, $0) } == .ok)
        let bytes = Array(take(buffer).utf8)
        var tokens = JSONScanner(bytes, file: "")
        let node = try JSONNode.read(try tokens.next(), &tokens)
        let facts = try #require(node["facts"]?.items)
        #expect(facts.count > 100)
        for (number, fact) in facts.enumerated() {
            #expect(Int(policy.fact(fact["name"]?.text ?? "")) == number)
        }
    }
}
