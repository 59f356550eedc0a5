/// What a shared library in the ELF form says of itself, read without executing any of it.
///
/// It guards against mistakes: that a library was made for another machine, or would bring others along from where its
/// author had them. Whom to trust is what the expected digest says.
struct LibraryImage {
    private let bytes: [UInt8]
    /// What is loaded where: the first address in memory, the place in the file, and how many bytes of it.
    private var segments: [(address: UInt64, offset: UInt64, size: UInt64)] = []
    private var entries: [(tag: UInt64, value: UInt64)] = []

    private enum Tag {
        static let needed: UInt64 = 1
        static let texts: UInt64 = 5
        static let textSize: UInt64 = 10
        static let name: UInt64 = 14
        static let runPaths: [(tag: UInt64, name: String)] = [(15, "RPATH"), (29, "RUNPATH")]
        /// What makes the linker bring further libraries along, or watch over others.
        static let companions: [(tag: UInt64, name: String)] = [
            (0x6FFF_FEFA, "CONFIG"), (0x6FFF_FEFB, "DEPAUDIT"), (0x6FFF_FEFC, "AUDIT"), (0x7FFF_FFFD, "AUXILIARY"),
            (0x7FFF_FFFF, "FILTER"),
        ]
    }

    #if arch(x86_64)
        private static let machine: (number: UInt64, name: String)? = (62, "x86-64")
    #elseif arch(arm64)
        private static let machine: (number: UInt64, name: String)? = (183, "AArch64")
    #else
        private static let machine: (number: UInt64, name: String)? = nil
    #endif

    /// Checks the bytes of a plugin.
    static func check(_ bytes: [UInt8]) throws(PluginRefusal) {
        let image = try LibraryImage(bytes)
        try image.checkDependencies()
    }

    private init(_ bytes: [UInt8]) throws(PluginRefusal) {
        self.bytes = bytes
        guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else {
            throw PluginRefusal(.notALibrary, "the file is no shared library: it does not begin as ELF files do")
        }
        guard let kind = number(at: 4, size: 1), let order = number(at: 5, size: 1), kind == 2, order == 1 else {
            throw PluginRefusal(
                .notALibrary, "the library is not for this machine", expected: "64 bits, the least byte first")
        }
        guard let made = number(at: 18, size: 2), let machine = Self.machine, made == machine.number else {
            let found = number(at: 18, size: 2).map { "machine \($0)" }
            throw PluginRefusal(
                .notALibrary, "the library is not for this machine",
                expected: Self.machine.map { "\($0.name), machine \($0.number)" }, found: found)
        }
        guard number(at: 16, size: 2) == 3 else {
            throw PluginRefusal(.notALibrary, "the file is a program or a part of one, and no shared library")
        }
        try readSegments()
    }

    private mutating func readSegments() throws(PluginRefusal) {
        guard let table = number(at: 32, size: 8), let size = number(at: 54, size: 2), size >= 56,
            let count = number(at: 56, size: 2)
        else { throw Self.cutShort }
        var dynamic: [(address: UInt64, size: UInt64)] = []
        for place in 0..<count {
            let (start, overflow) = table.addingReportingOverflow(place * size)
            guard !overflow, let type = number(at: start, size: 4), let offset = number(at: start, plus: 8),
                let address = number(at: start, plus: 16), let length = number(at: start, plus: 32)
            else { throw Self.cutShort }
            if type == 1 { segments.append((address, offset, length)) }
            if type == 2 { dynamic.append((address, length)) }
        }
        guard let table = dynamic.first, dynamic.count == 1 else {
            throw PluginRefusal(.notALibrary, "the file is no shared library: it has no table for the linker")
        }
        var place: UInt64 = 0
        // As the linker does: by its address, to the entry that ends it.
        while place + 16 <= table.size {
            let (address, overflow) = table.address.addingReportingOverflow(place)
            guard !overflow, let start = fileOffset(of: address), let tag = number(at: start, size: 8),
                let value = number(at: start, plus: 8)
            else { throw Self.cutShort }
            if tag == 0 { return }
            entries.append((tag, value))
            place += 16
        }
    }

    private func checkDependencies() throws(PluginRefusal) {
        for (tag, name) in Tag.runPaths {
            if let entry = entries.first(where: { $0.tag == tag }) {
                throw PluginRefusal(
                    .libraryPath,
                    "it says itself where its libraries lie (\(name)); build it without -rpath, and install what it needs in the system's folders",
                    found: text(entry.value))
            }
        }
        for (tag, name) in Tag.companions where entries.contains(where: { $0.tag == tag }) {
            throw PluginRefusal(.libraryPath, "it brings other libraries along (\(name)), which a plugin must not")
        }
        for (tag, value) in entries where tag == Tag.needed || tag == Tag.name {
            guard let name = text(value) else { throw Self.cutShort }
            guard !name.utf8.contains(UInt8(ascii: "/")) else {
                throw PluginRefusal(
                    .libraryPath,
                    tag == Tag.needed
                        ? "it needs a library by its path; only those of the system's folders may be needed"
                        : "its own name (SONAME) is a path, by which another library could be mistaken for it",
                    expected: "a name without '/'", found: name)
            }
        }
    }

    private static var cutShort: PluginRefusal {
        PluginRefusal(.notALibrary, "the file is no shared library, or only a part of one: a table lies beyond its end")
    }

    // MARK: Bytes

    /// A number of some bytes, the least first; nil beyond the end.
    private func number(at offset: UInt64, size: Int) -> UInt64? {
        guard let start = Int(exactly: offset), start <= bytes.count - size else { return nil }
        var number: UInt64 = 0
        for place in (0..<size).reversed() { number = number << 8 | UInt64(bytes[start + place]) }
        return number
    }

    /// A number of eight bytes behind a place.
    private func number(at offset: UInt64, plus distance: UInt64) -> UInt64? {
        let (place, overflow) = offset.addingReportingOverflow(distance)
        return overflow ? nil : number(at: place, size: 8)
    }

    /// Where the byte of an address stands in the file; nil where none does.
    private func fileOffset(of address: UInt64) -> UInt64? {
        for segment in segments where address >= segment.address && address - segment.address < segment.size {
            let (offset, overflow) = segment.offset.addingReportingOverflow(address - segment.address)
            return overflow ? nil : offset
        }
        return nil
    }

    /// A text of the linker's texts; nil where it is none.
    private func text(_ place: UInt64) -> String? {
        guard let texts = entries.first(where: { $0.tag == Tag.texts })?.value,
            let size = entries.first(where: { $0.tag == Tag.textSize })?.value, place < size,
            let start = fileOffset(of: texts).flatMap({ Int(exactly: $0) }), let place = Int(exactly: place),
            let size = Int(exactly: size), start <= bytes.count, size <= bytes.count - start
        else { return nil }
        let rest = bytes[(start + place)..<(start + size)]
        guard let end = rest.firstIndex(of: 0) else { return nil }
        return String(validating: rest[..<end], as: UTF8.self)
    }
}
