import core.uploads
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("search", "0001_initial"),
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("taxonomy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="source")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address of the source")),
                ("columns", models.JSONField(default=dict, editable=False)),
                (
                    "used_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="last used at",
                    ),
                ),
            ],
            options={
                "verbose_name": "source of imports",
                "verbose_name_plural": "sources of imports",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("text", models.CharField(max_length=300, verbose_name="question")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="place in the list")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "blocking_answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No")],
                        max_length=4,
                        verbose_name="answer that blocks",
                    ),
                ),
            ],
            options={
                "verbose_name": "question of the checklist",
                "verbose_name_plural": "questions of the checklist",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="checklist_question_asks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blocking_answer__in", ("", "yes", "no"))),
                        name="checklist_blocking_answer_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "version of the directory",
                "verbose_name_plural": "versions of the directory",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_directory_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded at")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="stakeholders.importsource",
                        verbose_name="source",
                    ),
                ),
                ("source_date", models.DateField(verbose_name="date of the source")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("sent", "Columns to be named"),
                            ("checking", "Dry run under way"),
                            ("checked", "Dry run done"),
                            ("taking_in", "Import under way"),
                            ("taken_in", "Imported"),
                            ("undoing", "Undoing under way"),
                            ("undone", "Undone"),
                            ("failed", "Failed"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_allowed", "The person who asked may no longer import."),
                            (
                                "broken",
                                "Something went wrong on our side. The error was logged; please try again.",
                            ),
                            ("given_up", "The import took too long. Please import fewer rows at once."),
                            ("unreadable", "The file cannot be read to its end."),
                            (
                                "moved_on",
                                "The directory has changed since the dry run. Please repeat it; your choices are saved.",
                            ),
                        ],
                        max_length=20,
                        verbose_name="why it failed",
                    ),
                ),
                (
                    "said",
                    models.CharField(blank=True, max_length=500, verbose_name="what was wrong with the file"),
                ),
                ("format", models.CharField(editable=False, max_length=4)),
                ("encoding", models.CharField(blank=True, editable=False, max_length=20)),
                ("separator", models.CharField(blank=True, editable=False, max_length=1)),
                ("heads", models.JSONField(default=list, editable=False)),
                ("columns", models.JSONField(default=dict, editable=False)),
                ("default_kind", models.CharField(blank=True, editable=False, max_length=10)),
                ("default_country", models.CharField(blank=True, editable=False, max_length=3)),
                (
                    "without_refused",
                    models.BooleanField(default=False, verbose_name="without the rows with errors"),
                ),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("counts", models.JSONField(default=dict, editable=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="dry run at")),
                ("taken_in_at", models.DateTimeField(blank=True, null=True, verbose_name="imported at")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=core.uploads.private_path("imports"),
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "import into the directory",
                "verbose_name_plural": "imports into the directory",
                "ordering": ["-uploaded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "sent",
                                    "checking",
                                    "checked",
                                    "taking_in",
                                    "taken_in",
                                    "undoing",
                                    "undone",
                                    "failed",
                                ],
                            )
                        ),
                        name="import_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "failed"),
                                (
                                    "fault__in",
                                    ["not_allowed", "broken", "given_up", "unreadable", "moved_on"],
                                ),
                            ),
                            models.Q(models.Q(("status", "failed"), _negated=True), ("fault", "")),
                            _connector="OR",
                        ),
                        name="import_failed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[("application", "Application"), ("stakeholder", "Stakeholder")],
                        max_length=15,
                        verbose_name="kind of subject",
                    ),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="subject")),
                (
                    "which",
                    models.CharField(
                        choices=[
                            ("name", "Name"),
                            ("name_latin", "Name in Latin script"),
                            ("applicant", "Name of the applicant"),
                            ("other", "Name in another language"),
                            ("former", "Former name"),
                            ("officer", "Officer"),
                        ],
                        max_length=15,
                        verbose_name="which name",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name here")),
                ("name_digest", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("individual", "Individual"), ("entity", "Entity")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference on the list")),
                ("form", models.CharField(max_length=300, verbose_name="name on the list")),
                ("listed_digest", models.CharField(max_length=64)),
                ("likeness", models.FloatField(verbose_name="likeness")),
                (
                    "found_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="found at",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("cleared_at", models.DateTimeField(blank=True, null=True, verbose_name="cleared at")),
                (
                    "cleared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cleared by",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
            ],
            options={
                "verbose_name": "screening match",
                "verbose_name_plural": "screening matches",
                "indexes": [
                    models.Index(
                        condition=models.Q(("cleared_at", None), ("ended_at", None)),
                        fields=["-likeness", "id"],
                        name="match_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject_kind__in", ["application", "stakeholder"])),
                        name="match_subject_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("which__in", ["name", "name_latin", "applicant", "other", "former", "officer"])
                        ),
                        name="match_name_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["individual", "entity"])), name="match_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("likeness__gte", 0), ("likeness__lte", 1)),
                        name="match_likeness_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_at__isnull", True), ("reason", "")),
                            models.Q(("cleared_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="match_cleared_with_reason",
                    ),
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "name_digest", "listed_digest"),
                        name="one_match_per_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("generated", models.DateField(verbose_name="made on")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the file")),
                ("entries", models.PositiveIntegerField(verbose_name="profiles")),
                ("rows", models.PositiveIntegerField(verbose_name="forms of names")),
                (
                    "loaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="loaded at",
                    ),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="loaded by",
                    ),
                ),
            ],
            options={"verbose_name": "screening list", "verbose_name_plural": "screening lists"},
        ),
        migrations.CreateModel(
            name="ListedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="stakeholders.screeninglist",
                        verbose_name="list",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("individual", "Individual"), ("entity", "Entity")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="reference")),
                ("form", models.CharField(max_length=300, verbose_name="form of the name")),
                ("key", models.CharField(max_length=300)),
                ("bones", models.CharField(blank=True, max_length=300)),
                ("in_han", models.BooleanField(default=False)),
                ("in_arabic", models.BooleanField(default=False)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "listed name",
                "verbose_name_plural": "listed names",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["key"], name="listed_key_alike", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["bones"],
                        name="listed_bones_alike",
                        opclasses=["gin_trgm_ops"],
                    ),
                    models.Index(fields=["key"], name="listed_key"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["individual", "entity"])),
                        name="listed_name_kind_known",
                    ),
                    models.UniqueConstraint(fields=("list", "digest"), name="one_listed_name_each"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="stakeholders.screeninglist",
                        verbose_name="list",
                    ),
                ),
                ("stakeholders_to", models.BigIntegerField(default=0)),
                ("applications_to", models.BigIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("most", models.PositiveIntegerField(default=0, verbose_name="in all")),
                ("found", models.PositiveIntegerField(default=0, verbose_name="new hits")),
                (
                    "started_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="started at",
                    ),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
            ],
            options={
                "verbose_name": "screening run",
                "verbose_name_plural": "screening runs",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("finished_at",),
                        name="one_screening_run",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Stakeholder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ngo", "Non-governmental organization"),
                            ("academia", "Academic or research institution"),
                            ("private", "Private sector"),
                            ("expert", "Individual expert"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="In its own language and script.", max_length=250, verbose_name="name"
                    ),
                ),
                (
                    "name_latin",
                    models.CharField(blank=True, max_length=250, verbose_name="name in Latin script"),
                ),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="acronym")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country or area",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=("http", "https"))],
                        verbose_name="website",
                    ),
                ),
                ("mission", models.TextField(blank=True, max_length=2000, verbose_name="mission")),
                (
                    "mission_language",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of the mission",
                    ),
                ),
                (
                    "descriptors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("grassroots", "Grassroots"),
                                ("youth_led", "Led by young people"),
                                ("women_led", "Led by women"),
                                ("victim_led", "Led by victims or survivors"),
                                ("faith_based", "Faith-based"),
                                ("indigenous", "Led by indigenous peoples"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="descriptors",
                    ),
                ),
                (
                    "ecosoc_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None"),
                            ("applied", "Applied for"),
                            ("roster", "Roster"),
                            ("special", "Special"),
                            ("general", "General"),
                        ],
                        max_length=10,
                        verbose_name="consultative status with ECOSOC",
                    ),
                ),
                (
                    "cop_observer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No")],
                        max_length=3,
                        verbose_name="observer at the Conference of the Parties",
                    ),
                ),
                ("references", models.TextField(blank=True, max_length=2000, verbose_name="references")),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("members_states", "Members and States"),
                            ("members", "Members only"),
                            ("country", "Not named: it only counts in the total of its country"),
                            ("unlisted", "Not listed: it is not shown or counted anywhere"),
                        ],
                        max_length=20,
                        verbose_name="who may find it",
                    ),
                ),
                ("name_key", models.CharField(blank=True, editable=False, max_length=300)),
                ("site_key", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("listed", "Listed from a public source"),
                            ("active", "Active"),
                            ("lapsed", "Lapsed"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged into another"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        db_index=False, editable=False, max_length=80, verbose_name="part of the address"
                    ),
                ),
                ("sort_key", models.CharField(editable=False, max_length=300)),
                ("source_name", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="address of the source"),
                ),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="date of the source")),
                ("ror_id", models.CharField(blank=True, max_length=40, verbose_name="ROR identifier")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                (
                    "lapses_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="lapses unless confirmed by"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="created at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demonstration profile"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="stakeholders.stakeholder",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "contact_from",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody who is signed in"),
                            ("members_states", "Members and States"),
                            ("members", "Members only"),
                            ("nobody", "No one: the profile does not accept messages"),
                        ],
                        default="members_states",
                        max_length=15,
                        verbose_name="who may write to it",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="%(class)ss", to="taxonomy.topic", verbose_name="topics"
                    ),
                ),
                (
                    "articles",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss",
                        to="taxonomy.article",
                        verbose_name="articles of the Convention",
                    ),
                ),
                (
                    "engagement_areas",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss",
                        to="taxonomy.engagementarea",
                        verbose_name="engagement areas",
                    ),
                ),
                (
                    "works_in",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss_at_work",
                        to="taxonomy.country",
                        verbose_name="countries of activity",
                    ),
                ),
                (
                    "languages",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss",
                        to="taxonomy.language",
                        verbose_name="working languages",
                    ),
                ),
            ],
            options={
                "verbose_name": "stakeholder",
                "verbose_name_plural": "stakeholders",
                "indexes": [
                    models.Index(
                        condition=models.Q(("listing", "public"), ("status__in", ("listed", "active"))),
                        fields=["sort_key", "id"],
                        name="stakeholder_directory",
                    ),
                    models.Index(
                        condition=models.Q(("listing", "public"), ("status__in", ("listed", "active"))),
                        fields=["-created_at", "-id"],
                        name="stakeholder_newest",
                    ),
                    models.Index(fields=["country", "kind"], name="stakeholder_country_kind"),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("confirmed_at", "approved_at"),
                        condition=models.Q(("status", "active")),
                        name="stakeholder_unconfirmed",
                    ),
                    models.Index(fields=["sort_key"], name="stakeholder_sort_key"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["name_key"], name="stakeholder_name_alike", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(
                        condition=models.Q(("site_key", ""), _negated=True),
                        fields=["site_key"],
                        name="stakeholder_site",
                    ),
                    models.Index(
                        django.db.models.functions.text.Upper("acronym"),
                        condition=models.Q(("acronym", ""), _negated=True),
                        name="stakeholder_acronym",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ngo", "academia", "private", "expert"])),
                        name="stakeholder_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ecosoc_status__in", ("", "none", "applied", "roster", "special", "general"))
                        ),
                        name="stakeholder_ecosoc_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cop_observer__in", ("", "yes", "no"))),
                        name="stakeholder_observer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "descriptors__contained_by",
                                [
                                    "grassroots",
                                    "youth_led",
                                    "women_led",
                                    "victim_led",
                                    "faith_based",
                                    "indigenous",
                                ],
                            )
                        ),
                        name="stakeholder_descriptors_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["listed", "active", "lapsed", "suspended", "withdrawn", "merged"])
                        ),
                        name="stakeholder_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("listing__in", ["public", "members_states", "members", "country", "unlisted"])
                        ),
                        name="stakeholder_listing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="stakeholder_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "listed"), _negated=True),
                            models.Q(
                                models.Q(("source_name", ""), _negated=True), ("source_date__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="listed_entry_says_its_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "active"), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="active_entry_was_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact_from__in", ["everybody", "members_states", "members", "nobody"])
                        ),
                        name="stakeholder_contact_from_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(
                                ("lapses_at__isnull", True),
                                ("status", "merged"),
                                models.Q(("merged_into", models.F("pk")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stakeholder_merged_elsewhere",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ror_id", ""), _negated=True),
                        fields=("ror_id",),
                        name="one_stakeholder_per_ror_id",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ngo", "Non-governmental organization"),
                            ("academia", "Academic or research institution"),
                            ("private", "Private sector"),
                            ("expert", "Individual expert"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name_latin",
                    models.CharField(blank=True, max_length=250, verbose_name="name in Latin script"),
                ),
                ("acronym", models.CharField(blank=True, max_length=40, verbose_name="acronym")),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=("http", "https"))],
                        verbose_name="website",
                    ),
                ),
                ("mission", models.TextField(blank=True, max_length=2000, verbose_name="mission")),
                (
                    "mission_language",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language of the mission",
                    ),
                ),
                (
                    "descriptors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("grassroots", "Grassroots"),
                                ("youth_led", "Led by young people"),
                                ("women_led", "Led by women"),
                                ("victim_led", "Led by victims or survivors"),
                                ("faith_based", "Faith-based"),
                                ("indigenous", "Led by indigenous peoples"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="descriptors",
                    ),
                ),
                (
                    "ecosoc_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None"),
                            ("applied", "Applied for"),
                            ("roster", "Roster"),
                            ("special", "Special"),
                            ("general", "General"),
                        ],
                        max_length=10,
                        verbose_name="consultative status with ECOSOC",
                    ),
                ),
                (
                    "cop_observer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No")],
                        max_length=3,
                        verbose_name="observer at the Conference of the Parties",
                    ),
                ),
                ("references", models.TextField(blank=True, max_length=2000, verbose_name="references")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=300)),
                ("site_key", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("new", "New profile"),
                            ("claim", "Claim of a listed profile"),
                            ("change", "Change of a vetted field"),
                            ("reinstatement", "Reinstatement"),
                        ],
                        default="new",
                        max_length=15,
                        verbose_name="asks for",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("in_review", "In review"),
                            ("returned", "Returned for changes"),
                            ("approved", "Approved"),
                            ("refused", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applicant",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=250, verbose_name="name")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country or area",
                    ),
                ),
                (
                    "listing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "Everybody"),
                            ("members_states", "Members and States"),
                            ("members", "Members only"),
                            ("country", "Not named: it only counts in the total of its country"),
                            ("unlisted", "Not listed: it is not shown or counted anywhere"),
                        ],
                        max_length=20,
                        verbose_name="who may find it",
                    ),
                ),
                (
                    "no_paper_reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="why there is no document"),
                ),
                (
                    "told_apart",
                    models.JSONField(default=list, editable=False, verbose_name="profiles that are others"),
                ),
                (
                    "told_apart_why",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is another organization"
                    ),
                ),
                ("snapshot", models.JSONField(default=dict, editable=False, verbose_name="what was sent")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="returned at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("out_of_scope", "The work is outside the scope of the Convention"),
                            ("not_verifiable", "The information in the application could not be verified"),
                            ("incomplete", "What was asked for did not arrive"),
                            ("duplicate", "There is already a profile for this stakeholder"),
                            (
                                "principles",
                                "It conflicts with the purposes and principles of the United Nations",
                            ),
                            ("governmental", "It is a part of a government, or an intergovernmental body"),
                            ("other", "Another reason, given in the note"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="decision promised by")),
                ("answer_by", models.DateTimeField(blank=True, null=True, verbose_name="answer asked by")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="begun at",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="updated at",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="%(class)ss", to="taxonomy.topic", verbose_name="topics"
                    ),
                ),
                (
                    "articles",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss",
                        to="taxonomy.article",
                        verbose_name="articles of the Convention",
                    ),
                ),
                (
                    "engagement_areas",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss",
                        to="taxonomy.engagementarea",
                        verbose_name="engagement areas",
                    ),
                ),
                (
                    "works_in",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss_at_work",
                        to="taxonomy.country",
                        verbose_name="countries of activity",
                    ),
                ),
                (
                    "languages",
                    models.ManyToManyField(
                        blank=True,
                        related_name="%(class)ss",
                        to="taxonomy.language",
                        verbose_name="working languages",
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "indexes": [
                    models.Index(fields=["status", "due_at"], name="application_queue"),
                    models.Index(fields=["name_key"], name="application_name"),
                    models.Index(
                        condition=models.Q(("site_key", ""), _negated=True),
                        fields=["site_key"],
                        name="application_site",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ngo", "academia", "private", "expert"])),
                        name="application_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ecosoc_status__in", ("", "none", "applied", "roster", "special", "general"))
                        ),
                        name="application_ecosoc_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cop_observer__in", ("", "yes", "no"))),
                        name="application_observer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "descriptors__contained_by",
                                [
                                    "grassroots",
                                    "youth_led",
                                    "women_led",
                                    "victim_led",
                                    "faith_based",
                                    "indigenous",
                                ],
                            )
                        ),
                        name="application_descriptors_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["new", "claim", "change", "reinstatement"])),
                        name="application_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "in_review",
                                    "returned",
                                    "approved",
                                    "refused",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="application_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "listing__in",
                                ("", "public", "members_states", "members", "country", "unlisted"),
                            )
                        ),
                        name="application_listing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "draft"), ("submitted_at__isnull", True)),
                            models.Q(
                                models.Q(("status", "draft"), _negated=True), ("submitted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="application_sent_at_once_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("status__in", ("approved", "refused"))),
                            models.Q(
                                models.Q(("status__in", ("approved", "refused")), _negated=True),
                                ("decided_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="application_decided_at_once_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "approved"), _negated=True),
                            ("stakeholder__isnull", False),
                            _connector="OR",
                        ),
                        name="application_approved_has_stakeholder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "refused"),
                                (
                                    "refusal_reason__in",
                                    [
                                        "out_of_scope",
                                        "not_verifiable",
                                        "incomplete",
                                        "duplicate",
                                        "principles",
                                        "governmental",
                                        "other",
                                    ],
                                ),
                            ),
                            models.Q(models.Q(("status", "refused"), _negated=True), ("refusal_reason", "")),
                            _connector="OR",
                        ),
                        name="application_refused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            models.Q(
                                models.Q(("name", ""), _negated=True),
                                models.Q(("listing", ""), _negated=True),
                                ("country__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="application_complete_once_sent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "draft")),
                        fields=("applicant",),
                        name="one_draft_application_each",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("submitted", "in_review", "returned"))),
                        fields=("applicant", "name_key"),
                        name="one_open_application_per_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sender",
                    ),
                ),
                ("subject", models.CharField(max_length=150, verbose_name="subject")),
                (
                    "shows_address",
                    models.BooleanField(default=False, verbose_name="shows the sender's address"),
                ),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                (
                    "began_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="began at",
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="last message at",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversation",
                "verbose_name_plural": "conversations",
                "ordering": ["-last_at", "-pk"],
                "indexes": [
                    models.Index(fields=["sender", "-last_at"], name="conversation_of_sender"),
                    models.Index(fields=["stakeholder", "-last_at"], name="conversation_of_entry"),
                    models.Index(fields=["last_at"], name="conversation_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True), name="conversation_has_subject"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("fingerprint", ""), _negated=True),
                        fields=("stakeholder", "sender", "fingerprint"),
                        name="one_message_of_its_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="stakeholders.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                ("from_stakeholder", models.BooleanField(verbose_name="written for the stakeholder")),
                ("text", models.TextField(max_length=5000, verbose_name="message")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="at",
                    ),
                ),
            ],
            options={
                "verbose_name": "message of a conversation",
                "verbose_name_plural": "messages of conversations",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="line_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=core.uploads.private_path("files"), verbose_name="file"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("media_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration document",
                "verbose_name_plural": "registration documents",
                "ordering": ["uploaded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recommendations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "view",
                    models.CharField(
                        choices=[
                            ("support", "Supports it"),
                            ("oppose", "Does not support it"),
                            ("none", "Has no view"),
                        ],
                        max_length=10,
                        verbose_name="view",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("known", "Known in the region for this work"),
                            ("partner", "Works with others in the region"),
                            ("consistent", "Not known, but plausible for the region"),
                            ("unknown", "Not known in the region"),
                            ("doubts", "There are doubts about the information"),
                            ("duplicate", "It is part of, or the same as, another body"),
                            ("other", "Another reason, given in the text"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="in words")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="given at")),
                ("changed_at", models.DateTimeField(blank=True, null=True, verbose_name="changed at")),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("view__in", ["support", "oppose", "none"])),
                        name="recommendation_view_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                ["known", "partner", "consistent", "unknown", "doubts", "duplicate", "other"],
                            ),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="recommendation_says_why",
                    ),
                    models.UniqueConstraint(fields=("application", "by"), name="one_recommendation_each"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reconsideration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reconsideration",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "reason",
                    models.TextField(max_length=3000, verbose_name="why it should be looked at again"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at"),
                ),
                ("due_at", models.DateTimeField(verbose_name="answer promised by")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stands", "The refusal is upheld"),
                            ("reopened", "The application is looked at again"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note to the applicant")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
            ],
            options={
                "verbose_name": "reconsideration",
                "verbose_name_plural": "reconsiderations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="reconsideration_gives_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("outcome__in", ["stands", "reopened"]),
                                models.Q(("note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="reconsideration_decided_says_what_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Screened",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="screened",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stakeholders.screeninglist",
                        verbose_name="list",
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                    ),
                ),
            ],
            options={"verbose_name": "screened application", "verbose_name_plural": "screened applications"},
        ),
        migrations.CreateModel(
            name="SourceTrust",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=190, verbose_name="mail domain")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "On hold until the WhatsOn team has read it"),
                            (1, "Read before publication"),
                            (2, "Published at once, read afterwards"),
                        ],
                        verbose_name="how far it is trusted",
                    ),
                ),
                ("note", models.CharField(max_length=300, verbose_name="why")),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="given by",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="given at"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ],
            options={
                "verbose_name": "trust in a source",
                "verbose_name_plural": "trust in sources",
                "ordering": ["-given_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("domain", ""), ("person__isnull", False), ("stakeholder", None)),
                            models.Q(("domain", ""), ("person", None), ("stakeholder__isnull", False)),
                            models.Q(
                                ("person", None),
                                ("stakeholder", None),
                                models.Q(("domain", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="source_trust_in_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", (0, 2))), name="source_trust_level_said"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("person__isnull", False)),
                        fields=("person",),
                        name="one_source_trust_of_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("stakeholder__isnull", False)),
                        fields=("stakeholder",),
                        name="one_source_trust_of_stakeholder",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), models.Q(("domain", ""), _negated=True)),
                        fields=("domain",),
                        name="one_source_trust_of_domain",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject_kind", models.CharField(max_length=80, verbose_name="kind of subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject")),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="stakeholders.stakeholder",
                        verbose_name="profile",
                    ),
                ),
                ("entry_name", models.CharField(max_length=250, verbose_name="name of what is reported")),
                (
                    "conversation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="stakeholders.conversation",
                        verbose_name="conversation",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("wrong", "Something in it is not true, or no longer"),
                            ("not_real", "The organization or person does not exist"),
                            ("impostor", "A person speaks for an organization without being entitled to"),
                            ("abusive", "It insults, threatens or incites hatred"),
                            ("private", "It discloses private information, or endangers people"),
                            ("duplicate", "The same organization or person is listed twice"),
                            ("other", "Something else"),
                            ("advertising", "Advertising, or a mass message"),
                            (
                                "fraud",
                                "It asks for money, passwords or documents, or impersonates another person",
                            ),
                            ("threat", "It threatens, blackmails or insults"),
                            ("prying", "It seeks private information, or endangers people"),
                            ("unfitting", "Something else in it should not be sent"),
                            ("rights", "It uses a text or a picture of others without permission"),
                            ("spam", "It is advertising"),
                        ],
                        max_length=15,
                        verbose_name="what is wrong",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="in words")),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "address",
                    models.EmailField(blank=True, max_length=254, verbose_name="address for the answer"),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language of the answer")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="reported at",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "The profile was corrected"),
                            ("removed", "The profile was removed from the directory"),
                            ("under_watch", "The organization was asked to correct or explain it"),
                            ("unfounded", "The profile is correct"),
                            ("not_checked", "It could not be verified with the information given"),
                            ("abuse", "The report itself is abusive or advertising"),
                            ("warned", "The author was warned"),
                            ("kept_out", "The account that wrote it was closed"),
                            ("harmless", "The message respects the terms of use"),
                            ("fixed", "It was corrected"),
                            ("hidden", "It was hidden"),
                            ("taken_down", "It was taken down"),
                            ("found_right", "It is correct"),
                        ],
                        max_length=15,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hide", "Hide it; it can be brought back"),
                            ("remove", "Remove it for good"),
                            ("dismiss", "Leave it as it is"),
                        ],
                        max_length=10,
                        verbose_name="what was done",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("untrue", "It is not true"),
                            ("abuse", "It insults, threatens or incites hatred"),
                            ("privacy", "It discloses private information, or endangers people"),
                            ("rights", "It uses what belongs to others without permission"),
                            ("advertising", "It is advertising"),
                            ("terms", "It breaches the terms of use"),
                        ],
                        max_length=15,
                        verbose_name="reason",
                    ),
                ),
                ("batch", models.UUIDField(blank=True, editable=False, null=True)),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note for the desk")),
                (
                    "answer",
                    models.TextField(blank=True, max_length=2000, verbose_name="answer to who reported it"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
            ],
            options={
                "verbose_name": "report of something wrong or abusive",
                "verbose_name_plural": "reports of something wrong or abusive",
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(fields=["answered_at", "at"], name="report_queue"),
                    models.Index(fields=["subject_kind", "subject_id"], name="report_of_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                [
                                    "wrong",
                                    "not_real",
                                    "impostor",
                                    "abusive",
                                    "private",
                                    "duplicate",
                                    "other",
                                    "advertising",
                                    "fraud",
                                    "threat",
                                    "prying",
                                    "unfitting",
                                    "rights",
                                    "spam",
                                ],
                            )
                        ),
                        name="report_what_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="report_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                (
                                    "outcome__in",
                                    [
                                        "corrected",
                                        "removed",
                                        "under_watch",
                                        "unfounded",
                                        "not_checked",
                                        "abuse",
                                        "warned",
                                        "kept_out",
                                        "harmless",
                                        "fixed",
                                        "hidden",
                                        "taken_down",
                                        "found_right",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="report_answered_has_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deed__in", ["", "hide", "remove", "dismiss"]),
                            (
                                "reason__in",
                                ["", "untrue", "abuse", "privacy", "rights", "advertising", "terms"],
                            ),
                        ),
                        name="report_deed_and_reason_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OtherName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("other", "The same name in another language or script"),
                            ("former", "Former name"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(max_length=250, verbose_name="name")),
                (
                    "language",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.language",
                        verbose_name="language",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["pk"],
                "abstract": False,
                "indexes": [
                    models.Index(django.db.models.functions.text.Upper("text"), name="other_name_text")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("stakeholder__isnull", True)),
                            models.Q(("application__isnull", True), ("stakeholder__isnull", False)),
                            _connector="OR",
                        ),
                        name="othername_belongs_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["other", "former"])), name="other_name_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="other_name_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
            ],
            options={
                "verbose_name": "officer",
                "verbose_name_plural": "officers",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("stakeholder__isnull", True)),
                            models.Q(("application__isnull", True), ("stakeholder__isnull", False)),
                            _connector="OR",
                        ),
                        name="officer_belongs_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="officer_is_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country or area",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
            ],
            options={
                "verbose_name": "office",
                "verbose_name_plural": "offices",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("stakeholder__isnull", True)),
                            models.Q(("application__isnull", True), ("stakeholder__isnull", False)),
                            _connector="OR",
                        ),
                        name="office_belongs_to_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("offer", "Offer"), ("need", "Need")],
                        max_length=5,
                        verbose_name="offer or need",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="taxonomy.engagementarea",
                        verbose_name="engagement area",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="taxonomy.topic",
                        verbose_name="topic",
                    ),
                ),
                ("text", models.TextField(max_length=600, verbose_name="what exactly")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("members", "Members of this portal only: also hidden from States"),
                            ("members_states", "Members of this portal and States"),
                            ("public", "Everybody"),
                        ],
                        default="members",
                        max_length=20,
                        verbose_name="who reads it",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="good until")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="made at",
                    ),
                ),
                (
                    "languages",
                    models.ManyToManyField(
                        blank=True, related_name="offers", to="taxonomy.language", verbose_name="languages"
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True,
                        related_name="offers",
                        to="taxonomy.country",
                        verbose_name="countries or areas",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer or need",
                "verbose_name_plural": "offers and needs",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["direction", "-created_at"],
                        name="offer_newest",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["area", "direction"],
                        name="offer_area",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["topic", "direction"],
                        name="offer_topic",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["offer", "need"])), name="offer_direction_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["members", "members_states", "public"])),
                        name="offer_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area__isnull", False), ("topic__isnull", False), _connector="OR"
                        ),
                        name="offer_says_about_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="offer_says_what"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "Administrator of the organization"),
                            ("editor", "Editor"),
                            ("reader", "Reader"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "joined_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="joined at",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["admin", "editor", "reader"])),
                        name="membership_role_known",
                    ),
                    models.UniqueConstraint(fields=("stakeholder", "user"), name="one_membership_each"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailProof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_proofs",
                        to="stakeholders.stakeholder",
                        verbose_name="profile",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_proofs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("site", models.CharField(max_length=300, verbose_name="website of the profile")),
                ("code_hash", models.CharField(editable=False, max_length=64)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="wrong codes")),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent at")),
                ("expires_at", models.DateTimeField(verbose_name="good until")),
                ("proved_at", models.DateTimeField(blank=True, null=True, verbose_name="proved at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ],
            options={
                "verbose_name": "proof by e-mail",
                "verbose_name_plural": "proofs by e-mail",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address", django.db.models.functions.text.Lower("address"))),
                        name="mail_proof_in_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proved_at", None), ("ended_at", None), _connector="OR"),
                        name="mail_proof_ends_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("proved_at", None)),
                        fields=("stakeholder", "user"),
                        name="one_open_mail_proof_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("entry_name", models.CharField(max_length=250, verbose_name="name of the profile")),
                ("message", models.TextField(max_length=1000, verbose_name="message")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at"),
                ),
                (
                    "with_desk_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="with the desk since"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("admin", "Administrator of the organization"),
                            ("editor", "Editor"),
                            ("reader", "Reader"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
            ],
            options={
                "verbose_name": "request to join",
                "verbose_name_plural": "requests to join",
                "ordering": ["asked_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None), ("with_desk_since", None)),
                        fields=["asked_at"],
                        name="join_request_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("message", ""), _negated=True), name="join_request_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("outcome__in", ["accepted", "declined", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="join_request_answered_has_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="join_request_declined_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "accepted"), ("role__in", ["admin", "editor", "reader"])),
                            models.Q(models.Q(("outcome", "accepted"), _negated=True), ("role", "")),
                            _connector="OR",
                        ),
                        name="join_request_accepted_as",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("stakeholder", "user"),
                        name="one_open_join_request_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "Administrator of the organization"),
                            ("editor", "Editor"),
                            ("reader", "Reader"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        max_length=2,
                        verbose_name="language of the e-mail",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="sent at",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="good until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                ("declined", models.BooleanField(default=False, verbose_name="declined")),
                (
                    "decline_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was declined"),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "indexes": [
                    models.Index(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                        fields=["address"],
                        name="invitation_address",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["admin", "editor", "reader"])),
                        name="invitation_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", django.db.models.functions.text.Lower("address"))),
                        name="invitation_in_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="invitation_ends_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                        fields=("stakeholder", "address"),
                        name="one_open_invitation_per_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="stakeholders.import",
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("cells", models.JSONField(default=list)),
                ("values", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("unchanged", "Unchanged"),
                            ("claimed", "Unchanged, the profile has its own administrators"),
                            ("skipped", "Skipped"),
                            ("refused", "With errors"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=60)),
                (
                    "stakeholder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="import_rows",
                        to="stakeholders.stakeholder",
                    ),
                ),
                (
                    "twin",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="import_twins",
                        to="stakeholders.stakeholder",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The same: update the profile from the row"),
                            ("another", "Another one: list it as new"),
                            ("skip", "Skip the row"),
                        ],
                        max_length=10,
                    ),
                ),
                ("left", models.BooleanField(default=False)),
                ("name_key", models.CharField(blank=True, max_length=300)),
                ("sort_key", models.CharField(blank=True, max_length=300)),
                ("site_key", models.CharField(blank=True, max_length=300)),
                ("slug", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "verbose_name": "row of an import",
                "verbose_name_plural": "rows of imports",
                "ordering": ["row"],
                "indexes": [models.Index(fields=["of", "outcome", "row"], name="import_row_outcome")],
                "constraints": [
                    models.UniqueConstraint(fields=("of", "row"), name="one_row_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["new", "changed", "unchanged", "claimed", "skipped", "refused"])
                        ),
                        name="import_row_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="at",
                    ),
                ),
            ],
            options={
                "verbose_name": "administrator appointed by the desk",
                "verbose_name_plural": "administrators appointed by the desk",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="handover_gives_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("observation", "Observation"),
                            ("yellow", "Yellow flag: look closely"),
                            ("red", "Red flag: blocks an approval"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="what was noticed")),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="raised by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="raised at")),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="why it was withdrawn"),
                ),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["observation", "yellow", "red"])),
                        name="flag_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="flag_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", True), ("stakeholder__isnull", False)),
                            models.Q(("application__isnull", False), ("stakeholder__isnull", True)),
                            _connector="OR",
                        ),
                        name="flag_is_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True)),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flag_withdrawn_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parent_links",
                        to="stakeholders.stakeholder",
                        verbose_name="branch",
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parent_link",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="branch_links",
                        to="stakeholders.stakeholder",
                        verbose_name="parent organization",
                    ),
                ),
                (
                    "asked_from",
                    models.CharField(
                        choices=[
                            ("branch", "Branch"),
                            ("parent", "Parent organization"),
                            ("desk", "The WhatsOn team"),
                        ],
                        max_length=6,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="asked for at",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed at"),
                ),
            ],
            options={
                "verbose_name": "link between a branch and its parent",
                "verbose_name_plural": "links between branches and parents",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked_from__in", ["branch", "parent", "desk"])),
                        name="family_asked_from_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("branch__isnull", True),
                            models.Q(("branch", models.F("parent")), _negated=True),
                            _connector="OR",
                        ),
                        name="family_not_within_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", True), ("branch__isnull", False)),
                            models.Q(
                                ("application__isnull", False),
                                ("branch__isnull", True),
                                ("confirmed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="family_of_entry_or_application",
                    ),
                    models.UniqueConstraint(fields=("branch", "parent"), name="family_one_link_each_pair"),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=("branch",),
                        name="family_one_parent_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("claim", models.UUIDField(editable=False, null=True)),
                ("beat_at", models.DateTimeField(editable=False, null=True, verbose_name="last heard of")),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="asked for at",
                    ),
                ),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="ready at")),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("media_type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the content"),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dossiers",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("making", "Under way"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_allowed", "The person who asked no longer manages the stakeholder."),
                            (
                                "broken",
                                "Something went wrong on our side. The error was logged; please ask again.",
                            ),
                            (
                                "given_up",
                                "It was begun several times and never completed. Please tell the WhatsOn team.",
                            ),
                        ],
                        max_length=20,
                        verbose_name="why it failed",
                    ),
                ),
                ("done", models.PositiveSmallIntegerField(default=0, verbose_name="parts done")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=core.uploads.private_path("dossiers"),
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier of a stakeholder",
                "verbose_name_plural": "dossiers of stakeholders",
                "ordering": ["-asked_at", "-pk"],
                "indexes": [models.Index(fields=["expires_at"], name="dossier_expires")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "making", "ready", "failed"])),
                        name="dossier_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "failed"), ("fault__in", ["not_allowed", "broken", "given_up"])
                            ),
                            models.Q(models.Q(("status", "failed"), _negated=True), ("fault", "")),
                            _connector="OR",
                        ),
                        name="dossier_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            models.Q(models.Q(("file", ""), _negated=True), ("ready_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="dossier_ready_has_its_file",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("waiting", "making"))),
                        fields=("stakeholder", "asked_by"),
                        name="one_dossier_under_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Telephone"),
                            ("web", "Page on the web"),
                            ("person", "Person to ask for"),
                            ("address", "Postal address"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=300, verbose_name="contact")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Everybody, also search engines"),
                            ("members_states", "Members and States"),
                            ("members", "Members, not States"),
                            ("regional", "Regional focal points and the WhatsOn team"),
                            ("desk", "Only the WhatsOn team"),
                        ],
                        default="desk",
                        max_length=20,
                        verbose_name="who may read it",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("application__isnull", False), ("stakeholder__isnull", True)),
                            models.Q(("application__isnull", True), ("stakeholder__isnull", False)),
                            _connector="OR",
                        ),
                        name="contact_belongs_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["email", "phone", "web", "person", "address"])),
                        name="contact_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience__in", ["public", "members_states", "members", "regional", "desk"])
                        ),
                        name="contact_audience_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True), name="contact_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="blocked by",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="at",
                    ),
                ),
            ],
            options={
                "verbose_name": "blocked sender",
                "verbose_name_plural": "blocked senders",
                "constraints": [
                    models.UniqueConstraint(fields=("stakeholder", "user"), name="one_block_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="StateAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="State",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("person", models.CharField(blank=True, max_length=150, verbose_name="name of the person")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        max_length=2,
                        verbose_name="language of the e-mail",
                    ),
                ),
                (
                    "note_reference",
                    models.CharField(max_length=120, verbose_name="reference of the note verbale"),
                ),
                ("note_date", models.DateField(verbose_name="date of the note verbale")),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="invited at",
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="good until")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="state_accounts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "grant",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="state_account",
                        to="accounts.grant",
                        verbose_name="role grant",
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("declined", "The person declined the invitation"),
                            ("left", "The person has left the post"),
                            ("note", "The State has taken its nomination back"),
                            ("replaced", "Another person has been nominated"),
                            ("conduct", "Breach of the terms of use"),
                            ("other", "Another reason, given in the note"),
                        ],
                        max_length=10,
                        verbose_name="why it ended",
                    ),
                ),
                ("end_note", models.TextField(blank=True, max_length=1000, verbose_name="note of the desk")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=core.uploads.private_path("notes"),
                        verbose_name="scanned note",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                ("media_type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the content"),
                ),
            ],
            options={
                "verbose_name": "State account",
                "verbose_name_plural": "State accounts",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address", django.db.models.functions.text.Lower("address"))),
                        name="state_account_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                (
                                    "end_reason__in",
                                    ["declined", "left", "note", "replaced", "conduct", "other"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="state_account_ended_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("address",),
                        name="one_state_account_per_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustedDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=190, verbose_name="mail domain")),
                ("note", models.CharField(max_length=300, verbose_name="why it is trusted")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="added at"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="removed by",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="removed at")),
            ],
            options={
                "verbose_name": "trusted mail domain",
                "verbose_name_plural": "trusted mail domains",
                "ordering": ["domain", "-added_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("domain", ""), _negated=True), models.Q(("note", ""), _negated=True)
                        ),
                        name="trusted_domain_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("domain",),
                        name="one_standing_trusted_domain",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("former", models.BooleanField(default=False, verbose_name="a former membership list")),
                ("vetted_before", models.BooleanField(default=False, verbose_name="vetted before")),
                ("source_name", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("source_date", models.DateField(blank=True, null=True, verbose_name="date of the source")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prepared", "Prepared, not sent"),
                            ("sending", "Being sent"),
                            ("paused", "Paused"),
                            ("done", "All written"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="made at",
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="sent from")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="all written at")),
            ],
            options={
                "verbose_name": "wave of invitations",
                "verbose_name_plural": "waves of invitations",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["prepared", "sending", "paused", "done"])),
                        name="wave_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("former", False),
                            models.Q(
                                models.Q(("source_name", ""), _negated=True), ("source_date__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="wave_of_a_list_says_its_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="stakeholders.wave",
                        verbose_name="wave",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_invitations",
                        to="stakeholders.stakeholder",
                        verbose_name="stakeholder",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="desk_invitations",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        max_length=2,
                        verbose_name="language of the e-mail",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ngo", "Non-governmental organization"),
                            ("academia", "Academic or research institution"),
                            ("private", "Private sector"),
                            ("expert", "Individual expert"),
                        ],
                        default="ngo",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=250, verbose_name="name")),
                ("name_key", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="taxonomy.country",
                        verbose_name="country or area",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="made at",
                    ),
                ),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="written at")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="good until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                ("declined", models.BooleanField(default=False, verbose_name="declined")),
                (
                    "decline_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was declined"),
                ),
            ],
            options={
                "verbose_name": "invitation by the desk",
                "verbose_name_plural": "invitations by the desk",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["address", "name_key"], name="desk_invitation_known"),
                    models.Index(
                        condition=models.Q(
                            ("accepted_at", None), ("mailed_at", None), ("withdrawn_at", None)
                        ),
                        fields=["wave", "id"],
                        name="desk_invitation_unwritten",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["ngo", "academia", "private", "expert"])),
                        name="desk_invitation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", django.db.models.functions.text.Lower("address"))),
                        name="desk_invitation_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="desk_invitation_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expires_at", None), ("mailed_at", None), ("token_hash", None)),
                            models.Q(
                                ("expires_at__isnull", False),
                                ("mailed_at__isnull", False),
                                ("token_hash__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="desk_invitation_written_with_a_link",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                        fields=("address", "name_key"),
                        name="one_open_desk_invitation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note of the desk")),
                (
                    "appointed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="appointed by",
                    ),
                ),
                (
                    "appointed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="appointed at"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty if it was ended automatically, or by a person who has left.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("term", "The term is over"),
                            ("resigned", "Resigned"),
                            ("replaced", "Replaced by another person"),
                            ("inactive", "No longer active in the region"),
                            ("other", "Another reason, given in the note"),
                        ],
                        max_length=10,
                        verbose_name="why it ended",
                    ),
                ),
                ("end_note", models.TextField(blank=True, max_length=1000, verbose_name="note on the end")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "regions",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.region", verbose_name="regions"
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="taxonomy.country", verbose_name="countries or areas"
                    ),
                ),
                (
                    "grants",
                    models.ManyToManyField(
                        editable=False, related_name="+", to="accounts.grant", verbose_name="role grants"
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": ["ends_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["ends_on"],
                        name="appointment_standing",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="appointment_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                            models.Q(
                                ("end_reason__in", ["term", "resigned", "replaced", "inactive", "other"]),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_ended_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="stakeholders.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="stakeholders.checklistquestion",
                        verbose_name="question",
                    ),
                ),
                ("asked", models.CharField(max_length=300, verbose_name="question as asked")),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No")], max_length=4, verbose_name="answer"
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="comment")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "answer of the checklist",
                "verbose_name_plural": "answers of the checklist",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "no"])), name="checklist_answer_known"
                    ),
                    models.UniqueConstraint(
                        fields=("application", "question"), name="one_checklist_answer_each"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("claim", models.UUIDField(editable=False, null=True)),
                ("beat_at", models.DateTimeField(editable=False, null=True, verbose_name="last heard of")),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="asked for at",
                    ),
                ),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="ready at")),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("media_type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                (
                    "sha256",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the content"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "XLSX")], max_length=4, verbose_name="format"
                    ),
                ),
                ("filters", models.TextField(blank=True, verbose_name="filters")),
                ("language", models.CharField(max_length=10, verbose_name="language of the labels")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("making", "Under way"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_allowed", "The person who asked no longer works at the desk."),
                            (
                                "broken",
                                "Something went wrong on our side. The error was logged; please try again.",
                            ),
                            (
                                "too_long",
                                "A workbook has no room for so many rows. Please export them as CSV.",
                            ),
                            (
                                "given_up",
                                "It was started several times and never completed. Please ask for fewer rows.",
                            ),
                        ],
                        max_length=20,
                        verbose_name="why it failed",
                    ),
                ),
                ("rows_done", models.PositiveIntegerField(default=0, verbose_name="rows done")),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="rows in all")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=core.uploads.private_path("exports"),
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "export of the directory",
                "verbose_name_plural": "exports of the directory",
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ("waiting", "making"))),
                        fields=["status", "beat_at"],
                        name="export_under_way",
                    ),
                    models.Index(fields=["expires_at"], name="export_expires"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["csv", "xlsx"])), name="export_format_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "making", "ready", "failed"])),
                        name="export_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "failed"),
                                ("fault__in", ["not_allowed", "broken", "too_long", "given_up"]),
                            ),
                            models.Q(models.Q(("status", "failed"), _negated=True), ("fault", "")),
                            _connector="OR",
                        ),
                        name="export_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            models.Q(models.Q(("file", ""), _negated=True), ("ready_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="export_ready_has_its_file",
                    ),
                ],
            },
        ),
    ]
