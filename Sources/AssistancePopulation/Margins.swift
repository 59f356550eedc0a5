/// The margins of the population: how often what occurs. All are invented (illustrative); docs/population.md gives them and
/// says which are set after a published figure. Shares are in thousandths unless they stand in `Shares`.
enum Margins {
    // MARK: Who lives together

    /// Town or country; about the share of towns that the nation's statistics give for 2024 (recalled).
    static let urban: Int64 = 660
    /// Persons of a household, after the census of 2020 (recalled).
    static let size = Shares<Int64>((254, 1), (297, 2), (210, 3), (132, 4), (64, 5), (43, 6))
    /// The age of the head of a household of one, of two, and of more.
    static let headOfOne = Shares<ClosedRange<Int64>>(
        (18, 22...29), (22, 30...49), (20, 50...59), (28, 60...74), (12, 75...92))
    static let headOfTwo = Shares<ClosedRange<Int64>>(
        (8, 24...34), (24, 35...49), (22, 50...59), (36, 60...74), (10, 75...88))
    static let headOfMore = Shares<ClosedRange<Int64>>((24, 26...34), (44, 35...49), (22, 50...59), (10, 60...72))
    /// A household of two is no couple but one parent with a child, or a child with one parent.
    static let singleParentOfTwo: Int64 = 220
    static let parentOfTwo: Int64 = 130
    /// A household of three and more has no spouse.
    static let singleParentOfMore: Int64 = 70
    /// A child of an age at which it could live alone stays at home as long as this.
    static let oldestChild: Int64 = 32

    // MARK: Body and mind

    /// Disabled below 18, to 59, and from 60.
    static let disabled: [Int64] = [12, 42, 130]
    static let disabilityKind = Shares<DisabilityKind>(
        (15, .vision), (24, .hearing), (2, .speech), (30, .limb), (7, .intellectual), (8, .mental), (14, .multiple))
    static let disabilityGrade = Shares<Int64>((13, 1), (17, 2), (30, 3), (40, 4))
    /// Seriously ill below 18, to 59, and from 60.
    static let seriouslyIll: [Int64] = [4, 14, 48]
    static let chronicallyIll: [Int64] = [10, 110, 480]
    /// Of six tasks, those not managed by who is severely disabled or 80 and more, and by others.
    static let tasksOfFrail = Shares<Int64>((45, 0), (15, 1), (12, 2), (10, 3), (7, 4), (5, 5), (6, 6))

    // MARK: School

    static let preschool: Int64 = 900
    static let upperSecondary = Shares<Study>((57, .senior), (38, .vocational), (5, .none))
    static let higher = Shares<Study>((28, .bachelor), (30, .college), (42, .none))
    static let postgraduate: Int64 = 60
    /// Fees of a year in yuan.
    static func fees(_ study: Study) -> ClosedRange<Int64> {
        switch study {
        case .none, .primary, .junior: 0...0
        case .preschool: 1_500...9_000
        case .senior: 800...2_400
        case .vocational: 0...1_200
        case .college, .bachelor: 4_500...8_500
        case .postgraduate: 8_000...10_000
        }
    }
    /// Boards at school.
    static func boards(_ study: Study) -> Int64 {
        switch study {
        case .none, .preschool: 0
        case .primary: 60
        case .junior: 260
        case .senior, .vocational: 620
        case .college, .bachelor, .postgraduate: 950
        }
    }

    // MARK: Work and income

    static let worksInTown: Int64 = 800
    static let worksInCountry: Int64 = 840
    static let jobOfTown = Shares<JobKind>((66, .employed), (22, .flexible), (11, .itself), (1, .post))
    static let jobOfCountry = Shares<JobKind>((30, .employed), (46, .flexible), (23, .itself), (1, .post))
    static let registeredUnemployed: Int64 = 300
    static let refusedThrice: Int64 = 12
    /// What the household earns, in per cent of the middle: it moves wages, business, pensions and assets alike.
    static let means = Shares<ClosedRange<Int64>>(
        (2, 8...25), (6, 25...50), (25, 50...90), (40, 90...140), (21, 140...240), (6, 240...600))
    /// The middle of a year's wages and of a business, in yuan.
    static let wagesOfTown: Int64 = 56_000
    static let wagesOfCountry: Int64 = 27_000
    static let pensioner: Int64 = 720
    static let pension: Int64 = 38_000
    static let basicPension: ClosedRange<Int64> = 1_300...2_600
    static let maintenance: Int64 = 550
    static let propertyIncome: Int64 = 90
    static let farmSubsidy: ClosedRange<Int64> = 200...1_400
    static let veteran: Int64 = 12
    static let monitored: Int64 = 8
    static let povertyRegister: Int64 = 70

