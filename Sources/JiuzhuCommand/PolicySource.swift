import ArgumentParser
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Glibc
import LowIncomeAssistance
import SpecialPovertyAssistance

/// The programmes the command knows, in their order.
let knownPrograms: [any AssistanceProgram] = [LowIncomeProgram(), SpecialPovertyProgram()]

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

/// A jurisdiction of a folder of policies: `heilongjiang/harbin`.
struct PolicySource {
    /// The folder of policies.
    let root: PolicyRoot
    /// The path below it.
    let path: String

    /// The jurisdiction of a path. Where there is none, says so and ends the command.
    static func named(_ path: String, in root: PolicyRoot) throws -> PolicySource {
        guard PolicyFiles.isFolder(root.path) else {
            throw missing("there is no folder of policies '\(root.path)'; say with --policies where it is")
        }
        var folder = root.path
        for part in path.split(separator: "/").map(String.init) {
            let names = PolicyFiles.names(in: folder).filter { PolicyFiles.isFolder(folder + "/" + $0) }
            // Only names that stand in the folder: `..` and the like are none.
            guard names.contains(part) else {
                throw missing("there is no policy '\(part)' in '\(folder)'", closestName(to: part, among: names))
            }
            folder += "/" + part
        }
        let found = folder.dropFirst(root.path.count + 1)
        guard !found.isEmpty else { throw missing("the path of a policy is empty; it is such as heilongjiang/harbin") }
        return PolicySource(root: root, path: String(found))
    }

    private static func missing(_ message: String, _ suggestion: String? = nil) -> ExitCode {
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        Console.complain("jiuzhu: error: \(message)\(hint) [\(DiagnosticCode.noPolicy.rawValue)]")
        return ExitStatus.badPolicy
    }

    /// Loads the policy of the jurisdiction and of all in it.
    func load(_ findings: Findings, run: Set<String>? = nil) -> Engine {
        let sections = Engine.sections(of: knownPrograms)
        let library = PolicyLibrary.load(path, in: root.path, sections: sections, findings)
        return Engine(library, programs: knownPrograms, run: run)
    }

    /// The errors among findings, their files named from here, not from the folder of policies.
    func errors(_ findings: Findings) -> [Diagnostic] {
        findings.sorted.filter { $0.severity == .error }.map { finding in
            var finding = finding
            if !finding.file.isEmpty { finding.file = root.path + "/" + finding.file }
            return finding
        }
    }
}
