import AssistanceCore
import AssistancePolicy
import BenchLoop

/// The figures of bench-1, in fen but where said: what a parameter file holds.
struct Figures {
    /// By region, rural and urban.
    var standard: [[Int64]]
    /// By region.
    var minimumWage, disposable, heatPrice: [Int64]
    /// By stage of study, in yuan.
    var grantYuan: [Int64]
    var ruralFuel: Int64
    /// In hundredths of a percent, and between which bounds it counts.
    var fuelIndex: Int64
    var fuelIndexBounds: [Int64]

    /// Reads a file in the form of `params.json`.
    init(_ path: String) throws(BenchProblem) {
        guard let bytes = PolicyFiles.read(path) else { throw BenchProblem("\(path) cannot be read") }
        let node: JSONNode
        do {
            var tokens = JSONScanner(bytes, file: path)
            node = try JSONNode.read(try tokens.next(), &tokens)
        } catch {
            throw BenchProblem("\(error)")
        }
        func numbers(_ node: JSONNode?, _ count: Int, _ key: String) throws(BenchProblem) -> [Int64] {
            let numbers = (node?.items ?? []).compactMap(Self.number)
            guard numbers.count == count, node?.items?.count == count else {
                throw BenchProblem("\(path): '\(key)' is a list of \(count) whole numbers from 0 to 10000000000")
            }
            return numbers
        }
        func number(_ key: String) throws(BenchProblem) -> Int64 {
            guard let number = node[key].flatMap(Self.number) else {
                throw BenchProblem("\(path): '\(key)' is a whole number from 0 to 10000000000")
            }
            return number
        }
        let regions = BENCH_REGIONS
        let rows = node["S"]?.items ?? []
        guard rows.count == regions else { throw BenchProblem("\(path): 'S' is a list of \(regions) pairs") }
        standard = []
        for row in rows { standard.append(try numbers(row, 2, "S")) }
        minimumWage = try numbers(node["W"], regions, "W")
        disposable = try numbers(node["D"], regions, "D")
        heatPrice = try numbers(node["heat_price"], regions, "heat_price")
        grantYuan = try numbers(node["grant_yuan"], BENCH_STAGES, "grant_yuan")
        ruralFuel = try number("rural_fuel_fen")
        fuelIndex = try number("fuel_index_bp")
        fuelIndexBounds = try numbers(node["fuel_index_clamp_bp"], 2, "fuel_index_clamp_bp")
    }

    private static func number(_ node: JSONNode) -> Int64? {
        guard case .number(let text) = node.content, let number = Int64(text), (0...10_000_000_000).contains(number)
        else {
            return nil
        }
        return number
    }

    // MARK: As policy

    /// The file of policy that says the same.
    var policy: [UInt8] {
        var lines = [
            "# The figures of bench-1, invented. What --params names is put in their place.", "area: 990000 试验省",
            "from: 2025-01-01", "source: bench-1", "", "figures:", "  standard:", "    unit: yuan/month", "    rows:",
        ]
        func region(_ place: Int) -> String { place < 10 ? "r0\(place)" : "r\(place)" }
        for (place, row) in standard.enumerated() {
            for (residence, fen) in zip(["rural", "urban"], row) {
                lines.append("      - {region: \(region(place)), residence: \(residence), is: \(Self.hundredths(fen))}")
            }
        }
        for (name, unit, figures) in [
            ("minimum_wage", "yuan/month", minimumWage), ("disposable", "yuan/year", disposable),
            ("heat_price", "yuan/m2", heatPrice),
        ] {
            lines += ["  \(name):", "    unit: \(unit)", "    rows:"]
            lines += figures.enumerated().map { "      - {region: \(region($0)), is: \(Self.hundredths($1))}" }
        }
        lines += zip(["none", "preschool", "compulsory", "senior", "university"], grantYuan).map {
            "  grant_\($0): \($1) yuan/year"
        }
        lines += ["  rural_fuel: \(Self.hundredths(ruralFuel)) yuan", "  fuel_index: \(Self.hundredths(fuelIndex))%"]
        lines += zip(["least", "most"], fuelIndexBounds).map { "  fuel_index_\($0): \(Self.hundredths($1))%" }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// A number of hundredths as a decimal.
    private static func hundredths(_ number: Int64) -> String {
        let (whole, rest) = number.quotientAndRemainder(dividingBy: 100)
        return rest == 0 ? "\(whole)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
