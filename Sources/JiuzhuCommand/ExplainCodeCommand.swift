import ArgumentParser
import AssistanceCore

/// `jiuzhu explain`: what a finding means and what to do about it.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain the code of an error: cause, example, remedy.",
        discussion: """
            Every error and warning ends with its code in brackets. Without CODE, lists them all.

              jiuzhu explain unit-mismatch --language en

            EXIT STATUS
              0   the code has been explained
              1   there is no such code
              64  the command line is wrong
            """)

    @Argument(
        help: "A code such as unit-mismatch.", completion: .list(DiagnosticCode.allCases.map(\.rawValue)))
    var code: String?

    @Option(help: "The language of the text: Chinese or English.")
    var language: Language = .chinese

    func run() throws {
        guard let code else { return try Console.write(list) }
        let name = String(code.drop { $0 == "[" }.prefix { $0 != "]" })
        guard let article = DiagnosticCode(rawValue: name)?.article else {
            let near = closestName(to: name, among: DiagnosticCode.allCases.map(\.rawValue))
            let hint = near.map { "; did you mean '\($0)'?" } ?? "; 'jiuzhu explain' lists them"
            Console.complain("jiuzhu: error: there is no code '\(name)'\(hint)")
            throw ExitCode(1)
        }
        try Console.write(article.text(in: language) + "\n")
    }

    private var list: String {
        let width = (DiagnosticArticle.all.map { $0.code.rawValue.count }.max() ?? 0) + 2
        return DiagnosticArticle.all.map { article in
            let name = article.code.rawValue
            return name + String(repeating: " ", count: width - name.count) + article.cause.text(in: language) + "\n"
        }.joined()
    }
}
