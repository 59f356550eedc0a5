import AssistanceCore
import AssistanceEngine
import AssistancePolicy

extension SimulationReport {
    /// The report for programs: every area, residence and programme by itself. Sums are yuan as text, exact.
    public var json: String {
        var json = JSONWriter(.pretty)
        json.beginObject()
        json.key("schema")
        json.integer(1)
        for (key, value) in [
            ("baseline", baseline), ("reform", reform), ("policy_digest", digest), ("date", result.date.iso),
        ] {
            json.key(key)
            json.string(value)
        }
        json.key("population")
        Self.write(population, to: &json)
        json.key("changes")
        changes.write(to: &json)
        json.key("changed_areas")
        json.integer(result.changedPlaces.count)
        json.key("effects")
        json.beginArray()
        for program in Array(result.programs.indices) + [nil] {
            write(result.effect(program: program), program, nil, nil, to: &json)
            for place in result.places.indices {
                for residence in residences {
                    write(
                        result.effect(place: place, residence: residence, program: program), program, place, residence,
                        to: &json)
                }
            }
        }
        json.endArray()
        json.key("gaps")
        json.beginArray()
        write(result.gap(), nil, nil, to: &json)
        for place in result.places.indices {
            for residence in residences {
                write(result.gap(place: place, residence: residence), place, residence, to: &json)
            }
        }
        json.endArray()
        json.endObject()
        return json.text + "\n"
    }

    private static func write(_ label: Label, to json: inout JSONWriter) {
        json.beginObject()
        json.key("zh")
        json.string(label.chinese)
        json.key("en")
        json.string(label.english)
        json.endObject()
    }

    private static func write(_ key: String, _ count: Int, to json: inout JSONWriter) {
        json.key(key)
        json.integer(count)
    }

    private static func write(_ key: String, _ sum: SumRange, to json: inout JSONWriter) {
        json.key(key)
        json.beginObject()
        json.key("least")
        json.string(SumText.plain(sum.least))
        json.key("most")
        json.string(SumText.plain(sum.most))
        json.endObject()
    }

    /// Where it is; null for everywhere.
    private func writePlace(_ place: Int?, _ residence: Residence?, to json: inout JSONWriter) {
        for (key, value) in [
            ("area", place.map { result.places[$0].code.text }), ("area_name", place.map { result.places[$0].name }),
            ("residence", residence?.rawValue),
        ] {
            json.key(key)
            if let value { json.string(value) } else { json.null() }
        }
    }

    private func write(
        _ effect: ReformEffect, _ program: Int?, _ place: Int?, _ residence: Residence?, to json: inout JSONWriter
    ) {
        if effect.households == 0 { return }
        json.beginObject()
        json.key("program")
        if let program { json.string(result.programs[program].id) } else { json.null() }
        writePlace(place, residence, to: &json)
        Self.write("households", effect.households, to: &json)
        Self.write("persons", effect.persons, to: &json)
        Self.write("entries", effect.entries, to: &json)
        Self.write("leavers", effect.leavers, to: &json)
        for (key, side) in [
            ("baseline", effect.baseline), ("reform", effect.reform),
        ] {
            json.key(key)
            json.beginObject()
            let isBaseline = key == "baseline"
            for code in Totals.codes {
                Self.write(code.rawValue, isBaseline ? effect.baseline(code) : effect.reform(code), to: &json)
            }
            Self.write("persons", side.persons, to: &json)
            for period in PaymentPeriod.allCases { Self.write(period.rawValue, side.sum(period), to: &json) }
            Self.write("cost_of_year", side.year, to: &json)
            Self.write("without_limit", side.unlimited, to: &json)
            json.endObject()
        }
        Self.write("gainers", effect.gainers, to: &json)
        Self.write("gains", effect.gains, to: &json)
        Self.write("losers", effect.losers, to: &json)
        Self.write("losses", effect.losses, to: &json)
        Self.write("not_sure", effect.unsettled, to: &json)
        json.endObject()
    }

    private func write(_ gap: PovertyGap, _ place: Int?, _ residence: Residence?, to json: inout JSONWriter) {
        json.beginObject()
        writePlace(place, residence, to: &json)
        Self.write("not_measured", gap.unmeasured, to: &json)
        for (key, side) in [("baseline", gap.baseline), ("reform", gap.reform)] {
            json.key(key)
            json.beginObject()
            Self.write("surely_below", side.surely, to: &json)
            Self.write("perhaps_below", side.perhaps, to: &json)
            Self.write("gap_of_year", side.sum, to: &json)
            json.endObject()
        }
        json.endObject()
    }
}
