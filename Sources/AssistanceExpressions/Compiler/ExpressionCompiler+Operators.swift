import AssistanceCore

extension ExpressionCompiler {
    /// Compiles an operator and its operands; the left spine of a chain is walked by a loop.
    func binary(_ syntax: Syntax) throws(ExpressionError) -> Compiled {
        var spine: [Syntax] = []
        var current = syntax
        while case .binary(_, let left, _) = current.kind {
            spine.append(current)
            current = left
        }
        var value = try compile(current)
        for step in spine.reversed() {
            guard case .binary(let symbol, _, let right) = step.kind else { continue }
            value = try apply(symbol, value, right, step)
        }
        return value
    }

    private func apply(_ symbol: Syntax.Operator, _ left: Compiled, _ rightSyntax: Syntax, _ syntax: Syntax)
        throws(ExpressionError) -> Compiled
    {
        let right = try compileRight(symbol, left, rightSyntax)
        if isPoison(left) || isPoison(right) { return .node(builder.poison) }
        switch symbol {
        case .or, .and:
            guard case .node(let a) = left, case .node(let b) = right else {
                throw mismatch(symbol, left, right, syntax)
            }
            return .node(
                try at(syntax) { () throws(GraphError) in try symbol == .or ? builder.or(a, b) : builder.and(a, b) })
        case .equal: return .node(try equal(left, right, syntax))
        case .notEqual:
            let same = try equal(left, right, syntax)
            return .node(try at(syntax) { () throws(GraphError) in try builder.not(same) })
        case .less: return .node(try ordered(left, right, syntax, symbol))
        case .greater: return .node(try ordered(right, left, syntax, symbol))
        case .lessOrEqual: return .node(try ordered(left, right, syntax, symbol))
        case .greaterOrEqual: return .node(try ordered(right, left, syntax, symbol))
        case .in: return .node(try contained(left, right, syntax))
        case .add:
            switch (left, right) {
            case (.string(let a), .string(let b)):
                try spend((a.utf8.count + b.utf8.count) / 8, syntax)
                return .string(a + b)
            case (.list(let a), .list(let b)):
                try requireOneType(a + b, syntax)
                return .list(a + b)
            default: break
            }
            guard case .node(let a) = left, case .node(let b) = right else {
                throw mismatch(symbol, left, right, syntax)
            }
            return .node(try at(syntax) { () throws(GraphError) in try builder.add(a, b) })
        case .subtract, .multiply, .divide:
            guard case .node(let a) = left, case .node(let b) = right else {
                throw mismatch(symbol, left, right, syntax)
            }
            return .node(
                try at(syntax) { () throws(GraphError) in
                    switch symbol {
                    case .subtract: try builder.subtract(a, b)
                    case .multiply: try builder.multiply(a, b)
                    default: try builder.divide(a, b)
                    }
                })
        }
    }

    /// The right of `&&` is compiled knowing that the left holds.
    private func compileRight(_ symbol: Syntax.Operator, _ left: Compiled, _ right: Syntax)
        throws(ExpressionError) -> Compiled
    {
        guard symbol == .and, case .node(let condition) = left else { return try compile(right) }
        return try builder.assuming(positive: builder.provenPositive(by: condition)) {
            () throws(ExpressionError) -> Compiled in try compile(right)
        }
    }

    private func mismatch(_ symbol: Syntax.Operator, _ left: Compiled, _ right: Compiled, _ syntax: Syntax)
        -> ExpressionError
    {
        fail(
            .typeMismatch, syntax,
            "'\(symbol.rawValue)' does not join \(left.name(in: builder)) and \(right.name(in: builder))")
    }

