import AssistanceCore
import AssistancePlugins
import Testing

/// Registries of plugins, as the host asks them.
@Suite("Data sources of plugins")
struct DataSourceTests {
    private static let persons = [
        "34052419800101001", "34052419850505002", "34052420100909003",
    ].compactMap { first in
        CitizenNumber.checkCharacter(for: first).flatMap { try? CitizenNumber(first + String($0)) }
    }.map { QueriedPerson($0, name: "张三") }

    /// A registry of vehicles with an answer of some lines. Its `open` keeps the setting, and fails where there is none.
    private static func registry(
        _ lines: String, facts: String = #""household.vehicles", "household.vehicles_value", "member.works""#,
        open: String = "open", close: String = "close", besides: String = "return JZP_OK;"
    ) -> String {
        Source.entry(
            """
            static const char *facts[] = { \(facts) };
            static const jzp_source s = { sizeof(jzp_source), 0, "vehicle-registry", "车辆登记", "vehicles", "公安部门",
                                          sizeof(facts) / sizeof *facts, facts, \(open), query, \(close), NULL };
            static const jzp_source *const sources[] = { &s };
            static const jzp_descriptor d = { JZP_MAGIC, JZP_ABI, sizeof(jzp_descriptor), "vehicles", "1.0.0", 0, NULL, 1,
                                              sources, 0, NULL };
            return &d;
            """,
            before: """
                #include <pthread.h>
                #include <stdlib.h>
                #include <string.h>
                static int opened;
                static int32_t open(const jzp_source *self, const jzp_host *host, const char *setting, void **handle,
                                    jzp_answers *answers)
                {
                    (void)self;
                    if (!setting) {
                        host->source_error(answers, "no extract was named");
                        return JZP_FAILED;
                    }
                    opened++;
                    *handle = host->allocate(strlen(setting) + 1);
                    strcpy(*handle, setting);
                    \(besides)
                }
                static void close(const jzp_source *self, void *handle)
                {
                    (void)self;
                    opened--;
                    free(handle);
                }
                static const jzp_host *shared;
                static void *elsewhere(void *answers) { shared->not_found(answers, 0); return NULL; }
                static int32_t query(const jzp_source *self, const jzp_host *host, void *handle, const jzp_person *persons,
                                     size_t count, jzp_answers *answers)
                {
                    static jzp_answers *kept;
                    (void)self; (void)handle; (void)persons; (void)count; (void)kept; (void)open; (void)close;
                    (void)elsewhere; (void)answers;
                    shared = host;
                    \(lines)
                    return JZP_OK;
                }
                """)
    }

    private static func source(_ code: String, in build: PluginBuild) throws -> PluginSource {
        try #require(try PluginSet.of([code], in: build).plugins.first?.sources.first)
    }

    private static let everything = """
        for (size_t i = 0; i < count; i++) { host->not_found(answers, i); }

        """