    // MARK: Obligors, land, property and home

    /// Children who live elsewhere, of a person of 60 and more who was married; their family's income a head and month.
    static let childrenElsewhere = Shares<Int64>((22, 0), (34, 1), (28, 2), (16, 3))
    static let incomeOfObligors = Shares<ClosedRange<Int64>>((12, 200...900), (58, 900...3_500), (30, 3_500...9_000))
    static let plot: Int64 = 780
    /// What a mu yields in a year, in yuan: worked by the household, or let.
    static let yield: ClosedRange<Int64> = 300...900
    static let lease: ClosedRange<Int64> = 250...600
    /// Tenths of a mu.
    static let mu: ClosedRange<Int64> = 20...300
    static let landUse = Shares<LandUse>((62, .own), (33, .let), (5, .contracted))
    static let crop = Shares<Crop>((44, .corn), (24, .soybean), (14, .riceSurface), (4, .riceGround), (14, .other))
    /// Financial assets at the middle of the means, in yuan.
    static let assets = Shares<ClosedRange<Int64>>((40, 0...8_000), (40, 8_000...60_000), (20, 60_000...200_000))

    static let car: Int64 = 420
    static let secondHome: Int64 = 140
    static let registeredBusiness: Int64 = 30
    static let homeOfTown = Shares<HomeKind>((80, .owned), (12, .rented), (5, .public), (2, .borrowed), (1, .none))
    static let homeOfCountry = Shares<HomeKind>((94, .owned), (2, .rented), (1, .public), (2, .borrowed), (1, .none))
    static let dangerOfTown = Shares<HouseDanger>((84, .a), (14, .b), (1, .c), (1, .d))
    static let dangerOfCountry = Shares<HouseDanger>((62, .a), (30, .b), (5, .c), (3, .d))
    static let repaired: Int64 = 60
    static let heatingOfTown = Shares<Heating>((74, .network), (8, .stove), (10, .electric), (6, .gas), (2, .none))
    static let heatingOfCountry = Shares<Heating>((6, .network), (74, .stove), (11, .electric), (6, .gas), (3, .none))

    // MARK: Treatment

    /// Treated beyond the everyday: seriously ill, chronically ill, others.
    static let treated: [Int64] = [900, 260, 60]
    static let costOfSerious = Shares<ClosedRange<Int64>>(
        (40, 8_000...30_000), (35, 30_000...80_000), (20, 80_000...200_000), (5, 200_000...600_000))
    static let costOfOther = Shares<ClosedRange<Int64>>((70, 300...6_000), (25, 6_000...20_000), (5, 20_000...60_000))
    static let hospital = Shares<HospitalLevel>((25, .one), (45, .two), (30, .three))
    static let outOfOrder: Int64 = 80
    static let disease = Shares<Disease>(
        (92, .none), (2, .stomachCancer), (2, .colonCancer), (1, .oesophagealCancer), (1, .rectalCancer),
        (2, .renalFailure))

    // MARK: Misfortune

    static let hardship: Int64 = 30
    static let cause = Shares<Cause>(
        (46, .illness), (16, .accident), (6, .fire), (10, .traffic), (12, .school), (10, .other))
    static let severity = Shares<Severity>((40, .light), (35, .moderate), (18, .severe), (7, .extreme))
    static let disasterOfTown: Int64 = 2
    static let disasterOfCountry: Int64 = 14
    static let disaster = Shares<Disaster>(
        (42, .flood), (8, .typhoon), (4, .earthquake), (10, .snow), (14, .drought), (12, .hail), (7, .landslide),
        (1, .fire), (2, .other))
    static let damage = Shares<Damage>((36, .none), (28, .light), (20, .moderate), (10, .severe), (6, .collapsed))
}
