import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Glibc
import Jiuzhu
import TestSupport
import Testing

/// Input that was changed at random ends in findings or in decisions, never in a trap, and soon.
@Suite("Mutated input")
struct MutationTests {
    /// What one run may take of the processor; a hundred times what it takes, to stop what grows without bound.
    private static let limit = 1.0

    @Test("Mutated household files are refused or decided")
    func households() throws {
        var random = SeededRandom(20_267)
        let policies = try [Situation.four[1], Situation.four[2]].map { try $0.policy() }
        let library = Situation.engine.library
        let example = try #require(PolicyFiles.read(Repository.root + "/Examples/households/elderly-couple.json"))
        let originals = [Array(Self.household.utf8), example]
        let mutator = Mutator(words: Self.jsonWords)
        let date = try #require(CalendarDate(iso: "2026-06-01"))
        var (refused, decided, slowest) = (0, 0, 0.0)
        for number in 0..<(1_800 * PropertyEffort.times) {
            let bytes = mutator.mutated(originals[number % originals.count], &random)
            let time = Self.processorTime {
                var findings: [Diagnostic] = []
                var tokens = JSONScanner(bytes, file: "mutated.json")
                let file = HouseholdReader.read(
                    &tokens, schema: library.schema, date: date, file: "mutated.json", findings: &findings)
                #expect(findings.map(\.position) == findings.map(\.position).sorted(), "file \(number)")
                guard !findings.contains(where: { $0.severity == .error }) else { return refused += 1 }
                _ = HouseholdAreas(library, on: date, file: "mutated.json").areas(of: file.households, &findings)
                Self.decide(file.batch, policies[number / 2 % policies.count], Situation.engine, "file \(number)")
                decided += 1
            }
            slowest = max(slowest, time)
            #expect(time < Self.limit, "file \(number)")
        }
        #expect(refused > 100 && decided > 100)
        print("mutated households: \(refused) refused, \(decided) decided, slowest \(Int(slowest * 1_000)) ms")
    }

    @Test("Mutated policies are refused, or decide in bulk as one by one")
    func policies() throws {
        var random = SeededRandom(20_268)
        let files = PolicyFiles.jurisdiction("heilongjiang/mudanjiang", in: Repository.policies)
        let targets = files.indices.filter { !files[$0].path.hasSuffix("documents.yaml") }
        let mutator = Mutator(words: Self.yamlWords)
        let area = try #require(DivisionCode("231025"))
        let date = try #require(CalendarDate(iso: "2026-06-01"))
        var batch = FactBatch(schema: SampleFacts.schema)
        for _ in 0..<4 {
            let household = SampleHousehold.random(on: date, &random).calibrated(Situation.four[0].byHand, &random)
            let paths = household.paths
            household.append(to: &batch, hiding: random.chance(50) ? [random.pick(paths), random.pick(paths)] : [])
        }
        var (refused, decided, slowest) = (0, 0, 0.0)
        for number in 0..<(200 * PropertyEffort.times) {
            var changed = files
            let target = random.pick(targets)
            changed[target] = PolicyFile(path: files[target].path, bytes: mutator.mutated(files[target].bytes, &random))
            let name = Comment(rawValue: "policy \(number), \(files[target].path)")
            let time = Self.processorTime {
                let findings = Findings()
                let library = PolicyLibrary(
                    files: changed, jurisdiction: "heilongjiang/mudanjiang",
                    sections: Engine.sections(of: assistancePrograms),
                    findings)
                let engine = Engine(library, programs: assistancePrograms, run: ["low-income"])
                let policies = Stage.allCases.map { engine.policy(area: area, date: date, stage: $0, findings) }
                #expect(findings.sorted.allSatisfy { !$0.description.isEmpty }, name)
                guard !findings.hasErrors else { return refused += 1 }
                for policy in policies { Self.decide(batch, policy, engine, name) }
                decided += 1
            }
            slowest = max(slowest, time)
            #expect(time < Self.limit, name)
        }
        #expect(refused > 10 && decided > 10)
        print("mutated policies: \(refused) refused, \(decided) decided, slowest \(Int(slowest * 1_000)) ms")
    }

    /// Explains every household, writes it as text and JSON, and compares the totals.
    private static func decide(_ batch: FactBatch, _ policy: CompiledPolicy, _ engine: Engine, _ name: Comment) {
        let assessor = Assessor(engine, policy, over: batch)
        let totals = BulkAssessor(policy, programs: ["low-income"], over: batch).run().first
        for row in 0..<batch.count {
            let assessment = assessor.assess(household: row, explain: true)
            let language = Language.allCases[row % Language.allCases.count]
            #expect(!AssessmentText(in: language).text(of: assessment).isEmpty, name)
            #expect(!AssessmentJSON.text(of: [assessment], explains: true).isEmpty, name)
            guard let totals, let decision = assessment.determinations.first else { continue }
            #expect(Totals.codes[Int(totals.status[row])] == decision.status, name)
            #expect(totals.least[0][row]...totals.most[0][row] == decision.fen("base"), name)
            #expect(totals.least[1][row]...totals.most[1][row] == decision.fen("supplements"), name)
            let missing = decision.missing + decision.standings.flatMap(\.missing)
            #expect(!missing.contains { $0.path == "arithmetic" }, name)
        }
    }

