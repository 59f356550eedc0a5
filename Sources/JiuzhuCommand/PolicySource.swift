import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Glibc

/// A folder of policies, and where it is found.
struct PolicyRoot {
    /// Its path.
    let path: String

    /// The folder that was asked for, else the one installed with the command, else `./Policies`.
    init(_ given: String?) {
        path = given ?? Self.installed ?? "Policies"
    }

    /// `../share/jiuzhu/Policies` beside the folder of the executable; nil where there is none.
    private static var installed: String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0, count < buffer.count else { return nil }
        let executable = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let folder = executable.lastIndex(of: "/").map { String(executable[..<$0]) } ?? "."
        let share = folder + "/../share/jiuzhu/Policies"
        return PolicyFiles.isFolder(share) ? share : nil
    }
}

/// The policy of a jurisdiction, as it is named on the command line: `heilongjiang/harbin`, or `heilongjiang.pack`.
struct PolicySource {
    /// Its files.
    let pack: PolicyPack
    /// What stands before their paths: the folder of policies, or the pack.
    let prefix: String
    /// All programmes, those of plugins among them.
    let programs: [any AssistanceProgram]

    /// The policy of a name: a pack where it ends in `.pack`, else a path below the folder of policies. Where there is
    /// none, or the pack or a plugin is wrong, says so and ends the command.
    static func named(_ name: String, in folder: PolicyFolderOption) throws -> PolicySource {
        let programs = try folder.plugins.programs()
        guard name.hasSuffix(PolicyPack.suffix) else { return try self.folder(name, in: folder.root, programs) }
        let findings = Findings()
        guard let pack = PolicyFiles.pack(name, findings) else {
            Console.complain(findings.sorted)
            throw ExitStatus.badPolicy
        }
        return PolicySource(pack: pack, prefix: name, programs: programs)
    }

    private static func folder(
        _ path: String, in root: PolicyRoot, _ programs: [any AssistanceProgram]
    ) throws -> PolicySource {
        guard PolicyFiles.isFolder(root.path) else {
            let message = "there is no folder of policies '\(root.path)'; say with --policies where it is"
            throw Console.mistake(message, nil, .noPolicy, ExitStatus.badPolicy)
        }
        do throws(Diagnostic) {
            let pack = try PolicyFiles.pack(of: path, in: root.path)
            return PolicySource(pack: pack, prefix: root.path, programs: programs)
        } catch {
            throw Console.mistake(error.message, error.suggestion, error.code, ExitStatus.badPolicy)
        }
    }

    /// Loads the policy of the jurisdiction and of all in it.
    ///
    /// - Parameter reform: A file that is laid over it.
    func load(_ findings: Findings, run: Set<String>? = nil, reform: PolicyFile? = nil) -> Engine {
        let sections = Engine.sections(of: programs)
        let library = PolicyLibrary(
            files: pack.files, jurisdiction: pack.jurisdiction, reform: reform, sections: sections, findings)
        return Engine(library, programs: programs, run: run)
    }

    /// Loads the policy, or says everything that is wrong with it and ends the command.
    func engine(run: Set<String>? = nil) throws -> Engine {
        let findings = Findings()
        let engine = load(findings, run: run)
        guard !findings.hasErrors else {
            Console.complain(errors(findings))
            throw ExitStatus.badPolicy
        }
        return engine
    }

    /// The errors among findings, their files named from here, not from the folder of policies or the pack.
    ///
    /// - Parameter reform: The file that is laid over the policy; it is named from here already.
    func errors(_ findings: Findings, reform: String? = nil) -> [Diagnostic] { errors(findings.sorted, reform: reform) }

    /// The errors among sorted findings, named likewise.
    func errors(_ findings: [Diagnostic], reform: String? = nil) -> [Diagnostic] {
        findings.filter { $0.severity == .error }.map { $0.file == reform ? $0 : $0.below(prefix) }
    }
}
