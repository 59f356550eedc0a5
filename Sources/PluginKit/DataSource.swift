import CJiuzhu

/// One registry of one department (信息核对数据源).
public protocol DataSource: Sendable {
    /// `vehicle-registry`
    var id: String { get }
    /// What it is called.
    var label: Label { get }
    /// The department whose registry it is, in Chinese.
    var department: String { get }
    /// The facts that it can confirm, each with its owner: `member.vehicles`.
    var facts: [String] { get }

    /// Opens the registry.
    ///
    /// - Parameter setting: What the host's installation says of it, such as a path; nil for nothing.
    func open(_ setting: String?) throws(PluginFailure) -> any Registry
}

/// A registry that is open. It may be asked from any thread, and several times at once.
public protocol Registry: Sendable {
    /// Answers for some persons, in any order.
    func query(_ persons: [Person], _ answers: Answers) throws(PluginFailure)
}

/// A person whom a registry is asked about.
public struct Person: Sendable {
    /// The citizen number, of 18 characters.
    public let citizenNumber: String
    /// The name; nil where it is not known.
    public let name: String?
}

/// Where a registry puts what it holds. Of no use when the query that it was given to has ended.
public struct Answers {
    fileprivate let host: UnsafePointer<jzp_host>
    fileprivate let answers: OpaquePointer?

    /// A value that the registry holds of the person at a place of the query.
    ///
    /// - Parameters:
    ///   - fact: One of the source's facts.
    ///   - value: As text, as in a household file.
    ///   - day: The day of the entry, 20261123; 0 where it is not known.
    ///   - confidence: 1 to 100.
    public func found(_ person: Int, _ fact: String, _ value: String, on day: Int32 = 0, confidence: Int32 = 100) {
        _ = host.pointee.found?(answers, person, fact, value, day, confidence)
    }

    /// The registry knows the person and holds nothing of this fact: a stated none.
    public func foundNone(_ person: Int, _ fact: String, on day: Int32 = 0) {
        _ = host.pointee.found_none?(answers, person, fact, day)
    }

    /// The registry does not know the person.
    public func notFound(_ person: Int) { _ = host.pointee.not_found?(answers, person) }

    /// Runs what a source does, and tells the host why where it fails.
    fileprivate func answering(_ body: () throws(PluginFailure) -> Void) -> Int32 {
        do throws(PluginFailure) {
            guard host.isWhole else { throw PluginFailure.olderHost }
            try body()
            return JZP_OK
        } catch {
            host.pointee.source_error?(answers, error.message)
            return JZP_FAILED
        }
    }
}

extension DataSource {
    var table: jzp_source {
        var table = jzp_source()
        table.struct_size = UInt32(MemoryLayout<jzp_source>.size)
        table.id = Lasting.text(id)
        table.label_zh = Lasting.text(label.chinese)
        table.label_en = Lasting.text(label.english)
        table.department_zh = Lasting.text(department)
        table.fact_count = facts.count
        table.facts = Lasting.array(facts.map(Lasting.text))
        table.data = Box<any DataSource>(self).held()
        table.open = { table, host, setting, handle, answers in
            guard let source = Box<any DataSource>.value(behind: table?.pointee.data), let host, let handle else {
                return JZP_FAILED
            }
            return Answers(host: host, answers: answers).answering { () throws(PluginFailure) in
                let registry = try source.open(setting.map { String(cString: $0) })
                handle.pointee = Box<any Registry>(registry).held()
            }
        }
        table.query = { _, host, handle, persons, count, answers in
            guard let registry = Box<any Registry>.value(behind: handle), let host else { return JZP_FAILED }
            let answers = Answers(host: host, answers: answers)
            return answers.answering { () throws(PluginFailure) in
                let persons = UnsafeBufferPointer(start: persons, count: count).map { person in
                    Person(
                        citizenNumber: person.citizen_number.map { String(cString: $0) } ?? "",
                        name: person.name.map { String(cString: $0) })
                }
                try registry.query(persons, answers)
            }
        }
        table.close = { _, handle in
            if let handle { Unmanaged<Box<any Registry>>.fromOpaque(handle).release() }
        }
        return table
    }
}
