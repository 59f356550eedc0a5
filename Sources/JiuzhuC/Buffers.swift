import CJiuzhu

/// A text in the hands of a caller.
final class BufferObject: HandleObject {
    static let tag: UInt64 = 0x4A5A_4255_4646_4552  // JZBUFFER
    static let kind = "buffer"

    let text: CText

    init(_ bytes: some Collection<UInt8>) { text = CText(bytes) }
}

@_cdecl("jz_buffer_view") @implementation
public func jz_buffer_view(_ buffer: OpaquePointer?) -> jz_view {
    Handle.existing(buffer, BufferObject.self)?.text.view ?? .empty
}

@_cdecl("jz_buffer_free") @implementation
public func jz_buffer_free(_ buffer: OpaquePointer?) { Handle.free(buffer, BufferObject.self) }
