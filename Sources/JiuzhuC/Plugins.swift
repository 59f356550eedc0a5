import AssistanceCore
import AssistanceEngine
import AssistancePlugins
import AssistancePrograms
import CJiuzhu

/// The plugins of a caller.
final class PluginsObject: HandleObject {
    static let tag: UInt64 = 0x4A5A_504C_5547_494E  // JZPLUGIN
    static let kind = "set of plugins"

    let plugins = PluginSet(beside: assistancePrograms)
}

@_cdecl("jz_plugins_new") @implementation
public func jz_plugins_new(_ out: HandleOut?, _ error: ErrorOut?) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in PluginsObject() }
}

@_cdecl("jz_plugin_load") @implementation
public func jz_plugin_load(
    _ plugins: OpaquePointer?, _ path: UnsafePointer<CChar>?, _ pathSize: Int, _ digest: UnsafePointer<CChar>?,
    _ digestSize: Int, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let plugins: PluginsObject = try Handle.object(plugins)
        let path = try Argument.text(path, pathSize, "path")
        let digest = try Argument.text(digest, digestSize, "sha256", limit: 256)
        do throws(PluginRefusal) {
            try plugins.plugins.load(path, sha256: digest)
        } catch {
            throw Failure(JZ_E_PLUGIN, [error.diagnostic(file: path)])
        }
    }
}

@_cdecl("jz_plugins_report") @implementation
public func jz_plugins_report(_ plugins: OpaquePointer?, _ out: HandleOut?, _ error: ErrorOut?) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let plugins: PluginsObject = try Handle.object(plugins)
        return BufferObject(plugins.plugins.report.json(.compact).utf8)
    }
}

@_cdecl("jz_plugins_free") @implementation
public func jz_plugins_free(_ plugins: OpaquePointer?) { Handle.free(plugins, PluginsObject.self) }
