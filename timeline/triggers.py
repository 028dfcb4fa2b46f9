"""Triggers that refuse a quote which is not where its claim says that it stands.

A check constraint cannot look into another table; these can, in both databases. SQLite drops the
triggers of a table that a migration makes anew, so such a migration ends with ``install`` again.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

QUOTE_STANDS = """EXISTS (
    SELECT 1 FROM timeline_passage p WHERE p.id = NEW.passage_id AND p.source_id = NEW.source_id
    AND substr(p.text, NEW.start + 1, NEW."end" - NEW.start) = NEW.quote)"""
CLAIMS_STAND = """NOT EXISTS (
    SELECT 1 FROM timeline_claim c WHERE c.passage_id = NEW.id AND NOT c.lost
    AND (c.source_id <> NEW.source_id
         OR substr(NEW.text, c.start + 1, c."end" - c.start) <> c.quote))"""
REFUSALS = {
    "claim_quote": ("timeline_claim", f"NEW.lost OR {QUOTE_STANDS}"),
    "passage_text": ("timeline_passage", CLAIMS_STAND),
}
EVENTS = {
    "claim_quote_insert": ("INSERT", "claim_quote"),
    "claim_quote_update": ("UPDATE", "claim_quote"),
    "passage_text_update": ("UPDATE", "passage_text"),
}


def install(editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers, replacing those that are there."""
    remove(editor)
    make = _postgresql if editor.connection.vendor == "postgresql" else _sqlite
    for statement in make():
        editor.execute(statement)


def remove(editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers that are there."""
    postgresql = editor.connection.vendor == "postgresql"
    for name, (_, refusal) in EVENTS.items():
        table = f" ON {REFUSALS[refusal][0]}" if postgresql else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")
    if postgresql:
        for refusal in REFUSALS:
            editor.execute(f"DROP FUNCTION IF EXISTS {refusal}()")


def _sqlite() -> list[str]:
    statements = []
    for name, (event, refusal) in EVENTS.items():
        table, condition = REFUSALS[refusal]
        statements.append(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN NOT ({condition}) "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}: the quote is not there'); END"
        )
    return statements


def _postgresql() -> list[str]:
    functions = [
        f"""CREATE FUNCTION {refusal}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NOT ({condition}) THEN
                RAISE EXCEPTION '{refusal}: the quote is not there' USING ERRCODE = '23514';
            END IF; RETURN NEW; END $$"""
        for refusal, (_, condition) in REFUSALS.items()
    ]
    triggers = [
        f"CREATE TRIGGER {name} AFTER {event} ON {REFUSALS[refusal][0]} "
        f"FOR EACH ROW EXECUTE FUNCTION {refusal}()"
        for name, (event, refusal) in EVENTS.items()
    ]
    return functions + triggers
