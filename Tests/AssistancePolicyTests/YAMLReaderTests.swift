import AssistanceCore
import AssistancePolicy
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The findings of a text as they are printed.
private func findings(_ text: String, limits: YAMLReader.Limits = .policy) -> [String] {
    YAMLReader.read(Array(text.utf8), file: "p.yaml", limits: limits).findings.map(\.description)
}

private func findings(_ bytes: [UInt8]) -> [String] {
    YAMLReader.read(bytes, file: "p.yaml").findings.map(\.description)
}

private func root(_ text: String) -> YAMLNode? {
    YAMLReader.read(Array(text.utf8), file: "p.yaml").root
}

/// A tree in one line: `{key: text, list: [a, 'quoted']}`; a node marked cut has a `!` behind it.
private func outline(_ node: YAMLNode?) -> String {
    guard let node else { return "nothing" }
    let mark = node.cut ? "!" : ""
    switch node.content {
    case .scalar(let text, let plain): return (plain ? text : "'\(text)'") + mark
    case .sequence(let items): return "[" + items.map { outline($0) }.joined(separator: ", ") + "]" + mark
    case .mapping(let entries):
        let parts = entries.map { "\(outline($0.key)): \(outline($0.value))" }
        return "{" + parts.joined(separator: ", ") + "}" + mark
    }
}

private let sample = """
    # invented figures
    area: 231000 牡丹江市
    from: 2030-01-01
    source: example-1

    figures:
      standard:
        unit: yuan/month
        rows:
          - {residence: urban, is: 900}
          - {residence: rural, is: "max(700, 50% * 1400)"}
    note: |
      第一行
      second line
    routes:
      single:
        who: [severe_disability, 'serious_illness']
        each: 50% * standard
        months:

    """

private let braceComma = "error: a comma inside { } ends the value; put the expression in quotes [stray-comma]"
private let bracketComma = "error: a comma inside [ ] ends the value; put the expression in quotes [stray-comma]"
private let noAliases =
    "error: policy files have no anchors or aliases; write the value out or name it under 'define:' [yaml-alias]"
private let noTags =
    "error: '!' at the start of a value is a tag, and policy files have none; put an expression in quotes [yaml-tag]"

