import datetime
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=80, verbose_name='kind of subject')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('move', models.CharField(max_length=40, verbose_name='move')),
                ('from_status', models.CharField(max_length=40, verbose_name='from')),
                ('to_status', models.CharField(max_length=40, verbose_name='to')),
                ('actor', models.ForeignKey(help_text='Empty: the clock, or a person who has left.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('reason', models.CharField(blank=True, max_length=60, verbose_name='reason')),
                ('note', models.TextField(blank=True, verbose_name='note to those it is about')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_id', '-at'], name='decision_of_subject')],
            },
        ),
        migrations.CreateModel(
            name='DraftDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=80, verbose_name='kind of subject')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('batch', models.CharField(max_length=80, verbose_name='batch')),
                ('move', models.CharField(max_length=40, verbose_name='move')),
                ('reason', models.CharField(blank=True, max_length=60, verbose_name='reason')),
                ('note', models.TextField(blank=True, verbose_name='note to those it is about')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='drafted by')),
                ('drafted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='drafted at')),
                ('decision', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='workflow.decision', verbose_name='decision')),
            ],
            options={
                'verbose_name': 'drafted decision',
                'verbose_name_plural': 'drafted decisions',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['batch'], name='draft_of_batch')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decision', None)), fields=('subject_kind', 'subject_id'), name='one_open_draft_each')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=80, verbose_name='kind of subject')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('party', models.CharField(max_length=40, verbose_name='party')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='given at')),
            ],
            options={
                'verbose_name': 'extension',
                'verbose_name_plural': 'extensions',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'party'), name='one_extension_per_party')],
            },
        ),
        migrations.CreateModel(
            name='ItemRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=80, verbose_name='kind of subject')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('field', models.CharField(max_length=60, verbose_name='field')),
                ('text', models.TextField(max_length=2000, verbose_name='what is asked for')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': 'request for one item',
                'verbose_name_plural': 'requests for single items',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('subject_kind', 'subject_id', 'field'), name='one_open_request_per_field')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=80, verbose_name='kind of subject')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('reference', models.CharField(max_length=24, unique=True, verbose_name='reference')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at')),
                ('text_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the text')),
                ('text', models.TextField(verbose_name='the text as received')),
                ('files', models.JSONField(default=list, verbose_name='files')),
                ('received_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by')),
            ],
            options={
                'verbose_name': 'receipt',
                'verbose_name_plural': 'receipts',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='receipt_of_subject')],
            },
        ),
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=80, verbose_name='kind of subject')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('what', models.CharField(max_length=60, verbose_name='what is to be done')),
                ('label', models.CharField(max_length=250, verbose_name='name of the subject')),
                ('waits_for', models.CharField(max_length=20, verbose_name='waiting for')),
                ('scope_country', models.CharField(blank=True, max_length=3, verbose_name='country (ISO3)')),
                ('scope_region', models.CharField(blank=True, max_length=3, verbose_name='region (M49)')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='work_items', to=settings.AUTH_USER_MODEL, verbose_name='held by')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('paused_since', models.DateTimeField(blank=True, null=True, verbose_name='paused since')),
                ('paused_for', models.DurationField(default=datetime.timedelta, verbose_name='paused for')),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'with'), (1, 'Passed to the desk'), (2, 'Passed to the head of desk')], default=0, verbose_name='level')),
                ('passed_at', models.DateTimeField(blank=True, null=True, verbose_name='passed to this level at')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed at')),
            ],
            options={
                'verbose_name': 'work item',
                'verbose_name_plural': 'work items',
                'ordering': ['until', 'since', 'pk'],
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='work_item_of_subject'), models.Index(condition=models.Q(('closed_at', None)), fields=['waits_for', 'until'], name='work_item_queue'), models.Index(condition=models.Q(('closed_at', None)), fields=['holder'], name='work_item_held')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('subject_kind', 'subject_id', 'what'), name='one_open_work_item_each'), models.CheckConstraint(condition=models.Q(('level__in', [0, 1, 2])), name='work_item_level_known')],
            },
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=80, verbose_name='kind of subject')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('before', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='before')),
                ('after', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='after')),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('approved', 'Approved'), ('refused', 'Declined'), ('withdrawn', 'Withdrawn')], default='proposed', max_length=10, verbose_name='status')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='proposed at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'change request',
                'verbose_name_plural': 'change requests',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['proposed', 'approved', 'refused', 'withdrawn'])), name='change_request_status_known'), models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('subject_kind', 'subject_id'), name='one_open_change_request_each')],
            },
        ),
    ]
