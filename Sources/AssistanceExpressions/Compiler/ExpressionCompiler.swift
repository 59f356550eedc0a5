import AssistanceCore

/// Turns the syntax of an expression into nodes, checking names, types, units and ranges.
///
/// Our subset of CEL: what is accepted evaluates as CEL says, with exact decimals; all else is rejected with a place.
public struct ExpressionCompiler {
    let builder: GraphBuilder
    let names: NameScope
    var owner: FactOwner
    var locals: [String: Compiled] = [:]

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
        switch syntax.kind {
        case .integer(let value): return .node(try at(syntax) { () throws(GraphError) in try builder.constant(Rational(value), .integer) })
        case .decimal(let mantissa, let exponent):
            return .node(try number(syntax, mantissa, exponent, NodeKind.number(NumberKind(flavour: .decimal, dimension: .none))))
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
                return .node(try at(syntax) { () throws(GraphError) in try builder.constant(Rational(-value), .integer) })
            }
            let value = try node(inner)
            return .node(
                try at(syntax) { () throws(GraphError) in
                    try builder.subtract(builder.constant(.zero, builder[value].kind), value)
                })
        case .not(let inner):
            let value = try node(inner)
            return .node(try at(syntax) { () throws(GraphError) in try builder.not(value) })
        case .binary: return try binary(syntax)
        case .conditional(let test, let then, let otherwise):
            let condition = try node(test)
            let first = try assuming(condition) { () throws(ExpressionError) in try node(then) }
            let second = try node(otherwise)
            return .node(try at(syntax) { () throws(GraphError) in try builder.select(condition, first, second) })
        }
    }

    private func assuming(_ condition: NodeID, _ body: () throws(ExpressionError) -> NodeID)
        throws(ExpressionError) -> NodeID
    {
        let guarded = builder.provenPositive(by: condition)
        return try builder.assuming(positive: guarded, body)
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
        if let id = try names.resolve(name) { return .node(try requireScope(id, name, syntax)) }
        if let id = bareFact(name) { return .node(id) }
        if FactOwner.allCases.contains(where: { $0.word == name }) {
            throw fail(.typeMismatch, syntax, "'\(name)' is not a value; name one of its facts, as in '\(name).…'")
        }
        throw unknown(name, syntax)
    }

    /// A fact by its key alone, of the innermost owner that has it.
    private func bareFact(_ key: String) -> NodeID? {
        var current: FactOwner? = owner
        while let owner = current {
            if let id = fact(owner, key) { return id }
            current = owner.parent
        }
        return nil
    }

    private func fact(_ owner: FactOwner, _ key: String) -> NodeID? {
        (builder.schema.place(owner, key) ?? builder.schema.place(owner, key + ".total")).map { builder.fact($0) }
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
        guard let target = entryOwner(first) else {
            if let id = bareFact(first + "." + key) { return .node(id) }
            throw unknown(first, current)
        }
        if let list = FactOwner.allCases.first(where: { $0.listKey == key && $0.parent == target }) {
            try requireOwner(target, syntax)
            return .entries(FactEntries(owner: list, filter: builder.truth(true), body: nil))
        }
        try requireOwner(target, syntax)
        if target == .member, key == "age", let birth = builder.schema.place(of: Fact.birth) {
            return .node(try at(syntax) { () throws(GraphError) in try builder.completedYears(since: builder.fact(birth)) })
        }
        guard let id = fact(target, key) else {
            throw ExpressionError(
                .unknownName, offset: syntax.range.lowerBound, length: syntax.range.count,
                "there is no fact '\(key)' of \(target.word)",
                suggestion: closestName(to: key, among: builder.schema.keys(of: target)).map { "\(first).\($0)" })
        }
        return .node(id)
    }

    /// The owner a name stands for: its word, or the variable of a macro around.
    private func entryOwner(_ name: String) -> FactOwner? {
        if case .entries(let entries)? = locals[name], entries.body == nil { return entries.owner }
        return FactOwner.allCases.first { $0.word == name }
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

    func requireOneType(_ values: [Compiled], _ syntax: Syntax) throws(ExpressionError) {
        guard let first = values.first else { return }
        for value in values.dropFirst() where !sameType(first, value) {
            throw fail(
                .typeMismatch, syntax,
                "the elements of a list are of one type, not \(first.name(in: builder)) and \(value.name(in: builder))")
        }
    }

    func sameType(_ a: Compiled, _ b: Compiled) -> Bool {
        switch (a, b) {
        case (.node(let x), .node(let y)): return builder[x].kind == builder[y].kind
        case (.string, .string), (.null, .null): return true
        case (.list(let x), .list(let y)):
            guard let p = x.first, let q = y.first else { return true }
            return sameType(p, q)
        default: return false
        }
    }
}
