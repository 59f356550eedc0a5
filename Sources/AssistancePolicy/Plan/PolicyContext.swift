import AssistanceCore
import AssistanceExpressions

/// Why a household is assessed.
public enum Stage: String, Sendable, CaseIterable {
    /// A first application (首次申请).
    case application
    /// The review of a running grant (动态管理复核).
    case review

    /// What it is called.
    public var label: Label {
        self == .application ? Label("首次申请", "first application") : Label("动态管理复核", "review of a running grant")
    }
}

/// The policy of one area on one day, out of which programmes make their plans.
///
/// Resolves terms to nodes, reporting every mistake with its place. Not safe to share between threads.
public final class PolicyContext {
    /// All entries of all terms.
    public let library: PolicyLibrary
    /// For which area.
    public let area: DivisionCode
    /// The area and those above it, the nearest first.
    public let chain: [DivisionCode]
    /// The day of application.
    public let date: CalendarDate
    /// What had been published by a day; nil for all that is known now.
    public let knownOn: CalendarDate?
    /// Why the household is assessed.
    public let stage: Stage
    /// Where mistakes go.
    public let findings: Findings
    /// The graph being made.
    public let builder: GraphBuilder
    private var steps: [String: NodeID] = [:]
    private var names: [NameUse: NodeID] = [:]
    /// The words that some programme has used.
    private var usedWords: Set<String> = []
    /// The figures and words that are being compiled, the outermost first.
    var frames: [Frame] = []
    /// The nodes that are figures.
    var figureNodes: Set<NodeID> = []
    /// What programmes tell each other, by name.
    private var told: [String: NodeID] = [:]
    private var declared: [String: DeclaredStanding] = [:]
    /// The standings that were read though their programme is not in the run, so that what a household file does not
    /// state counts as no.
    public private(set) var assumed: [StandingDeclaration] = []
    /// How deep words and figures may name each other.
    private static let depth = 32
    /// Names of the list that is being compiled, such as `remaining`, and how many figures and words are around it.
    private var locals: [String: NodeID] = [:]
    private var localDepth = 0
    /// Values that stand for names in a test of one term, and the names that were asked for.
    var given: [String: NodeID] = [:]
    var usedGiven: Set<String> = []
    /// What the terms are called that could be lacking, and why policy says they are: the nearest area's reason first.
    var gapNames: [String: Label] = [:]
    var gapReasons: [String: [String]] = [:]
    /// What is left to officers, in the order in which it was met.
    public internal(set) var decisions: [PlannedDecision] = []

    /// A figure or word as it is used: on the day of assessment, or of another day under a name that says so.
    struct NameUse: Hashable {
        let section: String
        let name: String
        let day: CalendarDate
        /// What an explanation calls it: `last_year(minimum_wage)`.
        let shown: String

        var key: String { section + "." + name }
    }

    /// A figure or word that is being compiled.
    struct Frame {
        let use: NameUse
        /// What the nearest entry says; nil where none is in force.
        let nearest: YAMLNode?
        /// The entry whose value is being made.
        var entry: TermEntry?
    }

    /// The day whose policy is looked up: that of assessment, or that of which a figure is recalled.
    var day: CalendarDate { frames.last?.use.day ?? date }

    /// The policy of an area on a day.
    public init(
        _ library: PolicyLibrary, area: DivisionCode, date: CalendarDate, knownOn: CalendarDate? = nil, stage: Stage,
        _ findings: Findings
    ) {
        self.library = library
        self.area = area
        chain = area.chain
        self.date = date
        self.knownOn = knownOn
        self.stage = stage
        self.findings = findings
        builder = GraphBuilder(schema: library.schema, date: date)
    }

    // MARK: Programmes

    /// A standing, and whether the programme that decides it is in the run.
    private struct DeclaredStanding {
        let standing: StandingDeclaration
        let program: String
        let isInRun: Bool
    }

