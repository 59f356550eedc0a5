import AssistanceCore

extension ExpressionCompiler {
    /// The functions, and what they are for.
    public static let functions = [
        "date", "last_year", "max", "min", "months_since", "round", "size", "sum", "years_ahead", "years_since",
    ]
    private static let macros = ["all", "exists", "exists_one", "filter", "map"]
    private static let methods = ["contains", "endsWith", "size", "startsWith"]

    // MARK: f(x)

    func function(_ syntax: Syntax, _ name: String, _ arguments: [Syntax]) throws(ExpressionError) -> Compiled {
        switch name {
        case "min", "max": return .node(try extreme(syntax, name, arguments))
        case "round": return .node(try rounding(syntax, arguments))
        case "size":
            try requireCount(1, arguments, name, syntax)
            return .node(try size(of: compile(arguments[0]), syntax))
        case "sum":
            try requireCount(1, arguments, name, syntax)
            return .node(try sum(of: compile(arguments[0]), syntax))
        case "date":
            try requireCount(1, arguments, name, syntax)
            guard case .string(let text) = try compile(arguments[0]), let date = CalendarDate(iso: text) else {
                throw fail(.typeMismatch, syntax, "date takes a day in quotes, as in date('2021-07-01')")
            }
            return .node(builder.day(date))
        case "last_year":
            try requireCount(1, arguments, name, syntax)
            return .node(try lastYear(arguments[0]))
        case "years_since", "months_since":
            try requireCount(1, arguments, name, syntax)
            let day = try node(arguments[0])
            return .node(
                try at(syntax) { () throws(GraphError) in
                    try name == "years_since" ? builder.completedYears(since: day) : builder.completedMonths(since: day)
                })
        case "years_ahead":
            try requireCount(1, arguments, name, syntax)
            guard let years = builder.constantValue(try node(arguments[0])), years.isInteger,
                let count = Int(exactly: years.reduced.numerator), (0...100).contains(count),
                let day = builder.date.adding(months: 12 * count, endOfMonth: .clamp)
            else {
                throw fail(.typeMismatch, syntax, "years_ahead takes a number of years up to 100, as in years_ahead(5)")
            }
            return .node(builder.day(day))
        default:
            throw ExpressionError(
                .unknownFunction, offset: syntax.range.lowerBound, length: syntax.range.count,
                "there is no function '\(name)'", suggestion: closestName(to: name, among: Self.functions))
        }
    }

    /// `last_year(minimum_wage)`.
    private func lastYear(_ argument: Syntax) throws(ExpressionError) -> NodeID {
        guard case .identifier(let name) = argument.kind else {
            throw fail(.typeMismatch, argument, "last_year takes the name of a figure, as in last_year(minimum_wage)")
        }
        if let id = try recalled(.lastYear(name), argument) { return id }
        throw ExpressionError(
            .unknownName, offset: argument.range.lowerBound, length: argument.range.count,
            "there is no figure '\(name)'; last_year takes the name of a figure",
            suggestion: closestName(to: name, among: names.figures()))
    }

    private func requireCount(_ count: Int, _ arguments: [Syntax], _ name: String, _ syntax: Syntax)
        throws(ExpressionError)
    {
        guard arguments.count == count else {
            throw fail(
                .typeMismatch, syntax,
                "'\(name)' takes \(count) argument\(count == 1 ? "" : "s"), not \(arguments.count)")
        }
    }

    private func extreme(_ syntax: Syntax, _ name: String, _ arguments: [Syntax]) throws(ExpressionError) -> NodeID {
        guard arguments.count >= 2 else {
            throw fail(.typeMismatch, syntax, "'\(name)' takes at least two values")
        }
        var result = try node(arguments[0])
        for argument in arguments.dropFirst() {
            let next = try node(argument)
            result = try at(syntax) { () throws(GraphError) in
                try name == "min" ? builder.minimum(result, next) : builder.maximum(result, next)
            }
        }
        return result
    }

    /// `round(x, down, fen)`, `round(x, up, 10 yuan)`.
    private func rounding(_ syntax: Syntax, _ arguments: [Syntax]) throws(ExpressionError) -> NodeID {
        try requireCount(3, arguments, "round", syntax)
        guard case .identifier(let word) = arguments[1].kind, let mode = RoundingMode(rawValue: word) else {
            throw fail(.typeMismatch, arguments[1], "the second argument of round is up, down or nearest")
        }
        let value = try node(arguments[0])
        guard let (unit, count) = try step(arguments[2]) else {
            throw fail(
                .typeMismatch, arguments[2], "the third argument of round is a unit, as in fen, yuan/month or 10 yuan")
        }
        return try at(syntax) { () throws(GraphError) in try builder.round(value, mode, to: unit, times: count) }
    }

