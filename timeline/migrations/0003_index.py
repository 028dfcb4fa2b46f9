from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from timeline.index import schema


def install(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.install(schema_editor)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema.remove(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0002_quote_triggers"), ("actors", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
