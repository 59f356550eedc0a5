import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// Turns the values of a graph for one household into decisions: status, sums, reasons, what is missing.
///
/// Not safe to share between threads; make one for each.
public final class Assessor {
    let policy: CompiledPolicy
    let batch: FactBatch
    let evaluator: Evaluator
    let names: RowNames
    private let gaps: Gaps
    private let engine: Engine

    /// An assessor of a batch under a policy. What the policy's schema does not have of the batch is passed over.
    public init(_ engine: Engine, _ policy: CompiledPolicy, over batch: FactBatch) {
        self.engine = engine
        self.policy = policy
        let batch = batch.read(as: policy.graph.schema)
        self.batch = batch
        evaluator = Evaluator(policy.graph, over: batch)
        names = RowNames(batch)
        gaps = Gaps(policy, names, batch.schema)
    }

    /// Assesses one household of the batch.
    ///
    /// - Parameter programs: Whose decisions are told; nil for those of all.
    public func assess(
        household row: Int, id: String? = nil, knownOn: CalendarDate? = nil, programs: [String]? = nil, explain: Bool
    ) -> Assessment {
        evaluator.evaluate(household: row)
        let members = batch.rows(.member, of: row)
        let documents = self.documents()
        let told = policy.plans.filter { programs?.contains($0.program) ?? true }
        return Assessment(
            id: id, area: policy.area, areaName: engine.library.areas.fullName(of: policy.area), date: policy.date,
            stage: policy.stage.rawValue, determinations: told.map { determination($0, explain: explain) },
            weakestSource: documents.map(\.status).min(), weakDocuments: documents.filter { $0.status != .official },
            notes: notes(row, members), members: members.map { names.member($0) },
            receipt: Receipt(
                engine: Engine.version, policyDigest: engine.policyDigest,
                factsDigest: Digest.facts(batch, household: row), date: policy.date, knownOn: knownOn,
                plugins: policy.plugins))
    }

    /// The documents of every named rule that the decisions came from, the weakest first.
    private func documents() -> [PolicyDocument] {
        var found = [Bool](repeating: false, count: policy.documents.count)
        for plan in policy.plans {
            for id in nodes(deciding: plan) {
                if case .named(let step, _) = policy.graph[id].operation, let place = policy.documentOfStep[step] {
                    found[place] = true
                }
            }
        }
        return policy.documents.indices.filter { found[$0] }.map { policy.documents[$0] }
    }

    /// The nodes that the decisions of a plan really came from.
    func nodes(deciding plan: ProgramPlan) -> [NodeID] {
        var found: [NodeID] = []
        var seen = [Bool](repeating: false, count: policy.graph.nodes.count)
        var open = [plan.eligible] + plan.benefits.map(\.amount)
        open += plan.standings.map(\.holds).filter { evaluator.value($0).truth != false }
        while let id = open.popLast() {
            guard !seen[Int(id.index)] else { continue }
            seen[Int(id.index)] = true
            found.append(id)
            open += evaluator.deciding(id)
        }
        return found
    }

    /// A standing of a programme that is not in the run, and that nobody stated, counts as no; that is said.
    private func notes(_ household: Int, _ members: Range<Int>) -> [Label] {
        policy.assumed.compactMap { standing in
            guard let place = standing.fact.flatMap({ batch.schema.place(standing.owner, $0) }) else { return nil }
            let rows = standing.owner == .household ? household..<(household + 1) : members
            guard rows.contains(where: { batch.value(place, row: $0) == nil }) else { return nil }
            let name = standing.label
            return standing.owner == .household
                ? Label("未申报\(name.chinese)身份,按无此身份处理", "not stated to be a \(name.english), and taken not to be one")
                : Label(
                    "未申报\(name.chinese)身份的成员按无此身份处理",
                    "members whose \(name.english) standing is not stated are taken not to have it")
        }
    }

    // MARK: One programme

