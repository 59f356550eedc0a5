import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// Needs and what society offers, brought together (供需对接).
///
/// A need is served by one project, and no project beyond its capacity or its funds. Of all ways to do so the best is
/// chosen: first the greatest number of needs of priority 1, then of priority 2 and so on, which is also the greatest
/// number in all; among these the one that pays the greatest sum. What is equal is decided by the order of ids. The same
/// needs and projects give the same result, in whichever order they come.
public struct Matching: Sendable {
    /// A need of a household.
    public struct Request: Sendable {
        /// The household's id; nil where it has none.
        public let household: String?
        /// The household's place in the file, from 1.
        public let place: Int
        /// The member whose need it is; nil where it is the household's.
        public let member: Label?
        /// Where it lives.
        public let area: DivisionCode
        /// What is needed.
        public let need: Need
        /// The rank in which it is taken up, 1 first.
        public let priority: Int
        /// What of its conditions each project finds, by the project's id; projects without conditions are not in it.
        let conditions: [String: StandingDecision]

        /// A name that no other household has.
        fileprivate var name: String { household.map { "id " + $0 } ?? "place \(place)" }
    }

    /// A need and the project that takes it up.
    public struct Match: Sendable {
        /// The need.
        public let request: Request
        /// The place of the project.
        public let project: Int
        /// What it pays; nil where it pays nothing.
        public let paid: Money?
    }

    /// Why nobody takes up a need.
    public enum Reason: Sendable, Hashable {
        /// No project is for such a need.
        case noProject
        /// None of those works where the household lives.
        case area
        /// The household does not meet the conditions of those that do.
        case condition
        /// Whether it meets them cannot be decided; what is missing.
        case undecided([String])
        /// Those that it fits have no place left; their ids.
        case full([String])
        /// The same need of the same household stands in the file before.
        case repeated
    }

    /// A need that nobody takes up.
    public struct Unmatched: Sendable {
        /// The need.
        public let request: Request
        /// Why.
        public let reason: Reason
    }

    /// The projects, in the order of their ids.
    public let projects: [SocialProject]
    /// The needs that are served, by priority, household and member.
    public let matches: [Match]
    /// The needs that are not.
    public let unmatched: [Unmatched]

    /// How many places of a project are taken, and what it pays in all.
    public func use(of project: Int) -> (places: Int, paid: Money) {
        let own = matches.filter { $0.project == project }
        return (own.count, own.reduce(.zero) { $0.adding($1.paid ?? .zero) ?? $0 })
    }

    /// An engine whose assessments also decide the conditions of projects.
    public static func engine(
        _ library: PolicyLibrary, programs: [any AssistanceProgram], for projects: [SocialProject]
    ) -> Engine {
        Engine(library, programs: programs + [ProjectConditions(projects, among: programs)])
    }

    /// Matches the needs of households that such an engine has assessed.
    public init(_ assessments: [Assessment], with projects: [SocialProject]) {
        self.init(Self.requests(of: assessments), projects)
    }

    init(_ requests: [Request], _ projects: [SocialProject]) {
        let projects = projects.sorted { $0.id < $1.id }
        var seen: Set<String> = []
        var unmatched: [Unmatched] = []
        var open: [Request] = []
        for request in requests.sorted(by: Self.precedes) {
            if seen.insert(Self.name(request)).inserted {
                open.append(request)
            } else {
                unmatched.append(Unmatched(request: request, reason: .repeated))
            }
        }
        let assignment = Assignment(
            worths: open.map { request in projects.map { Self.worth(of: request, for: $0) } },
            ranks: open.map(\.priority), places: projects.map(\.places))
        var matches: [Match] = []
        for (request, project) in zip(open, assignment.taken) {
            if let project {
                matches.append(
                    Match(request: request, project: project, paid: projects[project].payment(for: request.need)))
            } else {
                unmatched.append(Unmatched(request: request, reason: Self.reason(request, projects)))
            }
        }
        self.projects = projects
        self.matches = matches
        self.unmatched = unmatched.sorted { Self.precedes($0.request, $1.request) }
    }

    private static func requests(of assessments: [Assessment]) -> [Request] {
        assessments.enumerated().flatMap { place, assessment in
            let conditions = assessment.determinations.filter { $0.program == ProjectConditions.id }
                .flatMap(\.standings).reduce(into: [:]) { $0[$1.id] = $1 }
            return assessment.determinations.flatMap { decision in
                decision.needs.map { need in
                    Request(
                        household: assessment.id, place: place + 1,
                        member: need.member.flatMap {
                            assessment.members.indices.contains($0) ? assessment.members[$0] : nil
                        },
                        area: assessment.area, need: need, priority: decision.priority ?? .max, conditions: conditions)
                }
            }
        }
    }

    private static func precedes(_ a: Request, _ b: Request) -> Bool {
        (a.priority, a.name, a.need.member ?? -1, a.need.code) < (b.priority, b.name, b.need.member ?? -1, b.need.code)
    }

    private static func name(_ request: Request) -> String {
        "\(request.name)\u{0}\(request.need.member ?? -1)\u{0}\(request.need.code)"
    }

    /// What a project pays for a need in fen; nil where it is not for it, or that is not sure.
    private static func worth(of request: Request, for project: SocialProject) -> Int64? {
        guard project.needs.contains(request.need.code), project.covers(request.area),
            project.condition == nil || request.conditions[project.id]?.status == .eligible
        else { return nil }
        return min(project.payment(for: request.need)?.fen ?? 0, 10_000_000_000_000)
    }

    /// How far the need came: the last step that any project took with it.
    private static func reason(_ request: Request, _ projects: [SocialProject]) -> Reason {
        let meant = projects.filter { $0.needs.contains(request.need.code) }
        if meant.isEmpty { return .noProject }
        let near = meant.filter { $0.covers(request.area) }
        if near.isEmpty { return .area }
        func status(_ project: SocialProject) -> Status {
            project.condition == nil ? .eligible : request.conditions[project.id]?.status ?? .undetermined
        }
        let fitting = near.filter { status($0) == .eligible }
        if !fitting.isEmpty { return .full(fitting.map(\.id)) }
        let undecided = near.filter { status($0) == .undetermined }
        if undecided.isEmpty { return .condition }
        let missing = undecided.flatMap { request.conditions[$0.id]?.missing.map(\.path) ?? [] }
        return .undecided(Set(missing).sorted())
    }
}
