// What follows from an entry as a whole, once all its keys are read.
extension HouseholdReading {
    mutating func finish(_ entry: inout HouseholdEntry) {
        finishNumbers(&entry)
        for group in entry.groups { finish(group, of: entry) }
        if let size = keys.size, let members = entry.members, let said = batch.value(size, row: entry.row),
            said != Int64(members), let position = entry.position(of: size)
        {
            enter(keys.schema.facts[size].key)
            let rule = "another number of members is listed; correct the list, or leave the size out"
            report(.contradiction, at: position, rule)
            leave()
        }
    }

    /// Birth and sex from the citizen number, kind and grade of a disability from its certificate.
    private mutating func finishNumbers(_ entry: inout HouseholdEntry) {
        if let (certificate, position) = entry.certificate {
            let source = (name: HouseholdKeys.Name.disabilityCertificate, position: position)
            let kind = CodeList.disabilityKind.index(of: String(certificate.rating.category.rawValue))
            derive(keys.disabilityKind, kind.map(Int64.init), from: source, in: entry)
            derive(keys.disabilityGrade, Int64(certificate.rating.grade), from: source, in: entry)
            if let citizen = entry.citizen, citizen.number != certificate.citizen {
                enter(source.name)
                let rule = "its first 18 characters are not the member's citizen number; correct one of them"
                report(.contradiction, at: position, rule)
                leave()
            }
        }
        guard let (citizen, source) = citizen(of: entry) else { return }
        derive(keys.birth, Int64(citizen.birthDate.days), from: source, in: entry)
        derive(keys.sex, CodeList.sex.index(of: String(citizen.sex.rawValue)).map(Int64.init), from: source, in: entry)
    }

    /// The citizen number and where it stands: given as such, or else inside the disability certificate.
    private func citizen(of entry: HouseholdEntry) -> (CitizenNumber, (name: String, position: SourcePosition))? {
        if let (number, position) = entry.citizen { return (number, (HouseholdKeys.Name.citizenNumber, position)) }
        guard let (certificate, position) = entry.certificate else { return nil }
        return (certificate.citizen, (HouseholdKeys.Name.disabilityCertificate, position))
    }

    /// Sets a fact that follows from a number; one given as well must agree.
    private mutating func derive(
        _ place: Int?, _ value: Int64?, from source: (name: String, position: SourcePosition), in entry: HouseholdEntry
    ) {
        guard let place, let value else { return }
        let fact = keys.schema.facts[place]
        if let known = batch.value(place, row: entry.row), known != value {
            enter(fact.key)
            let rule = "this does not agree with \(source.name); correct one of them"
            report(.contradiction, at: entry.position(of: place) ?? source.position, rule)
            return leave()
        }
        enter(source.name)
        defer { leave() }
        do throws(ValueFlaw) {
            set(place, to: try fact.checked(value), at: source.position, in: entry)
        } catch {
            report(error, at: source.position)
        }
    }

    /// Closes a group, then makes its total the sum of its parts, or compares the two.
    private mutating func finish(_ mention: HouseholdEntry.Group, of entry: HouseholdEntry) {
        let group = keys.schema.groups[mention.place]
        enter(group.key)
        defer { leave() }
        if mention.isClosed {
            for part in group.parts where batch.value(part, row: entry.row) == nil && entry.position(of: part) == nil {
                guard let none = keys.schema.facts[part].type.noneValue else { continue }
                batch.set(part, row: entry.row, to: none, statedNone: true)
            }
        }
        guard let total = group.total else { return }
        guard let sum = group.sumOfParts(in: batch, row: entry.row) else { return }
        if let known = batch.value(total, row: entry.row) {
            guard known != sum else { return }
            let rule = "the total is not the sum of the parts; correct one, or leave the total out"
            return report(.contradiction, at: entry.position(of: total) ?? mention.position, rule)
        }
        do throws(ValueFlaw) {
            batch.set(total, row: entry.row, to: try keys.schema.facts[total].checked(sum))
        } catch {
            report(error, at: mention.position)
        }
    }
}
