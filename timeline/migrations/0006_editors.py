import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from timeline import triggers
from timeline.index import schema


def install_triggers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes the tables of events and sources anew, and drops their triggers with it."""
    triggers.install(schema_editor)
    schema.install_triggers(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0002_editors'),
        ('timeline', '0005_certainty'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Distinct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('event', 'event'), ('actor', 'actor')], max_length=10)),
                ('first', models.BigIntegerField()),
                ('second', models.BigIntegerField()),
                ('moment', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('event', 'event'), ('actor', 'actor')], max_length=10)),
                ('slug', models.CharField(max_length=100)),
                ('gone', models.BigIntegerField()),
                ('kept', models.BigIntegerField()),
                ('moment', models.DateTimeField(db_index=True)),
                ('undone', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SeedImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('applied', 'applied'), ('discarded', 'discarded')], default='planned', max_length=10)),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('choices', models.JSONField(default=dict)),
                ('moment', models.DateTimeField(null=True)),
                ('report', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-id'],
                'permissions': [('apply_seedimport', 'Can carry out imports')],
            },
        ),
        migrations.CreateModel(
            name='SeedImportFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.AlterModelOptions(
            name='event',
            options={'ordering': [models.OrderBy(models.F('sort_date'), nulls_last=True), 'id'], 'permissions': [('publish_event', 'Can publish events and change published ones')]},
        ),
        migrations.AlterModelOptions(
            name='source',
            options={'ordering': ['title', 'slug'], 'permissions': [('publish_source', 'Can publish sources and change published ones')]},
        ),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='source',
            name='source_status_known',
        ),
        migrations.AlterField(
            model_name='event',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published')], default='draft', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalevent',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published')], default='draft', max_length=10),
        ),
        migrations.AlterField(
            model_name='historicalsource',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published')], default='draft', max_length=10),
        ),
        migrations.AlterField(
            model_name='source',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published')], default='draft', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'review', 'published'])), name='event_status_known'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'review', 'published'])), name='source_status_known'),
        ),
        migrations.AddField(
            model_name='distinct',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seedimport',
            name='applied_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seedimport',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seedimportfile',
            name='seed_import',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='timeline.seedimport'),
        ),
        migrations.AddConstraint(
            model_name='distinct',
            constraint=models.UniqueConstraint(fields=('kind', 'first', 'second'), name='distinct_once'),
        ),
        migrations.AddConstraint(
            model_name='distinct',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='distinct_in_order'),
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(fields=['kind', 'slug'], name='merge_address'),
        ),
        migrations.AddConstraint(
            model_name='seedimportfile',
            constraint=models.UniqueConstraint(fields=('seed_import', 'name'), name='seed_import_file_once'),
        ),
        migrations.RunPython(install_triggers, install_triggers),
    ]
