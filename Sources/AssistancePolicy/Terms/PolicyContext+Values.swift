import AssistanceCore
import AssistanceExpressions

/// What a value must be, and how a bare number in it is read.
struct ValueForm {
    /// The kind it must have; nil where any will do, as for words.
    var kind: NodeKind?
    /// Whose rows it is computed for.
    let owner: FactOwner
    /// The unit in which it is decided and shown.
    var unit: Unit?
    /// Codes of the term's own making.
    let hasOpenCodes: Bool
    /// The term whose value it is, for speaking of what it leaves open.
    var key = ""
    /// What `unit:` says of shares and indices.
    static let ratioUnit = "ratio"
    /// The codes that a table's rows name, by key: what has a row of its own counts as no other code there.
    var namedCodes: [String: Set<String>] = [:]
    /// Whether a `unit:` of the block stands for the unit of a bare number.
    var acceptsBareNumbers: Bool

    init(
        _ kind: NodeKind?, of owner: FactOwner, unit: Unit?, hasOpenCodes: Bool = false,
        acceptsBareNumbers: Bool = false
    ) {
        self.kind = kind
        self.owner = owner
        self.unit = unit
        self.hasOpenCodes = hasOpenCodes
        self.acceptsBareNumbers = acceptsBareNumbers
    }

    /// The same for another kind: a key of a table, an item's condition.
    func of(_ kind: NodeKind?, unit: Unit?) -> ValueForm { ValueForm(kind, of: owner, unit: unit) }
}

/// Values and tables: the first two of the five shapes.
extension PolicyContext {
    /// The value of a declared term; the gap of its name where nothing fills it.
    public func value(_ section: SectionDeclaration, _ path: String) -> NodeID? {
        guard let term = section[path] else { return nil }
        let key = section.key + "." + path
        let entries = inForce(key)
        guard !entries.isEmpty else {
            return term.unfilled == .optional
                ? nil : unfilled(key, kind(of: term.shape), label: term.label, owner: .household)
        }
        if entries.first?.node.text == "none" { return nil }
        gapNames[key] = term.label
        let node = value(key, entries, form(of: term))
        return builder.named(
            path, .step, term.label, unit: form(of: term).unit ?? .none,
            origin: entries.first.map { $0.origin(ruleText($0.node)) }, node)
    }

    private func form(of term: TermDeclaration) -> ValueForm {
        switch term.shape {
        case .value(let unit), .range(let unit), .items(let unit), .layers(let unit):
            ValueForm(.quantity(unit), of: term.owner, unit: unit)
        case .openCode: ValueForm(nil, of: term.owner, unit: nil, hasOpenCodes: true)
        default: ValueForm(kind(of: term.shape), of: term.owner, unit: nil)
        }
    }

    private func kind(of shape: TermShape) -> NodeKind {
        switch shape {
        case .value(let unit), .range(let unit), .items(let unit), .layers(let unit): .quantity(unit)
        case .number: .ratio
        case .code(let list): .code(builder.schema.current(list))
        default: .bool
        }
    }

    /// The value of the nearest entry; rows that it does not have come from the next one.
    func value(_ key: String, _ entries: [TermEntry], _ form: ValueForm) -> NodeID {
        var form = form
        if form.key.isEmpty { form.key = key }
        guard let entry = entries.first else { return gap(form) }
        let around = enter(entry, key)
        defer { leave(around) }
        let node = entry.node
        guard node.entries != nil else { return cell(node, form, base: nil) }
        guard let mapping = MappingReader(node, what: "'\(key)'", findings) else { return builder.poison }
        mapping.allowOnly(
            [
                "is", "unit", "rows", "of", "across", "pick", "bands", "rounding", "within", "decided", "unknown",
                "label", "label_en", "note", "purpose", "from", "until", "published", "source", "follows", "corrects",
                "one-of", "layers", "shared",
            ], what: "'\(key)'")
        if let reason = mapping["unknown"] { return gap(form, because: reason) }
        let inner = withUnit(of: mapping, form)
        let result: NodeID
        if mapping["rows"] != nil {
            result = table(mapping, key, inner) { rest in
                // The entry above is read by its own unit; what the rows here are, its must be too.
                var form = form
                form.kind = rest.kind
                return value(key, Array(entries.dropFirst()), form)
            }
        } else if mapping["layers"] != nil {
            result = layers(mapping, entry, inner)
        } else if let range = mapping["within"] {
            result = within(range, inner)
        } else if let inside = mapping["is"] {
            result = cell(inside, inner, base: nil)
        } else {
            findings.report(node.error(.missingKey, "'\(key)' has no value: write 'is:', 'rows:' or 'unknown:'"))
            return builder.poison
        }
        return rounded(result, mapping["rounding"], inner.unit ?? unit(of: result))
    }

    /// Notes which entry of the figure or word under way is read, and answers the one before.
    private func enter(_ entry: TermEntry, _ key: String) -> TermEntry? {
        guard let place = frames.indices.last, frames[place].use.key == key else { return nil }
        defer { frames[place].entry = entry }
        return frames[place].entry
    }

