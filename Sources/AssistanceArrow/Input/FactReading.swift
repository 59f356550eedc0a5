import AssistanceCore

/// How the values of a column become those of a fact.
enum FactReading: Sendable {
    /// Whole numbers, each so many of the fact's own.
    case integers(IntegerWidth, factor: Int64)
    /// Whole numbers that are codes of a standard.
    case codes(IntegerWidth)
    case decimals(bytes: Int, scale: Int)
    case bools
    case days
    case milliseconds
    case texts
    /// Several codes, each a text.
    case textLists

    /// The reading of a column of a type; nil where the fact does not take such values.
    init?(_ type: ArrowType, of fact: Fact) {
        switch (type, fact.type) {
        case (.text, _), (.dictionary, _): self = .texts
        case (.integer(let width), .count), (.integer(let width), .yesNo): self = .integers(width, factor: 1)
        case (.integer(let width), .amount): self = .integers(width, factor: FactType.amountScale)
        case (.integer(let width), .code), (.integer(let width), .codes), (.integer(let width), .division):
            self = .codes(width)
        case (.decimal(let bytes, let scale), .count), (.decimal(let bytes, let scale), .amount):
            self = .decimals(bytes: bytes, scale: scale)
        case (.bool, .yesNo): self = .bools
        case (.days, .date): self = .days
        case (.milliseconds, .date): self = .milliseconds
        case (.list(_, let entry), .codes):
            switch entry.type {
            case .text, .dictionary, .none: self = .textLists
            default: return nil
            }
        default: return nil
        }
    }
}

/// Reads the column of a fact, piece by piece.
struct FactReader {
    /// What was read: stored values, `FactColumn.unknown` among them.
    private(set) var values: [Int64] = []
    /// What is wrong, by place among the values: no more than anybody reads.
    private(set) var flaws: [(place: Int, flaw: ValueFlaw)] = []

    private let fact: Fact
    private let reading: FactReading
    /// Texts and codes that were met before.
    private var known: [String: Result<Int64, ValueFlaw>] = [:]
    private var numbers: [Int64: Result<Int64, ValueFlaw>] = [:]

    /// The most texts and codes that are kept: those of a code are few.
    private static let kept = 1_024
    private static let mostFlaws = 101
    private static let day: Int64 = 86_400_000

    /// A reader of a fact for so many values.
    init(_ fact: Fact, _ reading: FactReading, count: Int) {
        self.fact = fact
        self.reading = reading
        values.reserveCapacity(count)
    }

    /// Reads some rows of a column, behind those that were read.
    mutating func read(_ column: ArrowColumn, _ rows: Range<Int>) {
        switch reading {
        case .integers(let width, let factor): read(column, rows, width, factor)
        case .codes(let width):
            each(column, rows) { reader, data, place throws(ValueFlaw) in
                guard let number = width.load(data, place) else { throw reader.fact.outOfRange }
                return try reader.stored(number)
            }
        case .decimals(let bytes, let scale):
            let decimals = fact.type.decimals
            each(column, rows) { reader, data, place throws(ValueFlaw) in
                do throws(WideDecimal.Flaw) {
                    return try WideDecimal.stored(data + place * bytes, bytes: bytes, scale: scale, decimals: decimals)
                } catch {
                    throw error == .tooManyDecimals ? reader.fact.tooManyDecimals : reader.fact.outOfRange
                }
            }
        case .bools:
            each(column, rows) { _, data, place throws(ValueFlaw) in ArrowBits(data, from: 0)[place] ? 1 : 0 }
        case .days:
            each(column, rows) { _, data, place throws(ValueFlaw) in
                Int64(data.loadUnaligned(fromByteOffset: place * 4, as: Int32.self))
            }
        case .milliseconds:
            each(column, rows) { _, data, place throws(ValueFlaw) in
                let (days, rest) = data.loadUnaligned(fromByteOffset: place * 8, as: Int64.self)
                    .quotientAndRemainder(dividingBy: Self.day)
                guard rest == 0 else {
                    throw ValueFlaw(code: .badDate, message: "a day was expected, and this is a time within one")
                }
                return days
            }
        case .texts: readTexts(column, rows)
        case .textLists: readLists(column, rows)
        }
    }

    /// Each row by its place in the buffer of values.
    private mutating func each(
        _ column: ArrowColumn, _ rows: Range<Int>,
        _ value: (inout FactReader, UnsafeRawPointer, Int) throws(ValueFlaw) -> Int64
    ) {
        guard case .values(let data) = column.content else { return unknown(rows) }
        for row in rows {
            guard column.isKnown(row) else {
                values.append(FactColumn.unknown)
                continue
            }
            do throws(ValueFlaw) {
                let stored = try value(&self, data, column.start + row)
                guard stored != FactColumn.unknown else { throw fact.outOfRange }
                values.append(stored)
            } catch {
                fail(error)
            }
        }
    }

    private mutating func fail(_ flaw: ValueFlaw) {
        if flaws.count < Self.mostFlaws { flaws.append((values.count, flaw)) }
        values.append(FactColumn.unknown)
    }

