/// The texts of an array, by their places in the buffers.
struct ArrowTexts: @unchecked Sendable {
    private let places: UnsafeRawPointer
    private let layout: TextLayout
    /// The bytes; of views several buffers.
    private let data: [UnsafeRawPointer?]

    /// The bytes of a view, and how long a text may be that stands in it.
    private static let view = (size: 16, inline: 12)

    init(_ parts: ArrowParts, _ layout: TextLayout, _ isKnown: ArrowBits) throws(ArrowFlaw) {
        self.layout = layout
        switch layout {
        case .small, .large:
            try parts.expect(buffers: 3, children: 0)
            let data = parts.optional(2)
            places = try parts.required(1)
            self.data = [data]
            let offsets = ArrowOffsets(places, isLarge: layout == .large)
            try offsets.check(parts, upTo: .max)
            if data == nil, parts.length > 0, offsets[parts.offset + parts.length] > offsets[parts.offset] {
                throw ArrowFlaw("buffer 2 is NULL")
            }
        case .view:
            try parts.expect(children: 0)
            guard parts.buffers >= 3 else {
                throw ArrowFlaw("it has \(parts.buffers) buffers, and 3 or more were expected")
            }
            places = try parts.required(1)
            data = (2..<(parts.buffers - 1)).map(parts.optional)
            try checkViews(parts, isKnown)
        }
    }

    private func checkViews(_ parts: ArrowParts, _ isKnown: ArrowBits) throws(ArrowFlaw) {
        let sizes = parts.optional(parts.buffers - 1)
        guard data.isEmpty || sizes != nil else { throw ArrowFlaw("the sizes of its buffers are NULL") }
        for row in 0..<parts.length where isKnown[row] {
            let view = View(places, parts.offset + row)
            guard view.length >= 0 else { throw ArrowFlaw("the view of row \(row) has a length below 0") }
            guard view.length > Self.view.inline else { continue }
            guard data.indices.contains(view.buffer), data[view.buffer] != nil, view.offset >= 0,
                let size = sizes?.loadUnaligned(fromByteOffset: view.buffer * 8, as: Int64.self),
                Int64(view.offset) + Int64(view.length) <= size
            else { throw ArrowFlaw("the view of row \(row) lies outside its buffer") }
        }
    }

    /// The bytes of a text that is known.
    subscript(place: Int) -> UnsafeRawBufferPointer {
        switch layout {
        case .small, .large:
            let offsets = ArrowOffsets(places, isLarge: layout == .large)
            let (first, end) = (offsets[place], offsets[place + 1])
            return UnsafeRawBufferPointer(start: data[0].map { $0 + first }, count: end - first)
        case .view:
            let view = View(places, place)
            guard view.length > Self.view.inline else {
                return UnsafeRawBufferPointer(start: places + place * Self.view.size + 4, count: view.length)
            }
            return UnsafeRawBufferPointer(start: data[view.buffer].map { $0 + view.offset }, count: view.length)
        }
    }

    /// A text of a view: its length, and where it stands if it is long.
    private struct View {
        let length: Int
        let buffer: Int
        let offset: Int

        init(_ views: UnsafeRawPointer, _ place: Int) {
            func number(_ field: Int) -> Int {
                Int(views.loadUnaligned(fromByteOffset: place * ArrowTexts.view.size + field, as: Int32.self))
            }
            (length, buffer, offset) = (number(0), number(8), number(12))
        }
    }
}

/// Offsets of 32 or 64 bits: where each row begins, and behind the last row its end.
struct ArrowOffsets: @unchecked Sendable {
    private let offsets: UnsafeRawPointer
    private let isLarge: Bool

    init(_ offsets: UnsafeRawPointer, isLarge: Bool) { (self.offsets, self.isLarge) = (offsets, isLarge) }

    subscript(place: Int) -> Int {
        isLarge
            ? Int(offsets.loadUnaligned(fromByteOffset: place * 8, as: Int64.self))
            : Int(offsets.loadUnaligned(fromByteOffset: place * 4, as: Int32.self))
    }

    /// Offsets must not begin below 0, not go down, and not end beyond a limit.
    func check(_ parts: ArrowParts, upTo limit: Int) throws(ArrowFlaw) {
        guard parts.length > 0 else { return }
        var last = self[parts.offset]
        guard last >= 0 else { throw ArrowFlaw("its first offset is below 0") }
        for row in 0..<parts.length {
            let next = self[parts.offset + row + 1]
            guard next >= last else { throw ArrowFlaw("the offsets go down at row \(row)") }
            last = next
        }
        guard last <= limit else { throw ArrowFlaw("its last offset is \(last), and there are \(limit) entries") }
    }
}

/// The lists of an array, by their places in the buffers.
struct ArrowLists: @unchecked Sendable {
    private let offsets: ArrowOffsets
    /// Of views; else the next list begins where one ends.
    private let sizes: ArrowOffsets?

    /// Every list that is known lies within so many entries.
    init(_ parts: ArrowParts, _ layout: ListLayout, entries: Int, _ isKnown: ArrowBits) throws(ArrowFlaw) {
        let isView = layout == .view || layout == .largeView
        let isLarge = layout == .large || layout == .largeView
        try parts.expect(buffers: isView ? 3 : 2, children: 1)
        offsets = ArrowOffsets(try parts.required(1), isLarge: isLarge)
        guard isView else {
            sizes = nil
            try offsets.check(parts, upTo: entries)
            return
        }
        let sizes = ArrowOffsets(try parts.required(2), isLarge: isLarge)
        self.sizes = sizes
        for row in 0..<parts.length where isKnown[row] {
            let (first, size) = (offsets[parts.offset + row], sizes[parts.offset + row])
            guard first >= 0, size >= 0, first <= entries, size <= entries - first else {
                throw ArrowFlaw("the list of row \(row) lies outside the \(entries) entries")
            }
        }
    }

    /// The entries of a list that is known.
    subscript(place: Int) -> Range<Int> {
        let first = offsets[place]
        return first..<(sizes.map { first + $0[place] } ?? offsets[place + 1])
    }
}
