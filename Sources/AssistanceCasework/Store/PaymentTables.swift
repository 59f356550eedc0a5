/// What payment lists are made from and what came of them, and the ledger of the funds they were paid from. A file has all
/// tables of its cases, whoever opens it; what fills these is `AssistanceFunding`.
package enum PaymentTables {
    static let statements =
        ["benefit TEXT", "first_fen INTEGER", "each_fen INTEGER", "payments INTEGER", "last_fen INTEGER"].map {
            "ALTER TABLE case_grants ADD COLUMN \($0)"
        } + ["CREATE INDEX case_grants_by_program ON case_grants(program, case_id, place)"] + tables

    /// The tables of payments and of the ledger by themselves.
    package static let tables =
        [
            """
            CREATE TABLE payment_runs(
                id INTEGER PRIMARY KEY, area INTEGER NOT NULL, program TEXT NOT NULL, month INTEGER NOT NULL,
                stage TEXT NOT NULL, proposer TEXT NOT NULL, cases INTEGER NOT NULL, fen INTEGER NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE payments(
                run INTEGER NOT NULL, case_id INTEGER NOT NULL, fen INTEGER NOT NULL CHECK(fen >= 0),
                outcome TEXT NOT NULL, PRIMARY KEY(run, case_id)
            ) STRICT, WITHOUT ROWID
            """,
            // What stands as paid for a month; what was set off is below nothing, and what came back is gone.
            """
            CREATE TABLE payment_months(
                program TEXT NOT NULL, case_id INTEGER NOT NULL, month INTEGER NOT NULL, run INTEGER NOT NULL,
                fen INTEGER NOT NULL, PRIMARY KEY(program, case_id, month, run)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX payment_months_by_run ON payment_months(run, case_id)",
            """
            CREATE TABLE ledger_accounts(
                id INTEGER PRIMARY KEY, kind TEXT NOT NULL, area INTEGER NOT NULL, source TEXT NOT NULL,
                earmark TEXT NOT NULL, program TEXT NOT NULL, UNIQUE(kind, area, source, earmark, program),
                CHECK((kind = 'spent') = (program <> '')),
                CHECK(earmark = '' OR program = '' OR earmark = program
                    OR substr(program, 1, length(earmark) + 1) = earmark || '.')
            ) STRICT
            """,
            // One sum leaves one account and comes to another, so that every row balances.
            """
            CREATE TABLE ledger(
                number INTEGER PRIMARY KEY, day INTEGER NOT NULL, month INTEGER NOT NULL, run INTEGER,
                origin INTEGER NOT NULL REFERENCES ledger_accounts(id),
                target INTEGER NOT NULL REFERENCES ledger_accounts(id), fen INTEGER NOT NULL CHECK(fen > 0),
                CHECK(origin <> target)
            ) STRICT
            """,
            "CREATE INDEX ledger_by_origin ON ledger(origin, month)",
            "CREATE INDEX ledger_by_target ON ledger(target, month)",
            "CREATE INDEX ledger_by_run ON ledger(run) WHERE run IS NOT NULL",
            """
            CREATE TRIGGER ledger_one_fund BEFORE INSERT ON ledger
            WHEN (SELECT source || '/' || earmark FROM ledger_accounts WHERE id = NEW.origin)
                IS NOT (SELECT source || '/' || earmark FROM ledger_accounts WHERE id = NEW.target)
            BEGIN SELECT RAISE(ABORT, 'a sum stays within its fund'); END
            """,
        ]
        + ["UPDATE", "DELETE"].map {
            """
            CREATE TRIGGER ledger_no_\($0.lowercased()) BEFORE \($0) ON ledger
            BEGIN SELECT RAISE(ABORT, 'rows of the ledger are never changed'); END
            """
        }
}
