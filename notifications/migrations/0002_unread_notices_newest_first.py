from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('notifications', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name='notice', name='notice_unread'),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('in_app', True), ('read_at__isnull', True)), fields=['user', '-created_at', '-id'], name='notice_unread'),
        ),
    ]
