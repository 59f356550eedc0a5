import AssistanceCore
import CJiuzhu
import JiuzhuC
import Testing

@Suite("jz_assess_arrow, as programs in C call it")
struct CFunctionTests {
    /// A policy that is freed with this.
    private final class Loaded: @unchecked Sendable {
        private(set) var policy: OpaquePointer?

        init() { #expect(jz_policy_load(Heilongjiang.root, -1, "heilongjiang", -1, nil, &policy, nil) == JZ_OK) }

        deinit { jz_policy_free(policy) }
    }

    private static let shared = Loaded()

    private static let household = TestColumn.rows(
        2, [.texts("household", ["a", "b"]), .texts("residence", ["urban", "rural"]), .texts("remark", ["", ""])])

    private static func options(_ change: (inout jz_bulk_options) -> Void = { _ in }) -> jz_bulk_options {
        var options = jz_bulk_options()
        options.struct_size = UInt32(MemoryLayout<jz_bulk_options>.size)
        options.date = 20_260_601
        change(&options)
        return options
    }

    private static func message(_ error: OpaquePointer?) -> String {
        defer { jz_error_free(error) }
        return jz_error_message(error).data.map { String(cString: $0) } ?? ""
    }

    @Test("Households go in, decisions come out, and what was passed over is said")
    func assessed() throws {
        let tally = Tally()
        var (first, out) = (TestStream.stream([Self.household], tally), ArrowArrayStream())
        var (warnings, error): (OpaquePointer?, OpaquePointer?)
        var told: UInt64 = 0
        let answer = try withUnsafeMutablePointer(to: &told) { told in
            var options = Self.options {
                $0.threads = 2
                $0.user_data = UnsafeMutableRawPointer(told)
                $0.progress = { data, households in
                    data?.assumingMemoryBound(to: UInt64.self).pointee = households
                    return 0
                }
            }
            try #require(jz_assess_arrow(Self.shared.policy, &first, nil, &options, &out, &warnings, &error) == JZ_OK)
            return Answer(&out)
        }
        #expect(first.release == nil && error == nil)
        #expect(answer.rows.map { $0["household"] } == ["a", "b"])
        #expect(told == 2)
        #expect(
            jz_buffer_view(warnings).data.map { String(cString: $0) } == """
                {"findings":[{"severity":"warning","code":"unknown-fact","file":"households","line":1,"column":3,\
                "message":"remark: there is no such fact; the column is passed over","suggestion":null}]}
                """)
        jz_buffer_free(warnings)
        #expect(tally.isClear)
    }

    @Test("The answer outlives the policy's handle, and options may be left out")
    func outlives() {
        var out = ArrowArrayStream()
        do {
            let loaded = Loaded()
            var first = TestStream.stream([.rows(1, [.texts("area", ["230102"])])], Tally())
            #expect(jz_assess_arrow(loaded.policy, &first, nil, nil, &out, nil, nil) == JZ_OK)
        }
        #expect(Answer(&out).rows.map { $0["area"] } == ["230102"])
    }

    @Test("A progress function that stops the run")
    func cancelled() {
        var (first, out) = (TestStream.stream([Self.household], Tally()), ArrowArrayStream())
        var options = Self.options { $0.progress = { _, _ in 1 } }
        #expect(jz_assess_arrow(Self.shared.policy, &first, nil, &options, &out, nil, nil) == JZ_OK)
        let answer = Answer(&out)
        #expect(answer.rows.isEmpty && answer.message == "the progress function asked to stop")
    }

    /// Options that are none, and what is said of them.
    struct WrongOptions: Sendable, CustomTestStringConvertible {
        let message: String
        let change: @Sendable (inout jz_bulk_options) -> Void

        init(_ message: String, _ change: @escaping @Sendable (inout jz_bulk_options) -> Void) {
            self.message = message
            self.change = change
        }

        var testDescription: String { message }
    }