    /// Lets policy name the standings of a programme.
    public func declare(_ program: any AssistanceProgram, isInRun: Bool) {
        for standing in program.standings {
            declared[standing.name] = DeclaredStanding(standing: standing, program: program.id, isInRun: isInRun)
        }
    }

    /// The plans of a programme, whose steps are its own; what they tell stays known to those after it.
    public func plans(_ program: any AssistanceProgram) -> [ProgramPlan] {
        begin()
        let plans = program.plans(in: self)
        for standing in program.standings {
            guard let node = plans.lazy.compactMap({ $0.tells[standing.name] }).first else { continue }
            told[standing.name] = keeping(node, standing)
        }
        return plans
    }

    /// Forgets the steps made before, which are those of another plan.
    public func begin() {
        steps = [:]
        // Words may name steps, and those are the plan's own.
        names = names.filter { $0.key.section == Self.figures }
    }

    /// A standing as the programme before decided it; where none did, as the household's file states it, else no.
    public func standing(_ standing: StandingDeclaration) -> NodeID {
        if let node = told[standing.name] { return node }
        let node = stated(standing)
        // A code that nobody states is not known; nothing is taken for it.
        if case .code = builder[node].kind { return node }
        if !(declared[standing.name]?.isInRun ?? false), !assumed.contains(where: { $0.name == standing.name }) {
            assumed.append(standing)
        }
        return node
    }

    /// A standing that policy names; nil where no programme declares it, or one that comes later.
    private func standing(named name: String) -> NodeID? {
        guard let known = declared[name], told[name] != nil || !known.isInRun else { return nil }
        return standing(known.standing)
    }

    /// A standing by its name, as one of some programmes tells it; nil where none of these declares it, or it comes later.
    public func standing(named name: String, ofAny programs: [String]) -> NodeID? {
        guard let known = declared[name], programs.contains(known.program) else { return nil }
        return standing(named: name)
    }

    /// Whoever has a standing already keeps it, whatever an application of today comes to.
    public func keeping(_ node: NodeID, _ standing: StandingDeclaration) -> NodeID {
        guard builder[node].kind == .bool, standing.fact != nil else { return node }
        return make(at: nil) { () throws(GraphError) in try builder.or(stated(standing), node) }
    }

    private func stated(_ standing: StandingDeclaration) -> NodeID {
        let place = standing.fact.flatMap { builder.schema.place(standing.owner, $0) }
        if let unit = standing.unit { return place.map(builder.fact) ?? zero(unit).node }
        if let place, case .code = builder.schema.facts[place].type { return builder.fact(place) }
        return place.map(builder.stated) ?? builder.truth(false)
    }

    // MARK: Names

    /// Makes a node's value a step.
    func step(
        _ name: String, _ label: Label, _ unit: Unit, origin: Origin? = nil, rule: String? = nil, _ node: NodeID
    ) -> NodeID {
        let id = builder.named(name, .step, label, unit: unit, origin: origin, rule: rule, node)
        steps[name] = id
        return id
    }

    /// Lets expressions use a node under a name, without showing it as a step.
    public func bind(_ name: String, to node: NodeID) { steps[name] = node }

    /// Runs `body` with a name for a node that only what is compiled there itself may use.
    func naming<Result>(_ name: String, _ node: NodeID, _ body: () -> Result) -> Result {
        let (before, depth) = (locals[name], localDepth)
        (locals[name], localDepth) = (node, frames.count)
        defer { (locals[name], localDepth) = (before, depth) }
        return body()
    }

    /// The names an expression computed for an owner may use.
    func scope(_ owner: FactOwner) -> NameScope {
        NameScope(
            owner,
            resolve: { [self] name throws(ExpressionError) in
                if let given = takeGiven(name) { return given }
                // A word is the same wherever it is used, so it sees none of what only the list around it names.
                if frames.count == localDepth, let local = locals[name] { return local }
                // A figure is the same for all programmes and households, whatever step is reached.
                if !isWithinFigure, let step = steps[name] { return step }
                if let figure = figure(name) { return figure }
                return word(name) ?? standing(named: name)
            },
            recall: { [self] recalled throws(GraphError) in try recall(recalled) },
            known: { [self] in
                (isWithinFigure ? [] : steps.keys.sorted() + declared.keys.sorted())
                    + library.names(in: Self.figures) + library.names(in: "define")
            },
            figures: { [self] in library.names(in: Self.figures) })
    }

