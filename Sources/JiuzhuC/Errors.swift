import AssistanceCore
import AssistanceEngine
import CJiuzhu

/// An error in the hands of a caller.
final class ErrorObject: HandleObject {
    static let tag: UInt64 = 0x4A5A_4552_524F_5231  // JZERROR1
    static let kind = "error"

    let failure: Failure
    let message: CText
    let json: CText
    let file: CText

    init(_ failure: Failure) {
        self.failure = failure
        message = CText(failure.message)
        json = CText(Self.document(failure))
        file = CText(failure.findings.first?.file ?? "")
    }

    private static func document(_ failure: Failure) -> String {
        var json = JSONWriter(.compact)
        failure.write(to: &json)
        return json.text
    }
}

@_cdecl("jz_error_code") @implementation
public func jz_error_code(_ error: OpaquePointer?) -> Int32 {
    Handle.existing(error, ErrorObject.self)?.failure.code ?? JZ_OK
}

@_cdecl("jz_error_class") @implementation
public func jz_error_class(_ error: OpaquePointer?) -> Int32 {
    Handle.existing(error, ErrorObject.self)?.failure.category ?? 0
}

@_cdecl("jz_error_message") @implementation
public func jz_error_message(_ error: OpaquePointer?) -> jz_view {
    Handle.existing(error, ErrorObject.self)?.message.view ?? .empty
}

@_cdecl("jz_error_json") @implementation
public func jz_error_json(_ error: OpaquePointer?) -> jz_view {
    Handle.existing(error, ErrorObject.self)?.json.view ?? .empty
}

@_cdecl("jz_error_file") @implementation
public func jz_error_file(_ error: OpaquePointer?) -> jz_view {
    Handle.existing(error, ErrorObject.self)?.file.view ?? .empty
}

@_cdecl("jz_error_line") @implementation
public func jz_error_line(_ error: OpaquePointer?) -> Int32 {
    Int32(clamping: Handle.existing(error, ErrorObject.self)?.failure.findings.first?.position.line ?? 0)
}

@_cdecl("jz_error_column") @implementation
public func jz_error_column(_ error: OpaquePointer?) -> Int32 {
    Int32(clamping: Handle.existing(error, ErrorObject.self)?.failure.findings.first?.position.column ?? 0)
}

@_cdecl("jz_error_free") @implementation
public func jz_error_free(_ error: OpaquePointer?) { Handle.free(error, ErrorObject.self) }