@Suite("Reading YAML")
struct YAMLReaderTests {
    @Test("A policy text becomes a tree in the order of writing")
    func tree() {
        #expect(findings(sample).isEmpty)
        #expect(
            outline(root(sample))
                == "{area: 231000 牡丹江市, from: 2030-01-01, source: example-1, figures: {standard: {unit: yuan/month, "
                + "rows: [{residence: urban, is: 900}, {residence: rural, is: 'max(700, 50% * 1400)'}]}}, "
                + "note: '第一行\nsecond line\n', routes: {single: {who: [severe_disability, 'serious_illness'], "
                + "each: 50% * standard, months: }}}")
    }

    @Test("Columns after Chinese text and beyond the basic plane count Unicode scalars")
    func chinesePositions() throws {
        let tree = try #require(root("区: {名: 牡丹江市, 𠮷: [甲, 乙丙, \"丁\"]}\r\n次: 二\n"))
        #expect(tree.position == SourcePosition(line: 1, column: 1))
        let inner = try #require(tree["区"])
        #expect(inner.position == SourcePosition(line: 1, column: 4))
        #expect(inner["名"]?.position == SourcePosition(line: 1, column: 8))
        let list = try #require(inner["𠮷"])
        #expect(list.position == SourcePosition(line: 1, column: 17))
        #expect(list.items?.map(\.position.column) == [18, 21, 25])
        #expect(tree["次"]?.position == SourcePosition(line: 2, column: 4))
        #expect(tree["次"]?.file.name == "p.yaml")
    }

    @Test("Quotes and blocks are told from plain text, and only plain text is null")
    func styles() throws {
        let tree = try #require(root("a: ~\nb: '~'\nc:\nd: null\ne: \"\"\nf: >\n  x\n  y\ng: [1]\nh: nil\n"))
        #expect(tree["a"]?.isPlainNull == true)
        #expect(tree["b"]?.isPlainNull == false)
        #expect(tree["c"]?.isPlainNull == true)
        #expect(tree["c"]?.position == SourcePosition(line: 3, column: 3))
        #expect(tree["d"]?.isPlainNull == true)
        #expect(tree["e"]?.isPlainNull == false)
        #expect(tree["e"]?.text == "")
        #expect(tree["e"]?.plainText == nil)
        #expect(tree["f"]?.text == "x y\n")
        #expect(tree["f"]?.plainText == nil)
        #expect(tree["f"]?.position == SourcePosition(line: 6, column: 4))
        #expect(tree["g"]?.isPlainNull == false)
        #expect(tree["h"]?.isPlainNull == false)
        #expect(tree["i"] == nil)
        #expect(tree["a"]?["x"] == nil)
        #expect([tree, tree["g"], tree["h"]].map { $0?.kindName } == ["a mapping", "a list", "text"])
    }

    @Test("One document may have its mark, its version and its end")
    func oneDocument() {
        #expect(findings("%YAML 1.2\n---\na: 1\n...\n").isEmpty)
        #expect(outline(root("--- text")) == "text")
    }

    @Test("Commas in quotes, in blocks and between values with all brackets closed are harmless")
    func harmlessCommas() {
        let text = "a: {is: \"max(a, b)\", to: f(x), c: , d: ~}\nb: max(a, b)\nc: [f(x), g(y), \"max(a, b)\"]\n"
        #expect(findings(text).isEmpty)
        let expected =
            "{a: {is: 'max(a, b)', to: f(x), c: , d: ~}, b: max(a, b), c: [f(x), g(y), 'max(a, b)']}"
        #expect(outline(root(text)) == expected)
    }

    @Test("A quoted '<<' is a key like any other")
    func quotedMergeKey() {
        #expect(outline(root("'<<': 1\n")) == "{'<<': 1}")
    }

    // MARK: Bad input

    @Test("An unquoted comma that cuts an expression is named where the rest begins")
    func strayComma() {
        let text = "牡: {is: max(a, b)}\n"
        #expect(findings(text) == ["p.yaml:1:16: \(braceComma)"])
        #expect(outline(root(text)) == "{牡: {is: max(a!}}")
    }

    @Test("One text cut into many pieces is one finding, and the entries after it stay")
    func strayCommas() {
        let text = """
            - {is: max(a, min(b, c), d), unit: yuan}
            - {is: f(a, x b : c), unit: yuan}
            - {who: a, b, c, unit: yuan}
            - {who: [a], b # not: this
              , unit: yuan}
            - [max(a, b), c]
            """
        #expect(
            findings(text) == [
                "p.yaml:1:15: \(braceComma)", "p.yaml:2:13: \(braceComma)", "p.yaml:3:12: \(braceComma)",
                "p.yaml:4:14: \(braceComma)", "p.yaml:6:11: \(bracketComma)",
            ])
        #expect(
            outline(root(text))
                == "[{is: max(a!, unit: yuan}, {is: f(a!, unit: yuan}, {who: a!, unit: yuan}, "
                + "{who: [a]!, unit: yuan}, [max(a!, c]]")
    }

    @Test("A key alone in braces is told from a cut text")
    func keyWithoutValue() {
        let text = "who: {elder, minor}\n"
        #expect(
            findings(text) == [
                "p.yaml:1:7: error: a key without ':' and value; write 'key: value', or [ ] for a list [yaml-syntax]"
            ])
        #expect(outline(root(text)) == "{who: {}}")
    }

    @Test("A bracket that nothing closes takes no other entry with it")
    func openBracket() {
        let text = "a: {is: f(x, unit: yuan}\n"
        #expect(findings(text).isEmpty)
        #expect(outline(root(text)) == "{a: {is: f(x, unit: yuan}}")
    }

    @Test("Keys that stand twice are all reported, at every depth, and the first entry stays")
    func duplicates() {
        let text = "a: 1\nb:\n  c: {d: 1, d: 2}\n  c: 3\na: 4\nb: 5\n\"a\": 6\n"
        func twice(_ place: String, first: Int) -> String {
            "p.yaml:\(place): error: this key stands twice in one mapping, first on line \(first); keep one of them "
                + "[duplicate-key]"
        }
        #expect(
            findings(text) == [
                twice("3:13", first: 3), twice("4:3", first: 3), twice("5:1", first: 1), twice("6:1", first: 2),
                twice("7:1", first: 1),
            ])
        #expect(outline(root(text)) == "{a: 1, b: {c: {d: 1}}}")
    }

    @Test("Anchors, aliases and merge keys are refused, each by itself")
    func aliases() {
        let text = "a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n  d: 1\n*x : 2\n"
        #expect(
            findings(text) == [
                "p.yaml:1:4: \(noAliases)",
                "p.yaml:2:4: \(noAliases)",
                "p.yaml:4:3: error: policy files have no merge keys '<<'; write the entries out [yaml-alias]",
                "p.yaml:4:7: \(noAliases)",
                "p.yaml:6:1: \(noAliases)",
            ])
        #expect(outline(root(text)) == "{a: {k: 1}, b: !, c: {d: 1}}")
    }

    @Test("A billion laughs are refused one by one and never told")
    func billionLaughs() {
        var text = "a: &a [lol]\n"
        var last = "a"
        for name in ["b", "c", "d", "e", "f", "g", "h", "i"] {
            text += "\(name): &\(name) [" + [String](repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
            last = name
        }
        let (root, findings) = YAMLReader.read(Array(text.utf8), file: "p.yaml")
        #expect(findings.count == 81)
        #expect(findings.allSatisfy { $0.code == .yamlAlias })
        #expect(root?["i"]?.items?.count == 9)
    }

    @Test("An ampersand or an asterisk before no name is explained")
    func brokenAnchor() {
        let refusal =
            "error: '&' or '*' at the start of a value is an anchor or alias, and policy files have none; "
            + "put an expression in quotes [yaml-alias]"
        #expect(findings("a: & x\n") == ["p.yaml:1:4: \(refusal)"])
        #expect(findings("a: 1\nb: **\n") == ["p.yaml:2:4: \(refusal)"])
    }

    @Test("Reading stops after a thousand findings")
    func manyFindings() {
        let text = "[" + String(repeating: "*a,", count: 5_000) + "]"
        let result = YAMLReader.read(Array(text.utf8), file: "p.yaml")
        #expect(result.root == nil)
        #expect(result.findings.count == 1_001)
        #expect(
            result.findings.last?.description
                == "p.yaml:1:3004: error: the file has more than 1000 mistakes; the rest are not told [too-large]")
        let commas = "{" + (0..<5_000).map { "k\($0): (, x)" }.joined(separator: ", ") + "}"
        #expect(findings(commas).count == 1_001)
        let thousand = "[" + String(repeating: "*a ,", count: 1_000) + "]"
        #expect(findings(thousand).count == 1_000)
    }

    @Test("Tags are refused, and a negation without quotes is explained")
    func tags() {
        let text = "a: !urban\nb: !!str 1\nc: !x {k: 1}\nd: !<tag:x> [1]\n"
        #expect(findings(text) == (1...4).map { "p.yaml:\($0):4: \(noTags)" })
        #expect(outline(root(text)) == "{a: !, b: 1!, c: {k: 1}!, d: [1]!}")
        #expect(findings("a: !x!y 1\n") == ["p.yaml:1:4: \(noTags)"])
        #expect(findings("a: !<x 1\n") == ["p.yaml:1:4: \(noTags)"])
        #expect(
            findings("%TAG !e! tag:e:\n---\na: 1\n") == [
                "p.yaml:1:1: error: policy files have no tags; delete the %TAG line [yaml-tag]"
            ])
    }

    @Test("A second document is refused where it begins")
    func twoDocuments() {
        let text = "a: 1\n---\nb: 2\n"
        #expect(
            findings(text) == [
                "p.yaml:2:1: error: a second document begins here; a file holds one, so delete the '---' [yaml-syntax]"
            ])
        #expect(outline(root(text)) == "{a: 1}")
    }

    @Test("Emptiness is said in three ways")
    func empty() {
        #expect(findings("") == ["p.yaml:1:1: error: the file is empty [empty-input]"])
        #expect(findings("# x\n\n") == ["p.yaml:1:1: error: the file holds nothing but comments [empty-input]"])
        #expect(findings("# x\n---\n") == ["p.yaml:3:1: error: the file holds nothing [empty-input]"])
        #expect(root("---\n") == nil)
    }

    @Test("A key that is a list, a mapping or missing is refused, and its neighbours stay")
    func oddKeys() {
        let text = "? [a]\n: 1\nb: 2\n? {c: 1}\n: 3\n\"\": 5\n"
        #expect(
            findings(text) == [
                "p.yaml:1:3: error: a key must be text, not a list [yaml-syntax]",
                "p.yaml:4:3: error: a key must be text, not a mapping [yaml-syntax]",
                "p.yaml:6:1: error: a key is missing here; write 'key: value' [yaml-syntax]",
            ])
        #expect(outline(root(text)) == "{b: 2}")
    }

    @Test(
        "A mistake of syntax is a sentence with a place",
        arguments: [
            ("a:\n\tb: 1\n", "2:1: error: a tab cannot indent a line; use spaces"),
            ("a: 1\n\tb: 2\n", "2:1: error: a tab cannot indent a line; use spaces"),
            ("市: |\n\t文\n", "2:1: error: a tab cannot indent a line; use spaces"),
            ("市: \"开\nb: 1\n", "1:4: error: the quote that opens here is never closed"),
            ("a: 1\nb: 'x\n---\n", "2:4: error: the quote that opens here is never closed"),
            ("a: @b\n", "1:4: error: a value cannot begin with '%', '@' or '`'; put it in quotes"),
            ("a: %b\n", "1:4: error: a value cannot begin with '%', '@' or '`'; put it in quotes"),
            (
                "a: > 100\n",
                "1:4: error: after '|' or '>' a block of text begins on the next line; put an expression in quotes"
            ),
            (
                "市: x ? a : b\n",
                "1:10: error: ': ' is not allowed here; put a value that holds ': ' in quotes, or check the indentation"
            ),
            (
                "a\nb: 1\n",
                "2:2: error: ': ' is not allowed here; put a value that holds ': ' in quotes, or check the indentation"
            ),
            ("a: - b\n", "1:4: error: a list item '- ' is not allowed here; begin it on a line of its own"),
            ("a: ? b\n", "1:4: error: '? ' is not allowed here; put the value in quotes"),
            (
                "a: 1\nb\n",
                "3:1: error: the text of line 2 is neither a key with ':' nor part of the value before it; "
                    + "check the indentation"
            ),
            (
                "a: \"x\" y\n",
                "1:8: error: this does not continue the mapping; check the indentation and the quotes"
            ),
            (
                "a:\n  b: 1\n c: 2\n",
                "3:2: error: this does not continue the mapping of line 1; check the indentation and the quotes"
            ),
            (
                "a:\n  - 1\n  b: 2\n",
                "3:3: error: this does not continue the list of line 2; check the indentation and the quotes"
            ),
            (
                "a: {b: 1\nc: 2}\n",
                "2:2: error: a ',' or '}' is missing for the '{' of line 1; put an expression in quotes"
            ),
            ("a: {is: x ? b : c}\n", "1:15: error: a ',' or '}' is missing; put an expression in quotes"),
            ("a: [1, \"b\" c]\n", "1:12: error: a ',' or ']' is missing; put an expression in quotes"),
            ("a: [1,, 2]\n", "1:7: error: a value is missing here; put an expression in quotes"),
            ("a: {b:, c: 1}\n", "1:6: error: a space is missing after ':'; or put the value in quotes"),
            ("a: \"\\q\"\n", "1:5: error: '\\' begins no known escape here; use single quotes to write it as it is"),
            ("a: \"\\x0g\"\n", "1:7: error: '\\' begins no known escape here; use single quotes to write it as it is"),
            (
                "a: \"\\ud800\"\n",
                "1:7: error: '\\' begins no known escape here; use single quotes to write it as it is"
            ),
            ("a: |0\n  x\n", "1:5: error: a block of text cannot be indented by 0"),
            ("[a]\nb\n", "2:1: error: the document has ended before this; check the indentation"),
            (
                "%YAML 3.0\n---\na: 1\n",
                "1:1: error: only one '%YAML 1.1' or '%YAML 1.2' is accepted; delete this line"
            ),
            (
                "%FOO\n---\na: 1\n",
                "1:1: error: a line that begins with '%' is a directive to YAML, and this one is not known; delete it"
            ),
        ])
    func syntax(_ text: String, _ expected: String) {
        let result = YAMLReader.read(Array(text.utf8), file: "p.yaml")
        #expect(result.root == nil)
        #expect(result.findings.map(\.description) == ["p.yaml:\(expected) [yaml-syntax]"])
    }

    @Test(
        "Bytes that are not UTF-8 are refused at their place",
        arguments: [
            [0xFF], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE7, 0x89],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xD6, 0xD0],
        ] as [[UInt8]])
    func invalidUTF8(_ bad: [UInt8]) {
        #expect(
            findings(Array("a: 1\n牡: x".utf8) + bad) == [
                "p.yaml:2:5: error: the file is not UTF-8 here; save it as UTF-8 (it may be in GB 18030) [invalid-utf8]"
            ])
    }

    @Test("Byte order marks and UTF-16 are refused")
    func byteOrderMarks() {
        #expect(
            findings("\u{FEFF}a: 1\n") == [
                "p.yaml:1:1: error: the file begins with a byte order mark; save it as UTF-8 without one "
                    + "[byte-order-mark]"
            ])
        #expect(
            findings("a: 1\r\nb:\u{FEFF} 2\n") == [
                "p.yaml:2:3: error: a byte order mark stands inside the text; delete this unseen sign [byte-order-mark]"
            ])
        let utf16 =
            "p.yaml:1:1: error: the file is UTF-16; save it as UTF-8 without a byte order mark [byte-order-mark]"
        #expect(findings([0xFF, 0xFE, 0x61, 0]) == [utf16])
        #expect(findings([0xFE, 0xFF, 0, 0x61]) == [utf16])
        let bare = "p.yaml:1:1: error: the file looks like UTF-16 or is no text; save it as UTF-8 [invalid-utf8]"
        #expect(findings([0x61, 0, 0x3A, 0]) == [bare])
        #expect(findings([0, 0x61, 0, 0x3A]) == [bare])
    }

    @Test("Control characters and unseen line breaks are refused at their place")
    func controls() {
        #expect(
            findings("a: 1\n牡: \u{7}\n") == [
                "p.yaml:2:4: error: the control character U+0007 is not allowed in a text [yaml-syntax]"
            ])
        #expect(
            findings("a: \u{9F}\n") == [
                "p.yaml:1:4: error: the control character U+009F is not allowed in a text [yaml-syntax]"
            ])
        #expect(
            findings("a: x\u{2028}y\n") == [
                "p.yaml:1:5: error: the invisible line break U+2028 is not allowed; use a plain one [yaml-syntax]"
            ])
    }

    // MARK: Limits

    @Test("A file of 8 MB is read, one byte more is refused, nine million bytes are refused")
    func fileSize() {
        let limit = 8_388_608
        var bytes = Array("a: 1\n#".utf8)
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: limit - bytes.count)
        #expect(findings(bytes).isEmpty)
        let refusal = ["p.yaml:1:1: error: the file has more than 8388608 bytes; split it [too-large]"]
        bytes.append(UInt8(ascii: "x"))
        #expect(findings(bytes) == refusal)
        bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
        #expect(findings(bytes) == refusal)
    }

    @Test("A limit of nodes counts keys, values, lists and mappings")
    func nodeLimit() {
        let limits = YAMLReader.Limits(bytes: 1_000, depth: 64, nodes: 5, findings: 10)
        #expect(findings("a: 1\nb: 2\n", limits: limits).isEmpty)
        #expect(
            findings("a: 1\nb: [2]\n", limits: limits) == [
                "p.yaml:2:5: error: the file has more than 5 keys and values; split it [too-large]"
            ])
    }

    @Test("Two million nodes are read, one more is refused")
    func manyNodes() {
        let text = "[" + String(repeating: "1,", count: 1_999_999)
        #expect(findings(text + "]").isEmpty)
        #expect(
            findings(text + "1]") == [
                "p.yaml:1:4000000: error: the file has more than 2000000 keys and values; split it [too-large]"
            ])
    }

    @Test("Each number of opening brackets from 1 to 300 is refused, from 65 on as too deep")
    func brackets() {
        for count in 1...300 {
            let result = YAMLReader.read([UInt8](repeating: UInt8(ascii: "["), count: count), file: "p.yaml")
            #expect(result.root == nil)
            if count <= 64 {
                #expect(result.findings.map(\.code) == [.yamlSyntax], "\(count)")
            } else {
                let expected = "p.yaml:1:65: error: lists and mappings stand more than 64 deep in each other [too-deep]"
                #expect(result.findings.map(\.description) == [expected], "\(count)")
            }
        }
    }

    @Test(
        "Ten thousand and a million openings of any kind are too deep", arguments: ["[", "[\n", "- ", "{a: ", "[{a: "])
    func manyBrackets(_ opening: String) {
        for count in [10_000, 1_000_000] {
            let result = YAMLReader.read(Array(String(repeating: opening, count: count).utf8), file: "p.yaml")
            #expect(result.root == nil)
            #expect(result.findings.map(\.code) == [.tooDeep])
        }
    }

    @Test("A depth of 64 is read and released on a stack of 128 kB, 65 is refused")
    func depth() throws {
        #expect(findings(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).isEmpty)
        var block = ""
        for level in 0..<65 { block += String(repeating: " ", count: level) + "k:\n" }
        #expect(
            findings(block) == [
                "p.yaml:65:65: error: lists and mappings stand more than 64 deep in each other [too-deep]"
            ])
        #if canImport(Glibc) || canImport(Musl)
            let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
            defer { attributes.deallocate() }
            pthread_attr_init(attributes)
            defer { pthread_attr_destroy(attributes) }
            pthread_attr_setstacksize(attributes, 131_072)
            var thread = pthread_t()
            let started = pthread_create(
                &thread, attributes,
                { _ in
                    let pairs = String(repeating: "{a: [", count: 32) + String(repeating: "]}", count: 32)
                    let isRead = YAMLReader.read(Array(pairs.utf8), file: "").root != nil
                    return isRead ? UnsafeMutableRawPointer(bitPattern: 1) : nil
                }, nil)
            try #require(started == 0)
            var outcome: UnsafeMutableRawPointer?
            pthread_join(thread, &outcome)
            #expect(outcome != nil)
        #endif
    }

    @Test("Half a million bare keys in one line are looked through in one pass")
    func bareKeys() {
        let text = "{a: 1, " + String(repeating: "b, ", count: 500_000) + "}"
        #expect(findings(text) == ["p.yaml:1:8: \(braceComma)"])
    }

    // MARK: Chance

    @Test("Five thousand mutations of a policy never crash, and a text without a tree has a finding")
    func mutations() {
        var random = Xorshift(state: 0x9E37_79B9_7F4A_7C15)
        let original = Array(sample.utf8)
        let signs = Array("[]{},:?-&*!|>'\"%@`#\t\n \\()<~".utf8)
        var read = 0
        for _ in 0..<5_000 {
            var bytes = original
            for _ in 0...random.below(4) {
                let place = random.below(bytes.count)
                switch random.below(6) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(signs[random.below(signs.count)], at: place)
                case 3: bytes[place] = signs[random.below(signs.count)]
                case 4: bytes.removeSubrange(place..<min(bytes.count, place + random.below(20)))
                default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + random.below(60))], at: place)
                }
            }
            let result = YAMLReader.read(bytes, file: "p.yaml")
            #expect(result.root != nil || !result.findings.isEmpty)
            for finding in result.findings {
                #expect(finding.position.line >= 1 && finding.position.column >= 1)
                // libyaml's own words come through only where no sentence of ours fits.
                #expect(!finding.message.contains("this is not YAML"))
            }
            if result.root != nil { read += 1 }
        }
        #expect(read > 500)
    }
}

/// A small generator with a fixed seed, so that a failure comes again.
private struct Xorshift {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    mutating func below(_ bound: Int) -> Int {
        bound > 0 ? Int(next() % UInt64(bound)) : 0
    }
}