    private func step(_ syntax: Syntax) throws(ExpressionError) -> (Unit, Rational)? {
        if case .quantity(let amount, let written) = syntax.kind, let unit = Unit(written.description) {
            let count = try node(amount)
            return builder.constantValue(count).map { (unit, $0) }
        }
        return unitText(syntax).flatMap { Unit($0) }.map { ($0, .one) }
    }

    private func unitText(_ syntax: Syntax) -> String? {
        switch syntax.kind {
        case .identifier(let name): name
        case .binary(.divide, let left, let right):
            if let a = unitText(left), let b = unitText(right) { a + "/" + b } else { nil }
        default: nil
        }
    }

    private func size(of value: Compiled, _ syntax: Syntax) throws(ExpressionError) -> NodeID {
        let count: Int
        switch value {
        case .string(let text): count = text.unicodeScalars.count
        case .list(let values): count = values.count
        case .entries(let entries):
            return try at(syntax) { () throws(GraphError) in
                try builder.aggregate(.count, over: entries.owner, builder.truth(true), where: entries.filter)
            }
        case .node(let id):
            if isPoison(value) { return id }
            guard case .codes = builder[id].kind else {
                throw fail(.typeMismatch, syntax, "\(builder[id].kind.name) has no size")
            }
            return builder.countCodes(id)
        case .null: throw fail(.typeMismatch, syntax, "null has no size")
        }
        return try at(syntax) { () throws(GraphError) in try builder.constant(Rational(count), .integer) }
    }

    private func sum(of value: Compiled, _ syntax: Syntax) throws(ExpressionError) -> NodeID {
        switch value {
        case .entries(let entries):
            guard let body = entries.body else {
                throw fail(
                    .typeMismatch, syntax,
                    "say what to sum, as in sum(household.members.map(m, m.income.wages))")
            }
            return try at(syntax) { () throws(GraphError) in
                try builder.aggregate(.sum, over: entries.owner, body, where: entries.filter)
            }
        case .node(let id) where isPoison(value): return id
        case .list(let values):
            var total: NodeID?
            for value in values {
                guard case .node(let next) = value, isNumber(next) else {
                    throw fail(
                        .typeMismatch, syntax, "'sum' takes a list of numbers, not of \(value.name(in: builder))")
                }
                if let sum = total {
                    total = try at(syntax) { () throws(GraphError) in try builder.add(sum, next) }
                } else {
                    total = next
                }
            }
            guard let total else { throw fail(.typeMismatch, syntax, "the sum of an empty list has no unit") }
            return total
        default: throw fail(.typeMismatch, syntax, "'sum' takes a list of numbers, not \(value.name(in: builder))")
        }
    }

    private func isNumber(_ id: NodeID) -> Bool {
        switch builder[id].kind {
        case .number, .poison: true
        default: false
        }
    }

    // MARK: x.f(y)

    func method(_ syntax: Syntax, _ target: Syntax, _ name: String, _ arguments: [Syntax])
        throws(ExpressionError) -> Compiled
    {
        if Self.macros.contains(name) { return try macro(syntax, target, name, arguments) }
        let value = try compile(target)
        if isPoison(value) { return value }
        switch name {
        case "size":
            try requireCount(0, arguments, name, syntax)
            return .node(try size(of: value, syntax))
        case "contains", "startsWith", "endsWith":
            try requireCount(1, arguments, name, syntax)
            guard case .string(let text) = value, case .string(let part) = try compile(arguments[0]) else {
                throw fail(.typeMismatch, syntax, "'\(name)' compares texts")
            }
            try spend((text.utf8.count + 1) * (part.utf8.count + 1) / 64, syntax)
            return .node(builder.truth(Self.matches(Array(text.utf8), name, Array(part.utf8))))
        default:
            throw ExpressionError(
                .unknownFunction, offset: syntax.range.lowerBound, length: syntax.range.count,
                "there is no function '\(name)'", suggestion: closestName(to: name, among: Self.macros + Self.methods))
        }
    }

