/// Memory of tables, which is never given back: the host reads tables as long as the process lives.
enum Lasting {
    /// A text that ends in a NUL.
    static func text(_ text: String) -> UnsafePointer<CChar> {
        UnsafePointer(array(text.utf8.map { CChar(bitPattern: $0) } + [0]))
    }

    /// A value.
    static func value<Value>(_ value: Value) -> UnsafePointer<Value> { array([value]) }

    /// Values one behind the other.
    static func array<Value>(_ values: [Value]) -> UnsafePointer<Value> {
        let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
        for (place, value) in values.enumerated() { (memory + place).initialize(to: value) }
        return UnsafePointer(memory)
    }

    /// Values one behind the other, as C has an array of pointers.
    static func array<Value>(_ values: [UnsafePointer<Value>]) -> UnsafePointer<UnsafePointer<Value>?> {
        array(values.map(Optional.some))
    }
}

/// A value that C holds as a pointer.
final class Box<Value> {
    let value: Value

    init(_ value: Value) { self.value = value }

    /// A pointer that holds it until somebody releases that.
    func held() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

    /// The value behind such a pointer; nil for none. It has to be of the type that the box was made with.
    static func value(behind pointer: UnsafeMutableRawPointer?) -> Value? {
        pointer.map { Unmanaged<Box<Value>>.fromOpaque($0).takeUnretainedValue().value }
    }
}
