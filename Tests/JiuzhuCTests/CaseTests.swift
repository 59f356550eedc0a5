import AssistanceCasework
import AssistanceCore
import AssistancePolicy
import AssistanceRecords
import CJiuzhu
import Glibc
import Testing

/// Cases through the functions of the C interface. That the same calls are made right in C is tested there.
@Suite("Cases through C")
struct CaseTests {
    @Test("A case that was carried through C is the one that Swift reads from its file")
    func sameCase() throws {
        let desk = try CDesk()
        try desk.openAndConfirm()
        let letter = desk.answer { jz_case_letter(desk.store, $0, 1, "decision", nul, JZ_HTML, $1, $2) }
        #expect(
            desk.advance(#"{"step": "decide", "day": "2026-06-22"}"#, document: Array(letter.utf8)) == .ok)

        let cases = try CaseStore.open(
            desk.path, keys: RecordKeys(secret: CDesk.key), engine: nil, isReadOnly: true)
        let actor = CaseActor(id: "clerk-1", role: .clerk, area: try #require(DivisionCode("231025105")))
        let overview = try cases.overview(of: 1, on: CDesk.day("2026-06-23"), for: actor)
        #expect(overview.history.map(\.event.action.step.rawValue) == CDesk.steps)
        #expect(overview.history.allSatisfy { $0.record.time == CDesk.time })
        // Without a policy nothing is said of what may be done next; the rest is the same.
        let shown = desk.answer { actor, out, error in
            var options = CDesk.options(day: 20_260_623)
            return jz_case_show(desk.reader, actor, 1, &options, out, error)
        }
        #expect(shown == overview.json())
        #expect(shown.contains("\"stage\": \"granted\""))
        let listed = desk.answer { jz_case_list(desk.reader, $0, "231025105", nul, "granted", nul, nil, $1, $2) }
        #expect(listed == CaseRow.json(try cases.list(in: actor.area, for: actor, stage: .granted)))
        let due = desk.answer { actor, out, error in
            var options = CDesk.options(day: 20_270_622, form: JZ_TEXT, language: JZ_ENGLISH)
            return jz_case_review(desk.reader, actor, "231025105", nul, &options, out, error)
        }
        #expect(due == "1  231025105  granted  applied 2026-06-01    review 2027-06-22\n")
        let none = desk.answer { actor, out, error in
            var options = CDesk.options(day: 20_270_621, form: JZ_TEXT)
            return jz_case_review(desk.reader, actor, "231025105", nul, &options, out, error)
        }
        #expect(none == "没有个案\n")
        let found = desk.answer { jz_case_find(desk.store, $0, "000000195103080019", nul, $1, $2) }
        #expect(found == #"{"schema":1,"cases":[1]}"#)
        let unknown = desk.answer { jz_case_find(desk.store, $0, "440524188001010014", nul, $1, $2) }
        #expect(unknown == #"{"schema":1,"cases":[]}"#)

        let head = try cases.records.head.text
        #expect(desk.answer { jz_store_anchor(desk.store, $1, $2) } == head)
        #expect(
            desk.answer { jz_store_verify(desk.store, head, nul, $1, $2) }
                == #"{"schema":1,"whole":true,"events":\#(overview.history.count + 4),"head":"\#(head)","problems":[]}"#
        )
        var info = jz_store_info()
        info.struct_size = UInt32(MemoryLayout<jz_store_info>.size)
        #expect(Answer { jz_store_stats(desk.store, &info, $0) } == .ok)
        let statistics = try cases.records.statistics
        #expect((info.events, info.documents) == (statistics.events, statistics.documents))
        #expect((info.persons, info.packs, info.bytes) == (2, 1, statistics.bytes))
    }

    @Test("A refusal has its number, its rule and its step, and changes nothing")
    func refusal() throws {
        let desk = try CDesk()
        #expect(desk.open() == .ok)
        let before = desk.answer { jz_store_anchor(desk.store, $1, $2) }
        let refused = desk.advance(
            #"{"step": "accept", "day": "2026-06-02"}"#, role: "confirmer", office: "231025")
        #expect(refused.code == JZ_E_REFUSED)
        #expect(refused.message.hasPrefix("accept: refused (wrong-role): "))
        let cause = try #require(try json(refused.json)["cause"])
        #expect(cause["code"]?.text == "wrong-role")
        #expect(cause["step"]?.text == "accept")
        #expect(cause["rule"]?.text?.contains("china/procedure.yaml:") == true)
        #expect(try json(refused.json)["class"]?.integer == Int64(JZ_CLASS_CASE))
        #expect(desk.answer { jz_store_anchor(desk.store, $1, $2) } == before)
    }

    @Test("Names are answered to who asks for them with the right office, and the file says who it was")
    func persons() throws {
        let desk = try CDesk()
        #expect(desk.open() == .ok)
        var options = CDesk.options(day: 20_260_602)
        let shown = desk.answer { jz_case_show(desk.store, $0, 1, &options, $1, $2) }
        #expect(!shown.contains("李长顺") && !shown.contains("000000195103080019"))
        options.flags = JZ_PERSONS
        let named = desk.answer { jz_case_show(desk.store, $0, 1, &options, $1, $2) }
        #expect(try json(named)["persons"]?.items?.map { $0["name"]?.text ?? "" } == ["李长顺", "张桂兰"])
        let elsewhere = desk.failure(office: "231026") { jz_case_show(desk.store, $0, 1, &options, $1, $2) }
        #expect(
            elsewhere
                == Answer(
                    JZ_E_REFUSED,
                    "\(desk.path): case 1 does not belong to 231026; ask the office that it belongs to"))
        // The read of one who may, and none of one who may not.
        let events = try CaseStore.open(
            desk.path, keys: RecordKeys(secret: CDesk.key), engine: nil, isReadOnly: true
        ).records.statistics.events
        #expect(events == 2)
    }

    @Test("Mistakes of requests and households are named with their place, and no value is quoted")
    func wrongInput() throws {
        let desk = try CDesk()
        let wrong = desk.open(request: #"{"step": "apply", "day": "2026-06-31", "people": [{"name": "李长顺"}]}"#)
        #expect(wrong.code == JZ_E_INPUT)
        #expect(
            wrong.message
                == "request:1:26: error: day: a day of the calendar, written as 2026-01-31, was expected [bad-date] (and 1 more)"
        )
        #expect(!wrong.json.contains("李长顺"))
        let household = desk.open(household: #"{"members": [{"brith": "1951-03-08"}]}"#)
        #expect(household.code == JZ_E_INPUT)
        #expect(
            household.message
                == "household:1:15: error: members[0]: there is no fact 'brith' here; did you mean 'birth'? [unknown-fact]"
        )
        #expect(
            desk.answer { jz_case_list(desk.store, $0, "231025105", nul, nil, 0, nil, $1, $2) }.contains(
                "\"cases\": []"))
    }