    /// What a test of one term has given a name.
    func takeGiven(_ name: String) -> NodeID? {
        guard let node = given[name] else { return nil }
        usedGiven.insert(name)
        return node
    }

    /// Compiles the words that no programme has used, so that their mistakes are seen.
    public func checkUnusedWords() {
        for name in library.names(in: "define") where !usedWords.contains(name) { _ = word(name) }
    }

    /// The node of a word; nil where no file knows the name. It may be about a member or a list's entry.
    public func word(_ name: String) -> NodeID? {
        let use = NameUse(section: "define", name: name, day: day, shown: name)
        return open(use) { [self] entries in
            let key = use.key
            usedWords.insert(name)
            guard !entries.isEmpty else {
                return builder.gap(key, .bool)
            }
            let label = library.label(of: key)
            gapNames[key] = label
            let node = value(key, entries, ValueForm(nil, of: wordOwner(entries), unit: nil))
            return builder.named(
                name, .word, label, unit: writtenUnit(of: entries) ?? unit(of: node),
                origin: entries.first.map { $0.origin(ruleText($0.node)) },
                node)
        }
    }

    /// Compiles a figure or word with its entries in force on the day it is used of, once.
    func open(_ use: NameUse, _ make: ([TermEntry]) -> NodeID) -> NodeID? {
        if let known = names[use] { return known }
        guard library.isFilled(use.key) else { return nil }
        let entries = library.inForce(use.key, chain: chain, on: use.day, knownOn: knownOn)
        let nearest = entries.first?.node
        guard frames.count < Self.depth else {
            if let nearest {
                findings.report(
                    nearest.error(.tooDeep, "words and figures name each other more than \(Self.depth) deep from here"))
            }
            return builder.poison
        }
        // Before its entry a figure is another, so a name under way is itself again only by the same entry.
        guard !frames.contains(where: { $0.use.key == use.key && $0.nearest === nearest }) else {
            if let nearest { findings.report(nearest.error(.circular, "'\(use.name)' is defined by itself")) }
            return builder.poison
        }
        frames.append(Frame(use: use, nearest: nearest, entry: nil))
        defer { frames.removeLast() }
        let node = make(entries)
        names[use] = node
        return node
    }

    /// The rows a word is about: those of the innermost owner whose facts it names.
    private func wordOwner(_ entries: [TermEntry]) -> FactOwner {
        // What looks at all members is about the household, unless it names one of them besides.
        if entries.allSatisfy({ isAboutAllMembers($0.node) }) { return .household }
        let text = entries.map { ruleText($0.node) }.joined(separator: " ")
        let keys = entries.flatMap { $0.node["rows"]?.items ?? [] }.flatMap { $0.entries ?? [] }.compactMap(\.key.text)
        for owner in [FactOwner.obligor, .bill, .plot, .loss] {
            let own = builder.schema.keys(of: owner).filter {
                builder.schema.place(.member, $0) == nil && builder.schema.place(.household, $0) == nil
            }
            if text.contains(owner.word + ".") || keys.contains(where: own.contains) { return owner }
        }
        return .member
    }

    private func isAboutAllMembers(_ node: YAMLNode) -> Bool {
        let list = FactOwner.household.word + "." + (FactOwner.member.listKey ?? "")
        guard let text = (node["is"] ?? node).text, text.contains(list) else { return false }
        return (try? ExpressionCompiler(into: builder, names: scope(.household)).compileNode(text)) != nil
    }

    /// The entries of a term in force here and now, the nearest area first; what they rest on is noted.
    func inForce(_ key: String) -> [TermEntry] {
        library.inForce(key, chain: chain, on: day, knownOn: knownOn)
    }

