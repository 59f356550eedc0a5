import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// Households that were read and may be assessed, each under the policy of its area.
struct ReadPart: Sendable {
    let batch: FactBatch
    let ids: [String?]
    /// Of each household.
    let areas: [DivisionCode]
    let groups: [Group]

    /// The households of one area.
    struct Group: Sendable {
        let program: BulkProgram
        /// Their rows in the part.
        let rows: [Int]
    }

    /// An assessor of the households of an area, which are rows 0, 1, ... for it.
    func assessor(of group: Group) -> BulkAssessor {
        BulkAssessor(group.program, over: groups.count == 1 ? batch : batch.households(group.rows))
    }
}

/// Why households that came cannot be assessed.
enum PartProblem: Error {
    /// What is wrong with them.
    case findings([Diagnostic])
    /// What is wrong with the policy of an area.
    case policy([Diagnostic])
}

/// Makes parts ready. It may be shared between threads.
struct PartReader: Sendable {
    private let schema: FactSchema
    private let date: CalendarDate
    private let jurisdiction: DivisionCode
    private let areas: HouseholdAreas
    private let programs: BulkPrograms
    private let area: Int?

    init(_ engine: Engine, date: CalendarDate, knownOn: CalendarDate?, stage: Stage) {
        schema = engine.library.schema
        self.date = date
        jurisdiction = engine.library.jurisdiction
        areas = HouseholdAreas(engine.library, on: date, file: "")
        programs = BulkPrograms(engine, date: date, knownOn: knownOn, stage: stage)
        area = schema.place(.household, "area")
    }

    /// The households of a part, if nothing is wrong with them.
    func read(_ part: HouseholdPart) throws(PartProblem) -> ReadPart {
        let contents = part.read(schema, on: date) { areas.problem(with: $0 ?? jurisdiction) }
        guard contents.findings.isEmpty else { throw .findings(contents.findings) }
        let codes = (0..<contents.batch.count).map { row in
            area.flatMap { contents.batch.value($0, row: row) }.flatMap(DivisionCode.init(number:)) ?? jurisdiction
        }
        var rows: [DivisionCode: [Int]] = [:]
        for (row, code) in codes.enumerated() { rows[code, default: []].append(row) }
        var groups: [ReadPart.Group] = []
        for (code, rows) in rows.sorted(by: { $0.key < $1.key }) {
            do throws(PolicyProblem) {
                groups.append(ReadPart.Group(program: try programs.program(of: code), rows: rows))
            } catch {
                throw .policy(error.findings)
            }
        }
        return ReadPart(batch: contents.batch, ids: contents.ids, areas: codes, groups: groups)
    }
}
