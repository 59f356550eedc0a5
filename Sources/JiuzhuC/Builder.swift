import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu

/// Households that a caller is putting together.
///
/// By the contract one thread at a time changes it; calls that take it as const only read.
final class BuilderObject: HandleObject, @unchecked Sendable {
    static let tag: UInt64 = 0x4A5A_4255_494C_4431  // JZBUILD1
    static let kind = "builder"

    fileprivate(set) var households: HouseholdBuilder

    fileprivate init(_ policy: PolicyObject) {
        households = HouseholdBuilder(schema: policy.engine.library.schema)
    }
}

extension Failure {
    /// What is wrong with a value that a caller sets; `name` is that of the fact.
    fileprivate init(_ flaw: ValueFlaw, _ name: String?) {
        let said = name.map { "\($0): \(flaw.message)" } ?? flaw.message
        self.init(Self.number(flaw.code), [Diagnostic(flaw.code, at: .none, said, suggestion: flaw.suggestion)])
    }

    /// The `JZ_E_` number for a kind of mistake in what a caller says of a household.
    static func number(_ code: DiagnosticCode) -> Int32 {
        switch code {
        case .unknownFact, .unknownCode: JZ_E_NAME
        case .wrongType: JZ_E_TYPE
        case .unitMismatch: JZ_E_UNIT
        case .outOfRange, .tooManyDecimals: JZ_E_RANGE
        case .contradiction: JZ_E_CONTRADICTION
        case .tooManyEntries, .tooLarge: JZ_E_LIMIT
        case .rowOrder: JZ_E_ARGUMENT
        default: JZ_E_INPUT
        }
    }
}

extension BuilderObject {
    /// The households as they are now; throws everything that does not go together.
    func households(on date: CalendarDate) throws(Failure) -> HouseholdFile {
        var findings: [Diagnostic] = []
        let file = households.households(on: date, findings: &findings)
        guard let first = findings.first(where: { $0.severity == .error }) else { return file }
        throw Failure(first.code == .contradiction ? JZ_E_CONTRADICTION : JZ_E_INPUT, findings)
    }

    /// Changes the households; what is wrong is said of `name`.
    fileprivate func change(
        _ name: String? = nil, _ body: (inout HouseholdBuilder) throws(ValueFlaw) -> Void
    ) throws(Failure) {
        do throws(ValueFlaw) { try body(&households) } catch { throw Failure(error, name) }
    }

    /// Sets a fact by its number.
    fileprivate func set(
        _ fact: jz_fact, _ body: (inout HouseholdBuilder, Int) throws(ValueFlaw) -> Void
    ) throws(Failure) {
        do throws(ValueFlaw) {
            try body(&households, Int(fact))
        } catch {
            let facts = households.schema.facts
            guard facts.indices.contains(Int(fact)) else { throw Failure(JZ_E_INDEX, error.message) }
            throw Failure(error, facts[Int(fact)].name)
        }
    }
}

extension Argument {
    /// One of the owners of facts.
    static func owner(_ number: Int32) throws(Failure) -> FactOwner {
        guard let owner = FactOwner(rawValue: Int(number)) else {
            throw Failure(JZ_E_ARGUMENT, "owner is \(number), and one from JZ_HOUSEHOLD to JZ_LOSS was expected")
        }
        return owner
    }

    /// One of the owners whose entries stand in lists.
    static func list(_ number: Int32) throws(Failure) -> FactOwner {
        let owner = try owner(number)
        guard owner != .household else {
            throw Failure(JZ_E_ARGUMENT, "owner is JZ_HOUSEHOLD; a household is begun with jz_builder_household")
        }
        return owner
    }
}

// MARK: Facts

@_cdecl("jz_fact_find") @implementation
public func jz_fact_find(
    _ policy: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ nameSize: Int, _ out: UnsafeMutablePointer<jz_fact>?,
    _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let policy: PolicyObject = try Handle.object(policy)
        let name = try Argument.text(name, nameSize, "name")
        let out = try Argument.out(out)
        do throws(ValueFlaw) {
            out.pointee = jz_fact(clamping: try policy.engine.library.schema.place(named: name))
        } catch {
            throw Failure(error, nil)
        }
    }
}

// MARK: Rows

@_cdecl("jz_builder_new") @implementation
public func jz_builder_new(_ policy: OpaquePointer?, _ out: HandleOut?, _ error: ErrorOut?) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in BuilderObject(try Handle.object(policy)) }
}

@_cdecl("jz_builder_clear") @implementation
public func jz_builder_clear(_ builder: OpaquePointer?, _ error: ErrorOut?) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        builder.households.removeAll()
    }
}

@_cdecl("jz_builder_free") @implementation
public func jz_builder_free(_ builder: OpaquePointer?) { Handle.free(builder, BuilderObject.self) }

@_cdecl("jz_builder_household") @implementation
public func jz_builder_household(
    _ builder: OpaquePointer?, _ id: UnsafePointer<CChar>?, _ idSize: Int, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let id = id == nil ? nil : try Argument.text(id, idSize, "id")
        try builder.change(id == nil ? nil : "id") { households throws(ValueFlaw) in
            try households.beginHousehold(id: id)
        }
    }
}

