import CJiuzhu
import Testing

@Suite("The builder: mistakes")
struct BuilderMistakeTests {
    let policy: Policy
    let builder: Builder
    /// What is there before any mistake, and after.
    let before: String

    init() throws {
        policy = try Policy(pack: InventedPolicy.pack)
        builder = try Builder(policy)
        #expect(builder.read(InventedPolicy.alone) == .ok)
        before = try builder.assess(policy).json(JZ_EXPLAIN)
    }

    /// Nothing of what was refused is left.
    private func unchanged() throws { #expect(try builder.assess(policy).json(JZ_EXPLAIN) == before) }

    @Test(
        "What is wrong with a name or a text is said, and nothing is changed",
        arguments: [
            (
                "member.wages", "1", JZ_E_NAME,
                "error: there is no fact 'member.wages'; did you mean 'member.income.wages'? [unknown-fact]"
            ),
            ("household.yacht", "1", JZ_E_NAME, "error: there is no fact 'household.yacht' [unknown-fact]"),
            (
                "member.income.wage", "1", JZ_E_NAME,
                "error: there is no fact 'member.income.wage'; did you mean 'member.income.wages'? [unknown-fact]"
            ),
            (
                "income.wages", "1", JZ_E_NAME,
                "error: there is no fact 'income.wages'; did you mean 'member.income.wages'? [unknown-fact]"
            ),
            ("", "1", JZ_E_NAME, "error: this name is no fact [unknown-fact]"),
            ("34052419800101001X", "1", JZ_E_NAME, "error: this name is no fact [unknown-fact]"),
            (
                "household.vehicles", "two", JZ_E_TYPE,
                "error: household.vehicles: a whole number from 0 to 9,999 was expected, and this is text; write it "
                    + "without quotes [wrong-type]"
            ),
            (
                "household.vehicles", "1.5", JZ_E_RANGE,
                "error: household.vehicles: a whole number was expected; nothing is rounded here [too-many-decimals]"
            ),
            (
                "household.vehicles", "-1", JZ_E_RANGE,
                "error: household.vehicles: a whole number from 0 to 9,999 was expected, and this lies outside "
                    + "[out-of-range]"
            ),
            (
                "member.income.wages", "0.001", JZ_E_RANGE,
                "error: member.income.wages: a number of at most 2 decimals was expected; nothing is rounded here "
                    + "[too-many-decimals]"
            ),
            (
                "member.income.wages", "99999999999999999999999999", JZ_E_RANGE,
                "error: member.income.wages: a number from 0 to 10,000,000,000 yuan/year was expected, and this lies "
                    + "outside [out-of-range]"
            ),
            (
                "member.birth", "1980-02-30", JZ_E_INPUT,
                "error: member.birth: a day of the calendar, written as 2026-01-31, was expected [bad-date]"
            ),
            (
                "household.residence", "urbann", JZ_E_NAME,
                "error: household.residence: one of urban, rural was expected, and this is no such code; did you mean "
                    + "'urban'? [unknown-code]"
            ),
            (
                "household.lone_elder", "perhaps", JZ_E_TYPE,
                "error: household.lone_elder: true or false was expected, and this is text [wrong-type]"
            ),
            (
                "household.area", "4711", JZ_E_INPUT,
                "error: household.area: a division code of GB/T 2260, or a longer one of a township or village in it, "
                    + "was expected: 6, 9 or 12 digits [bad-value]"
            ),
            (
                "member.citizen_number", "340524198001010011", JZ_E_INPUT,
                "error: member.citizen_number: the last character of the citizen number does not agree with the "
                    + "others; check it against the identity card [bad-citizen-number]"
            ),
            (
                "member.disability_certificate", "34052419800101001X93", JZ_E_INPUT,
                "error: member.disability_certificate: character 19 of a disability certificate number is a category, "
                    + "1 to 7; check it against the certificate [bad-disability-certificate]"
            ),
            (
                "member.income.others", "some", JZ_E_INPUT,
                "error: member.income.others: none was expected, to say that there is nothing else; every other fact "
                    + "has its own name [bad-value]"
            ),
            (
                "member.income", "none", JZ_E_CONTRADICTION,
                "error: member.income: the fact income.pension has another value; correct one of them [contradiction]"
            ),
            (
                "member.income", "3600", JZ_E_TYPE,
                "error: member.income: none was expected; the facts of this group have their own names [wrong-type]"
            ),
            (
                "household.members", "none", JZ_E_TYPE,
                "error: household.members: only none can be said of a list; its entries are begun one by one "
                    + "[wrong-type]"
            ),
            (
                "plot.mu", "3", JZ_E_ARGUMENT, "error: plot.mu: no plot has been begun in this household [row-order]"
            ),
        ])
    func text(_ name: String, _ text: String, _ code: Int32, _ message: String) throws {
        #expect(builder.set(name, text) == Answer(code, message))
        try unchanged()
    }

    @Test("An empty text is no value, and no code is one of the codes")
    func empty() throws {
        for name in ["member.birth", "member.illness", "household.residence", "household.vehicles", "member.income"] {
            #expect(builder.set(name, "").code != JZ_OK, "\(name)")
        }
        #expect(builder.set("member.illness", "serious, chronic").code == JZ_E_NAME)
        try unchanged()
    }

    @Test("A fact of another type, a unit that is not its own and a value outside its range are refused")
    func byNumber() throws {
        func refused(
            _ name: String, _ code: Int32, _ message: String,
            _ call: (OpaquePointer, jz_fact, UnsafeMutablePointer<OpaquePointer?>) -> Int32
        ) {
            let fact = policy.fact(name)
            #expect(Answer { call(builder.handle, fact, $0) } == Answer(code, "error: \(name): \(message)"))
        }
        let money = "a number from 0 to 10,000,000,000 yuan/year was expected"
        refused("member.income.wages", JZ_E_TYPE, "\(money), and this is a count [wrong-type]") {
            jz_builder_set_count($0, $1, 1, $2)
        }
        refused("member.income.wages", JZ_E_TYPE, "\(money), and this is yes or no [wrong-type]") {
            jz_builder_set_bool($0, $1, 1, $2)
        }
        refused("member.income.wages", JZ_E_TYPE, "\(money), and this is the place of a code [wrong-type]") {
            jz_builder_set_code($0, $1, 1, $2)
        }
        refused("member.income.wages", JZ_E_RANGE, "\(money), and this lies outside [out-of-range]") {
            jz_builder_set_amount($0, $1, -1, nil, 0, $2)
        }
        refused("member.income.wages", JZ_E_RANGE, "\(money), and this lies outside [out-of-range]") {
            jz_builder_set_amount($0, $1, .max, nil, 0, $2)
        }
        let unit = "an amount in yuan/year was expected, and another unit was named [unit-mismatch]"
        refused("member.income.wages", JZ_E_UNIT, unit) {
            jz_builder_set_amount($0, $1, 100, "yuan/month", nul, $2)
        }
        refused("member.income.wages", JZ_E_UNIT, unit) { jz_builder_set_amount($0, $1, 100, "", 0, $2) }
        refused(
            "household.vehicles", JZ_E_TYPE,
            "a whole number from 0 to 9,999 was expected, and this is an amount [wrong-type]"
        ) { jz_builder_set_amount($0, $1, 100, "yuan", nul, $2) }
        refused(
            "household.vehicles", JZ_E_RANGE,
            "a whole number from 0 to 9,999 was expected, and this lies outside [out-of-range]"
        ) { jz_builder_set_count($0, $1, 10_000, $2) }
        for code in [-1, 2, Int64.max] {
            refused(
                "household.residence", JZ_E_RANGE,
                "one of urban, rural was expected, and this lies outside [out-of-range]"
            ) { jz_builder_set_code($0, $1, code, $2) }
        }
        refused("household.residence", JZ_E_TYPE, "one of urban, rural was expected, and this is a day [wrong-type]") {
            jz_builder_set_date($0, $1, 19_800_501, $2)
        }
        refused(
            "household.repaired_on", JZ_E_TYPE,
            "a day written as 2026-01-31 was expected; there is no none of it [wrong-type]"
        ) { jz_builder_set_none($0, $1, $2) }
        refused(
            "household.repaired_on", JZ_E_RANGE,
            "a day from 1900-01-01 to 9999-12-31 was expected, and this lies outside [out-of-range]"
        ) { jz_builder_set_date($0, $1, 18_991_231, $2) }
        for day: Int32 in [0, -1, 20_230_229, 1, .max, .min] {
            let fact = policy.fact("household.repaired_on")
            #expect(Answer { jz_builder_set_date(builder.handle, fact, day, $0) }.code == JZ_E_ARGUMENT)
        }
        try unchanged()
    }

    @Test("A number that is no fact's is an index beyond the end", arguments: [-1, 100_000, jz_fact.max, jz_fact.min])
    func noFact(_ fact: jz_fact) throws {
        let handle = builder.handle
        let calls: [(UnsafeMutablePointer<OpaquePointer?>) -> Int32] = [
            { jz_builder_set_text(handle, fact, "1", nul, $0) }, { jz_builder_set_count(handle, fact, 1, $0) },
            { jz_builder_set_amount(handle, fact, 1, nil, 0, $0) },
            { jz_builder_set_amount(handle, fact, 1, "yuan", nul, $0) }, { jz_builder_set_bool(handle, fact, 1, $0) },
            { jz_builder_set_date(handle, fact, 20_200_101, $0) }, { jz_builder_set_code(handle, fact, 1, $0) },
            { jz_builder_set_none(handle, fact, $0) }, { jz_builder_unset(handle, fact, $0) },
        ]
        for call in calls {
            let answer = Answer(call)
            #expect(answer.code == JZ_E_INDEX)
            #expect(answer.message.hasPrefix("there is no fact of this number; there are "))
        }
        try unchanged()
    }

    @Test("Names of facts that are none")
    func noName() {
        var fact: jz_fact = 77
        func find(_ name: String) -> Answer { Answer { jz_fact_find(policy.handle, name, nul, &fact, $0) } }
        #expect(
            find("member.income.wage")
                == Answer(
                    JZ_E_NAME,
                    "error: there is no fact 'member.income.wage'; did you mean 'member.income.wages'? [unknown-fact]"))
        #expect(
            find("member.income")
                == Answer(
                    JZ_E_NAME,
                    "error: 'member.income' is no single fact; it is set by its name and text [unknown-fact]"))
        #expect(find("").code == JZ_E_NAME && find(".").code == JZ_E_NAME && find("member.").code == JZ_E_NAME)
        #expect(find(String(repeating: "a", count: 5_000)).code == JZ_E_LIMIT)
        #expect(fact == 77)
    }

    @Test("Rows that are not there")
    func rows() throws {
        let empty = try Builder(policy)
        let none = Answer(JZ_E_ARGUMENT, "error: no household has been begun [row-order]")
        #expect(empty.entry(JZ_MEMBER) == none && empty.list(JZ_PLOT) == none)
        #expect(
            empty.entry(JZ_OBLIGOR)
                == Answer(JZ_E_ARGUMENT, "error: no member has been begun in this household [row-order]"))
        #expect(
            empty.set("household.vehicles", "1")
                == Answer(JZ_E_ARGUMENT, "error: household.vehicles: no household has been begun [row-order]"))
        #expect(empty.select(JZ_HOUSEHOLD, 0).code == JZ_E_INDEX)
        #expect(
            builder.select(JZ_MEMBER, 1)
                == Answer(JZ_E_INDEX, "there is no such row of a member; there are 1, from 0"))
        #expect(builder.select(JZ_MEMBER, -1).code == JZ_E_INDEX && builder.select(JZ_MEMBER, .max).code == JZ_E_INDEX)
        for owner: Int32 in [-1, 6, .max] {
            let answer = Answer(
                JZ_E_ARGUMENT, "owner is \(owner), and one from JZ_HOUSEHOLD to JZ_LOSS was expected")
            #expect(
                builder.entry(owner) == answer && builder.list(owner) == answer && builder.select(owner, 0) == answer)
        }
        let begun = Answer(
            JZ_E_ARGUMENT, "owner is JZ_HOUSEHOLD; a household is begun with jz_builder_household")
        #expect(builder.entry(JZ_HOUSEHOLD) == begun && builder.list(JZ_HOUSEHOLD) == begun)
        try unchanged()
        // A new household has no member yet, and those of the one before are not meant.
        #expect(builder.household("f2") == .ok)
        #expect(builder.set("member.birth", "1990-01-01").code == JZ_E_ARGUMENT)
        #expect(builder.entry(JZ_BILL).code == JZ_E_ARGUMENT && builder.list(JZ_OBLIGOR).code == JZ_E_ARGUMENT)
    }

    @Test("An id of no or too many characters, and more entries than a list may have")
    func limits() throws {
        let rule = "error: id: a text of 1 to 64 characters was expected [bad-value]"
        #expect(builder.household("") == Answer(JZ_E_INPUT, rule))
        #expect(builder.household(String(repeating: "家", count: 65)) == Answer(JZ_E_INPUT, rule))
        #expect(builder.household(String(repeating: "a", count: 5_000)).code == JZ_E_LIMIT)
        try unchanged()
        #expect(builder.household(String(repeating: "家", count: 64)) == .ok)
        for _ in 0..<40 { #expect(builder.entry(JZ_MEMBER) == .ok) }
        let full = Answer(JZ_E_LIMIT, "error: at most 40 entries were expected in this list [too-many-entries]")
        #expect(builder.entry(JZ_MEMBER) == full)
        for _ in 0..<40 { #expect(builder.entry(JZ_BILL) == .ok) }
        #expect(builder.entry(JZ_BILL) == full)
        #expect(builder.entry(JZ_OBLIGOR) == .ok)
        #expect(try builder.assess(policy).count == 2)
    }

    @Test("What does not go together is found when the households are assessed, each with its place")
    func together() throws {
        #expect(builder.household() == .ok && builder.set("household.size", "3") == .ok)
        #expect(builder.entry(JZ_MEMBER) == .ok && builder.set("member.birth", "2030-06-02") == .ok)
        #expect(builder.household() == .ok && builder.list(JZ_MEMBER) == .ok)
        let answer = builder.failure(policy)
        #expect(answer.code == JZ_E_INPUT)
        #expect(
            answer.message
                == "error: households[1].members[0].birth: a day not after the day of assessment, 2030-06-01, was "
                + "expected; correct one of them [birth-after-assessment] (and 2 more)")
        #expect(
            answer.json.contains(
                #""message":"households[1].size: another number of members is listed; correct the list, or leave the "#
                    + #"size out""#))
        #expect(
            answer.json.contains(
                #""code":"out-of-range","file":"","line":0,"column":0,"message":"households[2].members: at least one "#
                    + "member was expected"))
        // On a later day that one was born.
        #expect(builder.failure(policy, options(20_300_602)).code == JZ_E_CONTRADICTION)
        let born = try Builder(policy)
        #expect(born.household() == .ok && born.entry(JZ_MEMBER) == .ok)
        #expect(born.set("member.citizen_number", "34052419800101001X") == .ok)
        #expect(
            born.failure(policy, options(19_791_231)).message.contains("members[0].citizen_number: a day not after"))
    }

    @Test("An area that is none of the policy's")
    func areas() throws {
        #expect(builder.household() == .ok && builder.set("household.area", "230102") == .ok)
        #expect(builder.household() == .ok && builder.set("household.area", "990199") == .ok)
        let answer = builder.failure(policy)
        #expect(answer.code == JZ_E_AREA)
        #expect(
            answer.message
                == "error: households[1].area: 230102 does not lie in 990000 例省, whose policy was asked for "
                + "[area-outside-policy] (and 1 more)")
    }
}
