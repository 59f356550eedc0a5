import AssistanceCore
import AssistanceRecords

/// Several steps within one transaction. Of no use after it.
public struct CaseSession {
    private let writer: RecordWriter
    private let policy: CasePolicy

    init(_ writer: RecordWriter, _ policy: CasePolicy) { (self.writer, self.policy) = (writer, policy) }

    /// Begins a case, as `CaseStore.apply` does.
    public func apply(_ request: CaseRequest, by actor: CaseActor, at time: Int64) throws -> CaseState {
        try CaseWriter(writer, policy, actor, time).apply(request)
    }

    /// Does a step with a case that stands as it is given, which saves reading it again.
    public func advance(
        _ state: CaseState, _ request: CaseRequest, by actor: CaseActor, at time: Int64
    ) throws -> CaseState {
        try CaseWriter(writer, policy, actor, time).advance(state, request)
    }
}
