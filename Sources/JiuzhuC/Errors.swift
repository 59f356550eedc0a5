import AssistanceCore
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
        json.beginObject()
        json.key("code")
        json.integer(failure.code)
        json.key("class")
        json.integer(failure.category)
        json.key("message")
        json.string(failure.message)
        json.findings(failure.findings)
        json.endObject()
        return json.text
    }
}

extension JSONWriter {
    /// Findings under their key.
    mutating func findings(_ findings: [Diagnostic]) {
        key("findings")
        beginArray()
        for finding in findings {
            beginObject()
            for (name, text) in [
                ("severity", finding.severity.rawValue), ("code", finding.code.rawValue), ("file", finding.file),
            ] {
                key(name)
                string(text)
            }
            key("line")
            integer(finding.position.line)
            key("column")
            integer(finding.position.column)
            key("message")
            string(finding.message)
            key("suggestion")
            if let suggestion = finding.suggestion { string(suggestion) } else { null() }
            endObject()
        }
        endArray()
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
