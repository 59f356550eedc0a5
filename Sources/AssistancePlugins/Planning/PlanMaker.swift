import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import CJiuzhu

/// Makes the nodes that a plugin asks for while it is asked for its plan.
///
/// Nothing that a plugin hands over is trusted: every mistake is noted, what it leads to is the unknown node, and the
/// call goes on. For one thread.
final class PlanMaker: LentObject {
    static let title = "plan"

    /// The programme whose plan it is.
    let program: PluginProgram
    /// The policy of the area and day.
    let context: PolicyContext
    private var noted = MistakeList()
    /// Figures that it needs and no file has, by key.
    private(set) var lacking: [String: Label] = [:]
    /// The conditions, in the order in which they were made.
    var checks = CheckList()
    /// What is paid.
    var benefits: [Payment] = []
    /// What is told to programmes that read this one, by name.
    var told: [String: NodeID] = [:]
    /// Whether the terms of the generic programme say what is given.
    var asksForGeneric = false
    /// The steps and ids that have been used, each with what kind of name it is.
    private var names: Set<String> = []
    private var terms: [String: jzp_node] = [:]
    private var nodes: [Made] = []
    /// What the numbers of nodes begin with, so that those of another plan are seen.
    private let salt: Int32

    /// A benefit as the plugin states it.
    struct Payment {
        let id: String
        let label: Label
        let period: PaymentPeriod
        let amount: NodeID
    }

    private struct Made {
        let node: NodeID
        /// How many nodes of the plugin's making lie one behind the other in it, and how many of them are steps.
        let depth: Int
        let steps: Int
    }

    private static let nodeLimit = 20_000
    private static let depthLimit = 200
    private static let stepLimit = 32
    /// Bits of a node's number that say its place in the plan.
    private static let placeBits: Int32 = 15

    init(_ program: PluginProgram, in context: PolicyContext) {
        self.program = program
        self.context = context
        salt = Int32.random(in: 1..<(1 << (31 - Self.placeBits))) << Self.placeBits
    }

    /// The graph.
    var builder: GraphBuilder { context.builder }

    // MARK: Mistakes

    /// What the plugin does wrong, in the order in which it was noted; the first few.
    var mistakes: [String] { noted.messages }

    func mistake(_ message: String) { noted.note(message) }

    /// Notes a mistake and answers the unknown node.
    func wrong(_ message: String) -> jzp_node {
        mistake(message)
        return JZP_UNKNOWN
    }

    /// Notes that no file has a figure, and answers the unknown node.
    func lacks(_ key: String, _ label: Label) -> jzp_node {
        lacking[key] = label
        return JZP_UNKNOWN
    }

    /// Whether nothing that was asked for is wrong or lacking so far.
    var isWhole: Bool { mistakes.isEmpty && lacking.isEmpty }

    // MARK: Nodes

    /// The number of a node that is made of no other.
    func number(_ node: NodeID) -> jzp_node { number(node, depth: 0, steps: 0) }

    private func number(_ node: NodeID, depth: Int, steps: Int) -> jzp_node {
        guard nodes.count < Self.nodeLimit else { return wrong("a plan has at most \(Self.nodeLimit) nodes") }
        guard depth <= Self.depthLimit else { return wrong("nodes nest at most \(Self.depthLimit) deep") }
        guard steps <= Self.stepLimit else { return wrong("steps nest at most \(Self.stepLimit) deep") }
        nodes.append(Made(node: node, depth: depth, steps: steps))
        return salt | Int32(truncatingIfNeeded: nodes.count - 1)
    }

    /// The node of a number; nil where it is the unknown one or a mistake, which is noted.
    private func made(_ number: jzp_node, for call: String) -> Made? {
        // What made it unknown has been noted.
        if number == JZP_UNKNOWN, !isWhole { return nil }
        let place = Int(number & ((1 << Self.placeBits) - 1))
        guard number >= 0, number & ~((1 << Self.placeBits) - 1) == salt, nodes.indices.contains(place) else {
            mistake("\(call) was given a number that is no node of this plan")
            return nil
        }
        return nodes[place]
    }

