import AssistanceCore
import CJiuzhu

/// Reads tables of a plugin, field by field; the first that is wrong refuses the plugin.
struct TableReader {
    /// What the table is, as messages name it: `the programme 'school-meals'`.
    let table: String
    /// The most bytes that a struct may say it has.
    private static let structLimit: UInt32 = 4_096

    /// What is wrong with the table.
    func flaw(_ message: String, expected: String? = nil, found: String? = nil) -> PluginRefusal {
        PluginRefusal(.table, "\(table): \(message)", expected: expected, found: found)
    }

    /// A reader of a table within this one.
    func reader(_ part: String) -> TableReader { TableReader(table: table + ", " + part) }

    // MARK: Texts

    private func reading(
        _ field: String, _ body: () throws(PluginText.Flaw) -> String
    ) throws(PluginRefusal) -> String {
        do throws(PluginText.Flaw) { return try body() } catch { throw flaw("\(field) \(error.message)") }
    }

    /// A label in both languages.
    func label(
        _ chinese: UnsafePointer<CChar>?, _ english: UnsafePointer<CChar>?
    ) throws(PluginRefusal) -> Label {
        let zh = try reading("label_zh") { () throws(PluginText.Flaw) in try PluginText.label(chinese) }
        let en = try reading("label_en") { () throws(PluginText.Flaw) in try PluginText.label(english) }
        return Label(zh, en)
    }

    /// What something is called in one language.
    func label(_ pointer: UnsafePointer<CChar>?, _ field: String) throws(PluginRefusal) -> String {
        try reading(field) { () throws(PluginText.Flaw) in try PluginText.label(pointer) }
    }

    /// A name of small letters, digits and some marks.
    func name(
        _ pointer: UnsafePointer<CChar>?, _ field: String, with marks: String
    ) throws(PluginRefusal) -> String {
        try reading(field) { () throws(PluginText.Flaw) in try PluginText.name(pointer, with: marks) }
    }

    /// Any text.
    func text(_ pointer: UnsafePointer<CChar>?, _ field: String) throws(PluginRefusal) -> String {
        try reading(field) { () throws(PluginText.Flaw) in try PluginText(pointer).text }
    }

    /// A unit of policy.
    func unit(_ pointer: UnsafePointer<CChar>?) throws(PluginRefusal) -> Unit {
        let text = try text(pointer, "unit")
        guard let unit = text == Unit.percent.text ? .percent : Unit(text) else {
            throw flaw("'\(text)' is no unit", expected: "a unit such as yuan/year")
        }
        return unit
    }

    // MARK: Numbers

    /// One of the owners of facts.
    func owner(_ number: Int32, among owners: [FactOwner] = FactOwner.allCases) throws(PluginRefusal) -> FactOwner {
        guard let owner = FactOwner(rawValue: Int(number)), owners.contains(owner) else {
            throw flaw(
                "owner is none that is possible here",
                expected: owners.map { "\($0.rawValue) (\($0.word))" }.joined(separator: ", "), found: String(number))
        }
        return owner
    }

    /// Flags of which only some are known.
    func flags(_ flags: UInt32, among known: UInt32) throws(PluginRefusal) {
        guard flags & ~known == 0 else {
            throw flaw("it has flags that this host does not know", expected: String(known), found: String(flags))
        }
    }

    // MARK: Structs

    /// The size that a struct says it has, checked against that of its first version.
    func size<Struct: PluginStruct>(
        _ pointer: UnsafePointer<Struct>, at offset: Int = 0
    ) throws(PluginRefusal) -> Int {
        let raw = UnsafeRawPointer(pointer)
        guard UInt(bitPattern: raw) % UInt(MemoryLayout<Struct>.alignment) == 0 else {
            throw flaw("it does not lie where a struct of its kind can")
        }
        let said = raw.load(fromByteOffset: offset, as: UInt32.self)
        guard said >= Struct.firstSize, said <= Self.structLimit, Int(said) % MemoryLayout<Struct>.alignment == 0 else {
            throw flaw("its struct_size is wrong", expected: "\(Struct.firstSize) or more", found: String(said))
        }
        return Int(said)
    }

    /// The structs of an array, each as large as its first says.
    func array<Struct: PluginStruct>(
        _ first: UnsafePointer<Struct>?, _ count: Int, _ name: String, limit: Int
    ) throws(PluginRefusal) -> [Struct] {
        guard try isThere(first != nil, count, name, limit: limit), let first else { return [] }
        let stride = try reader("\(name)[0]").size(first)
        var result: [Struct] = []
        for place in 0..<count {
            let next = UnsafeRawPointer(first).advanced(by: place * stride).assumingMemoryBound(to: Struct.self)
            let size = try reader("\(name)[\(place)]").size(next)
            guard size == stride else {
                throw flaw(
                    "the structs of \(name) are not of one size", expected: String(stride), found: String(size))
            }
            result.append(copy(of: next, size))
        }
        return result
    }

    /// A struct as far as the plugin has it; the rest is zero.
    private func copy<Struct: PluginStruct>(of pointer: UnsafePointer<Struct>, _ size: Int) -> Struct {
        var copy = Struct()
        withUnsafeMutableBytes(of: &copy) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: min(size, $0.count)))
        }
        return copy
    }

    /// The pointers of an array, none of which is NULL.
    func pointers<Pointee>(
        _ first: UnsafePointer<UnsafePointer<Pointee>?>?, _ count: Int, _ name: String, limit: Int
    ) throws(PluginRefusal) -> [UnsafePointer<Pointee>] {
        guard try isThere(first != nil, count, name, limit: limit), let first else { return [] }
        var result: [UnsafePointer<Pointee>] = []
        for place in 0..<count {
            guard let pointer = first[place] else { throw flaw("\(name)[\(place)] is NULL") }
            result.append(pointer)
        }
        return result
    }

    /// Whether an array has anything in it.
    func isThere(_ isSet: Bool, _ count: Int, _ name: String, limit: Int) throws(PluginRefusal) -> Bool {
        guard count >= 0, count <= limit else {
            throw flaw("it has too many \(name)", expected: "at most \(limit)", found: String(UInt(bitPattern: count)))
        }
        guard isSet || count == 0 else { throw flaw("\(name) is NULL, and \(count) were announced") }
        return count > 0
    }
}
