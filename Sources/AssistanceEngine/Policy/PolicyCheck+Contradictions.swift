import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

extension PolicyCheck {
    /// Warns of routes and standings whose conditions exclude each other, so that no household can meet them.
    static func warnOfContradictions(in policy: CompiledPolicy, _ findings: Findings) {
        var contradiction = Contradiction { policy.graph[$0] }
        for plan in policy.plans {
            let lists = plan.routes.map { ($0.label, $0.checks) } + plan.standings.map { ($0.label, $0.checks) }
            for (label, checks) in lists {
                let core = contradiction.core(of: checks.conditions.map(\.holds))
                let conditions = checks.conditions.filter { core.contains($0.holds) }
                let placed = conditions.compactMap { condition in
                    origin(of: condition, policy.graph).map { (condition: condition, origin: $0) }
                }
                guard let last = placed.last else { continue }
                let others = conditions.filter { $0.id != last.condition.id }.map { other in
                    let place = origin(of: other, policy.graph).map { " (\($0.file):\($0.position.line))" } ?? ""
                    return "'\(other.id)'" + place
                }
                let together = others.isEmpty ? "" : " together with " + others.joined(separator: " and ")
                var finding = Diagnostic(
                    .neverHolds, file: last.origin.file, at: last.origin.position,
                    "no household can meet this\(together), so '\(label.english)' (\(label.chinese)) never holds")
                finding.severity = .warning
                findings.report(finding)
            }
        }
    }

    /// Where a condition stands: its own place, or that of the term it is.
    private static func origin(of condition: Condition, _ graph: Graph) -> Origin? {
        if let origin = condition.origin { return origin }
        guard case .named(let place, _) = graph[condition.holds].operation else { return nil }
        return graph.steps[place].origin
    }
}
