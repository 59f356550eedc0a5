import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistanceRecords
import Glibc
import Jiuzhu
import Testing

/// A file of cases of its own under the policy of 牡丹江, worked on by the staff of a township of 林口; it is removed with
/// its folder.
final class SampleDesk {
    static let township = DivisionCode("231025100") ?? .nation
    static let county = DivisionCode("231025") ?? .nation
    static let clerk = CaseActor(id: "clerk-1", role: .clerk, area: township)
    static let verifier = CaseActor(id: "verifier-1", role: .verifier, area: county)
    static let surveyor = CaseActor(id: "surveyor-1", role: .surveyor, area: township)
    static let reviewer = CaseActor(id: "reviewer-1", role: .reviewer, area: township)
    static let confirmer = CaseActor(id: "confirmer-1", role: .confirmer, area: county)

    /// The host's clock, after all days of these tests: the last of 2027.
    static let now = Int64(SampleCase.day("2027-12-31").days) * 86_400

    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")
    private static let engine = engine(with: [])

    /// The policy of 牡丹江, with more files.
    static func engine(with files: [PolicyFile]) -> Engine {
        let findings = Findings()
        let library = PolicyLibrary(
            files: PolicyFiles.jurisdiction("heilongjiang/mudanjiang", in: root + "/Policies") + files,
            jurisdiction: "heilongjiang/mudanjiang", sections: Engine.sections(of: assistancePrograms), findings)
        #expect(findings.sorted.filter { $0.severity == .error }.map(\.description) == [])
        return Engine(library, programs: assistancePrograms)
    }

    let folder: String
    let store: CaseStore

    init(under engine: Engine = engine) throws {
        var template = Array("/tmp/jiuzhu-cases.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        store = try CaseStore.create(
            folder + "/cases.db", keys: RecordKeys(secret: Array(repeating: 7, count: 32)), engine: engine)
    }

    /// Another store on the same file, as a second process has it.
    func other() throws -> CaseStore {
        try CaseStore.open(
            folder + "/cases.db", keys: RecordKeys(secret: Array(repeating: 7, count: 32)), engine: Self.engine)
    }

    deinit {
        for name in ["", "-wal", "-shm"] { unlink(folder + "/cases.db" + name) }
        rmdir(folder)
    }

    /// An application of the old couple of 林口 for low-income.
    ///
    /// - Parameters:
    ///   - applicant: 0 to 9; who has another number is somebody else.
    ///   - change: What of the household's text is replaced, and by what.
    func application(
        on day: String, names: (String, String) = ("张桂兰", "李长顺"), applicant: Int = 2,
        replacing change: (String, String)? = nil
    ) throws -> CaseRequest {
        var action = CaseAction(.apply, on: SampleCase.day(day))
        (action.programs, action.area) = (["low-income"], Self.township)
        let first17 = "1101051949123100\(applicant)"
        let check = try #require(CitizenNumber.checkCharacter(for: first17))
        let people = [(names.0, "\(first17)\(check)"), (names.1, "440524188001010014")]
        return CaseRequest(
            action, document: try Self.household(change.map { [$0] } ?? []),
            people: try people.map {
                try #require(CasePerson(citizenNumber: CitizenNumber($0.1), name: $0.0))
            })
    }

    /// The old couple's household, with some of its text replaced.
    static func household(_ changes: [(String, String)]) throws -> [UInt8] {
        var household = try bytes(of: root + "/Examples/households/elderly-couple.json")
        for (old, new) in changes {
            let place = try #require(household.firstRange(of: Array(old.utf8)))
            household.replaceSubrange(place, with: Array(new.utf8))
        }
        return household
    }

    func apply(on day: String) throws -> CaseState {
        try store.apply(application(on: day), by: Self.clerk, at: Self.now)
    }

    /// Does a step, by whoever may do it.
    @discardableResult
    func take(
        _ number: Int64, _ step: CaseStep, on day: String, text: String? = nil,
        _ fill: (inout CaseRequest) -> Void = { _ in }
    ) throws -> CaseState {
        let actor =
            switch step {
            case .verify: Self.verifier
            case .visit: Self.surveyor
            case .review, .relieve: Self.reviewer
            case .confirm, .end, .extend: Self.confirmer
            default: Self.clerk
            }
        var request = CaseRequest(CaseAction(step, on: SampleCase.day(day)), document: text.map { Array($0.utf8) })
        fill(&request)
        return try store.advance(number, request, by: actor, at: Self.now)
    }

    func takeToGranted() throws -> CaseState {
        let number = try apply(on: "2026-06-01").number
        try takeToNoticed(number)
        try take(number, .confirm, on: "2026-06-18") { $0.action.verdict = .approve }
        return try take(number, .decide, on: "2026-06-22", text: "决定书")
    }

    /// Two thousand yuan of temporary relief at once, and three thousand decided afterwards.
    func takeToRelieved() throws -> CaseState {
        var request = try application(on: "2026-06-01")
        request.action.programs = ["temporary-relief"]
        request.document = try Self.bytes(of: Self.root + "/Examples/casework/illness-decided.json")
        let number = try store.apply(request, by: Self.clerk, at: Self.now).number
        try take(number, .relieve, on: "2026-06-01") {
            ($0.action.programs, $0.action.sum) = (["temporary-relief"], Money(fen: 200_000))
        }
        try takeToNoticed(number)
        try take(number, .confirm, on: "2026-06-18") { $0.action.verdict = .approve }
        return try take(number, .decide, on: "2026-06-22", text: "决定书")
    }

    /// From the window to the public notice, whatever was applied for.
    func takeToNoticed(_ number: Int64) throws {
        try takeToAssessed(number)
        try take(number, .review, on: "2026-06-09") { $0.action.verdict = .approve }
        try take(number, .publish, on: "2026-06-10", text: "公示")
    }

    func takeToAssessed(_ number: Int64) throws {
        try take(number, .accept, on: "2026-06-02")
        try take(number, .authorize, on: "2026-06-02") {
            $0.members = [0, 1]
            ($0.action.from, $0.action.until) = (SampleCase.day("2026-06-02"), SampleCase.day("2027-06-01"))
        }
        try take(number, .verify, on: "2026-06-05", text: "核对结果一致")
        try take(number, .visit, on: "2026-06-06", text: "邻里反映情况属实") {
            ($0.action.visitors, $0.action.from) = (["surveyor-1", "village-3"], SampleCase.day("2026-06-06"))
        }
        try take(number, .assess, on: "2026-06-08")
    }

    /// What the file says where it does not let somebody read.
    func problem(_ read: () throws -> Void) throws -> String? {
        do {
            try read()
            return nil
        } catch CaseProblem.storage(let problem) where problem.code == .refused {
            return problem.message
        }
    }

    /// All bytes of the file and of what stands beside it.
    func bytes() throws -> [UInt8] {
        try ["", "-wal"].flatMap { try Self.bytes(of: folder + "/cases.db" + $0) }
    }

    static func bytes(of path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "rb"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        return bytes
    }
}

extension [UInt8] {
    /// Whether a text stands in it.
    func contains(_ text: String) -> Bool { firstRange(of: Array(text.utf8)) != nil }
}
