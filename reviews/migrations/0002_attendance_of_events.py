from django.db import migrations


def move(apps, _schema_editor):
    """What was counted at a dialogue is of its event from now on."""
    old, new = apps.get_model("reviews", "Attendance"), apps.get_model("events", "Attendance")
    names = ("what", "number", "counted_by", "source_url", "on", "written_by_id")
    rows = old.objects.order_by("pk").values("dialogue__event_id", *names)
    new.objects.bulk_create(new(event_id=row.pop("dialogue__event_id"), **row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0001_initial"),
        ("events", "0002_what_sources_tell_of_events"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="Attendance"),
    ]
