from django.db import migrations, models


def remove_how_it_works(apps, schema_editor):
    """The help has taken its place."""
    apps.get_model("portal", "Page").objects.filter(slug="how-it-works").delete()


class Migration(migrations.Migration):

    dependencies = [("portal", "0003_how_it_works")]

    operations = [
        migrations.RunPython(remove_how_it_works, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="page",
            name="slug",
            field=models.SlugField(choices=[("about", "about"), ("terms", "terms"), ("privacy", "privacy"), ("accessibility", "accessibility"), ("cookies", "cookies"), ("moderation", "moderation"), ("vetting-criteria", "vetting-criteria"), ("map-disclaimer", "map-disclaimer"), ("contact", "contact")], max_length=30, verbose_name="address"),
        ),
    ]
