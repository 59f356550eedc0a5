import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceSimulation
import Jiuzhu
import Testing

@Suite("Support as an income rises")
struct IncomeSweepTests {
    /// An example household under the policy and on the day that Examples/households/README.md names.
    struct Example: Sendable, CustomTestStringConvertible {
        let file: String
        let policy: String
        let day: String
        var stage = Stage.application
        /// Each cliff: the last sum before it in yuan a year, and of each programme what it takes in the first year, with
        /// the document and article that makes it.
        var cliffs: [String] = []

        var testDescription: String { file }
    }

    /// Every cliff of the example households while the head's wages rise from 0 to 6,000 yuan a month. What is found and
    /// does not stand here fails, and so does what stands here and is not found.
    static let examples = [
        Example(
            file: "01-two-yuan-below", policy: "heilongjiang/mudanjiang", day: "2026-07-06",
            cliffs: ["771.99: special-poverty -10800.00; order-649 第十四条, order-649 第十四条"]),
        Example(file: "02-single-mother", policy: "heilongjiang/harbin", day: "2022-03-15"),
        Example(
            file: "03-severe-disability", policy: "heilongjiang/mudanjiang", day: "2026-09-01",
            cliffs: ["4390.34: low-income -5004.00; mca-2021-57-recalled"]),
        Example(file: "05-three-refusals", policy: "heilongjiang/qiqihar", day: "2025-05-20"),
        Example(
            file: "16-cancer-in-edge-family", policy: "heilongjiang/qiqihar", day: "2025-04-14",
            cliffs: ["24389.99: low-income -7020.00; mca-2021-57-recalled"]),
    ]

    private static func sweep(
        _ example: Example, _ range: String
    ) throws -> (sweep: IncomeSweep, policy: CompiledPolicy, batch: FactBatch) {
        let findings = Findings()
        let library = PolicyLibrary.load(
            example.policy, in: repository + "/Policies", sections: Engine.sections(of: assistancePrograms), findings)
        let engine = Engine(library, programs: assistancePrograms)
        let date = try #require(CalendarDate(iso: example.day))
        let path = repository + "/Examples/households/\(example.file).json"
        var tokens = JSONScanner(try #require(PolicyFiles.read(path)), file: path)
        var problems: [Diagnostic] = []
        let file = HouseholdReader.read(
            &tokens, schema: library.schema, date: date, file: path, findings: &problems)
        #expect(problems == [])
        let area = file.households[0].area ?? library.jurisdiction
        let policy = engine.policy(area: area, date: date, stage: example.stage, findings)
        #expect(!findings.hasErrors)
        let range = try IncomeRange(range)
        return (try IncomeSweep(range, policy, over: file.batch, household: 0, members: []), policy, file.batch)
    }

    @Test("The cliffs of the example households are these", arguments: examples)
    func pinned(_ example: Example) throws {
        let sweep = try Self.sweep(example, "wages=0..6000:100").sweep
        let found = sweep.cliffs.map { cliff in
            let losses = cliff.losses.sorted { $0.key < $1.key }
                .map { "\(sweep.programs[$0].id) -\(Money(fen: $1).text)" }.joined(separator: ", ")
            let articles = cliff.causes.map { cause in
                [cause.citation?.document.id ?? "", cause.citation?.article ?? ""].filter { !$0.isEmpty }
                    .joined(separator: " ")
            }
            return "\(Money(fen: cliff.last).text): \(losses); \(articles.joined(separator: ", "))"
        }
        #expect(found == example.cliffs)
    }

    @Test("A coarse range finds the cliffs of a fine one, and at each a fen more is less", arguments: examples)
    func exact(_ example: Example) throws {
        let (fine, policy, batch) = try Self.sweep(example, "wages=0..6000:25")
        let coarse = try Self.sweep(example, "wages=0..6000:1000").sweep
        #expect(coarse.cliffs == fine.cliffs)
        // Between neighbouring sums with no cliff the household never has much less: only rounding, of at most a yuan a
        // month and programme.
        for (a, b) in zip(fine.points, fine.points.dropFirst())
        where !fine.cliffs.contains(where: { a.income <= $0.last && $0.last < b.income }) {
            #expect(b.income + b.least + 1_200 >= a.income + a.least, "\(a.income) to \(b.income)")
        }
        for cliff in fine.cliffs {
            let around = try IncomeRange(
                "members[0].income.wages=\(Money(fen: cliff.last).text)..\(Money(fen: cliff.last + 1).text):0.01")
            let points = try IncomeSweep(around, policy, over: batch, household: 0, members: []).points
            #expect(points.count == 2)
            let ends = points.map { ($0.least, $0.support[cliff.losses.keys.min() ?? 0].most ?? 0) }
            #expect(ends[0].0 - ends[1].0 > 1 || ends[0].1 - ends[1].1 > 1)
        }
    }

    @Test("In an invented county the line is where it must be, and what is lost is what was given above it")
    func invented() throws {
        let engine = InventedPolicy.engine(
            reform: InventedPolicy.head + "low-income: {routes: {household: {each: \"max(gap, 200 yuan/month)\"}}}")
        let findings = Findings()
        let policy = engine.policy(
            area: InventedPolicy.near, date: InventedPolicy.date, stage: .application, findings)
        let batch = InventedPolicy.batch(
            "{residence: rural, plots: none, members: [\(InventedPolicy.person(0))]}", engine.library.schema)
        let sweep = try IncomeSweep(
            IncomeRange("wages=0..1000:250"), policy, over: batch, household: 0, members: [])
        #expect(sweep.points.map { $0.support[0].least } == [720_000, 420_000, 240_000, 0, 0])
        #expect(sweep.cliffs.map(\.last) == [719_999])
        #expect(sweep.cliffs.first?.losses == [0: 240_000])
        #expect(sweep.cliffs.first?.causes.map(\.rule) == ["below line"])
        #expect(
            sweep.text(in: .english) == """
                member 1: wages, varied (yuan a month; a twelfth of what is paid yearly or once, to the nearest fen)

                income    low income (minimum living allowance)  support       net
                0.00                                     600.00   600.00    600.00
                250.00                                   350.00   350.00    600.00
                500.00                                   200.00   200.00    700.00
                  ▼ cliff: above 600.00 yuan a month (7,199.99 a year) support falls by 200.00 yuan a month: low income (minimum living allowance) −200.00
                      household route: range of per-capita income  below line  例〔2029〕1号 第一条  p/policy.yaml:23
                750.00                                     0.00     0.00    750.00
                1,000.00                                   0.00     0.00  1,000.00

                1 cliff

                """)
    }

