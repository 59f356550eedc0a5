import CJiuzhu
import Testing

/// Every function of the builder and of results with what no caller should hand over: an error with its number, and never
/// the end of the process.
@Suite("Arguments that are wrong")
struct ArgumentTests {
    typealias Errors = UnsafeMutablePointer<OpaquePointer?>

    let policy: Policy
    let builder: Builder
    let result: Assessed

    init() throws {
        policy = try Policy(pack: InventedPolicy.pack)
        builder = try Builder(policy)
        #expect(builder.read(InventedPolicy.alone) == .ok)
        result = try builder.assess(policy)
    }

    /// Every function that takes a builder, with a handle in its place.
    private func builderCalls(_ handle: OpaquePointer?) -> [(Errors?) -> Int32] {
        [
            { jz_builder_clear(handle, $0) }, { jz_builder_household(handle, "a", 1, $0) },
            { jz_builder_entry(handle, JZ_MEMBER, $0) }, { jz_builder_list(handle, JZ_PLOT, $0) },
            { jz_builder_select(handle, JZ_HOUSEHOLD, 0, $0) },
            { jz_builder_set(handle, "household.vehicles", nul, "1", nul, $0) },
            { jz_builder_set_text(handle, 4, "1", nul, $0) }, { jz_builder_set_count(handle, 4, 1, $0) },
            { jz_builder_set_amount(handle, 3, 1, nil, 0, $0) }, { jz_builder_set_bool(handle, 9, 1, $0) },
            { jz_builder_set_date(handle, 28, 20_200_101, $0) }, { jz_builder_set_code(handle, 1, 1, $0) },
            { jz_builder_set_none(handle, 4, $0) }, { jz_builder_unset(handle, 4, $0) },
            { jz_builder_read_json(handle, "{}", nul, nil, $0) },
        ]
    }

    /// Every function that takes a result.
    private func resultCalls(_ handle: OpaquePointer?) -> [(Errors?) -> Int32] {
        [
            { error in
                var info = Self.sized(jz_household_info())
                return jz_result_household(handle, 0, &info, error)
            },
            { error in
                var info = Self.sized(jz_program_info())
                return jz_result_program(handle, 0, 0, &info, error)
            },
            { error in
                var info = Self.sized(jz_benefit_info())
                return jz_result_benefit(handle, 0, 0, 0, &info, error)
            },
            { error in
                var info = Self.sized(jz_missing_info())
                return jz_result_missing(handle, 0, 0, 0, &info, error)
            },
            { error in
                var info = Self.sized(jz_reason_info())
                return jz_result_reason(handle, 0, 0, 0, &info, error)
            },
            { error in Self.made { jz_result_json(handle, 0, $0, error) } },
            { error in Self.made { jz_result_text(handle, 0, JZ_ENGLISH, 0, $0, error) } },
        ]
    }

    private static func sized<Info>(_ info: Info) -> Info {
        var info = info
        withUnsafeMutableBytes(of: &info) { $0.storeBytes(of: UInt32(MemoryLayout<Info>.size), as: UInt32.self) }
        return info
    }

    /// A call that would make a handle, and makes none.
    private static func made(_ call: (UnsafeMutablePointer<OpaquePointer?>) -> Int32) -> Int32 {
        var out = OpaquePointer(bitPattern: 1)
        let code = call(&out)
        #expect(out == nil)
        return code
    }

