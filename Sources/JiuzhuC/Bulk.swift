import AssistanceArrow
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu

/// What `jz_bulk_options` ask for.
private struct BulkOptions {
    private static let mostThreads: Int32 = 256

    let assessment: AssessOptions
    let rows: ArrowAssessment.Rows
    let threads: Int
    let progress: (UInt64) -> Bool

    /// The options of a caller; NULL for a first application today, a row a household, on the thread that pulls.
    init(_ pointer: UnsafePointer<jz_bulk_options>?) throws(Failure) {
        let options = try Argument.options(pointer, standard: jz_bulk_options())
        try Argument.flags(options.flags, among: 0, jz_bulk_options.name)
        assessment = try AssessOptions(
            date: options.date, knownOn: options.known_on, stage: options.stage, flags: 0, jz_bulk_options.name)
        switch options.rows {
        case JZ_ROW_HOUSEHOLD: rows = .households
        case JZ_ROW_BENEFIT: rows = .benefits
        default:
            throw Failure(
                JZ_E_ARGUMENT, "rows is \(options.rows), and JZ_ROW_HOUSEHOLD or JZ_ROW_BENEFIT was expected")
        }
        guard (0...Self.mostThreads).contains(options.threads) else {
            throw Failure(
                JZ_E_ARGUMENT, "threads is \(options.threads), and 0 to \(Self.mostThreads) was expected")
        }
        threads = Int(options.threads)
        guard options.reserved == 0 else { throw Failure(JZ_E_ARGUMENT, "reserved of jz_bulk_options is not 0") }
        if let ask = options.progress {
            let data = options.user_data
            progress = { ask(data, $0) == 0 }
        } else {
            progress = { _ in true }
        }
    }
}

@_cdecl("jz_assess_arrow") @implementation
public func jz_assess_arrow(
    _ policy: OpaquePointer?, _ households: UnsafeMutablePointer<ArrowArrayStream>?,
    _ members: UnsafeMutablePointer<ArrowArrayStream>?, _ options: UnsafePointer<jz_bulk_options>?,
    _ out: UnsafeMutablePointer<ArrowArrayStream>?, _ warnings: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    // Taken over whether the call succeeds or not.
    let source = ArrowSource(taking: households, named: "households")
    let inner = ArrowSource(taking: members, named: "members")
    warnings?.pointee = nil
    return answering(error) { () throws(Failure) in
        let policy: PolicyObject = try Handle.object(policy)
        let options = try BulkOptions(options)
        let out = try Argument.out(out)
        guard let source else {
            throw Failure(JZ_E_ARGUMENT, "households is NULL, or a stream that has been released")
        }
        guard inner != nil || members == nil else {
            throw Failure(JZ_E_ARGUMENT, "members is a stream that has been released")
        }
        let assessment = ArrowAssessment(
            policy.engine, date: options.assessment.date, knownOn: options.assessment.knownOn,
            stage: options.assessment.stage, rows: options.rows, threads: options.threads)
        let findings: [Diagnostic]
        do throws(ArrowProblem) {
            findings = try assessment.begin(
                households: source, members: inner, progress: options.progress, into: out)
        } catch {
            switch error {
            case .structure(let message): throw Failure(JZ_E_INPUT, message)
            case .findings(let findings): throw Failure(JZ_E_INPUT, findings)
            }
        }
        guard let warnings else { return }
        var json = JSONWriter(.compact)
        json.beginObject()
        json.findings(findings)
        json.endObject()
        warnings.pointee = Handle.make(BufferObject(json.bytes))
    }
}
