import AssistanceCore
import CJiuzhu

/// Why a call failed.
struct Failure: Error {
    /// The `JZ_E_` number.
    let code: Int32
    /// One sentence in English.
    let message: String
    /// The findings of the text that was wrong.
    let findings: [Diagnostic]

    /// A failure without a text that is wrong.
    init(_ code: Int32, _ message: String) {
        self.code = code
        self.message = message
        findings = []
    }

    /// A name that is none, and the one that was probably meant.
    init(_ code: Int32, _ message: String, meant suggestion: String?) {
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        // As a finding says it: one line, without what could move a cursor.
        self.init(code, Diagnostic(.unknownName, at: SourcePosition(line: 1, column: 1), message + hint).message)
    }

    /// A text that is wrong: what is said is its first error, and how many more there are.
    init(_ code: Int32, _ findings: [Diagnostic]) {
        self.code = code
        self.findings = findings
        let errors = findings.filter { $0.severity == .error }
        let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
        message = (errors.first?.description ?? "the text is wrong") + more
    }

    /// The `JZ_CLASS_` of the number.
    var category: Int32 {
        switch code {
        case 1..<10: JZ_CLASS_PROGRAM
        case 10..<20: JZ_CLASS_LIMIT
        case 20..<30: JZ_CLASS_POLICY
        case 30..<40: JZ_CLASS_INPUT
        default: JZ_CLASS_INTERNAL
        }
    }
}

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
