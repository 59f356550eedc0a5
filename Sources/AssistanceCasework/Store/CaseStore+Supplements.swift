import AssistanceCore
import AssistanceRecords
import AssistanceStorage

/// 核发结果: for how many cases of an area a month's subsidy was given, and why not for the others.
public struct SupplementReport: Hashable, Sendable {
    /// How many were given it now.
    public internal(set) var given = 0
    /// How many had it before.
    public internal(set) var before = 0
    /// All that was given now.
    public internal(set) var sum = Money.zero
    /// How many were not given it, by the reason.
    public internal(set) var refused: [CaseRefusal: Int] = [:]
}

extension CaseStore {
    /// 核发当月补贴: gives what a programme gives for one month, such as the price subsidy, to every case of an area to which
    /// something is paid by the month then, without an application; a thousand cases at a time, each time all or none.
    ///
    /// Done again it does only what is lacking.
    ///
    /// - Parameters:
    ///   - month: Any day of the month.
    ///   - time: When, in seconds since 1970 by the host's clock.
    public func supplement(
        _ program: String, month: CalendarDate, in area: DivisionCode, on day: CalendarDate, by actor: CaseActor,
        at time: Int64
    ) throws(CaseProblem) -> SupplementReport {
        try CaseProblem.of {
            let policy = try policy(for: .supplement)
            guard actor.area.contains(area) else {
                throw CaseRefusal(
                    .outsideArea, .supplement, "the cases of \(area.text) do not belong to \(actor.area.text)")
            }
            var action = CaseAction(.supplement, on: day)
            (action.programs, action.from) = ([program], month.firstOfMonth)
            var (report, last): (SupplementReport, Int64?) = (SupplementReport(), 0)
            while let after = last {
                (report, last) = try records.write { writer in
                    let cases = try writer.receiving(in: area, month, after: after)
                    var more = report
                    for number in cases {
                        try more.add(CaseWriter(writer, policy, actor, time), CaseRequest(action), to: number)
                    }
                    return (more, cases.last)
                }
            }
            return report
        }
    }
}

extension SupplementReport {
    fileprivate mutating func add(_ writer: CaseWriter, _ request: CaseRequest, to number: Int64) throws {
        do {
            let state = try writer.advance(number, request)
            given += 1
            for granted in state.grants where granted.event == state.events {
                guard let more = sum.adding(granted.grant.amount) else {
                    throw CaseRefusal(.wrongFields, .supplement, "what is given is more than can be counted")
                }
                sum = more
            }
        } catch let refusal as CaseRefusal where refusal.code == .alreadyDone {
            before += 1
        } catch let refusal as CaseRefusal where refusal.isOfCase {
            refused[refusal, default: 0] += 1
        }
    }
}

extension CaseRefusal {
    /// Whether another case may be given what this one is refused; what forbids it for every case ends the whole.
    fileprivate var isOfCase: Bool {
        switch code {
        case .wrongFields, .noRule, .wrongRole, .wrongLevel, .outsideArea, .notOfCase: false
        default: true
        }
    }
}

extension RecordReader {
    /// The next thousand cases of an area to which something is paid by the month within a month.
    fileprivate func receiving(
        in area: DivisionCode, _ month: CalendarDate, after number: Int64
    ) throws -> [Int64] {
        let (codes, first) = (area.codes, month.firstOfMonth)
        let next = first.firstOfNextMonth.map { Int64($0.days) } ?? .max
        return try integers(
            """
            SELECT c.id FROM cases c
            WHERE c.id > ?1 AND c.area BETWEEN ?2 AND ?3 AND c.stage <> 'closed' AND EXISTS (
                SELECT 1 FROM case_grants g
                WHERE g.case_id = c.id AND g.period = 'monthly' AND g.first < ?4
                    AND (g.until IS NULL OR g.until > max(g.first, ?5)))
            ORDER BY c.id LIMIT 1000
            """,
            [
                .integer(number), .integer(codes.lowerBound), .integer(codes.upperBound), .integer(next),
                .integer(Int64(first.days)),
            ])
    }
}
