import AssistanceCore

/// Reads what an entry says of a step of payments: `{by: confirmer, level: county, apart: propose}`, or several such rows.
struct PaymentRuleReader {
    private let rows: RuleRows
    private let findings: Findings

    init(_ entry: TermEntry, _ reader: TermReader) {
        rows = RuleRows(entry, reader)
        findings = reader.findings
    }

    /// The keys of a row.
    static let ruleKeys = ["for", "up-to", "by", "level", "apart", "note"]

    /// What is said of a step, in the order of the rows; those that cannot be read are left out.
    func rules(of step: PaymentStep) -> [PaymentProcedure.Rule] {
        rows.rules(Self.ruleKeys, { rule($0, step, $1) }) { rule, other in
            RuleRows.covers((rule.programs, rule.upTo), (other.programs, other.upTo))
        }
    }

    private func rule(_ row: MappingReader, _ step: PaymentStep, _ citation: Citation?) -> PaymentProcedure.Rule? {
        let (roles, levels) = (rows.roles(of: row), rows.levels(of: row))
        let rule = PaymentProcedure.Rule(
            step: step, programs: rows.programs(row["for"]), upTo: rows.sum(row["up-to"]), roles: Set(roles),
            levels: Set(levels), apart: apart(row["apart"], step), citation: citation, place: row.place)
        return roles.isEmpty || levels.isEmpty ? nil : rule
    }

    private func apart(_ node: YAMLNode?, _ step: PaymentStep) -> Set<PaymentStep> {
        let steps = Set(rows.names(node, "apart", among: PaymentStep.self))
        if let node, !steps.isSubset(of: step.earlier) {
            let earlier = PaymentStep.allCases.filter(step.earlier.contains).map(\.rawValue)
            findings.report(
                node.error(
                    .badValue,
                    earlier.isEmpty
                        ? "nothing comes before \(step.rawValue) that 'apart' could name; leave it out"
                        : "'apart' names what comes before \(step.rawValue): \(earlier.joined(separator: ", "))"))
        }
        return steps
    }
}