    private static func matches(_ text: [UInt8], _ name: String, _ part: [UInt8]) -> Bool {
        guard part.count <= text.count else { return false }
        switch name {
        case "startsWith": return text.starts(with: part)
        case "endsWith": return text.suffix(part.count).elementsEqual(part)
        default:
            return part.isEmpty
                || (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)].elementsEqual(part) }
        }
    }

    // MARK: Macros

    private func macro(_ syntax: Syntax, _ target: Syntax, _ name: String, _ arguments: [Syntax])
        throws(ExpressionError) -> Compiled
    {
        try requireCount(2, arguments, name, syntax)
        guard case .identifier(let variable) = arguments[0].kind else {
            throw fail(.expressionSyntax, arguments[0], "the first argument of '\(name)' is the name of an element")
        }
        switch try compile(target) {
        case .entries(let entries): return try macro(syntax, name, over: entries, variable, arguments[1])
        case .list(let values): return try macro(syntax, name, over: values, variable, arguments[1])
        case let other where isPoison(other): return other
        case let other: throw fail(.typeMismatch, syntax, "'\(name)' goes over a list, not \(other.name(in: builder))")
        }
    }

    /// Over facts: compiled once, computed for each entry.
    private func macro(
        _ syntax: Syntax, _ name: String, over entries: FactEntries, _ variable: String, _ body: Syntax
    ) throws(ExpressionError) -> Compiled {
        guard entries.body == nil else {
            throw fail(.notSupported, syntax, "'\(name)' after map is not supported; filter first, then map")
        }
        var inner = self
        if owner.isWithin(entries.owner) {
            // The rows around are of the same list: they have no name inside.
            inner.hidden = entries.owner
            for case (let name, .entries(let outer)) in locals where outer.owner.isWithin(entries.owner) {
                inner.locals[name] = nil
                inner.hiddenLocals.insert(name)
            }
        }
        inner.owner = entries.owner
        inner.hiddenLocals.remove(variable)
        inner.locals[variable] = .entries(FactEntries(owner: entries.owner, filter: builder.truth(true), body: nil))
        let value = try inner.node(body)
        if name != "map" { try requireCondition(.node(value), name, body) }
        return try at(syntax) { () throws(GraphError) -> Compiled in
            switch name {
            case "all": return .node(try builder.aggregate(.every, over: entries.owner, value, where: entries.filter))
            case "exists": return .node(try builder.aggregate(.any, over: entries.owner, value, where: entries.filter))
            case "exists_one":
                let both = try builder.and(entries.filter, value)
                let count = try builder.aggregate(.count, over: entries.owner, builder.truth(true), where: both)
                return .node(try builder.equal(count, builder.constant(.one, .integer)))
            case "filter":
                let both = try builder.and(entries.filter, value)
                return .entries(FactEntries(owner: entries.owner, filter: both, body: nil))
            default: return .entries(FactEntries(owner: entries.owner, filter: entries.filter, body: value))
            }
        }
    }

    @discardableResult
    private func requireCondition(_ value: Compiled, _ name: String, _ body: Syntax) throws(ExpressionError) -> NodeID {
        guard case .node(let id) = value, builder[id].kind == .bool || isPoison(value) else {
            throw fail(.typeMismatch, body, "the condition of '\(name)' is yes/no, not \(value.name(in: builder))")
        }
        return id
    }

    /// Over a written list: unrolled.
    private func macro(
        _ syntax: Syntax, _ name: String, over values: [Compiled], _ variable: String, _ body: Syntax
    ) throws(ExpressionError) -> Compiled {
        var results: [Compiled] = []
        var inner = self
        inner.hiddenLocals.remove(variable)
        if values.isEmpty {
            // Nothing is computed, yet the names in the body must be right.
            inner.locals[variable] = .node(builder.poison)
            _ = try inner.compile(body)
        }
        for value in values {
            inner.locals[variable] = value
            results.append(try inner.compile(body))
        }
        if name == "map" {
            try requireOneType(results, syntax)
            return .list(results)
        }
        var conditions: [NodeID] = []
        for result in results {
            if isPoison(result) { return result }
            conditions.append(try requireCondition(result, name, body))
        }
        switch name {
        case "filter":
            var kept: [Compiled] = []
            for (value, condition) in zip(values, conditions) {
                guard let holds = builder.constantValue(condition) else {
                    throw fail(.notSupported, syntax, "a written list is filtered by what is known at load only")
                }
                if !holds.isZero { kept.append(value) }
            }
            return .list(kept)
        case "exists_one":
            return .node(
                try at(syntax) { () throws(GraphError) in
                    let (one, zero) = try (builder.constant(.one, .integer), builder.constant(.zero, .integer))
                    var count = zero
                    for condition in conditions {
                        count = try builder.add(count, builder.select(condition, one, zero))
                    }
                    return try builder.equal(count, one)
                })
        default:
            return .node(
                try at(syntax) { () throws(GraphError) in
                    var result = builder.truth(name == "all")
                    for condition in conditions {
                        result = try name == "all" ? builder.and(result, condition) : builder.or(result, condition)
                    }
                    return result
                })
        }
    }

    // MARK: x[y]

    func index(_ syntax: Syntax, _ list: Syntax, _ place: Syntax) throws(ExpressionError) -> Compiled {
        let target = try compile(list)
        if isPoison(target) { return target }
        guard case .list(let values) = target else {
            throw fail(.notSupported, syntax, "only a written list has numbered elements")
        }
        let position = try node(place)
        if isPoison(.node(position)) { return .node(position) }
        guard case .number(let kind) = builder[position].kind, kind.flavour == .integer,
            let number = builder.constantValue(position), let index = Int(exactly: number.numerator)
        else { throw fail(.typeMismatch, place, "the place in a list is a whole number known at load") }
        guard values.indices.contains(index) else {
            throw fail(
                .typeMismatch, place,
                "the list has \(values.count) element\(values.count == 1 ? "" : "s"), numbered from 0")
        }
        return values[index]
    }
}