    private func determination(_ plan: ProgramPlan, explain: Bool) -> Determination {
        let eligible = evaluator.value(plan.eligible)
        let status = Self.status(eligible)
        let routes = plan.routes.map(route)
        let taken = plan.routes.first { evaluator.value($0.taken).truth == true }
        let benefits =
            status == .ineligible
            ? [] : plan.benefits.map { benefit($0, plan, taken) }.filter(\.isAnything)
        var needed = [eligible]
        if status == .eligible {
            needed += plan.benefits.map { evaluator.value($0.amount) }
            // Until when something is paid belongs to the decision as much as how much.
            let given = plan.benefits.filter { evaluator.value($0.amount).highest > .zero }
            for period in given.compactMap({ self.period(of: $0, taken) }) {
                guard let months = period.months else { continue }
                needed.append(evaluator.value(months))
            }
        }
        for item in plan.needs?.items ?? [] {
            let scope = policy.graph[item.paid].scope
            for row in 0..<evaluator.rowCount(scope) { needed.append(evaluator.value(item.paid, at: scope, row: row)) }
        }
        let counted = plan.counted.map { members($0.each) } ?? []
        let paid = status == .eligible ? plan.paid.map(members) ?? [] : []
        // Stages stand side by side, and each that applies has work of its own.
        let ways = plan.routes.filter { evaluator.value($0.taken).truth == true }
        let manualChecks = ways.isEmpty ? Array(plan.routes.prefix(1)) : ways
        return Determination(
            program: plan.program, label: plan.label, status: status, routes: routes, benefits: benefits,
            totals: totals(benefits, plan), reasons: status == .ineligible ? smallest(routes) : [],
            missing: gaps.missing(needed, evaluator),
            violations: violations(plan),
            manual: status == .ineligible
                ? []
                : manualChecks.flatMap(\.checks.manual).filter(applies).map {
                    ManualTask(id: $0.id, label: $0.text, citation: $0.origin.citation)
                },
            standings: plan.standings.map(standing), membersCounted: plan.counted.flatMap { count($0.size) },
            membersPaid: paid.isEmpty || paid.contains(nil) ? nil : paid.count { $0 == true },
            notCounted: counted.indices.filter { counted[$0] == false },
            notPaid: paid.indices.filter { paid[$0] == false && counted.indices.contains($0) && counted[$0] == true },
            window: plan.window,
            review: status == .eligible && taken?.period == nil ? plan.review.flatMap(review) : nil,
            settlements: plan.settlement.map(settlements) ?? [],
            needs: plan.needs?.items.flatMap(needs) ?? [], priority: plan.needs?.priority.flatMap(count),
            steps: explain ? Explainer(self).steps(plan, routes) : [])
    }

    /// The sums of money of each period: those of the plan where it has its own, else those of its benefits.
    private func totals(_ benefits: [Benefit], _ plan: ProgramPlan) -> [PaymentPeriod: MoneyRange] {
        var totals: [PaymentPeriod: MoneyRange] = [:]
        for benefit in benefits where benefit.gift == nil {
            totals[benefit.period] = totals[benefit.period]?.adding(benefit.amount) ?? benefit.amount
        }
        for (period, node) in plan.totals where totals[period] != nil {
            totals[period] = sum(evaluator.value(node), period)
        }
        return totals
    }

    /// What people have to do under a condition is named only where the condition is known to hold.
    private func applies(_ check: ManualCheck) -> Bool {
        guard let condition = check.applies else { return true }
        let scope = policy.graph[condition].scope
        return (0..<evaluator.rowCount(scope)).contains { evaluator.value(condition, at: scope, row: $0).truth == true }
    }

    /// What the value of a condition decides.
    public static func status(_ value: Value) -> Status {
        switch value.truth {
        case true?: .eligible
        case false?: .ineligible
        case nil: .undetermined
        }
    }

    func count(_ node: NodeID) -> Int? {
        evaluator.value(node).known.flatMap { Int(exactly: $0.reduced.numerator) }
    }

    /// For each member whether a condition holds; nil where that is not known.
    private func members(_ condition: NodeID) -> [Bool?] {
        (0..<evaluator.rowCount(.member)).map { evaluator.value(condition, at: .member, row: $0).truth }
    }

    private func review(_ review: (classCode: NodeID, months: NodeID?)) -> ReviewDecision? {
        guard case .code(let list) = policy.graph[review.classCode].kind,
            let place = evaluator.value(review.classCode).known.flatMap({ Int(exactly: $0.numerator) }),
            let code = list[place]
        else { return nil }
        return ReviewDecision(classCode: code.name, months: review.months.flatMap(count))
    }

    // MARK: Routes and reasons

