import Foundation
import Testing

/// Plugins as the command line names them.
@Suite("Commands with plugins")
struct PluginCommandTests {
    /// The first plugin of the header's first page.
    private static func source() throws -> String {
        let header = try String(contentsOfFile: CommandRun.repository + "/include/jiuzhu_plugin.h", encoding: .utf8)
        let lines = header.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == " *   #include <jiuzhu_plugin.h>" })
        let end = try #require(lines.firstIndex { $0.hasPrefix(" *   JZP_PLUGIN(") })
        return lines[start...end].map { String($0.dropFirst(5)) }.joined(separator: "\n") + "\n"
    }

    /// A folder of policies with the plugin beside it, its path, and its digest.
    private static func folder(
        _ source: String? = nil
    ) throws -> (Scratch, plugin: String, digest: String) {
        let folder = try Scratch()
        _ = try folder.write("area: 000000 全国\n", to: "Policies/china/areas.yaml")
        _ = try folder.write("area: 990000 例省\n", to: "Policies/example/areas.yaml")
        _ = try folder.write(
            "documents:\n  meals: {title: 营养改善办法, number: 例教〔2025〕1号, issuer: nobody, status: illustrative, note: invented}\n",
            to: "Policies/example/documents.yaml")
        _ = try folder.write(
            "area: 990000 例省\nfrom: 2025-01-01\nsource: meals 第一条\nschool-meals:\n  each: 1000 yuan/year\n",
            to: "Policies/example/meals.yaml")
        _ = try folder.write(#"{"members": [{"study": "junior"}]}"#, to: "family.json")
        let file = try folder.write(try source ?? Self.source(), to: "meals.c")
        let plugin = folder.path + "/meals.so"
        _ = try tool("cc", ["-shared", "-fPIC", "-I" + CommandRun.repository + "/include", file, "-o", plugin])
        return (folder, plugin, String(try tool("sha256sum", [plugin]).prefix(64)))
    }

    private static func tool(_ name: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return text
    }

    @Test("The plugin of the header's first page decides, named by itself or in a list")
    func named() throws {
        let (folder, plugin, digest) = try Self.folder()
        let plain = ["assess", "family.json", "--policy", "example", "--date", "2025-03-10", "--language", "en"]
        let run = try CommandRun(
            plain + ["--plugin", plugin, "--plugin-sha256", digest, "--program", "school-meals"], in: folder.path)
        #expect(run.status == 0 && run.errors == "")
        #expect(run.output.contains("school meals") && run.output.contains("1,000.00"))
        #expect(run.output.contains("plugin school-meals 1.0.0, " + digest.prefix(12)))
        _ = try folder.write("- {path: ../meals.so, sha256: \"\(digest)\"}\n", to: "etc/plugins.yaml")
        let list = try CommandRun(plain + ["--plugins", "etc/plugins.yaml"], in: folder.path)
        #expect(list.status == 0 && list.output == run.output)

        let check = try CommandRun(
            ["policy", "check", "Policies/example", "--plugins", "etc/plugins.yaml", "--date", "2025-03-10"],
            in: folder.path)
        #expect(check.status == 0 && check.errors == "", "\(check.errors)")
        let facts = try CommandRun(
            [
                "policy", "show", "school-meals.each", "--policy", "example", "--date", "2025-03-10", "--plugins",
                "etc/plugins.yaml",
            ],
            in: folder.path)
        #expect(facts.status == 0 && facts.output.contains("1000 yuan/year"))
    }

    @Test("What a plugin logs as a warning is shown with its name, and what is for its author is not")
    func logs() throws {
        let lines = "host->log(JZP_LOG_WARNING, \"two schools are not known\"); host->log(JZP_LOG_DEBUG, \"planned\");"
        let source = try Self.source().replacing("(void)self;", with: "(void)self; " + lines)
        let (folder, plugin, digest) = try Self.folder(source)
        let run = try CommandRun(
            [
                "assess", "family.json", "--policy", "example", "--date", "2025-03-10", "--plugin", plugin,
                "--plugin-sha256", digest, "--program", "school-meals",
            ], in: folder.path)
        #expect(run.status == 0 && run.output.contains("1,000.00"))
        #expect(run.errors == "school-meals 1.0.0: warning: two schools are not known\n")
    }

    @Test("Without the plugin its section is unknown, and a plugin that is not the one expected ends the command")
    func wrong() throws {
        let (folder, plugin, digest) = try Self.folder()
        let plain = ["assess", "family.json", "--policy", "example", "--date", "2025-03-10"]
        let without = try CommandRun(plain, in: folder.path)
        #expect(without.status == 2)
        #expect(
            without.errors
                == "Policies/example/meals.yaml:4:1: error: a policy file has no key 'school-meals' [unknown-key]\n")
        let zeros = String(repeating: "0", count: 64)
        let other = try CommandRun(plain + ["--plugin", plugin, "--plugin-sha256", zeros], in: folder.path)
        #expect(other.status == 2 && other.output == "")
        #expect(
            other.errors
                == "\(plugin):1:1: error: its SHA-256 is another than the one expected: it is another file, or was changed [plugin]\n"
        )
        let alone = try CommandRun(plain + ["--plugin", plugin], in: folder.path)
        #expect(alone.status == 64)
        #expect(
            alone.errors.contains(
                "each --plugin needs a --plugin-sha256: there are 1 of the one and 0 of the other"))
        let unknown = try CommandRun(
            plain + ["--plugin", plugin, "--plugin-sha256", digest, "--program", "school-meal"], in: folder.path)
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("there is no programme 'school-meal'; did you mean 'school-meals'?"))
    }
}