    private mutating func unknown(_ rows: Range<Int>) {
        values.append(contentsOf: repeatElement(FactColumn.unknown, count: rows.count))
    }

    // MARK: Numbers

    private mutating func read(_ column: ArrowColumn, _ rows: Range<Int>, _ width: IntegerWidth, _ factor: Int64) {
        switch width {
        case .int8: read(column, rows, Int8.self, factor)
        case .int16: read(column, rows, Int16.self, factor)
        case .int32: read(column, rows, Int32.self, factor)
        case .int64: read(column, rows, Int64.self, factor)
        case .uint8: read(column, rows, UInt8.self, factor)
        case .uint16: read(column, rows, UInt16.self, factor)
        case .uint32: read(column, rows, UInt32.self, factor)
        case .uint64: read(column, rows, UInt64.self, factor)
        }
    }

    private mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
        _ column: ArrowColumn, _ rows: Range<Int>, _: Number.Type, _ factor: Int64
    ) {
        each(column, rows) { reader, data, place throws(ValueFlaw) in
            let number = data.loadUnaligned(fromByteOffset: place * MemoryLayout<Number>.size, as: Number.self)
            guard let exact = Int64(exactly: number),
                case (let value, false) = exact.multipliedReportingOverflow(by: factor)
            else { throw reader.fact.outOfRange }
            return value
        }
    }

    private mutating func stored(_ number: Int64) throws(ValueFlaw) -> Int64 {
        if let known = numbers[number] { return try known.get() }
        let fact = fact
        let result = Result { () throws(ValueFlaw) in try fact.stored(number: number) }
        if numbers.count < Self.kept { numbers[number] = result }
        return try result.get()
    }

    // MARK: Texts

    private mutating func readTexts(_ column: ArrowColumn, _ rows: Range<Int>) {
        if case .dictionary(_, _, let dictionary) = column.content, dictionary.count <= rows.count {
            return readCodes(column, rows, dictionary)
        }
        for row in rows {
            guard column.isKnown(row), let bytes = column.text(row) else {
                values.append(FactColumn.unknown)
                continue
            }
            do throws(ValueFlaw) {
                values.append(try stored(bytes, isSingle: false))
            } catch {
                fail(error)
            }
        }
    }

    /// Each text of a dictionary is read once, when a row has it.
    private mutating func readCodes(_ column: ArrowColumn, _ rows: Range<Int>, _ dictionary: ArrowColumn) {
        var read = [Result<Int64, ValueFlaw>?](repeating: nil, count: dictionary.count)
        for row in rows {
            guard column.isKnown(row), let index = column.index(row), read.indices.contains(index),
                dictionary.isKnown(index), let bytes = dictionary.text(index)
            else {
                values.append(FactColumn.unknown)
                continue
            }
            let result: Result<Int64, ValueFlaw>
            if let known = read[index] {
                result = known
            } else {
                do throws(ValueFlaw) {
                    result = .success(try stored(bytes, isSingle: false))
                } catch {
                    result = .failure(error)
                }
                read[index] = result
            }
            switch result {
            case .success(let value): values.append(value)
            case .failure(let flaw): fail(flaw)
            }
        }
    }

    private mutating func readLists(_ column: ArrowColumn, _ rows: Range<Int>) {
        guard case .lists(let lists, let entries) = column.content else { return unknown(rows) }
        for row in rows {
            guard column.isKnown(row) else {
                values.append(FactColumn.unknown)
                continue
            }
            do throws(ValueFlaw) {
                var set: Int64 = 0
                for entry in lists[column.start + row] {
                    guard entries.isKnown(entry), let bytes = entries.text(entry) else {
                        throw ValueFlaw(code: .wrongType, message: "a code was expected in the list, and this is null")
                    }
                    set |= try stored(bytes, isSingle: true)
                }
                values.append(set)
            } catch {
                fail(error)
            }
        }
    }

    /// The stored value of a text; of a list of codes each is single.
    private mutating func stored(_ bytes: UnsafeRawBufferPointer, isSingle: Bool) throws(ValueFlaw) -> Int64 {
        let text = try ArrowText.string(bytes)
        if let known = known[text] { return try known.get() }
        let fact = fact
        let result = Result { () throws(ValueFlaw) in
            isSingle ? try fact.stored(code: text) : try fact.stored(plain: text)
        }
        if known.count < Self.kept { known[text] = result }
        return try result.get()
    }
}

/// Texts of columns.
enum ArrowText {
    /// The longest text that any fact or id has reason to be.
    private static let longest = 4_096

    /// The text of some bytes, which must be UTF-8.
    static func string(_ bytes: UnsafeRawBufferPointer) throws(ValueFlaw) -> String {
        guard bytes.count <= longest else {
            throw ValueFlaw(code: .tooLarge, message: "a text of at most 4,096 bytes was expected")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ValueFlaw(code: .invalidUTF8, message: "text in UTF-8 was expected")
        }
        return text
    }
}
