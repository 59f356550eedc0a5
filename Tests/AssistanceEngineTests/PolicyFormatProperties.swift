import AssistanceCore
import AssistancePolicy
import TestSupport
import Testing

/// Whatever is laid out reads as before, keeps its comments, and is laid out for good.
@Suite("Layout of any file")
struct PolicyFormatProperties {
    private static let files = [Repository.policies, Repository.tests + "/worked", Repository.tests + "/features"]
        .flatMap { PolicyFiles.files(below: $0, ending: ".yaml") }

    /// Lays a text out and expects what must hold; false where it is refused.
    private static func check(_ bytes: [UInt8], _ file: String, _ name: Comment) -> Bool {
        let (result, findings) = PolicyFormat.format(bytes, file: file)
        guard let result else {
            #expect(!findings.isEmpty, name)
            return false
        }
        let (before, after) = (YAMLReader.read(bytes, file: file), YAMLReader.read(result, file: file))
        #expect(after.findings.isEmpty, name)
        if let root = before.root, let again = after.root {
            #expect(root.isSame(as: again), name)
        } else {
            Issue.record("one of the two has no tree: \(name)")
        }
        #expect(PolicyFormat.format(result, file: file).bytes == result, name)
        let lines = result.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(lines.last?.isEmpty == true && lines.dropLast().last?.isEmpty == false, name)
        return true
    }

    @Test("The project's own files can all be laid out")
    func ownFiles() throws {
        for file in Self.files {
            #expect(Self.check(try #require(PolicyFiles.read(file)), file, Comment(rawValue: file)))
        }
    }

    @Test("Mutated files are refused or laid out soundly")
    func mutatedFiles() throws {
        var random = SeededRandom(20_270)
        let mutator = Mutator(words: [
            "{", "}", "[", "]", ":", "- ", "#", " # c", "'", "\"", "---\n", "\n", "\n\n", "|\n", ">-\n", "? ", ", ",
            "  ",
            "null", "~", "\r\n", "\t", "\\", "%", "min(a, b)", "from: 2030-01-01", "# 说明", "x: &a ", "!t ",
        ])
        let files = Self.files.filter { (PolicyFiles.read($0)?.count ?? 0) < 8_000 }
        var (refused, done) = (0, 0)
        for number in 0..<(1_500 * PropertyEffort.times) {
            let file = random.pick(files)
            let bytes = mutator.mutated(try #require(PolicyFiles.read(file)), &random)
            if Self.check(bytes, file, "\(number): \(String(decoding: bytes, as: UTF8.self))") {
                done += 1
            } else {
                refused += 1
            }
        }
        #expect(refused > 100 && done > 100)
        print("mutated files: \(refused) refused, \(done) laid out")
    }

    @Test("Random trees, however they are written, are laid out")
    func randomTrees() {
        var random = SeededRandom(20_271)
        for number in 0..<(1_500 * PropertyEffort.times) {
            var scribe = RandomYAML(random)
            let text = scribe.file()
            random = scribe.random
            let kinds = ["policy.yaml", "documents.yaml", "areas.yaml", "x.test.yaml"]
            let isDone = Self.check(Array(text.utf8), random.pick(kinds), "\(number):\n\(text)")
            #expect(isDone, "refused \(number):\n\(text)")
        }
    }
}

/// Writes random YAML in random, mostly untidy ways.
private struct RandomYAML {
    var random: SeededRandom
    private var comments = 0

    init(_ random: SeededRandom) { self.random = random }

    mutating func file() -> String {
        var text = random.chance(30) ? "# head\n" : ""
        if random.chance(20) { text += "\n" }
        text += mapping(at: 0, depth: 3)
        return text + (random.chance(20) ? "# end\n" : "")
    }

    private static let keys = [
        "area", "from", "source", "id", "label", "rows", "items", "is", "figures", "define", "name", "expect", "标准",
        "a b", "cases", "documents", "title", "status",
    ]
    private static let texts = [
        "12", "632 yuan/month", "member.age >= 60", "2030-01-01", "none", "true", "老年人", "x # y", "a: b", "-", "- a",
        "?",
        "! no", "min(a, b)", "{x}", "[1]", "'q'", "\"", "\\", "", "null", "~", "a  b", " a ", "a,b", "=", "%x", "@",
        "`",
        "&a", "*a", "|", ">", "http://x.y/?a=1&b=2", "tab\there", "two\nlines",
    ]

