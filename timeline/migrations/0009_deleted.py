from django.db import migrations

TABLES = (
    "timeline_historicalevent",
    "timeline_historicalsource",
    "timeline_historicalclaim",
    "actors_historicalactor",
)


class Migration(migrations.Migration):
    """Deletions are few among many rows of history: each table has an index of its own for them.

    SQLite drops it with a table that a migration makes anew; nothing depends on it but speed.
    """

    dependencies = [("timeline", "0008_lists"), ("actors", "0002_editors")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX IF NOT EXISTS {table}_deleted ON {table} (history_date, history_id) "
            "WHERE history_type = '-'",
            f"DROP INDEX IF EXISTS {table}_deleted",
        )
        for table in TABLES
    ]
