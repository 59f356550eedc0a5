import BenchLoop

@testable import BenchOne

/// The loop in C over columns in memory.
enum BenchLoopRun {
    static func results(_ columns: RawColumns, _ figures: Figures) -> BenchResults {
        let results = BenchResults(households: columns.households)
        var rows = bench_columns()
        var kept: [UnsafeMutableRawPointer] = []
        defer { for memory in kept { memory.deallocate() } }
        func copied<Number>(_ numbers: [Number]) -> UnsafePointer<Number> {
            let memory = UnsafeMutablePointer<Number>.allocate(capacity: max(1, numbers.count))
            memory.initialize(from: numbers, count: numbers.count)
            kept.append(UnsafeMutableRawPointer(memory))
            return UnsafePointer(memory)
        }
        func bytes(_ name: String) -> UnsafePointer<UInt8> {
            if case .bytes(let values)? = columns.columns[name] { copied(values) } else { copied([]) }
        }
        func longs(_ name: String) -> UnsafePointer<Int64> {
            if case .longs(let values)? = columns.columns[name] { copied(values) } else { copied([]) }
        }
        rows.households = columns.households
        rows.offsets = copied(columns.offsets)
        rows.age = bytes("p_age")
        rows.disability_grade = bytes("p_disability_grade")
        rows.severe_illness = bytes("p_severe_illness")
        rows.student_stage = bytes("p_student_stage")
        rows.can_work = bytes("p_can_work")
        rows.cares = bytes("p_cares")
        rows.no_supporter = bytes("p_no_supporter")
        rows.monthly_income = longs("p_monthly_income_fen")
        rows.medical_oop = longs("p_medical_oop_fen")
        rows.region = bytes("h_region")
        rows.urban = bytes("h_urban")
        rows.vehicles = bytes("h_vehicles")
        rows.houses = bytes("h_houses")
        rows.house_grade = bytes("h_house_grade")
        rows.deposits = longs("h_deposits_fen")
        if case .shorts(let values)? = columns.columns["h_heating_m2"] { rows.heating_m2 = copied(values) }

        var numbers = bench_figures()
        withUnsafeMutableBytes(of: &numbers) { memory in
            let all =
                figures.standard.flatMap { $0 } + figures.minimumWage + figures.disposable + figures.heatPrice
                + figures.grantYuan.map { $0 * 100 } + [figures.ruralFuel, figures.fuelIndex] + figures.fuelIndexBounds
            for (place, number) in all.enumerated() {
                memory.storeBytes(of: number, toByteOffset: place * 8, as: Int64.self)
            }
        }
        var sums = bench_results()
        withUnsafeMutableBytes(of: &sums.amounts) { memory in
            for (place, column) in results.amounts.enumerated() {
                memory.storeBytes(of: column, toByteOffset: place * 8, as: UnsafeMutablePointer<Int64>.self)
            }
        }
        sums.flags = results.flags
        bench_loop(&numbers, &rows, 0, columns.households, &sums)
        return results
    }
}
