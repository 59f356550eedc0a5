import AssistanceCore

/// Whether conditions can hold together: their comparisons as linear inequalities, their choices as cases.
///
/// Says that they cannot only where that is certain. What is not linear counts as a value of its own, within the range
/// that its node is proven to have.
public struct Contradiction {
    private let node: (NodeID) -> Node
    private var cases = 0
    /// Beyond so many cases nothing is said.
    private static let limit = 48

    /// For the nodes of a graph, or of one that is being made.
    public init(_ node: @escaping (NodeID) -> Node) { self.node = node }

    /// Whether it is certain that no household meets all of these conditions.
    public mutating func isCertain(_ conditions: [NodeID]) -> Bool {
        cases = 0
        return !mayHold(Case(open: conditions.map { ($0, true) }))
    }

    /// The fewest of some conditions that exclude each other, in their order; empty where they may hold together.
    public mutating func core(of conditions: [NodeID]) -> [NodeID] {
        guard isCertain(conditions) else { return [] }
        var core = conditions
        for condition in conditions {
            let without = core.filter { $0 != condition }
            if isCertain(without) { core = without }
        }
        return core
    }

    /// What is assumed in one case.
    private struct Case {
        /// Conditions still to be taken apart, each with whether it holds.
        var open: [(NodeID, Bool)] = []
        var truths: [NodeID: Bool] = [:]
        var codes: [NodeID: UInt64] = [:]
        /// Left is at most right, or below it.
        var comparisons: [(left: NodeID, right: NodeID, isStrict: Bool)] = []
        /// The comparisons that have been taken apart.
        var inequalities: [LinearSystem.Inequality] = []
        /// The outcome that a choice has.
        var outcomes: [NodeID: NodeID] = [:]
        /// What someone of a list must meet.
        var someone: [[(NodeID, Bool)]] = []
        /// Divisors that are known to lie above their floor, or below.
        var divisors: [NodeID: Bool] = [:]

        func assuming(_ condition: NodeID, _ truth: Bool) -> Case {
            var copy = self
            copy.open.append((condition, truth))
            return copy
        }
    }

    // MARK: Conditions

    private mutating func mayHold(_ start: Case) -> Bool {
        cases += 1
        guard cases <= Self.limit else { return true }
        var now = start
        while let (id, truth) = now.open.popLast() {
            // Where a mistake has been reported anything may be meant.
            if node(id).kind == .poison { continue }
            switch node(id).operation {
            case .named(_, let inner): now.open.append((inner, truth))
            case .not(let inner): now.open.append((inner, !truth))
            case .constant(let value): if value.isZero == truth { return false }
            case .and(let a, let b), .or(let a, let b):
                let isAnd = if case .and = node(id).operation { true } else { false }
                if isAnd == truth {
                    now.open += [(a, truth), (b, truth)]
                } else {
                    return mayHold(now.assuming(a, truth)) || mayHold(now.assuming(b, truth))
                }
            case .select(let condition, let a, let b):
                var (yes, no) = (now.assuming(condition, true), now.assuming(condition, false))
                yes.open.append((a, truth))
                no.open.append((b, truth))
                return mayHold(yes) || mayHold(no)
            case .less(let a, let b) where isNumber(a):
                now.comparisons.append(truth ? (a, b, true) : (b, a, false))
            case .lessOrEqual(let a, let b) where isNumber(a):
                now.comparisons.append(truth ? (a, b, false) : (b, a, true))
            case .equal(let a, let b) where isNumber(a):
                if truth {
                    now.comparisons += [(a, b, false), (b, a, false)]
                } else {
                    var (below, above) = (now, now)
                    below.comparisons.append((a, b, true))
                    above.comparisons.append((b, a, true))
                    return mayHold(below) || mayHold(above)
                }
            case .isOneOf(let code, let mask):
                let code = unnamed(code)
                let allowed = (now.codes[code] ?? all(code)) & (truth ? mask : ~mask)
                if allowed == 0 { return false }
                now.codes[code] = allowed
            case .aggregate(.any, _, let body, let filter) where truth:
                now.someone.append([(body, true), (filter, true)])
            default:
                if now.truths[id] == !truth { return false }
                now.truths[id] = truth
            }
        }
        return numbersMayHold(now)
    }

    private func isNumber(_ id: NodeID) -> Bool { if case .number = node(id).kind { true } else { false } }

    private func all(_ code: NodeID) -> UInt64 {
        guard case .code(let list) = node(code).kind, list.codes.count < 64 else { return .max }
        return (1 << UInt64(list.codes.count)) - 1
    }

    private func unnamed(_ id: NodeID) -> NodeID {
        if case .named(_, let inner) = node(id).operation { unnamed(inner) } else { id }
    }

    // MARK: Numbers

