import AssistanceCore
import Glibc

/// One line about how far a long run is, on a terminal only: a bar, the rate, and what is left of the time.
final class ProgressLine {
    private let isShown: Bool
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var last: ContinuousClock.Instant
    private var width = 0

    /// The cells of the bar.
    private static let cells = 24

    /// A line that is not there yet; nothing is shown where standard error is no terminal.
    init(isQuiet: Bool) {
        isShown = !isQuiet && isatty(STDERR_FILENO) == 1
        start = clock.now
        last = start
    }

    /// Shows how far it is, four times a second at most.
    func show(_ households: Int, _ fraction: Double?) {
        guard isShown, clock.now - last > .milliseconds(250) else { return }
        last = clock.now
        write(Self.text(households, fraction, seconds: Self.seconds(last - start)))
    }

    /// Takes the line away.
    func clear() { if isShown, width > 0 { write("") } }

    private func write(_ text: String) {
        let line = "\r" + text + String(repeating: " ", count: max(0, width - text.count)) + (text.isEmpty ? "\r" : "")
        width = text.count
        _ = Console.writeAll(Array(line.utf8), to: STDERR_FILENO)
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// `[#####…] 42 %  1,200,000 households  85,000/s  0:19 left`
    static func text(_ households: Int, _ fraction: Double?, seconds: Double) -> String {
        let rate = Double(households) / max(0.001, seconds)
        var parts = ["\(grouped(households)) households", "\(grouped(Int(rate)))/s"]
        if let fraction {
            let part = min(1, max(0, fraction))
            let full = Int(part * Double(cells))
            let bar = String(repeating: "#", count: full) + String(repeating: ".", count: cells - full)
            parts.insert("[\(bar)] \(Int(part * 100)) %", at: 0)
            if part > 0.01 {
                let left = Int(seconds / part * (1 - part) + 0.5)
                let rest = left % 60
                parts.append("\(left / 60):\(rest < 10 ? "0" : "")\(rest) left")
            }
        }
        return parts.joined(separator: "  ")
    }

    private static func grouped(_ number: Int) -> String {
        Money(fen: Int64(number) * 100).grouped.dropLast(3).description
    }
}
