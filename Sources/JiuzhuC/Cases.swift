import AssistanceCasework
import AssistanceCore
import AssistanceEngine
import AssistanceRecords
import CJiuzhu

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Who acts, and when, as a caller says it.
struct CaseHand {
    let actor: CaseActor
    /// Seconds since 1970.
    let time: Int64

    init(_ pointer: UnsafePointer<jz_actor>?) throws(Failure) {
        guard pointer != nil else { throw Failure(JZ_E_ARGUMENT, "actor is NULL") }
        let given = try Argument.options(pointer, standard: jz_actor())
        try Argument.flags(given.flags, among: 0, jz_actor.name)
        let id = try Self.text(given.id, "id")
        let role = try Argument.name(
            of: CaseRole.self, try Self.text(given.role, "role"), "role of jz_actor")
        let office = try Argument.division(try Self.text(given.office, "office"), "office of jz_actor")
        guard RecordActor(id: id, role: role.rawValue, area: office.number) != nil else {
            throw Failure(JZ_E_ARGUMENT, "id of jz_actor is 1 to 64 letters, digits, '.', '_' and '-'")
        }
        guard given.time >= 0 else {
            throw Failure(JZ_E_ARGUMENT, "time of jz_actor is \(given.time), and seconds since 1970 were expected")
        }
        actor = CaseActor(id: id, role: role, area: office)
        time = given.time == 0 ? systemClock() : given.time
    }

    /// A day as a caller gives it; for 0 that of the actor's time in China.
    func day(_ number: Int32) throws(Failure) -> CalendarDate {
        try Argument.day(number, "day") ?? .at(secondsSince1970: time)
    }

    private static func text(_ text: UnsafePointer<CChar>?, _ field: String) throws(Failure) -> String {
        try Argument.text(text, -1, "\(field) of jz_actor", limit: 256)
    }
}

/// Seconds since 1970.
private func systemClock() -> Int64 { Int64(time(nil)) }

/// What `jz_case_options` ask for.
struct CaseOptions {
    /// The form of an answer.
    enum Form: Int32 {
        case json, text, html

        /// What it is called in the header.
        var name: String { "JZ_" + "\(self)".uppercased() }
    }

    let showsPersons: Bool
    let day: CalendarDate
    let limit: Int
    private let language: Language
    private let form: Form

    /// The options of a caller; NULL for JSON as things stand on the actor's day.
    ///
    /// - Parameter flags: Those that the call knows.
    init(_ pointer: UnsafePointer<jz_case_options>?, for hand: CaseHand, flags: UInt32 = 0) throws(Failure) {
        let options = try Argument.options(pointer, standard: jz_case_options())
        try Argument.flags(options.flags, among: flags, jz_case_options.name)
        showsPersons = options.flags & JZ_PERSONS != 0
        day = try hand.day(options.day)
        limit = options.limit == 0 ? 1000 : Int(options.limit)
        language = try Argument.language(options.language)
        form = try Argument.form(options.form, among: [.json, .text])
    }

    /// An answer in the form that was asked for.
    func answer(json: () -> String, text: (CaseText) -> String) -> BufferObject {
        BufferObject((form == .json ? json() : text(CaseText(in: language))).utf8)
    }
}

extension Argument {
    /// One of some forms.
    fileprivate static func form(
        _ number: Int32, among forms: [CaseOptions.Form]
    ) throws(Failure) -> CaseOptions.Form {
        guard let form = CaseOptions.Form(rawValue: number), forms.contains(form) else {
            let names = forms.map(\.name).joined(separator: " or ")
            throw Failure(JZ_E_ARGUMENT, "form is \(number), and \(names) was expected")
        }
        return form
    }

    /// A division code.
    fileprivate static func division(_ text: String, _ name: String) throws(Failure) -> DivisionCode {
        guard let division = DivisionCode(text) else {
            throw Failure(JZ_E_AREA, "\(name) is no division code of GB/T 2260: six, nine or twelve digits")
        }
        return division
    }

    static func division(
        _ data: UnsafePointer<CChar>?, _ size: Int, _ name: String
    ) throws(Failure) -> DivisionCode {
        try division(try text(data, size, name, limit: 64), name)
    }

    /// One of some names.
    static func name<Name: RawRepresentable<String> & CaseIterable>(
        of names: Name.Type, _ text: String, _ name: String
    ) throws(Failure) -> Name {
        guard let found = Name(rawValue: text) else {
            let known = names.allCases.map(\.rawValue)
            throw Failure(
                JZ_E_NAME, "\(name): one of \(known.joined(separator: ", ")) was expected",
                meant: closestName(to: text, among: known))
        }
        return found
    }

    /// A document of any bytes; nil for NULL with size 0.
    fileprivate static func document(
        _ data: UnsafeRawPointer?, _ size: Int, _ name: String
    ) throws(Failure) -> [UInt8]? {
        let bytes = try bytes(data, size, name, limit: AssessmentService.limit)
        return data == nil ? nil : Array(bytes)
    }
}

// MARK: Steps

@_cdecl("jz_case_open") @implementation
public func jz_case_open(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ request: UnsafePointer<CChar>?, _ requestSize: Int,
    _ household: UnsafePointer<CChar>?, _ householdSize: Int, _ number: UnsafeMutablePointer<Int64>?,
    _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let request = try Argument.bytes(request, requestSize, "request", limit: AssessmentService.limit)
        let household = try Argument.bytes(household, householdSize, "household", limit: AssessmentService.limit)
        let number = try Argument.out(number, "number")
        let state = try store.use(document: "household") { cases in
            let request = try CaseRequest(json: Array(request), file: "request", document: Array(household))
            return try cases.apply(request, by: hand.actor, at: hand.time)
        }
        number.pointee = state.number
        return BufferObject(state.json.utf8)
    }
}

