import AssistanceCasework
import AssistanceCore

/// Where the cases of the benchmark live: counties of ten townships, of 1,200 cases each as in a province.
struct Province {
    static let area = DivisionCode("230000") ?? .nation
    let counties: Int

    init(cases: Int) { counties = max(2, cases / 12_000) }

    func county(_ place: Int) -> DivisionCode { DivisionCode("\(231025 + place % counties)") ?? .nation }

    /// How many cases go through the office, whose county policy knows; the rest follow them everywhere.
    static let office = 360

    /// The township of a case by the place of the case.
    func township(_ place: Int) -> DivisionCode {
        let township = place % (place < Self.office ? 10 : counties * 10)
        return DivisionCode("\(231025 + township / 10)\(100 + township % 10)") ?? .nation
    }
}

/// One case of the benchmark: an old couple, every second with a grown child at home; most are granted, some stand still on
/// the way, some are withdrawn.
struct CaseLife {
    private let place: Int
    private let township: DivisionCode
    let people: [CasePerson]

    init(_ place: Int, in province: Province) {
        self.place = place
        township = province.township(place)
        people = (0..<(2 + place % 2)).compactMap { CasePerson(citizenNumber: Self.citizen(place, $0), name: "某某") }
    }

    static func day(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

    /// The host's clock, after all days of a case.
    static let now = Int64(day("2027-12-31").days) * 86_400

    static let complaint = CaseRequest(
        CaseAction(.complain, on: day("2026-11-02")), document: Array("答复太慢".utf8))

    func run(in session: CaseSession) throws -> CaseState {
        func actor(_ role: CaseRole, _ area: DivisionCode) -> CaseActor {
            CaseActor(id: "\(role.rawValue)-1", role: role, area: area)
        }
        let county = township.parent ?? township
        let clerk = actor(.clerk, township)
        var state = try session.apply(application, by: clerk, at: Self.now)
        func take(
            _ step: CaseStep, by actor: CaseActor, on day: String, text: String? = nil,
            _ fill: (inout CaseRequest) -> Void = { _ in }
        ) throws {
            var request = CaseRequest(CaseAction(step, on: Self.day(day)), document: text.map { Array($0.utf8) })
            fill(&request)
            state = try session.advance(state, request, by: actor, at: Self.now)
        }
        if place % 20 == 1 {
            try take(.withdraw, by: clerk, on: "2026-06-02", text: "已就业")
            return state
        }
        try take(.accept, by: clerk, on: "2026-06-02")
        // One in ten stands still, and is overdue.
        if place % 10 == 3 { return state }
        try take(.authorize, by: clerk, on: "2026-06-02") {
            $0.members = Array(people.indices)
            ($0.action.from, $0.action.until) = (Self.day("2026-06-02"), Self.day("2027-06-01"))
        }
        try take(.verify, by: actor(.verifier, county), on: "2026-06-05", text: "核对结果一致")
        try take(.visit, by: actor(.surveyor, township), on: "2026-06-06", text: "情况属实") {
            ($0.action.visitors, $0.action.from) = (["surveyor-1", "village-3"], Self.day("2026-06-06"))
        }
        try take(.assess, by: clerk, on: "2026-06-08")
        try take(.review, by: actor(.reviewer, township), on: "2026-06-09") { $0.action.verdict = .approve }
        try take(.publish, by: clerk, on: "2026-06-10", text: "公示")
        try take(.confirm, by: actor(.confirmer, county), on: "2026-06-18") { $0.action.verdict = .approve }
        try take(.decide, by: clerk, on: "2026-06-22", text: "决定书")
        return state
    }

    private var application: CaseRequest {
        var action = CaseAction(.apply, on: Self.day("2026-06-01"))
        (action.programs, action.area) = (["low-income"], township)
        return CaseRequest(action, document: household, people: people)
    }

    /// A number that no other case has, with its check character.
    private static func citizen(_ place: Int, _ member: Int) -> CitizenNumber? {
        let serial = place * 3 + member
        let born = CalendarDate(days: -7_000 + serial / 1_000) ?? .earliest
        let digits = "231025" + born.iso.filter { $0 != "-" } + String(String(1_000 + serial % 1_000).dropFirst())
        guard let check = CitizenNumber.checkCharacter(for: digits) else { return nil }
        return try? CitizenNumber(digits + String(check))
    }

    private var household: [UInt8] {
        let maize = 8 + place % 9
        let child =
            """
            , {"relation": "child", "birth": "1979-05-02", "special_poverty": false, "away": "none", "can_work": false,
            "disability": {"kind": "intellectual", "grade": 1}, "illness": [], "obligors": [], "income": "none"}
            """
        return Array(
            """
            {"schema": 1, "area": "231025", "residence": "rural", "plots": [{"mu": \(maize), "use": "own", "crop": "corn"}],
            "rigid_expenditure": {"total": 4800}, "members": [
            {"relation": "head", "birth": "1951-03-08", "special_poverty": false, "away": "none", "can_work": false,
            "disability": "none", "illness": [], "obligors": [{"age": 47, "standing": "none", "disability_grade": 0,
            "lacks_civil_capacity": false, "whereabouts": "known"}], "income": {"basic_pension": 1800, "others": "none"}},
            {"relation": "spouse", "birth": "1954-11-20", "special_poverty": false, "away": "none", "can_work": false,
            "disability": {"kind": "limb", "grade": 2}, "illness": [], "obligors": [{"age": 47, "standing": "none",
            "disability_grade": 0, "lacks_civil_capacity": false, "whereabouts": "known"}], "income": "none"}\(people.count > 2 ? child : "")]}
            """.utf8)
    }
}

extension CasePerson {
    /// Nobody where there is no number.
    fileprivate init?(citizenNumber: CitizenNumber?, name: String) {
        guard let citizenNumber else { return nil }
        self.init(citizenNumber: citizenNumber, name: name)
    }
}