    private func leave(_ around: TermEntry?) {
        if let place = frames.indices.last { frames[place].entry = around }
    }

    /// What nobody has filled.
    func gap(_ form: ValueForm) -> NodeID {
        builder.gap(form.key, form.kind ?? (isWithinFigure ? .quantity(.yuanPerMonth) : .bool))
    }

    /// What exists and is not known to us.
    func gap(_ form: ValueForm, because reason: YAMLNode) -> NodeID {
        explainGap(form.key, reason)
        return gap(form)
    }

    /// The form in which bare numbers of a block have the unit that the block writes.
    func withUnit(of mapping: MappingReader, _ form: ValueForm) -> ValueForm {
        guard let text = mapping.text("unit") else { return form }
        let place = mapping["unit"] ?? mapping.node
        guard let unit = text == ValueForm.ratioUnit ? Unit.none : Unit(text) else {
            findings.report(place.error(.unitMismatch, "'unit' is a unit such as yuan/month, or ratio"))
            return form
        }
        if case .number(let wanted)? = form.kind, wanted.dimension != unit.dimension {
            findings.report(
                place.error(.unitMismatch, "the term is in \(wanted.dimension) and 'unit' says \(unit.dimension)"))
            return form
        }
        var inner = form
        inner.kind = form.kind ?? .quantity(unit)
        inner.unit = unit
        inner.acceptsBareNumbers = true
        return inner
    }

    /// A literal or an expression, checked against what the term must be.
    func cell(_ node: YAMLNode, _ form: ValueForm, base: NodeID?) -> NodeID {
        if case .code(let list)? = form.kind, let text = node.text { return code(text, of: list, node) }
        let value = withoutFacts(loneRatio(node) ?? expression(node, of: form.owner), at: node)
        if let base { return make(at: node) { () throws(GraphError) in try builder.multiply(value, base) } }
        return fitted(value, form, node)
    }

    /// `1/6` standing alone is a ratio. Within an expression it would be a division of whole numbers.
    private func loneRatio(_ node: YAMLNode) -> NodeID? {
        guard let text = node.text, let syntax = try? Parser.parse(text),
            case .binary(.divide, let above, let below) = syntax.kind, case .integer(let a) = above.kind,
            case .integer(let b) = below.kind, let ratio = Rational(a, over: b)
        else { return nil }
        return make(at: node) { () throws(GraphError) in try builder.constant(ratio, .ratio) }
    }

    /// A bare number takes the unit of its block; any other kind than the term's is an error.
    func fitted(_ value: NodeID, _ form: ValueForm, _ node: YAMLNode) -> NodeID {
        let actual = builder[value].kind
        guard let wanted = form.kind, actual != .poison else {
            if form.acceptsBareNumbers, let unit = form.unit, case .number(let number) = actual,
                number.dimension == .none,
                number.flavour != .quantity
            {
                return make(at: node) { () throws(GraphError) in
                    try builder.multiply(value, builder.constant(unit.size, .quantity(unit)))
                }
            }
            return value
        }
        switch (actual, wanted) {
        case (.number(let a), .number(let b)):
            if a.dimension == b.dimension {
                // Below 'unit: ratio' a plain number is a share.
                guard form.acceptsBareNumbers, a.dimension == .none, a.flavour != .quantity else { return value }
                return make(at: node) { () throws(GraphError) in
                    try builder.multiply(value, builder.constant(.one, .ratio))
                }
            }
            if a.dimension == .none, a.flavour != .quantity, builder.constantValue(value) != nil {
                guard let unit = form.unit, form.acceptsBareNumbers else {
                    findings.report(
                        node.error(
                            .bareNumber,
                            "a bare number; write its unit, as in '\(node.text ?? "1") \(form.unit?.text ?? "yuan/month")'"
                        ))
                    return builder.poison
                }
                return make(at: node) { () throws(GraphError) in
                    try builder.multiply(value, builder.constant(unit.size, .quantity(unit)))
                }
            }
            findings.report(
                node.error(
                    .unitMismatch,
                    "the term is in \(b.dimension) and this is \(a.dimension == .none ? "a plain number" : "\(a.dimension)")"
                        + b.dimension.advice(against: a.dimension)
                ))
            return builder.poison
        default:
            if actual == wanted { return value }
            findings.report(node.error(.typeMismatch, "the term is \(wanted.name) and this is \(actual.name)"))
            return builder.poison
        }
    }

    private func code(_ text: String, of list: CodeList, _ node: YAMLNode) -> NodeID {
        guard let place = list.codes.firstIndex(where: { $0.name == text }) else {
            findings.report(
                node.error(
                    .unknownCode, "'\(text)' is not one of \(list.codes.map(\.name).joined(separator: ", "))",
                    suggestion: closestName(to: text, among: list.codes.map(\.name))))
            return builder.poison
        }
        return builder.code(place, of: list)
    }

