import Foundation

/// A page that a reader can follow: the files it tells to write and the commands it tells to run, in its order.
///
/// A block right below a line that is a path of a file and a colon is that file; below a path and `, at the end:` it goes to
/// the end of the file. In other blocks a line that begins with `$` is a command for the shell, which may go on after a `\`;
/// the lines up to the next are what it prints, errors first. There a line `…` stands for any lines.
struct FollowedPage {
    enum Step {
        case file(path: String, text: String, isAdded: Bool)
        case command(String, line: Int, shown: Range<Int>)
    }

    /// Where it stands, below the folder of the repository.
    let path: String
    private(set) var lines: [String]
    private(set) var steps: [Step] = []

    init(_ path: String) throws {
        self.init(path, text: try String(contentsOfFile: CommandRun.repository + "/" + path, encoding: .utf8))
    }

    init(_ path: String, text: String) {
        self.path = path
        lines = text.components(separatedBy: "\n")
        var start: Int?
        for (place, line) in lines.enumerated() where line.hasPrefix("```") {
            if let begin = start { addBlock(begin..<place) }
            start = start == nil ? place + 1 : nil
        }
    }

    private mutating func addBlock(_ block: Range<Int>) {
        let above = block.lowerBound > 1 ? lines[block.lowerBound - 2] : ""
        if let name = above.wholeMatch(of: /`([^` ]+\.[a-z]+)`(, at the end)?:/) {
            let text = lines[block].map { $0 + "\n" }.joined()
            steps.append(.file(path: String(name.1), text: text, isAdded: name.2 != nil))
            return
        }
        var rest = block
        while let place = rest.popFirst() {
            guard lines[place].hasPrefix("$ ") else { continue }
            var command = lines[place].dropFirst(2)
            while command.hasSuffix("\\"), let next = rest.popFirst() { command = command.dropLast() + lines[next] }
            let end = rest.first { lines[$0].hasPrefix("$ ") } ?? rest.upperBound
            let shown = rest.lowerBound..<end
            steps.append(.command(String(command), line: place + 1, shown: shown))
            rest = end..<rest.upperBound
        }
    }

    /// Whether a command printed what the page shows.
    func shows(_ found: [String], in shown: Range<Int>) -> Bool { Self.matches(found[...], lines[shown]) }

    private static func matches(_ found: ArraySlice<String>, _ shown: ArraySlice<String>) -> Bool {
        guard let gap = shown.firstIndex(of: "…") else { return found == shown }
        let head = shown[..<gap]
        guard found.starts(with: head) else { return false }
        let rest = found.dropFirst(head.count)
        return (rest.startIndex...rest.endIndex).contains { matches(rest[$0...], shown[(gap + 1)...]) }
    }

    /// Writes the page with what commands print now in the place of what it shows.
    mutating func record(_ outputs: [(shown: Range<Int>, found: [String])]) throws {
        for output in outputs.reversed() { lines.replaceSubrange(output.shown, with: output.found) }
        try lines.joined(separator: "\n").write(
            toFile: CommandRun.repository + "/" + path, atomically: true, encoding: .utf8)
    }
}
