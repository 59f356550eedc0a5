import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords
import AssistanceStorage

/// 个案库: cases in one file, each step checked by policy and kept as an event.
///
/// Not safe to share between threads; several may be open on one file, in one process or several: one writes at a time,
/// the others wait, and readers see whole steps.
public final class CaseStore {
    /// The file's events, sealed documents and persons.
    public let records: RecordStore
    let policy: CasePolicy?

    /// The policy that the file was opened with.
    package var engine: Engine? { policy?.engine }

    /// What an area is called in full, as far as policy knows it, with its code.
    package func place(of area: DivisionCode) -> String {
        [engine?.library.areas.fullName(of: area) ?? "", area.text].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What a programme is called; nil where no policy knows it.
    package func label(of program: String) -> Label? { policy?.label(of: program) }

    private init(_ records: RecordStore, _ policy: CasePolicy?) { (self.records, self.policy) = (records, policy) }

    /// Makes a file; there must be none of this name.
    ///
    /// - Parameter engine: The policy; nil for what needs none, which is all but steps and what may be done next.
    public static func create(_ path: String, keys: RecordKeys, engine: Engine?) throws(CaseProblem) -> CaseStore {
        try CaseProblem.of {
            let records = try RecordStore.create(path, keys: keys, schema: CaseSchema.current)
            return CaseStore(records, engine.map(CasePolicy.init))
        }
    }

    /// Opens a file.
    ///
    /// - Parameter engine: The policy; nil for what needs none, which is all but steps and what may be done next.
    public static func open(
        _ path: String, keys: RecordKeys, engine: Engine?, isReadOnly: Bool = false
    ) throws(CaseProblem) -> CaseStore {
        try CaseProblem.of {
            let records = try RecordStore.open(
                path, keys: keys, schema: CaseSchema.current, isReadOnly: isReadOnly)
            return CaseStore(records, engine.map(CasePolicy.init))
        }
    }

    /// Begins a case with an application for one or several programmes.
    ///
    /// - Parameters:
    ///   - request: `apply`, with one household as its document and who its members are, in its order.
    ///   - time: When, in seconds since 1970 by the host's clock; no step is of a day after that of China (UTC+8).
    public func apply(_ request: CaseRequest, by actor: CaseActor, at time: Int64) throws(CaseProblem) -> CaseState {
        try CaseProblem.of {
            let policy = try policy(for: request.action.step)
            return try records.write { writer in
                try CaseWriter(writer, policy, actor, time).apply(request)
            }
        }
    }

    /// Does a step with a case. What it computes, what is due from then on, and who may do it follow from policy.
    ///
    /// - Parameter time: When, in seconds since 1970 by the host's clock; no step is of a day after that of China (UTC+8).
    public func advance(
        _ number: Int64, _ request: CaseRequest, by actor: CaseActor, at time: Int64
    ) throws(CaseProblem) -> CaseState {
        try CaseProblem.of {
            let policy = try policy(for: request.action.step)
            return try records.write { writer in
                try CaseWriter(writer, policy, actor, time).advance(number, request)
            }
        }
    }

    /// Does several steps as one: all of them are kept, or none. Taking over the cases of another system is thousands at a
    /// time; other writers wait meanwhile.
    public func together<Result>(_ body: (CaseSession) throws -> Result) throws(CaseProblem) -> Result {
        try CaseProblem.of {
            try records.write { writer in try body(CaseSession(writer, try policy(for: .apply))) }
        }
    }

    /// The policy by which a step is judged.
    func policy(for step: CaseStep) throws(CaseRefusal) -> CasePolicy {
        guard let policy else {
            throw CaseRefusal(.noRule, step, "the file was opened without a policy; open it with one")
        }
        return policy
    }

    /// A case as it stands, for an office that it belongs to.
    public func state(of number: Int64, for actor: CaseActor) throws(CaseProblem) -> CaseState {
        try CaseProblem.of {
            let state = try records.read { try $0.state(of: number) }
            try state.check(actor, records.path)
            return state
        }
    }

    /// All that was done with a case, in its order, for an office that it belongs to.
    public func history(
        of number: Int64, for actor: CaseActor
    ) throws(CaseProblem) -> [(event: CaseEvent, record: RecordEvent)] {
        try CaseProblem.of {
            let history = try records.read { try $0.history(of: number) }
            try history.state.check(actor, records.path)
            return history.steps
        }
    }

    /// The cases of an area, by number; of one stage where it is named. The area belongs to the office; so for all lists.
    public func list(
        in area: DivisionCode, for actor: CaseActor, stage: CaseStage? = nil, limit: Int = 1000
    ) throws(CaseProblem) -> [CaseRow] {
        try rows(
            in: area, for: actor, "AND (?3 IS NULL OR stage = ?3) ORDER BY id",
            [stage.map { .text($0.rawValue) } ?? .null], limit)
    }

    /// The cases of an area in which something was due before a day, the longest overdue first. With a day that is still
    /// to come it is a list of reminders.
    public func overdue(
        in area: DivisionCode, for actor: CaseActor, on day: CalendarDate, limit: Int = 1000
    ) throws(CaseProblem) -> [CaseRow] {
        try rows(in: area, for: actor, "AND due < ?3 ORDER BY due, id", [.integer(Int64(day.days))], limit)
    }

    /// The running cases of an area whose periodic review is due by a day.
    public func dueForReview(
        in area: DivisionCode, for actor: CaseActor, by day: CalendarDate, limit: Int = 1000
    ) throws(CaseProblem) -> [CaseRow] {
        try rows(
            in: area, for: actor, "AND review <= ?3 AND stage = 'granted' ORDER BY review, id",
            [.integer(Int64(day.days))], limit)
    }

    private func rows(
        in area: DivisionCode, for actor: CaseActor, _ clause: String, _ values: [SQLiteValue], _ limit: Int
    ) throws(CaseProblem) -> [CaseRow] {
        try CaseProblem.of {
            guard actor.area.contains(area) else {
                throw RecordProblem(
                    .refused,
                    "the cases of \(area.text) are not shown to an office of \(actor.area.text); ask the office it belongs to",
                    path: records.path)
            }
            return try records.read { try $0.rows(in: area, clause, values, limit) }
        }
    }

    /// The numbers of the cases of the actor's area in which a person is a member; found by a keyed digest of the citizen
    /// number. That somebody has looked is noted in each of them.
    public func cases(
        of citizen: CitizenNumber, by actor: CaseActor, at time: Int64
    ) throws(CaseProblem) -> [Int64] {
        try CaseProblem.of {
            try records.write { writer in
                let (reader, codes) = (try RecordActor(actor, records.path), actor.area.codes)
                guard let person = try writer.person(withCitizenNumber: citizen.clearText) else { return [] }
                let found = try writer.integers(
                    """
                    SELECT m.case_id FROM case_members m JOIN cases c ON c.id = m.case_id
                    WHERE m.person = ? AND c.area BETWEEN ? AND ? ORDER BY 1
                    """, [.integer(person), .integer(codes.lowerBound), .integer(codes.upperBound)])
                for number in found { try writer.note(read: number, what: "found", actor: reader, time: time) }
                return found
            }
        }
    }
}
