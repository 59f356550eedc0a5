import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import CJiuzhu

/// Leaves and operations.
extension PlanMaker {
    /// A fact of the schema.
    func fact(_ owner: Int32, _ key: UnsafePointer<CChar>?) -> jzp_node {
        let owner = self.owner(owner, "fact")
        guard let key = text(key, "the key given to fact"), let owner else { return JZP_UNKNOWN }
        guard let place = builder.schema.place(owner, key) else {
            let hint = closestName(to: key, among: builder.schema.keys(of: owner)).map { "; did you mean '\($0)'?" }
            return wrong("there is no fact '\(owner.word).\(key)' under this policy\(hint ?? "")")
        }
        return number(builder.fact(place))
    }

    /// Whether a file fills a term.
    func isFilled(_ path: UnsafePointer<CChar>?) -> Bool {
        guard let term = declaration(path, "is_filled", of: { _ in true }) else { return false }
        return context.isOffered(program.section, term.path)
    }

    /// A figure of policy.
    func figure(_ name: UnsafePointer<CChar>?) -> jzp_node {
        guard let name = self.name(name, "the name given to figure", with: "_") else { return JZP_UNKNOWN }
        guard let node = context.figure(name) else {
            return lacks("figures." + name, context.library.label(of: "figures." + name))
        }
        return number(node)
    }

    /// What a programme that comes before this one tells.
    func standing(_ name: UnsafePointer<CChar>?) -> jzp_node {
        guard let name = text(name, "the name given to standing") else { return JZP_UNKNOWN }
        guard let node = context.standing(named: name, ofAny: program.reads) else {
            let known = program.reads.isEmpty ? "none" : program.reads.joined(separator: ", ")
            return wrong("no programme that it reads tells '\(name)'; those are \(known)")
        }
        return number(node)
    }

    /// Yes or no.
    func truth(_ value: Int32) -> jzp_node {
        guard value == 0 || value == 1 else { return wrong("truth was given \(value), and 0 or 1 was expected") }
        return number(builder.truth(value == 1))
    }

    /// Zero of a unit.
    func zero(_ unit: UnsafePointer<CChar>?) -> jzp_node {
        guard let unit = self.unit(unit, "the unit given to zero") else { return JZP_UNKNOWN }
        return make("zero", []) { _ throws(GraphError) in try builder.constant(.zero, .quantity(unit)) }
    }

    /// A whole number.
    func whole(_ value: Int64) -> jzp_node {
        make("number", []) { _ throws(GraphError) in try builder.constant(Rational(value), .integer) }
    }

    /// A node out of one other.
    func make(
        _ call: String, _ a: jzp_node, _ body: (GraphBuilder, NodeID) throws(GraphError) -> NodeID
    ) -> jzp_node {
        make(call, [a]) { (nodes) throws(GraphError) in
            guard let a = nodes.first else { return builder.poison }
            return try body(builder, a)
        }
    }

    /// A node out of two others.
    func make(
        _ call: String, _ a: jzp_node, _ b: jzp_node,
        _ body: (GraphBuilder, NodeID, NodeID) throws(GraphError) -> NodeID
    ) -> jzp_node {
        make(call, [a, b]) { (nodes) throws(GraphError) in
            guard let a = nodes.first, let b = nodes.last else { return builder.poison }
            return try body(builder, a, b)
        }
    }

    /// Divided by a count; zero where the count is zero.
    func share(_ a: jzp_node, _ count: jzp_node) -> jzp_node {
        make("share", a, count) { (builder, a, count) throws(GraphError) in
            guard case .number = builder[a].kind, case .number = builder[count].kind else {
                return try builder.divide(a, count)
            }
            let zero = try builder.constant(.zero, builder[a].kind)
            let some = try builder.less(builder.constant(.zero, builder[count].kind), count)
            let quotient = try builder.assuming(positive: builder.provenPositive(by: some)) { () throws(GraphError) in
                try builder.divide(a, count)
            }
            return try builder.select(some, quotient, zero)
        }
    }

    /// One value where a condition holds, another where not.
    func select(_ condition: jzp_node, _ a: jzp_node, _ otherwise: jzp_node) -> jzp_node {
        make("select", [condition, a, otherwise]) { (nodes) throws(GraphError) in
            guard nodes.count == 3 else { return builder.poison }
            return try builder.select(nodes[0], nodes[1], nodes[2])
        }
    }

    /// Rounded to a multiple of a unit.
    func round(_ a: jzp_node, _ mode: Int32, _ unit: UnsafePointer<CChar>?) -> jzp_node {
        let modes: [Int32: RoundingMode] = [
            JZP_ROUND_DOWN: .down, JZP_ROUND_UP: .up, JZP_ROUND_NEAREST: .nearest,
        ]
        guard let rounding = modes[mode] else { return wrong("round was given the mode \(mode), which is none") }
        guard let unit = self.unit(unit, "the unit given to round") else { return JZP_UNKNOWN }
        return make("round", a) { (builder, a) throws(GraphError) in try builder.round(a, rounding, to: unit) }
    }

    /// Whether a code is the one of a name, or a set holds it.
    func isCode(_ code: jzp_node, _ name: UnsafePointer<CChar>?) -> jzp_node {
        guard let name = text(name, "the name given to is_code") else { return JZP_UNKNOWN }
        return make("is_code", code) { (builder, code) throws(GraphError) in
            switch builder[code].kind {
            case .code(let list): return try builder.isOneOf(code, Self.meaning(of: name, in: list))
            case .codes(let list): return builder.hasAny(code, try Self.meaning(of: name, in: list))
            case .poison: return builder.poison
            case let other: throw GraphError(.typeMismatch, "\(other.name) is no code")
            }
        }
    }

    private static func meaning(of name: String, in list: CodeList) throws(GraphError) -> UInt64 {
        if let meaning = list.meaning(of: name) { return meaning }
        let names = list.codes.map(\.name)
        let hint = closestName(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
        throw GraphError(.unknownCode, "'\(name)' is not one of \(names.joined(separator: ", "))\(hint)")
    }

    /// Over the entries of a list.
    func over(_ what: Int32, _ owner: Int32, _ value: jzp_node, _ filter: jzp_node) -> jzp_node {
        guard let list = self.owner(owner, "over") else { return JZP_UNKNOWN }
        switch what {
        case JZP_SUM:
            return make("over", value, filter) { (builder, value, filter) throws(GraphError) in
                try builder.aggregate(.sum, over: list, value, where: filter)
            }
        case JZP_COUNT:
            return make("over", filter) { (builder, filter) throws(GraphError) in
                try builder.aggregate(.count, over: list, builder.truth(true), where: filter)
            }
        case JZP_ANY:
            return make("over", value, filter) { (builder, value, filter) throws(GraphError) in
                try builder.aggregate(.any, over: list, value, where: filter)
            }
        default: return wrong("over was given \(what), and JZP_SUM, JZP_COUNT or JZP_ANY was expected")
        }
    }
}
