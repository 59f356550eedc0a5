import AssistanceCore
import AssistancePolicy

/// The JSON Schemas (2020-12) of the YAML files of a folder of policies, by which an editor completes and checks them.
///
/// They accept what the readers accept, as far as JSON Schema can say it: not whether an expression is one, a unit
/// fits, or a document is declared.
public enum PolicySchema {
    /// The schema of a kind of file.
    ///
    /// - Parameter sections: What policy files may fill: `Engine.sections(of:)`.
    public static func text(of kind: PolicyFileKind, sections: [SectionDeclaration]) -> String {
        switch kind {
        case .policy: policy(sections).schema("Policy file", definitions: PolicyTermShapes.definitions)
        case .areas: areas.schema("areas.yaml: the areas of a jurisdiction", definitions: [("area", area)])
        case .documents:
            documents.schema("documents.yaml: the documents of a policy", definitions: [("document", document)])
        case .tests: PolicyTestShapes.file.schema("Policy test", definitions: PolicyTestShapes.definitions)
        }
    }

    // MARK: Policy files

    private static func policy(_ sections: [SectionDeclaration]) -> JSONShape {
        typealias Terms = PolicyTermShapes
        let names = "[a-z0-9_]+"
        let figures = JSONShape.described(
            "共同尺度 (figures): each key is a name",
            .members(
                Terms.inherited, others: .any(.named("value"), keys: names)))
        let words = JSONShape.described(
            "用语 (words): each key is a name",
            .members(
                Terms.inherited, others: .any(.named("value"), keys: names)))
        return .members(
            [
                .init(
                    "area",
                    .described(
                        "for whom the file holds: 230100 哈尔滨市, or a list",
                        .anyOf([
                            .named("area"), .list(.named("area"), atLeast: 1),
                        ])), isRequired: true)
            ] + Terms.inherited + [
                .init("follows", .named("follows")),
                .init("facts", .described("本地事实 (facts of a place's own)", Terms.facts)),
                .init("codes", .described("本地代码 (codes that a place adds to open lists)", Terms.codes)),
                .init("figures", figures), .init("define", words),
            ] + sections.map { .init($0.key, section($0, below: "")) }, others: .none)
    }

    /// A section, or what stands in it below a path: the terms by the parts of their paths.
    private static func section(_ section: SectionDeclaration, below path: String) -> JSONShape {
        var members: [JSONShape.Member] = []
        var others = JSONShape.Others.none
        for key in section.keys(below: path) {
            let shape = part(section, path.isEmpty ? key : path + "." + key)
            if key == "*" {
                others = .any(shape, keys: section.keyPattern)
            } else {
                members.append(JSONShape.Member(key, shape))
            }
        }
        let whole = JSONShape.members(PolicyTermShapes.inherited + members, others: others)
        guard path.isEmpty else { return whole }
        if section[""] != nil { return part(section, "") }
        return .described("\(section.label.chinese) (\(section.label.english))", whole)
    }

    /// What stands at a path: a term, a mapping of what is below it, or either.
    private static func part(_ section: SectionDeclaration, _ path: String) -> JSONShape {
        let term = section.terms.first { $0.path == path }
        var forms = term.map { [PolicyTermShapes.shape(of: $0.shape)] } ?? []
        if !path.isEmpty, !section.keys(below: path).isEmpty { forms.append(self.section(section, below: path)) }
        let shape = forms.count == 1 ? forms.first ?? .scalar : .anyOf(forms)
        return term.map { .described(meaning($0), shape) } ?? shape
    }

    private static func meaning(_ term: TermDeclaration) -> String {
        "\(term.label.chinese) (\(term.label.english)): \(TermTable.shape(term.shape)); "
            + "where nothing fills it: \(TermTable.unfilled(term.unfilled))"
    }

    // MARK: Areas and documents

    private static let area = JSONShape.pattern("[0-9]{6}([0-9]{3}){0,2} .+")

    private static let areas = JSONShape.members(
        [
            .init("area", .described("the jurisdiction itself, as in 230100 哈尔滨市", .named("area")), isRequired: true),
            .init(
                "areas",
                .list(
                    .anyOf([
                        .named("area"),
                        .members(
                            [
                                .init("code", .named("area"), isRequired: true), .init("from", .day),
                                .init("until", .described("the first day on which the code is no more", .day)),
                                .init("successor", .anyOf([.pattern("[0-9]{6}([0-9]{3}){0,2}"), .count])),
                            ], others: .none),
                    ]))),
        ], others: .none)

    private static let documents = JSONShape.members(
        [
            .init(
                "documents",
                .described(
                    "short ids, by which 'source:' names the documents",
                    .members([], others: .any(.named("document"), keys: "[^ ]+"))), isRequired: true)
        ], others: .none)

    private static let document = JSONShape.members(
        [
            .init("title", .described("题名; in 〔〕 a description of ours", .scalar), isRequired: true),
            .init("number", .described("文号, as in 民发〔2021〕57号", .scalar)),
            .init("issuer", .described("发文机关", .scalar)),
            .init("date", .described("成文日期", .day)),
            .init("published", .described("公布日期: when the public could know it", .day)),
            .init("address", .described("where it was seen", .text)),
            .init(
                "status",
                .described(
                    "official: seen in the document or on a page of government; reported: press or a copy; illustrative: ours, or recalled",
                    .oneOf(SourceStatus.allCases.map(\.rawValue))), isRequired: true),
            .init("note", .scalar),
        ], others: .none)
}

extension SectionDeclaration {
    /// How keys of a place's own making are written here.
    fileprivate var keyPattern: String {
        if case .holidays? = self["*"]?.shape { return "[0-9]{4}" }
        return "[a-z][a-z0-9_-]*"
    }
}
