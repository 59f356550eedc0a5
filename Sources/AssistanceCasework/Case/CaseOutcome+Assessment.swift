import AssistanceCore

extension CaseOutcome {
    /// What an assessment says of one programme, with persons by their numbers in the store.
    ///
    /// A sum between two bounds is left open: nobody grants half a decision.
    init(_ determination: Determination, of persons: [Int64]) {
        let sums = determination.benefits.filter { $0.gift == nil }
        let known = sums.compactMap { benefit in
            benefit.amount.known.map { CaseGrant(benefit, $0, of: persons) }
        }
        self.init(
            program: determination.program, status: determination.status,
            grants: determination.status == .eligible ? known.filter { $0.amount.fen > 0 } : [],
            route: determination.status == .eligible ? determination.routes.first(where: \.isTaken)?.id : nil,
            reviewClass: determination.review?.classCode, reviewMonths: determination.review?.months,
            isSettled: known.count == sums.count && determination.isSettled)
    }
}

extension CaseGrant {
    fileprivate init(_ benefit: Benefit, _ amount: Money, of persons: [Int64]) {
        let parts = benefit.parts.compactMap { part in
            persons.indices.contains(part.member)
                ? CasePart(person: persons[part.member], amount: part.amount) : nil
        }
        self.init(
            benefit: benefit.id, period: benefit.period, amount: amount,
            parts: parts.filter { $0.amount.fen != 0 }, instalments: benefit.instalments, from: benefit.from,
            until: benefit.until)
    }
}
