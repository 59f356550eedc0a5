/// One object of a household file while it is read: the household, a member, an entry of a list.
struct HouseholdEntry {
    /// A key that was given, with or without a value that is known.
    struct Mention {
        let place: Int
        let position: SourcePosition
    }

    /// A group that was given.
    struct Group {
        let place: Int
        let position: SourcePosition
        /// Whether it says that there is nothing else.
        var isClosed = false
    }

    let owner: FactOwner
    /// Its row in the owner's table.
    let row: Int
    var id: String?
    var citizen: (number: CitizenNumber, position: SourcePosition)?
    var certificate: (number: DisabilityCertificate, position: SourcePosition)?
    /// The facts that were given, even as unknown.
    var mentions: [Mention] = []
    var groups: [Group] = []
    /// How many members are listed, where they are.
    var members: Int?

    init(_ owner: FactOwner, row: Int) {
        self.owner = owner
        self.row = row
    }

    /// Where a fact was given; nil where it was not.
    func position(of place: Int) -> SourcePosition? { mentions.last { $0.place == place }?.position }
}
