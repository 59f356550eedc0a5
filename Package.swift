// swift-tools-version: 6.3
import PackageDescription

/// Settings every Swift target shares: language mode 6, warnings are errors (ours, not those of packages we use), and
/// no import that leaks by accident.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// The ten programmes and the allowances beside them, each a target of its own below Sources/Programs.
let programs = [
    "LowIncomeAssistance", "SpecialPovertyAssistance", "DisasterAssistance", "MedicalAssistance", "EducationAssistance",
    "HousingAssistance", "EmploymentAssistance", "HeatingAssistance", "TemporaryRelief", "SocialParticipation",
    "Allowances",
]

let package = Package(
    name: "jiuzhu",
    products: [
        .library(name: "Jiuzhu", targets: ["Jiuzhu"]),
        .executable(name: "jiuzhu", targets: ["JiuzhuCommand"]),
        // Installed as libjiuzhu.so.0 (make lib); products must not share a name.
        .library(name: "jiuzhu-c", type: .dynamic, targets: ["JiuzhuC"]),
        // What plugins in Swift are written with.
        .library(name: "PluginKit", targets: ["PluginKit"]),
        .executable(name: "bench-1", targets: ["BenchOne"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        // System: the libraries of the machine.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CJiuzhu", path: "include"),

        // Floor 1: the ground.
        .target(name: "AssistanceCore", swiftSettings: strict),
        .target(name: "ColumnKernels"),
        .target(
            name: "AssistanceExpressions", dependencies: ["AssistanceCore", "ColumnKernels"], swiftSettings: strict),
        .target(
            name: "AssistancePolicy", dependencies: ["AssistanceCore", "AssistanceExpressions", "CYAML"],
            swiftSettings: strict),
        .target(
            name: "AssistanceProgramKit",
            dependencies: ["AssistanceCore", "AssistanceExpressions", "AssistancePolicy"],
            swiftSettings: strict),

        .target(name: "AssistanceStorage", dependencies: ["CSQLite"], swiftSettings: strict),
        .target(name: "PluginKit", dependencies: ["CJiuzhu"], swiftSettings: strict),
        .target(
            name: "AssistanceRecords",
            dependencies: ["AssistanceCore", "AssistanceStorage", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),

        // Floor 3: services.
        .target(
            name: "AssistanceEngine",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "AssistanceSimulation",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceEngine",
                "AssistancePopulation",
            ],
            swiftSettings: strict),
        .target(name: "AssistancePopulation", dependencies: ["AssistanceCore"], swiftSettings: strict),
        .target(
            name: "AssistanceMatching",
            dependencies: ["AssistanceCore", "AssistancePolicy", "AssistanceEngine"], swiftSettings: strict),

        .target(
            name: "AssistanceArrow",
            dependencies: ["AssistanceCore", "AssistancePolicy", "AssistanceEngine", "CJiuzhu"],
            swiftSettings: strict),
        .target(
            name: "AssistanceVerification", dependencies: ["AssistanceCore", "AssistancePolicy", "AssistanceEngine"],
            swiftSettings: strict),
        .target(
            name: "AssistanceExchange",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceStorage", "AssistanceVerification",
            ],
            swiftSettings: strict),

        .target(
            name: "AssistanceCasework",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceEngine", "AssistanceStorage",
                "AssistanceRecords",
            ],
            swiftSettings: strict),

        .target(
            name: "AssistanceFunding",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceStorage", "AssistanceRecords",
                "AssistanceCasework",
            ],
            swiftSettings: strict),

        .target(
            name: "AssistancePlugins",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
                "AssistanceEngine", "CJiuzhu",
            ],
            swiftSettings: strict),

        .target(
            name: "AssistancePrograms", dependencies: ["AssistancePolicy"] + programs.map { .init(stringLiteral: $0) },
            swiftSettings: strict),

        // Floor 4: surfaces.
        .target(
            name: "Jiuzhu",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceMatching", "AssistancePopulation",
                "AssistanceExchange", "AssistanceSimulation", "AssistanceStorage", "AssistancePlugins",
                "AssistancePrograms", "AssistanceVerification",
            ]
                + programs.map { .init(stringLiteral: $0) },
            swiftSettings: strict),
        .target(
            name: "JiuzhuC",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceArrow", "AssistanceStorage",
                "AssistanceRecords", "AssistanceCasework", "AssistanceFunding", "AssistancePlugins",
                "AssistancePrograms", "CJiuzhu",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "JiuzhuCommand",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceStorage", "AssistanceEngine",
                "AssistanceMatching", "AssistancePopulation", "AssistanceExchange", "AssistanceSimulation",
                "AssistancePlugins", "AssistanceVerification", "AssistanceRecords", "AssistanceCasework",
                "AssistanceFunding", "Jiuzhu",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Measurements; part of no product but for the one that others run beside theirs.
        .executableTarget(
            name: "LowIncomeBenchmark",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistancePopulation", "Jiuzhu",
            ],
            path: "Benchmarks/LowIncome", swiftSettings: strict),
        .executableTarget(
            name: "PluginBenchmark",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistancePopulation", "AssistancePlugins",
                "Jiuzhu",
            ],
            path: "Benchmarks/Plugin", swiftSettings: strict),
        .executableTarget(
            name: "PolicyFuzzer",
            dependencies: ["AssistanceCore", "AssistancePolicy", "AssistanceEngine", "Jiuzhu"],
            path: "Benchmarks/Fuzzer", swiftSettings: strict),
        .executableTarget(
            name: "StoreBenchmark",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceRecords", "AssistanceCasework",
                "AssistanceFunding", "Jiuzhu",
            ],
            path: "Benchmarks/Store", swiftSettings: strict),
        .target(name: "BenchLoop", path: "Benchmarks/bench-1/Loop"),
        .executableTarget(
            name: "BenchOne",
            dependencies: ["AssistanceCore", "AssistancePolicy", "AssistanceEngine", "BenchLoop", "Jiuzhu"],
            path: "Benchmarks/bench-1/Program", swiftSettings: strict),

        // What several targets of tests need.
        .target(
            name: "TestSupport", dependencies: ["AssistanceCore", "AssistancePolicy"], path: "Tests/Support",
            swiftSettings: strict),
        .testTarget(name: "AssistanceCoreTests", dependencies: ["AssistanceCore"], swiftSettings: strict),
        .testTarget(
            name: "AssistanceExpressionsTests", dependencies: ["AssistanceExpressions", "TestSupport"],
            exclude: ["accepted-cel-cases.txt"], swiftSettings: strict),
        .testTarget(
            name: "AssistancePolicyTests",
            dependencies: ["AssistanceCore", "AssistancePolicy", "AssistanceEngine", "Jiuzhu", "PolicyFuzzer"],
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceEngineTests",
            dependencies: [
                "AssistanceCore", "AssistanceEngine", "AssistancePolicy", "AssistanceProgramKit", "AssistanceExchange",
                "Jiuzhu", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceSimulationTests",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceEngine",
                "AssistancePopulation", "AssistanceSimulation", "Jiuzhu", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AssistancePopulationTests",
            dependencies: ["AssistanceCore", "AssistancePopulation"], swiftSettings: strict),
        .testTarget(
            name: "AssistanceStorageTests", dependencies: ["AssistanceStorage"], swiftSettings: strict),
        .testTarget(
            name: "AssistanceRecordsTests",
            dependencies: ["AssistanceStorage", "AssistanceRecords", "PowerCut", "RecordsWorker", "TestSupport"],
            swiftSettings: strict),
        // A disk that loses its power, and a process that is killed, for the store of records.
        .target(name: "PowerCut", dependencies: ["CSQLite"], path: "Tests/PowerCut"),
        .executableTarget(
            name: "RecordsWorker", dependencies: ["AssistanceRecords", "AssistanceStorage"],
            path: "Tests/RecordsWorker",
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceCaseworkTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceStorage", "AssistanceRecords",
                "AssistanceCasework", "Jiuzhu", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceFundingTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceStorage", "AssistanceRecords",
                "AssistanceCasework", "AssistanceFunding", "FundingWorker", "TestSupport",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "FundingWorker",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceRecords", "AssistanceCasework",
                "AssistanceFunding",
            ],
            path: "Tests/FundingWorker", swiftSettings: strict),
        .testTarget(
            name: "AssistanceExchangeTests",
            dependencies: ["AssistanceCore", "AssistancePopulation", "AssistanceExchange", "AssistanceStorage"],
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceVerificationTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceExchange",
                "AssistanceVerification",
                "Jiuzhu", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceMatchingTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceMatching", "Jiuzhu", "TestSupport",
            ],
            swiftSettings: strict),
        // Builds plugins while it runs.
        .testTarget(
            name: "AssistancePluginsTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistancePlugins", "CJiuzhu", "Jiuzhu",
                "JiuzhuC", "PluginKit",
            ],
            swiftSettings: strict),
        // The functions of the C interface, called as programs in C call them.
        .testTarget(
            name: "JiuzhuCTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistanceRecords", "AssistanceCasework",
                "CJiuzhu", "Jiuzhu", "JiuzhuC",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceArrowTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "AssistancePopulation", "AssistanceArrow",
                "CJiuzhu", "Jiuzhu", "JiuzhuC", "TestSupport",
            ],
            swiftSettings: strict),
        // The command as it is run; it tests no module, and so depends on none.
        .testTarget(name: "JiuzhuCommandTests", swiftSettings: strict),

        .testTarget(
            name: "BenchOneTests",
            dependencies: ["AssistanceCore", "AssistanceEngine", "AssistancePolicy", "BenchLoop", "BenchOne"],
            swiftSettings: strict),

        // The house itself: who may import whom, and that lists which must be complete are.
        .testTarget(
            name: "ArchitectureTests", dependencies: ["AssistanceCore", "AssistanceEngine"], swiftSettings: strict),
    ]
        + programs.map { program in
            .target(
                name: program,
                dependencies: [
                    "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
                ],
                path: "Sources/Programs/" + program, swiftSettings: strict)
        }
)
