import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy

/// `jiuzhu replay`
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Make recorded decisions again, and say what differs.",
        discussion: """
            RESULT is what 'jiuzhu assess --format json' printed. Each decision is made again from the same facts, for \
            the same day and what was known on it, under the policy whose digest its receipt has. What is decided is \
            compared, and the steps where they were recorded (--explain), not the words.

              jiuzhu replay result.json --household family.json --policy heilongjiang.pack
              jiuzhu replay result.json --household family.json --packs archive

            EXIT STATUS
              0   every decision is the same
              1   RESULT or the household file is wrong; nothing is compared
              2   the policy is wrong; nothing is compared
              3   at least one decision differs
              4   none differs, but at least one cannot be made again: its policy is not at hand, or the facts are others
              64  the command line is wrong
              74  a file cannot be read, or the result cannot be written
            """)

    @Argument(
        help: "The JSON that 'jiuzhu assess' printed, at most 64 MB; - reads standard input.", completion: .file())
    var result: String

    @Option(help: "The household file it was made from, in JSON or YAML.", completion: .file())
    var household: String

    @Option(help: ArgumentHelp("The policy: a jurisdiction or a pack, as in 'jiuzhu assess'.", valueName: "path"))
    var policy: String?

    @OptionGroup var folder: PolicyFolderOption

    @Option(
        help: ArgumentHelp("Find the policy by its digest among the packs of a folder.", valueName: "dir"),
        completion: .directory)
    var packs: String?

    @OptionGroup var output: ResultOptions

    @OptionGroup var reading: HouseholdFileOptions

    func validate() throws {
        if (policy == nil) == (packs == nil) {
            throw ValidationError(
                "say with --policy which policy it was, or with --packs in which folder to look for it")
        }
    }

    func run() throws {
        let records = try self.records()
        let source = try InputFile(household)
        // Of a policy that is named there is one, whatever a record was made with.
        var replays: [String: Replay] = [:]
        var files: [Reading: HouseholdFile] = [:]
        var report = ReplayReport()
        let findings = Findings()
        for (place, record) in records.enumerated() {
            let (digest, date) = (packs == nil ? "" : record.receipt.policyDigest, record.receipt.date)
            let replay = try replays[digest] ?? Replay(engine(digest))
            replays[digest] = replay
            let outcome = try replay.run(record, at: place, file: source.name, findings) { schema throws in
                // Under one policy the facts are the same, and read once a day of assessment.
                let key = Reading(digest: digest, date: date)
                let households =
                    try files[key]
                    ?? HouseholdInput.required(
                        source, as: reading.format(of: household), schema: schema, on: date)
                files[key] = households
                return households
            }
            report.add(record, outcome)
        }
        if findings.hasErrors {
            Console.complain(findings.sorted.filter { $0.severity == .error })
            throw ExitStatus.badPolicy
        }
        try Console.write(output.format == .json ? report.json : report.text(in: output.language))
        if report.hasDifferences { throw ExitStatus.differs }
        if report.hasObstacles { throw ExitStatus.cannot }
    }

    /// What the household file is read for: a policy, which says what facts there are, and a day.
    private struct Reading: Hashable {
        let digest: String
        let date: CalendarDate
    }

    private func records() throws -> [RecordedAssessment] {
        let file = try InputFile(result)
        let findings = Findings()
        let records = RecordedAssessment.read(file.bytes, file: file.name, findings)
        Console.complain(findings.sorted)
        guard !findings.hasErrors else { throw ExitStatus.badInput }
        return records
    }

    /// The policy that was named, or the one of a digest among the packs; nil where there is none.
    private func engine(_ digest: String) throws -> Engine? {
        var name = policy
        if let packs {
            guard PolicyFiles.isFolder(packs) else {
                Console.complain("jiuzhu: error: there is no folder '\(packs)' [\(DiagnosticCode.noPolicy.rawValue)]")
                throw ExitStatus.badPolicy
            }
            name = PolicyFiles.packs(in: packs).first { path in
                PolicyFiles.pack(path, Findings())?.digest == digest
            }
        }
        guard let name else { return nil }
        return try PolicySource.named(name, in: folder).engine()
    }
}
