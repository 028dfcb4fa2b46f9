from django.db import migrations

TABLES = ("timeline_historicalevent", "timeline_historicalsource")
INDEXES = {
    "public": "status = 'published' AND history_type <> '-'",
    "hidden": "status <> 'published' AND history_type = '~'",
}


class Migration(migrations.Migration):
    """The public log of changes goes from one act that readers see something of to the next.

    SQLite drops these indexes with a table that a migration makes anew; only speed depends on them.
    """

    dependencies = [("timeline", "0011_waiting")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX IF NOT EXISTS {table}_{name} ON {table} (history_date) WHERE {condition}",
            f"DROP INDEX IF EXISTS {table}_{name}",
        )
        for table in TABLES
        for name, condition in INDEXES.items()
    ]
