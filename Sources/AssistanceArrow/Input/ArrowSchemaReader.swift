import AssistanceCore
import CJiuzhu

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the schema of a stream; nothing of it is trusted.
struct ArrowSchemaReader {
    /// The most fields of a schema, and the most below one.
    private static let limit = 10_000
    /// How deep the lists nest from which facts are read: members, obligors, several codes.
    private static let depth = 8
    /// The most bytes of a format and of a name.
    private static let textLimit = 1_024

    private var fields = 0

    /// The columns of a schema.
    static func columns(of schema: UnsafePointer<ArrowSchema>) throws(ArrowFlaw) -> [ArrowField] {
        var reader = ArrowSchemaReader()
        guard case .record(let columns) = try reader.field(schema, depth: 0).type else {
            throw ArrowFlaw("the schema is not that of record batches, which is a struct")
        }
        return columns
    }

    private mutating func field(_ schema: UnsafePointer<ArrowSchema>, depth: Int) throws(ArrowFlaw) -> ArrowField {
        fields += 1
        guard fields <= Self.limit else { throw ArrowFlaw("the schema has more than \(Self.limit) fields") }
        guard schema.pointee.release != nil else { throw ArrowFlaw("a schema has been released") }
        guard let format = schema.pointee.format else { throw ArrowFlaw("a format is NULL") }
        let name = try schema.pointee.name.map { pointer throws(ArrowFlaw) in try Self.text(pointer, "a name") } ?? ""
        return ArrowField(
            name: name, type: try type(try Self.text(format, "a format"), of: schema, depth: depth))
    }

    private static func text(_ pointer: UnsafePointer<CChar>, _ what: String) throws(ArrowFlaw) -> String {
        let count = strnlen(pointer, textLimit + 1)
        guard count <= textLimit else { throw ArrowFlaw("\(what) has more than \(textLimit) bytes, or no end") }
        guard let text = String(validating: UnsafeRawBufferPointer(start: pointer, count: count), as: UTF8.self) else {
            throw ArrowFlaw("\(what) is not valid UTF-8")
        }
        return text
    }

    private mutating func type(
        _ format: String, of schema: UnsafePointer<ArrowSchema>, depth: Int
    ) throws(ArrowFlaw) -> ArrowType {
        guard depth < Self.depth else { return .other("a column that nests too deep") }
        if let dictionary = schema.pointee.dictionary {
            guard case .integer(let width)? = Self.plain[format] else {
                throw ArrowFlaw("the indexes of a dictionary are no integers")
            }
            let values = try field(dictionary, depth: depth + 1)
            guard case .text(let layout) = values.type else { return .other("a dictionary of other values than text") }
            return .dictionary(width, layout)
        }
        if let plain = Self.plain[format] { return plain }
        if let layout = Self.lists[format] {
            let entries = try children(of: schema, depth: depth)
            guard let entry = entries.first, entries.count == 1 else {
                throw ArrowFlaw("a list has \(entries.count) children, and 1 was expected")
            }
            return .list(layout, entry)
        }
        if format == "+s" { return .record(try children(of: schema, depth: depth)) }
        if format.hasPrefix("d:") { return try Self.decimal(format) }
        return .other(Self.others[format] ?? "a column of a type that no fact is read from")
    }

    private mutating func children(
        of schema: UnsafePointer<ArrowSchema>, depth: Int
    ) throws(ArrowFlaw) -> [ArrowField] {
        let count = schema.pointee.n_children
        guard (0...Int64(Self.limit)).contains(count) else {
            throw ArrowFlaw("a schema says that it has \(count) children, and 0 to \(Self.limit) were expected")
        }
        guard count > 0 else { return [] }
        guard let pointers = schema.pointee.children else { throw ArrowFlaw("the children of a schema are NULL") }
        var result: [ArrowField] = []
        for place in 0..<Int(count) {
            guard let child = pointers[place] else { throw ArrowFlaw("a child of a schema is NULL") }
            result.append(try field(child, depth: depth + 1))
        }
        return result
    }

    /// `d:precision,scale` of 128 bits, or `d:precision,scale,bits`.
    private static func decimal(_ format: String) throws(ArrowFlaw) -> ArrowType {
        let numbers = format.dropFirst(2).split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2 || numbers.count == 3, let precision = numbers[0], let scale = numbers[1],
            let bits = numbers.count == 3 ? numbers[2] : 128, let digits = digits[bits],
            (1...digits).contains(precision), (-digits...digits).contains(scale)
        else { throw ArrowFlaw("the format of a decimal is not d:precision,scale,bits of 32 to 256 bits") }
        return .decimal(bytes: bits / 8, scale: scale)
    }

    /// The most digits of a decimal by its bits.
    private static let digits = [32: 9, 64: 18, 128: 38, 256: 76]

    private static let plain: [String: ArrowType] = [
        "n": .none, "b": .bool, "c": .integer(.int8), "s": .integer(.int16), "i": .integer(.int32),
        "l": .integer(.int64), "C": .integer(.uint8), "S": .integer(.uint16), "I": .integer(.uint32),
        "L": .integer(.uint64), "u": .text(.small), "U": .text(.large), "vu": .text(.view), "tdD": .days,
        "tdm": .milliseconds,
    ]
    private static let lists: [String: ListLayout] = ["+l": .small, "+L": .large, "+vl": .view, "+vL": .largeView]
    private static let others = [
        "e": "a column of float16", "f": "a column of float32", "g": "a column of float64", "z": "a column of binary",
        "Z": "a column of binary", "vz": "a column of binary", "+m": "a column of maps",
        "+r": "a run-end encoded column",
    ]
}