    @Test("A file of another key, of another kind, or that is not there, and one that is there already")
    func files() throws {
        let desk = try CDesk()
        func opened(_ path: String, _ key: [UInt8] = CDesk.key) -> Answer {
            var made: OpaquePointer?
            let answer = Answer { jz_store_open(path, nul, key, key.count, nil, &made, $0) }
            #expect(made == nil)
            jz_store_free(made)
            return answer
        }
        let other = opened(desk.path, Array(repeating: 8, count: 32))
        #expect(other.code == JZ_E_STORE)
        #expect(other.message.hasPrefix("\(desk.path): the file was sealed with the keys "))
        #expect(other.message.hasSuffix("; give the secret of this file"))
        #expect(try json(other.json)["cause"]?["code"]?.text == "wrong-key")
        #expect(try json(other.json)["cause"]?["step"]?.isNull == true)
        let missing = desk.folder + "/none.db"
        #expect(
            opened(missing)
                == Answer(
                    JZ_E_FILE, "\(missing): there is no file of this name; name one that is there, or create it"))
        #expect(
            opened(desk.path, [1, 2, 3])
                == Answer(
                    JZ_E_ARGUMENT, "the secret has 3 bytes, and 32 to 64 were expected; take 32 random bytes"))
        var made: OpaquePointer?
        #expect(
            Answer { jz_store_create(desk.path, nul, CDesk.key, 32, nil, &made, $0) }
                == Answer(
                    JZ_E_FILE, "\(desk.path): there is a file of this name already; choose another"))
        #expect(
            Answer { jz_store_backup(desk.store, desk.path, nul, $0) }
                == Answer(
                    JZ_E_FILE, "\(desk.path): there is a file of this name already; choose another"))
        #expect(made == nil)
    }

    private func json(_ text: String) throws -> JSONNode {
        var tokens = JSONScanner(Array(text.utf8), file: "")
        return try JSONNode.read(try tokens.next(), &tokens)
    }
}

/// A file of cases of its own, opened through C under the policy of 牡丹江; it is removed with its folder.
private final class CDesk {
    typealias Call = (
        _ actor: UnsafePointer<jz_actor>, _ out: UnsafeMutablePointer<OpaquePointer?>,
        _ error: UnsafeMutablePointer<OpaquePointer?>
    ) -> Int32

    static let key = [UInt8](repeating: 7, count: 32)
    /// The afternoon of 22 June 2026.
    static let time: Int64 = 1_782_120_000
    static let steps = [
        "apply", "accept", "authorize", "verify", "visit", "assess", "review", "publish", "confirm", "decide",
    ]
    private static let policy = Result { try Policy("heilongjiang/mudanjiang") }
    private static let application = """
        {"step": "apply", "day": "2026-06-01", "programs": ["low-income"], "area": "231025105", "people": [
         {"citizen_number": "000000195103080019", "name": "李长顺"},
         {"citizen_number": "000000195411200027", "name": "张桂兰"}]}
        """