    @Test("What a registry holds of each person is read with its day and confidence, in the order of persons")
    func found() throws {
        let build = try PluginBuild()
        let code = Self.registry(
            """
            if (strcmp(handle, "/opt/extract") || count != 3 || strlen(persons[2].citizen_number) != 18) return JZP_FAILED;
            if (strcmp(persons[0].name, "张三") || strncmp(persons[1].citizen_number, "34052419850505002", 17)) return JZP_FAILED;
            host->not_found(answers, 2);
            host->found(answers, 1, "member.works", "true", 20260131, 60);
            host->found(answers, 0, "household.vehicles_value", "35000.50", 0, 100);
            host->found(answers, 0, "household.vehicles", "1", 20251130, 95);
            host->found_none(answers, 1, "household.vehicles", 20260101);
            """)
        let source = try Self.source(code, in: build)
        #expect(source.facts == ["household.vehicles", "household.vehicles_value", "member.works"])
        let registry = try source.open("/opt/extract")
        #expect(registry.id == "vehicle-registry" && registry.department == "公安部门")
        #expect(registry.label == Label("车辆登记", "vehicles"))
        let (vehicles, value, works) = (registry.facts[0], registry.facts[1], registry.facts[2])
        #expect(
            try registry.query(Self.persons) == [
                SourceFinding(
                    person: 0,
                    .value(1, of: vehicles, day: CalendarDate(iso: "2025-11-30"), confidence: 95)),
                SourceFinding(person: 0, .value(3_500_050, of: value, day: nil, confidence: 100)),
                SourceFinding(
                    person: 1, SourceFinding.Statement.none(of: vehicles, day: CalendarDate(iso: "2026-01-01"))),
                SourceFinding(person: 1, .value(1, of: works, day: CalendarDate(iso: "2026-01-31"), confidence: 60)),
                SourceFinding(person: 2, .unknownPerson),
            ])
        #expect(try registry.query([]) == [])
    }

    @Test("More persons than one call may have are asked about in several, and keep their places")
    func many() throws {
        let build = try PluginBuild()
        let code = Self.registry(
            """
            if (count > 1000) return JZP_FAILED;
            for (size_t i = 0; i < count; i++) host->not_found(answers, i);
            """, open: "NULL", close: "NULL")
        let person = try #require(Self.persons.first)
        let registry = try Self.source(code, in: build).open(nil)
        let findings = try registry.query([QueriedPerson](repeating: person, count: 2_500))
        #expect(findings.map(\.person) == Array(0..<2_500))
    }

    @Test("A registry is closed when nobody holds it any more, and once")
    func closed() throws {
        let build = try PluginBuild()
        let code = Self.registry(
            #"char n[2] = { (char)('0' + opened), 0 }; for (size_t i = 0; i < count; i++) host->found(answers, i, "household.vehicles", n, 0, 100);"#
        )
        let source = try Self.source(code, in: build)
        let first = try source.open("a")
        do {
            let second = try source.open("b")
            #expect(try second.query([Self.persons[0]]).first?.value == 2)
        }
        #expect(try first.query([Self.persons[0]]).first?.value == 1)
    }

    // MARK: Wrong answers

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let lines: String
        let message: String

        var testDescription: String { name }

        init(_ name: String, _ lines: String, _ message: String) {
            self.name = name
            self.lines = lines
            self.message = message
        }
    }

    static let cases = [
        Case(
            "says so", #"host->source_error(answers, "the registry is being repaired"); return JZP_FAILED;"#,
            "the registry is being repaired"),
        Case(
            "says so and answers JZP_OK", everything + #"host->source_error(answers, "it is old");"#, "it is old"),
        Case("fails silently", everything + "return 9;", "its query answered 9, and it did not say why"),
        Case("is not provided", "return JZP_NOT_PROVIDED;", "its query answered 2, and it did not say why"),
        Case("says nothing", "", "nothing is said of person 0, not even that it is unknown"),
        Case(
            "leaves one out", "host->not_found(answers, 0); host->not_found(answers, 2);",
            "nothing is said of person 1, not even that it is unknown"),
        Case(
            "person out of range", everything + "host->not_found(answers, 3);",
            "there is no person 3; 3 were asked about, from 0"),
        Case(
            "absurd person", everything + "host->not_found(answers, (size_t)-1);",
            "there is no person 18446744073709551615; 3 were asked about, from 0"),
        Case(
            "undeclared fact", #"host->found(answers, 0, "household.homes", "1", 0, 100);"# + everything,
            "'household.homes' is no fact that it says it can confirm"),
        Case(
            "misspelt fact", #"host->found(answers, 0, "household.vehicle", "1", 0, 100);"# + everything,
            "'household.vehicle' is no fact that it says it can confirm; did you mean 'household.vehicles'?"),
        Case(
            "not a day", #"host->found(answers, 0, "household.vehicles", "1", 20260230, 100);"# + everything,
            "found was given the day 20260230, and one such as 20260131, or 0, was expected"),
        Case(
            "negative day", #"host->found_none(answers, 0, "household.vehicles", INT32_MIN);"# + everything,
            "found_none was given the day -2147483648, and one such as 20260131, or 0, was expected"),
        Case(
            "confidence", #"host->found(answers, 0, "household.vehicles", "1", 0, 0);"# + everything,
            "'household.vehicles' of person 0 has the confidence 0, and 1 to 100 was expected"),
        Case(
            "other type", #"host->found(answers, 0, "household.vehicles", "two", 0, 100);"# + everything,
            "'household.vehicles' of person 0: a whole number from 0 to 9,999 was expected, and this is text; write it without quotes"
        ),
        Case(
            "out of range", #"host->found(answers, 0, "household.vehicles", "10000", 0, 100);"# + everything,
            "'household.vehicles' of person 0: a whole number from 0 to 9,999 was expected, and this lies outside"),
        Case(
            "too many decimals", #"host->found(answers, 0, "household.vehicles_value", "1.005", 0, 100);"# + everything,
            "'household.vehicles_value' of person 0: a number of at most 2 decimals was expected; nothing is rounded here"
        ),
        Case(
            "twice",
            #"host->found(answers, 0, "household.vehicles", "1", 0, 100); host->found_none(answers, 0, "household.vehicles", 0);"#,
            "'household.vehicles' of person 0 is said twice"),
        Case(
            "found and not found", #"host->found_none(answers, 0, "household.vehicles", 0);"# + everything,
            "person 0 is said to be unknown, and something was found before"),
        Case(
            "not found and found", everything + #"host->found_none(answers, 0, "household.vehicles", 0);"#,
            "something is found of person 0, who was said to be unknown before"),
        Case(
            "no value", #"host->found(answers, 0, "household.vehicles", NULL, 0, 100);"# + everything,
            "the value given to found is NULL"),
        Case(
            "not UTF-8", #"host->found(answers, 0, "household.vehicles", "\xff", 0, 100);"# + everything,
            "the value given to found is not valid UTF-8"),
        Case(
            "a citizen number in a message", #"host->source_error(answers, persons[0].citizen_number);"# + everything,
            "the message given to source_error has control characters, or a citizen number"),
        Case(
            "no message", "host->source_error(answers, NULL);" + everything,
            "the message given to source_error is NULL"),
        Case(
            "several", #"host->found(answers, 0, NULL, "1", 0, 100); return 5;"#, "the fact given to found is NULL"),
        Case(
            "other thread",
            everything
                + "pthread_t t; pthread_create(&t, NULL, elsewhere, answers); pthread_join(t, NULL);",
            "its jzp_answers was used on another thread than the one it was given to"),
        Case(
            "a plan", everything + "if (host->truth((jzp_plan *)answers, 1) == JZP_UNKNOWN) return 6;",
            "its query answered 6, and it did not say why"),
    ]

    @Test("Where anything is wrong with an answer, nothing of it is taken", arguments: cases)
    func wrong(_ wrong: Case) throws {
        let build = try PluginBuild()
        let registry = try Self.source(Self.registry(wrong.lines, open: "NULL", close: "NULL"), in: build).open(nil)
        let problem = try #require(throws: SourceProblem.self) { try registry.query(Self.persons) }
        #expect(problem.message == "the plugin 'vehicles' 1.0.0, the data source 'vehicle-registry': " + wrong.message)
    }

    @Test("A registry that cannot be opened says why, and facts that the policy does not have are none")
    func opening() throws {
        let build = try PluginBuild()
        func problem(_ code: String, _ setting: String?) throws -> String {
            let source = try Self.source(code, in: build)
            return try #require(throws: SourceProblem.self) { _ = try source.open(setting) }.message
        }
        let title = "the plugin 'vehicles' 1.0.0, the data source 'vehicle-registry': "
        #expect(try problem(Self.registry(Self.everything), nil) == title + "no extract was named")
        #expect(
            try problem(Self.registry(Self.everything, open: "NULL", close: "NULL"), "a")
                == title + "it takes no setting")
        #expect(try problem(Self.registry(Self.everything), "a\0b") == title + "the setting has a NUL in it")
        #expect(
            try problem(Self.registry(Self.everything, besides: "return 3;"), "a")
                == title + "its open answered 3, and it did not say why")
        #expect(
            try problem(Self.registry(Self.everything, besides: "return host->not_found(answers, 0);"), "a")
                == title + "there is no person 0; 0 were asked about, from 0")
        #expect(
            try problem(Self.registry(Self.everything, facts: #""member.vehicles""#), "a")
                == title
                + "it can confirm 'member.vehicles', which is no fact under this policy; did you mean 'household.vehicles'?"
        )
    }

    @Test("Answers that are kept beyond their call lead nowhere")
    func kept() throws {
        let build = try PluginBuild()
        let code = Self.registry(
            "if (kept && host->not_found(kept, 0) == JZP_OK) return 7;\nkept = answers;" + Self.everything,
            open: "NULL", close: "NULL")
        let registry = try Self.source(code, in: build).open(nil)
        #expect(try registry.query(Self.persons).count == 3)
        #expect(try registry.query(Self.persons).count == 3)
    }
}

extension SourceFinding {
    /// The value that was found.
    fileprivate var value: Int64? {
        if case .value(let value, _, _, _) = statement { value } else { nil }
    }
}
