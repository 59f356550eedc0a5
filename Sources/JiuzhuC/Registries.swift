import AssistanceCore
import AssistanceEngine
import AssistancePlugins
import AssistancePolicy
import CJiuzhu

extension Failure {
    /// For an id that no plugin of a set has.
    fileprivate init(no what: String, _ id: String, among ids: [String]) {
        let name = isQuotable(id) ? "there is no \(what) '\(id)'" : "there is no such \(what)"
        self.init(
            JZ_E_NAME, name + " among those of the loaded plugins", meant: closestName(to: id, among: ids))
    }
}

extension PluginsObject {
    fileprivate func source(_ id: String) throws(Failure) -> PluginSource {
        let sources = plugins.sources
        guard let source = sources.first(where: { $0.id == id }) else {
            throw Failure(no: "data source", id, among: sources.map(\.id))
        }
        return source
    }

    fileprivate func channel(
        _ id: UnsafePointer<CChar>?, _ size: Int
    ) throws(Failure) -> PluginChannel {
        let id = try Argument.text(id, size, "channel", limit: 256)
        let channels = plugins.channels
        guard let channel = channels.first(where: { $0.id == id }) else {
            throw Failure(no: "payment channel", id, among: channels.map(\.id))
        }
        return channel
    }
}

/// The value of a text in JSON; every mistake of it is one of the input.
private func read<Value>(
    _ json: UnsafePointer<CChar>?, _ size: Int, _ name: String, _ body: ([UInt8]) throws(Diagnostic) -> Value
) throws(Failure) -> Value {
    let bytes = [UInt8](try Argument.bytes(json, size, name, limit: AssessmentService.limit))
    do throws(Diagnostic) { return try body(bytes) } catch { throw Failure(JZ_E_INPUT, [error]) }
}

/// What a payment channel answers; what is wrong with it is the plugin's.
private func asking<Value>(_ body: () throws(PaymentProblem) -> Value) throws(Failure) -> Value {
    do throws(PaymentProblem) { return try body() } catch { throw Failure(JZ_E_PLUGIN, error.description) }
}

@_cdecl("jz_source_query") @implementation
public func jz_source_query(
    _ plugins: OpaquePointer?, _ policy: OpaquePointer?, _ source: UnsafePointer<CChar>?, _ sourceSize: Int,
    _ setting: UnsafePointer<CChar>?, _ settingSize: Int, _ persons: UnsafePointer<CChar>?, _ personsSize: Int,
    _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let plugins: PluginsObject = try Handle.object(plugins)
        let schema =
            policy == nil ? FactSchema.national : try Handle.object(policy, PolicyObject.self).engine.library.schema
        let source = try plugins.source(try Argument.text(source, sourceSize, "source", limit: 256))
        let setting = setting == nil && settingSize == 0 ? nil : try Argument.text(setting, settingSize, "setting")
        let persons = try read(persons, personsSize, "persons") { (json) throws(Diagnostic) in
            try QueriedPerson.list(json: json)
        }
        do throws(SourceProblem) {
            let registry = try source.open(setting, schema: schema)
            return BufferObject(SourceFinding.json(try registry.query(persons), of: registry))
        } catch {
            throw Failure(JZ_E_PLUGIN, error.message)
        }
    }
}

@_cdecl("jz_channel_write") @implementation
public func jz_channel_write(
    _ plugins: OpaquePointer?, _ channel: UnsafePointer<CChar>?, _ channelSize: Int, _ batch: UnsafePointer<CChar>?,
    _ batchSize: Int, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let plugins: PluginsObject = try Handle.object(plugins)
        let channel = try plugins.channel(channel, channelSize)
        let batch = try read(batch, batchSize, "batch") { (json) throws(Diagnostic) in try PaymentBatch(json: json) }
        return BufferObject(try asking { () throws(PaymentProblem) in try channel.file(of: batch) })
    }
}

@_cdecl("jz_channel_read") @implementation
public func jz_channel_read(
    _ plugins: OpaquePointer?, _ channel: UnsafePointer<CChar>?, _ channelSize: Int, _ file: UnsafeRawPointer?,
    _ fileSize: Int, _ batch: UnsafePointer<CChar>?, _ batchSize: Int, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let plugins: PluginsObject = try Handle.object(plugins)
        let channel = try plugins.channel(channel, channelSize)
        let bytes = [UInt8](try Argument.bytes(file, fileSize, "file", limit: AssessmentService.limit))
        var known: PaymentBatch?
        if batch != nil || batchSize != 0 {
            known = try read(batch, batchSize, "batch") { (json) throws(Diagnostic) in try PaymentBatch(json: json) }
        }
        let receipts = try asking { () throws(PaymentProblem) in
            guard let known else { return try channel.receipts(in: bytes) }
            return try channel.receipts(in: bytes, of: known)
        }
        return BufferObject(PaymentReceipt.json(receipts, of: channel))
    }
}
