from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from timeline.index import schema


def install(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Actors whose names may be the same are found by a table of its own."""
    schema.install_alike(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0006_editors"), ("actors", "0002_editors")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