@_cdecl("jz_case_advance") @implementation
public func jz_case_advance(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ number: Int64, _ request: UnsafePointer<CChar>?,
    _ requestSize: Int, _ document: UnsafeRawPointer?, _ documentSize: Int, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let request = try Argument.bytes(request, requestSize, "request", limit: AssessmentService.limit)
        let document = try Argument.document(document, documentSize, "document")
        let state = try store.use(document: "document") { cases in
            let request = try CaseRequest(json: Array(request), file: "request", document: document)
            return try cases.advance(number, request, by: hand.actor, at: hand.time)
        }
        return BufferObject(state.json.utf8)
    }
}

// MARK: What stands in the file

@_cdecl("jz_case_show") @implementation
public func jz_case_show(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ number: Int64,
    _ options: UnsafePointer<jz_case_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let options = try CaseOptions(options, for: hand, flags: JZ_PERSONS)
        return try store.use { cases in
            let overview = try cases.overview(of: number, on: options.day, for: hand.actor)
            let persons = options.showsPersons ? try cases.persons(of: number, by: hand.actor, at: hand.time) : nil
            return options.answer(
                json: { overview.json(persons: persons) }, text: { $0.text(of: overview, persons: persons) })
        }
    }
}

/// Answers a list of cases of an area.
private func list(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ options: UnsafePointer<jz_case_options>?, _ out: HandleOut?, _ error: ErrorOut?,
    _ rows: (CaseStore, DivisionCode, CaseActor, CaseOptions) throws -> [CaseRow]
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let area = try Argument.division(area, areaSize, "area")
        let options = try CaseOptions(options, for: hand)
        return try store.use { cases in
            let rows = try rows(cases, area, hand.actor, options)
            return options.answer(json: { CaseRow.json(rows) }, text: { $0.text(of: rows) })
        }
    }
}

@_cdecl("jz_case_list") @implementation
public func jz_case_list(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ stage: UnsafePointer<CChar>?, _ stageSize: Int, _ options: UnsafePointer<jz_case_options>?, _ out: HandleOut?,
    _ error: ErrorOut?
) -> Int32 {
    list(store, actor, area, areaSize, options, out, error) { cases, area, actor, options in
        let name = try Argument.text(stage, stageSize, "stage", limit: 256)
        let stage = name.isEmpty ? nil : try Argument.name(of: CaseStage.self, name, "stage")
        return try cases.list(in: area, for: actor, stage: stage, limit: options.limit)
    }
}

@_cdecl("jz_case_overdue") @implementation
public func jz_case_overdue(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ options: UnsafePointer<jz_case_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    list(store, actor, area, areaSize, options, out, error) { cases, area, actor, options in
        try cases.overdue(in: area, for: actor, on: options.day, limit: options.limit)
    }
}

@_cdecl("jz_case_review") @implementation
public func jz_case_review(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ options: UnsafePointer<jz_case_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    list(store, actor, area, areaSize, options, out, error) { cases, area, actor, options in
        try cases.dueForReview(in: area, for: actor, by: options.day, limit: options.limit)
    }
}

@_cdecl("jz_case_find") @implementation
public func jz_case_find(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ citizen: UnsafePointer<CChar>?, _ citizenSize: Int,
    _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let text = try Argument.text(citizen, citizenSize, "citizen_number", limit: 256)
        let citizen: CitizenNumber
        do throws(CitizenNumber.Flaw) { citizen = try CitizenNumber(text) } catch {
            throw Failure(JZ_E_INPUT, error.message)
        }
        let numbers = try store.use { try $0.cases(of: citizen, by: hand.actor, at: hand.time) }
        var json = JSONWriter(.compact)
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("cases")
        json.beginArray()
        for number in numbers { json.integer(number) }
        json.endArray()
        json.endObject()
        return BufferObject(json.bytes)
    }
}

// MARK: Letters

extension Letter {
    fileprivate func buffer(_ form: CaseOptions.Form) -> BufferObject {
        BufferObject((form == .html ? html : text).utf8)
    }
}

@_cdecl("jz_case_letter") @implementation
public func jz_case_letter(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ number: Int64, _ kind: UnsafePointer<CChar>?,
    _ kindSize: Int, _ form: Int32, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let kind = try Argument.name(
            of: LetterKind.self, try Argument.text(kind, kindSize, "kind", limit: 256), "kind")
        let form = try Argument.form(form, among: [.text, .html])
        return try store.use { try $0.letter(kind, of: number, by: hand.actor, at: hand.time).buffer(form) }
    }
}

@_cdecl("jz_case_decide") @implementation
public func jz_case_decide(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ number: Int64, _ day: Int32, _ form: Int32,
    _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let day = try hand.day(day)
        let form = try Argument.form(form, among: [.text, .html])
        return try store.use { try $0.decide(number, on: day, by: hand.actor, at: hand.time).buffer(form) }
    }
}

@_cdecl("jz_case_notice") @implementation
public func jz_case_notice(
    _ store: OpaquePointer?, _ actor: UnsafePointer<jz_actor>?, _ area: UnsafePointer<CChar>?, _ areaSize: Int,
    _ day: Int32, _ form: Int32, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let store: StoreObject = try Handle.object(store)
        let hand = try CaseHand(actor)
        let area = try Argument.division(area, areaSize, "area")
        guard let day = try Argument.day(day, "day") else {
            throw Failure(JZ_E_ARGUMENT, "day is 0, and the day on which the cases were published was expected")
        }
        let form = try Argument.form(form, among: [.text, .html])
        return try store.use { try $0.notice(in: area, on: day, by: hand.actor, at: hand.time).buffer(form) }
    }
}
