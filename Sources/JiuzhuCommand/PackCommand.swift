import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Jiuzhu

/// `jiuzhu policy pack`
struct PolicyPackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Make one file of a jurisdiction's policy.",
        discussion: """
            The pack holds the files of the jurisdiction with the nation's and all that stands above it, in canonical \
            bytes: its SHA-256 is the policy digest in receipts. A policy with errors is not packed. What --policy \
            takes, and 'policy check', may be a pack. The form is described in docs/packs-and-replay.md.

              jiuzhu policy pack Policies/heilongjiang -o heilongjiang.pack
              jiuzhu assess family.json --policy heilongjiang.pack

            \(PolicyCommand.statusHelp)
              74  the pack cannot be written
            """)

    @Argument(help: "The folder of a jurisdiction such as Policies/heilongjiang.", completion: .directory)
    var path: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; its name ends in .pack.", valueName: "file"), completion: .file())
    var output: String

    @OptionGroup var folder: PolicyFolderOption

    func validate() throws {
        guard output.hasSuffix(PolicyPack.suffix) else {
            throw ValidationError("the name of a pack ends in \(PolicyPack.suffix)")
        }
    }

    func run() throws {
        let findings = Findings()
        let programs = try folder.plugins.programs()
        let check = PolicyCheck(policies: folder.root.path, programs: programs, asOf: .today())
        let pack = check.pack(path, findings)
        Console.complain(findings.sorted.filter { $0.severity == .error })
        guard let pack else { throw ExitCode(1) }
        let bytes = pack.bytes
        try OutputFile.write(bytes, to: output)
        try Console.write("\(pack.digest)  \(output)  \(pack.files.count) files, \(bytes.count) bytes\n")
    }
}
