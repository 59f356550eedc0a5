import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import Synchronization

/// The plugins that a host has asked for, beside the programmes that are built in.
///
/// Nothing is found by itself: each is named with the SHA-256 that the host expects. May be shared between threads; what
/// has been made with its programmes keeps them, whatever is loaded later.
public final class PluginSet: Sendable {
    private struct State {
        var plugins: [Plugin] = []
        var report = PluginReport()
    }

    private let builtIn: [any AssistanceProgram]
    private let log: (@Sendable (PluginLogEntry) -> Void)?
    private let state = Mutex(State())

    /// No plugins yet, beside programmes that are built in.
    ///
    /// - Parameter log: What becomes of the lines that plugins log while they are called; it is called on the thread of the
    ///   call, and from several at once. Without it nothing does.
    public init(
        beside programs: [any AssistanceProgram], log: (@Sendable (PluginLogEntry) -> Void)? = nil
    ) {
        builtIn = programs
        self.log = log
    }

    /// The plugins, in the order in which they were loaded.
    public var plugins: [Plugin] { state.withLock { $0.plugins } }

    /// All programmes in the order of their results: those that are built in, then those of plugins.
    public var programs: [any AssistanceProgram] { builtIn + plugins.flatMap(\.programs) }

    /// The data sources of all plugins, no id twice.
    public var sources: [PluginSource] { plugins.flatMap(\.sources) }

    /// The payment channels of all plugins, no id twice.
    public var channels: [PluginChannel] { plugins.flatMap(\.channels) }

    /// What became of every file that was named.
    public var report: PluginReport { state.withLock { $0.report } }

    /// Loads the plugin of a file whose bytes have a digest. A plugin that is there already is answered again.
    ///
    /// - Parameters:
    ///   - path: The file itself, no link to it; at most 64 MB.
    ///   - digest: The SHA-256 of its bytes, 64 hexadecimal digits.
    @discardableResult
    public func load(_ path: String, sha256 digest: String) throws(PluginRefusal) -> Plugin {
        do throws(PluginRefusal) {
            let image = try SealedImage(copying: PluginFile(path))
            return try load(image, sha256: digest, from: path)
        } catch {
            note(error, path)
            throw error
        }
    }

    /// Loads what has been copied from a file.
    func load(_ image: SealedImage, sha256 digest: String, from path: String) throws(PluginRefusal) -> Plugin {
        let expected = digest.lowercased()
        guard expected.utf8.count == 64, expected.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else {
            throw PluginRefusal(
                .digest, "what is expected is no SHA-256", expected: "64 hexadecimal digits", found: digest)
        }
        guard expected == image.digest else {
            throw PluginRefusal(
                .digest, "its SHA-256 is another than the one expected: it is another file, or was changed",
                expected: expected, found: image.digest)
        }
        try LibraryImage.check(image.bytes)
        let plugin = Plugin(
            try LoadedLibraries.descriptor(image, from: path), sha256: image.digest, log: log)
        let objection: PluginRefusal? = state.withLock { state in
            if !state.plugins.contains(where: { $0.identity == plugin.identity }) {
                let names = TakenNames(builtIn, state.plugins)
                if let objection = names.objection(to: plugin) { return objection }
                state.plugins.append(plugin)
            }
            state.report.add(path, .success(plugin))
            return nil
        }
        if let objection { throw objection }
        return plugin
    }

    private func note(_ refusal: PluginRefusal, _ path: String) {
        state.withLock { $0.report.add(path, .failure(refusal)) }
    }
}

/// The names that programmes and plugins have taken, so that each keeps one meaning.
private struct TakenNames {
    private let programs: [any AssistanceProgram]
    private let plugins: [Plugin]

    init(_ builtIn: [any AssistanceProgram], _ plugins: [Plugin]) {
        programs = builtIn + plugins.flatMap(\.programs)
        self.plugins = plugins
    }

    /// Why a plugin cannot stand beside the others; nil where it can.
    func objection(to plugin: Plugin) -> PluginRefusal? {
        let name = plugin.identity.name
        if plugins.contains(where: { $0.identity.name == name }) {
            return taken("another plugin is called '\(name)'")
        }
        var sections = PolicyLibrary.ownKeys + Engine.sections(of: programs).map(\.key)
        var schema = FactSchema.national.adding(programs.flatMap(\.section.facts))
        var standings = programs.flatMap(\.standings).map(\.name)
        for program in plugin.programs {
            if sections.contains(program.id) { return taken("there is a section '\(program.id)' of policy already") }
            sections.append(program.id)
            for fact in program.section.facts {
                if let objection = schema.objection(to: fact.owner, fact.key) {
                    return taken("the programme '\(program.id)': \(objection)")
                }
                schema = schema.adding([fact])
            }
            for standing in program.standings {
                if standings.contains(standing.name) {
                    return taken("the programme '\(program.id)': there is a standing '\(standing.name)' already")
                }
                standings.append(standing.name)
            }
        }
        let others = plugins + [plugin]
        return twice(others.flatMap(\.sources).map(\.id), "data source")
            ?? twice(others.flatMap(\.channels).map(\.id), "payment channel")
    }

    private func twice(_ ids: [String], _ what: String) -> PluginRefusal? {
        var seen: Set<String> = []
        return ids.first { !seen.insert($0).inserted }.map { taken("there is a \(what) '\($0)' already") }
    }

    private func taken(_ message: String) -> PluginRefusal { PluginRefusal(.taken, message) }
}
