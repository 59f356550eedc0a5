/// Draws the data of bench-1: whole numbers only, each from its column and row alone, so that the same number of households
/// has the same bytes everywhere, and fewer households are the first of more.
struct Generator {
    /// The seed of the reference sums.
    static let usualSeed: UInt64 = 0x5_DEEC_E66D_2026

    let seed: UInt64

    /// 32 bits for a row of a column, mixed as splitmix64 does it.
    private func draw(_ column: UInt64, _ row: Int) -> UInt64 {
        var mixed = ((column << 40) &+ UInt64(row)) &* 0x9E37_79B9_7F4A_7C15 &+ seed
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) >> 32
    }

    /// A number from 0 to one less than `count`.
    private func below(_ count: Int, _ column: UInt64, _ row: Int) -> Int {
        Int((draw(column, row) &* UInt64(count)) >> 32)
    }

    private func between(_ least: Int, _ most: Int, _ column: UInt64, _ row: Int) -> Int {
        least + below(most - least + 1, column, row)
    }

    /// How many cuts a number of a thousand has reached.
    private func step(_ number: Int, _ cuts: [Int]) -> Int { cuts.count { number >= $0 } }

    /// The columns of so many households.
    func columns(_ count: Int) -> RawColumns {
        var households = (0..<count).map { household($0) }
        var members: [Member] = []
        var result = RawColumns()
        for place in households.indices {
            for position in 0..<households[place].size {
                members.append(member(members.count, position, households[place].wealth))
            }
            result.offsets.append(UInt32(members.count))
        }
        func bytes(_ value: (Member) -> Int) -> RawColumn { .bytes(members.map { UInt8(value($0)) }) }
        func longs(_ value: (Member) -> Int) -> RawColumn { .longs(members.map { Int64(value($0)) }) }
        result.columns = [
            "p_age": bytes(\.age), "p_disability_grade": bytes(\.disability),
            "p_severe_illness": bytes { $0.isIll ? 1 : 0 }, "p_student_stage": bytes(\.stage),
            "p_can_work": bytes { $0.canWork ? 1 : 0 }, "p_cares": bytes(\.cares),
            "p_no_supporter": bytes { $0.hasNoSupporter ? 1 : 0 }, "p_monthly_income_fen": longs(\.income),
            "p_medical_oop_fen": longs(\.cost),
        ]
        members = []
        func bytes(_ value: (Household) -> Int) -> RawColumn { .bytes(households.map { UInt8(value($0)) }) }
        result.columns.merge(
            [
                "h_region": bytes(\.region), "h_urban": bytes(\.urban), "h_vehicles": bytes(\.vehicles),
                "h_houses": bytes(\.houses), "h_house_grade": bytes(\.houseGrade),
                "h_deposits_fen": .longs(households.map { Int64($0.deposits) }),
                "h_heating_m2": .shorts(households.map { UInt16($0.heating) }),
            ], uniquingKeysWith: { first, _ in first })
        households = []
        return result
    }

    // MARK: Households

    private struct Household {
        let size: Int
        /// 0 poor, 1 low, 2 middle; it shows in no column.
        let wealth: Int
        let region, urban, deposits, vehicles, houses, houseGrade, heating: Int
    }

    private func household(_ row: Int) -> Household {
        let wealth = step(below(1_000, 2, row), [300, 550])
        let vehicles = below(1_000, 6, row)
        let danger = below(1_000, 8, row)
        return Household(
            size: 1 + step(below(1_000, 1, row), [240, 510, 770, 920, 970]), wealth: wealth,
            region: below(14, 3, row), urban: below(1_000, 4, row) < 450 ? 1 : 0,
            deposits: below([3_000_001, 10_000_001, 40_000_001][wealth], 5, row),
            vehicles: (vehicles < [30, 120, 450][wealth] ? 1 : 0) + (vehicles < [0, 5, 50][wealth] ? 1 : 0),
            houses: step(below(1_000, 7, row), [100, 850, 970]), houseGrade: danger < 80 ? 1 : danger < 120 ? 2 : 0,
            heating: between(20, 140, 9, row))
    }

    // MARK: Members

    private struct Member {
        let age, disability, stage, cares, income, cost: Int
        let isIll, canWork, hasNoSupporter: Bool
    }

    private func member(_ row: Int, _ position: Int, _ wealth: Int) -> Member {
        let age = age(row, position)
        let disability = step(below(1_000, 22, row), [880, 905, 940, 970])
        let isDisabled = disability == 1 || disability == 2
        let isIll = below(1_000, 23, row) < 40
        let stage = stage(row, age)
        let canWork =
            (16...59).contains(age) && !isDisabled && !isIll && stage == 0 && below(1_000, 25, row) < 880
        return Member(
            age: age, disability: disability, stage: stage,
            cares: age >= 60 || isDisabled ? step(below(1_000, 32, row), [600, 850]) : 0,
            income: income(row, age, canWork, wealth), cost: cost(row, isDisabled, isIll), isIll: isIll,
            canWork: canWork, hasNoSupporter: hasNoSupporter(row, age, isDisabled && !canWork, wealth))
    }

    private func age(_ row: Int, _ position: Int) -> Int {
        switch position {
        case 0: between(22, 85, 21, row)
        case 1: between(20, 80, 21, row)
        default: below(1_000, 20, row) < 400 ? between(18, 90, 21, row) : between(0, 24, 21, row)
        }
    }

    private func stage(_ row: Int, _ age: Int) -> Int {
        let chance = below(1_000, 24, row)
        return switch age {
        case 3...5 where chance < 900: 1
        case 6...14: 2
        case 15...17 where chance < 850: 3
        case 18...22 where chance < 500: 4
        default: 0
        }
    }

    private func income(_ row: Int, _ age: Int, _ canWork: Bool, _ wealth: Int) -> Int {
        let chance = below(1_000, 26, row)
        if canWork {
            guard chance < [550, 800, 950][wealth] else { return 0 }
            return between([30_000, 120_000, 300_000][wealth], [180_000, 400_000, 1_500_000][wealth], 27, row)
        }
        if age >= 60 {
            guard chance < 850 else { return 0 }
            return between([8_000, 20_000, 80_000][wealth], [60_000, 200_000, 600_000][wealth], 28, row)
        }
        return age >= 16 && chance < 300 ? below(50_001, 29, row) : 0
    }

    private func cost(_ row: Int, _ isDisabled: Bool, _ isIll: Bool) -> Int {
        if isIll { return between(500_000, 20_000_000, 31, row) }
        if isDisabled { return between(0, 2_000_000, 31, row) }
        let chance = below(1_000, 30, row)
        return between(0, chance < 700 ? 200_000 : chance < 950 ? 800_000 : 12_000_000, 31, row)
    }

    private func hasNoSupporter(_ row: Int, _ age: Int, _ cannotWork: Bool, _ wealth: Int) -> Bool {
        let chance = below(1_000, 33, row)
        if age >= 60 { return chance < [120, 60, 20][wealth] }
        if cannotWork { return chance < 150 }
        return age < 16 && chance < 10
    }
}
