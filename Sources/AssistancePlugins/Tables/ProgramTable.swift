import AssistanceCore
import AssistanceExpressions
import AssistancePolicy
import AssistanceProgramKit
import CJiuzhu

/// What a plugin says of one of its programmes, checked.
///
/// The pointer lives as long as the process, and what is behind it may be read by any thread.
struct ProgramTable: @unchecked Sendable {
    /// Makes the plan of an area, day and stage.
    typealias Plan = @convention(c) (UnsafePointer<jzp_program>?, UnsafePointer<jzp_host>?, OpaquePointer?) -> Int32

    /// The table itself, which the plugin's functions ask for.
    let pointer: UnsafePointer<jzp_program>
    let id: String
    let label: Label
    let section: SectionDeclaration
    let standings: [StandingDeclaration]
    let reads: [String]
    /// Whether its terms are those of the generic programme besides its own.
    let isGeneric: Bool
    let plan: Plan

    /// The most of anything in a table.
    private static let limit = 256

    init(_ pointer: UnsafePointer<jzp_program>, at place: Int) throws(PluginRefusal) {
        let nameless = TableReader(table: "programs[\(place)]")
        _ = try nameless.size(pointer)
        let table = pointer.pointee
        let id = try nameless.name(table.id, "id", with: "-")
        let reader = TableReader(table: "the programme '\(id)'")
        try reader.flags(table.flags, among: UInt32(JZP_GENERIC_TERMS))
        isGeneric = table.flags & UInt32(JZP_GENERIC_TERMS) != 0
        label = try reader.label(table.label_zh, table.label_en)
        let facts = try Self.facts(of: table, reader)
        let terms = try Self.terms(of: table, reader) + (isGeneric ? GenericProgram.terms() : [])
        guard !terms.isEmpty else { throw reader.flaw("it has no terms, and so no place could offer it") }
        try Self.checkPaths(terms.map(\.path), reader)
        section = SectionDeclaration(id, label, terms, facts: facts)
        standings = try Self.standings(of: table, facts, reader)
        reads = try Self.reads(of: table, reader)
        guard let plan = table.plan else { throw reader.flaw("plan is NULL") }
        self.plan = plan
        self.pointer = pointer
        self.id = id
    }

    private static func reads(of table: jzp_program, _ reader: TableReader) throws(PluginRefusal) -> [String] {
        var reads: [String] = []
        for name in try reader.pointers(table.reads, table.read_count, "reads", limit: limit) {
            reads.append(try reader.name(name, "reads[\(reads.count)]", with: "-"))
        }
        return reads
    }

    // MARK: Facts

    private static func facts(of table: jzp_program, _ reader: TableReader) throws(PluginRefusal) -> [Fact] {
        var facts: [Fact] = []
        for fact in try reader.array(table.facts, table.fact_count, "facts", limit: limit) {
            let key = try reader.name(fact.key, "the key of facts[\(facts.count)]", with: "_")
            let own = reader.reader("the fact '\(key)'")
            let owner = try own.owner(fact.owner)
            guard let syntax = try? Parser.parse("\(owner.word).\(key)"), case .member = syntax.kind else {
                throw own.flaw("the key is a word of the language of expressions")
            }
            let label = try own.label(fact.label_zh, fact.label_en)
            let made = Fact(owner, key, try type(of: fact, own), label.chinese, label.english)
            if let objection = FactSchema.national.adding(facts).objection(to: owner, key) {
                throw own.flaw(objection)
            }
            facts.append(made)
        }
        return facts
    }

    private static func type(of fact: jzp_fact, _ reader: TableReader) throws(PluginRefusal) -> FactType {
        guard (fact.unit != nil) == (fact.type == JZP_FACT_AMOUNT) else {
            throw reader.flaw("an amount has a unit, and nothing else has")
        }
        switch fact.type {
        case JZP_FACT_COUNT: return .count(try range(of: fact, scale: 1, reader))
        case JZP_FACT_AMOUNT:
            let unit = try reader.unit(fact.unit)
            guard unit == .percent || unit.dimension != .none else {
                throw reader.flaw("'\(unit.text)' counts; whole numbers are JZP_FACT_COUNT")
            }
            return .amount(unit, try range(of: fact, scale: FactType.amountScale, reader))
        case JZP_FACT_BOOL: return .yesNo
        case JZP_FACT_DATE: return .date
        case JZP_FACT_CODE: return .code(try codes(of: fact, reader))
        default:
            throw reader.flaw(
                "its type is none", expected: "\(JZP_FACT_COUNT) to \(JZP_FACT_CODE)", found: String(fact.type))
        }
    }

    private static func range(
        of fact: jzp_fact, scale: Int64, _ reader: TableReader
    ) throws(PluginRefusal) -> ClosedRange<Int64> {
        let most = FactType.limit * scale
        guard fact.least >= -most, fact.most <= most, fact.least <= fact.most else {
            throw reader.flaw(
                "its range is none", expected: "least <= most, from \(-most) to \(most)",
                found: "\(fact.least) to \(fact.most)")
        }
        return fact.least...fact.most
    }