    private mutating func comment(_ indent: Int) -> String {
        guard random.chance(15) else { return random.chance(8) ? "\n" : "" }
        comments += 1
        let blank = random.chance(20) ? "\n" : ""
        return blank + String(repeating: " ", count: random.chance(80) ? indent : random.below(9))
            + "# \(comments) 说明\n"
    }

    private mutating func end() -> String {
        guard random.chance(12) else { return random.chance(10) ? "  \n" : "\n" }
        comments += 1
        return String(repeating: " ", count: 1 + random.below(4)) + "#\(comments)\n"
    }

    private mutating func mapping(at indent: Int, depth: Int) -> String {
        var names: [String] = []
        for _ in 0..<(1 + random.below(5)) {
            let key = random.pick(Self.keys)
            if !names.contains(key) { names.append(key) }
        }
        return names.map { name in
            comment(indent) + String(repeating: " ", count: indent) + (random.chance(15) ? "\"\(name)\"" : name) + ":"
                + value(below: indent, depth: depth, mayBeCompact: true)
        }.joined()
    }

    private mutating func value(below indent: Int, depth: Int, mayBeCompact: Bool = false) -> String {
        let inner = indent + 1 + random.below(4)
        switch random.below(depth > 0 ? 8 : 4) {
        case 0, 1, 2: return " " + scalar(inFlow: false) + end()
        case 3:
            let flow = " " + self.flow(depth: 2)
            return flow + end()
        case 4, 5: return end() + mapping(at: inner, depth: depth - 1)
        default:
            let place = mayBeCompact && random.chance(40) ? indent : inner
            var text = end()
            for _ in 0..<(1 + random.below(3)) {
                text += comment(place) + String(repeating: " ", count: place) + "-"
                if random.chance(40), depth > 1 {
                    let body = mapping(at: place + 2, depth: 0)
                    // The first key stands on the line of the dash, where no comment is in its way.
                    text +=
                        body.hasPrefix(String(repeating: " ", count: place + 2)) && !body.hasPrefix(" #")
                            && body.drop { $0 == " " }.first != "#" ? " " + body.dropFirst(place + 2) : "\n" + body
                } else {
                    text += value(below: place, depth: depth - 1)
                }
            }
            return text
        }
    }

    private mutating func scalar(inFlow: Bool) -> String {
        let text = random.pick(Self.texts)
        if random.chance(50), isPlain(text, inFlow: inFlow) { return text }
        if random.chance(50), !text.contains("\n") {
            return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        var quoted = ""
        for character in text {
            switch character {
            case "\"", "\\": quoted += "\\" + String(character)
            case "\n": quoted += "\\n"
            default: quoted.append(character)
            }
        }
        return "\"" + quoted + "\""
    }

    private func isPlain(_ text: String, inFlow: Bool) -> Bool {
        let source = inFlow ? "{k: [\(text), \(text) ], l: \(text) }" : "k: \(text)\nl:\n- \(text)"
        let (root, findings) = YAMLReader.read(Array(source.utf8), file: "")
        let value = inFlow ? root?["k"]?.items?.first : root?["k"]
        return findings.isEmpty && value?.plainText == text && !text.isEmpty
    }

    private mutating func flow(depth: Int) -> String {
        guard depth > 0, random.chance(80) else { return scalar(inFlow: true) }
        let space = random.chance(30) ? " " : ""
        if random.chance(50) {
            let items = (0..<random.below(4)).map { _ in flow(depth: depth - 1) }
            return "[" + space + items.joined(separator: "," + (random.chance(70) ? " " : "  ")) + space + "]"
        }
        var names: [String] = []
        for _ in 0..<random.below(4) {
            let key = random.pick(Self.keys)
            if !names.contains(key) { names.append(key) }
        }
        let entries = names.map { name in name + ": " + flow(depth: depth - 1) }
        return "{" + space + entries.joined(separator: ", ") + space + "}"
    }
}