    private mutating func numbersMayHold(_ start: Case) -> Bool {
        var now = start
        while let comparison = now.comparisons.last {
            var parts = Parts()
            let left = form(comparison.left, now, &parts)
            let right = form(comparison.right, now, &parts)
            if let split = parts.split { return mayHold(split, now) }
            now.comparisons.removeLast()
            // What 128 bits would not hold says nothing.
            guard let left, let right, let difference = right.adding(left, times: Rational(-1)) else { continue }
            now.inequalities.append(integral(undivided(difference, now), comparison.isStrict))
        }
        var inequalities = now.inequalities
        var known: Set<NodeID> = []
        for id in inequalities.flatMap(\.form.terms.keys) where known.insert(id).inserted {
            let (lowest, highest) = (node(id).lowest, node(id).highest)
            inequalities.append(
                .init(form: .init(terms: [id: .one], constant: lowest.negated ?? .zero), isStrict: false))
            inequalities.append(.init(form: .init(terms: [id: Rational(-1)], constant: highest), isStrict: false))
        }
        if LinearSystem(inequalities).isImpossible() { return false }
        // Someone must meet each of these: whoever it is, is another in each.
        for conditions in now.someone {
            var one = now
            one.someone = []
            one.open = conditions
            if !mayHold(one) { return false }
        }
        return true
    }

    /// A choice or a division that has to be taken apart first.
    private struct Parts {
        enum Split { case choice(NodeID), division(NodeID) }
        var split: Split?
    }

    private mutating func mayHold(_ split: Parts.Split, _ now: Case) -> Bool {
        switch split {
        case .choice(let id):
            guard case .select(let condition, let a, let b) = node(id).operation else { return true }
            var (yes, no) = (now.assuming(condition, true), now.assuming(condition, false))
            (yes.outcomes[id], no.outcomes[id]) = (a, b)
            return mayHold(yes) || mayHold(no)
        case .division(let id):
            guard case .divide(_, let divisor, let floor) = node(id).operation, let least = floor.negated else {
                return true
            }
            var parts = Parts()
            let value = form(divisor, now, &parts)
            if let split = parts.split { return mayHold(split, now) }
            var (above, below) = (now, now)
            (above.divisors[id], below.divisors[id]) = (true, false)
            if let value, let rest = value.adding(LinearSystem.Form(constant: least), times: .one),
                let lack = LinearSystem.Form().adding(rest, times: Rational(-1))
            {
                above.inequalities.append(integral(rest, false))
                below.inequalities.append(integral(lack, true))
            }
            return mayHold(above) || mayHold(below)
        }
    }

    /// A number as a linear form; nil where something has to be taken apart first, or 128 bits would not hold it.
    private func form(_ id: NodeID, _ now: Case, _ parts: inout Parts) -> LinearSystem.Form? {
        switch node(id).operation {
        case .named(_, let inner): return form(inner, now, &parts)
        case .constant(let value): return LinearSystem.Form(constant: value)
        case .add(let a, let b), .subtract(let a, let b):
            guard let x = form(a, now, &parts), let y = form(b, now, &parts) else { return nil }
            let isSum = if case .add = node(id).operation { true } else { false }
            return x.adding(y, times: isSum ? .one : Rational(-1))
        case .multiply(let a, let b):
            guard let x = form(a, now, &parts), let y = form(b, now, &parts) else { return nil }
            if x.terms.isEmpty { return LinearSystem.Form().adding(y, times: x.constant) }
            if y.terms.isEmpty { return LinearSystem.Form().adding(x, times: y.constant) }
        case .select:
            guard let outcome = now.outcomes[id] else {
                parts.split = .choice(id)
                return nil
            }
            return form(outcome, now, &parts)
        case .divide(let a, _, let floor):
            guard let isAbove = now.divisors[id] else {
                parts.split = .division(id)
                return nil
            }
            if !isAbove, let x = form(a, now, &parts), let share = floor.inverse {
                return LinearSystem.Form().adding(x, times: share)
            }
        default: break
        }
        return LinearSystem.Form(terms: [id: .one])
    }

    /// The form times the one divisor of its quotients, which is above zero; as it is where it has none.
    private func undivided(_ form: LinearSystem.Form, _ now: Case) -> LinearSystem.Form {
        var divisor: NodeID?
        var result = LinearSystem.Form()
        var parts = Parts()
        for (id, weight) in form.terms {
            guard case .divide(let a, let b, _) = node(id).operation, now.divisors[id] == true else { continue }
            guard divisor ?? b == b, let x = self.form(a, now, &parts), let sum = result.adding(x, times: weight)
            else { return form }
            (divisor, result) = (b, sum)
        }
        guard let divisor else { return form }
        let others = form.terms.keys.contains { id in
            if case .divide(_, let b, _) = node(id).operation { b != divisor } else { true }
        }
        guard !others, let b = self.form(divisor, now, &parts) else { return form }
        return result.adding(b, times: form.constant) ?? form
    }

    /// Of whole numbers, above zero is at least one.
    private func integral(_ form: LinearSystem.Form, _ isStrict: Bool) -> LinearSystem.Inequality {
        let isWhole =
            form.constant.isInteger
            && form.terms.allSatisfy { id, weight in
                weight.isInteger && node(id).scale == 1 && node(id).divisors.isEmpty
            }
        guard isStrict, isWhole, let constant = form.constant.subtracting(.one) else {
            return .init(form: form, isStrict: isStrict)
        }
        return .init(form: .init(terms: form.terms, constant: constant), isStrict: false)
    }
}
