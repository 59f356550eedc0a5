import Testing

@testable import PolicyFuzzer

/// What the fuzzer does to a text: everything by its seed, and nothing that traps.
@Suite struct MutatorTests {
    private static let text = Array(
        """
        area: 231000 牡丹江市
        from: 2030-01-01   # the first day
        figures:
          standard: {is: 900 yuan/month, rounding: up to yuan}
          other: 15% * standard

        """.utf8)
    private let mutator = Mutator(Vocabulary([text, Array("from: 2031-01-01\nis: 5%\n".utf8)]))

    @Test("the same case of the same seed is the same text, another is another")
    func isDeterministic() {
        func texts(_ seed: UInt64) -> [[UInt8]] {
            (0..<50).map { number in
                var seed = Seed(seed, case: number)
                return mutator.mutated(Self.text, &seed)
            }
        }
        #expect(texts(7) == texts(7))
        #expect(texts(7) != texts(8))
        #expect(Set(texts(7)).count > 20)
    }

    @Test(
        "every change changes a text, whatever the seed, and leaves short ones whole",
        arguments: Mutator.Change.allCases)
    func changes(change: Mutator.Change) {
        var changed = 0
        for number in 0..<40 {
            for original in [Self.text, [], [0x0A], [0xE4, 0xBD], Array("a: b".utf8), Array(": ".utf8)] {
                var seed = Seed(3, case: number)
                var text = original
                mutator.apply(change, to: &text, &seed)
                if original == Self.text, text != original { changed += 1 }
            }
        }
        #expect(changed > 0)
    }

    @Test("keys, values and expressions are told apart")
    func vocabulary() {
        let vocabulary = Vocabulary([Self.text, Array("{\"wages\": 3, \"others\": \"none\"}".utf8)])
        func texts(_ words: [[UInt8]]) -> [String] { words.map { String(decoding: $0, as: UTF8.self) } }
        #expect(texts(vocabulary.keys) == ["area", "from", "standard", "is", "rounding", "other", "wages", "others"])
        #expect(texts(vocabulary.values[Array("is".utf8)] ?? []) == ["900 yuan/month"])
        #expect(texts(vocabulary.expressions) == ["{is: 900 yuan/month", "900 yuan/month", "15% * standard"])
    }

    @Test("what a worker tells is read as it was said")
    func workerLines() {
        let lines: [WorkerLine] = [
            .began(3), .broken(4, "a finding\nof two lines"),
            .ended(5, "policy", refused: true, milliseconds: 12, digest: .max, codes: ["bad-value", "too-large"]),
            .ended(6, "pack", refused: false, milliseconds: 0, digest: 0, codes: []),
        ]
        #expect(
            lines.map { WorkerLine($0.text)?.text } == [
                "> 3", "! 4 a finding of two lines", "= 5 policy refused 12 18446744073709551615 bad-value,too-large",
                "= 6 pack loaded 0 0 ",
            ])
        #expect(WorkerLine("") == nil)
        #expect(WorkerLine("= x") == nil)
        #expect(WorkerLine("= 5 policy") == nil)
    }
}