    @Test(
        "Options that are none",
        arguments: [
            WrongOptions("struct_size of jz_bulk_options is 8, and at least 48 was expected; use its initialiser") {
                $0.struct_size = 8
            },
            WrongOptions("jz_bulk_options has flags that this version of the library does not know") { $0.flags = 1 },
            WrongOptions("date is 20260631, and a day of the calendar such as 20260601 was expected") {
                $0.date = 20_260_631
            },
            WrongOptions("known_on is -1, and a day of the calendar such as 20260601 was expected") {
                $0.known_on = -1
            },
            WrongOptions("stage is 7, and JZ_APPLICATION or JZ_REVIEW was expected") { $0.stage = 7 },
            WrongOptions("rows is 2, and JZ_ROW_HOUSEHOLD or JZ_ROW_BENEFIT was expected") { $0.rows = 2 },
            WrongOptions("threads is -1, and 0 to 256 was expected") { $0.threads = -1 },
            WrongOptions("threads is 257, and 0 to 256 was expected") { $0.threads = 257 },
            WrongOptions("reserved of jz_bulk_options is not 0") { $0.reserved = 1 },
        ])
    func options(_ wrong: WrongOptions) {
        let tally = Tally()
        var (first, second) = (TestStream.stream([Self.household], tally), TestStream.stream([Self.household], tally))
        var (out, error): (ArrowArrayStream, OpaquePointer?) = (ArrowArrayStream(), nil)
        var options = Self.options(wrong.change)
        #expect(jz_assess_arrow(Self.shared.policy, &first, &second, &options, &out, nil, &error) == JZ_E_ARGUMENT)
        #expect(Self.message(error) == wrong.message)
        // Taken over all the same.
        #expect(first.release == nil && second.release == nil && out.release == nil && tally.isClear)
    }

    @Test("NULL, handles of another kind, and streams that were released")
    func arguments() {
        let tally = Tally()
        var (out, error): (ArrowArrayStream, OpaquePointer?) = (ArrowArrayStream(), nil)
        var first = TestStream.stream([Self.household], tally)
        #expect(jz_assess_arrow(nil, &first, nil, nil, &out, nil, &error) == JZ_E_ARGUMENT)
        #expect(Self.message(error) == "the policy is NULL")
        #expect(jz_assess_arrow(Self.shared.policy, nil, nil, nil, &out, nil, &error) == JZ_E_ARGUMENT)
        #expect(Self.message(error) == "households is NULL, or a stream that has been released")
        #expect(jz_assess_arrow(Self.shared.policy, &first, nil, nil, &out, nil, &error) == JZ_E_ARGUMENT)
        #expect(Self.message(error) == "households is NULL, or a stream that has been released")
        first = TestStream.stream([Self.household], tally)
        #expect(jz_assess_arrow(Self.shared.policy, &first, nil, nil, nil, nil, &error) == JZ_E_ARGUMENT)
        #expect(Self.message(error) == "out is NULL")
        var second = ArrowArrayStream()
        first = TestStream.stream([Self.household], tally)
        #expect(jz_assess_arrow(Self.shared.policy, &first, &second, nil, &out, nil, &error) == JZ_E_ARGUMENT)
        #expect(Self.message(error) == "members is a stream that has been released")
        var builder: OpaquePointer?
        #expect(jz_builder_new(Self.shared.policy, &builder, nil) == JZ_OK)
        first = TestStream.stream([Self.household], tally)
        #expect(jz_assess_arrow(builder, &first, nil, nil, &out, nil, &error) == JZ_E_HANDLE)
        jz_error_free(error)
        jz_builder_free(builder)
        #expect(tally.isClear && out.release == nil)
    }

    @Test("Columns that are wrong are an error of the call, with every finding")
    func columns() {
        let tally = Tally()
        let batch = TestColumn.rows(1, [.bools("residence", [true]), .bools("homes", [true])])
        var first = TestStream.stream([batch], tally)
        var (out, warnings, error): (ArrowArrayStream, OpaquePointer?, OpaquePointer?) = (ArrowArrayStream(), nil, nil)
        #expect(jz_assess_arrow(Self.shared.policy, &first, nil, nil, &out, &warnings, &error) == JZ_E_INPUT)
        #expect(warnings == nil && out.release == nil && tally.isClear)
        #expect(
            Self.message(error)
                == "households:1:1: error: residence: one of urban, rural was expected, and this is a column of bool [wrong-type] (and 1 more)"
        )
    }
}
