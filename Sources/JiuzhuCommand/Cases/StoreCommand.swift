import ArgumentParser
import AssistanceCasework
import AssistanceFunding
import AssistanceRecords

/// `jiuzhu store`
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Keep a file of cases: make, verify, anchor and copy it, change its key.",
        discussion: """
            All cases stand in one file: a chain of events that is only added to, sealed documents and persons, and the \
            packs of policy that decided. Who has the key can read and forge all of it.

              head -c 32 /dev/urandom >cases.key; chmod 600 cases.key
              jiuzhu store init cases.db --key cases.key

            \(statusHelp)
            """,
        subcommands: [Init.self, Verify.self, Anchor.self, Backup.self, Rekey.self, Stats.self])

    /// What the help says of how commands on a file of cases end.
    static let statusHelp = """
        EXIT STATUS
          0   done
          1   an input file, the key or the file of cases is wrong; every mistake is named, nothing is changed
          2   the policy or a plugin is wrong
          5   the step is refused; the rule that forbids it is named, nothing is changed
          64  the command line is wrong
          74  a file is not there, cannot be read or cannot be written
        """

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a file of cases; there must be none of this name.", discussion: statusHelp)

        @OptionGroup var options: StoreOptions

        func run() throws {
            let keys = try KeyFile.keys(options.keyFile)
            let head = try CaseFailure.ending {
                try CaseStore.create(options.store, keys: keys, engine: nil).records.head
            }
            try Console.write(head.text + "\n")
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether all of the file is what was written.",
            discussion: """
                The pages, the chain of events, everything sealed, the packs, and whether the lists say what the events \
                say. That the end was cut off, or an older copy put back, is seen with an anchor alone.

                \(statusHelp)
                """)

        @OptionGroup var options: StoreOptions

        @Option(
            help: ArgumentHelp("A file with the line that 'jiuzhu store anchor' printed.", valueName: "file"),
            completion: .file())
        var anchor: String?

        func run() throws {
            let anchor = try self.anchor.map(Self.head)
            let store = try options.open(isReadOnly: true)
            let verification = try CaseFailure.ending {
                try PaymentStore(store).verify(anchor: anchor)
            }
            for problem in verification.problems { Console.complain(problem.description) }
            guard verification.isWhole else { throw ExitStatus.badInput }
            try Console.write(
                "\(options.store) is whole up to event \(verification.head?.number ?? 0)\(anchor.map { ", and holds event \($0.number) as it was anchored" } ?? "")\n"
            )
        }

        private static func head(_ path: String) throws -> RecordHead {
            let file = try InputFile(path)
            var line = file.bytes[...]
            while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard let head = RecordHead(String(decoding: line, as: UTF8.self)) else {
                Console.complain(
                    "\(file.name): error: an anchor was expected: the one line that 'jiuzhu store anchor' prints")
                throw ExitStatus.badInput
            }
            return head
        }
    }

    struct Anchor: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the last event's number and hash, to be kept outside of the machine.",
            discussion: statusHelp)

        @OptionGroup var options: StoreOptions

        func run() throws {
            let store = try options.open(isReadOnly: true)
            try Console.write(CaseFailure.ending { try store.records.head.text } + "\n")
        }
    }

    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the file as it is at this moment, while others work with it.", discussion: statusHelp)

        @OptionGroup var options: StoreOptions

        @Argument(help: "The copy; there must be no file of this name.", completion: .file())
        var copy: String

        func run() throws {
            let store = try options.open(isReadOnly: true)
            try CaseFailure.ending { try store.records.backup(to: copy) }
        }
    }

    struct Rekey: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal and chain everything with another key, and print the new anchor.",
            discussion: """
                Copies that were made before stay readable with the old key.

                \(statusHelp)
                """)

        @OptionGroup var options: StoreOptions

        @Option(help: ArgumentHelp("The file with the other key.", valueName: "file"), completion: .file())
        var newKey: String

        func run() throws {
            let keys = try KeyFile.keys(newKey)
            let store = try options.open()
            try Console.write(CaseFailure.ending { try store.records.rekey(to: keys).text } + "\n")
        }
    }

    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how much is in the file.", discussion: statusHelp)

        @OptionGroup var options: StoreOptions

        func run() throws {
            let store = try options.open(isReadOnly: true)
            let found = try CaseFailure.ending { try store.records.statistics }
            try Console.write(
                "\(found.events) events, \(found.documents) documents, \(found.persons) persons, \(found.packs) packs of policy, \(found.bytes) bytes\n"
            )
        }
    }
}
