import ArgumentParser
import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords

extension CaseRole: ExpressibleByArgument {}
extension CaseStage: ExpressibleByArgument {}
extension CaseStep: ExpressibleByArgument {}
extension CaseVerdict: ExpressibleByArgument {}

/// A file of cases, and the key that opens it.
struct StoreOptions: ParsableArguments {
    @Argument(help: "The file of cases.", completion: .file())
    var store: String

    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            "A file with the key: 32 to 64 random bytes, which nobody but its owner may read.", valueName: "file"),
        completion: .file())
    var keyFile: String

    /// Opens the file.
    ///
    /// - Parameter engine: The policy, for what needs one: steps, and what may be done next.
    func open(with engine: Engine? = nil, isReadOnly: Bool = false) throws -> CaseStore {
        let keys = try KeyFile.keys(keyFile)
        return try CaseFailure.ending {
            try CaseStore.open(store, keys: keys, engine: engine, isReadOnly: isReadOnly)
        }
    }
}

/// Who acts. The command takes it as it is given: whoever may read the key is trusted to say who they are.
struct ActorOptions: ParsableArguments {
    @Option(
        name: .customLong("actor"),
        help: ArgumentHelp("Who acts: a staff number of letters, digits, '.', '_' and '-'.", valueName: "id"))
    var id: String

    @Option(help: "In which capacity.")
    var role: CaseRole

    @Option(
        help: ArgumentHelp("The division code of the office, such as 231025100.", valueName: "code"),
        transform: DivisionArgument.read)
    var office: DivisionCode

    /// Who acts.
    var actor: CaseActor { CaseActor(id: id, role: role, area: office) }

    func validate() throws {
        guard RecordActor(id: id, role: role.rawValue, area: office.number) != nil else {
            throw ValidationError("--actor is 1 to 64 letters, digits, '.', '_' and '-'")
        }
    }
}

/// The policy by which cases are handled and decided.
struct CasePolicyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The policy: a jurisdiction or a pack, as in 'jiuzhu assess'.", valueName: "path"))
    var policy: String

    @OptionGroup var folder: PolicyFolderOption

    /// The policy, or says everything that is wrong with it and ends the command.
    func source() throws -> PolicySource { try PolicySource.named(policy, in: folder) }
}

/// Division codes on the command line, where no list of areas is asked.
enum DivisionArgument {
    /// Reads `231025` or `231025100`.
    static func read(_ text: String) throws -> DivisionCode {
        guard let code = DivisionCode(text) else {
            throw ValidationError("a division code has 6, 9 or 12 digits, such as 231025 or 231025100")
        }
        return code
    }
}
