import AssistanceCore
import AssistanceEngine
import AssistancePlugins
import AssistancePolicy
import Jiuzhu
import Testing

/// One plan for each way to be wrong: the programme is undetermined and names the plugin, and all else goes on.
@Suite("Plans that are wrong")
struct WrongPlanTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let lines: String
        let message: String
        var flags = "0"
        var besides = ""

        var testDescription: String { name }
    }

    private static let end = Source.everyone

    static let cases: [Case] = [
        Case(
            name: "says-so", lines: #"host->error(plan, "there is no canteen here"); return JZP_FAILED;"#,
            message: "there is no canteen here"),
        Case(name: "silent", lines: "return 7;", message: "its plan answered 7, and it did not say why"),
        Case(
            name: "empty", lines: "", message: "it gives nothing: its plan calls neither benefit nor generic"),
        Case(
            name: "garbage", lines: end + "host->add(plan, 12345, 0x7fffffff);",
            message: "add was given a number that is no node of this plan"),
        Case(
            name: "unknown-node", lines: end + "host->negated(plan, JZP_UNKNOWN);",
            message: "negated was given a number that is no node of this plan"),
        Case(
            name: "kinds", lines: end + #"host->add(plan, host->truth(plan, 1), host->zero(plan, "yuan"));"#,
            message: "add: cannot add yes/no and yuan"),
        Case(
            name: "units", lines: end + #"host->less(plan, host->term(plan, "each"), host->zero(plan, "m2"));"#,
            message: "less: cannot compare yuan/month and m2: the units differ"),
        Case(
            name: "no-unit", lines: end + #"host->zero(plan, "yuan/fortnight");"#,
            message: "the unit given to zero is 'yuan/fortnight', and a unit such as yuan/year was expected"),
        Case(
            name: "no-fact", lines: end + #"host->fact(plan, JZP_MEMBER, "studdy");"#,
            message: "there is no fact 'member.studdy' under this policy; did you mean 'study'?"),
        Case(
            name: "no-owner", lines: end + #"host->fact(plan, 99, "study");"#,
            message: "fact was given the owner 99, and one from JZP_HOUSEHOLD to JZP_LOSS was expected"),
        Case(
            name: "no-term", lines: end + #"host->term(plan, "eech");"#,
            message: "term: it declares no term 'eech'; did you mean 'each'?"),
        Case(
            name: "other-shape", lines: end + #"host->checks(plan, "each");"#,
            message: "checks: the term 'each' is of another shape"),
        Case(
            name: "no-code", lines: end + #"host->is_code(plan, host->fact(plan, JZP_MEMBER, "sex"), "femal");"#,
            message: "is_code: 'femal' is not one of unknown, male, female; did you mean 'female'?"),
        Case(
            name: "not-a-code", lines: end + #"host->is_code(plan, host->truth(plan, 1), "female");"#,
            message: "is_code: yes/no is no code"),
        Case(
            name: "null-text", lines: end + "host->fact(plan, JZP_MEMBER, NULL);",
            message: "the key given to fact is NULL"),
        Case(
            name: "null-label",
            lines: #"host->benefit(plan, "meals", NULL, "meals", JZP_YEARLY, host->term(plan, "each"));"#,
            message: "the Chinese label of the benefit 'meals' is NULL"),
        Case(
            name: "latin-1", lines: end + #"host->error(plan, "caf\xe9");"#,
            message: "the message given to error is not valid UTF-8"),
        Case(
            name: "two-lines", lines: end + #"host->error(plan, "one\ntwo");"#,
            message: "the message given to error has control characters, or a citizen number"),
        Case(
            name: "negative",
            lines: """
                host->benefit(plan, "meals", "营养餐", "school meals", JZP_YEARLY,
                              host->subtract(plan, host->zero(plan, "yuan/year"), host->term(plan, "each")));
                """,
            message:
                "the benefit 'meals' may be less than zero by the range of its facts and terms; take the greatest of it and zero"
        ),
        Case(
            name: "wrong-unit",
            lines: #"host->benefit(plan, "meals", "营养餐", "school meals", JZP_ONCE, host->term(plan, "each"));"#,
            message: "the benefit 'meals' is yuan/month, and paid once it has to be yuan"),
        Case(
            name: "no-period",
            lines: #"host->benefit(plan, "meals", "营养餐", "school meals", 9, host->term(plan, "each"));"#,
            message: "the benefit 'meals' has the period 9, which is none"),
        Case(
            name: "bad-id",
            lines: #"host->benefit(plan, "Meals!", "营养餐", "school meals", JZP_YEARLY, host->term(plan, "each"));"#,
            message:
                "the id given to benefit is no name: 64 small letters, digits and - at most, the first of them a letter"
        ),
        Case(name: "twice", lines: end + end, message: "there are two benefits 'meals'"),
        Case(
            name: "of-a-bill",
            lines: end
                + #"host->check(plan, "bill", host->less(plan, host->zero(plan, "yuan"), host->fact(plan, JZP_BILL, "in_scope")), "无", "none");"#,
            message: "the check 'bill' is about each bill; put it together with over"),
        Case(
            name: "no-condition", lines: end + #"host->check(plan, "each", host->term(plan, "each"), "无", "none");"#,
            message: "the check 'each' is yuan/month, and a condition was expected"),
        Case(
            name: "undeclared", lines: end + #"host->tell(plan, "fed", host->truth(plan, 1));"#,
            message: "it tells 'fed', which it does not declare"),
        Case(
            name: "unread", lines: end + #"host->standing(plan, "low_income");"#,
            message: "no programme that it reads tells 'low_income'; those are none"),
        Case(
            name: "not-generic", lines: end + "host->generic(plan);",
            message: "generic was called without JZP_GENERIC_TERMS"),
        Case(
            name: "zero-divisor", lines: end + "host->share(plan, host->number(plan, 5), host->number(plan, 3));",
            message:
                "share: a whole number divided by a whole number would drop its remainder; divide the quantity itself, as in 'minimum_wage / 6', or write a share such as 50%"
        ),
        Case(
            name: "overflow",
            lines: end + """
                jzp_node huge = host->number(plan, INT64_MAX);
                for (int i = 0; i < 10; i++) huge = host->multiply(plan, huge, huge);
                """,
            message: "multiply: "),
        Case(
            name: "deep",
            lines: end + """
                jzp_node sum = host->fact(plan, JZP_HOUSEHOLD, "vehicles");
                for (int i = 0; i < 300; i++) sum = host->add(plan, sum, host->fact(plan, JZP_HOUSEHOLD, "vehicles"));
                """,
            message: "nodes nest at most 200 deep"),
        Case(
            name: "deep-steps",
            lines: end + """
                jzp_node sum = host->term(plan, "each");
                for (char name[2] = "A"; name[0] <= 'Z'; name[0]++) {
                    char low[3] = { (char)(name[0] + 32), 0, 0 }, next[3] = { (char)(name[0] + 32), '1', 0 };
                    sum = host->step(plan, low, "步", "step", "yuan/year", NULL, sum);
                    sum = host->step(plan, next, "步", "step", "yuan/year", NULL, sum);
                }
                """,
            message: "steps nest at most 32 deep"),
        Case(
            name: "many", lines: end + "for (int i = 0; i < 30000; i++) host->truth(plan, i & 1);",
            message: "a plan has at most 20000 nodes"),
        Case(
            name: "other-thread",
            lines: end
                + "pthread_t thread; pthread_create(&thread, NULL, elsewhere, plan); pthread_join(thread, NULL);",
            message: "its plan was used on another thread than the one it was given to",
            besides: """
                static const jzp_host *shared;
                static void *elsewhere(void *plan) { if (shared) shared->truth(plan, 1); return NULL; }
                #define elsewhere (shared = host, elsewhere)
                """),
    ]

    @Test("The programme is undetermined and says so, and the others are decided", arguments: cases)
    func wrong(_ wrong: Case) throws {
        let build = try PluginBuild()
        let source = Source.plan("wrong-" + wrong.name, wrong.lines, flags: wrong.flags, besides: wrong.besides)
        let province = Province(try PluginSet.of([source], in: build), section: Province.section + "\n" + Self.heating)
        #expect(province.findings == [])
        let (_, found) = province.policy()
        let title = "the plugin 'wrong-\(wrong.name)' 1.0.0: "
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix("warning: " + title + wrong.message) == true, "\(found)")
        #expect(found.first?.hasSuffix(" [plugin]") == true)

        let household = #"{"residence": "rural", "heating": "stove", "members": [{"study": "primary"}]}"#
        let assessment = try #require(province.assessments(household, explain: true).first)
        let decision = try #require(assessment.determinations.first { $0.program == "school-meals" })
        #expect(decision.status == .undetermined && decision.benefits.isEmpty)
        let missing = try #require(decision.missing.first)
        #expect(decision.missing.count == 1 && missing.isPolicy && missing.path == "plugins.wrong-\(wrong.name)")
        #expect(missing.label.english.hasPrefix(title + wrong.message))
        #expect(missing.label.chinese.hasPrefix("插件 wrong-\(wrong.name) 1.0.0 有误:"))
        let heating = try #require(assessment.determinations.first { $0.program == "heating" })
        #expect(heating.status == .eligible && heating.total(.yearly).known == Money(fen: 50_000))
    }

    private static let heating = """
        heating:
          snapshot: 12-31
          items: [{id: stove, label: 取暖补贴, when: "household.heating == 'stove'", add: 500 yuan/year}]
        """

    @Test("A figure that no file has is asked for by its name, and is no mistake of the plugin")
    func figure() throws {
        let build = try PluginBuild()
        let source = Source.plan(
            "figure", #"host->benefit(plan, "m", "餐", "m", JZP_MONTHLY, host->figure(plan, "meal_price"));"#)
        let province = Province(try PluginSet.of([source], in: build))
        #expect(province.policy().1 == [])
        let decision = try province.decision(#"{"members": [{}]}"#)
        #expect(decision.status == .undetermined && decision.missing.map(\.path) == ["figures.meal_price"])
    }

    @Test("A plan that is kept leads nowhere, and nodes of an earlier plan are none of this one")
    func kept() throws {
        let build = try PluginBuild()
        let source = Source.plan(
            "kept",
            """
            static jzp_plan *first;
            if (first && host->truth(first, 1) != JZP_UNKNOWN) host->error(plan, "a plan of the past was made longer");
            first = plan;
            """ + Source.everyone)
        let province = Province(try PluginSet.of([source], in: build))
        #expect(province.policy().1 == [])
        #expect(province.policy(on: CalendarDate(iso: "2025-03-11") ?? .latest).1 == [])
        let stale = Source.plan(
            "stale",
            """
            static jzp_node node;
            if (!node) node = host->term(plan, "each");
            host->benefit(plan, "meals", "营养餐", "school meals", JZP_YEARLY, node);
            """)
        let other = Province(try PluginSet.of([stale], in: build))
        #expect(other.policy().1 == [])
        #expect(
            other.policy(on: CalendarDate(iso: "2025-03-11") ?? .latest).1 == [
                "warning: the plugin 'stale' 1.0.0: benefit was given a number that is no node of this plan [plugin]"
            ])
    }

    @Test("What a plugin that is wrong would tell is not known to those that read it")
    func toldByTheWrong() throws {
        let build = try PluginBuild()
        let wrong = Source.meals.replacing(
            "return JZP_OK;", with: #"host->error(plan, "out of order"); return JZP_OK;"#)
        let reader = """
            #include <jiuzhu_plugin.h>
            static int32_t plan(const jzp_program *self, const jzp_host *host, jzp_plan *plan)
            {
                (void)self;
                host->check(plan, "fed", host->standing(plan, "fed"), "不是营养餐对象", "not fed at school");
                host->benefit(plan, "fruit", "水果", "fruit", JZP_YEARLY, host->term(plan, "each"));
                return JZP_OK;
            }
            static const jzp_term terms[] = { { sizeof(jzp_term), "each", JZP_TERM_VALUE, JZP_HOUSEHOLD,
                                                JZP_UNFILLED_UNDETERMINED, "yuan/year", "每生标准", "for each" } };
            static const char *const reads[] = { "school-meals" };
            static const jzp_program fruit = { sizeof(jzp_program), 0, "school-fruit", "水果", "fruit plan", 0, NULL, 1,
                                               terms, 0, NULL, 1, reads, plan, NULL };
            static const jzp_program *const programs[] = { &fruit };
            JZP_PLUGIN("school-fruit", "1.0.0", programs)
            """
        let section = Province.section + "\nschool-fruit:\n  each: 50 yuan/year"
        let household = #"{"residence": "rural", "members": [{"study": "primary", "canteen": true}]}"#
        func fruit(_ meals: String) throws -> Determination? {
            // The one that reads is loaded first: the order of planning is that of reading.
            let province = Province(try PluginSet.of([reader, meals], in: build), section: section)
            return province.assessments(household).first?.determinations.first { $0.program == "school-fruit" }
        }
        let right = try #require(try fruit(Source.meals))
        #expect(right.status == .eligible && right.total(.yearly).known == Money(fen: 5_000))
        let open = try #require(try fruit(wrong))
        #expect(open.status == .undetermined && open.missing.map(\.path) == ["plugins.school-meals"])
    }

    @Test("A plan that takes longer than two seconds is warned of, and decides all the same")
    func slow() throws {
        let build = try PluginBuild()
        let province = Province(
            try PluginSet.of([Source.plan("slow", "usleep(2100000);" + Source.everyone)], in: build))
        #expect(
            province.policy().1 == [
                "warning: the plugin 'slow' 1.0.0: the plan of 'school-meals' took longer than 2 seconds [plugin]"
            ])
        #expect(try province.decision(#"{"members": [{}]}"#).total(.yearly).known == Money(fen: 100_000))
    }

    @Test("Steps that nest as deep as they may are planned, decided and explained")
    func deepest() throws {
        let build = try PluginBuild()
        let lines = """
            jzp_node sum = host->term(plan, "each");
            char name[8] = "s000";
            for (int i = 0; i < 32; i++) {
                name[1] = (char)('0' + i / 100); name[2] = (char)('0' + i / 10 % 10); name[3] = (char)('0' + i % 10);
                sum = host->step(plan, name, "步", "step", "yuan/year", NULL, sum);
            }
            host->benefit(plan, "meals", "营养餐", "school meals", JZP_YEARLY, sum);
            """
        let province = Province(try PluginSet.of([Source.plan("deepest", lines)], in: build))
        #expect(province.policy().1 == [])
        let decision = try province.decision(#"{"members": [{}]}"#, explain: true)
        #expect(decision.total(.yearly).known == Money(fen: 100_000))
        let text = AssessmentJSON.text(of: province.assessments(#"{"members": [{}]}"#, explain: true), explains: true)
        #expect(text.contains("\"s031\""))
    }

    @Test("A programme with the generic terms has its checks, items and payment in policy")
    func generic() throws {
        let build = try PluginBuild()
        let source = Source.plan(
            "generic", #"host->term(plan, "each"); host->generic(plan);"#, flags: "JZP_GENERIC_TERMS")
        let section = """
            school-meals:
              each: 1000 yuan/year
              checks: [{id: pupil, that: "member.study == 'primary'", reason: 不是小学生, reason_en: no pupil}]
              items: [{id: meals, label: 营养餐, for: pupils, add: each}]
            define:
              pupils: member.study == 'primary'
            """
        let province = Province(try PluginSet.of([source], in: build), section: section)
        #expect(province.findings == [] && province.policy().1 == [])
        let decision = try province.decision(#"{"members": [{"study": "primary"}, {"study": "none"}]}"#)
        #expect(decision.status == .eligible && decision.total(.yearly).known == Money(fen: 100_000))
        let none = try province.decision(#"{"members": [{"study": "none"}]}"#)
        #expect(none.reasons.map(\.label.english) == ["no pupil"])
        let both = Source.plan(
            "both",
            #"host->check(plan, "a", host->truth(plan, 1), "无", "none"); host->generic(plan);"#,
            flags: "JZP_GENERIC_TERMS")
        #expect(
            Province(try PluginSet.of([both], in: build), section: section).policy().1 == [
                "warning: the plugin 'both' 1.0.0: a plan that calls generic has its conditions in policy, and this one calls check or checks [plugin]"
            ])
    }
}
