import CJiuzhu

/// The type of a column of an answer.
struct MadeField: Sendable {
    let name: String
    let format: String
    var isNullable = true
    var children: [MadeField] = []
    var dictionary: [MadeField] = []

    static func text(_ name: String, isNullable: Bool = true) -> MadeField {
        MadeField(name: name, format: "u", isNullable: isNullable)
    }

    static func number(_ name: String) -> MadeField { MadeField(name: name, format: "l") }

    /// Texts by numbers of 8 bits.
    static func code(_ name: String) -> MadeField {
        MadeField(name: name, format: "c", dictionary: [.text("", isNullable: false)])
    }

    /// Texts by numbers of 32 bits.
    static func word(_ name: String) -> MadeField {
        MadeField(name: name, format: "i", dictionary: [.text("", isNullable: false)])
    }

    static func texts(_ name: String) -> MadeField {
        MadeField(name: name, format: "+l", isNullable: false, children: [.text("item", isNullable: false)])
    }

    /// Rows of columns.
    static func rows(_ columns: [MadeField]) -> MadeField {
        MadeField(name: "", format: "+s", isNullable: false, children: columns)
    }

    /// The schema for a consumer, who releases it.
    func handOver() -> ArrowSchema {
        var schema = ArrowSchema()
        let held = HandedSchema(format, name, children.map { $0.handOver() }, dictionary.first?.handOver())
        schema.format = UnsafePointer(held.format)
        schema.name = UnsafePointer(held.name)
        schema.flags = isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0
        schema.n_children = Int64(children.count)
        schema.children = held.children
        schema.dictionary = held.dictionary
        schema.private_data = Unmanaged.passRetained(held).toOpaque()
        schema.release = { schema in
            guard let schema, let held = schema.pointee.private_data else { return }
            schema.pointee.release = nil
            schema.pointee.private_data = nil
            Unmanaged<HandedSchema>.fromOpaque(held).release()
        }
        return schema
    }
}

/// What a schema that was handed over holds until it is released.
private final class HandedSchema {
    let format: UnsafeMutablePointer<CChar>
    let name: UnsafeMutablePointer<CChar>
    let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>?
    let dictionary: UnsafeMutablePointer<ArrowSchema>?
    private let childCount: Int

    init(_ format: String, _ name: String, _ children: [ArrowSchema], _ dictionary: ArrowSchema?) {
        self.format = Handed.text(format)
        self.name = Handed.text(name)
        self.children = Handed.pointers(children)
        childCount = children.count
        self.dictionary = dictionary.map(Handed.pointer)
    }

    deinit {
        format.deallocate()
        name.deallocate()
        for place in 0..<childCount { Self.release(children?[place]) }
        children?.deallocate()
        Self.release(dictionary)
    }

    private static func release(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
        guard let schema else { return }
        schema.pointee.release?(schema)
        schema.deallocate()
    }
}