@_cdecl("jz_builder_entry") @implementation
public func jz_builder_entry(_ builder: OpaquePointer?, _ owner: Int32, _ error: ErrorOut?) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let list = try Argument.list(owner)
        try builder.change { households throws(ValueFlaw) in try households.beginEntry(list) }
    }
}

@_cdecl("jz_builder_list") @implementation
public func jz_builder_list(_ builder: OpaquePointer?, _ owner: Int32, _ error: ErrorOut?) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let list = try Argument.list(owner)
        try builder.change { households throws(ValueFlaw) in try households.markListed(list) }
    }
}

@_cdecl("jz_builder_select") @implementation
public func jz_builder_select(_ builder: OpaquePointer?, _ owner: Int32, _ row: Int, _ error: ErrorOut?) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let owner = try Argument.owner(owner)
        do throws(ValueFlaw) {
            try builder.households.select(owner, row: row)
        } catch {
            throw Failure(JZ_E_INDEX, error.message)
        }
    }
}

// MARK: Values

@_cdecl("jz_builder_set") @implementation
public func jz_builder_set(
    _ builder: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ nameSize: Int, _ text: UnsafePointer<CChar>?,
    _ textSize: Int, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let name = try Argument.text(name, nameSize, "name")
        let text = try Argument.text(text, textSize, "text")
        // A name that is none may be anything, and is not quoted here.
        let known = builder.households.isName(name)
        try builder.change(known ? name : nil) { households throws(ValueFlaw) in try households.set(name, to: text) }
    }
}

@_cdecl("jz_builder_set_text") @implementation
public func jz_builder_set_text(
    _ builder: OpaquePointer?, _ fact: jz_fact, _ text: UnsafePointer<CChar>?, _ textSize: Int, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let text = try Argument.text(text, textSize, "text")
        try builder.set(fact) { households, fact throws(ValueFlaw) in try households.set(fact, text: text) }
    }
}

@_cdecl("jz_builder_set_count") @implementation
public func jz_builder_set_count(
    _ builder: OpaquePointer?, _ fact: jz_fact, _ value: Int64, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        try builder.set(fact) { households, fact throws(ValueFlaw) in try households.set(fact, count: value) }
    }
}

@_cdecl("jz_builder_set_amount") @implementation
public func jz_builder_set_amount(
    _ builder: OpaquePointer?, _ fact: jz_fact, _ hundredths: Int64, _ unit: UnsafePointer<CChar>?, _ unitSize: Int,
    _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let unit = unit == nil ? nil : try Argument.text(unit, unitSize, "unit")
        try builder.set(fact) { households, fact throws(ValueFlaw) in
            try households.set(fact, hundredths: hundredths, unit: unit)
        }
    }
}

@_cdecl("jz_builder_set_bool") @implementation
public func jz_builder_set_bool(
    _ builder: OpaquePointer?, _ fact: jz_fact, _ value: Int32, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        try builder.set(fact) { households, fact throws(ValueFlaw) in try households.set(fact, yesNo: value != 0) }
    }
}

@_cdecl("jz_builder_set_date") @implementation
public func jz_builder_set_date(
    _ builder: OpaquePointer?, _ fact: jz_fact, _ day: Int32, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        guard let day = try Argument.day(day, "day") else {
            throw Failure(JZ_E_ARGUMENT, "day is 0; jz_builder_unset makes a fact unknown")
        }
        try builder.set(fact) { households, fact throws(ValueFlaw) in try households.set(fact, date: day) }
    }
}

@_cdecl("jz_builder_set_code") @implementation
public func jz_builder_set_code(
    _ builder: OpaquePointer?, _ fact: jz_fact, _ code: Int64, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        try builder.set(fact) { households, fact throws(ValueFlaw) in try households.set(fact, code: code) }
    }
}

@_cdecl("jz_builder_set_none") @implementation
public func jz_builder_set_none(_ builder: OpaquePointer?, _ fact: jz_fact, _ error: ErrorOut?) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        try builder.set(fact) { households, fact throws(ValueFlaw) in try households.setNone(fact) }
    }
}

@_cdecl("jz_builder_unset") @implementation
public func jz_builder_unset(_ builder: OpaquePointer?, _ fact: jz_fact, _ error: ErrorOut?) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        try builder.set(fact) { households, fact throws(ValueFlaw) in try households.unset(fact) }
    }
}

@_cdecl("jz_builder_read_json") @implementation
public func jz_builder_read_json(
    _ builder: OpaquePointer?, _ json: UnsafePointer<CChar>?, _ jsonSize: Int,
    _ options: UnsafePointer<jz_assess_options>?, _ error: ErrorOut?
) -> Int32 {
    answering(error) { () throws(Failure) in
        let builder: BuilderObject = try Handle.object(builder)
        let options = try AssessOptions(options)
        let bytes = try Argument.bytes(json, jsonSize, "json", limit: AssessmentService.limit)
        var findings: [Diagnostic] = []
        builder.households.read(json: Array(bytes), date: options.date, findings: &findings)
        guard !findings.contains(where: { $0.severity == .error }) else { throw Failure(JZ_E_INPUT, findings) }
    }
}
