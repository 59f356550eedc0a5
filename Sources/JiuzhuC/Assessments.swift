import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu

/// Households as JSON, and their decisions as JSON.
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

    /// Their decisions.
    static func decisions(
        _ file: HouseholdFile, _ policy: PolicyObject, _ options: AssessOptions
    ) throws(Failure) -> [UInt8] {
        var problems: [Diagnostic] = []
        let areas = HouseholdAreas(policy.engine.library, on: options.date, file: "")
            .areas(of: file.households, &problems)
        guard problems.isEmpty else { throw Failure(JZ_E_AREA, problems) }
        var assessors: [DivisionCode: Assessor] = [:]
        var json = AssessmentJSON(options.layout, explains: options.explains)
        for (row, area) in areas.enumerated() {
            let assessor: Assessor
            if let known = assessors[area] {
                assessor = known
            } else {
                assessor = Assessor(policy.engine, try policy.compiled(area, options), over: file.batch)
                assessors[area] = assessor
            }
            json.add(
                assessor.assess(
                    household: row, id: file.households[row].id, knownOn: options.knownOn, explain: options.explains))
        }
        json.end()
        return json.takeBytes()
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
        return BufferObject(try HouseholdText.decisions(file, policy, options))
    }
}
