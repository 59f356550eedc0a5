import AssistanceCore

/// 在保事实: what a case knows of what it granted, as the facts that a household would otherwise have to state.
///
/// - What low income pays: its route, its base, since when without a break, the review class, until when a gradual exit
///   lasts, and each member's supplement.
/// - The standings of what runs: the household's low income, and the special poverty of each member it supports.
///
/// What the case knows wins over what the household says, and what it does not know stays the household's: why an income
/// changed (`running.reason`), and all that was granted elsewhere. May be shared between threads.
public struct RunningFacts: Sendable {
    private let facts: [KnownFact]
    private let members: Int

    /// What a case knows as it stands; nothing where nothing runs.
    public init(_ state: CaseState) {
        facts = Self.lowIncome(state) + Self.specialPoverty(state)
        members = state.persons.count
    }

    /// The facts of the case's household, which is the first of the batch, with those that the case knows.
    ///
    /// - Parameter programs: What is decided anew from these facts: a standing by it is neither the case's to give nor the
    ///   household's to claim, for it is what this decision comes to.
    public func completing(_ batch: FactBatch, deciding programs: [String] = []) -> FactBatch {
        var completed = batch
        for (fact, place) in placed(in: batch) {
            if let standing = fact.standing, programs.contains(standing) {
                completed.unset(place, row: fact.row)
            } else if let value = fact.stored(batch.schema.facts[place]) {
                completed.set(place, row: fact.row, to: value)
            }
        }
        return completed
    }

    /// Of which facts the household says something else than the case knows: `running.route`, `members[1].special_poverty`.
    public func contradicted(by batch: FactBatch) -> [String] {
        placed(in: batch).compactMap { fact, place in
            guard let said = batch.value(place, row: fact.row), said != fact.stored(batch.schema.facts[place]) else {
                return nil
            }
            return fact.owner == .household ? fact.key : "members[\(fact.row)].\(fact.key)"
        }
    }

    /// The facts that the schema has, with their places. Those of members only where the batch has as many as the case.
    private func placed(in batch: FactBatch) -> [(fact: KnownFact, place: Int)] {
        let isSame = batch.rows(.member, of: 0) == 0..<members
        return facts.compactMap { fact in
            guard fact.owner == .household || isSame else { return nil }
            return batch.schema.place(fact.owner, fact.key).map { (fact, $0) }
        }
    }

    // MARK: What the case knows

    private static func lowIncome(_ state: CaseState) -> [KnownFact] {
        let program = "low-income"
        guard let outcome = state.running[program] else { return [] }
        func household(_ key: String, _ text: String?) -> KnownFact? {
            text.map { KnownFact(owner: .household, key: key, row: 0, text: $0) }
        }
        let base = state.grants.last { $0.program == program && $0.grant.benefit == "base" }
        let known = [
            household("running.route", outcome.route),
            household("running.base", base?.grant.amount.text),
            household("running.since", base.map { state.beginning(of: $0).iso }),
            household("running.class", outcome.reviewClass),
            household("running.grace_until", outcome.route == "grace" ? base?.until?.iso : nil),
            KnownFact(owner: .household, key: "low_income", row: 0, text: "yes", standing: program),
        ]
        return known.compactMap { $0 } + supplements(outcome, of: state.persons)
    }

    /// Each member's supplement; of none anything where it is not known what falls to whom.
    private static func supplements(_ outcome: CaseOutcome, of persons: [Int64]) -> [KnownFact] {
        let grant = outcome.grants.first { $0.benefit == "supplements" }
        guard grant.map({ !$0.parts.isEmpty }) ?? true else { return [] }
        return persons.enumerated().map { row, person in
            let part = grant?.parts.first { $0.person == person }?.amount ?? .zero
            return KnownFact(owner: .member, key: "running_supplement", row: row, text: part.text)
        }
    }

    private static func specialPoverty(_ state: CaseState) -> [KnownFact] {
        let program = "special-poverty"
        let supported = Set(state.running[program]?.grants.flatMap { $0.parts.map(\.person) } ?? [])
        return state.persons.enumerated().filter { supported.contains($0.element) }.map { row, _ in
            KnownFact(owner: .member, key: "special_poverty", row: row, text: "yes", standing: program)
        }
    }
}

/// One fact that a case knows, as a household file would state it.
private struct KnownFact: Sendable {
    let owner: FactOwner
    let key: String
    let row: Int
    let text: String
    /// The programme that decides it, where it is a standing.
    var standing: String?

    /// The value as the fact stores it; nil where a policy declares a fact of this name with other values.
    func stored(_ fact: Fact) -> Int64? { try? fact.stored(plain: text) }
}

extension CaseState {
    /// The first day from which a benefit has been granted without a break up to this grant.
    fileprivate func beginning(of granted: Granted) -> CalendarDate {
        var first = granted.from
        for earlier in grants.reversed()
        where earlier.program == granted.program && earlier.grant.benefit == granted.grant.benefit {
            if earlier.until == first { first = min(first, earlier.from) }
        }
        return first
    }
}
