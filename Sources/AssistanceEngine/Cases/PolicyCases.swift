import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Writes the boundary cases of a term as a policy test: for each of its thresholds a household right below it, on it and
/// right above it, one fen, day or unit apart (边界案例).
public struct PolicyCases {
    /// What stands where an expectation is to be written; `jiuzhu policy test` asks for it.
    static let toFillIn = "fill in"

    private let library: PolicyLibrary
    private let programs: [any AssistanceProgram]
    private let area: DivisionCode
    private let date: CalendarDate

    /// Boundary cases under a policy.
    public init(
        _ library: PolicyLibrary, programs: [any AssistanceProgram], area: DivisionCode, on date: CalendarDate
    ) {
        self.library = library
        self.programs = programs
        self.area = area
        self.date = date
    }

    /// What became of writing cases.
    public enum Outcome: Sendable {
        /// The test file.
        case file(String)
        /// There are none, and why.
        case none(DiagnosticCode, String)
        /// The policy has mistakes, which have been reported.
        case wrongPolicy
    }

    /// The cases of a term.
    ///
    /// - Parameters:
    ///   - key: The whole name of the term: `low-income.standings.edge.income`.
    ///   - policy: What the test file says under `policy`.
    ///   - records: Whether the expectations are what is decided now, not to be filled in.
    public func write(_ key: String, policy: String, records: Bool, _ findings: Findings) -> Outcome {
        let entries = library.inForce(key, chain: area.chain, on: date, knownOn: nil)
        guard let first = entries.first?.node, first.text != "none", first["unknown"] == nil else {
            return .none(
                .unfilled, "nothing fills '\(key)' for \(area.text) \(library.areas.name(of: area)) on \(date)")
        }
        // A word may name steps of one programme only; any other term belongs to one.
        let own = programs.filter { key.hasPrefix($0.id + ".") }
        var reason = "'\(key)' compares with nothing on \(date), so it has no boundary cases"
        var mistakes: [Diagnostic] = []
        var isCompiled = false
        for program in own.isEmpty ? programs : own {
            for stage in Stage.allCases {
                let found = Findings()
                let run = Run(self, key, program: program.id, stage: stage, found)
                guard !found.hasErrors else {
                    mistakes += found.sorted
                    continue
                }
                isCompiled = true
                let thresholds = Threshold.all(of: entries, in: run.graph)
                if thresholds.isEmpty { continue }
                let cases = run.cases(of: thresholds)
                if !cases.isEmpty { return .file(run.text(of: cases, entries, policy: policy, records: records)) }
                reason = "no single fact of a household of one reaches what '\(key)' compares with"
            }
        }
        guard isCompiled else {
            findings.report(mistakes)
            return .wrongPolicy
        }
        return .none(.noThreshold, reason)
    }

    // MARK: One programme and stage

    private struct Case {
        let name: String
        let stated: [Int: Int64]
    }

    /// The plan of the programme to which a term belongs, and the households that ask it.
    private struct Run {
        let cases: PolicyCases
        let key: String
        let program: String
        let stage: Stage
        let graph: Graph
        let policy: CompiledPolicy
        let household: BoundaryHousehold

        init(_ cases: PolicyCases, _ key: String, program: String, stage: Stage, _ findings: Findings) {
            self.cases = cases
            self.key = key
            self.program = program
            self.stage = stage
            let context = PolicyContext(
                cases.library, area: cases.area, date: cases.date, stage: stage, findings)
            policy = CompiledPolicy(context, cases.programs, run: [program])
            // A word that no plan uses is asked by itself.
            _ = context.term(key)
            let graph = context.builder.finished()
            self.graph = graph
            let words = graph.steps.filter { $0.role == .word }.map(\.node)
            let read = (policy.plans.flatMap(\.results) + words).reduce(into: Set<Int>()) {
                $0.formUnion(graph.facts(behind: $1))
            }
            household = BoundaryHousehold(read, cases.library.schema, on: cases.date)
        }

        func cases(of thresholds: [Threshold]) -> [Case] {
            var result: [Case] = []
            for threshold in thresholds {
                let read = graph.facts(behind: threshold.left).union(graph.facts(behind: threshold.right))
                for choice in household.choices(read) {
                    let boundary = Boundary(
                        threshold, graph, household, stating: choice, area: cases.area, on: cases.date)
                    let chosen = choice.map { " (\(household.text($0, $1)))" }.joined()
                    for point in boundary?.points ?? [] {
                        let name = "\(boundary?.subject ?? "") \(point.side.rawValue) \(boundary?.limit ?? "")\(chosen)"
                        let one = Case(name: name, stated: point.stated)
                        // A household beside one threshold that lies on another is a case of that one.
                        if let known = result.firstIndex(where: { $0.stated == one.stated }) {
                            if point.side == .at { result[known] = one }
                        } else if !result.contains(where: { $0.name == name }) {
                            result.append(one)
                        }
                    }
                }
            }
            return result
        }

