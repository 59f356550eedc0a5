import Foundation
import Testing

/// A command as it describes itself to `--experimental-dump-help`.
private struct CommandDump: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let name: String
        }
        let kind: String
        let names: [Name]?
    }
    let commandName: String
    let subcommands: [CommandDump]?
    let arguments: [Argument]?

    /// Whether it has an option or a flag of a name, and whether a value follows.
    func option(_ name: some StringProtocol) -> (isKnown: Bool, hasValue: Bool) {
        let argument = arguments?.first { $0.names?.contains { $0.name == name } ?? false }
        return (argument != nil, argument?.kind == "option")
    }

    /// All options of it and of the commands below it.
    var options: Set<String> {
        (subcommands ?? []).reduce(into: Set((arguments ?? []).flatMap { $0.names ?? [] }.map(\.name))) {
            $0.formUnion($1.options)
        }
    }

    /// What is wrong with the words after the command's name; nil where it could be run so.
    func objection(to words: ArraySlice<String>) -> String? {
        if let subcommands, !subcommands.isEmpty, let first = words.first, !first.hasPrefix("-") {
            guard let next = subcommands.first(where: { $0.commandName == first }) else {
                return "'\(commandName)' has no command '\(first)'"
            }
            return next.objection(to: words.dropFirst())
        }
        var rest = words
        while let word = rest.popFirst() {
            if word.hasPrefix("-"), word.count > 1 {
                let name = word.drop { $0 == "-" }
                let option = option(name)
                guard option.isKnown else { return "'\(commandName)' has no option '\(word)'" }
                if option.hasValue { rest = rest.dropFirst() }
            } else if !(arguments ?? []).contains(where: { $0.kind == "positional" }) {
                return "'\(commandName)' takes no '\(word)'"
            }
        }
        return nil
    }
}

@Suite("Commands that pages name")
struct PageCommandTests {
    /// All pages, below the folder of the repository.
    private static func pages() throws -> [String] {
        let top = try FileManager.default.contentsOfDirectory(atPath: CommandRun.repository)
        let below = ["docs", "Examples", "Benchmarks"].flatMap { folder in
            (FileManager.default.enumerator(atPath: CommandRun.repository + "/" + folder)?.allObjects ?? [])
                .compactMap { ($0 as? String).map { folder + "/" + $0 } }
        }
        return (top + below).filter { $0.hasSuffix(".md") }.sorted()
    }

    /// Lines of blocks and spans of code that begin with the command's name, without a remark behind `#`.
    private static func commands(in text: String) -> [String] {
        var found: [String] = []
        var isBlock = false
        for line in text.replacing("\\\n", with: " ").split(separator: "\n") {
            if line.hasPrefix("```") {
                isBlock.toggle()
            } else if isBlock {
                let line = line.hasPrefix("$ ") ? line.dropFirst(2) : line
                if line.hasPrefix("jiuzhu ") { found.append(String(line)) }
            } else {
                found += line.matches(of: /`(jiuzhu [^`]+)`/).map { String($0.1) }
            }
        }
        return found.compactMap { $0.split(separator: " #").first.map(String.init) }
    }

    private static func jiuzhu() throws -> CommandDump {
        struct Tool: Decodable { let command: CommandDump }
        let run = try CommandRun(["--experimental-dump-help"])
        return try JSONDecoder().decode(Tool.self, from: Data(run.output.utf8)).command
    }

    @Test("No page names a command or an option that does not exist")
    func commandsExist() throws {
        let jiuzhu = try Self.jiuzhu()
        let pages = try Self.pages()
        #expect(pages.count > 5)
        var count = 0
        for page in pages {
            let text = try String(contentsOfFile: CommandRun.repository + "/" + page, encoding: .utf8)
            for command in Self.commands(in: text) {
                count += 1
                // What the shell puts in is one word.
                let words = command.replacing(/\$\([^)]*\)/, with: "…").split(separator: " ").map(String.init)
                    .dropFirst()
                if let objection = jiuzhu.objection(to: words) { Issue.record("\(page): \(command): \(objection)") }
            }
            for option in text.matches(of: /`--([a-z0-9-]+)/) where !jiuzhu.options.contains(String(option.1)) {
                Issue.record("\(page): no command has the option --\(option.1)")
            }
        }
        #expect(count > 20)
    }

    @Test("Every code in a table of findings has an article")
    func codesExist() throws {
        let articles = Set(
            try CommandRun(["explain"]).output.split(separator: "\n").compactMap { $0.split(separator: " ").first })
        var count = 0
        for page in try Self.pages() {
            let text = try String(contentsOfFile: CommandRun.repository + "/" + page, encoding: .utf8)
            for table in text.components(separatedBy: "\n\n") where table.hasPrefix("| code |") {
                for row in table.split(separator: "\n").dropFirst(2) {
                    let cell = row.split(separator: "|").first ?? ""
                    for code in cell.matches(of: /`([^`]+)`/) {
                        count += 1
                        #expect(articles.contains(code.1), "\(page): there is no code '\(code.1)'")
                    }
                }
            }
        }
        #expect(count > 20)
    }

    @Test("A command or option that does not exist is noticed")
    func mistakesAreNoticed() throws {
        let jiuzhu = try Self.jiuzhu()
        func objection(_ command: String) -> String? {
            jiuzhu.objection(to: command.split(separator: " ").map(String.init)[...])
        }
        #expect(objection("policy chekc Policies") == "'policy' has no command 'chekc'")
        #expect(objection("policy check Policies --day 2025-01-01") == "'check' has no option '--day'")
        #expect(objection("facts --policy heilongjiang Policies") == "'facts' takes no 'Policies'")
        #expect(objection("policy pack Policies/heilongjiang -o heilongjiang.pack") == nil)
    }
}
