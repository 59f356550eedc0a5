import AssistanceCore
import AssistanceExpressions

/// Makes the schema of a policy out of the nation's facts and what policy files declare: facts, and codes of open lists.
struct SchemaReader {
    private(set) var schema: FactSchema
    private let findings: Findings
    /// Where the facts of policy files are declared, by number.
    private var origins: [Int: YAMLNode] = [:]
    /// The files that declare too many.
    private var full: Set<String> = []
    private static let limit = 1_000

    /// A reader that begins with the nation's facts and those of sections.
    init(_ facts: [Fact], _ findings: Findings) {
        schema = facts.isEmpty ? .national : .national.adding(facts)
        self.findings = findings
    }

    // MARK: Facts

    /// Adds a fact: `household.reeds: {type: amount, unit: yuan/year, range: 0 to 100000, label: …}`.
    mutating func readFact(_ declaration: FactDeclaration) {
        guard let (owner, key) = name(declaration) else { return }
        guard origins.count < Self.limit else {
            // Once for each file, and then in silence.
            guard full.insert(declaration.key.file.name).inserted else { return }
            return findings.report(
                declaration.key.error(.tooLarge, "a policy declares at most \(Self.limit) facts"))
        }
        if let objection = schema.objection(to: owner, key) {
            let other = schema.place(owner, key).flatMap { origins[$0] }
            let place = other.map { " (\($0.file.name):\($0.position.line))" } ?? ""
            return findings.report(declaration.key.error(.takenName, objection + place))
        }
        guard let mapping = MappingReader(declaration.node, what: "a fact", findings) else { return }
        let type = FactTypeReader(mapping, findings).type
        let label = mapping.text("label", required: true)
        let english = mapping.text("label_en") ?? String(key.map { $0 == "." ? " " : $0 }).spaced
        _ = mapping.text("note")
        let isFit = type.map { fits($0, owner, key, at: declaration.node) } ?? false
        // A fact with a mistake is there, so that nothing more is said of what uses it.
        let fact = Fact(
            owner, key, type ?? .yesNo, label ?? key, english, standard: declaration.citation?.text)
        let place = schema.facts.count
        origins[place] = declaration.key
        schema = schema.adding([fact])
        if !isFit { schema = schema.breaking(place) }
    }

    /// The owner and the key, `household` and `reeds` of `household.reeds`.
    private func name(_ declaration: FactDeclaration) -> (FactOwner, String)? {
        let parts = declaration.name.split(separator: ".", omittingEmptySubsequences: false)
        let words = FactOwner.allCases.map(\.word)
        guard let owner = FactOwner.allCases.first(where: { $0.word == parts.first.map(String.init) }), parts.count > 1
        else {
            let near = parts.first.flatMap { closestName(to: String($0), among: words) }
            let rest = parts.dropFirst().joined(separator: ".")
            findings.report(
                declaration.key.error(
                    .unknownName,
                    "a fact is named after its owner, which is one of \(words.joined(separator: ", ")), as in household.coal_stove",
                    suggestion: near.flatMap { rest.isEmpty ? nil : $0 + "." + rest }))
            return nil
        }
        guard parts.count <= 3, parts.dropFirst().allSatisfy(PolicyName.isValid), isReadable(declaration.name) else {
            findings.report(
                declaration.key.error(
                    .badValue,
                    "the name of a fact is a letter and then small letters, digits and _, with one dot at most for its group, and no word of the language"
                ))
            return nil
        }
        return (owner, parts.dropFirst().joined(separator: "."))
    }

    /// Whether an expression can name it: no part is a word such as `in` or `true`.
    private func isReadable(_ name: String) -> Bool {
        guard let syntax = try? Parser.parse(name), case .member = syntax.kind else { return false }
        return true
    }

    /// Whether a fact is like the others of a group that adds them up.
    private func fits(_ type: FactType, _ owner: FactOwner, _ key: String, at node: YAMLNode) -> Bool {
        guard let name = key.split(separator: ".").dropLast().first, let group = schema.group(owner, String(name)),
            let first = group.fields.first.map({ schema.facts[$0.place].type }), case .amount(let unit, _) = first,
            group.fields.allSatisfy({ schema.facts[$0.place].type.unit == unit.text })
        else { return true }
        if type.unit == unit.text, type.noneValue != nil { return true }
        findings.report(
            node.error(
                .badValue,
                "every fact of '\(name)' is an amount in \(unit.text) that may be 0, for they are added up"))
        return false
    }

    // MARK: Codes

    /// Adds codes to an open list: `self_care: [{code: special, like: unable, label: 特护}]`.
    mutating func readCodes(_ declaration: FactDeclaration) {
        guard let place = openFact(declaration), let list = schema.facts[place].type.codeList else { return }
        guard let items = declaration.node.items else {
            return findings.report(
                declaration.node.error(
                    .wrongShape,
                    "codes are a list such as [{code: special, like: unable, label: 特护}], not \(declaration.node.kindName)"
                ))
        }
        let national = list.codes.filter { $0.like == nil }.map(\.name)
        var reader = CodeReader(list, findings)
        for item in items { reader.read(item, among: national) }
        for code in reader.codes.dropFirst(list.codes.count) {
            if let longer = schema.facts[place].type.codeList { schema = schema.adding(code, to: longer) }
        }
        if reader.isBroken { schema = schema.breaking(place) }
    }

    /// The fact whose list is added to, where there is one and its list is open.
    private mutating func openFact(_ declaration: FactDeclaration) -> Int? {
        let name = declaration.name
        let place = schema.facts.firstIndex { $0.key == name || $0.owner.word + "." + $0.key == name }
        let open = schema.open.map(\.key)
        guard let place else {
            findings.report(
                declaration.key.error(
                    .unknownName, "there is no fact '\(name)' whose codes could be added to",
                    suggestion: closestName(to: name, among: open)))
            return nil
        }
        guard schema.facts[place].type.codeList?.isOpen == true else {
            let isList = schema.facts[place].type.codeList != nil
            findings.report(
                declaration.key.error(
                    .closedList,
                    "\(isList ? "the codes of '\(name)' are fixed" : "'\(name)' has no codes"); a place may add codes to \(open.joined(separator: ", "))"
                ))
            if isList { schema = schema.breaking(place) }
            return nil
        }
        return place
    }
}
