from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog_pages', '0002_headings'),
    ]

    operations = [
        migrations.AddField(
            model_name='marcsource',
            name='format',
            field=models.CharField(default='marc21', max_length=10),
        ),
    ]
