import AssistanceEngine
import CJiuzhu

@_cdecl("jz_assess_json") @implementation
public func jz_assess_json(
    _ policy: OpaquePointer?, _ json: UnsafePointer<CChar>?, _ jsonSize: Int,
    _ options: UnsafePointer<jz_assess_options>?, _ out: HandleOut?, _ error: ErrorOut?
) -> Int32 {
    answering(error, handle: out) { () throws(Failure) in
        let policy: PolicyObject = try Handle.object(policy)
        let options = try AssessOptions(options)
        let bytes = try Argument.bytes(json, jsonSize, "json", limit: AssessmentService.limit)
        return BufferObject(try policy.service.answer(Array(bytes), options))
    }
}