    let folder: String
    let store: OpaquePointer
    /// Another store on the same file, without a policy.
    private(set) lazy var reader: OpaquePointer? = {
        var made: OpaquePointer?
        var options = jz_store_options()
        (options.struct_size, options.flags) = (UInt32(MemoryLayout<jz_store_options>.size), JZ_READ_ONLY)
        #expect(Answer { jz_store_open(path, nul, Self.key, Self.key.count, &options, &made, $0) } == .ok)
        return made
    }()

    var path: String { folder + "/cases.db" }

    init() throws {
        var template = Array("/tmp/jiuzhu-c-cases.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var options = jz_store_options()
        options.struct_size = UInt32(MemoryLayout<jz_store_options>.size)
        options.policy = try Self.policy.get().handle
        var made: OpaquePointer?
        let path = folder + "/cases.db"
        #expect(Answer { jz_store_create(path, nul, Self.key, Self.key.count, &options, &made, $0) } == .ok)
        store = try #require(made)
    }

    deinit {
        jz_store_free(store)
        jz_store_free(reader)
        for name in ["", "-wal", "-shm"] { unlink(path + name) }
        rmdir(folder)
    }

    static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(iso: text)) }

    static func options(day: Int32, form: Int32 = JZ_JSON, language: Int32 = JZ_CHINESE) -> jz_case_options {
        var options = jz_case_options()
        options.struct_size = UInt32(MemoryLayout<jz_case_options>.size)
        (options.day, options.form, options.language) = (day, form, language)
        return options
    }

    /// Makes a call by somebody; the text that it makes.
    private func calling(_ role: String, _ office: String, _ call: Call) -> (Answer, String) {
        var out: OpaquePointer?
        let answer = (role + "-1").withCString { id in
            role.withCString { role in
                office.withCString { office in
                    var actor = jz_actor()
                    actor.struct_size = UInt32(MemoryLayout<jz_actor>.size)
                    (actor.id, actor.role, actor.office, actor.time) = (id, role, office, Self.time)
                    return Answer { call(&actor, &out, $0) }
                }
            }
        }
        #expect((answer == .ok) == (out != nil))
        return (answer, take(out))
    }

    /// What a call of the clerk answers, which succeeds.
    func answer(_ call: Call) -> String {
        let (answer, text) = calling("clerk", "231025105", call)
        #expect(answer == .ok)
        return text
    }

    /// How a call of a clerk fails.
    func failure(office: String, _ call: Call) -> Answer { calling("clerk", office, call).0 }

    func open(request: String = application, household: String? = nil) -> Answer {
        let household =
            household
            ?? String(
                decoding: PolicyFiles.read(Repository.households + "/elderly-couple.json") ?? [], as: UTF8.self)
        var number: Int64 = 0
        let answer = calling("clerk", "231025105") {
            jz_case_open(store, $0, request, nul, household, nul, &number, $1, $2)
        }.0
        #expect(number == (answer == .ok ? 1 : 0))
        return answer
    }

    func advance(
        _ request: String, document: [UInt8]? = nil, role: String = "clerk", office: String = "231025105"
    ) -> Answer {
        calling(role, office) { actor, out, error in
            guard let document else {
                return jz_case_advance(store, actor, 1, request, nul, nil, 0, out, error)
            }
            return jz_case_advance(store, actor, 1, request, nul, document, document.count, out, error)
        }.0
    }

    /// A case up to its confirmation, and the notice of it.
    func openAndConfirm() throws {
        let record = Array("房屋为砖瓦结构".utf8)
        #expect(open() == .ok)
        #expect(advance(#"{"step": "accept", "day": "2026-06-02"}"#) == .ok)
        let consent = #""members": [0, 1], "from": "2026-06-02", "until": "2027-06-01""#
        #expect(advance(#"{"step": "authorize", "day": "2026-06-02", \#(consent)}"#) == .ok)
        #expect(
            advance(
                #"{"step": "verify", "day": "2026-06-05"}"#, document: record, role: "verifier", office: "231025")
                == .ok)
        let visit = #""from": "2026-06-06", "visitors": ["surveyor-1", "village-3"]"#
        #expect(
            advance(#"{"step": "visit", "day": "2026-06-06", \#(visit)}"#, document: record, role: "surveyor") == .ok)
        #expect(advance(#"{"step": "assess", "day": "2026-06-08"}"#) == .ok)
        #expect(
            advance(#"{"step": "review", "day": "2026-06-09", "verdict": "approve"}"#, role: "reviewer") == .ok)
        #expect(advance(#"{"step": "publish", "day": "2026-06-10"}"#, document: record) == .ok)
        let notice = answer { jz_case_notice(store, $0, "231025105", nul, 20_260_610, JZ_TEXT, $1, $2) }
        #expect(notice.contains("李*顺") && !notice.contains("李长顺"))
        #expect(
            advance(
                #"{"step": "confirm", "day": "2026-06-18", "verdict": "approve"}"#, role: "confirmer", office: "231025")
                == .ok)
    }
}
