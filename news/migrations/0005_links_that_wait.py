from django.db import migrations, models


def let_unsure_links_wait(apps, _schema_editor):
    """Links of low confidence came hidden, and nothing told the desk of them."""
    links = apps.get_model("news", "NewsLink").objects
    links.filter(hidden=True, note__startswith="Of low confidence.").update(is_waiting=True)


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0004_countries_of_news_elsewhere'),
    ]

    operations = [
        migrations.AddField(
            model_name='newslink',
            name='is_waiting',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='waiting for a decision'),
        ),
        migrations.RunPython(let_unsure_links_wait, migrations.RunPython.noop),
    ]
