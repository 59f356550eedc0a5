import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import BenchLoop
import Testing

@testable import BenchOne

/// bench-1 by the ordinary programmes equals the loop in C, household by household.
@Suite("bench-1")
struct BenchOneTests {
    private static let root = BenchPolicy.folder + "/.."

    @Test("The usual households have the reference sums, by the loop and by the programmes alike")
    func referenceSums() async throws {
        let columns = Generator(seed: Generator.usualSeed).columns(100_000)
        let figures = try Figures(Self.root + "/params.json")
        let (found, usesColumns) = try await Self.decide(columns, nil)
        #expect(usesColumns)
        #expect(found.paid == 149_553)
        #expect(
            found.sums == [
                6_348_618_050, 735_650_780, 91_975_680_998, 3_064_650_000, 5_142_250_000, 678_647_000, 3_466_898_694,
                7_419_409_500,
            ])
        #expect(Self.differences(found, BenchLoopRun.results(columns, figures)) == [])
    }

    @Test("With another seed and other figures, none of them round", arguments: [1, 20_251_122])
    func otherFigures(_ seed: UInt64) async throws {
        let columns = Generator(seed: seed).columns(3_000)
        var figures = try Figures(Self.root + "/params.json")
        figures.standard = figures.standard.map { $0.map { $0 + 1_237 } }
        figures.minimumWage = figures.minimumWage.map { $0 + 3_331 }
        figures.disposable = figures.disposable.map { $0 * 7 / 10 + 13 }
        figures.heatPrice = figures.heatPrice.map { $0 + 7 }
        figures.grantYuan = [10, 777, 0, 2_003, 3_999]
        figures.ruralFuel = 79_999
        figures.fuelIndex = 12_345
        let (found, usesColumns) = try await Self.decide(columns, figures)
        #expect(usesColumns)
        #expect(Self.differences(found, BenchLoopRun.results(columns, figures)) == [])
        #expect(found.sums.allSatisfy { $0 > 0 })
    }

    @Test("Two threads decide what one does")
    func threads() async throws {
        let columns = Generator(seed: 5).columns(1_500)
        let (one, _) = try await Self.decide(columns, nil)
        let (two, _) = try await Self.decide(columns, nil, threads: 2)
        #expect(Self.differences(one, two) == [])
    }

    @Test("One at a time, by the evaluator, the same is decided and said of the same steps")
    func single() async throws {
        let columns = Generator(seed: 9).columns(60)
        let policy = try BenchPolicy(BenchPolicy.folder)
        let batch = try policy.batch(columns)
        let (found, _) = try await Self.decide(columns, nil)
        let assessor = Assessor(policy.engine, policy.policy, over: batch)
        for household in 0..<batch.count {
            let assessment = assessor.assess(household: household, explain: true)
            for (place, id) in BenchPolicy.plans.enumerated() {
                let decision = try #require(assessment.determinations.first { $0.program == id })
                let sum = decision.benefits.reduce(Int64(0)) { $0 + ($1.amount.known?.fen ?? 0) }
                #expect(found.amounts[place][household] == sum, "R\(place + 1) of household \(household)")
            }
        }
    }

    @Test("The generator draws the bytes that the description's own generator draws")
    func generator() {
        let columns = Generator(seed: Generator.usualSeed).columns(1_000)
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ bytes: UnsafeRawBufferPointer) {
            for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        columns.offsets.withUnsafeBytes(add)
        for (name, _) in RawColumns.layout {
            switch columns.columns[name] {
            case .bytes(let values)?: values.withUnsafeBytes(add)
            case .shorts(let values)?: values.withUnsafeBytes(add)
            case .longs(let values)?: values.withUnsafeBytes(add)
            case nil: Issue.record("there is no \(name)")
            }
        }
        #expect(digest == 0x93fc_a7b7_53ba_b748)
        let more = Generator(seed: Generator.usualSeed).columns(1_001)
        #expect(Array(more.offsets.prefix(1_001)) == columns.offsets)
    }

    @Test("The figures of the policy are those of the parameter file")
    func figures() throws {
        let figures = try Figures(Self.root + "/params.json")
        let written = try #require(PolicyFiles.read(BenchPolicy.folder + "/figures.yaml"))
        #expect(String(decoding: figures.policy, as: UTF8.self) == String(decoding: written, as: UTF8.self))
    }

    // MARK: Bad input

    @Test(
        "A parameter file that is wrong is named, and what was expected",
        arguments: [
            ("{}", "'S' is a list of 14 pairs"), ("{\"S\": 1}", "'S' is a list of 14 pairs"),
            ("{", "the text ends here"),
            ("\u{FEFF}{}", "byte order mark"),
        ])
    func wrongParameters(_ text: String, _ message: String) throws {
        let path = ScratchFile.path("params")
        try RawColumns.write(Array(text.utf8), path)
        defer { ScratchFile.remove(path) }
        let problem = #expect(throws: BenchProblem.self) { try Figures(path) }
        #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "")")
    }

    @Test(
        "A figure that is negative, broken, too large or missing is refused",
        arguments: ["-1", "0.5", "\"7\"", "10000000001", "99999999999999999999", "null"])
    func wrongFigure(_ number: String) throws {
        let text = String(decoding: PolicyFiles.read(Self.root + "/params.json") ?? [], as: UTF8.self)
        let path = ScratchFile.path("params")
        try RawColumns.write(
            Array(text.replacing("\"rural_fuel_fen\": 80000", with: "\"rural_fuel_fen\": \(number)").utf8), path)
        defer { ScratchFile.remove(path) }
        let problem = #expect(throws: BenchProblem.self) { try Figures(path) }
        #expect(
            problem?.description == "\(path): 'rural_fuel_fen' is a whole number from 0 to 10000000000")
    }

    @Test("Data that are not there, cut or out of order are refused")
    func wrongData() throws {
        let folder = ScratchFile.path("data")
        defer { ScratchFile.remove(folder) }
        func problem() -> String? {
            #expect(throws: BenchProblem.self) { try RawColumns.read(folder) }?.description
        }
        #expect(problem() == "\(folder)/offsets.u32 cannot be read")
        let columns = Generator(seed: 1).columns(10)
        try columns.write(folder)
        #expect(try RawColumns.read(folder) == columns)
        try RawColumns.write([UInt8](repeating: 0, count: 3), folder + "/h_urban.u8")
        #expect(problem() == "\(folder)/h_urban.u8 has 3 numbers")
        try RawColumns.write([UInt32(0), 5, 3], folder + "/offsets.u32")
        #expect(problem() == "\(folder)/offsets.u32 does not begin at 0, or falls")
    }

    @Test(
        "A number that the fact cannot have is refused by the column's name",
        arguments: [
            ("h_region", 14, "the column h_region is no region of a household"),
            ("h_urban", 2, "the column h_urban is no residence of a household"),
            ("p_disability_grade", 5, "the column p_disability_grade is no disability_grade of a member"),
            ("p_age", 151, "the column p_age is no years of a member"),
        ] as [(String, UInt8, String)])
    func wrongNumber(_ name: String, _ number: UInt8, _ message: String) throws {
        var columns = Generator(seed: 1).columns(10)
        guard case .bytes(var values)? = columns.columns[name] else {
            Issue.record("there is no \(name)")
            return
        }
        values[3] = number
        columns.columns[name] = .bytes(values)
        let policy = try BenchPolicy(BenchPolicy.folder)
        let problem = #expect(throws: BenchProblem.self) { try policy.batch(columns) }
        #expect(problem?.description == message)
    }

    // MARK: Both ways

    private static func decide(_ columns: RawColumns, _ figures: Figures?, threads: Int = 1) async throws -> (
        BenchResults, Bool
    ) {
        let policy = try BenchPolicy(BenchPolicy.folder, figures: figures)
        let results = BenchResults(households: columns.households)
        let workers = try BenchWorker.workers(threads, policy, policy.batch(columns), into: results)
        await BenchWorker.run(workers)
        return (results, await workers[0].usesColumns)
    }

    /// The first households that differ.
    private static func differences(_ one: BenchResults, _ other: BenchResults) -> [Int] {
        let different = (0..<one.households).filter { household in
            one.flags[household] != other.flags[household]
                || zip(one.amounts, other.amounts).contains { $0[household] != $1[household] }
        }
        return Array(different.prefix(5))
    }
}
