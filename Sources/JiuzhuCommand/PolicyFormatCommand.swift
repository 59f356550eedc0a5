import ArgumentParser
import AssistanceCore
import AssistancePolicy

/// `jiuzhu policy format`: one layout for all policy files.
struct PolicyFormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "format", abstract: "Lay out policy files in the one canonical way.",
        discussion: """
            Keeps every comment and the meaning: a file is written only where its new text reads as the old one did. \
            The names of the files that changed are printed. The layout is described in docs/policy-tools.md.

              jiuzhu policy format Policies
              jiuzhu policy format --check Policies

            EXIT STATUS
              0   all files are laid out
              1   with --check a file is not, or a file cannot be; each is named
              64  the command line is wrong
              74  a file cannot be read or written
            """)

    @Argument(help: "YAML files, or folders of them.", completion: .file())
    var paths: [String]

    @Flag(help: "Change nothing; only name the files that are not laid out.")
    var check = false

    func run() throws {
        var findings: [Diagnostic] = []
        var changed = false
        for file in paths.flatMap(Self.files) {
            let input = try InputFile(file)
            let (bytes, problems) = PolicyFormat.format(input.bytes, file: file)
            findings += problems
            guard let bytes, bytes != input.bytes else { continue }
            changed = true
            if !check { try OutputFile.write(bytes, to: file) }
            try Console.write(file + "\n")
        }
        Console.complain(findings)
        if !findings.isEmpty || (check && changed) { throw ExitCode(1) }
    }

    /// The files that a path names.
    private static func files(_ path: String) -> [String] {
        guard PolicyFiles.isFolder(path) else { return [path] }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        return PolicyFiles.files(below: folder, ending: ".yaml")
    }
}