    @Test("NULL for a handle")
    func noHandle() {
        for call in builderCalls(nil) {
            #expect(Answer(call) == Answer(JZ_E_ARGUMENT, "the builder is NULL"))
            #expect(call(nil) == JZ_E_ARGUMENT)
        }
        for call in resultCalls(nil) {
            #expect(Answer(call) == Answer(JZ_E_ARGUMENT, "the result is NULL"))
            #expect(call(nil) == JZ_E_ARGUMENT)
        }
        var fact: jz_fact = 7
        #expect(
            Answer { jz_fact_find(nil, "member.birth", nul, &fact, $0) }
                == Answer(JZ_E_ARGUMENT, "the policy is NULL"))
        #expect(fact == 7)
        #expect(Self.made { jz_builder_new(nil, $0, nil) } == JZ_E_ARGUMENT)
        #expect(Self.made { jz_assess(nil, builder.handle, nil, $0, nil) } == JZ_E_ARGUMENT)
        #expect(Self.made { jz_assess(policy.handle, nil, nil, $0, nil) } == JZ_E_ARGUMENT)
        #expect(jz_result_count(nil) == 0)
        jz_builder_free(nil)
        jz_result_free(nil)
    }

    @Test("A handle of another kind, and one that is none")
    func otherHandle() {
        func refused(_ answer: Answer, _ kind: String) {
            #expect(answer == Answer(JZ_E_HANDLE, "this handle is none of a \(kind), or it was freed"))
        }
        var words: [UInt64] = [0, 0, 0, 0]
        words.withUnsafeMutableBytes { bytes in
            let nothing = bytes.baseAddress.map { OpaquePointer($0) }
            let crooked = bytes.baseAddress.map { OpaquePointer($0 + 3) }
            for handle in [policy.handle, result.handle, nothing, crooked] {
                for call in builderCalls(handle) { refused(Answer(call), "builder") }
            }
            for handle in [policy.handle, builder.handle, nothing, crooked] {
                for call in resultCalls(handle) { refused(Answer(call), "result") }
                #expect(jz_result_count(handle) == 0)
                jz_result_free(handle)
            }
            var fact: jz_fact = 7
            refused(Answer { jz_fact_find(builder.handle, "member.birth", nul, &fact, $0) }, "policy")
            refused(Answer { error in Self.made { jz_builder_new(result.handle, $0, error) } }, "policy")
            refused(
                Answer { error in Self.made { jz_assess(builder.handle, builder.handle, nil, $0, error) } }, "policy")
            refused(
                Answer { error in Self.made { jz_assess(policy.handle, policy.handle, nil, $0, error) } }, "builder")
            jz_builder_free(policy.handle)
        }
        // What was refused is still there.
        #expect(result.program(0, 0)?.status == JZ_ELIGIBLE && policy.fact("member.birth") > 0)
    }

    @Test("A handle that was freed, as long as its memory shows it")
    func freed() throws {
        var made: OpaquePointer?
        #expect(jz_builder_new(policy.handle, &made, nil) == JZ_OK)
        let builder = try #require(made)
        jz_builder_free(builder)
        #expect(jz_builder_household(builder, nil, 0, nil) == JZ_E_HANDLE)
        jz_builder_free(builder)
        #expect(jz_assess(policy.handle, self.builder.handle, nil, &made, nil) == JZ_OK)
        let result = try #require(made)
        jz_result_free(result)
        #expect(jz_result_count(result) == 0)
        #expect(jz_result_json(result, 0, &made, nil) == JZ_E_HANDLE && made == nil)
        jz_result_free(result)
    }

    @Test("NULL for a text, for a place of an answer, and for what may be left out")
    func noText() {
        let (policy, builder, result) = (policy.handle, builder.handle, result.handle)
        func refused(_ name: String, _ call: (Errors?) -> Int32) {
            #expect(Answer(call) == Answer(JZ_E_ARGUMENT, "\(name) is NULL"))
            #expect(call(nil) == JZ_E_ARGUMENT)
        }
        var fact: jz_fact = 7
        refused("name") { jz_fact_find(policy, nil, 3, &fact, $0) }
        refused("out") { jz_fact_find(policy, "member.birth", nul, nil, $0) }
        refused("out") { jz_builder_new(policy, nil, $0) }
        refused("name") { jz_builder_set(builder, nil, nul, "1", nul, $0) }
        refused("text") { jz_builder_set(builder, "household.vehicles", nul, nil, nul, $0) }
        refused("text") { jz_builder_set_text(builder, 4, nil, 1, $0) }
        refused("json") { jz_builder_read_json(builder, nil, 1, nil, $0) }
        refused("out") { jz_assess(policy, builder, nil, nil, $0) }
        refused("out") { jz_result_household(result, 0, nil, $0) }
        refused("out") { jz_result_program(result, 0, 0, nil, $0) }
        refused("out") { jz_result_benefit(result, 0, 0, 0, nil, $0) }
        refused("out") { jz_result_reason(result, 0, 1, 0, nil, $0) }
        refused("out") { jz_result_json(result, 0, nil, $0) }
        refused("out") { jz_result_text(result, 0, JZ_CHINESE, 0, nil, $0) }
        // Empty texts are texts.
        #expect(jz_builder_set(builder, nil, 0, nil, 0, nil) == JZ_E_NAME)
        #expect(jz_builder_read_json(builder, nil, 0, nil, nil) == JZ_E_INPUT)
        #expect(fact == 7)
    }

    @Test("NULL for the place of what is missing")
    func noMissing() throws {
        #expect(builder.household() == .ok)
        let open = try builder.assess(policy)
        #expect(Answer { jz_result_missing(open.handle, 1, 0, 0, nil, $0) } == Answer(JZ_E_ARGUMENT, "out is NULL"))
    }

    @Test("Sizes beyond every limit, and texts that are no UTF-8")
    func sizes() {
        let (policy, builder) = (policy.handle, builder.handle)
        var fact: jz_fact = 7
        for size in [5_000, Int.max, Int.min] {
            let calls: [(Errors?) -> Int32] = [
                { jz_fact_find(policy, "member.birth", size, &fact, $0) },
                { jz_builder_household(builder, "f", size, $0) },
                { jz_builder_set(builder, "household.vehicles", size, "1", nul, $0) },
                { jz_builder_set(builder, "household.vehicles", nul, "1", size, $0) },
                { jz_builder_set_text(builder, 4, "1", size, $0) },
                { jz_builder_set_amount(builder, 3, 1, "yuan", size, $0) },
            ]
            for call in calls {
                let answer = Answer(call)
                #expect(answer.code == JZ_E_LIMIT && answer.message.hasSuffix(" has more than 4096 bytes, or no end"))
            }
        }
        for size in [Int.max, Int.min, 64 << 20 + 1] {
            #expect(Answer { jz_builder_read_json(builder, "{}", size, nil, $0) }.code == JZ_E_LIMIT)
        }
        let broken: [CChar] = [CChar(bitPattern: 0xC3), CChar(bitPattern: 0x28), 0]
        #expect(
            Answer { jz_builder_set(builder, "household.vehicles", nul, broken, 2, $0) }
                == Answer(JZ_E_ARGUMENT, "text is not valid UTF-8"))
        #expect(Answer { jz_builder_household(builder, broken, nul, $0) }.code == JZ_E_ARGUMENT)
        #expect(Answer { jz_builder_read_json(builder, broken, 2, nil, $0) }.code == JZ_E_INPUT)
        #expect(fact == 7)
    }

    /// A call with a struct of so many bytes; `fill` sets what it needs beyond its size. What stands behind it is not touched.
    private func answer<Struct>(
        _ size: UInt32, _: Struct.Type, _ fill: (UnsafeMutablePointer<Struct>) -> Void = { _ in },
        _ call: (UnsafeMutablePointer<Struct>, Errors?) -> Int32
    ) -> Answer {
        let bytes = min(Int(size), 4_096)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes + 128, alignment: 16)
        defer { room.deallocate() }
        room.initializeMemory(as: UInt8.self, repeating: 0)
        let options = room.baseAddress.map { $0.assumingMemoryBound(to: Struct.self) }
        guard let options else { return Answer(-1, "no memory") }
        fill(options)
        for place in bytes..<room.count { room[place] = 0xAA }
        room.storeBytes(of: size, as: UInt32.self)
        let answer = Answer { call(options, $0) }
        #expect(room[max(4, bytes)...].allSatisfy { $0 == 0xAA })
        return answer
    }

    @Test("A struct of the first header is taken as it was, and one byte less is not")
    func structs() throws {
        func check<Struct>(
            _ first: UInt32, _ name: String, _ fill: (UnsafeMutablePointer<Struct>) -> Void = { _ in },
            _ call: (UnsafeMutablePointer<Struct>, Errors?) -> Int32
        ) {
            #expect(answer(first, Struct.self, fill, call) == .ok, "\(name)")
            for size in [0, 1, first - 1, 4_097, .max] {
                #expect(
                    answer(size, Struct.self, fill, call)
                        == Answer(
                            JZ_E_ARGUMENT,
                            "struct_size of \(name) is \(size), and at least \(first) was expected; use its initialiser"
                        ))
            }
        }
        let open = try Builder(policy)
        #expect(open.read(#"{"residence": "urban", "members": [{"relation": "head"}]}"#) == .ok)
        let lacking = try open.assess(policy)

        check(40, "jz_household_info") { jz_result_household(result.handle, 0, $0, $1) }
        check(112, "jz_program_info") { jz_result_program(result.handle, 0, 0, $0, $1) }
        check(80, "jz_benefit_info") { jz_result_benefit(result.handle, 0, 0, 0, $0, $1) }
        check(72, "jz_missing_info") { jz_result_missing(lacking.handle, 0, 0, 0, $0, $1) }
        check(104, "jz_reason_info") { jz_result_reason(result.handle, 0, 1, 0, $0, $1) }
        check(24, "jz_policy_options") { (options: UnsafeMutablePointer<jz_policy_options>, error) in
            var made: OpaquePointer?
            defer { jz_policy_free(made) }
            return jz_policy_load_pack(InventedPolicy.pack, InventedPolicy.pack.count, options, &made, error)
        }
        let day: (UnsafeMutablePointer<jz_assess_options>) -> Void = { $0.pointee.date = 20_300_601 }
        check(24, "jz_assess_options", day) { options, error in
            var made: OpaquePointer?
            defer { jz_result_free(made) }
            return jz_assess(policy.handle, builder.handle, options, &made, error)
        }
        // A stream is asked for only where the options were read.
        #expect(
            answer(48, jz_bulk_options.self) { jz_assess_arrow(policy.handle, nil, nil, $0, nil, nil, $1) }
                == Answer(JZ_E_ARGUMENT, "out is NULL"))
        #expect(
            answer(47, jz_bulk_options.self) { jz_assess_arrow(policy.handle, nil, nil, $0, nil, nil, $1) }
                == Answer(
                    JZ_E_ARGUMENT,
                    "struct_size of jz_bulk_options is 47, and at least 48 was expected; use its initialiser"))
    }

    @Test("A struct of a later version: what is behind the first is left alone")
    func longerStruct() {
        let first = MemoryLayout<jz_program_info>.size
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: first + 16, alignment: 16)
        defer { room.deallocate() }
        room.initializeMemory(as: UInt8.self, repeating: 0xAA)
        room.storeBytes(of: UInt32(first + 16), as: UInt32.self)
        let info = room.baseAddress?.assumingMemoryBound(to: jz_program_info.self)
        #expect(Answer { jz_result_program(result.handle, 0, 0, info, $0) } == .ok)
        #expect(info?.pointee.status == JZ_ELIGIBLE && info?.pointee.struct_size == UInt32(first + 16))
        #expect(room[first...].allSatisfy { $0 == 0xAA })
    }

    @Test(
        "Options that are none",
        arguments: [
            (
                20_260_230, 0, JZ_APPLICATION,
                "date is 20260230, and a day of the calendar such as 20260601 was expected"
            ),
            (20_260_601, -5, JZ_APPLICATION, "known_on is -5, and a day of the calendar such as 20260601 was expected"),
            (20_260_601, 0, 2, "stage is 2, and JZ_APPLICATION or JZ_REVIEW was expected"),
        ])
    func options(_ date: Int32, _ knownOn: Int32, _ stage: Int32, _ message: String) {
        var options = JiuzhuCTests.options(date, stage: stage)
        options.known_on = knownOn
        #expect(
            Answer { error in Self.made { jz_assess(policy.handle, builder.handle, &options, $0, error) } }
                == Answer(JZ_E_ARGUMENT, message))
        #expect(
            Answer { jz_builder_read_json(builder.handle, "{}", 2, &options, $0) } == Answer(JZ_E_ARGUMENT, message))
    }

    @Test("Flags and languages that are none")
    func flags() {
        for flags: UInt32 in [4, 0x8000_0000, .max] {
            #expect(
                Answer { error in Self.made { jz_result_json(result.handle, flags, $0, error) } }
                    == Answer(JZ_E_ARGUMENT, "flags has flags that this version of the library does not know"))
        }
        #expect(Self.made { jz_result_text(result.handle, 0, JZ_ENGLISH, JZ_PRETTY, $0, nil) } == JZ_E_ARGUMENT)
        for language: Int32 in [-1, 2, .max] {
            #expect(
                Answer { error in Self.made { jz_result_text(result.handle, 0, language, 0, $0, error) } }
                    == Answer(
                        JZ_E_ARGUMENT, "language is \(language), and JZ_CHINESE or JZ_ENGLISH was expected"))
        }
    }

    @Test("Indexes beyond the end", arguments: [1, 2, Int.max, Int.min, -1])
    func indexes(_ beyond: Int) {
        let said = UInt(bitPattern: beyond)
        func refused(_ name: String, _ count: Int, _ call: (Errors) -> Int32) {
            #expect(Answer(call) == Answer(JZ_E_INDEX, "\(name) is \(said), and there are \(count), from 0"))
        }
        let handle = result.handle
        var (household, program) = (Self.sized(jz_household_info()), Self.sized(jz_program_info()))
        var (benefit, missing) = (Self.sized(jz_benefit_info()), Self.sized(jz_missing_info()))
        var reason = Self.sized(jz_reason_info())
        refused("household", 1) { jz_result_household(handle, beyond, &household, $0) }
        refused("household", 1) { jz_result_program(handle, beyond, 0, &program, $0) }
        refused("household", 1) { jz_result_benefit(handle, beyond, 0, 0, &benefit, $0) }
        refused("household", 1) { jz_result_missing(handle, beyond, 0, 0, &missing, $0) }
        refused("household", 1) { jz_result_reason(handle, beyond, 0, 0, &reason, $0) }
        refused("household", 1) { error in Self.made { jz_result_text(handle, beyond, JZ_CHINESE, 0, $0, error) } }
        refused("index", 0) { jz_result_missing(handle, 0, 0, beyond, &missing, $0) }
        refused("index", 0) { jz_result_reason(handle, 0, 0, beyond, &reason, $0) }
        refused("benefit", 0) { jz_result_benefit(handle, 0, 1, beyond, &benefit, $0) }
        guard beyond != 1 else { return }
        refused("program", 2) { jz_result_program(handle, 0, beyond, &program, $0) }
        refused("program", 2) { jz_result_benefit(handle, 0, beyond, 0, &benefit, $0) }
        refused("program", 2) { jz_result_missing(handle, 0, beyond, 0, &missing, $0) }
        refused("program", 2) { jz_result_reason(handle, 0, beyond, 0, &reason, $0) }
        // What was handed over is as it was.
        #expect(program.status == 0 && program.id.data == nil && household.program_count == 0)
    }
}
