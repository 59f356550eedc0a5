import Foundation
import Testing

@Suite("The pages")
struct DocumentTests {
    private typealias Page = (path: String, text: String)

    private static func pages() throws -> [Page] {
        let names = try FileManager.default.contentsOfDirectory(atPath: Package.root.path)
        let top = try names.filter { $0.hasSuffix(".md") }.map { name in
            (path: name, text: try String(contentsOf: Package.root.appending(path: name), encoding: .utf8))
        }
        return try ["docs", "Examples", "Benchmarks"].reduce(top) { try $0 + Package.files(below: $1, ending: ["md"]) }
    }

    /// The links of a text to other files, or to a heading, without those that leave the project.
    private static func links(in text: String) -> [(file: String, heading: String?)] {
        text.matches(of: /\]\(([^)#:]*)(?:#([^)]+))?\)/).map { (String($0.1), $0.2.map(String.init)) }
    }

    /// The headings of a page as links name them: small letters, no punctuation, `-` for a space.
    private static func headings(of text: String) -> Set<String> {
        var isBlock = false
        var found: Set<String> = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("```") { isBlock.toggle() }
            guard !isBlock, line.hasPrefix("#") else { continue }
            let title = line.drop { $0 == "#" }.dropFirst().lowercased()
            found.insert(
                title.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.replacing(" ", with: "-"))
        }
        return found
    }

    @Test("Every link between pages leads to a file of the project, and to a heading that the page has")
    func linksLead() throws {
        let pages = try Self.pages()
        #expect(pages.count >= 10)
        for page in pages {
            let folder = Package.root.appending(path: page.path).deletingLastPathComponent()
            for link in Self.links(in: page.text) {
                let target =
                    link.file.isEmpty ? Package.root.appending(path: page.path) : folder.appending(path: link.file)
                let exists = FileManager.default.fileExists(atPath: target.path)
                #expect(exists, "\(page.path) links to \(link.file)")
                guard exists, let heading = link.heading else { continue }
                let text = try String(contentsOf: target, encoding: .utf8)
                #expect(Self.headings(of: text).contains(heading), "\(page.path) links to \(link.file)#\(heading)")
            }
        }
    }

    @Test("The index has every page below docs")
    func indexIsComplete() throws {
        let index = try String(contentsOf: Package.root.appending(path: "docs/README.md"), encoding: .utf8)
        let listed = Set(Self.links(in: index).map { "docs/" + $0.file })
        let pages = try Package.files(below: "docs", ending: ["md", "json"]).map(\.path)
        let left = pages.filter { $0 != "docs/README.md" && !$0.hasPrefix("docs/man/") && !listed.contains($0) }
        #expect(left == [], "docs/README.md does not list these")
    }

    @Test("Headings are named as links name them")
    func headingNames() {
        let page = "# A: `define`\n```\n# no heading\n```\n## Rounding (取整)\n## Overlays: what a lower file changes\n"
        #expect(
            Self.headings(of: page) == ["a-define", "rounding-取整", "overlays-what-a-lower-file-changes"])
    }
}
