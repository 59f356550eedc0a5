import Foundation
import Testing

@Suite("The pages")
struct DocumentTests {
    @Test("Every link between pages leads to a file of the project")
    func linksLead() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Package.root.path)
        var pages = try names.filter { $0.hasSuffix(".md") }.map { name in
            (path: name, text: try String(contentsOf: Package.root.appending(path: name), encoding: .utf8))
        }
        for folder in ["docs", "Examples"] { pages += try Package.files(below: folder, ending: ["md"]) }
        #expect(pages.count >= 5)
        for page in pages {
            let folder = Package.root.appending(path: page.path).deletingLastPathComponent()
            for link in page.text.matches(of: /\]\(([^)#:]+)[^):]*\)/) {
                let target = folder.appending(path: String(link.1)).path
                #expect(FileManager.default.fileExists(atPath: target), "\(page.path) links to \(link.1)")
            }
        }
    }
}
