import AssistanceCore
import AssistanceEngine
import CJiuzhu

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads what callers hand over: nothing of it is trusted.
enum Argument {
    /// As a size: the text ends at its first NUL.
    private static let upToNUL = -1

    /// The bytes of a text.
    ///
    /// - Parameters:
    ///   - name: What the argument is called in messages.
    ///   - limit: The most bytes; a text that has more is not read.
    static func bytes(
        _ data: UnsafeRawPointer?, _ size: Int, _ name: String, limit: Int
    ) throws(Failure) -> UnsafeRawBufferPointer {
        guard let data else {
            guard size == 0 else { throw Failure(JZ_E_ARGUMENT, "\(name) is NULL") }
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        guard size != upToNUL else {
            let count = strnlen(data.assumingMemoryBound(to: CChar.self), limit + 1)
            guard count <= limit else { throw tooLong(name, limit) }
            return UnsafeRawBufferPointer(start: data, count: count)
        }
        guard size >= 0, size <= limit else { throw tooLong(name, limit) }
        return UnsafeRawBufferPointer(start: data, count: size)
    }

    /// A text of UTF-8.
    static func text(
        _ data: UnsafePointer<CChar>?, _ size: Int, _ name: String, limit: Int = 4_096
    ) throws(Failure) -> String {
        let bytes = try bytes(data, size, name, limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(JZ_E_ARGUMENT, "\(name) is not valid UTF-8")
        }
        return text
    }

    private static func tooLong(_ name: String, _ limit: Int) -> Failure {
        Failure(JZ_E_LIMIT, "\(name) has more than \(limit) bytes, or no end")
    }

    /// An out-parameter that must not be NULL.
    static func out<Value>(
        _ pointer: UnsafeMutablePointer<Value>?, _ name: String = "out"
    ) throws(Failure) -> UnsafeMutablePointer<Value> {
        guard let pointer else { throw Failure(JZ_E_ARGUMENT, "\(name) is NULL") }
        return pointer
    }

    // MARK: Structs

    /// The most bytes a struct may say it has.
    private static let structLimit: UInt32 = 4_096

    /// The size that a caller's struct says it has, at least that of its first version.
    private static func size<Struct: SizedStruct>(of pointer: UnsafePointer<Struct>) throws(Failure) -> Int {
        let said = UnsafeRawPointer(pointer).loadUnaligned(as: UInt32.self)
        guard (Struct.firstSize...structLimit).contains(said) else {
            throw Failure(
                JZ_E_ARGUMENT,
                "struct_size of \(Struct.name) is \(said), and at least \(Struct.firstSize) was expected; use its initialiser"
            )
        }
        return Int(said)
    }

    /// A copy of a struct of options: what the caller's has not is zero. NULL where the options are left out is
    /// `standard`.
    static func options<Options: SizedStruct>(
        _ pointer: UnsafePointer<Options>?, standard: Options
    ) throws(Failure) -> Options {
        guard let pointer else { return standard }
        let said = try size(of: pointer)
        let raw = UnsafeRawPointer(pointer)
        for place in min(said, MemoryLayout<Options>.size)..<said
        where raw.load(fromByteOffset: place, as: UInt8.self) != 0 {
            throw Failure(
                JZ_E_ARGUMENT, "\(Options.name) asks for something that this version of the library does not know")
        }
        var result = standard
        withUnsafeMutableBytes(of: &result) { bytes in
            bytes.initializeMemory(as: UInt8.self, repeating: 0)
            bytes.copyMemory(from: UnsafeRawBufferPointer(start: raw, count: min(said, bytes.count)))
        }
        return result
    }

    /// Writes a struct of an answer, as much of it as the caller's has.
    static func write<Info: SizedStruct>(_ info: Info, to pointer: UnsafeMutablePointer<Info>?) throws(Failure) {
        let pointer = try out(pointer)
        let said = try size(of: UnsafePointer(pointer))
        let sizeField = MemoryLayout<UInt32>.size
        withUnsafeBytes(of: info) { bytes in
            guard let start = bytes.baseAddress else { return }
            let count = min(said, bytes.count) - sizeField
            UnsafeMutableRawPointer(pointer).advanced(by: sizeField)
                .copyMemory(from: start.advanced(by: sizeField), byteCount: count)
        }
    }

    // MARK: Values

    /// A day such as 20260601; nil for 0.
    static func day(_ number: Int32, _ name: String) throws(Failure) -> CalendarDate? {
        guard number != 0 else { return nil }
        guard number > 0,
            let day = CalendarDate(year: Int(number / 10_000), month: Int(number / 100 % 100), day: Int(number % 100))
        else {
            throw Failure(
                JZ_E_ARGUMENT, "\(name) is \(number), and a day of the calendar such as 20260601 was expected")
        }
        return day
    }

    /// Flags of which only some are known.
    static func flags(_ flags: UInt32, among known: UInt32, _ name: String) throws(Failure) {
        guard flags & ~known == 0 else {
            throw Failure(JZ_E_ARGUMENT, "\(name) has flags that this version of the library does not know")
        }
    }

    /// One of two languages.
    static func language(_ number: Int32) throws(Failure) -> Language {
        switch number {
        case JZ_CHINESE: .chinese
        case JZ_ENGLISH: .english
        default: throw Failure(JZ_E_ARGUMENT, "language is \(number), and JZ_CHINESE or JZ_ENGLISH was expected")
        }
    }
}
