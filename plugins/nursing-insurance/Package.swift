// swift-tools-version: 6.3
import PackageDescription

// A plugin of one's own names the project's address and a version instead of a path.
let package = Package(
    name: "nursing-insurance",
    products: [.library(name: "nursing-insurance", type: .dynamic, targets: ["NursingInsurance"])],
    dependencies: [.package(name: "jiuzhu", path: "../..")],
    targets: [
        .target(name: "NursingInsurance", dependencies: [.product(name: "PluginKit", package: "jiuzhu")])
    ]
)
