import ArgumentParser
import AssistanceCore
import AssistancePolicy
import Jiuzhu

/// `jiuzhu policy departments`: whose registries can be asked, and what they hold.
struct PolicyDepartmentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "departments", abstract: "List the departments of a policy, and the data that they hold.",
        discussion: """
            Each kind of data is listed with the facts that it can confirm, and the article that names it. By its id a \
            department is named in 'jiuzhu verify --extract' and 'jiuzhu case advance … dispatch --department'.

              jiuzhu policy departments --policy heilongjiang/harbin

            EXIT STATUS
              0   the departments have been listed
              1   there is no such area
              2   the policy is wrong; every mistake is named
              64  the command line is wrong
            """)

    @OptionGroup var policy: PolicyOptions

    @Option(
        help: ArgumentHelp(
            "A division code in the jurisdiction; the jurisdiction itself without it.", valueName: "code"))
    var area: String?

    @OptionGroup var result: ResultOptions

    func run() throws {
        let library = try PolicySource.named(policy.policy, in: policy.folder).engine().library
        let area =
            try area.map { try AreaArgument.read($0, in: library, on: policy.day) } ?? library.jurisdiction
        let departments = library.departments(area: area, on: policy.day, knownOn: policy.knownOn)
        switch result.format {
        case .text:
            let none = result.language == .chinese ? "没有部门" : "no departments"
            let texts = departments.map(text)
            try Console.write(texts.isEmpty ? none + "\n" : texts.joined(separator: "\n"))
        case .json: try Console.write(Self.json(departments))
        }
    }

    private func text(of department: Department) -> String {
        var lines = ["\(department.id)  \(department.label.text(in: result.language))"]
        for kind in department.kinds {
            lines.append("  \(kind.id)  \(kind.label.text(in: result.language))" + (kind.citation.map(source) ?? ""))
            lines += kind.facts.map { "    \($0.name)  \($0.label.text(in: result.language))" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func source(_ citation: Citation) -> String {
        let status = citation.document.status
        return "  " + citation.text + (status == .official ? "" : " [\(status.label.text(in: result.language))]")
    }

    /// `{"schema": 1, "departments": [{"id", "label": {"zh", "en"}, "kinds": [{"id", "label", "facts": ["…"], "source"}]}]}`
    private static func json(_ departments: [Department]) -> String {
        var json = JSONWriter(.pretty)
        func write(_ label: Label) {
            json.key("label")
            json.beginObject()
            json.key("zh")
            json.string(label.chinese)
            json.key("en")
            json.string(label.english)
            json.endObject()
        }
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("departments")
        json.beginArray()
        for department in departments {
            json.beginObject()
            json.key("id")
            json.string(department.id)
            write(department.label)
            json.key("kinds")
            json.beginArray()
            for kind in department.kinds {
                json.beginObject()
                json.key("id")
                json.string(kind.id)
                write(kind.label)
                json.key("facts")
                json.beginArray()
                for fact in kind.facts { json.string(fact.name) }
                json.endArray()
                json.key("source")
                if let source = kind.citation { json.string(source.text) } else { json.null() }
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.text + "\n"
    }
}
