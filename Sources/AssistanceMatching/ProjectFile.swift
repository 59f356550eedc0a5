import AssistanceCore
import AssistancePolicy

/// The projects of a YAML file, such as
/// `projects: [{id: care, kind: volunteers, needs: [company], areas: [230100], capacity: 20}]`.
public struct ProjectFile {
    /// The projects, in the order of their ids.
    public let projects: [SocialProject]

    /// The most projects of a file.
    static let limit = 1_000
    /// The most needs that one project takes up.
    static let mostPlaces = 1_000_000

    private static let keys = [
        "id", "label", "label_en", "kind", "needs", "areas", "when", "capacity", "each", "funds", "note",
    ]

    /// Reads the projects of a file. Every mistake goes to `findings`, and then the result must not be used.
    ///
    /// - Parameter library: the policy whose areas and codes of needs they name.
    public init(_ root: YAMLNode, _ library: PolicyLibrary, _ findings: Findings) {
        guard let file = MappingReader(root, what: "a file of projects", findings) else {
            projects = []
            return
        }
        file.allowOnly(["projects", "note"], what: "a file of projects")
        let items = file["projects"]?.items
        if items == nil, file["projects"]?.cut != true {
            findings.report(
                (file["projects"] ?? root).error(
                    file["projects"] == nil ? .missingKey : .wrongShape,
                    "'projects' is a list such as [{id: care, needs: [company], …}]"))
        }
        var seen: Set<String> = []
        let reader = Reader(library, findings)
        projects = (items ?? []).prefix(Self.limit).compactMap { item in
            guard let project = reader.project(item) else { return nil }
            if !seen.insert(project.id).inserted {
                findings.report(
                    item.error(.duplicateIdentifier, "the project '\(project.id)' stands twice in this file"))
            }
            return project
        }.sorted { $0.id < $1.id }
        if let more = items?.dropFirst(Self.limit).first {
            findings.report(more.error(.tooLarge, "a file has at most \(Self.limit) projects"))
        }
    }

    private struct Reader {
        private let library: PolicyLibrary
        private let findings: Findings
        private let needs: [String]

        init(_ library: PolicyLibrary, _ findings: Findings) {
            self.library = library
            self.findings = findings
            needs = library.schema.current(.need).codes.map(\.name)
        }

        /// The project of a node; nil where anything of it cannot be read, which has been reported.
        func project(_ node: YAMLNode) -> SocialProject? {
            guard let mapping = MappingReader(node, what: "a project", findings) else { return nil }
            mapping.allowOnly(ProjectFile.keys, what: "a project")
            let id = mapping.text("id", required: true)
            let kind = kind(mapping)
            let needs = list("needs", mapping, "[medical]").compactMap(need)
            let areas = list("areas", mapping, "[230100]").compactMap(area)
            let capacity = capacity(mapping)
            let (each, funds) = (money("each", mapping), money("funds", mapping))
            if let node = mapping["funds"], mapping["each"] == nil {
                findings.report(
                    node.error(
                        .missingKey,
                        "'funds' needs 'each', what is paid for one need at most: it says for how many they suffice"))
            }
            if let funds, let each, each > funds, let node = mapping["funds"] {
                findings.report(node.error(.badValue, "the funds do not suffice for one need at \(each.text) yuan"))
            }
            guard let id, let kind, let capacity else { return nil }
            return SocialProject(
                id: id, label: Label(mapping.text("label") ?? id, mapping.text("label_en") ?? id), kind: kind,
                needs: needs, areas: areas, condition: mapping["when"], capacity: capacity, each: each, funds: funds)
        }

        private func kind(_ mapping: MappingReader) -> SocialProject.Kind? {
            guard let text = mapping.text("kind", required: true) else { return nil }
            if let kind = SocialProject.Kind(rawValue: text) { return kind }
            let known = SocialProject.Kind.allCases.map(\.rawValue)
            findings.report(
                (mapping["kind"] ?? mapping.node).error(
                    .unknownCode, "'kind' is \(known.joined(separator: ", "))",
                    suggestion: closestName(to: text, among: known)))
            return nil
        }

        private func list(_ key: String, _ mapping: MappingReader, _ example: String) -> [YAMLNode] {
            guard let node = mapping[key] else {
                findings.report(
                    mapping.node.error(.missingKey, "the key '\(key)' is missing, as in \(key): \(example)"))
                return []
            }
            guard let items = node.items, !items.isEmpty else {
                if !node.cut { findings.report(node.error(.wrongShape, "'\(key)' is a list such as \(example)")) }
                return []
            }
            return items
        }

        private func need(_ node: YAMLNode) -> String? {
            guard let text = node.text, needs.contains(text) else {
                findings.report(
                    node.error(
                        .unknownCode,
                        "there is no need '\(node.text ?? node.kindName)'; there are \(needs.joined(separator: ", "))",
                        suggestion: node.text.flatMap { closestName(to: $0, among: needs) }))
                return nil
            }
            return text
        }

        private func area(_ node: YAMLNode) -> DivisionCode? {
            guard let text = node.text, let code = DivisionCode(text) else {
                findings.report(
                    node.error(.badValue, "an area is a division code of 6, 9 or 12 digits, such as 230100"))
                return nil
            }
            guard code == .nation || library.areas[code] != nil else {
                findings.report(node.error(.unknownArea, "no areas.yaml of this policy has the area \(code.text)"))
                return nil
            }
            return code
        }

        private func capacity(_ mapping: MappingReader) -> Int? {
            guard let text = mapping.text("capacity", required: true) else { return nil }
            if let number = Int(text), (0...ProjectFile.mostPlaces).contains(number) { return number }
            findings.report(
                (mapping["capacity"] ?? mapping.node).error(
                    .badValue,
                    "'capacity' is how many needs it can take up: a whole number from 0 to \(ProjectFile.mostPlaces)"))
            return nil
        }

        /// A sum such as `3000 yuan`.
        private func money(_ key: String, _ mapping: MappingReader) -> Money? {
            guard let text = mapping.text(key) else { return nil }
            let unit = " yuan"
            if text.hasSuffix(unit), let sum = Money(yuanText: String(text.dropLast(unit.count))), sum > .zero {
                return sum
            }
            let isBare = Money(yuanText: text) != nil
            findings.report(
                (mapping[key] ?? mapping.node).error(
                    isBare ? .bareNumber : .badValue,
                    isBare
                        ? "a bare number; write its unit, as in '\(text) yuan'"
                        : "'\(key)' is a sum above zero such as 3000 yuan"))
            return nil
        }
    }
}
