import AssistanceCore
import AssistancePolicy
import CJiuzhu

/// One registry of one department, as a plugin offers it (信息核对数据源).
///
/// May be shared between threads.
public struct PluginSource: Sendable {
    /// Its id: `vehicle-registry`.
    public var id: String { table.id }
    /// What it is called.
    public var label: Label { table.label }
    /// The department whose registry it is, in Chinese.
    public var department: String { table.department }
    /// The facts that it can confirm, each with its owner: `member.vehicles`.
    public var facts: [String] { table.facts }

    private let table: SourceTable
    private let plugin: PluginIdentity
    fileprivate let log: PluginLog

    init(_ table: SourceTable, of plugin: PluginIdentity, _ log: PluginLog) {
        self.table = table
        self.plugin = plugin
        self.log = log
    }

    /// Opens the registry. It is closed when nobody holds the answer any more.
    ///
    /// - Parameters:
    ///   - setting: What the plugin is told, such as a path; nil for nothing.
    ///   - schema: The facts of the policy; the source must confirm none besides.
    public func open(_ setting: String?, schema: FactSchema = .national) throws(SourceProblem) -> any DataSource {
        var known: [Fact] = []
        for name in facts {
            do throws(ValueFlaw) {
                known.append(schema.facts[try schema.place(named: name)])
            } catch {
                let hint = error.suggestion.map { "; did you mean '\($0)'?" } ?? ""
                throw problem("it can confirm '\(name)', which is no fact under this policy\(hint)")
            }
        }
        guard let open = table.pointer.pointee.open else {
            guard setting == nil else { throw problem("it takes no setting") }
            return OpenSource(table, of: self, facts: known, handle: nil)
        }
        var handle: UnsafeMutableRawPointer?
        let call = SourceCall(about: 0, of: [])
        var texts = TextArena()
        if let setting {
            guard !setting.utf8.contains(0) else { throw problem("the setting has a NUL in it") }
            _ = texts.add(setting)
        }
        let answer = Loans.lend(call, log) { number in
            texts.lend { open(table.pointer, HostTable.pointer, setting == nil ? nil : $0, &handle, number) }
        }
        if let said = call.mistakes.summary(of: "open", answering: answer) {
            // What was opened before the mistake is closed.
            if answer == JZP_OK { table.pointer.pointee.close?(table.pointer, handle) }
            throw problem(said)
        }
        return OpenSource(table, of: self, facts: known, handle: handle)
    }

    fileprivate func problem(_ message: String) -> SourceProblem {
        SourceProblem("\(plugin.title), the data source '\(id)': \(message)")
    }
}

/// A registry of a plugin that is open.
///
/// The handle is the plugin's own: its functions may be called from any thread, several at once, until it is closed.
private final class OpenSource: DataSource, @unchecked Sendable {
    let facts: [Fact]
    private let table: SourceTable
    private let source: PluginSource
    private let handle: UnsafeMutableRawPointer?
    /// The most persons of one call.
    private static let most = 1_000

    init(_ table: SourceTable, of source: PluginSource, facts: [Fact], handle: UnsafeMutableRawPointer?) {
        self.table = table
        self.source = source
        self.facts = facts
        self.handle = handle
    }

    deinit { table.pointer.pointee.close?(table.pointer, handle) }

    var id: String { source.id }
    var label: Label { source.label }
    var department: String { source.department }

    func query(_ persons: [QueriedPerson]) throws(SourceProblem) -> [SourceFinding] {
        var findings: [SourceFinding] = []
        var start = 0
        while start < persons.count {
            let part = persons[start..<min(persons.count, start + Self.most)]
            findings += try ask(part).map { SourceFinding(person: start + $0.person, $0.statement) }
            start = part.endIndex
        }
        return findings
    }

    private func ask(_ persons: ArraySlice<QueriedPerson>) throws(SourceProblem) -> [SourceFinding] {
        var texts = TextArena()
        let places = persons.map { person in
            // A name with a NUL in it would be another name.
            (texts.add(person.number.clearText), person.name.flatMap { $0.utf8.contains(0) ? nil : texts.add($0) })
        }
        let call = SourceCall(about: persons.count, of: facts)
        let answer = Loans.lend(call, source.log) { number in
            texts.lend { base in
                let rows = places.map { jzp_person(citizen_number: base + $0.0, name: $0.1.map { base + $0 }) }
                return table.pointer.pointee.query?(
                    table.pointer, HostTable.pointer, handle, rows, rows.count, number) ?? JZP_NOT_PROVIDED
            }
        }
        do throws(SourceProblem) {
            if let said = call.mistakes.summary(of: "query", answering: answer) { throw SourceProblem(said) }
            return try call.answers.findings()
        } catch {
            throw source.problem(error.message)
        }
    }
}

/// What a data source says while it is opened or asked. Every mistake is noted, and the call goes on. For one thread.
final class SourceCall: LentObject {
    static let title = "jzp_answers"

    private(set) var answers: SourceAnswers
    private(set) var mistakes = MistakeList()

    init(about persons: Int, of facts: [Fact]) { answers = SourceAnswers(about: persons, of: facts) }

    func mistake(_ message: String) { mistakes.note(message) }

    func found(
        _ person: Int, _ fact: UnsafePointer<CChar>?, _ value: UnsafePointer<CChar>?, _ day: Int32, _ confidence: Int32
    ) -> Int32 {
        guard let fact = text(fact, "the fact given to found"), let value = text(value, "the value given to found")
        else {
            return JZP_FAILED
        }
        return noting { (answers) throws(SourceProblem) in
            try answers.found(
                person, fact, value: value, day: Self.day(day, "found"), confidence: Int(confidence))
        }
    }

    func foundNone(_ person: Int, _ fact: UnsafePointer<CChar>?, _ day: Int32) -> Int32 {
        guard let fact = text(fact, "the fact given to found_none") else { return JZP_FAILED }
        return noting { (answers) throws(SourceProblem) in
            try answers.foundNone(person, fact, day: Self.day(day, "found_none"))
        }
    }

    func notFound(_ person: Int) -> Int32 {
        noting { (answers) throws(SourceProblem) in try answers.notFound(person) }
    }

    func error(_ message: UnsafePointer<CChar>?) {
        if let said = text(message, "the message given to source_error") { mistake(said) }
    }

    private func noting(_ body: (inout SourceAnswers) throws(SourceProblem) -> Void) -> Int32 {
        do throws(SourceProblem) {
            try body(&answers)
            return JZP_OK
        } catch {
            mistake(error.message)
            return JZP_FAILED
        }
    }

    /// A day such as 20260131; nil for 0, which says that it is not known.
    private static func day(_ number: Int32, _ call: String) throws(SourceProblem) -> CalendarDate? {
        guard number != 0 else { return nil }
        let parts = Int(number)
        guard parts > 0, let day = CalendarDate(year: parts / 10_000, month: parts / 100 % 100, day: parts % 100)
        else {
            throw SourceProblem("\(call) was given the day \(number), and one such as 20260131, or 0, was expected")
        }
        return day
    }
}
