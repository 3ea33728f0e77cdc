from django.db import migrations

# What the front page shows beside what the pages about countries do (0005).
TABLES = ("news_newslink", "news_storyimage")
EVENTS = {"insert": "", "update": " WHEN (OLD.* IS DISTINCT FROM NEW.*)", "delete": ""}


class Migration(migrations.Migration):

    dependencies = [("portal", "0005_what_country_pages_show")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER country_pages_{event} AFTER {event.upper()} ON {table} "
            f"FOR EACH ROW{when} EXECUTE FUNCTION country_pages_changed();",
            f"DROP TRIGGER country_pages_{event} ON {table};",
        )
        for table in TABLES
        for event, when in EVENTS.items()
    ]
