import core.uploads
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


# Whose changes change what the library shows; of files, only what readers see of them.
TABLES = (
    "resource", "resource_countries", "resource_regions", "resource_instruments", "resource_articles",
    "resource_clusters", "resource_topics", "edition", "author", "resourcestakeholder", "resourcerelation",
    "collection", "collectionitem",
)
OF_FILES = "UPDATE OF number, name, label, scan, thumbnail"

FUNCTIONS = """
CREATE INDEX resource_embargo ON resources_resource (embargo_until) WHERE embargo_until IS NOT NULL;
CREATE FUNCTION resources_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO resources_librarychange DEFAULT VALUES;
    RETURN NULL;
END $$;
CREATE FUNCTION resources_version() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('.', count(*), max(id),
        (SELECT extract(epoch FROM max(embargo_until)) FROM resources_resource WHERE embargo_until <= now()))
    FROM resources_librarychange
$$;
"""
TRIGGER = "CREATE TRIGGER {name} AFTER INSERT OR DELETE OR {update} ON resources_{table} FOR EACH STATEMENT EXECUTE FUNCTION resources_changed();"
TRIGGERS = "\n".join(
    [TRIGGER.format(name="library_changed", update="UPDATE", table=table) for table in TABLES]
    + [TRIGGER.format(name="library_changed", update=OF_FILES, table="resourcefile")]
)
UNDO = "\n".join(
    [f"DROP TRIGGER library_changed ON resources_{table};" for table in (*TABLES, "resourcefile")]
    + ["DROP INDEX resource_embargo;", "DROP FUNCTION resources_version();", "DROP FUNCTION resources_changed();"]
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('stakeholders', '0001_initial'),
        ('taxonomy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('translations', models.JSONField(blank=True, default=dict, help_text='{language code: {field: text}}, for languages beside the one of the text', verbose_name='translations')),
                ('field', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='field')),
                ('text', models.TextField(help_text='Plain text or Markdown.', max_length=3000, verbose_name='guidance in English')),
                ('edited_by_hand', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'guidance for a field',
                'verbose_name_plural': 'guidance for fields',
                'ordering': ['field'],
            },
        ),
        migrations.CreateModel(
            name='LibraryChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'change of the library',
                'verbose_name_plural': 'changes of the library',
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500, unique=True, verbose_name='address')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='checked at')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='status of the answer')),
                ('fault', models.CharField(blank=True, choices=[('address', 'This is not an address of the web.'), ('private', 'It leads to a machine that is not on the public internet.'), ('name', 'The name of the website is unknown.'), ('connection', 'The website does not answer.'), ('certificate', 'Its certificate is not valid.'), ('time', 'It takes too long to answer.'), ('redirects', 'It sends its readers round in circles.'), ('answer', 'What it answers cannot be understood.')], max_length=20, verbose_name='what went wrong')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('host', models.CharField(blank=True, editable=False, max_length=270)),
                ('asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('next_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('broken_since', models.DateTimeField(blank=True, null=True, verbose_name='broken since')),
            ],
            options={
                'verbose_name': 'check of a link',
                'verbose_name_plural': 'checks of links',
                'ordering': ['broken_since', 'pk'],
                'indexes': [models.Index(fields=['next_at'], name='link_check_due')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('query', models.CharField(max_length=2000, verbose_name='search')),
                ('alerts', models.CharField(choices=[('off', 'Never'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='off', max_length=6, verbose_name='tell me what is new')),
                ('last_told_at', models.DateTimeField(blank=True, null=True, verbose_name='last sent at')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='saved at')),
            ],
            options={
                'verbose_name': 'saved search',
                'verbose_name_plural': 'saved searches',
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(condition=models.Q(('alerts', 'off'), _negated=True), fields=['alerts', 'last_told_at'], name='saved_search_due')],
                'constraints': [models.UniqueConstraint(fields=('user', 'query'), name='one_saved_search_each'), models.CheckConstraint(condition=models.Q(('alerts__in', ['off', 'daily', 'weekly'])), name='alerts_known')],
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translations', models.JSONField(blank=True, default=dict, help_text='{language code: {field: text}}, for languages beside the one of the text', verbose_name='translations')),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('about', models.TextField(blank=True, help_text='Plain text or Markdown.', max_length=5000, verbose_name='description')),
                ('language', models.ForeignKey(default='en', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.language', verbose_name='language of this text')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='stakeholders.stakeholder', verbose_name='stakeholder')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members_states', 'Members and States'), ('members', 'Members'), ('regional', 'Regional focal points'), ('desk', 'The desk')], default='desk', help_text='Choose the narrowest that serves the purpose.', max_length=15, verbose_name='who may read it')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10, verbose_name='status')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demonstration')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='begun at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'collection',
                'verbose_name_plural': 'collections',
                'ordering': ['-updated_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published'])), name='collection_status_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'members_states', 'members', 'regional', 'desk'])), name='collection_audience_known')],
            },
        ),
        migrations.CreateModel(
            name='ResourceStakeholder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stakeholder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resource_links', to='stakeholders.stakeholder', verbose_name='stakeholder')),
                ('role', models.CharField(choices=[('author', 'Author'), ('publisher', 'Publisher')], default='author', max_length=10, verbose_name='role')),
            ],
            options={
                'verbose_name': 'stakeholder of a resource',
                'verbose_name_plural': 'stakeholders of a resource',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['author', 'publisher'])), name='resource_stakeholder_role_known')],
            },
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('toolkit', 'Toolkit'), ('guide', 'Guide'), ('report', 'Report'), ('sherloc', 'Link to SHERLOC'), ('course', 'Course'), ('dataset', 'Data set'), ('template', 'Template'), ('video', 'Video'), ('presentation', 'Presentation'), ('good_practice', 'Good practice')], max_length=15, verbose_name='kind')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('pending', 'With the WhatsOn team'), ('hold', 'On hold'), ('published', 'Published'), ('archived', 'Archived'), ('refused', 'Declined'), ('withdrawn', 'Withdrawn'), ('merged', 'Merged into another')], default='draft', max_length=10, verbose_name='status')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members_states', 'Members and States'), ('members', 'Members'), ('regional', 'Regional focal points'), ('desk', 'The desk')], default='desk', help_text='Choose the narrowest that serves the purpose.', max_length=15, verbose_name='who may read it')),
                ('title', models.CharField(blank=True, editable=False, max_length=300, verbose_name='title')),
                ('language', models.ForeignKey(default='en', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.language', verbose_name='language of the original')),
                ('publisher', models.CharField(blank=True, max_length=250, verbose_name='publisher')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='date of publication')),
                ('precision', models.CharField(choices=[('year', 'Year only'), ('month', 'Month and year'), ('day', 'Day, month and year')], default='day', max_length=5, verbose_name='how exactly the date is known')),
                ('symbol', models.CharField(blank=True, max_length=80, verbose_name='document symbol')),
                ('doi', models.CharField(blank=True, max_length=200, verbose_name='DOI')),
                ('isbn', models.CharField(blank=True, max_length=13, verbose_name='ISBN')),
                ('licence', models.CharField(blank=True, choices=[('cc0', 'Public domain (CC0)'), ('cc_by', 'Creative Commons: attribution (CC BY)'), ('cc_by_sa', 'Creative Commons: attribution, same terms (CC BY-SA)'), ('cc_by_nc', 'Creative Commons: attribution, not commercial (CC BY-NC)'), ('cc_by_nc_sa', 'Creative Commons: attribution, not commercial, same terms (CC BY-NC-SA)'), ('cc_by_nd', 'Creative Commons: attribution, unchanged (CC BY-ND)'), ('cc_by_nc_nd', 'Creative Commons: attribution, not commercial, unchanged (CC BY-NC-ND)'), ('un', '© United Nations, all rights reserved'), ('reserved', 'All rights reserved'), ('other', 'Other terms')], max_length=12, verbose_name='licence')),
                ('licence_note', models.CharField(blank=True, max_length=300, verbose_name='licence in words')),
                ('suggested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='suggested_resources', to=settings.AUTH_USER_MODEL, verbose_name='suggested by')),
                ('suggested_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggested_resources', to='stakeholders.stakeholder', verbose_name='suggested for')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note to the desk')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source of the description')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='address of the source')),
                ('source_date', models.DateField(blank=True, null=True, verbose_name='date of the source')),
                ('code', models.CharField(blank=True, editable=False, max_length=60)),
                ('edited_by_hand', models.BooleanField(default=False, editable=False)),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demonstration')),
                ('embargo_until', models.DateTimeField(blank=True, null=True, verbose_name='embargo until')),
                ('embargo_zone', models.CharField(default='Europe/Vienna', max_length=60, verbose_name='time zone of the embargo')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('announced_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('withdrawn_reason', models.CharField(blank=True, choices=[('publisher', 'Its publisher has withdrawn it'), ('rights', 'Its owner does not allow it'), ('error', 'It contains an error of substance'), ('safety', 'It could put people at risk'), ('outdated', 'It is out of date and misleads'), ('mistake', 'It was published by mistake')], max_length=12, verbose_name='reason of the withdrawal')),
                ('withdrawn_note', models.TextField(blank=True, max_length=2000, verbose_name='public note')),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='resources.resource', verbose_name='merged into')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='begun at')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='updated at')),
                ('countries', models.ManyToManyField(blank=True, related_name='resources', to='taxonomy.country', verbose_name='countries it is about')),
                ('regions', models.ManyToManyField(blank=True, related_name='resources', to='taxonomy.region', verbose_name='regions it is about')),
                ('instruments', models.ManyToManyField(blank=True, related_name='resources', to='taxonomy.instrument', verbose_name='instruments')),
                ('articles', models.ManyToManyField(blank=True, related_name='resources', to='taxonomy.article', verbose_name='articles')),
                ('clusters', models.ManyToManyField(blank=True, related_name='resources', to='taxonomy.cluster', verbose_name='clusters of articles')),
                ('topics', models.ManyToManyField(blank=True, related_name='resources', to='taxonomy.topic', verbose_name='topics and crime types')),
                ('stakeholders', models.ManyToManyField(related_name='resources', through='resources.ResourceStakeholder', to='stakeholders.stakeholder', verbose_name='stakeholders')),
            ],
            options={
                'verbose_name': 'resource',
                'verbose_name_plural': 'resources',
                'ordering': ['-published_at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('status', 'published')), fields=['-published_on', '-id'], name='resource_by_date'), models.Index(condition=models.Q(('status', 'published')), fields=['-published_at', '-id'], name='resource_latest'), models.Index(fields=['status', '-updated_at'], name='resource_queue'), models.Index(condition=models.Q(('announced_at', None), ('status', 'published')), fields=['embargo_until'], name='resource_to_announce')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'pending', 'hold', 'published', 'archived', 'refused', 'withdrawn', 'merged'])), name='resource_status_known'), models.CheckConstraint(condition=models.Q(('kind__in', ('', 'toolkit', 'guide', 'report', 'sherloc', 'course', 'dataset', 'template', 'video', 'presentation', 'good_practice'))), name='resource_kind_known'), models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'members_states', 'members', 'regional', 'desk'])), name='resource_audience_known'), models.CheckConstraint(condition=models.Q(('precision__in', ['year', 'month', 'day'])), name='resource_precision_known'), models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(models.Q(('kind', ''), _negated=True), models.Q(('title', ''), _negated=True)), _connector='OR'), name='resource_named_once_sent'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('published', 'archived', 'withdrawn')), _negated=True), ('published_at__isnull', False), _connector='OR'), name='resource_published_at_some_time'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at', None), ('withdrawn_reason', '')), _connector='OR'), name='resource_withdrawn_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='resource_merged_into_one'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='resource_not_into_itself'), models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='resource_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='resources.resource', verbose_name='resource')),
                ('language', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='taxonomy.language', verbose_name='language')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('abstract', models.TextField(blank=True, help_text='Plain text or Markdown.', max_length=10000, verbose_name='abstract')),
                ('short_form', models.TextField(blank=True, max_length=2000, verbose_name='the practice in short')),
                ('full_form', models.TextField(blank=True, max_length=20000, verbose_name='the practice in full')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('is_original', models.BooleanField(default=False, verbose_name='original')),
                ('translated_by', models.CharField(blank=True, help_text='Empty for what the publisher itself issued in this language.', max_length=200, verbose_name='unofficial translation by')),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
                'ordering': ['-is_original', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('resource', 'language'), name='one_edition_per_language'), models.UniqueConstraint(condition=models.Q(('is_original', True)), fields=('resource',), name='one_original_per_resource')],
            },
        ),
        migrations.CreateModel(
            name='ProposedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to=core.uploads.private_path('files'), verbose_name='file')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('media_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the content')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposed_files', to='resources.edition', verbose_name='edition')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='what is new in it')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'proposed file',
                'verbose_name_plural': 'proposed files',
            },
        ),
        migrations.CreateModel(
            name='CollectionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='resources.collection', verbose_name='collection')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collection_items', to='resources.resource', verbose_name='resource')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
            ],
            options={
                'verbose_name': 'item of a collection',
                'verbose_name_plural': 'items of a collection',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('collection', 'resource'), name='once_in_a_collection')],
            },
        ),
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookmarks', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bookmarks', to='resources.resource', verbose_name='resource')),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='saved at')),
            ],
            options={
                'verbose_name': 'bookmark',
                'verbose_name_plural': 'bookmarks',
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'resource'), name='one_bookmark_each')],
            },
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='resources.resource', verbose_name='resource')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'author',
                'verbose_name_plural': 'authors',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ResourceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to=core.uploads.private_path('files'), verbose_name='file')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('media_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the content')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='resources.edition', verbose_name='edition')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='what is new in it')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                ('scan', models.CharField(choices=[('not_scanned', 'Not scanned for viruses'), ('clean', 'Scanned, nothing found'), ('infected', 'A virus was found'), ('failed', 'The scanner could not read it')], default='not_scanned', max_length=12, verbose_name='scan for viruses')),
                ('scanned_at', models.DateTimeField(blank=True, null=True, verbose_name='scanned at')),
                ('text_state', models.CharField(choices=[('waiting', 'Waiting to be read'), ('reading', 'Being read'), ('read', 'Read'), ('none', 'It contains no text'), ('failed', 'Could not be read')], default='waiting', max_length=8, verbose_name='text')),
                ('text_fault', models.CharField(blank=True, choices=[('encrypted', 'It is locked with a password. Please send a copy that opens without one.'), ('broken', 'It is damaged, or not of the type it claims. Please save it again and upload it once more.'), ('hostile', 'It is built in a way that no office program writes, so it was left unread.'), ('too_large', 'Reading it takes more memory than we allow. A simpler copy may work.'), ('too_slow', 'Reading it takes longer than we allow. A simpler copy may work.'), ('too_long', 'It is so long that only its first pages can be searched.'), ('given_up', 'The reading stopped several times without a reason. You may try it again.')], editable=False, max_length=20)),
                ('pages_done', models.PositiveIntegerField(default=0, editable=False)),
                ('pages_all', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('has_pages', models.BooleanField(default=False, editable=False)),
                ('claim', models.UUIDField(editable=False, null=True)),
                ('beat_at', models.DateTimeField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('thumbnail', models.FileField(blank=True, max_length=200, upload_to=core.uploads.private_path('thumbnails'), verbose_name='picture of the first page')),
            ],
            options={
                'verbose_name': 'file of a resource',
                'verbose_name_plural': 'files of resources',
                'ordering': ['edition_id', '-number'],
                'indexes': [models.Index(fields=['sha256'], name='resource_file_hash'), models.Index(condition=models.Q(('text_state__in', ('waiting', 'reading'))), fields=['text_state'], name='resource_file_to_read')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='one_file_per_version'), models.CheckConstraint(condition=models.Q(('scan__in', ['not_scanned', 'clean', 'infected', 'failed'])), name='resource_file_scan_known'), models.CheckConstraint(condition=models.Q(('text_state__in', ['waiting', 'reading', 'read', 'none', 'failed'])), name='resource_file_text_known')],
            },
        ),
        migrations.CreateModel(
            name='FilePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='resources.resourcefile', verbose_name='file')),
                ('number', models.PositiveIntegerField(verbose_name='page')),
                ('text', models.TextField(verbose_name='text')),
            ],
            options={
                'verbose_name': 'page of a file',
                'verbose_name_plural': 'pages of files',
                'ordering': ['file_id', 'number'],
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='one_text_per_page')],
            },
        ),
        migrations.CreateModel(
            name='ResourceRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='resources.resource', verbose_name='resource')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations_from', to='resources.resource', verbose_name='other resource')),
                ('kind', models.CharField(choices=[('part_of', 'Part of'), ('new_edition_of', 'New edition of'), ('translation_of', 'Translation of'), ('see_also', 'See also')], default='see_also', max_length=15, verbose_name='relation')),
            ],
            options={
                'verbose_name': 'relation between resources',
                'verbose_name_plural': 'relations between resources',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('resource', 'other', 'kind'), name='one_relation_each'), models.CheckConstraint(condition=models.Q(('resource', models.F('other')), _negated=True), name='related_to_another'), models.CheckConstraint(condition=models.Q(('kind__in', ['part_of', 'new_edition_of', 'translation_of', 'see_also'])), name='relation_kind_known')],
            },
        ),
        migrations.AddField(
            model_name='Collection',
            name='resources',
            field=models.ManyToManyField(related_name='collections', through='resources.CollectionItem', to='resources.resource', verbose_name='resources'),
        ),
        migrations.AddField(
            model_name='ResourceStakeholder',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stakeholder_links', to='resources.resource', verbose_name='resource'),
        ),
        migrations.AddConstraint(
            model_name='ResourceStakeholder',
            constraint=models.UniqueConstraint(fields=('resource', 'stakeholder', 'role'), name='one_role_of_a_stakeholder_each'),
        ),
        migrations.AddField(
            model_name='Resource',
            name='related',
            field=models.ManyToManyField(related_name='related_from', through='resources.ResourceRelation', to='resources.resource', verbose_name='related resources'),
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO),
    ]
