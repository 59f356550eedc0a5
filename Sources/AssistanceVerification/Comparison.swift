import AssistanceCore

/// Lays what registries have found beside what one household has declared.
struct Comparison {
    private let batch: FactBatch
    private let household: Int
    private let inquiry: Inquiry
    private let members: Range<Int>

    init(_ batch: FactBatch, household: Int, _ inquiry: Inquiry) {
        self.batch = batch
        self.household = household
        self.inquiry = inquiry
        members = batch.rows(.member, of: household)
    }

    /// What one registry has found of a fact of one person, or of all of them together.
    private struct Found {
        var value: Int64
        var day: CalendarDate?
        var confidence: Int
    }

    // MARK: Rows

    /// The rows of a fact of a registry: one for the household, or one for each member.
    func rows(of fact: Fact, _ source: Int, _ found: [Int: [SourceFinding.Statement]]) -> [VerifiedFact] {
        guard let place = batch.schema.place(of: fact) else { return [] }
        func statement(_ row: Int) -> Found? {
            inquiry.place(of: row).flatMap { found[$0] }.flatMap { Self.found(fact, in: $0) }
        }
        guard fact.owner == .household else {
            return members.enumerated().map { member, row in
                self.row(
                    fact, member: member, source, declared: batch.value(place, row: row), statement(row),
                    isAtLeast: false, isAsked: inquiry.place(of: row) != nil)
            }
        }
        let all = members.compactMap(statement)
        let isAsked = members.contains { inquiry.place(of: $0) != nil }
        let whole = Self.together(all, fact)
        // Of a household whose members are not listed nobody can be asked about.
        let isOpen = members.isEmpty || all.count < members.count
        return [
            row(
                fact, member: nil, source, declared: batch.value(place, row: household), whole,
                isAtLeast: isOpen && fact.type.grows(beyond: whole?.value), isAsked: isAsked)
        ]
    }

    private func row(
        _ fact: Fact, member: Int?, _ source: Int, declared: Int64?, _ found: Found?, isAtLeast: Bool, isAsked: Bool
    ) -> VerifiedFact {
        let outcome: VerifiedFact.Outcome =
            if !isAsked {
                .notAuthorised
            } else if let found, !isAtLeast {
                declared == nil ? .notDeclared : declared == found.value ? .confirmed : .contradicted
            } else if let found, let declared, fact.type.isMore(found.value, than: declared) {
                // What the others may hold makes it more, never less.
                .contradicted
            } else {
                .notFound
            }
        let shown = isAtLeast && found?.value == 0 ? nil : found
        return VerifiedFact(
            fact: fact, member: member, source: source, outcome: outcome, declared: declared, found: shown?.value,
            isAtLeast: isAtLeast && shown != nil, day: shown?.day, confidence: shown?.confidence)
    }

    /// What some statements about one person say of a fact.
    private static func found(_ fact: Fact, in statements: [SourceFinding.Statement]) -> Found? {
        for statement in statements {
            switch statement {
            case .value(let value, fact, let day, let confidence):
                return Found(value: value, day: day, confidence: confidence)
            case .none(fact, let day):
                return fact.type.noneValue.map { Found(value: $0, day: day, confidence: 100) }
            default: continue
            }
        }
        return nil
    }

    /// What persons hold together of a fact of their household: numbers are added, a yes of one is a yes, codes of a set
    /// are taken together; of all else it is what is surest, and then newest.
    private static func together(_ all: [Found], _ fact: Fact) -> Found? {
        guard var whole = all.first else { return nil }
        for next in all.dropFirst() {
            switch fact.type {
            case .count, .amount:
                // What is more than the fact can state is the most that it can.
                let (sum, overflow) = whole.value.addingReportingOverflow(next.value)
                let range = fact.type.storedRange
                whole.value = overflow ? range.upperBound : min(max(sum, range.lowerBound), range.upperBound)
            case .yesNo, .codes: whole.value |= next.value
            case .code, .date, .division:
                if (next.confidence, next.day ?? .earliest) > (whole.confidence, whole.day ?? .earliest) {
                    whole = next
                }
                continue
            }
            whole.confidence = min(whole.confidence, next.confidence)
            whole.day = [whole.day, next.day].contains(nil) ? nil : [whole.day, next.day].compactMap { $0 }.min()
        }
        return whole
    }

    // MARK: What it changes

    /// Puts what was found in the place of what was declared; answers whether anything differs.
    ///
    /// Of several registries the surest counts, then the newest, then the one that was named first. Where only a part of a
    /// sum is found, and more than was declared, it is not known how much there is.
    func apply(_ rows: [VerifiedFact], to verified: inout FactBatch) -> Bool {
        struct Place: Hashable {
            let fact: Fact
            let member: Int?
        }
        var isChanged = false
        for (place, rows) in Dictionary(grouping: rows, by: { Place(fact: $0.fact, member: $0.member) }) {
            let usable = rows.filter { [.confirmed, .contradicted, .notDeclared].contains($0.outcome) }
            guard let best = usable.max(by: Self.isLess), best.outcome != .confirmed, let found = best.found,
                let fact = batch.schema.place(of: place.fact)
            else { continue }
            let row = place.member.map { members.lowerBound + $0 } ?? household
            isChanged = true
            if best.isAtLeast {
                verified.unset(fact, row: row)
            } else {
                verified.set(fact, row: row, to: found)
            }
        }
        return isChanged
    }

    private static func isLess(_ left: VerifiedFact, _ right: VerifiedFact) -> Bool {
        func rank(_ row: VerifiedFact) -> (Int, Int, CalendarDate, Int) {
            (row.isAtLeast ? 0 : 1, row.confidence ?? 0, row.day ?? .earliest, -row.source)
        }
        return rank(left) < rank(right)
    }
}

extension FactType {
    /// Whether what others hold besides could change what some hold together.
    fileprivate func grows(beyond value: Int64?) -> Bool {
        switch self {
        case .count, .amount, .codes: true
        case .yesNo: value != 1
        case .code, .date, .division: false
        }
    }

    /// Whether what some hold is more than was declared, whatever others hold besides.
    fileprivate func isMore(_ found: Int64, than declared: Int64) -> Bool {
        switch self {
        case .count(let range), .amount(_, let range): range.lowerBound >= 0 && found > declared
        case .codes: found & ~declared != 0
        case .code, .yesNo, .date, .division: false
        }
    }
}
