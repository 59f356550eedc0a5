import CJiuzhu

/// A struct of the header that begins with its size, so that later headers can append to it.
protocol SizedStruct {
    /// What it is called in the header and in messages.
    static var name: String { get }
    /// The bytes that it had in the first header that had it: callers have at least these.
    ///
    /// Written down and never changed. The size that it has today would refuse callers of older headers as soon as
    /// a field is appended.
    static var firstSize: UInt32 { get }
}

// All are of 0.1.0, the first header of ABI 0.

extension jz_policy_options: SizedStruct {
    static let name = "jz_policy_options"
    /// Without `plugins`: there are callers that do not say them.
    static let firstSize: UInt32 = 24
}

extension jz_assess_options: SizedStruct {
    static let name = "jz_assess_options"
    static let firstSize: UInt32 = 24
}

extension jz_bulk_options: SizedStruct {
    static let name = "jz_bulk_options"
    static let firstSize: UInt32 = 48
}

extension jz_household_info: SizedStruct {
    static let name = "jz_household_info"
    static let firstSize: UInt32 = 40
}

extension jz_program_info: SizedStruct {
    static let name = "jz_program_info"
    static let firstSize: UInt32 = 112
}

extension jz_benefit_info: SizedStruct {
    static let name = "jz_benefit_info"
    static let firstSize: UInt32 = 80
}

extension jz_missing_info: SizedStruct {
    static let name = "jz_missing_info"
    static let firstSize: UInt32 = 72
}

extension jz_reason_info: SizedStruct {
    static let name = "jz_reason_info"
    static let firstSize: UInt32 = 104
}

extension jz_store_options: SizedStruct {
    static let name = "jz_store_options"
    static let firstSize: UInt32 = 16
}

extension jz_store_info: SizedStruct {
    static let name = "jz_store_info"
    static let firstSize: UInt32 = 48
}

extension jz_actor: SizedStruct {
    static let name = "jz_actor"
    static let firstSize: UInt32 = 40
}

extension jz_case_options: SizedStruct {
    static let name = "jz_case_options"
    static let firstSize: UInt32 = 24
}
