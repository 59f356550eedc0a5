import AssistanceCore

/// A matching as JSON: `{"schema": 1, "matches": […], "unmatched": […], "projects": […]}`. Sums are decimal text in yuan.
public enum MatchingJSON {
    /// The version of the form.
    public static let version = 1

    /// The text of a matching.
    public static func text(of matching: Matching, _ layout: JSONWriter.Layout = .pretty) -> String {
        var json = JSONWriter(layout)
        json.beginObject()
        json.key("schema")
        json.integer(version)
        json.list("matches", matching.matches) { json, match in
            json.need(of: match.request)
            json.put("project", matching.projects[match.project].id)
            json.put("paid", match.paid?.text)
        }
        json.list("unmatched", matching.unmatched) { json, unmatched in
            json.need(of: unmatched.request)
            json.reason(unmatched.reason)
        }
        json.list("projects", Array(matching.projects.indices)) { json, place in
            let (project, use) = (matching.projects[place], matching.use(of: place))
            json.put("id", project.id)
            json.put("kind", project.kind.rawValue)
            json.put("places", project.places)
            json.put("taken", use.places)
            json.put("paid", project.each == nil ? nil : use.paid.text)
        }
        json.endObject()
        return json.text
    }
}

extension JSONWriter {
    fileprivate mutating func list<Item>(
        _ key: String, _ items: [Item], _ write: (inout JSONWriter, Item) -> Void
    ) {
        self.key(key)
        beginArray()
        for item in items {
            beginObject()
            write(&self, item)
            endObject()
        }
        endArray()
    }

    fileprivate mutating func put(_ key: String, _ value: String?) {
        self.key(key)
        if let value { string(value) } else { null() }
    }

    fileprivate mutating func put(_ key: String, _ value: Int?) {
        self.key(key)
        if let value { integer(value) } else { null() }
    }

    fileprivate mutating func need(of request: Matching.Request) {
        put("household", request.household)
        put("place", request.place)
        put("member", request.need.member)
        put("area", request.area.text)
        put("need", request.need.code)
        put("amount", request.need.amount?.known?.text)
        put("priority", request.priority == .max ? nil : request.priority)
    }

    fileprivate mutating func reason(_ reason: Matching.Reason) {
        let (name, details): (String, [String]) =
            switch reason {
            case .noProject: ("no-project", [])
            case .area: ("area", [])
            case .condition: ("condition", [])
            case .undecided(let missing): ("undecided", missing)
            case .full(let projects): ("full", projects)
            case .repeated: ("repeated", [])
            }
        put("reason", name)
        key("details")
        beginArray()
        for detail in details { string(detail) }
        endArray()
    }
}
