import AssistanceCore
import AssistanceEngine
import AssistancePolicy
import CJiuzhu

/// What `jz_assess_options` ask for.
typealias AssessOptions = AssessmentRequest

extension AssessmentRequest {
    /// The options of a caller; NULL for a first application today.
    init(_ pointer: UnsafePointer<jz_assess_options>?) throws(Failure) {
        let options = try Argument.options(pointer, standard: jz_assess_options())
        try self.init(
            date: options.date, knownOn: options.known_on, stage: options.stage, flags: options.flags,
            jz_assess_options.name)
        guard options.reserved == 0 else { throw Failure(JZ_E_ARGUMENT, "reserved of jz_assess_options is not 0") }
    }

    /// Options as callers state them; `name` is that of their struct.
    init(date: Int32, knownOn: Int32, stage: Int32, flags: UInt32, _ name: String) throws(Failure) {
        let day = try Argument.day(date, "date") ?? .today()
        let known = try Argument.day(knownOn, "known_on")
        let stages: [Int32: Stage] = [JZ_APPLICATION: .application, JZ_REVIEW: .review]
        guard let stage = stages[stage] else {
            throw Failure(JZ_E_ARGUMENT, "stage is \(stage), and JZ_APPLICATION or JZ_REVIEW was expected")
        }
        try Argument.flags(flags, among: UInt32(JZ_EXPLAIN | JZ_PRETTY), name)
        self.init(
            date: day, knownOn: known, stage: stage, explains: flags & UInt32(JZ_EXPLAIN) != 0,
            layout: flags & UInt32(JZ_PRETTY) != 0 ? .pretty : .compact)
    }
}
