import Foundation
import Testing

@Suite("The tools for those who write policy")
struct PolicyToolTests {
    private static let untidy = "source: a 第一条\narea: 230000\n# why\nfigures: {x:   1 yuan}\n"
    private static let tidy = "area: 230000\nsource: a 第一条\n\n# why\nfigures: {x: 1 yuan}\n"

    private func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    // MARK: format

    @Test("format writes what is not laid out, names it, and keeps its mode")
    func format() throws {
        let folder = try Scratch()
        let file = try folder.write(Self.untidy, to: "a/b.yaml")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
        let run = try CommandRun(["policy", "format", folder.path])
        #expect(run.status == 0)
        #expect(run.output == file + "\n")
        #expect(try read(file) == Self.tidy)
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a") == ["b.yaml"])
        let again = try CommandRun(["policy", "format", folder.path])
        #expect(again.status == 0 && again.output.isEmpty && again.errors.isEmpty)
    }

    @Test("format --check names what is not laid out, and changes nothing")
    func formatCheck() throws {
        let folder = try Scratch()
        let file = try folder.write(Self.untidy, to: "b.yaml")
        _ = try folder.write(Self.tidy, to: "c.yaml")
        let run = try CommandRun(["policy", "format", "--check", folder.path])
        #expect(run.status == 1)
        #expect(run.output == file + "\n")
        #expect(try read(file) == Self.untidy)
        #expect(try CommandRun(["policy", "format", "--check", "Policies"]).status == 0)
    }

    @Test("format leaves a file with mistakes alone and names them all")
    func formatMistakes() throws {
        let folder = try Scratch()
        let file = try folder.write("a:  1\na: 2\nb: *c\n", to: "b.yaml")
        let run = try CommandRun(["policy", "format", file])
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix(file + ":2:1: error: ") == true)
        #expect(try read(file) == "a:  1\na: 2\nb: *c\n")
        #expect(try CommandRun(["policy", "format", folder.path + "/none.yaml"]).status == 74)
        #expect(try CommandRun(["policy", "format"]).status == 64)
    }
}
