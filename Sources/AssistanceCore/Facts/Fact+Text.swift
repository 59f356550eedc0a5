extension Fact {
    /// A stored value as a household file says it: a code's name, a day, a number without needless zeros. Several codes
    /// are several texts.
    public func texts(of stored: Int64) -> [String] {
        switch type {
        case .code(let list): return [list[Int(clamping: stored)]?.name ?? ""]
        case .codes(let list):
            return list.codes.indices.filter { stored >> Int64($0) & 1 == 1 }.map { list.codes[$0].name }
        case .yesNo: return [stored == 0 ? "false" : "true"]
        case .date: return [CalendarDate(days: Int(clamping: stored))?.iso ?? ""]
        case .count: return [String(stored)]
        case .amount:
            return [
                stored % FactType.amountScale == 0 ? String(stored / FactType.amountScale) : Money(fen: stored).text
            ]
        case .division: return [DivisionCode(number: stored)?.text ?? ""]
        }
    }
}
