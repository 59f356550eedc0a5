import AssistanceCore
import CJiuzhu

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The answer, which is computed as it is pulled: a part of a record batch of households is one of the answer.
///
/// For one thread at a time.
final class AnswerStream {
    private let feed: HouseholdFeed
    private let reader: PartReader
    private let rows: any AnswerRows
    private let threads: Int
    private let progress: (UInt64) -> Bool

    /// Parts of the batch at hand that are read and not decided.
    private var waiting: ArraySlice<ReadPart> = []
    /// Parts that are decided and not handed out.
    private var decided: ArraySlice<(households: Int, rows: MadeColumn)> = []
    /// Households that were handed out.
    private var households: UInt64 = 0
    /// Why the run ended before its time.
    private var failure: Failure?
    /// The text of the failure, for C.
    private var message: UnsafeMutablePointer<CChar>?

    /// Why a run ended: what the stream answers, and in words.
    private struct Failure: Error {
        let number: Int32
        let text: String
    }

    /// The most findings that a failure tells.
    private static let mostFindings = 100

    init(
        _ feed: HouseholdFeed, _ reader: PartReader, _ rows: any AnswerRows, threads: Int,
        progress: @escaping (UInt64) -> Bool
    ) {
        (self.feed, self.reader, self.rows, self.threads, self.progress) = (feed, reader, rows, threads, progress)
    }

    deinit { message?.deallocate() }

    // MARK: Deciding

    /// The next rows; nil after the last.
    private func next() throws(Failure) -> MadeColumn? {
        while true {
            if let (count, rows) = decided.popFirst() {
                households += UInt64(count.magnitude)
                guard progress(households) else {
                    throw Failure(number: ECANCELED, text: "the progress function asked to stop")
                }
                return rows
            }
            if waiting.isEmpty {
                guard let parts = try pull() else { return nil }
                waiting = try read(parts)[...]
            }
            try decide()
        }
    }

    private func pull() throws(Failure) -> [HouseholdPart]? {
        do throws(ArrowFlaw) {
            return try feed.next()
        } catch {
            throw Self.failure(error)
        }
    }

    /// All parts of a batch, or everything that is wrong with any of them.
    private func read(_ parts: [HouseholdPart]) throws(Failure) -> [ReadPart] {
        let reader = reader
        let outcomes = Workers.map(parts, threads: threads) { part in
            Result { () throws(PartProblem) in try reader.read(part) }
        }
        var (read, findings): ([ReadPart], [Diagnostic]) = ([], [])
        for outcome in outcomes {
            switch outcome {
            case .success(let part): read.append(part)
            case .failure(.findings(let more)): findings += more
            // The same for every part that has the area.
            case .failure(.policy(let more)): if findings.isEmpty { findings = more }
            }
        }
        guard findings.isEmpty else { throw Self.failure(findings) }
        return read
    }

    /// Some of the waiting parts: as many as keep all threads at work, and no more are held.
    private func decide() throws(Failure) {
        let some = Array(waiting.prefix(threads == 1 ? 1 : threads * 2))
        waiting = waiting.dropFirst(some.count)
        let rows = rows
        let outcomes = Workers.map(some, threads: threads) { part in
            Result { () throws(ArrowFlaw) in (part.batch.count, try rows.rows(of: part)) }
        }
        for outcome in outcomes {
            switch outcome {
            case .success(let rows): decided.append(rows)
            case .failure(let flaw): throw Self.failure(flaw)
            }
        }
    }

    private static func failure(_ flaw: ArrowFlaw) -> Failure { Failure(number: EINVAL, text: flaw.message) }

    /// A line for each finding.
    private static func failure(_ findings: [Diagnostic]) -> Failure {
        let errors = findings.filter { $0.severity == .error }
        var lines = errors.prefix(mostFindings).map { finding in
            let place = finding.file.isEmpty ? "" : "\(finding.file):\(finding.position.line): "
            let hint = finding.suggestion.map { "; did you mean '\($0)'?" } ?? ""
            return "\(place)\(finding.message)\(hint) [\(finding.code.rawValue)]"
        }
        if errors.count > mostFindings || findings.count > errors.count {
            lines.append("there are more mistakes than these; correct them and try again")
        }
        return Failure(number: EINVAL, text: lines.joined(separator: "\n"))
    }

    // MARK: For C

    /// Fills a struct of a consumer's, who releases it.
    func handOver(to out: UnsafeMutablePointer<ArrowArrayStream>) {
        var stream = ArrowArrayStream()
        stream.private_data = Unmanaged.passRetained(self).toOpaque()
        stream.get_schema = { stream, out in
            guard let answer = AnswerStream.of(stream), let out else { return EINVAL }
            out.pointee = MadeField.rows(answer.rows.fields).handOver()
            return 0
        }
        stream.get_next = { stream, out in
            guard let answer = AnswerStream.of(stream), let out else { return EINVAL }
            return answer.next(into: out)
        }
        stream.get_last_error = { stream in UnsafePointer(AnswerStream.of(stream)?.message) }
        stream.release = { stream in
            guard let stream, let answer = stream.pointee.private_data else { return }
            stream.pointee.release = nil
            stream.pointee.private_data = nil
            Unmanaged<AnswerStream>.fromOpaque(answer).release()
        }
        out.pointee = stream
    }

    private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> AnswerStream? {
        stream?.pointee.private_data.map { Unmanaged<AnswerStream>.fromOpaque($0).takeUnretainedValue() }
    }

    private func next(into out: UnsafeMutablePointer<ArrowArray>) -> Int32 {
        out.pointee = ArrowArray()
        if let failure { return failure.number }
        do throws(Failure) {
            if let rows = try next() { out.pointee = rows.handOver() }
            return 0
        } catch {
            // What is left is not decided on: the run is over.
            (failure, waiting, decided) = (error, [], [])
            message = Handed.text(error.text)
            return error.number
        }
    }
}
