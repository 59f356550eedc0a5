import AssistanceCore

/// Linear inequalities over the values of nodes, and whether anything can meet them all.
struct LinearSystem {
    /// A sum of nodes times numbers, and a number.
    struct Form {
        var terms: [NodeID: Rational] = [:]
        var constant = Rational.zero

        /// The sum with another form times a number; nil where 128 bits would not hold it.
        func adding(_ other: Form, times factor: Rational) -> Form? {
            var result = self
            for (node, weight) in other.terms {
                guard let product = weight.multiplied(by: factor),
                    let sum = (result.terms[node] ?? .zero).adding(product)?.reduced
                else { return nil }
                result.terms[node] = sum.isZero ? nil : sum
            }
            guard let product = other.constant.multiplied(by: factor), let sum = constant.adding(product)?.reduced
            else { return nil }
            result.constant = sum
            return result
        }
    }

    /// `form ≥ 0`, or `> 0` where it is strict.
    struct Inequality {
        var form: Form
        var isStrict: Bool
    }

    private var inequalities: [Inequality]
    /// Beyond this nothing is said.
    private static let limit = 400

    init(_ inequalities: [Inequality]) { self.inequalities = inequalities }

    /// Whether it is certain that no values meet all inequalities (Fourier and Motzkin's elimination).
    func isImpossible() -> Bool {
        var left = inequalities
        while true {
            for inequality in left where inequality.form.terms.isEmpty {
                let value = inequality.form.constant
                if value.isNegative || (inequality.isStrict && value.isZero) { return true }
            }
            left.removeAll { $0.form.terms.isEmpty }
            guard let node = Self.cheapest(left), let next = Self.without(node, left), next.count <= Self.limit else {
                return false
            }
            left = next
        }
    }

    /// The node whose elimination makes the fewest new inequalities.
    private static func cheapest(_ inequalities: [Inequality]) -> NodeID? {
        var signs: [NodeID: (above: Int, below: Int)] = [:]
        for inequality in inequalities {
            for (node, weight) in inequality.form.terms {
                if weight.isNegative {
                    signs[node, default: (0, 0)].below += 1
                } else {
                    signs[node, default: (0, 0)].above += 1
                }
            }
        }
        return signs.min { ($0.value.above * $0.value.below, $0.key) < ($1.value.above * $1.value.below, $1.key) }?.key
    }

    /// What follows for the other nodes.
    private static func without(_ node: NodeID, _ inequalities: [Inequality]) -> [Inequality]? {
        var result: [Inequality] = []
        var (lower, upper): ([Inequality], [Inequality]) = ([], [])
        for inequality in inequalities {
            guard let weight = inequality.form.terms[node] else {
                result.append(inequality)
                continue
            }
            if weight.isNegative { upper.append(inequality) } else { lower.append(inequality) }
        }
        for low in lower {
            for high in upper {
                guard let a = low.form.terms[node], let b = high.form.terms[node]?.negated,
                    let scaled = Form().adding(low.form, times: b), let sum = scaled.adding(high.form, times: a)
                else { return nil }
                result.append(Inequality(form: sum, isStrict: low.isStrict || high.isStrict))
            }
        }
        return result
    }
}
