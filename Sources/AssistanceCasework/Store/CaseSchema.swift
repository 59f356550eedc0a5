import AssistanceRecords

/// What lists are searched by: made from the state that events fold to, and compared with it by `verify`.
enum CaseSchema {
    static let current = RecordSchema([
        (
            "cases-1",
            [
                """
                CREATE TABLE cases(
                    id INTEGER PRIMARY KEY, area INTEGER NOT NULL, stage TEXT NOT NULL, opened INTEGER NOT NULL,
                    due INTEGER, due_step TEXT, review INTEGER, last INTEGER NOT NULL, events INTEGER NOT NULL
                ) STRICT
                """,
                "CREATE INDEX cases_by_due ON cases(area, due) WHERE due IS NOT NULL",
                "CREATE INDEX cases_by_review ON cases(area, review) WHERE review IS NOT NULL",
                "CREATE INDEX cases_by_stage ON cases(area, stage)",
                """
                CREATE TABLE case_members(
                    person INTEGER NOT NULL, case_id INTEGER NOT NULL, PRIMARY KEY(person, case_id)
                ) STRICT, WITHOUT ROWID
                """,
                """
                CREATE TABLE case_grants(
                    case_id INTEGER NOT NULL, place INTEGER NOT NULL, program TEXT NOT NULL, period TEXT NOT NULL,
                    first INTEGER NOT NULL, until INTEGER, fen INTEGER NOT NULL, PRIMARY KEY(case_id, place)
                ) STRICT, WITHOUT ROWID
                """,
            ]
        ),
        ("payments-1", PaymentTables.statements),
        (
            "relief-1",
            [
                "ALTER TABLE case_grants ADD COLUMN given INTEGER NOT NULL DEFAULT 0",
                "UPDATE case_grants SET given = fen WHERE benefit = 'relieve'",
                // What was handed over before a grant, less what grants before it have taken of that.
                """
                UPDATE case_grants AS g SET given = max(0, min(g.fen,
                    coalesce((SELECT sum(iif(o.benefit = 'relieve', o.fen, -o.fen)) FROM case_grants o
                        WHERE o.case_id = g.case_id AND o.program = g.program AND o.period = 'once'
                            AND o.place < g.place), 0)))
                WHERE g.period = 'once' AND g.benefit <> 'relieve'
                """,
            ]
        ),
    ])
}