    private func route(_ route: PlannedRoute) -> RouteDecision {
        RouteDecision(
            id: route.id, label: route.label, status: Self.status(evaluator.value(route.holds)),
            isTaken: evaluator.value(route.taken).truth == true, failed: failed(route.checks.conditions))
    }

    /// The conditions that fail: the household's, and of those about members, or entries of a list, the ones of whoever
    /// fails by the fewest.
    private func failed(_ conditions: [Condition]) -> [Reason] {
        let (household, personal) = conditions.reduce(into: ([Condition](), [Condition]())) { parts, condition in
            if policy.graph[condition.holds].scope == .household {
                parts.0.append(condition)
            } else {
                parts.1.append(condition)
            }
        }
        let common = household.compactMap { failure($0, row: 0, member: nil) }
        let scope = personal.first.map { policy.graph[$0.holds].scope } ?? .member
        let each = (0..<evaluator.rowCount(scope)).map { row in
            personal.compactMap { failure($0, row: row, member: scope == .member ? row : nil) }
        }
        // Whoever fails nothing may still be the one it is for.
        guard let fewest = each.map(\.count).min(), fewest > 0 else { return common }
        return common + each.filter { $0.count == fewest }.flatMap { $0 }
    }

    private func failure(_ condition: Condition, row: Int, member: Int?) -> Reason? {
        func value(_ node: NodeID) -> Value { evaluator.value(node, row: row) }
        guard value(condition.holds).truth == false else { return nil }
        var distance: Label?
        var comparison: Label?
        if let sides = condition.sides, let left = value(sides.left).known,
            let right = value(sides.right).known, let excess = left.subtracting(right)
        {
            let unit = condition.unit
            if !excess.isNegative { distance = ValueText.withUnit(ValueText.amount(excess, unit), unit) }
            comparison = ValueText.withUnit(ValueText.amount(left, unit) + " / " + ValueText.amount(right, unit), unit)
        }
        return Reason(
            id: condition.id, label: condition.reason, citation: condition.origin?.citation,
            place: condition.origin.map { "\($0.file):\($0.position.line)" }, distance: distance,
            comparison: comparison, member: member)
    }

    /// The smallest set of failed conditions: of the route that failed by the fewest, the running one before others.
    ///
    /// A route that is not for anyone of the household explains nothing while another does.
    private func smallest(_ routes: [RouteDecision]) -> [Reason] {
        let failed = routes.filter { !$0.failed.isEmpty }
        let meant = failed.filter { route in !route.failed.contains { $0.id == PlannedRoute.addressees } }
        let best = (meant.isEmpty ? failed : meant).enumerated().min { a, b in
            func rank(_ route: RouteDecision, _ place: Int) -> (Int, Int, Int) {
                (route.failed.count, route.id == runningRoute ? 0 : 1, place)
            }
            return rank(a.element, a.offset) < rank(b.element, b.offset)
        }
        return best?.element.failed ?? []
    }

    private func standing(_ standing: PlannedStanding) -> StandingDecision {
        let value = evaluator.value(standing.holds)
        let status = Self.status(value)
        var layer: String?
        var layers: [MemberLayer] = []
        var needed = [value]
        if let node = standing.layer, case .code(let list) = policy.graph[node].kind {
            func code(row: Int) -> Code? {
                evaluator.value(node, row: row).known.flatMap { Int(exactly: $0.numerator) }.flatMap { list[$0] }
            }
            if policy.graph[node].scope == .member {
                for row in 0..<evaluator.rowCount(.member) {
                    let code = code(row: row)
                    if let code { layers.append(MemberLayer(member: row, code: code.name, label: code.label)) }
                    if code == nil { needed.append(evaluator.value(node, row: row)) }
                }
            } else if status == .eligible {
                layer = code(row: 0)?.name
                needed = [evaluator.value(node)]
            }
        }
        for group in standing.groups {
            for row in 0..<evaluator.rowCount(.member) {
                let value = evaluator.value(group.holds, row: row)
                if value.truth == true { layers.append(MemberLayer(member: row, code: group.id, label: group.label)) }
                needed.append(value)
            }
        }
        return StandingDecision(
            id: standing.id, label: standing.label, status: status, layer: layer, layers: layers,
            months: status == .eligible ? standing.months.flatMap(count) : nil,
            missing: gaps.missing(needed, evaluator))
    }
}
