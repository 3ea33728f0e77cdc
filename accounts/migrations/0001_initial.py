import core.uploads
import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(editable=False, max_length=60, unique=True, verbose_name='subject')),
                ('days', models.PositiveIntegerField(help_text='How long rows are kept after they have ended, before they are deleted at night.', verbose_name='days')),
                ('reason', models.CharField(help_text='Why it is this long: the retention schedule, the decision or the need, with its date.', max_length=300, verbose_name='reason or source')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'retention rule',
                'verbose_name_plural': 'retention rules',
                'ordering': ['subject'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', help_text='The language of the portal and of the e-mail that we send you.', max_length=2, verbose_name='language')),
                ('time_zone', models.CharField(default='Europe/Vienna', max_length=64, verbose_name='time zone')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demonstration account')),
                ('date_joined', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='joined')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_account_per_address', violation_error_message='There is already an account with this address.')],
            },
        ),
        migrations.CreateModel(
            name='LegalVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('terms', 'Terms of use'), ('privacy', 'Privacy notice')], max_length=10, verbose_name='text')),
                ('version', models.CharField(help_text='For example 2026-11. Everybody is asked once per version.', max_length=30, verbose_name='version')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='in force from')),
            ],
            options={
                'verbose_name': 'version of a legal text',
                'verbose_name_plural': 'versions of legal texts',
                'ordering': ['-published_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'version'), name='one_legal_version_each'), models.CheckConstraint(condition=models.Q(('kind__in', ['terms', 'privacy'])), name='legal_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_tokens', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('name', models.CharField(help_text='What the token is for, as a reminder.', max_length=80, verbose_name='name')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('ending', models.CharField(editable=False, max_length=4, verbose_name='ends with')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('directory', 'Read the directory of stakeholders'), ('reviews', 'Read country reviews'), ('events', 'Read events and their programmes'), ('resources', 'Read the library and the news'), ('own', 'Read what is your own: memberships, follows, notices')], max_length=20), verbose_name='may')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='made at')),
                ('expires_at', models.DateTimeField(verbose_name='good until')),
                ('last_used_on', models.DateField(blank=True, null=True, verbose_name='last used on')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
            ],
            options={
                'verbose_name': 'access token',
                'verbose_name_plural': 'access tokens',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['expires_at'], name='access_token_expires')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='access_token_named'), models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['directory', 'reviews', 'events', 'resources', 'own']), ('scopes__len__gte', 1)), name='access_token_scopes_known'), models.CheckConstraint(condition=models.Q(('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=366))))), name='access_token_a_year_at_most')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('kind', models.CharField(choices=[('terms', 'Terms of use'), ('privacy', 'Privacy notice')], max_length=10, verbose_name='text')),
                ('version', models.CharField(max_length=30, verbose_name='version')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'version'), name='one_consent_per_version'), models.CheckConstraint(condition=models.Q(('kind__in', ['terms', 'privacy'])), name='consent_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='DataExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('claim', models.UUIDField(editable=False, null=True)),
                ('beat_at', models.DateTimeField(editable=False, null=True, verbose_name='last heard of')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='asked for at')),
                ('ready_at', models.DateTimeField(blank=True, null=True, verbose_name='ready at')),
                ('expires_at', models.DateTimeField(verbose_name='kept until')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('media_type', models.CharField(blank=True, max_length=100, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size in bytes')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the content')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_exports', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), verbose_name='parts')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('status', models.CharField(choices=[('asked', 'Waiting'), ('making', 'Under way'), ('ready', 'Ready'), ('failed', 'Failed')], default='asked', max_length=10, verbose_name='status')),
                ('fault', models.CharField(blank=True, choices=[('broken', 'Something went wrong on our side. The error was logged; please ask again.'), ('given_up', 'It was started several times and never completed. Please choose fewer parts.')], max_length=20, verbose_name='why it failed')),
                ('done', models.PositiveSmallIntegerField(default=0, verbose_name='parts done')),
                ('file', models.FileField(blank=True, max_length=200, upload_to=core.uploads.private_path('data'), verbose_name='file')),
            ],
            options={
                'verbose_name': "copy of a person's data",
                'verbose_name_plural': "copies of people's data",
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('status__in', ('asked', 'making'))), fields=['status', 'beat_at'], name='data_export_under_way'), models.Index(fields=['expires_at'], name='data_export_expires')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'making', 'ready', 'failed'])), name='data_export_status_known'), models.CheckConstraint(condition=models.Q(('sections__len__gte', 1)), name='data_export_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), ('fault__in', ['broken', 'given_up'])), models.Q(models.Q(('status', 'failed'), _negated=True), ('fault', '')), _connector='OR'), name='data_export_failed_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(models.Q(('file', ''), _negated=True), ('ready_at__isnull', False)), _connector='OR'), name='data_export_ready_has_its_file'), models.UniqueConstraint(condition=models.Q(('status__in', ('asked', 'making'))), fields=('user',), name='one_data_export_under_way')],
            },
        ),
        migrations.CreateModel(
            name='FactorReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factor_resets', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('contact', models.CharField(blank=True, max_length=300, verbose_name='how the person can be reached')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='asked at')),
                ('reason', models.TextField(blank=True, help_text='Who you spoke to, on which number or address, and where you found it.', max_length=1000, verbose_name='how it was made sure who asks')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made sure by')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='made sure at')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('refused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='refused by')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refused at')),
            ],
            options={
                'verbose_name': 'request for a new second factor',
                'verbose_name_plural': 'requests for a new second factor',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('refused_at', None)), fields=('user',), name='one_open_factor_reset'), models.CheckConstraint(condition=models.Q(('checked_at', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='factor_reset_says_how_it_was_checked'), models.CheckConstraint(condition=models.Q(('confirmed_at', None), models.Q(('checked_at__isnull', False), ('refused_at', None)), _connector='OR'), name='factor_reset_checked_before_confirmed'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('checked_by', None), models.Q(('confirmed_by', models.F('checked_by')), _negated=True), _connector='OR'), name='factor_reset_needs_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('role', models.CharField(choices=[('vetting', 'Desk: vetting'), ('curation', 'Desk: curation'), ('events', 'Desk: events'), ('reviews', 'Desk: reviews'), ('head', 'Head of desk'), ('administrator', 'Administrator'), ('regional', 'Regional focal point'), ('state', 'State user')], max_length=20, verbose_name='role')),
                ('scope_kind', models.CharField(choices=[('global', 'Everywhere'), ('region', 'One region (M49 code)'), ('country', 'One country (ISO3 code)')], default='global', max_length=10, verbose_name='scope')),
                ('scope_code', models.CharField(blank=True, max_length=3, verbose_name='code of the region or country')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='granted by')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('starts_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='starts at')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends at')),
            ],
            options={
                'verbose_name': 'role grant',
                'verbose_name_plural': 'role grants',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['vetting', 'curation', 'events', 'reviews', 'head', 'administrator', 'regional', 'state'])), name='grant_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('scope_code', ''), ('scope_kind', 'global')), models.Q(('scope_kind__in', ('region', 'country')), models.Q(('scope_code', ''), _negated=True)), _connector='OR'), name='grant_scope_named', violation_error_message='A role for one place needs its code; one for everywhere has none.'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='grant_ends_after_start', violation_error_message='A role cannot end before it starts.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('granted_by', None), models.Q(('confirmed_by', models.F('granted_by')), _negated=True), _connector='OR'), name='grant_needs_two_people')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='accounts.retentionrule', verbose_name='retention rule')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='at')),
                ('days', models.PositiveIntegerField(verbose_name='days')),
                ('removed', models.PositiveIntegerField(verbose_name='rows removed')),
                ('failed', models.BooleanField(default=False, verbose_name='ended before its end')),
            ],
            options={
                'verbose_name': 'run of a retention rule',
                'verbose_name_plural': 'runs of retention rules',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['-at'], name='retention_run_newest')],
            },
        ),
    ]