    /// Seconds of the processor that something took on this thread, however busy the machine is.
    private static func processorTime(_ body: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        body()
        return now() - start
    }

    // MARK: Material

    private static let household = """
        {
          "schema": 1,
          "id": "F-7",
          "area": "231025",
          "residence": "rural",
          "financial_assets": 12000.50,
          "vehicles": 0,
          "rigid_expenditure": {"medical": 4000, "others": "none"},
          "running": {"route": "household", "base": 812, "since": "2025-03-01", "grace_until": "2026-12-01"},
          "members": [
            {"relation": "head", "birth": "1958-02-03", "sex": "male", "marriage": "20", "lives_with_family": true,
             "away": "none", "disability_kind": "limb", "disability_grade": 2, "illness": ["serious", "chronic"],
             "can_work": false, "refusals": 0, "study": "none", "orphan": "none", "special_poverty": false,
             "income": {"pension": 1320.5, "farm_subsidy": 900, "others": "none"}, "obligors": []},
            {"relation": "11", "birth": "1960-12-31", "lives_with_family": "yes", "away": "none", "disability": "none",
             "illness": [], "can_work": true, "refusals": 1, "orphan": "none",
             "income": {"wages": 7200, "business": -350.25, "others": "none"},
             "obligors": [{"per_capita_income": 3100, "supports": 3, "children": 2, "able": "able"}]},
            {"relation": "child", "birth": "2011-06-01", "lives_with_family": true, "study": "junior",
             "study_full_time": true, "can_work": false, "income": "none", "running_supplement": 104}
          ],
          "plots": [{"mu": 12.5, "use": "own", "crop": "corn"}, {"mu": 3, "use": "let", "crop": "none"}]
        }
        """

    private static let jsonWords = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "none", "\"none\"", "0", "-1",
        "-0", "1e400",
        "99999999999999999999", "0.001", "10000000000", "-10000000000", "9999-12-31", "1900-01-01", "2026-06-01",
        "2025-02-29",
        "\u{FEFF}", "低保", "\u{0}", String(repeating: "[", count: 200), "members", "obligors", "plots", "size", "income",
        "others",
        "citizen_number", "11010519491231002X", "disability_certificate", "household", "grace", "single", "1.00",
    ]

    private static let yamlWords = [
        "{", "}", "[", "]", ":", "- ", "#", "'", "\"", "&a ", "*a", "!!int ", "---\n", "\t", "\n", "|", ">", "none",
        "unknown: x", "null",
        "0", "-1", "1/0", "1e9", "99999999999999999999", "2 yuan", "3 yuan/month", "1 person", "2030-02-30",
        "2024-01-01", "0%", "150%",
        "*", " / ", " - ", "((((", "))))", " && ", " || ", " ? ", "true", "line", "standard", "gap", "n",
        "per_capita_income",
        "member.age", "household.members.all(m, labour)", "min(line, 0 yuan/month)", "round(line, up, yuan/month)",
        "sum(household.plots.map(p, p.mu * land_price))", "minor", "severe_disability", "up to yuan", "nearest fen",
        "down to 10 yuan",
        "from", "is", "rows", "when", "for", "each", "income", "source", "within", "from line below line", "highest",
        "sum", "first",
        "next month", "6 months", "231025 林口县", "order-649",
    ]
}

/// Changes bytes as fuzzers do: at places, by words, by numbers and by lines.
struct Mutator {
    let words: [[UInt8]]

    init(words: [String]) { self.words = words.map { Array($0.utf8) } }

    func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.pick([1, 1, 1, 2, 4]) { mutate(&bytes, &random) }
        return bytes
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        guard bytes.count > 1 else { return bytes.append(UInt8(random.below(256))) }
        let place = random.below(bytes.count)
        let end = min(bytes.count, place + 1 + random.below(20))
        switch random.below(11) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
        case 3: bytes.insert(contentsOf: random.pick(words), at: place)
        case 4: if random.chance(15) { bytes.removeSubrange(place...) }
        case 5, 6:
            // A number becomes another one.
            guard let digit = bytes[place...].firstIndex(where: Self.isDigit) else { return }
            let rest = bytes[digit...].firstIndex { !Self.isDigit($0) } ?? bytes.count
            let number = random.pick(["0", "1", "2", "7", "60", "100", "999", "12345"])
            bytes.replaceSubrange(digit..<rest, with: Array(number.utf8))
        case 7, 8:
            // A word becomes another one, of the list or of the file.
            guard let word = Self.word(in: bytes, from: place) else { return }
            let other = Self.word(in: bytes, from: random.below(bytes.count)).map { Array(bytes[$0]) }
            bytes.replaceSubrange(word, with: random.chance(50) ? random.pick(words) : other ?? [])
        default:
            var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let (from, to) = (random.below(lines.count), random.below(lines.count))
            switch random.below(3) {
            case 0: lines.remove(at: from)
            case 1: lines.insert(lines[from], at: to)
            default: lines.swapAt(from, to)
            }
            bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isLetter(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_")
            || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }

    private static func word(in bytes: [UInt8], from place: Int) -> Range<Int>? {
        guard let start = bytes[place...].firstIndex(where: isLetter) else { return nil }
        return start..<(bytes[start...].firstIndex { !isLetter($0) } ?? bytes.count)
    }
}
