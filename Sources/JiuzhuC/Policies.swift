import AssistanceCore
import AssistanceEngine
import AssistancePlugins
import AssistancePolicy
import AssistancePrograms
import CJiuzhu

/// A loaded policy in the hands of callers.
final class PolicyObject: HandleObject {
    static let tag: UInt64 = 0x4A5A_504F_4C49_4359  // JZPOLICY
    static let kind = "policy"

    let engine: Engine
    /// What decides its households.
    let service: AssessmentService
    /// What is worth knowing of it, though it could be loaded.
    let findings: [Diagnostic]
    let digest: CText
    /// What stands before the paths of its files.
    private let prefix: String
    /// What decides households, by area, day and stage.
    let deciders = AreaDeciders()
    let idle = IdleAssessors()

    /// Loads a pack; throws every finding where it is wrong.
    init(_ pack: PolicyPack, prefix: String, _ options: PolicyOptions) throws(Failure) {
        let (engine, findings) = LargeStack.run {
            let findings = Findings()
            let library = PolicyLibrary(
                files: pack.files, jurisdiction: pack.jurisdiction, sections: Engine.sections(of: options.programs),
                findings)
            return (Engine(library, programs: options.programs, run: options.run), findings.sorted)
        }
        self.engine = engine
        service = AssessmentService(engine, folder: prefix)
        self.prefix = prefix
        self.findings = findings.map { $0.below(prefix) }
        digest = CText(engine.policyDigest)
        guard !findings.contains(where: { $0.severity == .error }) else { throw Failure(JZ_E_POLICY, self.findings) }
    }

    /// What is worth knowing: of loading, and of the plans of an area where there is one.
    func diagnostics(_ area: DivisionCode?, _ options: AssessOptions) -> [Diagnostic] {
        guard let area else { return findings }
        let own = Findings()
        _ = engine.policy(area: area, date: options.date, knownOn: options.knownOn, stage: options.stage, own)
        return findings + located(own.sorted).filter { !findings.contains($0) }
    }

    /// Findings with the paths of their files as callers know them.
    func located(_ findings: [Diagnostic]) -> [Diagnostic] { findings.map { $0.below(prefix) } }

    /// The area that a caller names, the policy's own for NULL.
    func area(_ data: UnsafePointer<CChar>?, _ size: Int) throws(Failure) -> DivisionCode {
        guard data != nil else { return engine.library.jurisdiction }
        guard let area = DivisionCode(try Argument.text(data, size, "area", limit: 64)) else {
            throw Failure(JZ_E_AREA, "area is no division code of GB/T 2260: six, nine or twelve digits")
        }
        return area
    }

    /// What is shown of the terms in force.
    func show(_ area: DivisionCode, _ options: AssessOptions) -> String {
        let show = PolicyShow(engine.library, area: area, on: options.date, knownOn: options.knownOn, root: prefix)
        return show.overview
    }
}

/// What `jz_policy_options` ask for.
struct PolicyOptions {
    /// The most programmes that a caller may name.
    private static let limit = 256

    /// All programmes, those of plugins among them.
    let programs: [any AssistanceProgram]
    /// The ids of the programmes to run; nil for all.
    let run: Set<String>?

    /// The options of a caller; NULL for all programmes that are built in.
    init(_ pointer: UnsafePointer<jz_policy_options>?) throws(Failure) {
        let options = try Argument.options(pointer, standard: jz_policy_options())
        try Argument.flags(options.flags, among: 0, jz_policy_options.name)
        programs =
            options.plugins == nil
            ? assistancePrograms : try Handle.object(options.plugins, PluginsObject.self).plugins.programs
        run = try Self.run(options, among: programs.map(\.id))
    }

    private static func run(_ options: jz_policy_options, among known: [String]) throws(Failure) -> Set<String>? {
        guard let list = options.programs else {
            guard options.program_count == 0 else { throw Failure(JZ_E_ARGUMENT, "programs is NULL") }
            return nil
        }
        guard (1...limit).contains(options.program_count) else {
            throw Failure(JZ_E_ARGUMENT, "program_count is \(options.program_count), and 1 to \(limit) was expected")
        }
        var result: Set<String> = []
        for place in 0..<options.program_count {
            let id = try Argument.text(list[place], -1, "a programme", limit: 256)
            guard known.contains(id) else {
                throw Failure(JZ_E_NAME, "there is no programme '\(id)'", meant: closestName(to: id, among: known))
            }
            result.insert(id)
        }
        return result
    }
}

@_cdecl("jz_policy_load") @implementation
public func jz_policy_load(
    _ folder: UnsafePointer<CChar>?, _ folderSize: Int, _ jurisdiction: UnsafePointer<CChar>?, _ jurisdictionSize: Int,
    _ options: UnsafePointer<jz_policy_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let options = try PolicyOptions(options)
        let root = try Argument.text(folder, folderSize, "folder")
        let name = try Argument.text(jurisdiction, jurisdictionSize, "jurisdiction")
        let pack: PolicyPack
        do throws(Diagnostic) {
            pack = try PolicyFiles.pack(of: name, in: root)
        } catch {
            throw Failure(JZ_E_NO_POLICY, [error])
        }
        return try PolicyObject(pack, prefix: root, options)
    }
}

@_cdecl("jz_policy_load_pack") @implementation
public func jz_policy_load_pack(
    _ bytes: UnsafeRawPointer?, _ size: Int, _ options: UnsafePointer<jz_policy_options>?,
    _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let options = try PolicyOptions(options)
        guard size >= 0 else { throw Failure(JZ_E_ARGUMENT, "a pack has a size; it has no NUL at its end") }
        let bytes = try Argument.bytes(bytes, size, "bytes", limit: PolicyPack.limit)
        let findings = Findings()
        guard let pack = PolicyPack(reading: Array(bytes), file: "", findings) else {
            throw Failure(JZ_E_POLICY, findings.sorted)
        }
        return try PolicyObject(pack, prefix: "", options)
    }
}

@_cdecl("jz_policy_digest") @implementation
public func jz_policy_digest(_ policy: OpaquePointer?) -> jz_view {
    Handle.existing(policy, PolicyObject.self)?.digest.view ?? .empty
}

@_cdecl("jz_policy_free") @implementation
public func jz_policy_free(_ policy: OpaquePointer?) { Handle.free(policy, PolicyObject.self) }

@_cdecl("jz_policy_diagnostics") @implementation
public func jz_policy_diagnostics(
    _ policy: OpaquePointer?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ options: UnsafePointer<jz_assess_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let policy: PolicyObject = try Handle.object(policy)
        let options = try AssessOptions(options)
        let area = area == nil ? nil : try policy.area(area, areaSize)
        var json = JSONWriter(options.layout)
        json.beginObject()
        json.findings(policy.diagnostics(area, options))
        json.endObject()
        return BufferObject(json.bytes)
    }
}

@_cdecl("jz_policy_show") @implementation
public func jz_policy_show(
    _ policy: OpaquePointer?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ options: UnsafePointer<jz_assess_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let policy: PolicyObject = try Handle.object(policy)
        let options = try AssessOptions(options)
        return BufferObject(policy.show(try policy.area(area, areaSize), options).utf8)
    }
}
