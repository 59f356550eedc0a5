import AssistanceEngine
import CJiuzhu

/// Why a call failed.
typealias Failure = CallFailure

/// Where a call puts its error.
public typealias ErrorOut = UnsafeMutablePointer<OpaquePointer?>
/// Where a call puts a handle that it makes.
public typealias HandleOut = UnsafeMutablePointer<OpaquePointer?>

/// Runs the body of a call: its number, and its error where the caller asked for one.
func answering(_ error: ErrorOut?, _ body: () throws(Failure) -> Void) -> Int32 {
    error?.pointee = nil
    do throws(Failure) {
        try body()
        return JZ_OK
    } catch let failure {
        error?.pointee = Handle.make(ErrorObject(failure))
        return failure.code
    }
}

/// Runs the body of a call that makes a handle; it is NULL where the call fails.
func answering<Object: HandleObject>(
    _ error: ErrorOut?, handle: HandleOut?, _ body: () throws(Failure) -> Object
) -> Int32 {
    handle?.pointee = nil
    return answering(error) { () throws(Failure) in
        let out = try Argument.out(handle)
        out.pointee = Handle.make(try body())
    }
}
