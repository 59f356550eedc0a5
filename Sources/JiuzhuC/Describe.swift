import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import AssistancePrograms
import CJiuzhu

/// What the library knows, as JSON: for bindings, and for hosts that fill forms.
private struct Description {
    private var json = JSONWriter(.compact)

    /// The description of programmes and of the facts of a schema.
    static func text(of schema: FactSchema, _ programs: [any AssistanceProgram]) -> [UInt8] {
        var description = Description()
        description.write(schema, programs)
        return description.json.bytes
    }

    private mutating func write(_ schema: FactSchema, _ programs: [any AssistanceProgram]) {
        object { it in
            it.string("version", Engine.version)
            it.integer("abi", JZ_ABI)
            it.list("programs", programs) { it, program in
                it.string("id", program.id)
                it.label(program.label)
            }
            it.list("facts", Array(schema.facts.enumerated())) { $0.fact($1.offset, $1.element) }
            it.list("errors", Self.errors) { it, error in
                it.integer("number", error.number)
                it.string("name", error.name)
            }
            it.list("findings", DiagnosticCode.allCases) { it, code in it.string("code", code.rawValue) }
            it.list("options", Self.options) { it, option in
                it.string("struct", option.of)
                it.string("field", option.field)
                it.string("values", option.values)
            }
        }
    }

    private mutating func fact(_ number: Int, _ fact: Fact) {
        integer("number", number)
        string("name", "\(fact.owner.word).\(fact.key)")
        integer("owner", fact.owner.rawValue)
        string("key", fact.key)
        string("type", fact.type.name)
        string("unit", fact.type.unit.isEmpty ? nil : fact.type.unit)
        integer("least", fact.type.storedRange.lowerBound)
        integer("most", fact.type.storedRange.upperBound)
        string("standard", fact.standard)
        label(fact.label)
        guard let codes = fact.type.codeList?.codes else { return }
        list("codes", codes) { it, code in
            it.string("name", code.name)
            it.list("standard", code.standard) { $0.string("code", $1) }
            it.label(code.label)
        }
    }

    /// The numbers of errors and their names.
    private static let errors: [(number: Int32, name: String)] = [
        (JZ_OK, "JZ_OK"), (JZ_E_ARGUMENT, "JZ_E_ARGUMENT"), (JZ_E_HANDLE, "JZ_E_HANDLE"), (JZ_E_INDEX, "JZ_E_INDEX"),
        (JZ_E_LIMIT, "JZ_E_LIMIT"), (JZ_E_CANCELLED, "JZ_E_CANCELLED"), (JZ_E_NO_POLICY, "JZ_E_NO_POLICY"),
        (JZ_E_POLICY, "JZ_E_POLICY"), (JZ_E_PLUGIN, "JZ_E_PLUGIN"), (JZ_E_INPUT, "JZ_E_INPUT"),
        (JZ_E_NAME, "JZ_E_NAME"), (JZ_E_TYPE, "JZ_E_TYPE"),
        (JZ_E_UNIT, "JZ_E_UNIT"), (JZ_E_RANGE, "JZ_E_RANGE"), (JZ_E_CONTRADICTION, "JZ_E_CONTRADICTION"),
        (JZ_E_AREA, "JZ_E_AREA"), (JZ_E_REFUSED, "JZ_E_REFUSED"), (JZ_E_NO_CASE, "JZ_E_NO_CASE"),
        (JZ_E_STORE, "JZ_E_STORE"), (JZ_E_FILE, "JZ_E_FILE"), (JZ_E_BUSY, "JZ_E_BUSY"),
        (JZ_E_INTERNAL, "JZ_E_INTERNAL"),
    ]

    /// The fields of options and what they take.
    private static let options: [(of: String, field: String, values: String)] = [
        ("jz_policy_options", "programs", "ids of programmes"),
        ("jz_policy_options", "plugins", "a set of plugins"),
        ("jz_assess_options", "flags", "JZ_EXPLAIN 1, JZ_PRETTY 2"),
        ("jz_assess_options", "date", "yyyymmdd; 0: today"),
        ("jz_assess_options", "known_on", "yyyymmdd; 0: all that is known"),
        ("jz_assess_options", "stage", "JZ_APPLICATION 0, JZ_REVIEW 1"),
        ("jz_bulk_options", "date", "yyyymmdd; 0: today"),
        ("jz_bulk_options", "known_on", "yyyymmdd; 0: all that is known"),
        ("jz_bulk_options", "stage", "JZ_APPLICATION 0, JZ_REVIEW 1"),
        ("jz_bulk_options", "rows", "JZ_ROW_HOUSEHOLD 0, JZ_ROW_BENEFIT 1"),
        ("jz_bulk_options", "threads", "0 to 256"),
        ("jz_store_options", "flags", "JZ_READ_ONLY 1"),
        ("jz_store_options", "policy", "a policy"),
        ("jz_case_options", "flags", "JZ_PERSONS 1"),
        ("jz_case_options", "day", "yyyymmdd; 0: today"),
        ("jz_case_options", "form", "JZ_JSON 0, JZ_TEXT 1"),
        ("jz_case_options", "language", "JZ_CHINESE 0, JZ_ENGLISH 1"),
        ("jz_case_options", "limit", "0: 1000"),
    ]

    // MARK: Pieces

    private mutating func object(_ body: (inout Self) -> Void) {
        json.beginObject()
        body(&self)
        json.endObject()
    }

    private mutating func list<Item>(_ key: String, _ items: [Item], _ body: (inout Self, Item) -> Void) {
        json.key(key)
        json.beginArray()
        for item in items { object { body(&$0, item) } }
        json.endArray()
    }

    private mutating func string(_ key: String, _ value: String?) {
        json.key(key)
        if let value { json.string(value) } else { json.null() }
    }

    private mutating func integer(_ key: String, _ value: some BinaryInteger) {
        json.key(key)
        json.integer(value)
    }

    private mutating func label(_ label: Label) {
        string("label_zh", label.chinese)
        string("label_en", label.english)
    }
}

extension FactType {
    /// The name of the type for programs.
    fileprivate var name: String {
        switch self {
        case .code: "code"
        case .codes: "codes"
        case .yesNo: "bool"
        case .date: "date"
        case .count: "count"
        case .amount: "amount"
        case .division: "division"
        }
    }
}

@_cdecl("jz_describe") @implementation
public func jz_describe(_ policy: OpaquePointer?, _ out: HandleOut?, _ error: ErrorOut?) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        guard policy != nil else { return BufferObject(Description.text(of: .national, assistancePrograms)) }
        let engine = try Handle.object(policy, PolicyObject.self).engine
        return BufferObject(Description.text(of: engine.library.schema, engine.programs))
    }
}
