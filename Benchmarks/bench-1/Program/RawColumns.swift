import AssistancePolicy

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One column of a data set: whole numbers of one width, in the order of the machine, which is little-endian.
enum RawColumn: Equatable {
    case bytes([UInt8])
    case shorts([UInt16])
    case longs([Int64])

    var count: Int {
        switch self {
        case .bytes(let values): values.count
        case .shorts(let values): values.count
        case .longs(let values): values.count
        }
    }

    /// What its file's name ends with.
    var suffix: String {
        switch self {
        case .bytes: "u8"
        case .shorts: "u16"
        case .longs: "i64"
        }
    }
}

/// The columns of bench-1: of all households, and of all their members.
struct RawColumns: Equatable {
    /// The members of household h are the rows from `offsets[h]` up to `offsets[h + 1]`.
    var offsets: [UInt32] = [0]
    /// By the names of their files without ending: `p_age`.
    var columns: [String: RawColumn] = [:]

    var households: Int { offsets.count - 1 }
    var members: Int { Int(offsets.last ?? 0) }

    /// The columns that there are, each by its name and an example of its width.
    static let layout: [(name: String, width: RawColumn)] = [
        ("p_age", .bytes([])), ("p_disability_grade", .bytes([])), ("p_severe_illness", .bytes([])),
        ("p_student_stage", .bytes([])), ("p_monthly_income_fen", .longs([])), ("p_medical_oop_fen", .longs([])),
        ("p_can_work", .bytes([])), ("p_cares", .bytes([])), ("p_no_supporter", .bytes([])), ("h_region", .bytes([])),
        ("h_urban", .bytes([])), ("h_deposits_fen", .longs([])), ("h_vehicles", .bytes([])), ("h_houses", .bytes([])),
        ("h_house_grade", .bytes([])), ("h_heating_m2", .shorts([])),
    ]

    // MARK: Files

    /// Reads the columns of a folder.
    static func read(_ folder: String) throws(BenchProblem) -> RawColumns {
        var result = RawColumns()
        result.offsets = numbers(try bytes(folder + "/offsets.u32"), of: UInt32.self)
        guard result.offsets.first == 0, zip(result.offsets, result.offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw BenchProblem("\(folder)/offsets.u32 does not begin at 0, or falls")
        }
        for (name, width) in layout {
            let path = "\(folder)/\(name).\(width.suffix)"
            let content = try bytes(path)
            let column: RawColumn =
                switch width {
                case .bytes: .bytes(content)
                case .shorts: .shorts(numbers(content, of: UInt16.self))
                case .longs: .longs(numbers(content, of: Int64.self))
                }
            guard column.count == (name.hasPrefix("p_") ? result.members : result.households) else {
                throw BenchProblem("\(path) has \(column.count) numbers")
            }
            result.columns[name] = column
        }
        return result
    }

    /// Writes the columns to a folder, which is made where it does not exist.
    func write(_ folder: String) throws(BenchProblem) {
        mkdir(folder, 0o755)
        try Self.write(offsets, folder + "/offsets.u32")
        for (name, column) in columns {
            let path = "\(folder)/\(name).\(column.suffix)"
            switch column {
            case .bytes(let values): try Self.write(values, path)
            case .shorts(let values): try Self.write(values, path)
            case .longs(let values): try Self.write(values, path)
            }
        }
    }

    private static func bytes(_ path: String) throws(BenchProblem) -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw BenchProblem("\(path) cannot be read") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = max(0, ftell(file))
        rewind(file)
        let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = fread(buffer.baseAddress, 1, size, file)
        }
        guard content.count == size else { throw BenchProblem("\(path) cannot be read to its end") }
        return content
    }

    private static func numbers<Number: FixedWidthInteger>(_ bytes: [UInt8], of width: Number.Type) -> [Number] {
        let count = bytes.count / MemoryLayout<Number>.size
        return bytes.withUnsafeBytes { bytes in
            (0..<count).map { bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.size, as: Number.self) }
        }
    }

    static func write<Number: FixedWidthInteger>(_ numbers: [Number], _ path: String) throws(BenchProblem) {
        guard let file = fopen(path, "wb") else { throw BenchProblem("\(path) cannot be written") }
        let written = numbers.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
        guard fclose(file) == 0, written == numbers.count * MemoryLayout<Number>.size else {
            throw BenchProblem("\(path) cannot be written")
        }
    }
}

/// Why the benchmark cannot go on.
struct BenchProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
