import AssistanceCore
import AssistancePolicy
import Testing

/// The canonical layout of policy files: what is changed, what is kept, what is refused.
@Suite struct PolicyFormatTests {
    private func formatted(_ text: String, _ file: String = "policy.yaml") -> String {
        let (bytes, findings) = PolicyFormat.format(Array(text.utf8), file: file)
        return bytes.map { String(decoding: $0, as: UTF8.self) } ?? findings.map(\.description).joined(separator: "\n")
    }

    // MARK: What is laid out

    @Test func theEnvelopeComesFirstAndSectionsStandApart() {
        #expect(
            formatted(
                """
                # A city.
                source: doc-1 第一条
                area:   230100 哈尔滨市
                figures:
                    standard: { is: 700 yuan/month,source: doc-2,  from: 2030-01-01 }
                define:
                    elder: member.age >= 60
                from: 2029-01-01
                """) == """
                    # A city.
                    area: 230100 哈尔滨市
                    from: 2029-01-01
                    source: doc-1 第一条

                    figures:
                      standard: {from: 2030-01-01, source: doc-2, is: 700 yuan/month}

                    define:
                      elder: member.age >= 60

                    """)
    }

    @Test func commentsGoWithWhatTheyAreAbout() {
        #expect(
            formatted(
                """
                area: 230000 黑龙江省      # the province
                low-income:     # a section
                    supplements:
                        items:
                        # above the item
                        - label: 高龄   # named
                          # above the id
                          id: old
                        # below the last item
                    # below supplements
                from: 2030-01-01
                # the end
                """) == """
                    area: 230000 黑龙江省  # the province
                    from: 2030-01-01

                    low-income:  # a section
                      supplements:
                        items:
                          # above the item
                          # above the id
                          - id: old
                            label: 高龄  # named
                        # below the last item
                      # below supplements
                    # the end

                    """)
    }

    @Test func commentsOfNeighboursStandInOneColumn() {
        #expect(
            formatted(
                """
                figures:
                  price:
                    rows:
                      - {crop: corn, is: 1} # one
                      - {crop: soybean, is: 20}            # two
                      - {crop: 大豆, is: 3}  # three
                """) == """
                    figures:
                      price:
                        rows:
                          - {crop: corn, is: 1}      # one
                          - {crop: soybean, is: 20}  # two
                          - {crop: 大豆, is: 3}      # three

                    """)
    }

    @Test func bracketsThatDoNotFitBecomeLines() {
        let long = String(repeating: "长", count: 45)
        #expect(
            formatted("define: {a: {label: \(long), is: true}, b: {is: [x, y]}, c: \(long)}") == """
                define:
                  a: {label: \(long), is: true}
                  b: {is: [x, y]}
                  c: \(long)

                """)
        #expect(
            formatted("define:\n  a: {label: \(long), note: \(long), is: true}") == """
                define:
                  a:
                    label: \(long)
                    note: \(long)
                    is: true

                """)
    }

    @Test func aCommentInsideBracketsDividesThem() {
        #expect(
            formatted(
                """
                area: [230102 道里区,   # the first
                  # then
                  230103 南岗区
                  # no more
                ]   # districts
                """) == """
                    area:  # districts
                      - 230102 道里区  # the first
                      # then
                      - 230103 南岗区
                      # no more

                    """)
    }

    @Test func quotesStayWhereTheyAreNeededAndGoWhereNot() {
        #expect(
            formatted(
                """
                define:
                  'a': "member.age >= 60"
                  b: {is: 'min(x, y)'}
                  c: "min(x, y)"
                  d: min(x, y)
                  e: "!minor"
                  f: "'serious' in member.illness"
                  g: '"so"'
                  h: "1"
                  i: 'true'
                  j: ''
                  k: "a: b"
                  l: "no"
                """) == """
                    define:
                      a: member.age >= 60
                      b: {is: "min(x, y)"}
                      c: "min(x, y)"
                      d: min(x, y)
                      e: "!minor"
                      f: "'serious' in member.illness"
                      g: '"so"'
                      h: "1"
                      i: "true"
                      j: ""
                      k: "a: b"
                      l: "no"

                    """)
    }

    @Test func textsOverLinesAreKeptOrFolded() {
        let words = Array(repeating: "something", count: 15).joined(separator: " ")
        #expect(
            formatted(
                """
                documents:
                  a:
                       note: >-
                              one
                                two
                              three
                       title: "a title that
                         goes on"
                       status: official
                  b: {title: t, status: official, note: \(words)
                       \(words)}
                """, "documents.yaml") == """
                    documents:
                      a:
                        title: a title that goes on
                        status: official
                        note: >-
                          one
                            two
                          three
                      b:
                        title: t
                        status: official
                        note: >-
                          \(Array(repeating: "something", count: 11).joined(separator: " "))
                          \(Array(repeating: "something", count: 11).joined(separator: " "))
                          \(Array(repeating: "something", count: 8).joined(separator: " "))

                    """)
    }

    @Test func testFilesKeepTheOrderOfFacts() {
        #expect(
            formatted(
                """
                cases:
                - expect: {status: eligible, from: none}
                  household: {residence: urban, from: x}
                  name: one


                - name: two
                date: 2030-01-01
                """, "x.test.yaml") == """
                    date: 2030-01-01
                    cases:
                      - name: one
                        household: {residence: urban, from: x}
                        expect: {status: eligible, from: none}

                      - name: two

                    """)
    }

    @Test func breaksOfOtherSystemsAndMarksOfADocumentGo() {
        #expect(formatted("---\r\narea: 230000\r\n\r\n# end\r\n") == "area: 230000\n\n# end\n")
        #expect(formatted("area: 230000\n...\n") == "area: 230000\n")
    }

    @Test func anItemMayBeAListOrEmpty() {
        #expect(formatted("k:\n- - a\n  - b\n-\n- []\n- {}\n") == "k:\n  - - a\n    - b\n  -\n  - []\n  - {}\n")
    }

    @Test func aBlockWithAnIndentationOfItsOwnIsWrittenInQuotes() {
        #expect(formatted("a: |2\n    deep\n  x\nb: 1\n") == "a: \"  deep\\nx\\n\"\n\nb: 1\n")
    }

    // MARK: What is refused

    @Test func aFileWithMistakesIsLeftAloneAndAllAreNamed() {
        #expect(
            formatted("a: &x 1\nb: *x\na: 2\n").split(separator: "\n").map { $0.split(separator: ":")[1] } == [
                "1", "2", "3",
            ])
        #expect(formatted("a: {is: min(1, 2)}").hasSuffix("put the expression in quotes [stray-comma]"))
        #expect(formatted("# nothing\n").hasSuffix("[empty-input]"))
        #expect(formatted("a: [1").hasSuffix("[yaml-syntax]"))
    }

    @Test func whatCannotBeLaidOutSafelyIsRefused() {
        // A block whose blank lines at the end belong to it.
        #expect(
            formatted("a: |+\n  x\n\n\nb: 1\n")
                == "policy.yaml:1:1: error: this file cannot be laid out without changing what it says; write it in a plainer form [not-supported]"
        )
        #expect(formatted("a: [x, , y]").hasSuffix("[yaml-syntax]"))
    }

    // MARK: The project's own files

    private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    @Test func thePoliciesAreLaidOut() throws {
        let files = PolicyFiles.files(below: Self.root + "/Policies", ending: ".yaml")
        #expect(files.count > 20)
        for file in files {
            let bytes = try #require(PolicyFiles.read(file))
            #expect(
                PolicyFormat.format(bytes, file: file).bytes == bytes, "run 'jiuzhu policy format Policies': \(file)")
        }
    }
}
