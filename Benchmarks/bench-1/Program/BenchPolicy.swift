import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import BenchLoop
import Jiuzhu

/// The policy of bench-1, made ready: from YAML, by the ordinary programmes.
struct BenchPolicy {
    let engine: Engine
    let policy: CompiledPolicy
    /// All plans, and the named steps that the flags are read from.
    let program: BulkProgram
    /// Where each amount is: the places of its benefits among those of a plan.
    let amounts: [(plan: Int, benefits: [Int])]

    /// The steps of the flags: property, edge and low income, and who could work.
    static let steps = [
        BulkStep("low-income", "prop"), BulkStep("low-income", "edge"), BulkStep("low-income", "low_income"),
        BulkStep("employment", "cnt6"),
    ]

    /// The plans of R1 to R8.
    static let plans = [
        "low-income", "special-poverty", "medical", "education", "housing.repair", "employment", "heating",
        "temporary-relief",
    ]

    /// The folder of the policy in this repository.
    static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        .joined(separator: "/") + "/policy"

    /// The policy of a folder, with the figures of a parameter file in the place of its own where one is given.
    init(_ folder: String, figures: Figures? = nil) throws(BenchProblem) {
        let files = PolicyFiles.tree(folder).map { file in
            figures.flatMap {
                file.path.hasSuffix("/figures.yaml") ? PolicyFile(path: file.path, bytes: $0.policy) : nil
            }
                ?? file
        }
        let findings = Findings()
        let library = PolicyLibrary(
            files: files, jurisdiction: folder, sections: Engine.sections(of: assistancePrograms), findings)
        engine = Engine(library, programs: assistancePrograms)
        guard let date = CalendarDate(year: 2025, month: 6, day: 1), !findings.hasErrors else {
            throw BenchProblem(findings.sorted.map(\.description).joined(separator: "\n"))
        }
        policy = engine.policy(area: library.jurisdiction, date: date, stage: .application, findings)
        guard !findings.hasErrors else {
            throw BenchProblem(findings.sorted.map(\.description).joined(separator: "\n"))
        }
        do {
            program = try BulkProgram(policy, programs: Set(Self.plans), steps: Self.steps)
        } catch {
            throw BenchProblem("\(error)")
        }
        var amounts: [(plan: Int, benefits: [Int])] = []
        for id in Self.plans {
            guard let plan = program.plans.firstIndex(where: { $0.program == id }) else {
                throw BenchProblem("the policy of \(folder) has no '\(id)'")
            }
            amounts.append((plan, Array(program.plans[plan].benefits.indices)))
        }
        self.amounts = amounts
    }

    // MARK: Facts

    /// The households of a data set as facts of this policy.
    func batch(_ columns: RawColumns) throws(BenchProblem) -> FactBatch {
        let schema = engine.library.schema
        let offsets = columns.offsets.map { Int32(clamping: $0) }
        // Who owes support is not listed person by person: the flag of the data says whether there is anybody.
        let nobody = [Int32](repeating: 0, count: columns.members + 1)
        guard
            var batch = FactBatch(
                schema: schema, households: columns.households, lists: [.member: offsets, .obligor: nobody])
        else { throw BenchProblem("the offsets of the data are no starts of lists") }
        for fact in Self.facts {
            guard let place = schema.place(fact.owner, fact.key), let column = columns.columns[fact.column],
                batch.set(place, column: fact.stored(column))
            else { throw BenchProblem("the column \(fact.column) is no \(fact.key) of a \(fact.owner.word)") }
        }
        return batch
    }

    private static let facts: [BenchFact] = [
        BenchFact(.member, "years", "p_age"), BenchFact(.member, "disability_grade", "p_disability_grade"),
        BenchFact(.member, "severe_illness", "p_severe_illness"),
        // none, pre-school, primary school for all compulsory years, senior secondary, bachelor
        BenchFact(.member, "study", "p_student_stage", codes: [0, 1, 2, 4, 7]),
        BenchFact(.member, "income.wages", "p_monthly_income_fen"),
        BenchFact(.member, "cost_in_scope", "p_medical_oop_fen"), BenchFact(.member, "can_work", "p_can_work"),
        BenchFact(.member, "self_care", "p_cares"), BenchFact(.member, "no_supporter", "p_no_supporter"),
        BenchFact(.household, "region", "h_region"),
        BenchFact(.household, "residence", "h_urban", codes: [1, 0]),
        BenchFact(.household, "financial_assets", "h_deposits_fen"),
        BenchFact(.household, "vehicles", "h_vehicles"), BenchFact(.household, "homes", "h_houses"),
        // grades A, C and D
        BenchFact(.household, "house_danger", "h_house_grade", codes: [0, 2, 3]),
        BenchFact(.household, "heated_area", "h_heating_m2", times: 100),
    ]
}

/// A fact of policy and the column of the data that states it.
private struct BenchFact {
    let owner: FactOwner
    let key: String
    let column: String
    /// What the numbers of the column stand for, where they are not what is stored.
    var codes: [Int64] = []
    var times: Int64 = 1

    init(_ owner: FactOwner, _ key: String, _ column: String, codes: [Int64] = [], times: Int64 = 1) {
        (self.owner, self.key, self.column, self.codes, self.times) = (owner, key, column, codes, times)
    }

    /// As it is stored, in the least width that all of it fits.
    func stored(_ raw: RawColumn) -> FactColumn {
        switch raw {
        case .bytes(let values): stored(values)
        case .shorts(let values): stored(values)
        case .longs(let values): stored(values)
        }
    }

    private func stored<Raw: FixedWidthInteger>(_ values: [Raw]) -> FactColumn {
        if !codes.isEmpty {
            return .narrow(
                values.map { value in
                    let place = Int(truncatingIfNeeded: value)
                    // No list has a code of this number: the batch refuses it.
                    return codes.indices.contains(place) ? Int8(truncatingIfNeeded: codes[place]) : .max
                })
        }
        let (least, most) = (Int64(clamping: values.min() ?? 0), Int64(clamping: values.max() ?? 0))
        func fits<Width: FixedWidthInteger>(_: Width.Type) -> Bool {
            least > Int64(Width.min) / times && most <= Int64(Width.max) / times
        }
        func all<Width: FixedWidthInteger>(_: Width.Type) -> [Width] {
            values.map { Width(truncatingIfNeeded: Int64(truncatingIfNeeded: $0) &* times) }
        }
        return fits(Int8.self)
            ? .narrow(all(Int8.self))
            : fits(Int16.self)
                ? .short(all(Int16.self)) : fits(Int32.self) ? .middle(all(Int32.self)) : .wide(all(Int64.self))
    }
}