    private static func codes(of fact: jzp_fact, _ reader: TableReader) throws(PluginRefusal) -> CodeList {
        let count = Int(fact.code_count)
        guard try reader.isThere(fact.codes != nil, count, "codes", limit: CodeList.limit), let first = fact.codes
        else {
            throw reader.flaw("it has no codes")
        }
        var codes: [Code] = []
        for code in UnsafeBufferPointer(start: first, count: count) {
            let name = try reader.name(code.name, "the name of codes[\(codes.count)]", with: "_-")
            guard !codes.contains(where: { $0.name == name }) else {
                throw reader.flaw("the code '\(name)' stands twice")
            }
            let label = try reader.reader("the code '\(name)'").label(code.label_zh, code.label_en)
            codes.append(Code(name, label.chinese, label.english))
        }
        return CodeList(codes)
    }

    // MARK: Terms

    private static func terms(of table: jzp_program, _ reader: TableReader) throws(PluginRefusal) -> [TermDeclaration] {
        var terms: [TermDeclaration] = []
        for term in try reader.array(table.terms, table.term_count, "terms", limit: limit) {
            let path = try reader.text(term.path, "the path of terms[\(terms.count)]")
            let own = reader.reader("the term '\(path)'")
            let words = path.split(separator: ".", omittingEmptySubsequences: false)
            guard (1...4).contains(words.count), words.allSatisfy({ PluginText.isName($0, with: "_-") }) else {
                throw own.flaw("a path is one to four names with dots between, of small letters, digits, _ and -")
            }
            if let taken = words.first(where: { PolicyLibrary.envelopeKeys.contains(String($0)) }) {
                throw own.flaw("'\(taken)' has a meaning of its own in every section")
            }
            let label = try own.label(term.label_zh, term.label_en)
            let made = TermDeclaration(
                path, try shape(of: term, own), of: try own.owner(term.owner, among: [.household, .member]),
                unfilled: try unfilled(term.unfilled, own), label.chinese, label.english)
            terms.append(made)
        }
        return terms
    }

    private static func shape(of term: jzp_term, _ reader: TableReader) throws(PluginRefusal) -> TermShape {
        guard (term.unit != nil) == (term.shape == JZP_TERM_VALUE) else {
            throw reader.flaw("a value has a unit, and nothing else has")
        }
        switch term.shape {
        case JZP_TERM_VALUE:
            let unit = try reader.unit(term.unit)
            guard unit.dimension != .none else {
                throw reader.flaw("'\(unit.text)' counts or is a share; that is JZP_TERM_NUMBER")
            }
            return .value(unit)
        case JZP_TERM_NUMBER: return .number
        case JZP_TERM_CONDITION: return .condition
        case JZP_TERM_CHECKS: return .checks
        default:
            throw reader.flaw(
                "its shape is none", expected: "\(JZP_TERM_VALUE) to \(JZP_TERM_CHECKS)", found: String(term.shape))
        }
    }

    private static func unfilled(_ number: Int32, _ reader: TableReader) throws(PluginRefusal) -> UnfilledMeaning {
        switch number {
        case JZP_UNFILLED_REQUIRED: return .required
        case JZP_UNFILLED_OPTIONAL: return .optional
        case JZP_UNFILLED_UNDETERMINED: return .undetermined
        default:
            throw reader.flaw(
                "unfilled is none of its meanings",
                expected: "\(JZP_UNFILLED_REQUIRED) to \(JZP_UNFILLED_UNDETERMINED)",
                found: String(number))
        }
    }

    /// A key is a term or has keys below it, and not both.
    private static func checkPaths(_ paths: [String], _ reader: TableReader) throws(PluginRefusal) {
        for (place, path) in paths.enumerated() {
            if paths[..<place].contains(path) { throw reader.flaw("the term '\(path)' stands twice") }
            if let above = paths.first(where: { path.hasPrefix($0 + ".") }) {
                throw reader.flaw("the term '\(path)' stands below '\(above)', which is a term itself")
            }
        }
    }

    // MARK: Standings

    private static func standings(
        of table: jzp_program, _ facts: [Fact], _ reader: TableReader
    ) throws(PluginRefusal) -> [StandingDeclaration] {
        var standings: [StandingDeclaration] = []
        for standing in try reader.array(table.standings, table.standing_count, "standings", limit: limit) {
            let name = try reader.name(standing.name, "the name of standings[\(standings.count)]", with: "_")
            let own = reader.reader("the standing '\(name)'")
            guard !standings.contains(where: { $0.name == name }) else { throw own.flaw("it stands twice") }
            let owner = try own.owner(standing.owner, among: [.household, .member])
            let unit = standing.unit == nil ? nil : try own.unit(standing.unit)
            let label = try own.label(standing.label_zh, standing.label_en)
            let fact = facts.first { $0.owner == owner && $0.key == name }
            guard fact == nil || fact?.type == .yesNo && unit == nil || fact?.type.unit == unit?.text && unit != nil
            else { throw own.flaw("the fact of that name is of another kind") }
            standings.append(
                StandingDeclaration(name, of: owner, unit: unit, fact: fact?.key, label.chinese, label.english))
        }
        return standings
    }
}