    /// `from LEAST upto MOST`: left to the officer, whose decision is a fact. `from LEAST` by itself has no most but that
    /// of the fact (一事一议).
    func within(_ node: YAMLNode, _ form: ValueForm) -> NodeID {
        guard let range = bounds(node, form), let lower = range.lower else {
            if node.text != nil {
                findings.report(
                    node.error(
                        .badValue,
                        "'within' is a range such as from 2 months upto 6 months, or from 2 months where nothing is the most"
                    ))
            }
            return builder.poison
        }
        // Without a decision there is a mistake in its name or unit, which has been reported.
        guard let decision = library.decision(at: node),
            let place = builder.schema.place(decision.owner, decision.key)
        else { return builder.poison }
        let upper = range.upper ?? most(of: builder.fact(place), at: node)
        if builder[lower.node].lowest > builder[upper.node].highest {
            findings.report(node.error(.badValue, "the least lies above the most"))
            return builder.poison
        }
        let ends = OpenEnds(least: !lower.inclusive, most: !upper.inclusive)
        let result = make(at: node) { () throws(GraphError) in
            try builder.between(lower.node, upper.node, decided: builder.fact(place), ends)
        }
        if builder[result].kind != .poison { decisions.append(PlannedDecision(decision: decision, node: result)) }
        return result
    }

    /// The greatest that a fact can be, as the end of a range that has none.
    private func most(of fact: NodeID, at node: YAMLNode) -> Bound {
        let most = make(at: node) { () throws(GraphError) in
            try builder.constant(builder[fact].highest, builder[fact].kind)
        }
        return Bound(node: most, inclusive: true)
    }

    /// One end of a range.
    struct Bound: Hashable {
        let node: NodeID
        let inclusive: Bool
    }

    /// The ends of a range.
    func bounds(_ node: YAMLNode, _ form: ValueForm) -> (lower: Bound?, upper: Bound?)? {
        guard let text = node.text, !node.cut else {
            if !node.cut { findings.report(node.error(.wrongShape, "a range is expected here, not \(node.kindName)")) }
            return nil
        }
        do throws(ExpressionError) {
            let range = try Parser.parseRange(text)
            let compiler = ExpressionCompiler(into: builder, names: scope(form.owner))
            func end(_ bound: RangeSyntax.Bound?) throws(ExpressionError) -> Bound? {
                guard let bound else { return nil }
                let end = withoutFacts(try compiler.node(bound.bound), at: node)
                return Bound(node: fitted(end, form, node), inclusive: bound.inclusive)
            }
            return try (end(range.lower), end(range.upper))
        } catch {
            report(error, at: node)
            return nil
        }
    }

    /// Whether a value lies in a range.
    func isInside(_ subject: NodeID, _ range: (lower: Bound?, upper: Bound?), at node: YAMLNode) -> NodeID {
        make(at: node) { () throws(GraphError) in
            var result = builder.truth(true)
            if let lower = range.lower {
                result =
                    try lower.inclusive
                    ? builder.lessOrEqual(lower.node, subject) : builder.less(lower.node, subject)
            }
            if let upper = range.upper {
                let below =
                    try upper.inclusive
                    ? builder.lessOrEqual(subject, upper.node) : builder.less(subject, upper.node)
                result = try builder.and(result, below)
            }
            return result
        }
    }

    // MARK: Rounding

    /// Applies `up to yuan`, `nearest fen`, `down to 10 yuan`, `none`. Yuan and fen are those of the shown unit.
    func rounded(_ value: NodeID, _ rule: YAMLNode?, _ shown: Unit?) -> NodeID {
        guard let rule, let text = rule.text, text != "none" else { return value }
        guard let (mode, unit, count) = PolicyContext.rounding(text, shown: shown) else {
            findings.report(
                rule.error(
                    .badValue,
                    "rounding is up, down or nearest and a unit, as in 'up to yuan' or 'nearest fen', or none"))
            return builder.poison
        }
        if builder[value].kind == .poison { return value }
        return make(at: rule) { () throws(GraphError) in try builder.round(value, mode, to: unit, times: count) }
    }

    static func rounding(_ text: String, shown: Unit?) -> (RoundingMode, Unit, Rational)? {
        var words = text.split(separator: " ").map(String.init)
        guard let first = words.first, let mode = RoundingMode(rawValue: first) else { return nil }
        words.removeFirst()
        if words.first == "to" { words.removeFirst() }
        var count = Rational.one
        if words.count == 2, let number = Int64(words[0]), number > 0 {
            count = Rational(number)
            words.removeFirst()
        }
        guard words.count == 1, let unit = Unit(words[0]) else { return nil }
        guard let shown, unit.dimension == Unit.yuan.dimension, shown.dimension != unit.dimension,
            let size = unit.size.multiplied(by: shown.size)
        else { return (mode, unit, count) }
        return (mode, Unit(text, shown.dimension, size: size.reduced), count)
    }
}
