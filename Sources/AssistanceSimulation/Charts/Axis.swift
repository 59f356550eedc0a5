/// Places along an axis of a chart, in pixels; whole numbers go in, so that no rounding of money is seen as money.
struct Axis {
    private let lowest: Int128
    private let highest: Int128
    private let from: Int
    private let to: Int

    /// An axis over values, from one pixel to another.
    init(_ lowest: Int128, _ highest: Int128, from: Int, to: Int) {
        self.lowest = lowest
        self.highest = max(highest, lowest + 1)
        self.from = from
        self.to = to
    }

    /// The pixel of a value, to a tenth.
    func pixel(_ value: Int128) -> String {
        let tenths = Int128(from) * 10 + (value - lowest) * Int128(to - from) * 10 / (highest - lowest)
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }

    /// Round values to mark, at most about so many.
    func ticks(_ count: Int128) -> [Int128] {
        var step: Int128 = 1
        let span = highest - lowest
        while span / step > count {
            let digits = String(step)
            step = digits.hasPrefix("1") ? step * 2 : digits.hasPrefix("2") ? step / 2 * 5 : step * 2
        }
        let first = (lowest >= 0 ? (lowest + step - 1) / step : lowest / step) * step
        return Array(sequence(first: first) { $0 + step <= highest ? $0 + step : nil })
    }
}
