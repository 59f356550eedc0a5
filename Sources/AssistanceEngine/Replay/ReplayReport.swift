import AssistanceCore

/// The outcomes of replaying a record, for people and for programs.
public struct ReplayReport: Sendable {
    /// The outcome for one household of the record.
    public struct Entry: Sendable {
        /// The recorded decision.
        public let record: RecordedAssessment
        /// What became of making it again.
        public let outcome: ReplayOutcome
    }

    /// The outcomes in the order of the record.
    public private(set) var entries: [Entry] = []

    /// A report without any outcome.
    public init() {}

    /// Adds the outcome for the next household.
    public mutating func add(_ record: RecordedAssessment, _ outcome: ReplayOutcome) {
        entries.append(Entry(record: record, outcome: outcome))
    }

    /// Whether any decision is another one now.
    public var hasDifferences: Bool {
        entries.contains { if case .differs = $0.outcome { true } else { false } }
    }

    /// Whether any decision could not be made again.
    public var hasObstacles: Bool {
        entries.contains { if case .cannot = $0.outcome { true } else { false } }
    }

    // MARK: Text

    /// The outcomes, each with what differs below it, ended by a line that counts them.
    public func text(in language: Language) -> String {
        var lines: [String] = []
        for (place, entry) in entries.enumerated() {
            let name =
                entry.record.id.map(TextLayout.shown)
                ?? Label("第\(place + 1)户", "household \(place + 1)").text(in: language)
            let word = entry.outcome.label.text(in: language)
            lines.append(TextLayout.padded(word, to: language == .chinese ? 10 : 9) + name)
            lines += details(of: entry, language).map { "  " + TextLayout.shown($0) }
        }
        let counts = [ReplayOutcome.same, .differs([]), .cannot(.household)].map { kind in
            let count = entries.count { $0.outcome.word == kind.word }
            return Label("\(kind.label.chinese) \(count) 户", "\(count) \(kind.label.english)").text(in: language)
        }
        return (lines + [counts.joined(separator: language == .chinese ? "," : ", ")]).map { $0 + "\n" }.joined()
    }

    private func details(of entry: Entry, _ language: Language) -> [String] {
        var lines: [String] = []
        switch entry.outcome {
        case .same: break
        case .differs(let differences):
            let none = Label("无", "none").text(in: language)
            lines = differences.map { "\($0.path): \($0.recorded ?? none) → \($0.found ?? none)" }
        case .cannot(let obstacle): lines = [obstacle.label.text(in: language)]
        }
        let engine = entry.record.receipt.engine
        if engine != Engine.version {
            lines.append(
                Label(
                    "原结论由引擎 \(engine) 作出,现为 \(Engine.version)", "decided by engine \(engine); this is \(Engine.version)"
                )
                .text(in: language))
        }
        return lines
    }

    // MARK: JSON

    /// `{"schema": 1, "engine": …, "households": [{"id", "outcome", "obstacle", "recorded_engine", "differences"}]}`
    public var json: String {
        var json = JSONWriter(.pretty)
        func string(_ key: String, _ value: String?) {
            json.key(key)
            if let value { json.string(value) } else { json.null() }
        }
        json.beginObject()
        json.key("schema")
        json.integer(1)
        string("engine", Engine.version)
        json.key("households")
        json.beginArray()
        for entry in entries {
            json.beginObject()
            string("id", entry.record.id)
            string("outcome", entry.outcome.word)
            var (obstacle, differences): (ReplayObstacle?, [ReplayDifference]) = (nil, [])
            switch entry.outcome {
            case .same: break
            case .differs(let found): differences = found
            case .cannot(let found): obstacle = found
            }
            string("obstacle", obstacle?.word)
            string("recorded_engine", entry.record.receipt.engine)
            string("recorded_policy_digest", entry.record.receipt.policyDigest)
            string("recorded_facts_digest", entry.record.receipt.factsDigest)
            json.key("differences")
            json.beginArray()
            for difference in differences {
                json.beginObject()
                string("path", difference.path)
                string("recorded", difference.recorded)
                string("found", difference.found)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.text + "\n"
    }
}

extension ReplayOutcome {
    /// `same`, `differs` or `cannot`.
    public var word: String {
        switch self {
        case .same: "same"
        case .differs: "differs"
        case .cannot: "cannot"
        }
    }

    /// What it is called.
    public var label: Label {
        switch self {
        case .same: Label("一致", "same")
        case .differs: Label("不一致", "differs")
        case .cannot: Label("无法重算", "cannot")
        }
    }
}

extension ReplayObstacle {
    /// `policy`, `plugin`, `facts` or `household`.
    public var word: String {
        switch self {
        case .policy: "policy"
        case .plugin: "plugin"
        case .facts: "facts"
        case .household: "household"
        }
    }

    /// The sentence.
    public var label: Label {
        func short(_ digest: String) -> String { String(TextLayout.shown(digest).prefix(12)) }
        switch self {
        case .policy(let recorded):
            return Label("手头没有原政策(摘要 \(short(recorded)))", "its policy is not at hand (digest \(short(recorded)))")
        case .plugin(let plugin):
            let (name, digest) = (TextLayout.shown(plugin.name + " " + plugin.version), short(plugin.sha256))
            return Label(
                "手头没有原插件 \(name)(摘要 \(digest))", "the plugin \(name) is not at hand (digest \(digest))")
        case .facts(let recorded, let found):
            return Label(
                "家庭资料与原来不同(原摘要 \(short(recorded)),现摘要 \(short(found)))",
                "the facts are others (recorded digest \(short(recorded)), now \(short(found)))")
        case .household: return Label("家庭文件中没有这一户", "the file of households does not have it")
        }
    }
}
