import AssistanceEngine
import CJiuzhu

/// An object that callers in C hold by a handle.
protocol HandleObject: AnyObject, Sendable {
    /// What a handle of this kind begins with.
    static var tag: UInt64 { get }
    /// What it is called in messages: `policy`.
    static var kind: String { get }
}

/// What a handle points to: the tag of its kind, and the object, which it retains.
private struct HandleBlock {
    var tag: UInt64
    var object: UnsafeMutableRawPointer?
}

/// Handles: pointers that callers hold and cannot look into.
///
/// A handle that is none of its kind, or that was freed and whose memory still shows it, is an error of the call.
enum Handle {
    /// A new handle that owns the object.
    static func make<Object: HandleObject>(_ object: Object) -> OpaquePointer {
        let block = UnsafeMutablePointer<HandleBlock>.allocate(capacity: 1)
        block.initialize(to: HandleBlock(tag: Object.tag, object: Unmanaged.passRetained(object).toOpaque()))
        return OpaquePointer(block)
    }

    /// The object of a handle; it lives as long as the call holds it, even where the handle is freed meanwhile.
    static func object<Object: HandleObject>(
        _ handle: OpaquePointer?, _ kind: Object.Type = Object.self
    ) throws(Failure) -> Object {
        guard let handle else { throw Failure(JZ_E_ARGUMENT, "the \(Object.kind) is NULL") }
        guard let object = existing(handle, kind) else {
            throw Failure(JZ_E_HANDLE, "this handle is none of a \(Object.kind), or it was freed")
        }
        return object
    }

    /// The object of a handle; nil for NULL and for what is no handle of its kind.
    static func existing<Object: HandleObject>(_ handle: OpaquePointer?, _: Object.Type = Object.self) -> Object? {
        guard let block = block(handle), block.pointee.tag == Object.tag, let object = block.pointee.object else {
            return nil
        }
        return Unmanaged<Object>.fromOpaque(object).takeUnretainedValue()
    }

    /// Frees a handle; what is no handle of its kind is left alone.
    static func free<Object: HandleObject>(_ handle: OpaquePointer?, _: Object.Type) {
        guard let block = block(handle), block.pointee.tag == Object.tag, let object = block.pointee.object else {
            return
        }
        // Cleared first, so that a handle that is used once more is seen as long as its memory is not used again.
        block.pointee = HandleBlock(tag: 0, object: nil)
        block.deallocate()
        Unmanaged<Object>.fromOpaque(object).release()
    }

    private static func block(_ handle: OpaquePointer?) -> UnsafeMutablePointer<HandleBlock>? {
        guard let handle, UInt(bitPattern: handle) % UInt(MemoryLayout<HandleBlock>.alignment) == 0 else { return nil }
        return UnsafeMutablePointer<HandleBlock>(handle)
    }
}
