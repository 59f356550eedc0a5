import AssistanceEngine
import AssistancePrograms
import CJiuzhu

@_cdecl("jz_version") @implementation
public func jz_version() -> UnsafePointer<CChar>? { Version.text.view.data }

@_cdecl("jz_version_number") @implementation
public func jz_version_number() -> UInt32 { UInt32(JZ_VERSION_NUMBER) }

@_cdecl("jz_abi") @implementation
public func jz_abi() -> Int32 { JZ_ABI }

/// The version of the library, for as long as it is loaded.
private enum Version {
    static let text = CText(Engine.version)
}
