import AssistanceCore

/// A division of the country, as long as it exists (行政区划).
public struct Area: Hashable, Sendable {
    /// Its code.
    public let code: DivisionCode
    /// Its name: `牡丹江市`.
    public let name: String
    /// The first day of the code, where it is known.
    public let from: CalendarDate?
    /// The day on which the code ended, where it did.
    public let until: CalendarDate?
    /// The code that follows it.
    public let successor: DivisionCode?

    /// Whether the code is in use on a day.
    public func exists(on date: CalendarDate) -> Bool {
        (from.map { $0 <= date } ?? true) && (until.map { date < $0 } ?? true)
    }
}

/// The areas of a policy, by code.
public struct AreaRegister: Sendable {
    private var areas: [DivisionCode: Area] = [:]
    /// The successors as they are written.
    private var successors: [(code: DivisionCode, name: String?, node: YAMLNode)] = []

    /// The area of a code.
    public subscript(code: DivisionCode) -> Area? { areas[code] }

    /// All areas by code.
    public var all: [Area] { areas.values.sorted { $0.code < $1.code } }

    /// The areas of a jurisdiction in use on a day that have no other in them, by code.
    public func innermost(of jurisdiction: DivisionCode, on date: CalendarDate) -> [DivisionCode] {
        let used = all.filter { $0.exists(on: date) && jurisdiction.contains($0.code) }.map(\.code)
        // By code, a division comes right before those in it.
        return used.enumerated().filter { place, code in
            !used.indices.contains(place + 1) || !code.contains(used[place + 1])
        }.map(\.element)
    }

    /// The first code of a name; nil where no area is called so.
    func code(named name: String) -> DivisionCode? { areas.values.lazy.filter { $0.name == name }.map(\.code).min() }

    /// The name of the nearest area that the register knows.
    public func name(of code: DivisionCode) -> String {
        code.chain.lazy.compactMap { areas[$0]?.name }.first ?? code.text
    }

    /// Why a code cannot be used on a day, with its successor where there is one; nil where it can, or is not known.
    public func objection(to code: DivisionCode, on date: CalendarDate) -> String? {
        guard let area = areas[code], !area.exists(on: date) else { return nil }
        let next = area.successor.map { "; its successor is \(named($0))" } ?? ""
        if let until = area.until, until <= date {
            return "the code \(named(code)) ended on \(until) and is not in use on \(date)\(next)"
        }
        return "the code \(named(code)) is not in use before \(area.from ?? date)"
    }

    /// `231025 林口县`, or the code alone where it is not known.
    public func named(_ code: DivisionCode) -> String { areas[code].map { "\(code.text) \($0.name)" } ?? code.text }

    /// `黑龙江省牡丹江市林口县`
    public func fullName(of code: DivisionCode) -> String {
        code.chain.reversed().filter { $0 != .nation }.compactMap { areas[$0]?.name }.joined()
    }

    /// Reads an `areas.yaml`, reporting what is wrong, and answers the jurisdiction's own code.
    mutating func read(_ root: YAMLNode, _ findings: Findings) -> DivisionCode? {
        guard let mapping = MappingReader(root, what: "areas.yaml", findings) else { return nil }
        mapping.allowOnly(["area", "areas"], what: "areas.yaml")
        guard let own = mapping["area"] else {
            findings.report(root.error(.missingKey, "the key 'area' is missing: the code and name of the jurisdiction"))
            return nil
        }
        let code = add(own, within: nil, findings)
        for item in mapping["areas"]?.items ?? [] where !findings.isFull(at: item) {
            _ = add(item, within: code, findings)
        }
        if let list = mapping["areas"], list.items == nil, !list.isPlainNull {
            findings.report(list.error(.wrongShape, "'areas' is a list of codes with names"))
        }
        return code
    }

    /// Reports the successors that no file has, among those that lie in a jurisdiction all of whose files were read.
    func checkSuccessors(in jurisdiction: DivisionCode, _ findings: Findings) {
        for (code, name, node) in successors where jurisdiction.contains(code) {
            guard let known = areas[code] else {
                findings.report(node.error(.unknownArea, "no areas.yaml has the area \(code.text)"))
                continue
            }
            if let name, name != known.name {
                findings.report(node.error(.areaName, "\(code.text) is \(known.name), not \(name)"))
            }
        }
    }

    private mutating func add(_ node: YAMLNode, within parent: DivisionCode?, _ findings: Findings) -> DivisionCode? {
        var text = node
        var from: CalendarDate?
        var until: CalendarDate?
        var successor: DivisionCode?
        if node.entries != nil, let mapping = MappingReader(node, what: "an area", findings) {
            mapping.allowOnly(["code", "from", "until", "successor"], what: "an area")
            (from, until) = (mapping.date("from"), mapping.date("until"))
            if let from, let until, until <= from {
                findings.report(
                    node.error(.dateOrder, "the code ends on \(until), not after it begins on \(from)"))
            }
            if let next = mapping["successor"] {
                if let (code, name) = AreaRegister.split(next, findings) {
                    successor = code
                    successors.append((code, name, next))
                }
                if until == nil {
                    findings.report(
                        next.error(.missingKey, "an area with a successor has an 'until': the day on which it ended"))
                }
            }
            guard let code = mapping["code"] else {
                findings.report(node.error(.missingKey, "the key 'code' is missing: the code and name of the area"))
                return nil
            }
            text = code
        }
        guard let (code, name) = AreaRegister.split(text, findings) else { return nil }
        guard let name else {
            findings.report(text.error(.badValue, "an area is a code and its name, as in 230100 哈尔滨市"))
            return nil
        }
        if let parent, !parent.contains(code) || parent == code {
            findings.report(text.error(.badValue, "\(code.text) does not lie below \(parent.text)"))
            return nil
        }
        if let known = areas[code], known.name != name {
            findings.report(text.error(.badValue, "\(code.text) is \(known.name) elsewhere, not \(name)"))
        }
        if areas[code] == nil || from != nil || until != nil {
            areas[code] = Area(code: code, name: name, from: from, until: until, successor: successor)
        }
        return code
    }

    /// The code and the name of `230100 哈尔滨市`; the name may be left out.
    static func split(_ node: YAMLNode, _ findings: Findings) -> (DivisionCode, String?)? {
        guard let text = node.text else {
            if !node.cut {
                findings.report(node.error(.wrongShape, "an area is a code and its name, not \(node.kindName)"))
            }
            return nil
        }
        let parts = text.split(separator: " ", maxSplits: 1)
        guard let first = parts.first, let code = DivisionCode(String(first)) else {
            findings.report(node.error(.badValue, "an area begins with its division code of 6, 9 or 12 digits"))
            return nil
        }
        return (code, parts.count > 1 ? String(parts[1]) : nil)
    }
}
