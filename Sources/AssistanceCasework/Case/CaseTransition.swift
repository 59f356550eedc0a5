import AssistanceCore

/// 流转: at which stages a step may be done, and to which it can lead. Which of these it is follows from what was done.
///
/// The diagram in docs/casework.md is made from this table.
public struct CaseTransition: Sendable {
    /// What is done.
    public let step: CaseStep
    /// The stages at which it may be done, with those to which it can lead from there; none where the case stays where it
    /// is. The stage nil is that there is no case yet.
    public let ways: [CaseStage?: Set<CaseStage>]

    private init(_ step: CaseStep, _ ways: [CaseStage?: Set<CaseStage>]) { (self.step, self.ways) = (step, ways) }

    /// A step that can lead to the same from all stages, but for some.
    private init(
        _ step: CaseStep, at stages: Set<CaseStage>, to leads: Set<CaseStage> = [],
        but others: [CaseStage?: Set<CaseStage>] = [:]
    ) {
        let ways = Dictionary(uniqueKeysWithValues: stages.map { (CaseStage?.some($0), leads) })
        self.init(step, ways.merging(others) { $1 })
    }

    /// Whether it may be done at a stage; nil where there is no case yet.
    public func isOpen(at stage: CaseStage?) -> Bool { ways[stage] != nil }

    private static let open = Set(CaseStage.allCases).subtracting([.closed])
    private static let examined: Set<CaseStage> = [.accepted, .reviewing]

    /// Every step once.
    public static let all: [CaseStep: CaseTransition] = Dictionary(
        uniqueKeysWithValues: [
            CaseTransition(.apply, [nil: [.applied]]),
            CaseTransition(.askPapers, at: [.applied], to: [.incomplete]),
            CaseTransition(.supplyPapers, at: [.incomplete], to: [.applied]),
            CaseTransition(.accept, at: [.applied], to: [.accepted]),
            CaseTransition(.decline, at: [.applied, .incomplete], to: [.closed]),
            CaseTransition(.registerRelative, at: open),
            CaseTransition(.authorize, at: [.applied, .incomplete, .accepted, .granted, .reviewing]),
            CaseTransition(.dispatch, at: examined),
            CaseTransition(.answer, at: examined),
            CaseTransition(.verify, at: examined),
            CaseTransition(.visit, at: examined),
            CaseTransition(.assess, at: examined, to: [.assessed]),
            CaseTransition(.review, at: [.assessed], to: [.reviewed, .accepted, .reviewing]),
            CaseTransition(.publish, at: [.reviewed], to: [.noticed]),
            CaseTransition(.object, at: [.noticed]),
            CaseTransition(.settle, at: [.noticed], to: [.accepted, .reviewing]),
            CaseTransition(.confirm, at: [.reviewed, .noticed], to: [.confirmed, .accepted, .reviewing]),
            CaseTransition(.decide, at: [.confirmed], to: [.granted, .closed]),
            CaseTransition(.relieve, at: [.applied, .incomplete, .accepted]),
            // While a review is open it is not known which household the grant rests on; afterwards it can be given still.
            CaseTransition(.supplement, at: [.granted]),
            CaseTransition(.report, at: [.accepted, .reviewing], but: [.granted: [.reviewing]]),
            CaseTransition(.recheck, at: [.granted], to: [.reviewing]),
            CaseTransition(.end, at: [.granted, .reviewing], to: [.closed]),
            CaseTransition(.transfer, at: [.applied, .incomplete, .accepted, .granted, .reviewing]),
            CaseTransition(.recordDeath, at: open, to: [.closed], but: [.granted: [.reviewing, .closed]]),
            CaseTransition(
                .merge, at: [.applied, .incomplete, .accepted, .assessed, .reviewed], to: [.closed]),
            CaseTransition(
                .withdraw, at: [.applied, .incomplete, .accepted, .assessed, .reviewed, .noticed], to: [.closed]),
            CaseTransition(.complain, at: Set(CaseStage.allCases)),
            CaseTransition(.appeal, at: [.granted, .reviewing, .closed]),
            CaseTransition(
                .reply, at: Set(CaseStage.allCases), to: [.accepted, .reviewing],
                but: [
                    .applied: [], .incomplete: [], .accepted: [], .granted: [.reviewing], .reviewing: [],
                    .closed: [.applied, .incomplete, .accepted],
                ]),
            CaseTransition(.extend, at: open),
            CaseTransition(.recount, at: open),
        ].map { ($0.step, $0) })
}
