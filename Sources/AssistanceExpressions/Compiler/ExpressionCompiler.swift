import AssistanceCore

/// Turns the syntax of an expression into nodes, checking names, types, units and ranges.
///
/// Our subset of CEL: what is accepted evaluates as CEL says, with exact decimals; all else is rejected with a place.
public struct ExpressionCompiler {
    let builder: GraphBuilder
    let names: NameScope
    var owner: FactOwner
    var locals: [String: Compiled] = [:]
    /// Within a macro over a list whose rows the expression is already about: the owner of that list. Its facts are
    /// then only those of the macro's own entry, named by the macro's variable.
    var hidden: FactOwner?
    /// The variables of macros around whose entries are hidden.
    var hiddenLocals: Set<String> = []
    private let work = CompilerWork()

    /// A compiler into a graph, with the names of a scope.
    public init(into builder: GraphBuilder, names: NameScope) {
        self.builder = builder
        self.names = names
        owner = names.owner
    }

    /// Compiles a text.
    public func compile(_ text: String) throws(ExpressionError) -> Compiled {
        try compile(Parser.parse(text))
    }

    /// Compiles a text whose value is a node, as every term's is.
    public func compileNode(_ text: String) throws(ExpressionError) -> NodeID {
        let syntax = try Parser.parse(text)
        return try node(syntax)
    }

    /// Compiles parsed syntax whose value is a node.
    public func node(_ syntax: Syntax) throws(ExpressionError) -> NodeID {
        let value = try compile(syntax)
        guard case .node(let id) = value else {
            throw fail(.typeMismatch, syntax, "\(value.name(in: builder)) is not a value here")
        }
        return id
    }

    /// Compiles parsed syntax.
    public func compile(_ syntax: Syntax) throws(ExpressionError) -> Compiled {
        work.begin()
        defer { work.end() }
        try spend(1, syntax)
        switch syntax.kind {
        case .integer(let value):
            return .node(try at(syntax) { () throws(GraphError) in try builder.constant(Rational(value), .integer) })
        case .decimal(let mantissa, let exponent):
            return .node(
                try number(syntax, mantissa, exponent, NodeKind.number(NumberKind(flavour: .decimal, dimension: .none)))
            )
        case .percent(let mantissa, let exponent): return .node(try number(syntax, mantissa, exponent - 2, .ratio))
        case .quantity(let amount, let unit): return .node(try quantity(syntax, amount, unit))
        case .string(let text): return .string(text)
        case .boolean(let value): return .node(builder.truth(value))
        case .null: return .null
        case .identifier(let name): return try identifier(name, syntax)
        case .member: return try member(syntax)
        case .call(let target, let name, let arguments):
            if let target { return try method(syntax, target, name, arguments) }
            return try function(syntax, name, arguments)
        case .index(let list, let place): return try index(syntax, list, place)
        case .list(let elements):
            var values: [Compiled] = []
            for element in elements { values.append(try compile(element)) }
            try requireOneType(values, syntax)
            return .list(values)
        case .negate(let inner):
            if case .integer(let value) = inner.kind {
                return .node(
                    try at(syntax) { () throws(GraphError) in try builder.constant(Rational(-value), .integer) })
            }
            let value = try node(inner)
            switch builder[value].kind {
            case .number, .poison: break
            case let kind: throw fail(.typeMismatch, syntax, "'-' takes a number, not \(kind.name)")
            }
            return .node(
                try at(syntax) { () throws(GraphError) in
                    try builder.subtract(builder.constant(.zero, builder[value].kind), value)
                })
        case .not(let inner):
            let value = try node(inner)
            return .node(try at(syntax) { () throws(GraphError) in try builder.not(value) })
        case .binary: return try binary(syntax)
        case .conditional(let test, let then, let otherwise):
            return try conditional(syntax, node(test), then, otherwise)
        }
    }

    /// The first outcome is compiled knowing that the condition holds. Texts and lists are chosen at load.
    private func conditional(_ syntax: Syntax, _ condition: NodeID, _ then: Syntax, _ otherwise: Syntax)
        throws(ExpressionError) -> Compiled
    {
        let first = try builder.assuming(positive: builder.provenPositive(by: condition)) {
            () throws(ExpressionError) -> Compiled in try compile(then)
        }
        let second = try compile(otherwise)
        if case .node(let a) = first, case .node(let b) = second {
            return .node(try at(syntax) { () throws(GraphError) in try builder.select(condition, a, b) })
        }
        if isPoison(.node(condition)) || isPoison(first) || isPoison(second) { return .node(builder.poison) }
        guard builder[condition].kind == .bool else {
            throw fail(.typeMismatch, syntax, "? : takes yes/no, not \(builder[condition].kind.name)")
        }
        guard sameType(first, second) else {
            throw fail(
                .typeMismatch, syntax,
                "both outcomes must be of one kind, not \(first.name(in: builder)) and \(second.name(in: builder))")
        }
        guard let holds = builder.constantValue(condition) else {
            throw fail(
                .notSupported, syntax, "\(first.name(in: builder)) can be chosen only by what is known at load")
        }
        return holds.isZero ? second : first
    }

