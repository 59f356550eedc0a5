import Foundation
import Testing

/// The package on disk, and what its manifest says.
enum Package {
    /// The folder of Package.swift.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A target as `swift package describe` prints it.
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String
        let dependencies: [String]
        let products: [String]

        enum CodingKeys: String, CodingKey {
            case name, type, path
            case dependencies = "target_dependencies"
            case products = "product_dependencies"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decode(String.self, forKey: .name)
            type = try values.decode(String.self, forKey: .type)
            path = try values.decode(String.self, forKey: .path)
            dependencies = try values.decodeIfPresent([String].self, forKey: .dependencies) ?? []
            products = try values.decodeIfPresent([String].self, forKey: .products) ?? []
        }

        var isTest: Bool { type == "test" }
    }

    private struct Description: Decodable {
        let targets: [Target]
    }

    /// The targets of the package, asked for once.
    static let targets = Result { try described() }

    /// Asks the package manager. A scratch folder of its own, so as not to wait for the build that runs this test.
    private static func described() throws -> [Target] {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "jiuzhu-describe-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "describe", "--type",
            "json",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "swift package describe failed")
        return try JSONDecoder().decode(Description.self, from: data).targets
    }

    /// The files below a folder of the package whose names end so, with their texts, sorted by path.
    static func files(below folder: String, ending suffixes: [String]) throws -> [(path: String, text: String)] {
        let start = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        var files: [(path: String, text: String)] = []
        for case let file as URL in walk where suffixes.contains(file.pathExtension) {
            let path = String(file.path.dropFirst(root.path.count + 1))
            files.append((path, try String(contentsOf: file, encoding: .utf8)))
        }
        return files.sorted { $0.path < $1.path }
    }
}
