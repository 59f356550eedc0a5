import AssistanceCore
import AssistanceExpressions
import AssistancePolicy

/// A named step of a plan that is asked for in bulk (步骤), such as `per_capita_income` of `low-income`.
public struct BulkStep: Hashable, Sendable {
    /// The id of the plan.
    public let plan: String
    /// The name, as an explanation shows it.
    public let name: String

    /// A step by its plan and name.
    public init(_ plan: String, _ name: String) { (self.plan, self.name) = (plan, name) }
}

/// Why a step cannot be had in bulk.
public struct BulkStepProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The step that was asked for.
    public let step: BulkStep
    /// What is wrong with it.
    public let description: String

    fileprivate init(_ step: BulkStep, _ why: String) {
        (self.step, description) = (step, "the step '\(step.name)' of '\(step.plan)' \(why)")
    }
}

/// A step that was found, and what its numbers count.
struct FoundStep: Sendable {
    let node: NodeID
    /// How many of the numbers make one of the graph's base units: a hundredth of a unit is one, as in facts.
    let perUnit: Rational
    /// Whether it is one; else it is a code, or yes or no.
    let isNumber: Bool
    /// How what lies between two numbers is told.
    var rounding = RoundingMode.down

    /// A sum of money of a period in fen, as it is paid; nil where it may be too large to count them.
    init?(fenOf node: NodeID, _ period: PaymentPeriod, in graph: Graph) {
        guard let perUnit = Rational(100).divided(by: period.unit.size),
            [graph[node].lowest, graph[node].highest].allSatisfy({ Self.fits($0, perUnit) })
        else { return nil }
        (self.node, self.perUnit, isNumber, rounding) = (node, perUnit, true, .nearest)
    }

    init(_ step: BulkStep, in policy: CompiledPolicy) throws(BulkStepProblem) {
        guard let plan = policy.plans.first(where: { $0.program == step.plan }) else {
            throw BulkStepProblem(step, "has no plan: there is none of that name in the policy of the area and day")
        }
        guard let found = policy.step(named: step.name, of: plan) else {
            throw BulkStepProblem(step, "is not one of that plan")
        }
        node = found.node
        let graph = policy.graph[node]
        guard graph.scope == .household else {
            throw BulkStepProblem(step, "belongs to each \(graph.scope.label.english), not to the household")
        }
        switch graph.kind {
        case .bool, .code: (perUnit, isNumber) = (.one, false)
        case .number(let kind):
            let size = kind.flavour == .quantity ? found.unit.size.multiplied(by: .hundredth) : .one
            guard let perUnit = size.flatMap(Rational.one.divided(by:)), graph.divisors.isEmpty,
                let grain = Rational(1, over: graph.scale)?.multiplied(by: perUnit), grain.isInteger,
                [graph.lowest, graph.highest].allSatisfy({ Self.fits($0, perUnit) })
            else {
                throw BulkStepProblem(step, "may lie between hundredths of its unit, or be too large to count them")
            }
            (self.perUnit, isNumber) = (perUnit, true)
        case .codes, .date, .poison: throw BulkStepProblem(step, "is neither a number nor a code nor yes or no")
        }
    }

    /// The number that stands for an end of the step's value.
    func number(_ end: Rational) -> Int64 {
        end.multiplied(by: perUnit)?.rounded(rounding, toMultipleOf: .one)?.exactly(1).flatMap { Int64(exactly: $0) }
            ?? 0
    }

    private static func fits(_ end: Rational, _ perUnit: Rational) -> Bool {
        let number = end.multiplied(by: perUnit)?.rounded(.up, toMultipleOf: .one)?.exactly(1)
        return number.flatMap { Int64(exactly: $0) } != nil
    }
}

extension CompiledPolicy {
    /// The step of a name that a plan's results rest on; nil where they rest on none.
    func step(named name: String, of plan: ProgramPlan) -> NamedStep? {
        let own = graph.nodes(behind: plan.results)
        return NamedStep.first(of: graph.steps.filter { $0.name == name && own.contains($0.node) })
    }
}

extension NamedStep {
    /// Of steps of one name the one that is meant: a step, else a figure, else a word.
    static func first(of named: [NamedStep]) -> NamedStep? {
        named.first { $0.role == .step } ?? named.first { $0.role == .figure } ?? named.first
    }
}
