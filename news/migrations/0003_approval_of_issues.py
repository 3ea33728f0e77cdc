import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was scheduled before there was an approval waits for one; what is on its way was let out without.
BEFORE = """
    UPDATE news_issue SET state = 'draft', scheduled_at = NULL WHERE state = 'scheduled';
    UPDATE news_issue SET approved_at = started_at WHERE state = 'sending';
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("news", "0002_elsewhere"),
    ]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="approved at"),
        ),
        migrations.AddField(
            model_name="issue",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "sent")), ("approved_at__isnull", False), _connector="OR"
                ),
                name="issue_leaves_approved",
            ),
        ),
    ]
