/// The house as ARCHITECTURE.md draws it: which target stands on which floor, and which arrows there are within a floor.
enum House {
    /// System libraries and C are floor 0; surfaces, and measurements beside them, are floor 4.
    static let floors: [[String]] = [
        ["CYAML", "CSQLite", "CJiuzhu", "ColumnKernels", "BenchLoop", "PowerCut"],
        [
            "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit", "AssistanceStorage",
            "AssistanceRecords", "PluginKit",
        ],
        programs,
        [
            "AssistanceEngine", "AssistanceCasework", "AssistanceFunding", "AssistanceMonitoring",
            "AssistanceReporting", "AssistancePlugins", "AssistanceMatching", "AssistancePopulation",
            "AssistanceExchange", "AssistanceSimulation", "AssistanceArrow",
            "AssistancePrograms", "AssistanceVerification",
        ],
        [
            "JiuzhuC", "JiuzhuCommand", "Jiuzhu", "LowIncomeBenchmark", "PluginBenchmark", "PolicyFuzzer", "BenchOne",
            "FundingWorker", "RecordsWorker", "StoreBenchmark", "TestSupport",
        ],
    ]

    static let programs = [
        "LowIncomeAssistance", "SpecialPovertyAssistance", "DisasterAssistance", "MedicalAssistance",
        "EducationAssistance", "HousingAssistance", "EmploymentAssistance", "HeatingAssistance", "TemporaryRelief",
        "SocialParticipation", "Allowances",
    ]

    /// Within a floor: a target and those that it may import directly. Arrows are transitive.
    static let arrows: [String: [String]] = [
        "PowerCut": ["CSQLite"],
        "AssistanceExpressions": ["AssistanceCore"],
        "AssistancePolicy": ["AssistanceExpressions"],
        "AssistanceProgramKit": ["AssistancePolicy"],
        "AssistanceRecords": ["AssistanceCore", "AssistanceStorage"],
        "AssistanceCasework": ["AssistanceEngine"],
        "AssistanceFunding": ["AssistanceCasework"],
        "AssistanceMonitoring": ["AssistanceEngine"],
        "AssistanceReporting": ["AssistanceEngine"],
        "AssistanceMatching": ["AssistanceEngine"],
        "AssistanceVerification": ["AssistanceEngine"],
        "AssistanceExchange": ["AssistanceEngine", "AssistanceVerification"],
        "AssistanceArrow": ["AssistanceEngine"],
        "AssistancePlugins": ["AssistanceEngine"],
        "AssistanceSimulation": ["AssistanceEngine", "AssistancePopulation"],
        "JiuzhuCommand": ["Jiuzhu"],
        "LowIncomeBenchmark": ["Jiuzhu"],
        "PluginBenchmark": ["Jiuzhu"],
        "PolicyFuzzer": ["Jiuzhu"],
        "BenchOne": ["Jiuzhu"],
        "StoreBenchmark": ["Jiuzhu"],
    ]

    /// System libraries are not for everyone above: each has its one gate.
    static let gates: [String: [String]] = [
        "CYAML": ["AssistancePolicy"],
        "CSQLite": ["AssistanceStorage", "PowerCut"],
        "CJiuzhu": ["PluginKit", "AssistancePlugins", "AssistanceArrow", "JiuzhuC"],
        "ColumnKernels": ["AssistanceExpressions"],
        "BenchLoop": ["BenchOne"],
        "PowerCut": [],
    ]

    /// Modules from outside the package and the targets that may import them.
    static let outside: [String: [String]] = [
        "ArgumentParser": ["JiuzhuCommand"],
        "Crypto": ["AssistanceEngine", "AssistanceRecords"],
    ]

    /// Modules of the toolchain and the system that any target may import. Full Foundation is not among them.
    static let platform: Set<String> = ["Glibc", "Musl", "Darwin", "Synchronization", "FoundationEssentials"]

    /// Modules of the toolchain that some targets alone may import.
    static let toolchain: [String: [String]] = ["Testing": ["TestSupport"], "Foundation": ["TestSupport"]]

    static func floor(of target: String) -> Int? { floors.firstIndex { $0.contains(target) } }

    /// Why a target must not import another of the package; nil where it may.
    static func objection(_ target: String, importing other: String) -> String? {
        guard let above = floor(of: target) else { return "\(target) has no place in the house" }
        guard let below = floor(of: other) else { return "\(other) has no place in the house" }
        if let gate = gates[other], !gate.contains(target) {
            return "\(target) imports \(other), which is for \(gate.joined(separator: ", ")) alone"
        }
        if below > above { return "\(target) (floor \(above)) imports upward: \(other) (floor \(below))" }
        if below == above, !reaches(target, other) {
            return programs.contains(target)
                ? "a programme imports another: \(target) → \(other)" : "no arrow leads from \(target) to \(other)"
        }
        return nil
    }

    private static func reaches(_ target: String, _ other: String) -> Bool {
        (arrows[target] ?? []).contains { $0 == other || reaches($0, other) }
    }
}
