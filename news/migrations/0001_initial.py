import core.uploads
import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('notifications', '0001_initial'),
        ('stakeholders', '0001_initial'),
        ('taxonomy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Scheduled'), ('sending', 'Being sent'), ('sent', 'Sent')], default='draft', max_length=10, verbose_name='state')),
                ('texts', models.JSONField(blank=True, default=dict, help_text='{language code: {field: text}}', verbose_name='texts')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created at')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('scheduled_at', models.DateTimeField(blank=True, null=True, verbose_name='leaves at')),
                ('zone', models.CharField(default='Europe/Vienna', max_length=60, verbose_name='time zone')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='sending began at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('happening', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notifications.happening', verbose_name='happening')),
                ('reached', models.BigIntegerField(default=0, editable=False)),
                ('all_written', models.BooleanField(default=False, editable=False)),
                ('written', models.PositiveIntegerField(default=0, verbose_name='e-mails written')),
                ('sent', models.PositiveIntegerField(default=0, verbose_name='sent')),
                ('failed', models.PositiveIntegerField(default=0, verbose_name='failed')),
                ('held', models.PositiveIntegerField(default=0, verbose_name='held back')),
                ('unknown', models.PositiveIntegerField(default=0, verbose_name='outcome unknown')),
                ('bounced', models.PositiveIntegerField(default=0, verbose_name='came back')),
                ('complained', models.PositiveIntegerField(default=0, verbose_name='marked as unwanted')),
                ('left', models.PositiveIntegerField(default=0, verbose_name='left by it')),
                ('counted_at', models.DateTimeField(blank=True, null=True, verbose_name='counted at')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='taxonomy.topic', verbose_name='topics')),
            ],
            options={
                'verbose_name': 'issue of the newsletter',
                'verbose_name_plural': 'issues of the newsletter',
                'ordering': [models.OrderBy(models.F('started_at'), descending=True, nulls_first=True), '-pk'],
                'indexes': [models.Index(fields=['state', '-started_at'], name='issue_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'scheduled', 'sending', 'sent'])), name='issue_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'scheduled'), _negated=True), ('scheduled_at__isnull', False), _connector='OR'), name='issue_scheduled_at'), models.CheckConstraint(condition=models.Q(models.Q(('started_at__isnull', False), ('state__in', ('sending', 'sent'))), models.Q(models.Q(('state__in', ('sending', 'sent')), _negated=True), ('started_at', None)), _connector='OR'), name='issue_started_when_out')],
            },
        ),
        migrations.CreateModel(
            name='IssueSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='news.issue', verbose_name='issue')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('titles', models.JSONField(blank=True, default=dict, verbose_name='headings')),
            ],
            options={
                'verbose_name': 'section of an issue',
                'verbose_name_plural': 'sections of an issue',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='IssueItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='news.issue', verbose_name='issue')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='news.issuesection', verbose_name='section')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('kind', models.CharField(max_length=80, verbose_name='kind')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('texts', models.JSONField(default=dict, help_text='{language code: {field: text}}', verbose_name='texts')),
                ('left_out_at', models.DateTimeField(blank=True, null=True, verbose_name='left out since')),
            ],
            options={
                'verbose_name': 'item of an issue',
                'verbose_name_plural': 'items of an issue',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('issue', 'kind', 'object_id'), name='issue_holds_it_once')],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('summary', models.CharField(blank=True, help_text='One or two sentences, shown in lists, in feeds and where the story is shared.', max_length=400, verbose_name='summary')),
                ('text', models.TextField(blank=True, max_length=60000, verbose_name='text')),
                ('language', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.language', verbose_name='language of this text')),
                ('original', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions', to='news.story', verbose_name='version of')),
                ('stakeholder', models.ForeignKey(blank=True, help_text='Empty for stories of the United Nations.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='stakeholders.stakeholder', verbose_name='stakeholder')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('by_desk', models.BooleanField(default=False, verbose_name='written by the desk')),
                ('videos', models.JSONField(blank=True, default=list, verbose_name='videos')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('pending', 'With the WhatsOn team'), ('on_hold', 'On hold'), ('published', 'Published'), ('archived', 'Archived'), ('refused', 'Declined'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10, verbose_name='status')),
                ('held_for', models.CharField(blank=True, choices=[('', 'nothing'), ('author', 'an answer of its author'), ('desk', 'the desk')], max_length=6, verbose_name='waiting for')),
                ('publish_at', models.DateTimeField(blank=True, null=True, verbose_name='public from')),
                ('zone', models.CharField(default='Europe/Vienna', max_length=60, verbose_name='time zone')),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='followers informed at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('withdrawn_for', models.CharField(blank=True, choices=[('author', 'Withdrawn by those who wrote it'), ('error', 'It was wrong in essential points'), ('rights', 'Rights of others'), ('safety', 'Safety or privacy of people'), ('rules', 'It does not follow the rules of this portal')], max_length=10, verbose_name='why it was withdrawn')),
                ('withdrawn_note', models.TextField(blank=True, max_length=2000, verbose_name='public note')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='written at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demonstration story')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='taxonomy.topic', verbose_name='topics')),
                ('countries', models.ManyToManyField(blank=True, related_name='+', to='taxonomy.country', verbose_name='countries and areas')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'ordering': ['-publish_at', '-pk'],
                'indexes': [models.Index(fields=['status', '-publish_at', '-id'], name='story_by_day'), models.Index(condition=models.Q(('status', 'published'), ('told_at', None)), fields=['publish_at'], name='story_to_be_told')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'pending', 'on_hold', 'published', 'archived', 'refused', 'withdrawn'])), name='story_status_known'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('published', 'archived', 'withdrawn')), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='story_shown_has_an_instant'), models.CheckConstraint(condition=models.Q(models.Q(('held_for__in', ('author', 'desk')), ('status', 'on_hold')), models.Q(models.Q(('status', 'on_hold'), _negated=True), ('held_for', '')), _connector='OR'), name='story_on_hold_says_for_whom'), models.CheckConstraint(condition=models.Q(('original', None), models.Q(('original', models.F('id')), _negated=True), _connector='OR'), name='story_not_its_own_version'), models.UniqueConstraint(condition=models.Q(('original__isnull', False)), fields=('original', 'language'), name='one_version_per_language')],
            },
        ),
        migrations.CreateModel(
            name='StoryImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to=core.uploads.private_path('files'), verbose_name='file')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('media_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the content')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='images', to='news.story', verbose_name='story')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('small', models.FileField(max_length=200, upload_to=core.uploads.private_path('stories'), verbose_name='small rendition')),
                ('width', models.PositiveIntegerField(verbose_name='width')),
                ('height', models.PositiveIntegerField(verbose_name='height')),
                ('small_width', models.PositiveIntegerField(verbose_name='width of the small rendition')),
                ('small_height', models.PositiveIntegerField(verbose_name='height of the small rendition')),
                ('alt', models.CharField(help_text='For people who do not see it: who and what, in a sentence or two.', max_length=300, verbose_name='what the image shows')),
                ('caption', models.CharField(blank=True, max_length=300, verbose_name='caption')),
                ('credit', models.CharField(blank=True, help_text='Who made it, and under which licence.', max_length=200, verbose_name='credit')),
            ],
            options={
                'verbose_name': 'image of a story',
                'verbose_name_plural': 'images of stories',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('story', 'number'), name='story_image_number_once'), models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='story_image_has_words')],
            },
        ),
        migrations.CreateModel(
            name='StoryRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='news.story', verbose_name='story')),
                ('changes', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='changes')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
            ],
            options={
                'verbose_name': 'revision of a story',
                'verbose_name_plural': 'revisions of stories',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ar', 'Arabic'), ('zh', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=2), verbose_name='languages')),
                ('consent_version', models.CharField(max_length=20, verbose_name='version of the text of consent')),
                ('consent_language', models.CharField(choices=[('ar', 'Arabic'), ('zh', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=2, verbose_name='language of the text of consent')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='taxonomy.topic', verbose_name='topics')),
            ],
            options={
                'verbose_name': 'subscriber of the newsletter',
                'verbose_name_plural': 'subscribers of the newsletter',
                'indexes': [models.Index(condition=models.Q(('confirmed_at', None)), fields=['asked_at'], name='subscriber_unconfirmed')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('address'), name='subscriber_once_per_address'), models.CheckConstraint(condition=models.Q(('languages__len__gte', 1)), name='subscriber_reads_a_language')],
            },
        ),
    ]
