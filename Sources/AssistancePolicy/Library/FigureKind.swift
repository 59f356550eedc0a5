import AssistanceCore
import AssistanceExpressions

/// What kind of value a figure is (指标类型): what any of its entries writes, in any area and at any time.
enum FigureKind {
    /// An amount, area, duration, price, in a unit.
    case quantity(Unit)
    /// A share or an index.
    case ratio
    /// Yes or no.
    case truth
    /// One of the codes that `one-of:` lists.
    case code(CodeList)
    /// Whatever its expressions make of other figures.
    case computed

    /// The kind that the entries of a figure write. A number without a unit is taken for money, and refused as bare.
    init(_ entries: some Sequence<TermEntry>) {
        var isBare = false
        for entry in entries {
            if let written = Self.written(entry.node) {
                self = written
                return
            }
            for value in Self.values(entry.node) {
                guard let text = value.text, let syntax = try? Parser.parse(text) else { continue }
                switch Self.literal(syntax) {
                case .kind(let kind):
                    self = kind
                    return
                case .bare: isBare = true
                case .none: break
                }
            }
        }
        self = isBare ? .quantity(.yuanPerMonth) : .computed
    }

    /// The kind that an entry states beside its values.
    private static func written(_ node: YAMLNode) -> FigureKind? {
        if let codes = node["one-of"]?.items?.compactMap(\.text), !codes.isEmpty, codes.count <= 62 {
            return .code(CodeList(codes.map { Code($0, $0, $0) }))
        }
        guard let text = node["unit"]?.text else { return nil }
        return text == ValueForm.ratioUnit ? .ratio : Unit(text).map { .quantity($0) }
    }

    private static func values(_ node: YAMLNode) -> [YAMLNode] {
        if let rows = node["rows"]?.items { return rows.compactMap { $0["is"] } }
        return [node["is"] ?? node]
    }

    private enum Literal {
        case kind(FigureKind)
        case bare, none
    }

    private static func literal(_ syntax: Syntax) -> Literal {
        switch syntax.kind {
        case .quantity(_, let unit): Unit(unit.description).map { .kind(.quantity($0)) } ?? .none
        case .percent: .kind(.ratio)
        case .boolean: .kind(.truth)
        case .integer, .decimal: .bare
        case .negate(let inner): literal(inner)
        default: .none
        }
    }
}
