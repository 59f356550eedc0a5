import AssistanceCore
import AssistanceExpressions

/// A decision that a term leaves to an officer (裁量): a fact of household files, which counts within the term's bounds.
public struct OpenDecision: Sendable {
    /// The name: `each` of the fact `decided.each`.
    public let name: String
    /// Whose decision it is.
    public let owner: FactOwner
    /// What can be decided.
    public let type: FactType
    /// What is decided.
    public let label: Label
    /// Where the bounds stand.
    public let origin: Origin

    /// The unit of what is decided.
    public var unit: Unit { if case .amount(let unit, _) = type { unit } else { .none } }

    /// The key of its fact.
    var key: String { FactGroup.decided + "." + name }

    /// Its fact.
    var fact: Fact {
        Fact(
            owner, key, type, label.chinese + "(由地方或经办人员确定)",
            label.english + " (left to the place or the officer)")
    }

    /// Whether two terms can ask for it by one name.
    func isSame(as other: OpenDecision) -> Bool {
        owner == other.owner && unit.dimension == other.unit.dimension && unit.size == other.unit.size
    }
}

/// A decision where a plan asks for it.
public struct PlannedDecision: Sendable {
    /// The decision.
    public let decision: OpenDecision
    /// What holds: what was decided, or what its bounds allow.
    public let node: NodeID
}

/// Finds what the terms of a policy leave to officers, and names it: every `within:` of every entry.
struct DecisionReader {
    /// The decisions, by the range that leaves each open.
    private(set) var decisions: [ObjectIdentifier: OpenDecision] = [:]
    /// One for each name, and the names in the order in which files ask for them.
    private var named: [String: OpenDecision] = [:]
    private var names: [String] = []
    private let reader: TermReader
    private let findings: Findings

    init(_ reader: TermReader, _ findings: Findings) {
        self.reader = reader
        self.findings = findings
    }

    /// The facts that household files may state.
    var facts: [Fact] { names.compactMap { named[$0]?.fact } }

    /// What is known of a decision on the way down to its range.
    private struct Place {
        var name: String
        var owner: FactOwner
        var label: Label
        var unit: Unit?
        var citation: Citation?
        var hasItems: Bool
        /// Whether an entry with an id is its term's, whomever it is for: a layer.
        var hasLayers = false
    }

    /// Looks through an entry; `label` is what a figure or word is called.
    mutating func read(_ entry: TermEntry, _ label: @autoclosure () -> Label) {
        let section = reader.sections.first { entry.key.hasPrefix($0.key + ".") }
        let term = section.flatMap { $0[String(entry.key.dropFirst($0.key.count + 1))] }
        var place = Place(
            name: entry.key.split(separator: ".").last.map(String.init) ?? "", owner: term?.owner ?? .household,
            label: term?.label ?? label(), citation: entry.citation, hasItems: false)
        switch term?.shape {
        case .value(let unit): place.unit = unit
        case .items(let unit): (place.unit, place.hasItems) = (unit, true)
        case .benefits: place.hasItems = true
        case .layers: place.hasLayers = true
        case .number, .money, nil: break
        default: return
        }
        read(entry.node, place)
    }

    private mutating func read(_ node: YAMLNode, _ place: Place) {
        for item in node.items ?? [] { read(item, place) }
        guard let entries = node.entries else { return }
        var place = place
        if place.hasItems || place.hasLayers, let id = node["id"]?.text {
            place.name = String(id.map { $0 == "-" ? "_" : $0 })
            if place.hasItems { place.owner = node["for"] == nil ? .household : .member }
            place.label = Label(node["label"]?.text ?? id, node["label_en"]?.text ?? id.spaced)
        }
        // What a layer leaves open is a rate, in whichever unit its sums are.
        if !place.hasLayers { place.unit = place.unit ?? node["unit"]?.text.flatMap(Unit.init) }
        if let source = node["source"], let text = source.text {
            place.citation = reader.citation(text, source) ?? place.citation
        }
        if let range = node["within"], let text = range.text, !range.cut {
            declare(range, text, node["decided"], place)
        }
        for entry in entries where entry.value.text == nil { read(entry.value, place) }
    }

    private mutating func declare(_ range: YAMLNode, _ text: String, _ name: YAMLNode?, _ place: Place) {
        let word = name?.text ?? place.name
        guard PolicyName.isValid(word) else {
            return findings.report(
                (name ?? range).error(
                    .badValue,
                    "what is decided here needs a name of small letters, digits and _; write 'decided: NAME' beside 'within:'"
                ))
        }
        guard let type = place.unit.map(FactType.money) ?? Self.type(of: text) else {
            // A range with a mistake of its own gets that finding when the term is compiled.
            guard (try? Parser.parseRange(text)) != nil else { return }
            return findings.report(
                range.error(.missingKey, "what is decided here has no unit; write 'unit:' beside 'within:'"))
        }
        let decision = OpenDecision(
            name: word, owner: place.owner, type: type, label: place.label,
            origin: Origin(file: range.file.name, position: range.position, citation: place.citation, text: text))
        if let known = named[word] {
            guard known.isSame(as: decision) else {
                return findings.report(
                    range.error(
                        .decisionClash,
                        "'decided.\(word)' is \(Self.text(decision)) here and \(Self.text(known)) at \(known.origin.file):\(known.origin.position.line); write 'decided: NAME' beside one 'within:'"
                    ))
            }
        } else {
            named[word] = decision
            names.append(word)
        }
        decisions[ObjectIdentifier(range)] = decision
    }

    private static func text(_ decision: OpenDecision) -> String {
        "the \(decision.owner.word)'s in \(decision.unit.text.isEmpty ? "whole numbers" : decision.unit.text)"
    }

    /// What a range is in, where an end of it is a literal.
    private static func type(of range: String) -> FactType? {
        guard let ends = try? Parser.parseRange(range) else { return nil }
        let types = [ends.lower, ends.upper].compactMap { $0.flatMap { type(of: $0.bound) } }
        return types.first { $0 != .wholeNumber } ?? types.first
    }

    private static func type(of end: Syntax) -> FactType? {
        switch end.kind {
        case .quantity(_, let unit): Unit(unit.description).map { $0.dimension == .none ? .wholeNumber : .money($0) }
        case .percent: .money(.percent)
        case .integer: .wholeNumber
        default: nil
        }
    }
}

extension FactType {
    /// A count as large as any.
    fileprivate static let wholeNumber = FactType.count(0...limit)
}