    func equal(_ left: Compiled, _ right: Compiled, _ syntax: Syntax) throws(ExpressionError) -> NodeID {
        if isPoison(left) || isPoison(right) { return builder.poison }
        try spend(1, syntax)
        switch (left, right) {
        case (.node(let a), .node(let b)): return try at(syntax) { () throws(GraphError) in try builder.equal(a, b) }
        case (.string(let a), .string(let b)): return builder.truth(Array(a.utf8) == Array(b.utf8))
        case (.null, .null): return builder.truth(true)
        case (.node(let code), .string(let name)), (.string(let name), .node(let code)):
            if case .codes = builder[code].kind {
                throw fail(.typeMismatch, syntax, "a set of codes is not one code; ask \"'\(name)' in …\"")
            }
            let mask = try codes([.string(name)], of: code, syntax)
            return try at(syntax) { () throws(GraphError) in try builder.isOneOf(code, mask) }
        case (.list(let a), .list(let b)):
            guard sameType(left, right) else { throw mismatch(.equal, left, right, syntax) }
            guard a.count == b.count else { return builder.truth(false) }
            var result = builder.truth(true)
            for (x, y) in zip(a, b) {
                let same = try equal(x, y, syntax)
                result = try at(syntax) { () throws(GraphError) in try builder.and(result, same) }
            }
            return result
        default: throw mismatch(.equal, left, right, syntax)
        }
    }

    private func ordered(_ left: Compiled, _ right: Compiled, _ syntax: Syntax, _ symbol: Syntax.Operator)
        throws(ExpressionError) -> NodeID
    {
        let strict = symbol == .less || symbol == .greater
        switch (left, right) {
        case (.node(let a), .node(let b)):
            if case .code = builder[a].kind { throw mismatch(symbol, left, right, syntax) }
            return try at(syntax) { () throws(GraphError) in
                try strict ? builder.less(a, b) : builder.lessOrEqual(a, b)
            }
        case (.string(let a), .string(let b)):
            let before = a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
            return builder.truth(before || (!strict && Array(a.utf8) == Array(b.utf8)))
        default: throw mismatch(symbol, left, right, syntax)
        }
    }

    private func contained(_ element: Compiled, _ list: Compiled, _ syntax: Syntax) throws(ExpressionError) -> NodeID {
        switch (element, list) {
        case (.node(let code), .list(let values)):
            if values.contains(where: isPoison) { return builder.poison }
            if case .code = builder[code].kind, case .string? = values.first {
                let mask = try codes(values, of: code, syntax)
                return try at(syntax) { () throws(GraphError) in try builder.isOneOf(code, mask) }
            }
            fallthrough
        case (_, .list(let values)):
            var result = builder.truth(false)
            for value in values {
                let same = try equal(element, value, syntax)
                result = try at(syntax) { () throws(GraphError) in try builder.or(result, same) }
            }
            return result
        case (.string(let name), .node(let set)):
            guard case .codes = builder[set].kind else { throw mismatch(.in, element, list, syntax) }
            let mask = try codes([.string(name)], of: set, syntax)
            return builder.hasAny(set, mask)
        default: throw mismatch(.in, element, list, syntax)
        }
    }

    /// The bit set of named codes of the list that a node's code belongs to.
    func codes(_ names: [Compiled], of node: NodeID, _ syntax: Syntax) throws(ExpressionError) -> UInt64 {
        let list: CodeList
        switch builder[node].kind {
        case .code(let codes), .codes(let codes): list = codes
        default:
            throw fail(.typeMismatch, syntax, "cannot compare \(builder[node].kind.name) with a text")
        }
        var mask: UInt64 = 0
        for name in names {
            guard case .string(let text) = name else {
                throw fail(.typeMismatch, syntax, "codes are compared with texts such as 'mental'")
            }
            guard let meaning = list.meaning(of: text) else {
                throw ExpressionError(
                    .unknownCode, offset: syntax.range.lowerBound, length: syntax.range.count,
                    "'\(text)' is not one of \(list.codes.map(\.name).joined(separator: ", "))",
                    suggestion: closestName(to: text, among: list.codes.map(\.name)))
            }
            mask |= meaning
        }
        return mask
    }
}
