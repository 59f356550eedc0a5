import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// Compares what households have declared with what registries hold (家庭经济状况信息核对).
///
/// May be shared between threads where its registries may.
public struct Verifier: Sendable {
    private let engine: Engine
    private let sources: [any DataSource]
    private let authorisations: Authorisations

    /// A verifier that asks some registries about those who have authorised it. Registries of one id, or that confirm facts
    /// of anybody but households and members, are refused.
    public init(
        _ engine: Engine, sources: [any DataSource], authorisations: Authorisations
    ) throws(SourceProblem) {
        for (place, source) in sources.enumerated() {
            guard !sources[..<place].contains(where: { $0.id == source.id }) else {
                throw SourceProblem("the data source '\(source.id)' is named twice")
            }
            if let fact = source.facts.first(where: { $0.owner != .household && $0.owner != .member }) {
                throw SourceProblem(
                    "the data source '\(source.id)' confirms '\(fact.name)', and only facts of households and members are compared"
                )
            }
        }
        self.engine = engine
        self.sources = sources
        self.authorisations = authorisations
    }

    /// Verifies households that live in the area of a policy, on its day. Each registry is asked once about all of them.
    ///
    /// - Parameter ids: The id of each household; nil for one that has none.
    public func verify(
        _ batch: FactBatch, ids: [String?], under policy: CompiledPolicy
    ) throws(SourceProblem) -> [Verification] {
        let batch = batch.read(as: engine.library.schema)
        let inquiry = Inquiry(batch, ids: ids, authorisations, on: policy.date)
        var found: [[Int: [SourceFinding.Statement]]] = []
        for source in sources {
            let findings = inquiry.persons.isEmpty ? [] : try source.query(inquiry.persons)
            found.append(Dictionary(grouping: findings, by: \.person).mapValues { $0.map(\.statement) })
        }
        let unasked = UnaskedData.all(
            of: engine.library.departments(area: policy.area, on: policy.date),
            readBy: policy.readFacts, askedOf: sources)
        var facts: [[VerifiedFact]] = []
        var verified = batch
        var changed: [Bool] = []
        for household in 0..<batch.count {
            let comparison = Comparison(batch, household: household, inquiry)
            let rows = sources.indices.flatMap { source in
                sources[source].facts.flatMap { comparison.rows(of: $0, source, found[source]) }
            }
            facts.append(rows)
            changed.append(comparison.apply(rows, to: &verified))
        }
        let before = Assessor(engine, policy, over: batch)
        let after = Assessor(engine, policy, over: verified)
        return (0..<batch.count).map { household in
            let id = ids.indices.contains(household) ? ids[household] : nil
            let declared = before.assess(household: household, id: id, explain: false)
            let decided =
                changed[household] ? after.assess(household: household, id: id, explain: false).determinations : []
            return Verification(
                id: id, area: declared.area, areaName: declared.areaName, date: policy.date, sources: sources,
                members: zip(declared.members, batch.rows(.member, of: household)).map {
                    VerifiedMember(label: $0, permission: inquiry.permission(of: $1))
                },
                facts: facts[household], unasked: unasked,
                decisions: zip(declared.determinations, decided).map {
                    VerifiedDecision(
                        program: $0.program, label: $0.label, declared: .init($0), verified: .init($1))
                })
        }
    }
}

/// Who is asked about: the members who have authorised it, in the order of their rows.
struct Inquiry {
    private(set) var persons: [QueriedPerson] = []
    private var permissions: [VerifiedMember.Permission] = []
    /// By the row of a member its place among the persons.
    private var places: [Int: Int] = [:]

    init(_ batch: FactBatch, ids: [String?], _ authorisations: Authorisations, on date: CalendarDate) {
        let birth = batch.schema.place(of: .birth)
        for household in 0..<batch.count {
            let id = ids.indices.contains(household) ? ids[household] : nil
            for (member, row) in batch.rows(.member, of: household).enumerated() {
                let given = id.flatMap { authorisations.authorisation(household: $0, member: member) }
                let declared = birth.flatMap { batch.value($0, row: row) }
                let permission = Self.permission(given, born: declared, on: date)
                if permission == .granted, let given {
                    places[row] = persons.count
                    persons.append(given.person)
                }
                permissions.append(permission)
            }
        }
    }

    private static func permission(
        _ given: Authorisation?, born: Int64?, on date: CalendarDate
    ) -> VerifiedMember.Permission {
        guard let given else { return .missing }
        if date < given.from { return .notYet(from: given.from) }
        if date > given.until { return .expired(given.until) }
        if let born, born != Int64(given.person.number.birthDate.days) { return .otherPerson }
        return .granted
    }

    /// Whether a member of a row may be asked about.
    func permission(of row: Int) -> VerifiedMember.Permission {
        permissions.indices.contains(row) ? permissions[row] : .missing
    }

    /// The place of a member of a row among the persons; nil where nobody may ask.
    func place(of row: Int) -> Int? { places[row] }
}
