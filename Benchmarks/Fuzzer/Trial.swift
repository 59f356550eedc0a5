import AssistancePolicy

/// What an input is taken for.
enum TrialKind: String {
    case policy, pack, household, test, record
}

/// A file to be changed, and what it belongs to. The same number of the same seed is the same trial.
struct Trial {
    let number: Int
    let kind: TrialKind
    /// The file that is changed, as it was.
    let original: PolicyFile
    /// The place of what surrounds it in the corpus: a jurisdiction, or a test file.
    let place: Int
    /// The place of the file in its jurisdiction.
    let target: Int
    /// What else is chosen by chance.
    var seed: Seed

    /// Nil where the corpus has nothing of the kind.
    init?(_ number: Int, of seed: UInt64, in corpus: Corpus) {
        var seed = Seed(seed, case: number)
        let kinds: [TrialKind] = [
            .policy, .policy, .policy, .policy, .policy, .policy, .policy, .pack, .household, .household, .test, .test,
            .record,
        ]
        guard let kind = seed.pick(kinds) else { return nil }
        var (place, target) = (seed.below(corpus.jurisdictions.count), 0)
        var original: PolicyFile?
        switch kind {
        case .policy:
            guard corpus.jurisdictions.indices.contains(place) else { return nil }
            let own = corpus.jurisdictions[place].own
            target = seed.pick(own) ?? 0
            original = own.isEmpty ? nil : corpus.jurisdictions[place].files[target]
        case .pack:
            guard corpus.jurisdictions.indices.contains(place) else { return nil }
            let whole = corpus.jurisdictions[place]
            let pack = PolicyPack(jurisdiction: whole.path, files: whole.files)
            original = PolicyFile(path: "fuzz.pack", bytes: pack.bytes)
        case .household, .record:
            place = seed.below(corpus.published)
            original = seed.pick(corpus.households)
        case .test:
            place = seed.below(corpus.tests.count)
            guard corpus.tests.indices.contains(place) else { return nil }
            original = PolicyFile(path: corpus.tests[place].path, bytes: corpus.tests[place].bytes)
        }
        guard let original else { return nil }
        self.number = number
        self.kind = kind
        self.original = original
        self.place = place
        self.target = target
        self.seed = seed
    }
}