    // MARK: Literals

    private func number(_ syntax: Syntax, _ mantissa: Int128, _ exponent: Int, _ kind: NodeKind)
        throws(ExpressionError) -> NodeID
    {
        var power: Int128 = 1
        for _ in 0..<min(36, exponent.magnitude) { power *= 10 }
        let value =
            exponent < 0
            ? Rational(mantissa, over: power) : Rational(mantissa).multiplied(by: Rational(power))
        guard let value, exponent.magnitude <= 36 else {
            throw fail(.literalRange, syntax, "the number is outside the range of this language")
        }
        return try at(syntax) { () throws(GraphError) in try builder.constant(value, kind) }
    }

    private func quantity(_ syntax: Syntax, _ amount: Syntax, _ written: UnitSyntax) throws(ExpressionError) -> NodeID {
        guard let unit = Unit(written.description) else {
            throw fail(.unitMismatch, syntax, "'\(written)' is not a unit")
        }
        let plain = try node(amount)
        guard let count = builder.constantValue(plain), let value = count.multiplied(by: unit.size) else {
            throw fail(.literalRange, syntax, "the number is outside the range of this language")
        }
        let kind: NodeKind = unit.dimension == .none && count.isInteger ? .integer : .quantity(unit)
        return try at(syntax) { () throws(GraphError) in try builder.constant(value, kind) }
    }

    // MARK: Names

    private func identifier(_ name: String, _ syntax: Syntax) throws(ExpressionError) -> Compiled {
        if let local = locals[name] { return local }
        if hiddenLocals.contains(name) { throw hiddenEntry(name, syntax) }
        // What a name stands for is checked by itself, whatever is proven where it is used.
        if let id = try builder.assumingNothing({ () throws(ExpressionError) in try names.resolve(name) }) {
            return .node(try requireScope(id, name, syntax))
        }
        if let id = try bareFact(name, syntax) { return .node(id) }
        if name == "previous" {
            guard let id = try recalled(.previous, syntax) else {
                throw fail(
                    .unknownName, syntax,
                    "'previous' is what a figure was before, and stands within the value of a figure only")
            }
            return .node(id)
        }
        if FactOwner.allCases.contains(where: { $0.word == name }) {
            throw fail(.typeMismatch, syntax, "'\(name)' is not a value; name one of its facts, as in '\(name).…'")
        }
        throw unknown(name, syntax)
    }

    /// A figure of another time is checked by itself, whatever is proven where it is used.
    func recalled(_ figure: RecalledFigure, _ syntax: Syntax) throws(ExpressionError) -> NodeID? {
        try at(syntax) { () throws(GraphError) in
            try builder.assumingNothing { () throws(GraphError) in try names.recall(figure) }
        }
    }

    /// A fact by its key alone, of the innermost owner that has it.
    private func bareFact(_ key: String, _ syntax: Syntax) throws(ExpressionError) -> NodeID? {
        var current: FactOwner? = owner
        while let owner = current {
            if let id = try fact(owner, key, syntax) {
                if isHidden(owner) { throw hiddenEntry(key, syntax) }
                return id
            }
            current = owner.parent
        }
        return nil
    }

    /// A fact of an owner; an age is that on the day, where only the day of birth is a fact.
    private func fact(_ owner: FactOwner, _ key: String, _ syntax: Syntax) throws(ExpressionError) -> NodeID? {
        if owner == .member, key == FactSchema.age, let birth = builder.schema.place(of: Fact.birth) {
            return try at(syntax) { () throws(GraphError) in try builder.completedYears(since: builder.fact(birth)) }
        }
        return (builder.schema.place(owner, key) ?? builder.schema.place(owner, key + ".total")).map {
            builder.fact($0)
        }
    }

    private func member(_ syntax: Syntax) throws(ExpressionError) -> Compiled {
        var path: [String] = []
        var current = syntax
        while case .member(let inner, let name) = current.kind {
            path.append(name)
            current = inner
        }
        guard case .identifier(let first) = current.kind else {
            throw fail(.notSupported, syntax, "only a household, a member or an entry of a list has facts")
        }
        let key = path.reversed().joined(separator: ".")
        if hiddenLocals.contains(first) { throw hiddenEntry(first, current) }
        guard let target = entryOwner(first) else {
            if let local = locals[first] {
                if isPoison(local) { return local }
                throw fail(.typeMismatch, syntax, "\(local.name(in: builder)) has no facts")
            }
            let name = first + "." + key
            if let id = try builder.assumingNothing({ () throws(ExpressionError) in try names.resolve(name) }) {
                return .node(try requireScope(id, name, syntax))
            }
            if let id = try bareFact(name, syntax) { return .node(id) }
            throw unknown(first, current)
        }
        if locals[first] == nil, isHidden(target) { throw hiddenEntry(first, current) }
        if let list = FactOwner.allCases.first(where: { $0.listKey == key && $0.parent == target }) {
            try requireOwner(target, syntax)
            return .entries(FactEntries(owner: list, filter: builder.truth(true), body: nil))
        }
        try requireOwner(target, syntax)
        guard let id = try fact(target, key, syntax) else {
            let lists = FactOwner.allCases.filter { $0.parent == target }.compactMap(\.listKey)
            let known = builder.schema.keys(of: target) + lists + (target == .member ? [FactSchema.age] : [])
            throw ExpressionError(
                .unknownName, offset: syntax.range.lowerBound, length: syntax.range.count,
                "there is no fact '\(key)' of \(target.word)",
                suggestion: closestName(to: key, among: known).map { "\(first).\($0)" })
        }
        return .node(id)
    }

