import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu

/// Households as JSON.
enum HouseholdText {
    /// The most bytes of a text of households: 64 MB.
    static let limit = 64 << 20

    /// The households of a text; throws every finding where it is wrong.
    static func read(
        _ bytes: UnsafeRawBufferPointer, _ policy: PolicyObject, on date: CalendarDate
    ) throws(Failure) -> HouseholdFile {
        var findings: [Diagnostic] = []
        let file = HouseholdReader.read(
            json: Array(bytes), schema: policy.engine.library.schema, date: date, file: "", findings: &findings)
        guard !findings.contains(where: { $0.severity == .error }) else { throw Failure(JZ_E_INPUT, findings) }
        return file
    }
}

@_cdecl("jz_assess_json") @implementation
public func jz_assess_json(
    _ policy: OpaquePointer?, _ json: UnsafePointer<CChar>?, _ jsonSize: Int,
    _ options: UnsafePointer<jz_assess_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let policy: PolicyObject = try Handle.object(policy)
        let options = try AssessOptions(options)
        let bytes = try Argument.bytes(json, jsonSize, "json", limit: HouseholdText.limit)
        let file = try HouseholdText.read(bytes, policy, on: options.date)
        return BufferObject(
            try PlacedHouseholds(file, policy, options).json(options.layout, explains: options.explains))
    }
}
