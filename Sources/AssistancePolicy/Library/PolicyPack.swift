import AssistanceCore

/// A policy pack (政策包): the files of a jurisdiction, with the nation's and everything on the way, as one file.
///
/// Its bytes are canonical: the same files of the same jurisdiction give the same bytes, wherever and whenever they are
/// packed. SHA-256 over them is the policy digest in receipts. The form is described in `docs/packs-and-replay.md`.
public struct PolicyPack: Sendable {
    /// How the name of a pack's file ends.
    public static let suffix = ".pack"
    /// The most bytes of a pack: 64 MB.
    public static let limit = 64 << 20
    /// The most files of a pack.
    public static let fileLimit = 10_000
    /// The most bytes of a path in a pack.
    static let pathLimit = 1_024
    /// What every pack begins with, before the number of its form.
    static let magic = "jiuzhu-pack "
    /// The form that is written and read.
    static let form = "1"

    /// The folder whose own area is the default, below the folder of policies: `heilongjiang/harbin`.
    public let jurisdiction: String
    /// The files in the order of their paths' bytes.
    public let files: [PolicyFile]

    /// The pack of a jurisdiction and its files.
    public init(jurisdiction: String, files: [PolicyFile]) {
        self.jurisdiction = jurisdiction
        // By bytes: Swift's own order of texts takes differently composed letters for the same.
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The canonical bytes: the form, the jurisdiction and the number of files, a line each; then of each file its path
    /// and its length, a line each, and its bytes as they are.
    public var bytes: [UInt8] {
        var bytes = Array("\(Self.magic)\(Self.form)\n\(jurisdiction)\n\(files.count)\n".utf8)
        for file in files {
            bytes += Array("\(file.path)\n\(file.bytes.count)\n".utf8)
            bytes += file.bytes
        }
        return bytes
    }

    /// Reads the bytes of a pack; nil where anything is wrong with them, which goes to `findings`.
    ///
    /// `file` is the name that findings carry. What is read has exactly these bytes again.
    public init?(reading bytes: [UInt8], file: String, _ findings: Findings) {
        var reader = PackReader(bytes, file: file)
        do throws(Diagnostic) {
            let pack = try reader.read()
            findings.report(reader.problems)
            guard reader.problems.isEmpty else { return nil }
            self = pack
        } catch {
            findings.report(reader.problems + [error])
            return nil
        }
    }
}

/// Reads the bytes of a pack, trusting none of them. What is wrong with a path is collected, and reading goes on; where
/// the bytes do not fit together it ends.
private struct PackReader {
    private let bytes: [UInt8]
    private let file: String
    private var index = 0
    private(set) var problems: [Diagnostic] = []

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    mutating func read() throws(Diagnostic) -> PolicyPack {
        guard bytes.count <= PolicyPack.limit else {
            throw finding(.tooLarge, at: 0, "a pack has at most \(PolicyPack.limit >> 20) MB")
        }
        try readForm()
        let start = index
        let jurisdiction = try line("the jurisdiction's path")
        if !isPath(jurisdiction) {
            problems.append(
                finding(.packPath, at: start, "the jurisdiction of a pack is a path such as heilongjiang/harbin"))
        }
        let place = index
        let count = try number("the number of files")
        guard count <= PolicyPack.fileLimit else {
            throw finding(.tooLarge, at: place, "a pack has at most \(PolicyPack.fileLimit) files")
        }
        var files: [PolicyFile] = []
        for _ in 0..<count { files.append(try readFile(after: files.last?.path)) }
        guard index == bytes.count else {
            throw finding(.packDamaged, at: index, "the end of the pack was expected after its last file")
        }
        return PolicyPack(jurisdiction: jurisdiction, files: files)
    }

    private mutating func readForm() throws(Diagnostic) {
        let magic = Array(PolicyPack.magic.utf8)
        guard bytes.starts(with: magic) else {
            throw finding(
                .notAPack, at: 0, "a policy pack begins with '\(PolicyPack.magic)\(PolicyPack.form)', and this does not"
            )
        }
        index = magic.count
        guard try line("the form of the pack") == PolicyPack.form else {
            throw finding(.packForm, at: magic.count, "a pack of form \(PolicyPack.form) was expected")
        }
    }

    private mutating func readFile(after last: String?) throws(Diagnostic) -> PolicyFile {
        let start = index
        let path = try line("a file's path")
        if !isPath(path) || !path.hasSuffix(".yaml") || path.hasSuffix(".test.yaml") {
            problems.append(
                finding(
                    .packPath, at: start,
                    "the path of a policy file such as china/means.yaml was expected: no '..', nothing hidden, not from the root"
                ))
        } else if let last, !last.utf8.lexicographicallyPrecedes(path.utf8) {
            problems.append(
                finding(.packPath, at: start, "the files stand in the order of their paths' bytes, each path once"))
        }
        let place = index
        let length = try number("a file's length")
        let limit = YAMLReader.Limits.policy.bytes
        guard length <= limit else {
            throw finding(.tooLarge, at: place, "a policy file has at most \(limit >> 20) MB")
        }
        guard length <= bytes.count - index else {
            throw finding(
                .packDamaged, at: place, "the file has \(length) bytes, and only \(bytes.count - index) are left")
        }
        defer { index += length }
        return PolicyFile(path: path, bytes: Array(bytes[index..<index + length]))
    }

    // MARK: Lines

    /// The text of the line that begins here, without its end.
    private mutating func line(_ what: String) throws(Diagnostic) -> String {
        let rest = bytes[index...].prefix(PolicyPack.pathLimit + 1)
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            let why = rest.count > PolicyPack.pathLimit ? "is too long" : "is cut short"
            throw finding(.packDamaged, at: index, "the line with \(what) \(why)")
        }
        guard let text = String(validating: bytes[index..<end], as: UTF8.self) else {
            throw finding(.packDamaged, at: index, "the line with \(what) is no UTF-8")
        }
        index = end + 1
        return text
    }

    /// A whole number without leading zeros: there is one way only to write it.
    private mutating func number(_ what: String) throws(Diagnostic) -> Int {
        let start = index
        let text = try line(what)
        guard let number = Int(text), number >= 0, String(number) == text else {
            throw finding(.packDamaged, at: start, "the line with \(what) is a plain whole number")
        }
        return number
    }

    /// Whether a text is a path below a folder and nothing else.
    private func isPath(_ text: String) -> Bool {
        text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".") && !part.utf8.contains { $0 < 0x20 || $0 == 0x5C || $0 == 0x7F }
        }
    }

    /// A finding at a byte, by its line and column.
    private func finding(_ code: DiagnosticCode, at offset: Int, _ message: String) -> Diagnostic {
        let before = bytes.prefix(offset)
        let line = before.lastIndex(of: UInt8(ascii: "\n")).map { before[($0 + 1)...] } ?? before
        let position = SourcePosition(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: line.count { $0 & 0xC0 != 0x80 } + 1)
        return Diagnostic(code, file: file, at: position, message)
    }
}
