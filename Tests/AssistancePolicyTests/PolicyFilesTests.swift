import AssistanceCore
import AssistancePolicy
import Foundation
import Testing

@Suite("Reading policy folders")
struct PolicyFilesTests {
    /// A folder of policies that is taken away again.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("policies-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("china"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func findings(_ folder: String) -> [String] {
        let findings = Findings()
        _ = PolicyLibrary.load("china", in: folder, sections: [], findings)
        return findings.sorted.map(\.description)
    }

    @Test("A policy file that cannot be read is an error, not a gap in the policy")
    func unreadable() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/china/standard.yaml", withIntermediateDirectories: true)
            #expect(
                findings(folder) == [
                    "china/standard.yaml:1:1: error: the file cannot be read; look at its permissions [unreadable-file]"
                ])
        }
    }

    @Test("A link that leads back up does not go on for ever")
    func loop() throws {
        try withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/china/again", withDestinationPath: folder + "/china")
            #expect(PolicyFiles.tree(folder).isEmpty)
        }
    }

    @Test("Tests and hidden files are not policy")
    func onlyPolicy() throws {
        try withFolder { folder in
            for name in ["cases.test.yaml", ".hidden.yaml", "notes.txt"] {
                try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/china/" + name))
            }
            #expect(PolicyFiles.jurisdiction("china", in: folder).isEmpty)
        }
    }
}