    /// The owner a name stands for: its word, or the variable of a macro around.
    private func entryOwner(_ name: String) -> FactOwner? {
        if let local = locals[name] {
            if case .entries(let entries) = local { return entries.owner }
            return nil
        }
        return FactOwner.allCases.first { $0.word == name }
    }

    private func isHidden(_ target: FactOwner) -> Bool { hidden.map { target.isWithin($0) } ?? false }

    private func hiddenEntry(_ name: String, _ syntax: Syntax) -> ExpressionError {
        fail(
            .notSupported, syntax,
            "'\(name)' would be another \(hidden?.word ?? "entry") than the one the list is at; entries of a list are not compared with each other"
        )
    }

    private func requireOwner(_ target: FactOwner, _ syntax: Syntax) throws(ExpressionError) {
        guard !owner.isWithin(target) else { return }
        throw fail(
            .typeMismatch, syntax,
            "a fact of \(target.word) has no single value for a \(owner.word); use \(target.parent?.word ?? "household").\(target.listKey ?? "members") with exists, all or sum"
        )
    }

    private func requireScope(_ id: NodeID, _ name: String, _ syntax: Syntax) throws(ExpressionError) -> NodeID {
        let scope = builder[id].scope
        guard owner.isWithin(scope) else {
            throw fail(
                .typeMismatch, syntax,
                "'\(name)' is about each \(scope.word) and has no single value for a \(owner.word); use \(scope.parent?.word ?? "household").\(scope.listKey ?? "members") with exists, all or sum"
            )
        }
        if isHidden(scope) { throw hiddenEntry(name, syntax) }
        return id
    }

    private func unknown(_ name: String, _ syntax: Syntax) -> ExpressionError {
        var candidates = names.known() + Array(locals.keys)
        var current: FactOwner? = owner
        while let owner = current {
            candidates += builder.schema.keys(of: owner)
            current = owner.parent
        }
        return ExpressionError(
            .unknownName, offset: syntax.range.lowerBound, length: syntax.range.count, "unknown name '\(name)'",
            suggestion: closestName(to: name, among: candidates))
    }

    // MARK: Help

    /// Runs what makes a node and gives its error the place of the syntax.
    func at<Result>(_ syntax: Syntax, _ body: () throws(GraphError) -> Result) throws(ExpressionError) -> Result {
        do { return try body() } catch { throw fail(error.code, syntax, error.message) }
    }

    func fail(_ code: DiagnosticCode, _ syntax: Syntax, _ message: String) -> ExpressionError {
        ExpressionError(code, offset: syntax.range.lowerBound, length: syntax.range.count, message)
    }

    /// Counts the work of unrolling: a short text can describe very much.
    func spend(_ steps: Int, _ syntax: Syntax) throws(ExpressionError) {
        guard work.spend(steps) else {
            throw fail(
                .tooLarge, syntax, "the lists of this expression unroll into more than \(CompilerWork.limit) steps")
        }
    }

    /// Whether an error has already been reported in the place of a value.
    func isPoison(_ value: Compiled) -> Bool {
        if case .node(let id) = value { builder[id].kind == .poison } else { false }
    }

    func requireOneType(_ values: [Compiled], _ syntax: Syntax) throws(ExpressionError) {
        guard let first = typical(of: values) else { return }
        try spend(values.count, syntax)
        for value in values where !sameType(first, value) {
            throw fail(
                .typeMismatch, syntax,
                "the elements of a list are of one type, not \(first.name(in: builder)) and \(value.name(in: builder))")
        }
    }

    func sameType(_ a: Compiled, _ b: Compiled) -> Bool {
        if isPoison(a) || isPoison(b) { return true }
        switch (a, b) {
        case (.node(let x), .node(let y)): return builder[x].kind == builder[y].kind
        case (.string, .string), (.null, .null): return true
        case (.list(let x), .list(let y)):
            guard let p = typical(of: x), let q = typical(of: y) else { return true }
            return sameType(p, q)
        default: return false
        }
    }

    /// An element that shows the type of a list: an empty list within it does not.
    private func typical(of values: [Compiled]) -> Compiled? {
        let telling = values.first { value in
            if case .list(let inner) = value { return !inner.isEmpty }
            return true
        }
        return telling ?? values.first
    }
}

/// How much work one expression has made, so that it stays bounded.
private final class CompilerWork {
    static let limit = 200_000
    private var depth = 0
    private var left = limit

    /// The outermost expression begins anew.
    func begin() {
        if depth == 0 { left = Self.limit }
        depth += 1
    }

    func end() { depth -= 1 }

    func spend(_ steps: Int) -> Bool {
        left -= min(steps, left + 1)
        return left >= 0
    }
}
