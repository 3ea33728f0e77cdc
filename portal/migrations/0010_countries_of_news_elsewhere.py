"""The page of a country shows news elsewhere: what links are about, it says when it changes.

Made by `manage.py write_triggers`.
"""

from django.db import migrations

# safe: the trigger stands on a table that the release before does not know; it moves the version it reads.


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0009_one_trigger_a_table"),
        ("news", "0004_countries_of_news_elsewhere"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER country_pages AFTER INSERT OR DELETE OR UPDATE ON news_newslink_countries "
            "FOR EACH ROW EXECUTE FUNCTION country_pages_changed();",
            "DROP TRIGGER country_pages ON news_newslink_countries;",
        ),
    ]
