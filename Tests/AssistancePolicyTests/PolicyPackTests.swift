import AssistanceCore
import AssistancePolicy
import Testing

@Suite("Policy packs")
struct PolicyPackTests {
    private static func file(_ path: String, _ text: String) -> PolicyFile {
        PolicyFile(path: path, bytes: Array(text.utf8))
    }

    private static let files = [
        file("m/standard.yaml", "area: 231000 牡丹江市\n"), file("china/areas.yaml", "area: 000000 全国\n"),
        file("china/Words.yaml", ""), file("m/城区.yaml", "# no\r\n\r\n"),
    ]

    private static let text = """
        jiuzhu-pack 1
        m
        4
        china/Words.yaml
        0
        china/areas.yaml
        20
        area: 000000 全国
        m/standard.yaml
        26
        area: 231000 牡丹江市
        m/城区.yaml
        8
        # no\r\n\r\n
        """

    private static func read(_ text: String) -> (pack: PolicyPack?, findings: [String]) {
        let findings = Findings()
        let pack = PolicyPack(reading: Array(text.utf8), file: "x.pack", findings)
        return (pack, findings.sorted.map(\.description))
    }

    @Test("the bytes are canonical: whatever order the files come in, they are these")
    func canonical() {
        for files in [Self.files, Self.files.reversed()] {
            let pack = PolicyPack(jurisdiction: "m", files: files)
            #expect(String(decoding: pack.bytes, as: UTF8.self) == Self.text)
        }
    }

    @Test("what is read is what was written")
    func roundTrip() throws {
        let (pack, findings) = Self.read(Self.text)
        #expect(findings == [])
        #expect(pack?.jurisdiction == "m")
        #expect(pack?.files.map(\.path) == ["china/Words.yaml", "china/areas.yaml", "m/standard.yaml", "m/城区.yaml"])
        #expect(pack?.files.last?.bytes == Array("# no\r\n\r\n".utf8))
        #expect(pack?.bytes == Array(Self.text.utf8))
    }

    @Test("every pack that is cut short is one finding and no pack")
    func truncated() {
        let bytes = Array(Self.text.utf8)
        for count in 0..<bytes.count {
            let findings = Findings()
            #expect(PolicyPack(reading: Array(bytes.prefix(count)), file: "x.pack", findings) == nil)
            let code = findings.sorted.first?.code
            #expect(findings.sorted.count == 1 && (code == .packDamaged || count < 12 && code == .notAPack), "\(count)")
        }
    }

