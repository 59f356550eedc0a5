import AssistanceCore
import AssistanceExpressions

/// Reads what values a declared fact may have.
struct FactTypeReader {
    /// The types as policy writes them, with the keys that each has besides the common ones.
    private static let keys: KeyValuePairs = [
        "yes/no": [], "date": [], "count": ["range"], "amount": ["unit", "range"], "rate": ["range"], "code": ["codes"],
        "codes": ["codes"],
    ]
    private static let common = ["type", "label", "label_en", "source", "note"]

    private let mapping: MappingReader
    private let findings: Findings

    /// A reader of a fact's declaration.
    init(_ mapping: MappingReader, _ findings: Findings) {
        self.mapping = mapping
        self.findings = findings
    }

    /// The type; nil where a mistake has been reported.
    var type: FactType? {
        guard let name = mapping.text("type", required: true) else { return nil }
        guard let keys = Self.keys.first(where: { $0.key == name })?.value else {
            let names = Self.keys.map(\.key)
            return wrong(
                mapping["type"], .badValue, "a type is one of \(names.joined(separator: ", "))",
                suggestion: closestName(to: name, among: names))
        }
        mapping.allowOnly(Self.common + keys, what: "a fact of the type \(name)")
        switch name {
        case "yes/no": return .yesNo
        case "date": return .date
        case "count": return range(in: .none).map(FactType.count)
        case "amount": return unit.flatMap { unit in range(in: unit).map { .amount(unit, $0) } }
        case "rate": return range(in: .percent).map { .amount(.percent, $0) }
        default: return codes(areMany: name == "codes").map(name == "codes" ? FactType.codes : FactType.code)
        }
    }

    private func wrong<Result>(
        _ node: YAMLNode?, _ code: DiagnosticCode, _ message: String, suggestion: String? = nil
    ) -> Result? {
        findings.report((node ?? mapping.node).error(code, message, suggestion: suggestion))
        return nil
    }

    private var unit: Unit? {
        guard let text = mapping.text("unit", required: true) else { return nil }
        guard let unit = Unit(text), unit.dimension != .none else {
            return wrong(
                mapping["unit"], .unitMismatch,
                "'unit' is a unit such as yuan/year; whole numbers are of the type count, shares of the type rate")
        }
        return unit
    }

    // MARK: Ranges

    /// `0 to 60`: the least and the most, as they are stored.
    private func range(in unit: Unit) -> ClosedRange<Int64>? {
        guard mapping.text("range", required: true) != nil, let node = mapping["range"], let text = node.text else {
            return nil
        }
        do throws(ExpressionError) {
            let range = try Parser.parseRange(text)
            guard let lower = range.lower, let upper = range.upper, lower.inclusive, upper.inclusive else {
                return wrong(node, .badValue, "the range of a fact has both its ends in it, as in 0 to 60")
            }
            guard let least = try stored(lower.bound, unit, node), let most = try stored(upper.bound, unit, node) else {
                return nil
            }
            guard least <= most else { return wrong(node, .badValue, "the least lies above the most") }
            return least...most
        } catch {
            findings.report(node.error(error))
            return nil
        }
    }

    /// The stored integer of an end. A bare number is in the unit of the fact.
    private func stored(_ syntax: Syntax, _ unit: Unit, _ node: YAMLNode) throws(ExpressionError) -> Int64? {
        // What stands here is the same for every household: it can name no fact.
        let builder = GraphBuilder(schema: FactSchema(facts: []), date: .earliest)
        let id = try ExpressionCompiler(into: builder, names: NameScope(.household)).node(syntax)
        guard let value = builder.constantValue(id), case .number(let kind) = builder[id].kind else {
            return wrong(node, .badValue, "the range of a fact has numbers as its ends, as in 0 to 60")
        }
        let isBare = kind.dimension == .none && kind.flavour != .quantity
        guard isBare || kind.dimension == unit.dimension else {
            return wrong(
                node, .unitMismatch,
                "the fact is in \(unit.text.isEmpty ? "whole numbers" : unit.text) and this is in \(kind.dimension)")
        }
        let inUnit = isBare ? value : value.divided(by: unit.size)
        let scale = unit == .none ? 1 : FactType.amountScale
        guard let whole = inUnit?.exactly(Int128(scale)), whole.magnitude <= Int128(FactType.limit * scale).magnitude,
            let stored = Int64(exactly: whole)
        else {
            let kind = unit == .none ? "whole numbers" : "numbers of at most two decimals"
            return wrong(node, .badValue, "facts are \(kind) from -10,000,000,000 to 10,000,000,000")
        }
        return stored
    }

    // MARK: Codes

    private func codes(areMany: Bool) -> CodeList? {
        guard let node = mapping["codes"] else {
            return wrong(nil, .missingKey, "the key 'codes' is missing: a list such as [{code: forest, label: 护林员}]")
        }
        guard let items = node.items, !items.isEmpty else {
            return wrong(node, .wrongShape, "'codes' is a list of codes such as [{code: forest, label: 护林员}]")
        }
        var reader = CodeReader(CodeList([]), findings)
        for item in items {
            if areMany, item["code"]?.text == "none" {
                return wrong(item, .badValue, "an empty list says that there is none; leave this code out")
            }
            reader.read(item)
        }
        return reader.isBroken ? nil : CodeList(reader.codes)
    }
}