    @Test("A chart is one file of SVG with a title, a description and no reference to anything outside")
    func chart() throws {
        let sweep = try Self.sweep(Self.examples[4], "wages=0..3000:300").sweep
        let svg = sweep.svg()
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(svg.contains("<title id=\"title\">") && svg.contains("<desc id=\"desc\">") && svg.contains("陡坡"))
        #expect(svg.split(separator: "http").count == 2, "only the name of SVG itself")
        let english = sweep.svg(in: .english)
        #expect(english.contains("cliff: above 2,032.50 yuan a month"))
    }

    @Test(
        "A range that is none says what was expected",
        arguments: [
            ("wages", "'wages' is no range of an income; NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"),
            (
                "wages=0-6000",
                "'wages=0-6000' is no range of an income; NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"
            ),
            (
                "wages=0..6000",
                "'wages=0..6000' names no step; NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"
            ),
            ("wages=0..6000:0", "the step 0.00 is not above zero"),
            ("wages=0..6000:-5", "the step -5.00 is not above zero"),
            ("wages=6000..0:100", "the range begins at 6000.00 and ends below that, at 0.00"),
            (
                "wages=a..6000:100",
                "the first sum 'a' is no sum in yuan with at most two decimals; NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"
            ),
            (
                "wages=0..1e9:100",
                "the last sum '1e9' is no sum in yuan with at most two decimals; NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"
            ),
            (
                "wages=0..60.005:1",
                "the last sum '60.005' is no sum in yuan with at most two decimals; NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"
            ),
            ("wages=0..6000:0.01", "the range has 600001 sums, and at most 2000 are computed; take a longer step"),
            ("wage=0..6000:100", "there is no income 'wage'; did you mean 'wages'?"),
            (
                "members[x].income.wages=0..1:1",
                "'members[x].income.wages' is no income of a member; a path such as members[0].income.wages was expected"
            ),
            (
                "members[0].birth=0..1:1",
                "'members[0].birth' is no income of a member; a path such as members[0].income.wages was expected"
            ),
            (
                "-92233720368547758.08",
                "'-92233720368547758.08' is no range of an income; NAME=FROM..UPTO:STEP was expected, such as wages=0..6000:100"
            ),
            (
                "wages=-92233720368547758.08..92233720368547758.07:92233720368547758.07",
                "fine"
            ),
        ])
    func wrong(_ text: String, _ message: String) {
        do throws(IncomeRange.Mistake) {
            let range = try IncomeRange(text)
            #expect(message == "fine" && range.sums.count == 3, "\(text) was read")
        } catch {
            #expect(error.description == message)
        }
    }

    @Test("A member that is not there, and a sum that no file may state, are refused")
    func impossible() throws {
        #expect(throws: IncomeSweep.Failure.noMember("there is no members[9]; the household has 3")) {
            try Self.sweep(Self.examples[1], "members[9].income.wages=0..1:1")
        }
        #expect(throws: IncomeSweep.Failure.outOfRange(Money(fen: -100))) {
            try Self.sweep(Self.examples[1], "wages=-1..1:1")
        }
        #expect(throws: IncomeSweep.Failure.outOfRange(Money(fen: .max))) {
            try Self.sweep(Self.examples[1], "wages=92233720368547758.07..92233720368547758.07:1")
        }
    }
}
