from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from timeline.index import schema


def make_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What a date rests on and what is contested are values now, and ids have other meanings."""
    schema.remove(schema_editor)
    schema.install(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0004_words_in_use")]
    # Backwards the tables stay as they are: an older program gets its own by going back to 0002.
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