    /// The node of a number; nil where it is the unknown one or a mistake, which is noted.
    func node(_ number: jzp_node, for call: String) -> NodeID? { made(number, for: call)?.node }

    /// Makes a node out of others.
    ///
    /// - Parameter isStep: Whether explanations show it.
    func make(
        _ call: String, _ operands: [jzp_node], isStep: Bool = false, _ body: ([NodeID]) throws(GraphError) -> NodeID
    ) -> jzp_node {
        let parts = operands.compactMap { made($0, for: call) }
        guard parts.count == operands.count else { return JZP_UNKNOWN }
        do throws(GraphError) {
            let made = try body(parts.map(\.node))
            let steps = (parts.map(\.steps).max() ?? 0) + (isStep ? 1 : 0)
            return number(made, depth: 1 + (parts.map(\.depth).max() ?? 0), steps: steps)
        } catch {
            return wrong("\(call): \(error.message)")
        }
    }

    // MARK: Texts

    /// A name of small letters, digits and a mark.
    func name(_ pointer: UnsafePointer<CChar>?, _ what: String, with mark: String) -> String? {
        text(pointer, what) { (pointer) throws(PluginText.Flaw) in try PluginText.name(pointer, with: mark) }
    }

    /// A label in both languages.
    func label(_ chinese: UnsafePointer<CChar>?, _ english: UnsafePointer<CChar>?, _ what: String) -> Label? {
        let zh = text(chinese, "the Chinese label of \(what)", PluginText.label)
        let en = text(english, "the English label of \(what)", PluginText.label)
        guard let zh, let en else { return nil }
        return Label(zh, en)
    }

    /// A unit.
    func unit(_ pointer: UnsafePointer<CChar>?, _ what: String) -> Unit? {
        guard let text = text(pointer, what) else { return nil }
        if let unit = Unit(text) { return unit }
        mistake("\(what) is '\(text)', and a unit such as yuan/year was expected")
        return nil
    }

    /// An owner of facts.
    func owner(_ number: Int32, _ call: String) -> FactOwner? {
        if let owner = FactOwner(rawValue: Int(number)) { return owner }
        mistake("\(call) was given the owner \(number), and one from JZP_HOUSEHOLD to JZP_LOSS was expected")
        return nil
    }

    /// Takes a name of a kind; false where it has been taken, which is noted.
    func take(_ name: String, _ kind: String) -> Bool {
        if names.insert(kind + " " + name).inserted { return true }
        mistake("there are two \(kind)s '\(name)'")
        return false
    }

    // MARK: Terms

    /// A declared term of some shapes; nil where there is none, which is noted.
    func declaration(
        _ pointer: UnsafePointer<CChar>?, _ call: String, of shapes: (TermShape) -> Bool
    ) -> TermDeclaration? {
        guard let path = text(pointer, "the path given to \(call)") else { return nil }
        guard let term = program.section.terms.first(where: { $0.path == path }) else {
            let hint = closestName(to: path, among: program.section.terms.map(\.path))
                .map { "; did you mean '\($0)'?" }
            mistake("\(call): it declares no term '\(path)'\(hint ?? "")")
            return nil
        }
        guard shapes(term.shape) else {
            mistake("\(call): the term '\(path)' is of another shape")
            return nil
        }
        return term
    }

    /// The value of a term, made once.
    func term(_ pointer: UnsafePointer<CChar>?) -> jzp_node {
        let term = declaration(pointer, "term") { shape in
            switch shape {
            case .value, .number, .condition: true
            default: false
            }
        }
        guard let term else { return JZP_UNKNOWN }
        if let known = terms[term.path] { return known }
        let value =
            context.value(program.section, term.path)
            ?? context.unfilled(program.section.key(of: term.path), term.kind, label: term.label)
        context.bind(term.path.split(separator: ".").last.map(String.init) ?? term.path, to: value)
        let made = number(value)
        terms[term.path] = made
        return made
    }
}

extension TermDeclaration {
    /// The kind of a term that is one value.
    fileprivate var kind: NodeKind {
        switch shape {
        case .value(let unit): .quantity(unit)
        case .number: .ratio
        default: .bool
        }
    }
}
