import AssistanceCore
import CJiuzhu
import Testing

/// What a call answered: its number and, where it failed, what its error says.
struct Answer: Equatable, CustomStringConvertible {
    let code: Int32
    let message: String
    let json: String

    init(_ code: Int32, _ message: String) { (self.code, self.message, json) = (code, message, "") }

    /// Makes a call with a place for its error, and frees the error.
    init(_ call: (UnsafeMutablePointer<OpaquePointer?>) -> Int32) {
        var error = OpaquePointer(bitPattern: 1)
        code = call(&error)
        (message, json) = (text(jz_error_message(error)), text(jz_error_json(error)))
        // The error says the same as the call, and there is none where it succeeded.
        #expect(jz_error_code(error) == code && (error == nil) == (code == JZ_OK))
        jz_error_free(error)
        // Callers may do without.
        if code != JZ_OK { #expect(jz_error_code(nil) == JZ_OK) }
    }

    static func == (left: Answer, right: Answer) -> Bool { (left.code, left.message) == (right.code, right.message) }

    var description: String { "\(code) \(message)" }

    static let ok = Answer(JZ_OK, "")
}

/// The text of a view; its last byte is followed by a NUL.
func text(_ view: jz_view) -> String {
    guard let data = view.data else {
        Issue.record("a view without data")
        return ""
    }
    #expect(data[view.size] == 0)
    return String(decoding: UnsafeRawBufferPointer(start: data, count: view.size), as: UTF8.self)
}

/// The text of a buffer, which is freed.
func take(_ buffer: OpaquePointer?) -> String {
    defer { jz_buffer_free(buffer) }
    return text(jz_buffer_view(buffer))
}

/// Options for a day.
func options(_ date: Int32 = 20_300_601, stage: Int32 = JZ_APPLICATION, flags: UInt32 = 0) -> jz_assess_options {
    var options = jz_assess_options()
    options.struct_size = UInt32(MemoryLayout<jz_assess_options>.size)
    (options.date, options.stage, options.flags) = (date, stage, flags)
    return options
}

/// A policy handle.
final class Policy: @unchecked Sendable {
    let handle: OpaquePointer

    private init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { jz_policy_free(handle) }

    /// Loads the bytes of a pack.
    init(pack: [UInt8]) throws {
        var made: OpaquePointer?
        #expect(Answer { jz_policy_load_pack(pack, pack.count, nil, &made, $0) } == .ok)
        handle = try #require(made)
    }

    /// Loads a jurisdiction of the repository.
    convenience init(_ jurisdiction: String) throws {
        var made: OpaquePointer?
        #expect(
            Answer { jz_policy_load(Repository.policies, nul, jurisdiction, nul, nil, &made, $0) } == .ok)
        self.init(try #require(made))
    }

    func fact(_ name: String) -> jz_fact {
        var fact: jz_fact = -2
        #expect(Answer { jz_fact_find(handle, name, nul, &fact, $0) } == .ok, "\(name)")
        return fact
    }

    /// What `jz_assess_json` answers.
    func assess(_ json: String, _ options: jz_assess_options) -> String {
        var options = options
        var buffer: OpaquePointer?
        let bytes = Array(json.utf8)
        let answer = bytes.withUnsafeBytes { bytes in
            Answer {
                jz_assess_json(
                    handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, &options, &buffer, $0)
            }
        }
        #expect(answer == .ok)
        return take(buffer)
    }
}

/// As a size: the text ends at its first NUL.
let nul = Int(bitPattern: UInt.max)

/// A builder handle.
final class Builder {
    let handle: OpaquePointer

    init(_ policy: Policy) throws {
        var made: OpaquePointer?
        #expect(Answer { jz_builder_new(policy.handle, &made, $0) } == .ok)
        handle = try #require(made)
    }

    deinit { jz_builder_free(handle) }

    func household(_ id: String? = nil) -> Answer {
        Answer { jz_builder_household(handle, id, id == nil ? 0 : nul, $0) }
    }
    func entry(_ owner: Int32) -> Answer { Answer { jz_builder_entry(handle, owner, $0) } }
    func list(_ owner: Int32) -> Answer { Answer { jz_builder_list(handle, owner, $0) } }
    func select(_ owner: Int32, _ row: Int) -> Answer { Answer { jz_builder_select(handle, owner, row, $0) } }
    func set(_ name: String, _ text: String) -> Answer { Answer { jz_builder_set(handle, name, nul, text, nul, $0) } }
    func clear() -> Answer { Answer { jz_builder_clear(handle, $0) } }

    func read(_ json: String, _ options: jz_assess_options = options()) -> Answer {
        var options = options
        return Answer { jz_builder_read_json(handle, json, nul, &options, $0) }
    }

    /// The answer of `jz_assess` where it fails.
    func failure(_ policy: Policy, _ options: jz_assess_options = options()) -> Answer {
        var options = options
        var made: OpaquePointer?
        let answer = Answer { jz_assess(policy.handle, handle, &options, &made, $0) }
        #expect(made == nil)
        jz_result_free(made)
        return answer
    }

    func assess(_ policy: Policy, _ options: jz_assess_options = options()) throws -> Assessed {
        var options = options
        var made: OpaquePointer?
        #expect(Answer { jz_assess(policy.handle, handle, &options, &made, $0) } == .ok)
        return Assessed(try #require(made))
    }
}

/// A result handle.
final class Assessed: @unchecked Sendable {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { jz_result_free(handle) }

    var count: Int { jz_result_count(handle) }

    /// Fills a struct of an answer.
    private func info<Info>(
        _ info: Info, _ call: (UnsafeMutablePointer<Info>, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) -> Info? {
        var info = info
        withUnsafeMutableBytes(of: &info) {
            $0.storeBytes(of: UInt32(MemoryLayout<Info>.size), as: UInt32.self)
        }
        let answer = Answer { call(&info, $0) }
        if answer.code == JZ_E_INDEX { return nil }
        #expect(answer == .ok)
        return info
    }

    func household(_ household: Int) -> jz_household_info? {
        info(jz_household_info()) { jz_result_household(handle, household, $0, $1) }
    }

    func program(_ household: Int, _ program: Int) -> jz_program_info? {
        info(jz_program_info()) { jz_result_program(handle, household, program, $0, $1) }
    }

    func benefit(_ household: Int, _ program: Int, _ benefit: Int) -> jz_benefit_info? {
        info(jz_benefit_info()) { jz_result_benefit(handle, household, program, benefit, $0, $1) }
    }

    func missing(_ household: Int, _ program: Int, _ index: Int) -> jz_missing_info? {
        info(jz_missing_info()) { jz_result_missing(handle, household, program, index, $0, $1) }
    }

    func reason(_ household: Int, _ program: Int, _ index: Int) -> jz_reason_info? {
        info(jz_reason_info()) { jz_result_reason(handle, household, program, index, $0, $1) }
    }

    func json(_ flags: UInt32 = 0) -> String {
        var buffer: OpaquePointer?
        #expect(Answer { jz_result_json(handle, flags, &buffer, $0) } == .ok)
        return take(buffer)
    }

    func text(_ household: Int, _ language: Int32, _ flags: UInt32 = 0) -> String {
        var buffer: OpaquePointer?
        #expect(Answer { jz_result_text(handle, household, language, flags, &buffer, $0) } == .ok)
        return take(buffer)
    }
}

/// The folders of the repository, wherever it lies.
enum Repository {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")
    static let policies = root + "/Policies"
    static let households = root + "/Examples/households"
}
