import AssistanceCore
import AssistanceExpressions

/// Figures (指标): the yardsticks of all programmes, now and before.
extension PolicyContext {
    /// The section of figures in policy files.
    static let figures = "figures"

    /// The node of a figure; nil where no file knows the name.
    public func figure(_ name: String) -> NodeID? {
        figure(name, on: day, shown: name, label: library.label(of: Self.figures + "." + name))
    }

    /// A figure at another time: at the end of last year, or before the entry that is being compiled.
    func recall(_ recalled: RecalledFigure) throws(GraphError) -> NodeID? {
        switch recalled {
        case .lastYear(let name):
            if let given = takeGiven("last_year(\(name))") { return given }
            guard !frames.contains(where: { $0.use.section == Self.figures && $0.use.name == name }) else {
                throw GraphError(
                    .circular, "'\(name)' is defined by itself; what a figure was before is 'previous'")
            }
            let year = day.year - 1
            guard let day = CalendarDate(year: year, month: 12, day: 31) else { return nil }
            let label = library.label(of: Self.figures + "." + name)
            return figure(
                name, on: day, shown: "last_year(\(name))",
                label: Label("上年末" + label.chinese, label.english + " at the end of last year"))
        case .previous:
            if let given = takeGiven("previous") { return given }
            guard let frame = frames.last, frame.use.section == Self.figures, let entry = frame.entry,
                let day = entry.from.adding(days: -1)
            else { return nil }
            let name = frame.use.name
            guard !library.inForce(frame.use.key, chain: chain, on: day, knownOn: nil).isEmpty else {
                throw GraphError(
                    .unfilled,
                    "there is no 'previous': nothing says what '\(name)' was on \(day), the day before this entry begins"
                )
            }
            let label = library.label(of: frame.use.key)
            return figure(
                name, on: day, shown: "previous", label: Label("此前" + label.chinese, label.english + " before"))
        }
    }

    private func figure(_ name: String, on day: CalendarDate, shown: String, label: Label) -> NodeID? {
        let use = NameUse(section: Self.figures, name: name, day: day, shown: shown)
        return open(use) { [self] entries in
            let form = figureForm(use)
            // What the entries leave open is that day's figure, not today's.
            let gap = Self.figures + "." + shown
            gapNames[gap] = label
            let node = value(use.key, entries, form)
            let named = builder.named(
                shown, .figure, label, unit: form.unit ?? unit(of: node), origin: entries.first?.origin(shown), node)
            figureNodes.insert(named)
            return named
        }
    }

    private func figureForm(_ use: NameUse) -> ValueForm {
        var form: ValueForm
        switch library.figureKinds[use.key] ?? .computed {
        case .quantity(let unit): form = ValueForm(.quantity(unit), of: .household, unit: unit)
        case .ratio: form = ValueForm(.ratio, of: .household, unit: Unit.none)
        case .truth: form = ValueForm(.bool, of: .household, unit: nil)
        case .code(let list): form = ValueForm(.code(list), of: .household, unit: nil)
        case .computed: form = ValueForm(nil, of: .household, unit: nil)
        }
        form.key = Self.figures + "." + use.shown
        return form
    }

    // MARK: What a figure may use

    /// Whether a figure is being compiled, directly or through words it uses.
    var isWithinFigure: Bool { frames.contains { $0.use.section == Self.figures } }

    /// A value of a figure is the same for all households of an area and day: it must not depend on a fact.
    func withoutFacts(_ value: NodeID, at node: YAMLNode) -> NodeID {
        guard frames.last?.use.section == Self.figures, let fact = fact(behind: value, where: { _ in true }) else {
            return value
        }
        findings.report(
            node.error(
                .notSupported,
                "a figure is the same for every household and may not use the fact '\(fact)'; make it a key of the figure's rows, or define a word"
            ))
        return builder.poison
    }

    /// A key of a figure's rows may be about the household, such as its residence, and never about its members.
    func withoutMembers(_ key: NodeID, at node: YAMLNode) -> NodeID {
        guard frames.last?.use.section == Self.figures, let fact = fact(behind: key, where: { $0 != .household }) else {
            return key
        }
        findings.report(
            node.error(
                .notSupported,
                "the rows of a figure are chosen by facts of the household, and '\(fact)' is about its members; define a word instead"
            ))
        return builder.poison
    }

    /// A fact of some owners that a value depends on, other than through figures, which have been checked themselves.
    private func fact(behind value: NodeID, where isMeant: (FactOwner) -> Bool) -> String? {
        var seen: Set<NodeID> = []
        var open = [value]
        while let id = open.popLast() {
            guard seen.insert(id).inserted, !figureNodes.contains(id) else { continue }
            let node = builder[id]
            switch node.operation {
            case .fact(let place), .stated(let place):
                let fact = builder.schema.facts[place]
                if isMeant(fact.owner) { return fact.owner.word + "." + fact.key }
            case .aggregate(_, let list, _, _):
                if isMeant(list) { return list.parent.map { $0.word + "." + (list.listKey ?? list.word) } ?? list.word }
            default: break
            }
            open += node.operation.operands
        }
        return nil
    }
}