    /// Whether any file fills a term here and now.
    public func isFilled(_ section: SectionDeclaration, _ path: String) -> Bool {
        !inForce(section.key + "." + path).isEmpty
    }

    /// Where the nearest entry of a term stands, for errors of what is made of it.
    public func place(of section: SectionDeclaration, _ path: String) -> YAMLNode? {
        inForce(section.key + "." + path).first?.node
    }

    /// What the nearest entry of a term rests on, for the reasons of what is made of it.
    public func origin(of section: SectionDeclaration, _ path: String) -> Origin? {
        inForce(section.key + "." + path).first.map { $0.origin(ruleText($0.node)) }
    }

    /// Reports that a required term is filled nowhere, and answers the node that stands for its absence.
    public func unfilled(_ key: String, _ kind: NodeKind, label: Label, owner: FactOwner = .household) -> NodeID {
        gapNames[key] = label
        return builder.gap(key, kind, scope: owner)
    }

    /// The unit in which the nearest entry decides a term: the one it writes, else the one of its declaration.
    public func unit(_ section: SectionDeclaration, _ path: String) -> Unit {
        if let entry = inForce(section.key + "." + path).first, case .quantity(let unit) = FigureKind([entry]) {
            return unit
        }
        guard case .value(let unit)? = section[path]?.shape else { return .none }
        return unit
    }

    /// The unit that the nearest entry of a term writes, where it writes one.
    private func writtenUnit(of entries: [TermEntry]) -> Unit? {
        entries.first?.node["unit"]?.text.flatMap(Unit.init)
    }

    /// The unit to show a node in: a fact's own, or the field's usual one of its dimension.
    func unit(of node: NodeID) -> Unit {
        guard case .number(let kind) = builder[node].kind else { return .none }
        if case .fact(let place) = builder[node].operation, case .amount(let unit, _) = builder.schema.facts[place].type
        {
            return unit
        }
        let known: [Unit] = [.yuanPerMonth, .yuan, .month, .squareMetre, .mu]
        return known.first { $0.dimension == kind.dimension } ?? Unit("\(kind.dimension)", kind.dimension)
    }

    // MARK: Expressions

    /// Compiles the text of a node; reports what is wrong with it and answers poison.
    func expression(_ node: YAMLNode, of owner: FactOwner) -> NodeID {
        guard let text = node.text else {
            if !node.cut {
                findings.report(node.error(.wrongShape, "an expression is expected here, not \(node.kindName)"))
            }
            return builder.poison
        }
        if node.cut || findings.isFull(at: node) { return builder.poison }
        do throws(ExpressionError) {
            return try ExpressionCompiler(into: builder, names: scope(owner)).compileNode(text)
        } catch {
            // What is about the household as a whole, as whether any of its members is disabled, is so for each member.
            if owner == .member,
                let whole = try? ExpressionCompiler(into: builder, names: scope(.household)).compileNode(text)
            {
                return whole
            }
            report(error, at: node)
            return builder.poison
        }
    }

    /// Reports an error of an expression at its place in the file.
    func report(_ error: ExpressionError, at node: YAMLNode) { findings.report(node.error(error)) }

    /// Runs what makes a node; reports its error at a place and answers poison.
    public func make(at node: YAMLNode?, _ body: () throws(GraphError) -> NodeID) -> NodeID {
        do throws(GraphError) {
            return try body()
        } catch {
            let place =
                node
                ?? YAMLNode(
                    .scalar(text: "", plain: true), at: SourcePosition(line: 1, column: 1),
                    in: YAMLFile(name: "(programme)"))
            findings.report(place.error(error.code, error.message))
            return builder.poison
        }
    }

    /// The text of a rule on one line, for explanations.
    func ruleText(_ node: YAMLNode) -> String { RuleText.lines(node).joined(separator: "; ") }
}

extension String {
    /// A name as words: `minimum_wage` is `minimum wage`.
    var spaced: String { String(map { $0 == "_" ? " " : $0 }) }
}