        // MARK: Text

        func text(of list: [Case], _ entries: [TermEntry], policy name: String, records: Bool) -> String {
            let label = cases.library.label(of: key)
            var lines = ["# \(label.chinese) (\(key)), \(cases.area.text) \(cases.library.areas.name(of: cases.area))"]
            // Of values the nearest entry holds, of lists all of them together.
            for entry in entries.prefix(entries.first.map { RuleText.isList($0.node) } ?? false ? entries.count : 1) {
                let place = "\(entry.node.file.name):\(entry.node.position.line)"
                lines.append("#   \(cases.library.rule(of: entry).joined(separator: "; "))  (\(place))")
            }
            lines.append(
                records
                    ? "# The expectations say what is decided now, not what is right: compare each with the document."
                    : "# Write what must be decided where it says '\(PolicyCases.toFillIn)'.")
            lines += ["policy: \(name)", "date: \(cases.date)"]
            if program != cases.programs.first?.id { lines.append("program: \(program)") }
            if stage != .application { lines.append("stage: \(stage.rawValue)") }
            lines.append("defaults:")
            lines.append("  area: \(cases.area.text)")
            lines += household.entries(of: .household, stating: [:], isWhole: true).map { "  " + $0 }
            lines.append("member_defaults:")
            lines += household.entries(of: .member, stating: [:], isWhole: true).map { "  " + $0 }
            lines.append("cases:")
            for (place, one) in list.enumerated() {
                let own = household.entries(of: .household, stating: one.stated, isWhole: false)
                let member = household.entries(of: .member, stating: one.stated, isWhole: false)
                let facts = own + ["members: [{\(member.joined(separator: ", "))}]"]
                let expected = records ? expectation(one) : PolicyCases.toFillIn
                lines += place == 0 ? [] : [""]
                lines += [
                    "  - name: \(one.name)", "    household: {\(facts.joined(separator: ", "))}",
                    "    expect: \(expected)",
                ]
            }
            // What is written here is laid out as every other file.
            let text = lines.map { $0 + "\n" }.joined()
            let bytes = PolicyFormat.format(Array(text.utf8), file: "cases.test.yaml").bytes
            return bytes.map { String(decoding: $0, as: UTF8.self) } ?? text
        }

        /// What is decided about a case now.
        private func expectation(_ one: Case) -> String {
            guard let batch = household.batch(stating: one.stated, area: cases.area) else {
                return PolicyCases.toFillIn
            }
            let engine = Engine(cases.library, programs: cases.programs, run: [program])
            let assessment = Assessor(engine, policy, over: batch).assess(household: 0, explain: false)
            guard let decision = assessment.determinations.first(where: { $0.program == program }) else {
                return PolicyCases.toFillIn
            }
            var parts = ["status: \(decision.status.rawValue)"]
            switch decision.status {
            case .eligible:
                parts.append("route: \(decision.routes.first { $0.isTaken }?.id ?? "none")")
                parts.append("total: \(Self.text(decision.monthly))")
            case .ineligible: parts.append("reasons: [\(decision.reasons.map(\.id).joined(separator: ", "))]")
            case .undetermined:
                let missing = decision.missing.map { "\"\($0.path)\"" }
                parts.append("missing: [\(missing.joined(separator: ", "))]")
            }
            let standings = decision.standings.map { "\($0.id): \(Self.truth($0.status))" }
            if !standings.isEmpty { parts.append("standings: {\(standings.joined(separator: ", "))}") }
            let layers = decision.standings.compactMap { standing in standing.layer.map { "\(standing.id): \"\($0)\"" }
            }
            if !layers.isEmpty { parts.append("layers: {\(layers.joined(separator: ", "))}") }
            return "{\(parts.joined(separator: ", "))}"
        }

        private static func text(_ sum: MoneyRange) -> String {
            if sum.isUnbounded { return sum.least == .zero ? "unknown" : "{from: \(text(sum.least))}" }
            return sum.known.map(text) ?? "{from: \(text(sum.least)), upto: \(text(sum.most))}"
        }

        private static func text(_ sum: Money) -> String {
            sum.text.hasSuffix(".00") ? String(sum.text.dropLast(3)) : sum.text
        }

        private static func truth(_ status: Status) -> String {
            switch status {
            case .eligible: "true"
            case .ineligible: "false"
            case .undetermined: "unknown"
            }
        }
    }
}
