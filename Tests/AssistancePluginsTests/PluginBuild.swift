import AssistanceEngine
import Foundation

/// A folder in which plugins are built, gone when the test is over. What was loaded from it stays in memory.
final class PluginBuild {
    let path: String

    static let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
        separator: "/")

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("jiuzhu-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    struct Failed: Error { let said: String }

    /// Compiles a source in C and answers the path of the library.
    ///
    /// - Parameters:
    ///   - headers: The folder with `jiuzhu_plugin.h`.
    ///   - compiler: How it is compiled.
    ///   - language: What the name of the source ends with.
    @discardableResult
    func library(
        _ name: String, _ source: String, headers: String = repository + "/include", flags: [String] = [],
        by compiler: [String] = ["cc", "-std=gnu11"], language: String = "c"
    ) throws -> String {
        let (file, output) = (path + "/\(name).\(language)", path + "/\(name).so")
        try source.write(toFile: file, atomically: true, encoding: .utf8)
        try run(
            compiler + ["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I" + headers, "-o", output, file] + flags)
        return output
    }

    /// Compiles a source in Swift, with PluginKit and a runtime of its own, and answers the path of the library.
    func swiftLibrary(_ name: String, sources: [String]) throws -> String {
        let (kit, output) = (path + "/PluginKit.o", path + "/\(name).so")
        let common = ["swiftc", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library", "-wmo"]
        let headers = ["-I", Self.repository + "/include"]
        if !FileManager.default.fileExists(atPath: kit) {
            let folder = Self.repository + "/Sources/PluginKit"
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { folder + "/" + $0 }
            try run(
                common + ["-c", "-module-name", "PluginKit", "-emit-module", "-emit-module-path"]
                    + [path + "/PluginKit.swiftmodule", "-o", kit] + headers + files)
        }
        try run(
            common + ["-emit-library", "-static-stdlib", "-no-toolchain-stdlib-rpath", "-module-name", name]
                + ["-I", path, "-o", output, kit] + headers + sources)
        return output
    }

    private func run(_ command: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(said: said) }
    }

    /// Writes a file and answers its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
        return path + "/" + name
    }

    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    /// The SHA-256 of a file.
    static func digest(_ path: String) throws -> String { Digest.bytes(try bytes(path)) }
}

/// Sources of plugins.
enum Source {
    /// The school meals of `plugins/school-meals`: what policy says for every pupil of a rural household who eats at school.
    static let meals = example("school-meals/school-meals.c")

    /// A source of the folder `plugins`; empty where there is none, which no compiler takes for a plugin.
    static func example(_ path: String) -> String {
        (try? String(contentsOfFile: PluginBuild.repository + "/plugins/" + path, encoding: .utf8)) ?? ""
    }

    /// A plugin whose programme `school-meals` has the term `each`, and a plan of some lines.
    static func plan(_ name: String, _ lines: String, flags: String = "0", besides: String = "") -> String {
        """
        #include <jiuzhu_plugin.h>
        #include <unistd.h>
        #include <pthread.h>
        \(besides)
        static int32_t plan(const jzp_program *self, const jzp_host *host, jzp_plan *plan)
        {
            (void)self;
            (void)host;
            (void)plan;
            \(lines)
            return JZP_OK;
        }
        static const jzp_term terms[] = { { sizeof(jzp_term), "each", JZP_TERM_VALUE, JZP_HOUSEHOLD,
                                            JZP_UNFILLED_UNDETERMINED, "yuan/year", "每生标准", "for each pupil" } };
        static const jzp_program program = { sizeof(jzp_program), \(flags), "school-meals", "营养改善计划",
                                             "school meals plan", 0, NULL, 1, terms, 0, NULL, 0, NULL, plan, NULL };
        static const jzp_program *const programs[] = { &program };
        JZP_PLUGIN("\(name)", "1.0.0", programs)
        """
    }

    /// Everyone receives what policy says for each.
    static let everyone = """
        host->benefit(plan, "meals", "营养餐", "school meals", JZP_YEARLY, host->term(plan, "each"));
        """

    /// A plugin with an entry of its own, and what stands before it.
    static func entry(_ lines: String, before: String = "") -> String {
        """
        #include <jiuzhu_plugin.h>
        \(before)
        JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi);
        JZP_EXPORT const jzp_descriptor *jiuzhu_plugin(uint32_t host_abi)
        {
            (void)host_abi;
            \(lines)
        }
        """
    }
}