    @Test("no byte in the place of another makes the reader trap, and what it reads it would write so")
    func changed() {
        let bytes = Array(Self.text.utf8)
        for place in bytes.indices {
            for byte: UInt8 in [0, 0x0A, 0x2E, 0x2F, 0x39, 0x80, 0xFF] {
                var bytes = bytes
                bytes[place] = byte
                let findings = Findings()
                let pack = PolicyPack(reading: bytes, file: "x.pack", findings)
                #expect((pack == nil) == findings.hasErrors)
                if let pack { #expect(pack.bytes == bytes) }
            }
        }
    }

    @Test(
        "what is no pack is said to be none, by its place",
        arguments: [
            ("{}", "1:1: error: a policy pack begins with 'jiuzhu-pack 1', and this does not [not-a-pack]"),
            ("", "1:1: error: a policy pack begins with 'jiuzhu-pack 1', and this does not [not-a-pack]"),
            ("jiuzhu-pack 2\nm\n0\n", "1:13: error: a pack of form 1 was expected [pack-form]"),
            (
                "jiuzhu-pack 1\nm\n-1\n",
                "3:1: error: the line with the number of files is a plain whole number [pack-damaged]"
            ),
            (
                "jiuzhu-pack 1\nm\n01\n",
                "3:1: error: the line with the number of files is a plain whole number [pack-damaged]"
            ),
            (
                "jiuzhu-pack 1\nm\n+1\n",
                "3:1: error: the line with the number of files is a plain whole number [pack-damaged]"
            ),
            (
                "jiuzhu-pack 1\nm\n99999999999999999999\n",
                "3:1: error: the line with the number of files is a plain whole number [pack-damaged]"
            ),
            ("jiuzhu-pack 1\nm\n10001\n", "3:1: error: a pack has at most 10000 files [too-large]"),
            ("jiuzhu-pack 1\nm\n1\n", "4:1: error: the line with a file's path is cut short [pack-damaged]"),
            (
                "jiuzhu-pack 1\nm\n0\n\n",
                "4:1: error: the end of the pack was expected after its last file [pack-damaged]"
            ),
            (
                "jiuzhu-pack 1\nm\n1\na/b.yaml\n9\n12345678",
                "5:1: error: the file has 9 bytes, and only 8 are left [pack-damaged]"
            ),
            (
                "jiuzhu-pack 1\nm\n1\na/b.yaml\n9223372036854775807\n",
                "5:1: error: a policy file has at most 8 MB [too-large]"
            ),
            (
                "jiuzhu-pack 1\nm\n1\na/b.yaml\n1\n全",
                "6:2: error: the end of the pack was expected after its last file [pack-damaged]"
            ),
            (
                "jiuzhu-pack 1\n../m\n0\n",
                "2:1: error: the jurisdiction of a pack is a path such as heilongjiang/harbin [pack-path]"
            ),
            (
                "jiuzhu-pack 1\n\n0\n",
                "2:1: error: the jurisdiction of a pack is a path such as heilongjiang/harbin [pack-path]"
            ),
        ])
    func damaged(text: String, expected: String) {
        let (pack, findings) = Self.read(text)
        #expect(pack == nil)
        #expect(findings == ["x.pack:" + expected])
    }

    @Test(
        "a path that leads elsewhere is refused",
        arguments: [
            "../a.yaml", "m/../../a.yaml", "/etc/a.yaml", "m//a.yaml", "./a.yaml", "m/.hidden.yaml", "m\\a.yaml", "m/a",
            "m/a.test.yaml", "m/\u{1B}.yaml", "", ".yaml",
        ])
    func paths(path: String) {
        let (pack, findings) = Self.read("jiuzhu-pack 1\nm\n1\n\(path)\n0\n")
        #expect(pack == nil)
        #expect(
            findings == [
                "x.pack:4:1: error: the path of a policy file such as china/means.yaml was expected: no '..', nothing hidden, not from the root [pack-path]"
            ])
    }

    @Test("all wrong paths are said, also before the place at which reading ends")
    func several() {
        let (_, findings) = Self.read("jiuzhu-pack 1\nm\n4\nb.yaml\n0\na.yaml\n0\na.yaml\n0\n../c.yaml\n1\n")
        #expect(
            findings == [
                "x.pack:6:1: error: the files stand in the order of their paths' bytes, each path once [pack-path]",
                "x.pack:8:1: error: the files stand in the order of their paths' bytes, each path once [pack-path]",
                "x.pack:10:1: error: the path of a policy file such as china/means.yaml was expected: no '..', nothing hidden, not from the root [pack-path]",
                "x.pack:11:1: error: the file has 1 bytes, and only 0 are left [pack-damaged]",
            ])
    }

    @Test("a line without an end is refused before it costs more")
    func longLine() {
        let (_, findings) = Self.read("jiuzhu-pack 1\n" + String(repeating: "m", count: 100_000))
        #expect(findings == ["x.pack:2:1: error: the line with the jurisdiction's path is too long [pack-damaged]"])
    }

    @Test("more than 64 MB is no pack, whatever it begins with")
    func large() {
        let findings = Findings()
        let bytes = [UInt8](repeating: 0x61, count: PolicyPack.limit + 1)
        #expect(PolicyPack(reading: bytes, file: "x.pack", findings) == nil)
        #expect(findings.sorted.map(\.description) == ["x.pack:1:1: error: a pack has at most 64 MB [too-large]"])
    }
}
