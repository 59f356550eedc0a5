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

    /// A case as it stands.
    public func state(of number: Int64) throws(CaseProblem) -> CaseState {
        try CaseProblem.of { try records.read { try $0.state(of: number) } }
    }

    /// All that was done with a case, in its order.
    public func history(of number: Int64) throws(CaseProblem) -> [(event: CaseEvent, record: RecordEvent)] {
        try CaseProblem.of { try records.read { try $0.history(of: number) } }
    }

    /// The cases of an area, by number; of one stage where it is named.
    public func list(in area: DivisionCode, stage: CaseStage? = nil, limit: Int = 1000) throws(CaseProblem) -> [CaseRow]
    {
        try CaseProblem.of {
            try records.read {
                try $0.rows(
                    in: area, "AND (?3 IS NULL OR stage = ?3) ORDER BY id", [stage.map { .text($0.rawValue) } ?? .null],
                    limit)
            }
        }
    }

    /// The cases of an area in which something was due before a day, the longest overdue first.
    public func overdue(in area: DivisionCode, on day: CalendarDate, limit: Int = 1000) throws(CaseProblem) -> [CaseRow]
    {
        try CaseProblem.of {
            try records.read {
                try $0.rows(in: area, "AND due < ?3 ORDER BY due, id", [.integer(Int64(day.days))], limit)
            }
        }
    }

    /// The running cases of an area whose periodic review is due by a day.
    public func dueForReview(
        in area: DivisionCode, by day: CalendarDate, limit: Int = 1000
    ) throws(CaseProblem) -> [CaseRow] {
        try CaseProblem.of {
            try records.read {
                try $0.rows(
                    in: area, "AND review <= ?3 AND stage = 'granted' ORDER BY review, id", [.integer(Int64(day.days))],
                    limit)
            }
        }
    }

    /// The numbers of the cases in which a person is a member; found by a keyed digest of the citizen number.
    public func cases(of citizen: CitizenNumber) throws(CaseProblem) -> [Int64] {
        try CaseProblem.of {
            try records.read { reader in
                guard let person = try reader.person(withCitizenNumber: citizen.clearText) else { return [] }
                return try reader.integers(
                    "SELECT case_id FROM case_members WHERE person = ? ORDER BY 1", [.integer(person)])
            }
        }
    }
}
