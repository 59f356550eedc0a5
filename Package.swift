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

let package = Package(
    name: "jiuzhu",
    products: [
        .library(
            name: "Jiuzhu",
            targets: [
                "AssistanceEngine", "LowIncomeAssistance", "SpecialPovertyAssistance", "HeatingAssistance",
                "Allowances",
            ]),
        .executable(name: "jiuzhu", targets: ["JiuzhuCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        // System: the libraries of the machine.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),

        // Floor 1: the ground.
        .target(name: "AssistanceCore", swiftSettings: strict),
        .target(name: "AssistanceExpressions", dependencies: ["AssistanceCore"], swiftSettings: strict),
        .target(
            name: "AssistancePolicy", dependencies: ["AssistanceCore", "AssistanceExpressions", "CYAML"],
            swiftSettings: strict),
        .target(
            name: "AssistanceProgramKit",
            dependencies: ["AssistanceCore", "AssistanceExpressions", "AssistancePolicy"],
            swiftSettings: strict),

        // Floor 2: the programmes.
        .target(
            name: "LowIncomeAssistance",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
            ],
            path: "Sources/Programs/LowIncomeAssistance", swiftSettings: strict),
        .target(
            name: "HeatingAssistance",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
            ],
            path: "Sources/Programs/HeatingAssistance", swiftSettings: strict),
        .target(
            name: "Allowances",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
            ],
            path: "Sources/Programs/Allowances", swiftSettings: strict),

        .target(
            name: "SpecialPovertyAssistance",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
            ],
            path: "Sources/Programs/SpecialPovertyAssistance", swiftSettings: strict),

        // Floor 3: services.
        .target(
            name: "AssistanceEngine",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceProgramKit",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),

        // Floor 4: surfaces.
        .executableTarget(
            name: "JiuzhuCommand",
            dependencies: [
                "AssistanceCore", "AssistanceExpressions", "AssistancePolicy", "AssistanceEngine",
                "LowIncomeAssistance", "SpecialPovertyAssistance", "HeatingAssistance", "Allowances",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Measurements; part of no product.
        .executableTarget(
            name: "LowIncomeBenchmark",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "LowIncomeAssistance",
                "SpecialPovertyAssistance",
            ],
            path: "Benchmarks/LowIncome", swiftSettings: strict),

        .testTarget(name: "AssistanceCoreTests", dependencies: ["AssistanceCore"], swiftSettings: strict),
        .testTarget(
            name: "AssistanceExpressionsTests", dependencies: ["AssistanceExpressions"],
            exclude: ["accepted-cel-cases.txt"], swiftSettings: strict),
        .testTarget(
            name: "AssistancePolicyTests",
            dependencies: [
                "AssistanceCore", "AssistancePolicy", "AssistanceEngine", "LowIncomeAssistance",
                "SpecialPovertyAssistance", "HeatingAssistance", "Allowances",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AssistanceEngineTests",
            dependencies: [
                "AssistanceCore", "AssistanceEngine", "AssistancePolicy", "AssistanceProgramKit", "LowIncomeAssistance",
                "SpecialPovertyAssistance", "HeatingAssistance", "Allowances",
            ],
            swiftSettings: strict),
        // The command as it is run; it tests no module, and so depends on none.
        .testTarget(name: "JiuzhuCommandTests", swiftSettings: strict),

        // The house itself: who may import whom, and that lists which must be complete are.
        .testTarget(name: "ArchitectureTests", dependencies: ["AssistanceCore"], swiftSettings: strict),
    ]
)
