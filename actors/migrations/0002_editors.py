from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='actor',
            options={'ordering': ['name', 'slug'], 'permissions': [('publish_actor', 'Can change actors of published events')]},
        ),
    ]
