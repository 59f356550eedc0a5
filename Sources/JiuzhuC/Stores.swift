import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceFunding
import AssistanceRecords
import CJiuzhu
import Synchronization

/// A file of cases in the hands of a caller.
///
/// By the contract one thread at a time uses it; a call within another's is refused.
final class StoreObject: HandleObject, @unchecked Sendable {
    static let tag: UInt64 = 0x4A5A_5354_4F52_4531  // JZSTORE1
    static let kind = "store"

    private let cases: CaseStore
    private let policy: PolicyObject?
    private let isBusy = Atomic(false)

    /// Opens a file.
    init(
        _ options: StoreOptions, _ open: (_ engine: Engine?) throws(CaseProblem) -> CaseStore
    ) throws(Failure) {
        policy = options.policy
        cases = try Self.working(options.policy, "") { try open(options.policy?.engine) }
    }

    /// Uses the file; what goes wrong with it is a failure of the call.
    ///
    /// - Parameter document: What the text is called of which findings name no file.
    func use<Value>(
        document: String = "", _ body: (CaseStore) throws -> Value
    ) throws(Failure) -> Value {
        guard isBusy.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
            throw Failure(
                JZ_E_HANDLE,
                "another thread is within a call with this store; let one thread at a time use it, or open another store"
            )
        }
        defer { isBusy.store(false, ordering: .releasing) }
        return try Self.working(policy, document) { try body(cases) }
    }

    /// SQLite, keys and letters want more stack than the 128 kB that callers need to have.
    private static func working<Value>(
        _ policy: PolicyObject?, _ document: String, _ body: () throws -> Value
    ) throws(Failure) -> Value {
        do {
            return try LargeStack.run { Result { try body() } }.get()
        } catch {
            throw Failure(of: error, policy, document: document)
        }
    }
}

/// What `jz_store_options` ask for.
struct StoreOptions {
    let isReadOnly: Bool
    let policy: PolicyObject?

    /// The options of a caller; NULL for a file without a policy.
    init(_ pointer: UnsafePointer<jz_store_options>?) throws(Failure) {
        let options = try Argument.options(pointer, standard: jz_store_options())
        try Argument.flags(options.flags, among: JZ_READ_ONLY, jz_store_options.name)
        isReadOnly = options.flags & JZ_READ_ONLY != 0
        policy = options.policy == nil ? nil : try Handle.object(options.policy)
    }
}

extension Argument {
    /// The keys of a file.
    fileprivate static func keys(_ secret: UnsafeRawPointer?, _ size: Int) throws(Failure) -> RecordKeys {
        guard size >= 0 else { throw Failure(JZ_E_ARGUMENT, "a key has a size; it has no NUL at its end") }
        let secret = try bytes(secret, size, "key", limit: 4_096)
        do throws(RecordProblem) { return try RecordKeys(secret: Array(secret)) } catch { throw Failure(error) }
    }
}

@_cdecl("jz_store_create") @implementation
public func jz_store_create(
    _ path: UnsafePointer<CChar>?, _ pathSize: Int, _ key: UnsafeRawPointer?, _ keySize: Int,
    _ options: UnsafePointer<jz_store_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let options = try StoreOptions(options)
        guard !options.isReadOnly else {
            throw Failure(JZ_E_ARGUMENT, "JZ_READ_ONLY is for a file that is there; leave it out to make one")
        }
        let path = try Argument.text(path, pathSize, "path")
        let keys = try Argument.keys(key, keySize)
        return try StoreObject(options) { (engine) throws(CaseProblem) in
            try CaseStore.create(path, keys: keys, engine: engine)
        }
    }
}

@_cdecl("jz_store_open") @implementation
public func jz_store_open(
    _ path: UnsafePointer<CChar>?, _ pathSize: Int, _ key: UnsafeRawPointer?, _ keySize: Int,
    _ options: UnsafePointer<jz_store_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let options = try StoreOptions(options)
        let path = try Argument.text(path, pathSize, "path")
        let keys = try Argument.keys(key, keySize)
        return try StoreObject(options) { (engine) throws(CaseProblem) in
            try CaseStore.open(path, keys: keys, engine: engine, isReadOnly: options.isReadOnly)
        }
    }
}

@_cdecl("jz_store_free") @implementation
public func jz_store_free(_ store: OpaquePointer?) { Handle.free(store, StoreObject.self) }

@_cdecl("jz_store_verify") @implementation
public func jz_store_verify(
    _ store: OpaquePointer?, _ anchor: UnsafePointer<CChar>?, _ anchorSize: Int, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let line = try Argument.text(anchor, anchorSize, "anchor")
        let anchor = line.isEmpty ? nil : RecordHead(line)
        guard line.isEmpty || anchor != nil else {
            throw Failure(JZ_E_ARGUMENT, "anchor is none: the text of jz_store_anchor was expected")
        }
        return BufferObject(try store.use { try PaymentStore($0).verify(anchor: anchor).json })
    }
}

@_cdecl("jz_store_anchor") @implementation
public func jz_store_anchor(_ store: OpaquePointer?, _ out: HandleOut?, _ error: ErrorOut?) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        return BufferObject(try store.use { try $0.records.head.text }.utf8)
    }
}

@_cdecl("jz_store_backup") @implementation
public func jz_store_backup(
    _ store: OpaquePointer?, _ path: UnsafePointer<CChar>?, _ pathSize: Int, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let path = try Argument.text(path, pathSize, "path")
        try store.use { try $0.records.backup(to: path) }
    }
}

@_cdecl("jz_store_rekey") @implementation
public func jz_store_rekey(
    _ store: OpaquePointer?, _ key: UnsafeRawPointer?, _ keySize: Int, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let keys = try Argument.keys(key, keySize)
        return BufferObject(try store.use { try $0.records.rekey(to: keys).text }.utf8)
    }
}

@_cdecl("jz_store_stats") @implementation
public func jz_store_stats(
    _ store: OpaquePointer?, _ out: UnsafeMutablePointer<jz_store_info>?, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let found = try store.use { try $0.records.statistics }
        var info = jz_store_info()
        (info.events, info.documents, info.persons) = (found.events, found.documents, found.persons)
        (info.packs, info.bytes) = (found.packs, found.bytes)
        try Argument.write(info, to: out)
    }
}

extension RecordVerification {
    /// What was found, as JSON.
    fileprivate var json: [UInt8] {
        var json = JSONWriter(.compact)
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("whole")
        json.bool(isWhole)
        json.key("events")
        json.integer(events)
        json.key("head")
        if let head { json.string(head.text) } else { json.null() }
        json.key("problems")
        json.beginArray()
        for problem in problems {
            json.beginObject()
            json.key("code")
            json.string(problem.code.rawValue)
            json.key("message")
            json.string(problem.message)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}
