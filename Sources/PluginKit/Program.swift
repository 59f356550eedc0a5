import CJiuzhu

/// A programme of a plugin: an eleventh aid, or a place's own kind of one of the ten.
///
/// Its names are checked when it is loaded, and its plan whenever one is made; what is wrong is said with the plugin's name.
/// No figure of policy belongs in it: a figure is a term.
public protocol Program: Sendable {
    /// `nursing-insurance`: also the key of its section in policy files.
    var id: String { get }
    /// What it is called.
    var label: Label { get }
    /// The facts that it adds.
    var facts: [Fact] { get }
    /// What places fill.
    var terms: [Term] { get }
    /// What it tells programmes that read it.
    var standings: [Standing] { get }
    /// The ids of programmes that come before it.
    var reads: [String] { get }
    /// Whether it has the terms of the generic programme besides its own, and its plan calls `generic()`.
    var isGeneric: Bool { get }

    /// Makes the plan of an area, day and stage; once for each, and several at once on several threads.
    func plan(_ plan: Plan)
}

extension Program {
    /// None.
    public var facts: [Fact] { [] }
    /// None.
    public var terms: [Term] { [] }
    /// None.
    public var standings: [Standing] { [] }
    /// None.
    public var reads: [String] { [] }
    /// No.
    public var isGeneric: Bool { false }

    var table: jzp_program {
        var table = jzp_program()
        table.struct_size = UInt32(MemoryLayout<jzp_program>.size)
        table.flags = isGeneric ? JZP_GENERIC_TERMS : 0
        table.id = Lasting.text(id)
        table.label_zh = Lasting.text(label.chinese)
        table.label_en = Lasting.text(label.english)
        table.fact_count = facts.count
        table.facts = Lasting.array(facts.map(\.table))
        table.term_count = terms.count
        table.terms = Lasting.array(terms.map(\.table))
        table.standing_count = standings.count
        table.standings = Lasting.array(standings.map(\.table))
        table.read_count = reads.count
        table.reads = Lasting.array(reads.map(Lasting.text))
        table.data = Box<any Program>(self).held()
        table.plan = { table, host, number in
            guard let program = Box<any Program>.value(behind: table?.pointee.data), let host,
                let plan = Plan(of: number, host)
            else { return JZP_FAILED }
            program.plan(plan)
            return JZP_OK
        }
        return table
    }
}
