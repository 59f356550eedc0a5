import ArgumentParser
import AssistanceCore
import AssistancePlugins
import AssistancePolicy
import Jiuzhu

/// Which plugins take part. None does unless it is named, with the digest of its file.
struct PluginOptions: ParsableArguments {
    @Option(
        name: .customLong("plugin"),
        help: ArgumentHelp(
            "The file of a plugin, with its --plugin-sha256; may be repeated.", valueName: "file"),
        completion: .file())
    var files: [String] = []

    @Option(
        name: .customLong("plugin-sha256"),
        help: ArgumentHelp("The SHA-256 of the plugin's file, one for each --plugin.", valueName: "hex"))
    var digests: [String] = []

    @Option(
        name: .customLong("plugins"),
        help: ArgumentHelp(
            "A list of plugins in YAML: [{path: meals.so, sha256: …}], paths seen from its folder.", valueName: "file"),
        completion: .file())
    var list: String?

    func validate() throws {
        guard files.count == digests.count else {
            throw ValidationError(
                "each --plugin needs a --plugin-sha256: there are \(files.count) of the one and \(digests.count) of the other"
            )
        }
    }

    /// All programmes: those that are built in, and those of the plugins.
    func programs() throws -> [any AssistanceProgram] { try set().programs }

    /// The plugins that were named. Says why one is not loaded, and ends the command.
    func set() throws -> PluginSet {
        let plugins = PluginSet(beside: assistancePrograms) { entry in
            guard entry.isWarning else { return }
            Console.complain("\(entry.plugin.name) \(entry.plugin.version): warning: \(entry.message)")
        }
        let findings = Findings()
        if let list {
            let file = try InputFile(list)
            for entry in PluginListFile.read(file.bytes, file: file.name, findings) {
                load(entry.path, entry.sha256, into: plugins, findings)
            }
        }
        for (file, digest) in zip(files, digests) { load(file, digest, into: plugins, findings) }
        Console.complain(findings.sorted)
        guard !findings.hasErrors else { throw ExitStatus.badPolicy }
        return plugins
    }

    private func load(_ path: String, _ digest: String, into plugins: PluginSet, _ findings: Findings) {
        do throws(PluginRefusal) {
            try plugins.load(path, sha256: digest)
        } catch {
            findings.report(error.diagnostic(file: path))
        }
    }
}
