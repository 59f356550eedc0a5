// What follows from an entry as a whole, once all its keys are read.
extension HouseholdReading {
    private var rules: EntryRules { EntryRules(keys: keys) }

    mutating func finish(_ entry: inout HouseholdEntry) {
        finishNumbers(&entry)
        for group in entry.groups { finish(group, of: entry) }
        if let members = entry.members, let problem = rules.size(batch, household: entry.row, members: members),
            let position = problem.fact.flatMap(entry.position)
        {
            report(problem, at: position)
        }
    }

    /// Birth and sex from the citizen number, kind and grade of a disability from its certificate.
    private mutating func finishNumbers(_ entry: inout HouseholdEntry) {
        let (citizen, certificate) = (entry.citizen?.number, entry.certificate?.number)
        if let certificate, let position = entry.certificate?.position {
            for derived in rules.derived(from: certificate) { derive(derived, at: position, in: entry) }
            if let problem = rules.mismatch(citizen, certificate) { report(problem, at: position) }
        }
        guard let position = entry.citizen?.position ?? entry.certificate?.position else { return }
        for derived in rules.derived(from: citizen, or: certificate) { derive(derived, at: position, in: entry) }
    }

    /// Sets a fact that follows from a number; one given as well must agree.
    private mutating func derive(
        _ derived: EntryRules.Derived, at position: SourcePosition, in entry: HouseholdEntry
    ) {
        if let problem = rules.objection(to: derived, in: batch, row: entry.row) {
            return report(problem, at: problem.fact.flatMap(entry.position) ?? position)
        }
        enter(derived.source)
        set(derived.fact, to: derived.value, at: position, in: entry)
        leave()
    }

    /// Closes a group, then makes its total the sum of its parts, or compares the two.
    private mutating func finish(_ mention: HouseholdEntry.Group, of entry: HouseholdEntry) {
        let group = keys.schema.groups[mention.place]
        if mention.isClosed {
            rules.close(group, in: &batch, row: entry.row) { entry.position(of: $0) == nil }
        }
        if let problem = rules.total(of: group, in: &batch, row: entry.row) {
            report(problem, at: problem.fact.flatMap(entry.position) ?? mention.position)
        }
    }

    private mutating func report(_ problem: EntryRules.Problem, at position: SourcePosition) {
        enter(problem.key)
        report(problem.flaw, at: position)
        leave()
    }
}
