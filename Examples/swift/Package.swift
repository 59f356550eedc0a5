// swift-tools-version: 6.3
import PackageDescription

// A service of one's own names the project's address and a version instead of a path.
let package = Package(
    name: "provinces",
    dependencies: [.package(name: "jiuzhu", path: "../..")],
    targets: [
        .executableTarget(name: "provinces", dependencies: [.product(name: "Jiuzhu", package: "jiuzhu")])
    ]
)
