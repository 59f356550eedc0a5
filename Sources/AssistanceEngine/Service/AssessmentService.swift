import AssistanceCore
import AssistancePolicy

/// What another program asks about households.
public struct AssessmentRequest: Hashable, Sendable {
    /// The day of application.
    public var date: CalendarDate
    /// Only policy that had been published by this day; nil for all that is known.
    public var knownOn: CalendarDate?
    /// A first application, or a review.
    public var stage: Stage
    /// Whether the steps of each decision are written.
    public var explains: Bool
    /// How the JSON is laid out.
    public var layout: JSONWriter.Layout

    /// A request.
    public init(
        date: CalendarDate, knownOn: CalendarDate? = nil, stage: Stage = .application, explains: Bool = false,
        layout: JSONWriter.Layout = .compact
    ) {
        self.date = date
        self.knownOn = knownOn
        self.stage = stage
        self.explains = explains
        self.layout = layout
    }
}

/// Decides households that other programs hand over as JSON: what `jz_assess_json` and `jiuzhu serve` answer.
///
/// May be shared between threads.
public struct AssessmentService: Sendable {
    /// The most bytes of a text of households: 64 MB.
    public static let limit = JSONLimits().bytes

    private let engine: Engine
    private let folder: String

    /// A service over a policy.
    ///
    /// - Parameter folder: What stands before the paths of policy files in findings: the folder of policies, or nothing.
    public init(_ engine: Engine, folder: String) {
        self.engine = engine
        self.folder = folder
    }

    /// The decisions about the households of a text, as the JSON of assessments.
    ///
    /// The first text of an area and day takes longer: its policy is compiled, and kept.
    public func answer(_ text: [UInt8], _ request: AssessmentRequest) throws(CallFailure) -> [UInt8] {
        try json(of: try households(text, on: request.date), request)
    }

    /// The decisions about households that have been read, as the JSON of assessments.
    public func json(of file: HouseholdFile, _ request: AssessmentRequest) throws(CallFailure) -> [UInt8] {
        var problems: [Diagnostic] = []
        let areas = HouseholdAreas(engine.library, on: request.date, file: "").areas(of: file.households, &problems)
        guard problems.isEmpty else { throw CallFailure(CallFailure.area, problems) }
        var policies: [DivisionCode: CompiledPolicy] = [:]
        for area in areas where policies[area] == nil { policies[area] = try policy(of: area, request) }
        let known = policies
        return Self.roomy(request.explains) {
            let assessors = known.mapValues { Assessor(engine, $0, over: file.batch) }
            var json = AssessmentJSON(request.layout, explains: request.explains)
            for (row, area) in areas.enumerated() {
                guard let assessor = assessors[area] else { continue }
                let id = file.households[row].id
                json.add(
                    assessor.assess(household: row, id: id, knownOn: request.knownOn, explain: request.explains))
            }
            json.end()
            return json.takeBytes()
        }
    }

    /// Explanations are as deep as policy nests; they are made, written and released where there is room for them.
    public static func roomy<Text>(_ explains: Bool, _ work: () -> Text) -> Text {
        explains ? LargeStack.run(work) : work()
    }

    /// The policy of an area as a request asks for it; a failure with every finding where it is wrong.
    public func policy(of area: DivisionCode, _ request: AssessmentRequest) throws(CallFailure) -> CompiledPolicy {
        let findings = Findings()
        let policy = engine.policy(
            area: area, date: request.date, knownOn: request.knownOn, stage: request.stage, findings)
        guard !findings.hasErrors else {
            throw CallFailure(CallFailure.policy, findings.sorted.map { $0.below(folder) })
        }
        return policy
    }

    private func households(_ text: [UInt8], on date: CalendarDate) throws(CallFailure) -> HouseholdFile {
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: text, schema: engine.library.schema, date: date, file: "", findings: &findings)
        guard !findings.contains(where: { $0.severity == .error }) else {
            throw CallFailure(CallFailure.input, findings)
        }
        return file
    }
}
