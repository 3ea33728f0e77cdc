-- What all migrations come to: an empty database begins with it. Written by `make schema`.
SET LOCAL check_function_bodies = false;
SELECT set_config('search_path', '', true);
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
                DECLARE
                    _pgtrigger_ignore TEXT[];
                    _result BOOLEAN;
                BEGIN
                    BEGIN
                        SELECT INTO _pgtrigger_ignore
                            CURRENT_SETTING('pgtrigger.ignore');
                        EXCEPTION WHEN OTHERS THEN
                    END;
                    IF _pgtrigger_ignore IS NOT NULL THEN
                        SELECT trigger_name = ANY(_pgtrigger_ignore)
                        INTO _result;
                        RETURN _result;
                    ELSE
                        RETURN FALSE;
                    END IF;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_append_only_a6b88() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_never_deleted_59f8f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;
                END;
            $$;
CREATE FUNCTION public.pgtrigger_never_overwritten_adb9f() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
                
                BEGIN
                    IF ("public"._pgtrigger_should_ignore(TG_NAME) IS TRUE) THEN
                        IF (TG_OP = 'DELETE') THEN
                            RETURN OLD;
                        ELSE
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;
                END;
            $$;
CREATE FUNCTION public.resources_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO resources_librarychange DEFAULT VALUES;
    RETURN NULL;
END $$;
CREATE FUNCTION public.resources_version() RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT concat_ws('.', count(*), max(id),
        (SELECT extract(epoch FROM max(embargo_until)) FROM resources_resource WHERE embargo_until <= now()))
    FROM resources_librarychange
$$;
CREATE FUNCTION public.search_vector(names text, stemmed text, plain text, config text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path TO '$user', 'public'
    RETURN ((setweight(to_tsvector('simple'::regconfig, names), 'A'::"char") || setweight(to_tsvector((config)::regconfig, stemmed), 'C'::"char")) || setweight(to_tsvector('simple'::regconfig, plain), 'D'::"char"));
CREATE TEXT SEARCH CONFIGURATION public.portal_en (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR asciiword WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR word WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR hword_part WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR hword_asciipart WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR asciihword WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR hword WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_en
    ADD MAPPING FOR uint WITH simple;
CREATE TEXT SEARCH CONFIGURATION public.portal_es (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR asciiword WITH spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR word WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR hword_part WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR hword_asciipart WITH spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR asciihword WITH spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR hword WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_es
    ADD MAPPING FOR uint WITH simple;
CREATE TEXT SEARCH CONFIGURATION public.portal_fr (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR asciiword WITH french_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR word WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR hword_part WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR hword_asciipart WITH french_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR asciihword WITH french_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR hword WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.portal_fr
    ADD MAPPING FOR uint WITH simple;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_accesstoken (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name character varying(80) NOT NULL,
    digest character varying(64) NOT NULL,
    ending character varying(4) NOT NULL,
    scopes character varying(20)[] NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_on date,
    revoked_at timestamp with time zone,
    CONSTRAINT access_token_a_year_at_most CHECK ((expires_at <= (created_at + '366 days'::interval))),
    CONSTRAINT access_token_named CHECK ((NOT ((name)::text = ''::text))),
    CONSTRAINT access_token_scopes_known CHECK (((scopes <@ ARRAY['directory'::character varying(20), 'reviews'::character varying(20), 'events'::character varying(20), 'resources'::character varying(20), 'own'::character varying(20)]) AND (
CASE
    WHEN (scopes IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(scopes, 1), 0)
END >= 1)))
);
ALTER TABLE public.accounts_accesstoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_accesstoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_consent (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    version character varying(30) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT consent_kind_known CHECK (((kind)::text = ANY ((ARRAY['terms'::character varying, 'privacy'::character varying])::text[])))
);
ALTER TABLE public.accounts_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_dataexport (
    id bigint NOT NULL,
    attempts smallint NOT NULL,
    claim uuid,
    beat_at timestamp with time zone,
    asked_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    user_id bigint NOT NULL,
    sections character varying(40)[] NOT NULL,
    language character varying(2) NOT NULL,
    status character varying(10) NOT NULL,
    fault character varying(20) NOT NULL,
    done smallint NOT NULL,
    file character varying(200) NOT NULL,
    CONSTRAINT accounts_dataexport_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT accounts_dataexport_done_check CHECK ((done >= 0)),
    CONSTRAINT accounts_dataexport_size_check CHECK ((size >= 0)),
    CONSTRAINT data_export_failed_says_why CHECK (((((status)::text = 'failed'::text) AND ((fault)::text = ANY ((ARRAY['broken'::character varying, 'given_up'::character varying])::text[]))) OR ((NOT ((status)::text = 'failed'::text)) AND ((fault)::text = ''::text)))),
    CONSTRAINT data_export_of_something CHECK ((
CASE
    WHEN (sections IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(sections, 1), 0)
END >= 1)),
    CONSTRAINT data_export_ready_has_its_file CHECK (((NOT ((status)::text = 'ready'::text)) OR ((NOT ((file)::text = ''::text)) AND (ready_at IS NOT NULL)))),
    CONSTRAINT data_export_status_known CHECK (((status)::text = ANY ((ARRAY['asked'::character varying, 'making'::character varying, 'ready'::character varying, 'failed'::character varying])::text[])))
);
ALTER TABLE public.accounts_dataexport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_dataexport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_factorreset (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    contact character varying(300) NOT NULL,
    asked_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    reason text NOT NULL,
    checked_by_id bigint,
    checked_at timestamp with time zone,
    confirmed_by_id bigint,
    confirmed_at timestamp with time zone,
    refused_by_id bigint,
    refused_at timestamp with time zone,
    CONSTRAINT factor_reset_checked_before_confirmed CHECK (((confirmed_at IS NULL) OR ((checked_at IS NOT NULL) AND (refused_at IS NULL)))),
    CONSTRAINT factor_reset_needs_two_people CHECK (((confirmed_by_id IS NULL) OR (checked_by_id IS NULL) OR (NOT ((confirmed_by_id = checked_by_id) AND (confirmed_by_id IS NOT NULL) AND (checked_by_id IS NOT NULL))))),
    CONSTRAINT factor_reset_says_how_it_was_checked CHECK (((checked_at IS NULL) OR (NOT (reason = ''::text))))
);
ALTER TABLE public.accounts_factorreset ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_factorreset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_grant (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    role character varying(20) NOT NULL,
    scope_kind character varying(10) NOT NULL,
    scope_code character varying(3) NOT NULL,
    granted_by_id bigint,
    confirmed_by_id bigint,
    confirmed_at timestamp with time zone,
    starts_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT grant_ends_after_start CHECK (((ends_at IS NULL) OR (ends_at > starts_at))),
    CONSTRAINT grant_needs_two_people CHECK (((confirmed_by_id IS NULL) OR (granted_by_id IS NULL) OR (NOT ((confirmed_by_id = granted_by_id) AND (confirmed_by_id IS NOT NULL) AND (granted_by_id IS NOT NULL))))),
    CONSTRAINT grant_role_known CHECK (((role)::text = ANY ((ARRAY['vetting'::character varying, 'curation'::character varying, 'events'::character varying, 'reviews'::character varying, 'head'::character varying, 'administrator'::character varying, 'regional'::character varying, 'state'::character varying])::text[]))),
    CONSTRAINT grant_scope_named CHECK (((((scope_code)::text = ''::text) AND ((scope_kind)::text = 'global'::text)) OR (((scope_kind)::text = ANY ((ARRAY['region'::character varying, 'country'::character varying])::text[])) AND (NOT ((scope_code)::text = ''::text)))))
);
ALTER TABLE public.accounts_grant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_grant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_legalversion (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    version character varying(30) NOT NULL,
    published_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT legal_kind_known CHECK (((kind)::text = ANY ((ARRAY['terms'::character varying, 'privacy'::character varying])::text[])))
);
ALTER TABLE public.accounts_legalversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_legalversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_retentionrule (
    id bigint NOT NULL,
    subject character varying(60) NOT NULL,
    days integer NOT NULL,
    reason character varying(300) NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT accounts_retentionrule_days_check CHECK ((days >= 0))
);
ALTER TABLE public.accounts_retentionrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_retentionrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_retentionrun (
    id bigint NOT NULL,
    rule_id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    days integer NOT NULL,
    removed integer NOT NULL,
    failed boolean NOT NULL,
    CONSTRAINT accounts_retentionrun_days_check CHECK ((days >= 0)),
    CONSTRAINT accounts_retentionrun_removed_check CHECK ((removed >= 0))
);
ALTER TABLE public.accounts_retentionrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_retentionrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.accounts_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    email character varying(254) NOT NULL,
    name character varying(150) NOT NULL,
    language character varying(2) NOT NULL,
    time_zone character varying(64) NOT NULL,
    is_active boolean NOT NULL,
    is_demo boolean NOT NULL,
    date_joined timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.accounts_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.audit_entry (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    actor_id bigint,
    action character varying(60) NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    data jsonb NOT NULL,
    click uuid NOT NULL
);
ALTER TABLE public.audit_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_absence (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    deputy_id bigint NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    said_by_id bigint,
    said_at timestamp with time zone NOT NULL,
    begun_at timestamp with time zone,
    over_at timestamp with time zone,
    CONSTRAINT absence_ends_after_start CHECK ((ends_on >= starts_on))
);
CREATE TABLE public.coordination_absence_grants (
    id bigint NOT NULL,
    absence_id bigint NOT NULL,
    grant_id bigint NOT NULL
);
ALTER TABLE public.coordination_absence_grants ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_absence_grants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.coordination_absence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_absence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_activity (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    status character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    purpose text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    whole_days boolean NOT NULL,
    zone character varying(60) NOT NULL,
    mode character varying(10) NOT NULL,
    city character varying(120) NOT NULL,
    venue character varying(200) NOT NULL,
    others text NOT NULL,
    sharing character varying(8) NOT NULL,
    outcome text NOT NULL,
    took_part integer,
    author_id bigint,
    reported_at timestamp with time zone,
    sequence integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_demo boolean NOT NULL,
    CONSTRAINT activity_ends_after_it_starts CHECK ((starts_at < ends_at)),
    CONSTRAINT activity_kind_known CHECK (((kind)::text = ANY ((ARRAY['meeting'::character varying, 'training'::character varying, 'state_call'::character varying, 'visit'::character varying])::text[]))),
    CONSTRAINT activity_mode_known CHECK (((mode)::text = ANY ((ARRAY['in_person'::character varying, 'online'::character varying, 'hybrid'::character varying])::text[]))),
    CONSTRAINT activity_reported_says_what_came_of_it CHECK (((NOT ((status)::text = 'reported'::text)) OR ((NOT (outcome = ''::text)) AND (reported_at IS NOT NULL)))),
    CONSTRAINT activity_sharing_known CHECK (((sharing)::text = ANY ((ARRAY['own'::character varying, 'region'::character varying])::text[]))),
    CONSTRAINT activity_status_known CHECK (((status)::text = ANY ((ARRAY['planned'::character varying, 'held'::character varying, 'reported'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT coordination_activity_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT coordination_activity_took_part_check CHECK ((took_part >= 0)),
    CONSTRAINT coordination_activity_version_check CHECK ((version >= 0))
);
CREATE TABLE public.coordination_activity_countries (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.coordination_activity_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_activity_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.coordination_activity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_activity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_activity_stakeholders (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    stakeholder_id bigint NOT NULL
);
ALTER TABLE public.coordination_activity_stakeholders ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_activity_stakeholders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_activity_topics (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.coordination_activity_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_activity_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_activityfile (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    activity_id bigint NOT NULL,
    title character varying(200) NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT coordination_activityfile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.coordination_activityfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_activityfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_activitynote (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    text text NOT NULL,
    is_shared boolean NOT NULL,
    author_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.coordination_activitynote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_activitynote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_announcement (
    id bigint NOT NULL,
    network_id bigint NOT NULL,
    title character varying(150) NOT NULL,
    text text NOT NULL,
    language_id character varying(60) NOT NULL,
    by_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    told integer NOT NULL,
    status character varying(10) NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT announcement_status_known CHECK (((status)::text = ANY ((ARRAY['shown'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[]))),
    CONSTRAINT coordination_announcement_told_check CHECK ((told >= 0))
);
ALTER TABLE public.coordination_announcement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_announcement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_deputy (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    user_id bigint NOT NULL,
    added_by_id bigint,
    added_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.coordination_deputy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_deputy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_enquiry (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    sender_id bigint NOT NULL,
    subject character varying(150) NOT NULL,
    began_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    waits boolean NOT NULL
);
ALTER TABLE public.coordination_enquiry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_enquiry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_enquiryline (
    id bigint NOT NULL,
    enquiry_id bigint NOT NULL,
    author_id bigint,
    answers boolean NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.coordination_enquiryline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_enquiryline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_followup (
    id bigint NOT NULL,
    activity_id bigint NOT NULL,
    text character varying(300) NOT NULL,
    owner_id bigint,
    due_on date NOT NULL,
    done_at timestamp with time zone,
    done_by_id bigint,
    reminded_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.coordination_followup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_followup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_handover (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    successor_id bigint NOT NULL,
    starts_on date,
    ends_on date NOT NULL,
    note text NOT NULL,
    introduces boolean NOT NULL,
    prepared_by_id bigint,
    version integer NOT NULL,
    set_by_id bigint,
    set_at timestamp with time zone,
    done_by_id bigint,
    done_at timestamp with time zone,
    next_appointment_id bigint,
    work integer NOT NULL,
    introduced_to bigint NOT NULL,
    introduced integer NOT NULL,
    introduced_at timestamp with time zone,
    CONSTRAINT coordination_handover_introduced_check CHECK ((introduced >= 0)),
    CONSTRAINT coordination_handover_version_check CHECK ((version >= 0)),
    CONSTRAINT coordination_handover_work_check CHECK ((work >= 0)),
    CONSTRAINT hand_over_done_names_the_next CHECK ((((done_at IS NULL) AND (next_appointment_id IS NULL)) OR ((done_at IS NOT NULL) AND (next_appointment_id IS NOT NULL)))),
    CONSTRAINT hand_over_set_for_a_day CHECK (((set_at IS NULL) OR (starts_on IS NOT NULL)))
);
ALTER TABLE public.coordination_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_handover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_letter (
    id bigint NOT NULL,
    hat character varying(10) NOT NULL,
    state character varying(10) NOT NULL,
    by_id bigint,
    filters character varying(4000) NOT NULL,
    texts jsonb NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    plea text NOT NULL,
    asked_at timestamp with time zone,
    decided_by_id bigint,
    decided_at timestamp with time zone,
    note text NOT NULL,
    places character varying(3)[] NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    happening_id bigint,
    reached bigint NOT NULL,
    expected integer NOT NULL,
    all_written boolean NOT NULL,
    stakeholders integer NOT NULL,
    people integer NOT NULL,
    sent integer NOT NULL,
    failed integer NOT NULL,
    held integer NOT NULL,
    counted_at timestamp with time zone,
    CONSTRAINT coordination_letter_expected_check CHECK ((expected >= 0)),
    CONSTRAINT coordination_letter_failed_check CHECK ((failed >= 0)),
    CONSTRAINT coordination_letter_held_check CHECK ((held >= 0)),
    CONSTRAINT coordination_letter_people_check CHECK ((people >= 0)),
    CONSTRAINT coordination_letter_sent_check CHECK ((sent >= 0)),
    CONSTRAINT coordination_letter_stakeholders_check CHECK ((stakeholders >= 0)),
    CONSTRAINT coordination_letter_version_check CHECK ((version >= 0)),
    CONSTRAINT letter_hat_known CHECK (((hat)::text = ANY ((ARRAY['regional'::character varying, 'desk'::character varying])::text[]))),
    CONSTRAINT letter_says_why_it_waits CHECK (((NOT ((state)::text = 'waiting'::text)) OR ((NOT (plea = ''::text)) AND (asked_at IS NOT NULL)))),
    CONSTRAINT letter_started_when_out CHECK ((((started_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['sending'::character varying, 'sent'::character varying, 'stopped'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['sending'::character varying, 'sent'::character varying, 'stopped'::character varying])::text[]))) AND (started_at IS NULL)))),
    CONSTRAINT letter_state_known CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'waiting'::character varying, 'sending'::character varying, 'sent'::character varying, 'stopped'::character varying])::text[])))
);
ALTER TABLE public.coordination_letter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_lettercopy (
    id bigint NOT NULL,
    letter_id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    conversation_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.coordination_lettercopy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_lettercopy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_letterlimit (
    id bigint NOT NULL,
    hat character varying(10) NOT NULL,
    per_day smallint NOT NULL,
    per_month smallint NOT NULL,
    changed_by_id bigint,
    changed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT coordination_letterlimit_per_day_check CHECK ((per_day >= 0)),
    CONSTRAINT coordination_letterlimit_per_month_check CHECK ((per_month >= 0)),
    CONSTRAINT letter_limit_hat_known CHECK (((hat)::text = ANY ((ARRAY['regional'::character varying, 'desk'::character varying])::text[])))
);
ALTER TABLE public.coordination_letterlimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_letterlimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_named (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    about text NOT NULL,
    agreed_at timestamp with time zone NOT NULL
);
ALTER TABLE public.coordination_named ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_named_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_network (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(200) NOT NULL,
    about text NOT NULL,
    language_id character varying(60) NOT NULL,
    region_id character varying(3),
    country_id character varying(3),
    parent_id bigint,
    members_for character varying(10) NOT NULL,
    open_to_requests boolean NOT NULL,
    announcements_a_month smallint NOT NULL,
    source character varying(300) NOT NULL,
    source_url character varying(500) NOT NULL,
    source_date date,
    note character varying(500) NOT NULL,
    code character varying(60) NOT NULL,
    edited_by_hand boolean NOT NULL,
    status character varying(10) NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_demo boolean NOT NULL,
    CONSTRAINT coordination_network_announcements_a_month_check CHECK ((announcements_a_month >= 0)),
    CONSTRAINT coordination_network_version_check CHECK ((version >= 0)),
    CONSTRAINT national_network_has_its_country CHECK (((NOT ((kind)::text = ANY ((ARRAY['nacsa4u'::character varying, 'vpi'::character varying])::text[]))) OR (country_id IS NOT NULL))),
    CONSTRAINT network_kind_known CHECK (((kind)::text = ANY ((ARRAY['net4u'::character varying, 'nacsa4u'::character varying, 'thematic'::character varying, 'vpi'::character varying])::text[]))),
    CONSTRAINT network_members_for_known CHECK (((members_for)::text = ANY ((ARRAY['public'::character varying, 'portal'::character varying, 'partners'::character varying, 'network'::character varying])::text[]))),
    CONSTRAINT network_not_its_own_parent CHECK (((parent_id IS NULL) OR (NOT ((parent_id = id) AND (parent_id IS NOT NULL))))),
    CONSTRAINT network_status_known CHECK (((status)::text = ANY ((ARRAY['shown'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[])))
);
ALTER TABLE public.coordination_network ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_network_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_network_topics (
    id bigint NOT NULL,
    network_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.coordination_network_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_network_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_networkdocument (
    id bigint NOT NULL,
    network_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    shown_to character varying(10) NOT NULL,
    added_by_id bigint,
    added_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT network_document_shown_known CHECK (((shown_to)::text = ANY ((ARRAY['public'::character varying, 'portal'::character varying, 'partners'::character varying, 'network'::character varying])::text[])))
);
ALTER TABLE public.coordination_networkdocument ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_networkdocument_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_networkmeeting (
    id bigint NOT NULL,
    network_id bigint NOT NULL,
    event_id bigint,
    title character varying(200) NOT NULL,
    held_on date,
    with_whom character varying(12) NOT NULL,
    summary text NOT NULL,
    shown_to character varying(10) NOT NULL,
    added_by_id bigint,
    CONSTRAINT network_meeting_says_what_and_when CHECK (((event_id IS NOT NULL) OR ((NOT ((title)::text = ''::text)) AND (held_on IS NOT NULL)))),
    CONSTRAINT network_meeting_shown_known CHECK (((shown_to)::text = ANY ((ARRAY['public'::character varying, 'portal'::character varying, 'partners'::character varying, 'network'::character varying])::text[]))),
    CONSTRAINT network_meeting_with_known CHECK (((with_whom)::text = ANY ((ARRAY['stakeholders'::character varying, 'state'::character varying, 'both'::character varying])::text[])))
);
ALTER TABLE public.coordination_networkmeeting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_networkmeeting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_networkmember (
    id bigint NOT NULL,
    network_id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    role character varying(12) NOT NULL,
    status character varying(10) NOT NULL,
    why text NOT NULL,
    asked_by_id bigint,
    asked_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    joined_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT network_member_status_known CHECK (((status)::text = ANY ((ARRAY['asked'::character varying, 'invited'::character varying, 'in'::character varying, 'declined'::character varying, 'refused'::character varying, 'withdrawn'::character varying, 'left'::character varying, 'ended'::character varying])::text[]))),
    CONSTRAINT network_role_known CHECK (((role)::text = ANY ((ARRAY['coordinator'::character varying, 'member'::character varying, 'observer'::character varying])::text[])))
);
ALTER TABLE public.coordination_networkmember ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_networkmember_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_networkplan (
    id bigint NOT NULL,
    network_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    about text NOT NULL,
    language_id character varying(60) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    shown_to character varying(10) NOT NULL,
    status character varying(10) NOT NULL,
    written_by_id bigint,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT coordination_networkplan_version_check CHECK ((version >= 0)),
    CONSTRAINT plan_ends_after_it_begins CHECK ((starts_on <= ends_on)),
    CONSTRAINT plan_kind_known CHECK (((kind)::text = ANY ((ARRAY['work'::character varying, 'roadmap'::character varying])::text[]))),
    CONSTRAINT plan_shown_known CHECK (((shown_to)::text = ANY ((ARRAY['public'::character varying, 'portal'::character varying, 'partners'::character varying, 'network'::character varying])::text[]))),
    CONSTRAINT plan_status_known CHECK (((status)::text = ANY ((ARRAY['shown'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[])))
);
ALTER TABLE public.coordination_networkplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_networkplan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_passed (
    id bigint NOT NULL,
    absence_id bigint NOT NULL,
    item_id bigint NOT NULL
);
ALTER TABLE public.coordination_passed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_passed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_periodreport (
    id bigint NOT NULL,
    place character varying(3) NOT NULL,
    title character varying(200) NOT NULL,
    language_id character varying(60) NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    other_first_day date,
    other_last_day date,
    narrative text NOT NULL,
    status character varying(10) NOT NULL,
    figures jsonb NOT NULL,
    author_id bigint,
    published_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT coordination_periodreport_version_check CHECK ((version >= 0)),
    CONSTRAINT period_report_compares_with_a_period CHECK ((((other_first_day IS NULL) AND (other_last_day IS NULL)) OR (other_first_day <= other_last_day))),
    CONSTRAINT period_report_ends_after_it_starts CHECK ((first_day <= last_day)),
    CONSTRAINT period_report_published_at CHECK (((NOT ((status)::text = 'published'::text)) OR (published_at IS NOT NULL))),
    CONSTRAINT period_report_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying])::text[])))
);
ALTER TABLE public.coordination_periodreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_periodreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_plangoal (
    id bigint NOT NULL,
    plan_id bigint NOT NULL,
    instrument_id character varying(12),
    title character varying(300) NOT NULL,
    about text NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT coordination_plangoal_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.coordination_plangoal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_plangoal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_planstep (
    id bigint NOT NULL,
    goal_id bigint NOT NULL,
    title character varying(300) NOT NULL,
    about text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    state_id character varying(3),
    status character varying(10) NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT step_ends_after_it_begins CHECK ((starts_on <= ends_on)),
    CONSTRAINT step_status_known CHECK (((status)::text = ANY ((ARRAY['planned'::character varying, 'under_way'::character varying, 'done'::character varying, 'dropped'::character varying])::text[])))
);
ALTER TABLE public.coordination_planstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_planstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_planstep_responsible (
    id bigint NOT NULL,
    planstep_id bigint NOT NULL,
    stakeholder_id bigint NOT NULL
);
ALTER TABLE public.coordination_planstep_responsible ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_planstep_responsible_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.coordination_termnote (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    text text NOT NULL,
    changed_at timestamp with time zone NOT NULL
);
ALTER TABLE public.coordination_termnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.coordination_termnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);
ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.events_attendance (
    id bigint NOT NULL,
    what character varying(200) NOT NULL,
    "precision" character varying(10) NOT NULL,
    number integer NOT NULL,
    counted_by character varying(200) NOT NULL,
    source_url character varying(500) NOT NULL,
    source_date date,
    "on" date,
    code character varying(80) NOT NULL,
    event_id bigint NOT NULL,
    written_by_id bigint,
    edited_by_hand boolean NOT NULL,
    gone_since date,
    CONSTRAINT attendance_precision_known CHECK ((("precision")::text = ANY ((ARRAY[''::character varying, 'about'::character varying, 'more_than'::character varying, 'nearly'::character varying])::text[]))),
    CONSTRAINT events_attendance_number_check CHECK ((number >= 0))
);
ALTER TABLE public.events_attendance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_attendance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_body (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(20) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT events_body_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.events_calendaraddress (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    ending character varying(4) NOT NULL,
    made_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    last_used_on date,
    revoked_at timestamp with time zone
);
ALTER TABLE public.events_calendaraddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_calendaraddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_closure (
    id bigint NOT NULL,
    room_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    why character varying(200) NOT NULL,
    CONSTRAINT closure_ends_after_start CHECK ((starts_at < ends_at))
);
ALTER TABLE public.events_closure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_closure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_deskcomment (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    text text NOT NULL,
    by_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.events_deskcomment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_deskcomment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_eligibilityanswer (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    question_id character varying(40) NOT NULL,
    held character varying(10) NOT NULL,
    comment character varying(1000) NOT NULL,
    by_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT eligibility_answer_known CHECK (((held)::text = ANY ((ARRAY['yes'::character varying, 'no'::character varying, 'unclear'::character varying])::text[])))
);
ALTER TABLE public.events_eligibilityanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_eligibilityanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_eligibilityquestion (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    text text NOT NULL,
    retired boolean NOT NULL,
    CONSTRAINT events_eligibilityquestion_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.events_event (
    id bigint NOT NULL,
    translations jsonb NOT NULL,
    kind character varying(20) NOT NULL,
    body_id character varying(20),
    title character varying(250) NOT NULL,
    about text NOT NULL,
    language_id character varying(60) NOT NULL,
    part_of_id bigint,
    organizer_id bigint,
    status character varying(10) NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    whole_days boolean NOT NULL,
    zone character varying(60) NOT NULL,
    mode character varying(10) NOT NULL,
    city character varying(120) NOT NULL,
    country_id character varying(3),
    venue character varying(200) NOT NULL,
    url character varying(500) NOT NULL,
    link character varying(500) NOT NULL,
    link_opens_before interval NOT NULL,
    meeting_word character varying(15) NOT NULL,
    has_programme boolean NOT NULL,
    source character varying(300) NOT NULL,
    source_url character varying(500) NOT NULL,
    source_date date,
    note character varying(500) NOT NULL,
    code character varying(60) NOT NULL,
    edited_by_hand boolean NOT NULL,
    written_by_id bigint,
    published_at timestamp with time zone,
    sequence integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_demo boolean NOT NULL,
    co_organizer_names character varying(200)[] NOT NULL,
    left_source boolean NOT NULL,
    organizer_names character varying(200)[] NOT NULL,
    speaker_institutions character varying(200)[] NOT NULL,
    supporting_states character varying(200)[] NOT NULL,
    CONSTRAINT event_ends_after_it_starts CHECK ((((ends_at IS NULL) AND (starts_at IS NULL)) OR (starts_at < ends_at))),
    CONSTRAINT event_kind_known CHECK (((kind)::text = ANY ((ARRAY['congress'::character varying, 'conference'::character varying, 'commission'::character varying, 'working_group'::character varying, 'experts'::character varying, 'dialogue'::character varying, 'preparation'::character varying, 'training'::character varying, 'webinar'::character varying, 'network'::character varying, 'side_event'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT event_mode_known CHECK (((mode)::text = ANY ((ARRAY[''::character varying, 'in_person'::character varying, 'online'::character varying, 'hybrid'::character varying])::text[]))),
    CONSTRAINT event_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'returned'::character varying, 'published'::character varying, 'refused'::character varying, 'cancelled'::character varying, 'withdrawn'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[]))),
    CONSTRAINT events_event_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT events_event_version_check CHECK ((version >= 0))
);
ALTER TABLE public.events_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_event_languages (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.events_event_languages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_event_languages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_event_topics (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.events_event_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_event_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_eventdocument (
    id bigint NOT NULL,
    symbol character varying(80) NOT NULL,
    title character varying(300) NOT NULL,
    source character varying(300) NOT NULL,
    source_url character varying(500) NOT NULL,
    source_date date,
    code character varying(80) NOT NULL,
    event_id bigint NOT NULL,
    edited_by_hand boolean NOT NULL,
    gone_since date,
    CONSTRAINT event_document_named CHECK ((NOT (((symbol)::text = ''::text) AND ((title)::text = ''::text))))
);
ALTER TABLE public.events_eventdocument ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_eventdocument_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_invited (
    id bigint NOT NULL,
    rules_id bigint NOT NULL,
    address character varying(254) NOT NULL,
    added_by_id bigint,
    added_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.events_invited ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_invited_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_libraryentry (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    proposal_id bigint,
    resource_id bigint NOT NULL
);
ALTER TABLE public.events_libraryentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_libraryentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_meetinglink (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    url character varying(500) NOT NULL,
    added_by_id bigint,
    added_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT meeting_link_kind_known CHECK (((kind)::text = ANY ((ARRAY['document'::character varying, 'slides'::character varying, 'recording'::character varying, 'report'::character varying])::text[])))
);
ALTER TABLE public.events_meetinglink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_meetinglink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_merger (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    into_id bigint NOT NULL,
    note text NOT NULL,
    proposed_by_id bigint,
    proposed_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    agreed_by_id bigint,
    agreed_at timestamp with time zone,
    into_agreed_by_id bigint,
    into_agreed_at timestamp with time zone,
    closed_at timestamp with time zone,
    is_done boolean NOT NULL,
    CONSTRAINT merger_of_two CHECK ((NOT (proposal_id = into_id)))
);
ALTER TABLE public.events_merger ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_merger_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_officialitem (
    id bigint NOT NULL,
    translations jsonb NOT NULL,
    event_id bigint NOT NULL,
    title character varying(250) NOT NULL,
    language_id character varying(60) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    room_id bigint,
    place character varying(120) NOT NULL,
    keeps_free boolean NOT NULL,
    CONSTRAINT official_ends_after_start CHECK ((starts_at < ends_at))
);
ALTER TABLE public.events_officialitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_officialitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_partner (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    invited_by_id bigint,
    invited_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    answered_by_id bigint,
    answered_at timestamp with time zone,
    CONSTRAINT partnering_known CHECK (((status)::text = ANY ((ARRAY['invited'::character varying, 'confirmed'::character varying, 'declined'::character varying])::text[])))
);
ALTER TABLE public.events_partner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_partner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_placement (
    proposal_id bigint NOT NULL,
    room_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    CONSTRAINT placement_ends_after_start CHECK ((starts_at < ends_at))
);
CREATE TABLE public.events_programme (
    event_id bigint NOT NULL,
    slots jsonb NOT NULL,
    rest_minutes smallint NOT NULL,
    locks_at timestamp with time zone,
    released integer NOT NULL,
    released_at timestamp with time zone,
    official jsonb NOT NULL,
    CONSTRAINT events_programme_released_check CHECK ((released >= 0)),
    CONSTRAINT events_programme_rest_minutes_check CHECK ((rest_minutes >= 0))
);
CREATE TABLE public.events_proposal (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    lead_id bigint NOT NULL,
    author_id bigint,
    status character varying(10) NOT NULL,
    number integer,
    public_at timestamp with time zone,
    title character varying(200) NOT NULL,
    summary text NOT NULL,
    language_id character varying(60),
    theme_id character varying(60),
    agenda_item character varying(200) NOT NULL,
    mode character varying(10) NOT NULL,
    link character varying(500) NOT NULL,
    mission_informed boolean,
    equipment character varying(500) NOT NULL,
    access_needs character varying(500) NOT NULL,
    expected integer,
    wishes character varying(300) NOT NULL,
    logos_agreed boolean NOT NULL,
    authorized_by_id bigint,
    authorized_at timestamp with time zone,
    submitted_at timestamp with time zone,
    complete_by timestamp with time zone,
    decided_at timestamp with time zone,
    merged_into_id bigint,
    override_note character varying(300) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT events_proposal_expected_check CHECK ((expected >= 0)),
    CONSTRAINT events_proposal_number_check CHECK ((number >= 0)),
    CONSTRAINT events_proposal_version_check CHECK ((version >= 0)),
    CONSTRAINT meeting_has_a_number CHECK (((NOT ((status)::text = ANY ((ARRAY['accepted'::character varying, 'cancelled'::character varying])::text[]))) OR (number IS NOT NULL))),
    CONSTRAINT proposal_merged_into_another CHECK (((((status)::text = 'merged'::text) AND (merged_into_id IS NOT NULL)) OR ((NOT ((status)::text = 'merged'::text)) AND (merged_into_id IS NULL)))),
    CONSTRAINT proposal_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'review'::character varying, 'incomplete'::character varying, 'accepted'::character varying, 'declined'::character varying, 'merged'::character varying, 'withdrawn'::character varying, 'cancelled'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[])))
);
ALTER TABLE public.events_proposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_proposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_proposal_interpretation (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.events_proposal_interpretation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_proposal_interpretation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_proposal_more_themes (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.events_proposal_more_themes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_proposal_more_themes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_proposal_spoken (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.events_proposal_spoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_proposal_spoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_proposal_supporting (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.events_proposal_supporting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_proposal_supporting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_proposalround (
    id bigint NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    zone character varying(60) NOT NULL,
    translations jsonb NOT NULL,
    event_id bigint NOT NULL,
    guidance text NOT NULL,
    one_lead_each boolean NOT NULL,
    most_words integer NOT NULL,
    most_speakers smallint NOT NULL,
    minutes smallint NOT NULL,
    edits_until timestamp with time zone,
    link_until timestamp with time zone,
    preference text NOT NULL,
    retention_days smallint NOT NULL,
    erased_at timestamp with time zone,
    CONSTRAINT events_proposalround_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT events_proposalround_most_speakers_check CHECK ((most_speakers >= 0)),
    CONSTRAINT events_proposalround_most_words_check CHECK ((most_words >= 0)),
    CONSTRAINT events_proposalround_retention_days_check CHECK ((retention_days >= 0)),
    CONSTRAINT proposalround_closes_after_it_opens CHECK (((opens_at IS NULL) OR (closes_at IS NULL) OR (opens_at < closes_at))),
    CONSTRAINT round_retention_limited CHECK ((retention_days <= 180))
);
ALTER TABLE public.events_proposalround ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_proposalround_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_proposalround_themes (
    id bigint NOT NULL,
    proposalround_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.events_proposalround_themes ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_proposalround_themes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_quota (
    id bigint NOT NULL,
    rules_id bigint NOT NULL,
    per character varying(12) NOT NULL,
    code character varying(20) NOT NULL,
    most integer NOT NULL,
    CONSTRAINT events_quota_most_check CHECK ((most >= 0)),
    CONSTRAINT quota_per_known CHECK (((per)::text = ANY ((ARRAY['stakeholder'::character varying, 'kind'::character varying, 'region'::character varying])::text[])))
);
ALTER TABLE public.events_quota ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_quota_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_registration (
    id bigint NOT NULL,
    rules_id bigint NOT NULL,
    user_id bigint,
    stakeholder_id bigint,
    kind character varying(10) NOT NULL,
    region character varying(3) NOT NULL,
    mode character varying(10) NOT NULL,
    status character varying(10) NOT NULL,
    shown character varying(12) NOT NULL,
    registered_by_id bigint,
    received_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    queued_at timestamp with time zone,
    offer_until timestamp with time zone,
    decided_at timestamp with time zone,
    code character varying(24) NOT NULL,
    attended_at timestamp with time zone,
    counted_by_id bigint,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT offer_ends CHECK (((NOT ((status)::text = 'offered'::text)) OR (offer_until IS NOT NULL))),
    CONSTRAINT only_the_confirmed_attend CHECK (((attended_at IS NULL) OR ((status)::text = 'confirmed'::text))),
    CONSTRAINT registration_mode_known CHECK (((mode)::text = ANY ((ARRAY['in_person'::character varying, 'online'::character varying])::text[]))),
    CONSTRAINT registration_shown_known CHECK (((shown)::text = ANY ((ARRAY['nobody'::character varying, 'participants'::character varying, 'everyone'::character varying])::text[]))),
    CONSTRAINT registration_status_known CHECK (((status)::text = ANY ((ARRAY['received'::character varying, 'pending'::character varying, 'waiting'::character varying, 'offered'::character varying, 'confirmed'::character varying, 'declined'::character varying, 'cancelled'::character varying, 'expired'::character varying])::text[]))),
    CONSTRAINT waiting_since CHECK (((NOT ((status)::text = 'waiting'::text)) OR (queued_at IS NOT NULL)))
);
ALTER TABLE public.events_registration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_registration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_registrationanswer (
    id bigint NOT NULL,
    registration_id bigint NOT NULL,
    question_id bigint NOT NULL,
    text text NOT NULL,
    proposed text
);
ALTER TABLE public.events_registrationanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_registrationanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_registrationquestion (
    id bigint NOT NULL,
    rules_id bigint NOT NULL,
    "position" smallint NOT NULL,
    text character varying(300) NOT NULL,
    help character varying(300) NOT NULL,
    kind character varying(10) NOT NULL,
    options text NOT NULL,
    stage character varying(10) NOT NULL,
    is_required boolean NOT NULL,
    is_sensitive boolean NOT NULL,
    CONSTRAINT events_registrationquestion_position_check CHECK (("position" >= 0)),
    CONSTRAINT registration_question_kind_known CHECK (((kind)::text = ANY ((ARRAY['line'::character varying, 'text'::character varying, 'yes_no'::character varying, 'choice'::character varying])::text[]))),
    CONSTRAINT registration_question_stage_known CHECK (((stage)::text = ANY ((ARRAY['first'::character varying, 'seated'::character varying])::text[])))
);
ALTER TABLE public.events_registrationquestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_registrationquestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_registrationrules (
    id bigint NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    zone character varying(60) NOT NULL,
    event_id bigint NOT NULL,
    admission character varying(10) NOT NULL,
    guidance text NOT NULL,
    seats_in_person integer,
    seats_online integer,
    has_waiting_list boolean NOT NULL,
    offer_hours smallint NOT NULL,
    needs_stakeholder boolean NOT NULL,
    edits_renew boolean NOT NULL,
    retention_days smallint NOT NULL,
    erased_at timestamp with time zone,
    accreditation_url character varying(500) NOT NULL,
    CONSTRAINT events_registrationrules_offer_hours_check CHECK ((offer_hours >= 0)),
    CONSTRAINT events_registrationrules_retention_days_check CHECK ((retention_days >= 0)),
    CONSTRAINT events_registrationrules_seats_in_person_check CHECK ((seats_in_person >= 0)),
    CONSTRAINT events_registrationrules_seats_online_check CHECK ((seats_online >= 0)),
    CONSTRAINT registration_admission_known CHECK (((admission)::text = ANY ((ARRAY['open'::character varying, 'approval'::character varying, 'invitation'::character varying])::text[]))),
    CONSTRAINT registration_retention_limited CHECK ((retention_days <= 180)),
    CONSTRAINT registrationrules_closes_after_it_opens CHECK (((opens_at IS NULL) OR (closes_at IS NULL) OR (opens_at < closes_at)))
);
ALTER TABLE public.events_registrationrules ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_registrationrules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_release (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint,
    note character varying(500) NOT NULL,
    CONSTRAINT events_release_number_check CHECK ((number >= 0))
);
ALTER TABLE public.events_release ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_release_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_releasechange (
    id bigint NOT NULL,
    release_id bigint NOT NULL,
    proposal_id bigint,
    title character varying(250) NOT NULL,
    kind character varying(10) NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    is_late boolean NOT NULL,
    CONSTRAINT programme_change_known CHECK (((kind)::text = ANY ((ARRAY['added'::character varying, 'moved'::character varying, 'removed'::character varying, 'cancelled'::character varying])::text[])))
);
ALTER TABLE public.events_releasechange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_releasechange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_reminder (
    id bigint NOT NULL,
    rules_id bigint NOT NULL,
    days smallint NOT NULL,
    hour smallint NOT NULL,
    note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    skipped_at timestamp with time zone,
    CONSTRAINT events_reminder_hour_check CHECK ((hour >= 0))
);
ALTER TABLE public.events_reminder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_reminder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_report (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    proposal_id bigint,
    status character varying(10) NOT NULL,
    rapporteur character varying(200) NOT NULL,
    language_id character varying(60) NOT NULL,
    summary text NOT NULL,
    outcomes text NOT NULL,
    recommendations text NOT NULL,
    attended_in_person integer,
    attended_online integer,
    counted_by character varying(200) NOT NULL,
    written_by_id bigint,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT events_report_attended_in_person_check CHECK ((attended_in_person >= 0)),
    CONSTRAINT events_report_attended_online_check CHECK ((attended_online >= 0)),
    CONSTRAINT events_report_version_check CHECK ((version >= 0)),
    CONSTRAINT report_says_who_counted CHECK ((((attended_in_person IS NULL) AND (attended_online IS NULL)) OR (NOT ((counted_by)::text = ''::text)))),
    CONSTRAINT report_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'sent'::character varying, 'returned'::character varying, 'published'::character varying])::text[])))
);
ALTER TABLE public.events_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_reportfile (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    report_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT events_reportfile_size_check CHECK ((size >= 0)),
    CONSTRAINT report_file_kind_known CHECK (((kind)::text = ANY ((ARRAY['document'::character varying, 'slides'::character varying, 'recording'::character varying, 'report'::character varying])::text[])))
);
ALTER TABLE public.events_reportfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_reportfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_reportlink (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    url character varying(500) NOT NULL,
    CONSTRAINT report_link_kind_known CHECK (((kind)::text = ANY ((ARRAY['document'::character varying, 'slides'::character varying, 'recording'::character varying, 'report'::character varying])::text[])))
);
ALTER TABLE public.events_reportlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_reportlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_reviewarea (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    reviewer_id bigint NOT NULL,
    theme_id character varying(60),
    region_id character varying(3),
    CONSTRAINT area_is_theme_or_region CHECK ((((region_id IS NULL) AND (theme_id IS NOT NULL)) OR ((region_id IS NOT NULL) AND (theme_id IS NULL))))
);
ALTER TABLE public.events_reviewarea ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_reviewarea_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_room (
    id bigint NOT NULL,
    translations jsonb NOT NULL,
    event_id bigint NOT NULL,
    name character varying(80) NOT NULL,
    "position" smallint NOT NULL,
    capacity integer,
    equipment character varying(500) NOT NULL,
    CONSTRAINT events_room_capacity_check CHECK ((capacity >= 0)),
    CONSTRAINT events_room_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.events_room ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_room_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_room_interpretation (
    id bigint NOT NULL,
    room_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.events_room_interpretation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_room_interpretation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_shown (
    proposal_id bigint NOT NULL,
    room_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    is_off boolean NOT NULL,
    sequence integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    late_at timestamp with time zone,
    CONSTRAINT events_shown_sequence_check CHECK ((sequence >= 0))
);
CREATE TABLE public.events_speaker (
    id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    "position" smallint NOT NULL,
    role character varying(10) NOT NULL,
    name character varying(150) NOT NULL,
    affiliation character varying(200) NOT NULL,
    address character varying(254) NOT NULL,
    name_key character varying(150) NOT NULL,
    mode character varying(10) NOT NULL,
    gender character varying(10) NOT NULL,
    is_registered boolean,
    status character varying(10) NOT NULL,
    token_hash character varying(64) NOT NULL,
    asked_at timestamp with time zone,
    answered_at timestamp with time zone,
    CONSTRAINT events_speaker_position_check CHECK (("position" >= 0)),
    CONSTRAINT speaker_role_known CHECK (((role)::text = ANY ((ARRAY['chair'::character varying, 'moderator'::character varying, 'presenter'::character varying, 'discussant'::character varying])::text[]))),
    CONSTRAINT speaker_status_known CHECK (((status)::text = ANY ((ARRAY['named'::character varying, 'confirmed'::character varying, 'declined'::character varying])::text[])))
);
ALTER TABLE public.events_speaker ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_speaker_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_star (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    proposal_id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.events_star ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_star_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_trustedproposer (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    note character varying(300) NOT NULL,
    given_by_id bigint,
    given_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    ended_by_id bigint,
    ended_at timestamp with time zone,
    ended_note character varying(300) NOT NULL
);
ALTER TABLE public.events_trustedproposer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_trustedproposer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_issue (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    texts jsonb NOT NULL,
    made_by_id bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    version integer NOT NULL,
    is_demo boolean NOT NULL,
    scheduled_at timestamp with time zone,
    zone character varying(60) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    happening_id bigint,
    reached bigint NOT NULL,
    all_written boolean NOT NULL,
    written integer NOT NULL,
    sent integer NOT NULL,
    failed integer NOT NULL,
    held integer NOT NULL,
    unknown integer NOT NULL,
    bounced integer NOT NULL,
    complained integer NOT NULL,
    "left" integer NOT NULL,
    counted_at timestamp with time zone,
    approved_at timestamp with time zone,
    approved_by_id bigint,
    CONSTRAINT issue_leaves_approved CHECK ((((state)::text = ANY ((ARRAY['draft'::character varying, 'sent'::character varying])::text[])) OR (approved_at IS NOT NULL))),
    CONSTRAINT issue_scheduled_at CHECK (((NOT ((state)::text = 'scheduled'::text)) OR (scheduled_at IS NOT NULL))),
    CONSTRAINT issue_started_when_out CHECK ((((started_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['sending'::character varying, 'sent'::character varying])::text[]))) OR ((NOT ((state)::text = ANY ((ARRAY['sending'::character varying, 'sent'::character varying])::text[]))) AND (started_at IS NULL)))),
    CONSTRAINT issue_state_known CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'scheduled'::character varying, 'sending'::character varying, 'sent'::character varying])::text[]))),
    CONSTRAINT news_issue_bounced_check CHECK ((bounced >= 0)),
    CONSTRAINT news_issue_complained_check CHECK ((complained >= 0)),
    CONSTRAINT news_issue_failed_check CHECK ((failed >= 0)),
    CONSTRAINT news_issue_held_check CHECK ((held >= 0)),
    CONSTRAINT news_issue_left_check CHECK (("left" >= 0)),
    CONSTRAINT news_issue_sent_check CHECK ((sent >= 0)),
    CONSTRAINT news_issue_unknown_check CHECK ((unknown >= 0)),
    CONSTRAINT news_issue_version_check CHECK ((version >= 0)),
    CONSTRAINT news_issue_written_check CHECK ((written >= 0))
);
ALTER TABLE public.news_issue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_issue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_issue_topics (
    id bigint NOT NULL,
    issue_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.news_issue_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_issue_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_issueitem (
    id bigint NOT NULL,
    issue_id bigint NOT NULL,
    section_id bigint NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(80) NOT NULL,
    object_id bigint NOT NULL,
    texts jsonb NOT NULL,
    left_out_at timestamp with time zone,
    CONSTRAINT news_issueitem_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.news_issueitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_issueitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_issuesection (
    id bigint NOT NULL,
    issue_id bigint NOT NULL,
    "position" smallint NOT NULL,
    titles jsonb NOT NULL,
    CONSTRAINT news_issuesection_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.news_issuesection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_issuesection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_newslink (
    id bigint NOT NULL,
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    confidence character varying(6) NOT NULL,
    gone_since date,
    code character varying(80) NOT NULL,
    title character varying(300) NOT NULL,
    title_is_ours boolean NOT NULL,
    publisher character varying(200) NOT NULL,
    published_on character varying(10) NOT NULL,
    summary character varying(400) NOT NULL,
    url character varying(500) NOT NULL,
    hidden boolean NOT NULL,
    added_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    language_id character varying(60) NOT NULL,
    CONSTRAINT news_link_has_source_and_day CHECK (((NOT (source = ''::text)) AND (source_date IS NOT NULL)))
);
ALTER TABLE public.news_newslink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_newslink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_newslink_topics (
    id bigint NOT NULL,
    newslink_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.news_newslink_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_newslink_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_story (
    id bigint NOT NULL,
    title character varying(160) NOT NULL,
    summary character varying(400) NOT NULL,
    text text NOT NULL,
    language_id character varying(60) NOT NULL,
    original_id bigint,
    stakeholder_id bigint,
    author_id bigint,
    by_desk boolean NOT NULL,
    videos jsonb NOT NULL,
    status character varying(10) NOT NULL,
    held_for character varying(6) NOT NULL,
    publish_at timestamp with time zone,
    zone character varying(60) NOT NULL,
    told_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    withdrawn_for character varying(10) NOT NULL,
    withdrawn_note text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_demo boolean NOT NULL,
    CONSTRAINT news_story_version_check CHECK ((version >= 0)),
    CONSTRAINT story_not_its_own_version CHECK (((original_id IS NULL) OR (NOT ((original_id = id) AND (original_id IS NOT NULL))))),
    CONSTRAINT story_on_hold_says_for_whom CHECK (((((held_for)::text = ANY ((ARRAY['author'::character varying, 'desk'::character varying])::text[])) AND ((status)::text = 'on_hold'::text)) OR ((NOT ((status)::text = 'on_hold'::text)) AND ((held_for)::text = ''::text)))),
    CONSTRAINT story_shown_has_an_instant CHECK (((NOT ((status)::text = ANY ((ARRAY['published'::character varying, 'archived'::character varying, 'withdrawn'::character varying])::text[]))) OR (publish_at IS NOT NULL))),
    CONSTRAINT story_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'pending'::character varying, 'on_hold'::character varying, 'published'::character varying, 'archived'::character varying, 'refused'::character varying, 'withdrawn'::character varying])::text[])))
);
CREATE TABLE public.news_story_countries (
    id bigint NOT NULL,
    story_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.news_story_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_story_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.news_story ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_story_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_story_topics (
    id bigint NOT NULL,
    story_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.news_story_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_story_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_storyimage (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    story_id bigint NOT NULL,
    number smallint NOT NULL,
    small character varying(200) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    small_width integer NOT NULL,
    small_height integer NOT NULL,
    alt character varying(300) NOT NULL,
    caption character varying(300) NOT NULL,
    credit character varying(200) NOT NULL,
    CONSTRAINT news_storyimage_height_check CHECK ((height >= 0)),
    CONSTRAINT news_storyimage_number_check CHECK ((number >= 0)),
    CONSTRAINT news_storyimage_size_check CHECK ((size >= 0)),
    CONSTRAINT news_storyimage_small_height_check CHECK ((small_height >= 0)),
    CONSTRAINT news_storyimage_small_width_check CHECK ((small_width >= 0)),
    CONSTRAINT news_storyimage_width_check CHECK ((width >= 0)),
    CONSTRAINT story_image_has_words CHECK ((NOT ((alt)::text = ''::text)))
);
ALTER TABLE public.news_storyimage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_storyimage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_storyrevision (
    id bigint NOT NULL,
    story_id bigint NOT NULL,
    changes jsonb NOT NULL,
    by_id bigint,
    at timestamp with time zone NOT NULL
);
ALTER TABLE public.news_storyrevision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_storyrevision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_subscriber (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    languages character varying(2)[] NOT NULL,
    consent_version character varying(20) NOT NULL,
    consent_language character varying(2) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    nonce uuid NOT NULL,
    CONSTRAINT subscriber_reads_a_language CHECK ((
CASE
    WHEN (languages IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(languages, 1), 0)
END >= 1))
);
ALTER TABLE public.news_subscriber ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_subscriber_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.news_subscriber_topics (
    id bigint NOT NULL,
    subscriber_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.news_subscriber_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.news_subscriber_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_deadline (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    key character varying(160) NOT NULL,
    url character varying(500) NOT NULL,
    url_name character varying(100) NOT NULL,
    url_args jsonb NOT NULL,
    facts jsonb NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    terms character varying(100)[] NOT NULL,
    at timestamp with time zone NOT NULL,
    told_days smallint,
    told_at timestamp with time zone,
    CONSTRAINT notifications_deadline_told_days_check CHECK ((told_days >= 0))
);
ALTER TABLE public.notifications_deadline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_deadline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_digest (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    rhythm character varying(10) NOT NULL,
    since timestamp with time zone,
    until timestamp with time zone NOT NULL,
    items integer NOT NULL,
    made_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT digest_rhythm_known CHECK (((rhythm)::text = ANY ((ARRAY['daily'::character varying, 'weekly'::character varying])::text[]))),
    CONSTRAINT digest_window_forward CHECK (((since IS NULL) OR (since < until))),
    CONSTRAINT notifications_digest_items_check CHECK ((items >= 0))
);
ALTER TABLE public.notifications_digest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_digest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_follow (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    terms character varying(100)[] NOT NULL,
    lead character varying(100) GENERATED ALWAYS AS (terms[1]) STORED,
    level character varying(10) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT follow_level_known CHECK (((level)::text = ANY ((ARRAY['all'::character varying, 'steps'::character varying, 'deadlines'::character varying, 'muted'::character varying])::text[]))),
    CONSTRAINT follow_of_something CHECK ((
CASE
    WHEN (terms IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(terms, 1), 0)
END >= 1))
);
ALTER TABLE public.notifications_follow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_follow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_habits (
    user_id bigint NOT NULL,
    digest_hour smallint NOT NULL,
    weekly_day smallint NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone,
    CONSTRAINT digest_hour_of_a_day CHECK ((digest_hour <= 23)),
    CONSTRAINT notifications_habits_digest_hour_check CHECK ((digest_hour >= 0)),
    CONSTRAINT notifications_habits_weekly_day_check CHECK ((weekly_day >= 0)),
    CONSTRAINT quiet_hours_whole CHECK ((((quiet_from IS NULL) AND (quiet_to IS NULL)) OR ((quiet_from IS NOT NULL) AND (quiet_to IS NOT NULL)))),
    CONSTRAINT weekly_day_of_a_week CHECK ((weekly_day <= 6))
);
CREATE TABLE public.notifications_happening (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    key character varying(160) NOT NULL,
    url character varying(500) NOT NULL,
    url_name character varying(100) NOT NULL,
    url_args jsonb NOT NULL,
    facts jsonb NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    terms character varying(100)[] NOT NULL,
    weight character varying(10) NOT NULL,
    expanded_at timestamp with time zone,
    noticed integer NOT NULL,
    mailed integer NOT NULL,
    CONSTRAINT happening_weight_known CHECK (((weight)::text = ANY ((ARRAY['step'::character varying, 'deadline'::character varying, 'news'::character varying])::text[]))),
    CONSTRAINT notifications_happening_mailed_check CHECK ((mailed >= 0)),
    CONSTRAINT notifications_happening_noticed_check CHECK ((noticed >= 0))
);
ALTER TABLE public.notifications_happening ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_happening_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_job (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    known_since timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    succeeded_at timestamp with time zone,
    seconds double precision,
    error character varying(120) NOT NULL,
    alarmed_at timestamp with time zone
);
ALTER TABLE public.notifications_job ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_mailboxmessage (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    "to" text NOT NULL,
    subject text NOT NULL,
    headers jsonb NOT NULL,
    text text NOT NULL,
    html text NOT NULL
);
ALTER TABLE public.notifications_mailboxmessage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_mailboxmessage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_mailevent (
    id bigint NOT NULL,
    provider character varying(20) NOT NULL,
    event_id character varying(200) NOT NULL,
    outcome character varying(10) NOT NULL,
    message_id bigint,
    reference character varying(250) NOT NULL,
    address character varying(254) NOT NULL,
    note character varying(500) NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT mail_event_known CHECK (((outcome)::text = ANY ((ARRAY[''::character varying, 'deferred'::character varying, 'soft'::character varying, 'delivered'::character varying, 'refused'::character varying, 'hard'::character varying, 'complained'::character varying])::text[])))
);
ALTER TABLE public.notifications_mailevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_mailevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_message (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    key character varying(160) NOT NULL,
    url character varying(500) NOT NULL,
    url_name character varying(100) NOT NULL,
    url_args jsonb NOT NULL,
    facts jsonb NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    user_id bigint,
    address character varying(254) NOT NULL,
    language character varying(2) NOT NULL,
    status character varying(16) NOT NULL,
    attempts smallint NOT NULL,
    not_before timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    claim uuid,
    claimed_at timestamp with time zone,
    claimed_by character varying(100) NOT NULL,
    handed_at timestamp with time zone,
    sent_at timestamp with time zone,
    doubtful_at timestamp with time zone,
    happening_id bigint,
    outcome character varying(10) DEFAULT ''::character varying NOT NULL,
    outcome_at timestamp with time zone,
    again_of_id bigint,
    message_id character varying(120) NOT NULL,
    error character varying(500) NOT NULL,
    CONSTRAINT message_due_is_free CHECK ((((claim IS NULL) AND ((status)::text = ANY ((ARRAY['queued'::character varying, 'failed_temporary'::character varying])::text[]))) OR (NOT ((status)::text = ANY ((ARRAY['queued'::character varying, 'failed_temporary'::character varying])::text[]))))),
    CONSTRAINT message_handed_at_when_handing CHECK (((handed_at IS NOT NULL) OR (NOT ((status)::text = 'handing_over'::text)))),
    CONSTRAINT message_held_by_a_claim CHECK ((((claim IS NOT NULL) AND (claimed_at IS NOT NULL) AND ((status)::text = ANY ((ARRAY['claimed'::character varying, 'handing_over'::character varying])::text[]))) OR (NOT ((status)::text = ANY ((ARRAY['claimed'::character varying, 'handing_over'::character varying])::text[]))))),
    CONSTRAINT message_outcome_told_at CHECK (((((outcome)::text = ''::text) AND (outcome_at IS NULL)) OR (((outcome)::text = ANY ((ARRAY['deferred'::character varying, 'soft'::character varying, 'delivered'::character varying, 'refused'::character varying, 'hard'::character varying, 'complained'::character varying])::text[])) AND (outcome_at IS NOT NULL)))),
    CONSTRAINT message_sent_at_when_sent CHECK ((((sent_at IS NOT NULL) AND ((status)::text = 'sent'::text)) OR ((NOT ((status)::text = 'sent'::text)) AND (sent_at IS NULL)))),
    CONSTRAINT message_status_known CHECK (((status)::text = ANY ((ARRAY['queued'::character varying, 'paused'::character varying, 'claimed'::character varying, 'handing_over'::character varying, 'sent'::character varying, 'failed_temporary'::character varying, 'failed'::character varying, 'suppressed'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT message_unknown_since CHECK (((doubtful_at IS NOT NULL) OR (NOT ((status)::text = 'unknown'::text)))),
    CONSTRAINT notifications_message_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.notifications_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_notice (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    key character varying(160) NOT NULL,
    url character varying(500) NOT NULL,
    url_name character varying(100) NOT NULL,
    url_args jsonb NOT NULL,
    facts jsonb NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    user_id bigint NOT NULL,
    read_at timestamp with time zone,
    mail character varying(10) NOT NULL,
    in_app boolean NOT NULL,
    happening_id bigint,
    via character varying(500) NOT NULL,
    digest_id bigint
);
ALTER TABLE public.notifications_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_outlet (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    per_second double precision,
    tokens double precision NOT NULL,
    filled_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    faults smallint NOT NULL,
    resting_until timestamp with time zone,
    error character varying(500) NOT NULL,
    CONSTRAINT notifications_outlet_faults_check CHECK ((faults >= 0)),
    CONSTRAINT outlet_rate_possible CHECK (((per_second IS NULL) OR (per_second > (0.0)::double precision)))
);
ALTER TABLE public.notifications_outlet ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_outlet_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_pause (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    happening_id bigint,
    since timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    by_id bigint,
    ended_at timestamp with time zone,
    ended_by_id bigint,
    CONSTRAINT pause_ended_whole CHECK (((ended_at IS NOT NULL) OR (ended_by_id IS NULL)))
);
ALTER TABLE public.notifications_pause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_pause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_preference (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    mail character varying(10) NOT NULL,
    in_app boolean NOT NULL,
    CONSTRAINT preference_mail_known CHECK (((mail)::text = ANY ((ARRAY['at_once'::character varying, 'daily'::character varying, 'weekly'::character varying, 'off'::character varying])::text[])))
);
ALTER TABLE public.notifications_preference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_preference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_stop (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    kind character varying(80) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.notifications_stop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_stop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notifications_suppression (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    why character varying(10) DEFAULT 'hard'::character varying NOT NULL,
    reason character varying(500) NOT NULL,
    since timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    event_id bigint,
    by_id bigint,
    lifted_at timestamp with time zone,
    CONSTRAINT suppression_why_known CHECK (((why)::text = ANY ((ARRAY['hard'::character varying, 'soft'::character varying, 'complaint'::character varying, 'by_hand'::character varying])::text[])))
);
ALTER TABLE public.notifications_suppression ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notifications_suppression_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.portal_page (
    id bigint NOT NULL,
    slug character varying(30) NOT NULL,
    language character varying(2) NOT NULL,
    title character varying(120) NOT NULL,
    lead character varying(240) NOT NULL,
    body text NOT NULL,
    legal_status character varying(10) NOT NULL,
    seed character varying(64) NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
ALTER TABLE public.portal_page ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.portal_page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.portal_programmefact (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    confidence character varying(6) NOT NULL,
    gone_since date,
    code character varying(80) NOT NULL,
    "group" character varying(12) NOT NULL,
    "position" smallint NOT NULL,
    fact character varying(120) NOT NULL,
    value text NOT NULL,
    date character varying(10) NOT NULL,
    source_url character varying(500) NOT NULL,
    is_shown boolean NOT NULL,
    CONSTRAINT fact_group_known CHECK ((("group")::text = ANY ((ARRAY['se4u'::character varying, 'net4u'::character varying, 'nacsa4u'::character varying, 'vpi'::character varying, 'whatson'::character varying, 'unit'::character varying, 'review'::character varying, 'dialogues'::character varying, 'conference'::character varying, 'others'::character varying])::text[]))),
    CONSTRAINT fact_has_source_and_day CHECK (((NOT (source = ''::text)) AND (source_date IS NOT NULL))),
    CONSTRAINT portal_programmefact_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.resources_author (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    name character varying(200) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT resources_author_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.resources_author ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_author_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_bookmark (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    made_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.resources_bookmark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_bookmark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_collection (
    id bigint NOT NULL,
    translations jsonb NOT NULL,
    title character varying(250) NOT NULL,
    about text NOT NULL,
    language_id character varying(60) NOT NULL,
    owner_id bigint,
    written_by_id bigint,
    audience character varying(15) NOT NULL,
    status character varying(10) NOT NULL,
    is_demo boolean NOT NULL,
    published_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    code character varying(40) NOT NULL,
    CONSTRAINT collection_audience_known CHECK (((audience)::text = ANY ((ARRAY['public'::character varying, 'members_states'::character varying, 'members'::character varying, 'regional'::character varying, 'desk'::character varying])::text[]))),
    CONSTRAINT collection_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying])::text[]))),
    CONSTRAINT resources_collection_version_check CHECK ((version >= 0))
);
ALTER TABLE public.resources_collection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_collection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_collectionitem (
    id bigint NOT NULL,
    collection_id bigint NOT NULL,
    resource_id bigint NOT NULL,
    "position" smallint NOT NULL,
    note character varying(500) NOT NULL,
    CONSTRAINT resources_collectionitem_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.resources_collectionitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_collectionitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_edition (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    language_id character varying(60) NOT NULL,
    title character varying(300) NOT NULL,
    abstract text NOT NULL,
    short_form text NOT NULL,
    full_form text NOT NULL,
    link character varying(500) NOT NULL,
    is_original boolean NOT NULL,
    translated_by character varying(200) NOT NULL
);
ALTER TABLE public.resources_edition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_edition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_filepage (
    id bigint NOT NULL,
    file_id bigint NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    CONSTRAINT resources_filepage_number_check CHECK ((number >= 0))
);
ALTER TABLE public.resources_filepage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_filepage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_guidance (
    translations jsonb NOT NULL,
    field character varying(40) NOT NULL,
    text text NOT NULL,
    edited_by_hand boolean NOT NULL
);
CREATE TABLE public.resources_librarychange (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.resources_librarychange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_librarychange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_linkcheck (
    id bigint NOT NULL,
    url character varying(500) NOT NULL,
    checked_at timestamp with time zone,
    status smallint,
    fault character varying(20) NOT NULL,
    failures smallint NOT NULL,
    host character varying(270) NOT NULL,
    asked_at timestamp with time zone,
    next_at timestamp with time zone,
    broken_since timestamp with time zone,
    archived_url character varying(500) NOT NULL,
    CONSTRAINT resources_linkcheck_failures_check CHECK ((failures >= 0)),
    CONSTRAINT resources_linkcheck_status_check CHECK ((status >= 0))
);
ALTER TABLE public.resources_linkcheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_linkcheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_proposedfile (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    edition_id bigint NOT NULL,
    label character varying(200) NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT resources_proposedfile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.resources_proposedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_proposedfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resource (
    id bigint NOT NULL,
    kind character varying(15) NOT NULL,
    status character varying(10) NOT NULL,
    audience character varying(15) NOT NULL,
    title character varying(300) NOT NULL,
    language_id character varying(60) NOT NULL,
    publisher character varying(250) NOT NULL,
    published_on date,
    "precision" character varying(5) NOT NULL,
    symbol character varying(80) NOT NULL,
    doi character varying(200) NOT NULL,
    isbn character varying(13) NOT NULL,
    licence character varying(12) NOT NULL,
    licence_note character varying(300) NOT NULL,
    suggested_by_id bigint,
    suggested_for_id bigint,
    note text NOT NULL,
    source character varying(300) NOT NULL,
    source_url character varying(500) NOT NULL,
    source_date date,
    code character varying(60) NOT NULL,
    edited_by_hand boolean NOT NULL,
    is_demo boolean NOT NULL,
    embargo_until timestamp with time zone,
    embargo_zone character varying(60) NOT NULL,
    submitted_at timestamp with time zone,
    published_at timestamp with time zone,
    announced_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    withdrawn_reason character varying(12) NOT NULL,
    withdrawn_note text NOT NULL,
    merged_into_id bigint,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    title_is_ours boolean NOT NULL,
    gone_since date,
    CONSTRAINT resource_audience_known CHECK ((((audience)::text = ANY ((ARRAY['public'::character varying, 'members_states'::character varying, 'members'::character varying, 'regional'::character varying, 'desk'::character varying])::text[])) OR (((audience)::text = ''::text) AND ((status)::text = ANY ((ARRAY['draft'::character varying, 'merged'::character varying])::text[]))))),
    CONSTRAINT resource_kind_known CHECK (((kind)::text = ANY ((ARRAY[''::character varying, 'toolkit'::character varying, 'guide'::character varying, 'report'::character varying, 'sherloc'::character varying, 'course'::character varying, 'dataset'::character varying, 'template'::character varying, 'video'::character varying, 'presentation'::character varying, 'good_practice'::character varying, 'law'::character varying, 'document'::character varying])::text[]))),
    CONSTRAINT resource_merged_into_one CHECK ((((merged_into_id IS NOT NULL) AND ((status)::text = 'merged'::text)) OR ((NOT ((status)::text = 'merged'::text)) AND (merged_into_id IS NULL)))),
    CONSTRAINT resource_named_once_sent CHECK ((((status)::text = 'draft'::text) OR ((NOT ((kind)::text = ''::text)) AND (NOT ((title)::text = ''::text))))),
    CONSTRAINT resource_not_into_itself CHECK (((merged_into_id IS NULL) OR (NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL))))),
    CONSTRAINT resource_precision_known CHECK ((("precision")::text = ANY ((ARRAY['year'::character varying, 'month'::character varying, 'day'::character varying])::text[]))),
    CONSTRAINT resource_published_at_some_time CHECK (((NOT ((status)::text = ANY ((ARRAY['published'::character varying, 'archived'::character varying, 'withdrawn'::character varying])::text[]))) OR (published_at IS NOT NULL))),
    CONSTRAINT resource_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'pending'::character varying, 'hold'::character varying, 'published'::character varying, 'archived'::character varying, 'refused'::character varying, 'withdrawn'::character varying, 'merged'::character varying])::text[]))),
    CONSTRAINT resource_withdrawn_for_a_reason CHECK (((((status)::text = 'withdrawn'::text) AND (withdrawn_at IS NOT NULL) AND (NOT ((withdrawn_reason)::text = ''::text))) OR ((NOT ((status)::text = 'withdrawn'::text)) AND (withdrawn_at IS NULL) AND ((withdrawn_reason)::text = ''::text)))),
    CONSTRAINT resources_resource_version_check CHECK ((version >= 0))
);
CREATE TABLE public.resources_resource_articles (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    article_id character varying(20) NOT NULL
);
ALTER TABLE public.resources_resource_articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resource_articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resource_clusters (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    cluster_id character varying(4) NOT NULL
);
ALTER TABLE public.resources_resource_clusters ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resource_clusters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resource_countries (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.resources_resource_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resource_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.resources_resource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resource_instruments (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    instrument_id character varying(12) NOT NULL
);
ALTER TABLE public.resources_resource_instruments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resource_instruments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resource_regions (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    region_id character varying(3) NOT NULL
);
ALTER TABLE public.resources_resource_regions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resource_regions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resource_topics (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.resources_resource_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resource_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resourcefile (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    edition_id bigint NOT NULL,
    number smallint NOT NULL,
    label character varying(200) NOT NULL,
    uploaded_by_id bigint,
    scan character varying(12) NOT NULL,
    scanned_at timestamp with time zone,
    text_state character varying(8) NOT NULL,
    text_fault character varying(20) NOT NULL,
    pages_done integer NOT NULL,
    pages_all integer,
    has_pages boolean NOT NULL,
    claim uuid,
    beat_at timestamp with time zone,
    attempts smallint NOT NULL,
    thumbnail character varying(200) NOT NULL,
    said_language character varying(3) NOT NULL,
    said_title character varying(300) NOT NULL,
    CONSTRAINT resource_file_scan_known CHECK (((scan)::text = ANY ((ARRAY['not_scanned'::character varying, 'clean'::character varying, 'infected'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT resource_file_text_known CHECK (((text_state)::text = ANY ((ARRAY['waiting'::character varying, 'reading'::character varying, 'read'::character varying, 'none'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT resources_resourcefile_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT resources_resourcefile_number_check CHECK ((number >= 0)),
    CONSTRAINT resources_resourcefile_pages_all_check CHECK ((pages_all >= 0)),
    CONSTRAINT resources_resourcefile_pages_done_check CHECK ((pages_done >= 0)),
    CONSTRAINT resources_resourcefile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.resources_resourcefile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resourcefile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resourcerelation (
    id bigint NOT NULL,
    resource_id bigint NOT NULL,
    other_id bigint NOT NULL,
    kind character varying(15) NOT NULL,
    CONSTRAINT related_to_another CHECK ((NOT (resource_id = other_id))),
    CONSTRAINT relation_kind_known CHECK (((kind)::text = ANY ((ARRAY['part_of'::character varying, 'new_edition_of'::character varying, 'translation_of'::character varying, 'see_also'::character varying])::text[])))
);
ALTER TABLE public.resources_resourcerelation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resourcerelation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_resourcestakeholder (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    role character varying(10) NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT resource_stakeholder_role_known CHECK (((role)::text = ANY ((ARRAY['author'::character varying, 'publisher'::character varying])::text[])))
);
ALTER TABLE public.resources_resourcestakeholder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_resourcestakeholder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_savedsearch (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name character varying(120) NOT NULL,
    query character varying(2000) NOT NULL,
    alerts character varying(6) NOT NULL,
    last_told_at timestamp with time zone,
    made_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT alerts_known CHECK (((alerts)::text = ANY ((ARRAY['off'::character varying, 'daily'::character varying, 'weekly'::character varying])::text[])))
);
ALTER TABLE public.resources_savedsearch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_savedsearch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.resources_suggestedarticle (
    id bigint NOT NULL,
    place character varying(200) NOT NULL,
    status character varying(10) NOT NULL,
    article_id character varying(20) NOT NULL,
    resource_id bigint NOT NULL,
    CONSTRAINT suggested_article_status_known CHECK (((status)::text = ANY ((ARRAY['waiting'::character varying, 'confirmed'::character varying, 'removed'::character varying])::text[])))
);
ALTER TABLE public.resources_suggestedarticle ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.resources_suggestedarticle_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_answer (
    id bigint NOT NULL,
    contribution_id bigint NOT NULL,
    question_id bigint NOT NULL,
    text text NOT NULL,
    words integer NOT NULL,
    CONSTRAINT answer_not_empty CHECK ((NOT (text = ''::text))),
    CONSTRAINT reviews_answer_words_check CHECK ((words >= 0))
);
ALTER TABLE public.reviews_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_bureauanswer (
    id bigint NOT NULL,
    bureau_list_id bigint NOT NULL,
    name character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    rows jsonb NOT NULL,
    faults jsonb NOT NULL,
    sent_by_id bigint,
    sent_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone
);
ALTER TABLE public.reviews_bureauanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_bureauanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_bureaulist (
    id bigint NOT NULL,
    dialogue_id bigint NOT NULL,
    rows jsonb NOT NULL,
    text text NOT NULL,
    digest character varying(64) NOT NULL,
    made_by_id bigint,
    made_at timestamp with time zone NOT NULL
);
ALTER TABLE public.reviews_bureaulist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_bureaulist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_call (
    id bigint NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    zone character varying(60) NOT NULL,
    translations jsonb NOT NULL,
    title character varying(200) NOT NULL,
    guidance text NOT NULL,
    language_id character varying(60) NOT NULL,
    status character varying(10) NOT NULL,
    cluster_id character varying(4),
    answerers character varying(10) NOT NULL,
    most_words integer,
    summary text NOT NULL,
    summary_at timestamp with time zone,
    drafted_by_id bigint,
    published_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_demo boolean NOT NULL,
    CONSTRAINT call_answerers_known CHECK (((answerers)::text = ANY ((ARRAY['all'::character varying, 'countries'::character varying])::text[]))),
    CONSTRAINT call_closes_after_it_opens CHECK (((opens_at IS NULL) OR (closes_at IS NULL) OR (opens_at < closes_at))),
    CONSTRAINT call_complete_once_published CHECK ((((status)::text = 'draft'::text) OR ((closes_at IS NOT NULL) AND (opens_at IS NOT NULL) AND (published_at IS NOT NULL)))),
    CONSTRAINT call_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'published'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT reviews_call_most_words_check CHECK ((most_words >= 0)),
    CONSTRAINT reviews_call_version_check CHECK ((version >= 0))
);
CREATE TABLE public.reviews_call_accepts (
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.reviews_call_accepts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_call_accepts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_call_articles (
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    article_id character varying(20) NOT NULL
);
ALTER TABLE public.reviews_call_articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_call_articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_call_countries (
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.reviews_call_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_call_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.reviews_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_call_topics (
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.reviews_call_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_call_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_contribution (
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    author_id bigint,
    status character varying(10) NOT NULL,
    visibility character varying(10) NOT NULL,
    language_id character varying(60),
    digest character varying(64) NOT NULL,
    version integer NOT NULL,
    submitted_at timestamp with time zone,
    returned_at timestamp with time zone,
    answer_by timestamp with time zone,
    decided_at timestamp with time zone,
    published_at timestamp with time zone,
    declined_by_rule_id character varying(40),
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT contribution_complete_once_sent CHECK ((((status)::text = 'draft'::text) OR ((NOT ((visibility)::text = ''::text)) AND (submitted_at IS NOT NULL)))),
    CONSTRAINT contribution_declined_by_a_rule CHECK (((((status)::text = 'declined'::text) AND (declined_by_rule_id IS NOT NULL)) OR ((NOT ((status)::text = 'declined'::text)) AND (declined_by_rule_id IS NULL)))),
    CONSTRAINT contribution_published_as_allowed CHECK (((NOT ((status)::text = 'published'::text)) OR ((published_at IS NOT NULL) AND ((visibility)::text = ANY ((ARRAY['public'::character varying, 'unnamed'::character varying])::text[]))))),
    CONSTRAINT contribution_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'screening'::character varying, 'returned'::character varying, 'published'::character varying, 'desk_only'::character varying, 'declined'::character varying, 'withdrawn'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[]))),
    CONSTRAINT contribution_visibility_known CHECK (((visibility)::text = ANY ((ARRAY[''::character varying, 'public'::character varying, 'unnamed'::character varying, 'desk'::character varying])::text[]))),
    CONSTRAINT reviews_contribution_version_check CHECK ((version >= 0))
);
CREATE TABLE public.reviews_contribution_countries (
    id bigint NOT NULL,
    contribution_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.reviews_contribution_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_contribution_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.reviews_contribution ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_contribution_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_correction (
    id bigint NOT NULL,
    review_id bigint NOT NULL,
    text text NOT NULL,
    source text NOT NULL,
    reporter_id bigint,
    address character varying(254) NOT NULL,
    language character varying(10) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    outcome character varying(12) NOT NULL,
    answer text NOT NULL,
    answered_by_id bigint,
    answered_at timestamp with time zone,
    record_id bigint,
    CONSTRAINT correction_answered_has_outcome CHECK ((((answered_at IS NULL) AND ((outcome)::text = ''::text)) OR ((answered_at IS NOT NULL) AND ((outcome)::text = ANY ((ARRAY['taken'::character varying, 'stands'::character varying, 'no_source'::character varying])::text[]))))),
    CONSTRAINT correction_says_what_and_whence CHECK (((NOT (text = ''::text)) AND (NOT (source = ''::text))))
);
ALTER TABLE public.reviews_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_cosignature (
    id bigint NOT NULL,
    contribution_id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    digest character varying(64) NOT NULL,
    invited_by_id bigint,
    invited_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    answered_by_id bigint,
    answered_at timestamp with time zone,
    CONSTRAINT signature_has_digest CHECK (((NOT ((status)::text = 'confirmed'::text)) OR (NOT ((digest)::text = ''::text)))),
    CONSTRAINT signing_known CHECK (((status)::text = ANY ((ARRAY['invited'::character varying, 'confirmed'::character varying, 'declined'::character varying])::text[])))
);
ALTER TABLE public.reviews_cosignature ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_cosignature_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_countryreview (
    id bigint NOT NULL,
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    country_id character varying(3) NOT NULL,
    group_id character varying(4),
    nominal_start character varying(10) NOT NULL,
    actual_start character varying(10) NOT NULL,
    actual_start_source text NOT NULL,
    CONSTRAINT review_group_has_source CHECK (((group_id IS NULL) OR (NOT (source = ''::text)))),
    CONSTRAINT review_start_has_source CHECK ((((actual_start)::text = ''::text) OR (NOT (actual_start_source = ''::text))))
);
ALTER TABLE public.reviews_countryreview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_countryreview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_dialogue (
    id bigint NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    zone character varying(60) NOT NULL,
    translations jsonb NOT NULL,
    event_id bigint NOT NULL,
    call_text text NOT NULL,
    language_id character varying(60) NOT NULL,
    promised_on date NOT NULL,
    places integer,
    offer_hours smallint NOT NULL,
    most_words smallint NOT NULL,
    statement_words smallint NOT NULL,
    term text NOT NULL,
    retention_days smallint NOT NULL,
    summary text NOT NULL,
    summary_url character varying(500) NOT NULL,
    outcomes text NOT NULL,
    summary_at timestamp with time zone,
    silence_told_at timestamp with time zone,
    released_at timestamp with time zone,
    written_by_id bigint,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT dialogue_closes_after_it_opens CHECK (((opens_at IS NULL) OR (closes_at IS NULL) OR (opens_at < closes_at))),
    CONSTRAINT dialogue_retention_limited CHECK ((retention_days <= 180)),
    CONSTRAINT reviews_dialogue_most_words_check CHECK ((most_words >= 0)),
    CONSTRAINT reviews_dialogue_offer_hours_check CHECK ((offer_hours >= 0)),
    CONSTRAINT reviews_dialogue_places_check CHECK ((places >= 0)),
    CONSTRAINT reviews_dialogue_retention_days_check CHECK ((retention_days >= 0)),
    CONSTRAINT reviews_dialogue_statement_words_check CHECK ((statement_words >= 0)),
    CONSTRAINT reviews_dialogue_version_check CHECK ((version >= 0))
);
ALTER TABLE public.reviews_dialogue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_dialogue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_dialogueapplication (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    applicant_id bigint,
    prepared_by_id bigint,
    asked_at timestamp with time zone,
    language_id character varying(60),
    mode character varying(10) NOT NULL,
    travel_support boolean NOT NULL,
    wants_to_speak boolean NOT NULL,
    speaking_about text NOT NULL,
    shares_with_bureau boolean NOT NULL,
    evidence jsonb NOT NULL,
    travel_reason text NOT NULL,
    access_needs text NOT NULL,
    gender character varying(10) NOT NULL,
    erased_at timestamp with time zone,
    submitted_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT dialogue_application_gender_known CHECK (((gender)::text = ANY ((ARRAY[''::character varying, 'woman'::character varying, 'man'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT dialogue_application_mode_known CHECK (((mode)::text = ANY ((ARRAY[''::character varying, 'in_person'::character varying, 'online'::character varying])::text[]))),
    CONSTRAINT reviews_dialogueapplication_version_check CHECK ((version >= 0))
);
ALTER TABLE public.reviews_dialogueapplication ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_dialogueapplication_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_dialogueexpertise (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL,
    text text NOT NULL
);
ALTER TABLE public.reviews_dialogueexpertise ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_dialogueexpertise_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_dialogueline (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    dialogue_id bigint NOT NULL,
    person_id bigint,
    status character varying(15) NOT NULL,
    since timestamp with time zone NOT NULL,
    reason character varying(60) NOT NULL,
    decided_by_desk boolean NOT NULL,
    decided_at timestamp with time zone,
    queued_at timestamp with time zone,
    offer_until timestamp with time zone,
    reason_asked_at timestamp with time zone,
    reconsider_asked_at timestamp with time zone,
    reconsider_text text NOT NULL,
    reconsidered_at timestamp with time zone,
    speaks_at smallint,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT dialogue_line_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'shortlisted'::character varying, 'with_bureau'::character varying, 'accepted'::character varying, 'waiting'::character varying, 'not_accepted'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT dialogue_offer_while_waiting CHECK (((offer_until IS NULL) OR ((status)::text = 'waiting'::text))),
    CONSTRAINT reviews_dialogueline_speaks_at_check CHECK ((speaks_at >= 0)),
    CONSTRAINT reviews_dialogueline_version_check CHECK ((version >= 0))
);
ALTER TABLE public.reviews_dialogueline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_dialogueline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_dialoguestatement (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    text text NOT NULL,
    language_id character varying(60) NOT NULL,
    words integer NOT NULL,
    agreed_term text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone,
    checked_by_id bigint,
    returned_note text NOT NULL,
    CONSTRAINT reviews_dialoguestatement_words_check CHECK ((words >= 0))
);
ALTER TABLE public.reviews_dialoguestatement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_dialoguestatement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_documentkind (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(30) NOT NULL
);
CREATE TABLE public.reviews_drawconstraint (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(20) NOT NULL,
    number smallint,
    in_use boolean NOT NULL,
    CONSTRAINT reviews_drawconstraint_number_check CHECK ((number >= 0))
);
CREATE TABLE public.reviews_evidence (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    contribution_id bigint NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT reviews_evidence_size_check CHECK ((size >= 0))
);
ALTER TABLE public.reviews_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_evidencelink (
    id bigint NOT NULL,
    contribution_id bigint NOT NULL,
    label character varying(200) NOT NULL,
    url character varying(500) NOT NULL
);
ALTER TABLE public.reviews_evidencelink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_evidencelink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_focalpoint (
    id bigint NOT NULL,
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    review_id bigint NOT NULL,
    nominated character varying(7) NOT NULL,
    name character varying(200) NOT NULL,
    name_source text NOT NULL,
    CONSTRAINT focal_point_has_source CHECK ((((nominated)::text = 'unknown'::text) OR (NOT (source = ''::text)))),
    CONSTRAINT focal_point_name_published CHECK ((((name)::text = ''::text) OR (NOT (name_source = ''::text)))),
    CONSTRAINT focal_point_nominated_known CHECK (((nominated)::text = ANY ((ARRAY['yes'::character varying, 'no'::character varying, 'unknown'::character varying])::text[])))
);
ALTER TABLE public.reviews_focalpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_focalpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_followup (
    id bigint NOT NULL,
    call_id bigint NOT NULL,
    "on" date NOT NULL,
    text text NOT NULL,
    source character varying(300) NOT NULL,
    url character varying(500) NOT NULL,
    written_by_id bigint,
    written_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.reviews_followup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_followup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_handout (
    id bigint NOT NULL,
    slug character varying(40) NOT NULL,
    language character varying(2) NOT NULL,
    kind character varying(10) NOT NULL,
    "position" smallint NOT NULL,
    title character varying(160) NOT NULL,
    lead character varying(300) NOT NULL,
    body text NOT NULL,
    is_shown boolean NOT NULL,
    seed character varying(64) NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT handout_kind_known CHECK (((kind)::text = ANY ((ARRAY['checklist'::character varying, 'letter'::character varying])::text[]))),
    CONSTRAINT reviews_handout_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.reviews_handout ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_handout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_measure (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(30) NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT reviews_measure_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.reviews_objection (
    id bigint NOT NULL,
    line_id bigint NOT NULL,
    text text NOT NULL,
    recorded_by_id bigint,
    recorded_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.reviews_objection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_objection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_observation (
    id bigint NOT NULL,
    country_id character varying(3) NOT NULL,
    kind character varying(15) NOT NULL,
    article_id character varying(20) NOT NULL,
    text text NOT NULL,
    language_id character varying(60) NOT NULL,
    source character varying(300) NOT NULL,
    source_url character varying(500) NOT NULL,
    source_date date NOT NULL,
    split_from_id bigint,
    recorded_by_id bigint,
    recorded_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    published_at timestamp with time zone,
    version integer NOT NULL,
    is_demo boolean NOT NULL,
    CONSTRAINT observation_kind_known CHECK (((kind)::text = ANY ((ARRAY['gap'::character varying, 'good_practice'::character varying, 'suggestion'::character varying, 'assistance'::character varying])::text[]))),
    CONSTRAINT observation_says_its_source CHECK (((NOT (text = ''::text)) AND (NOT ((source)::text = ''::text)))),
    CONSTRAINT reviews_observation_version_check CHECK ((version >= 0))
);
CREATE TABLE public.reviews_observation_contributions (
    id bigint NOT NULL,
    observation_id bigint NOT NULL,
    contribution_id bigint NOT NULL
);
ALTER TABLE public.reviews_observation_contributions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_observation_contributions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.reviews_observation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_observation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_observation_topics (
    id bigint NOT NULL,
    observation_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.reviews_observation_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_observation_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_phase (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    code character varying(10) NOT NULL,
    group_id character varying(4) NOT NULL,
    cluster_id character varying(4) NOT NULL,
    starts character varying(10) NOT NULL,
    ends character varying(10) NOT NULL
);
CREATE TABLE public.reviews_question (
    id bigint NOT NULL,
    translations jsonb NOT NULL,
    call_id bigint NOT NULL,
    "position" smallint NOT NULL,
    text text NOT NULL,
    help text NOT NULL,
    article_id character varying(20),
    is_required boolean NOT NULL,
    most_words integer NOT NULL,
    CONSTRAINT reviews_question_most_words_check CHECK ((most_words >= 0)),
    CONSTRAINT reviews_question_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.reviews_question ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_question_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_reviewdocument (
    id bigint NOT NULL,
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    review_id bigint,
    cluster_id character varying(4),
    kind_id character varying(30) NOT NULL,
    symbol character varying(60) NOT NULL,
    title character varying(300) NOT NULL,
    date character varying(10) NOT NULL,
    publicity character varying(12) NOT NULL,
    url_ar character varying(500) NOT NULL,
    url_zh character varying(500) NOT NULL,
    url_en character varying(500) NOT NULL,
    url_fr character varying(500) NOT NULL,
    url_ru character varying(500) NOT NULL,
    url_es character varying(500) NOT NULL,
    CONSTRAINT review_document_publicity_known CHECK (((publicity)::text = ANY ((ARRAY[''::character varying, 'public'::character varying, 'conditional'::character varying, 'not_public'::character varying])::text[])))
);
ALTER TABLE public.reviews_reviewdocument ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_reviewdocument_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_reviewgroup (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    code character varying(4) NOT NULL,
    nominal_start character varying(10) NOT NULL
);
CREATE TABLE public.reviews_reviewimport (
    id bigint NOT NULL,
    kind character varying(14) NOT NULL,
    name character varying(200) NOT NULL,
    text text NOT NULL,
    source text NOT NULL,
    source_date date NOT NULL,
    status character varying(9) NOT NULL,
    sent_by_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    decided_at timestamp with time zone,
    counts jsonb NOT NULL,
    CONSTRAINT review_import_kind_known CHECK (((kind)::text = ANY ((ARRAY['groups'::character varying, 'pairings'::character varying, 'participations'::character varying, 'documents'::character varying, 'observations'::character varying])::text[]))),
    CONSTRAINT review_import_status_known CHECK (((status)::text = ANY ((ARRAY['checked'::character varying, 'applied'::character varying, 'discarded'::character varying])::text[])))
);
CREATE TABLE public.reviews_reviewimport_documents (
    id bigint NOT NULL,
    reviewimport_id bigint NOT NULL,
    reviewdocument_id bigint NOT NULL
);
ALTER TABLE public.reviews_reviewimport_documents ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_reviewimport_documents_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.reviews_reviewimport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_reviewimport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_reviewimport_observations (
    id bigint NOT NULL,
    reviewimport_id bigint NOT NULL,
    observation_id bigint NOT NULL
);
ALTER TABLE public.reviews_reviewimport_observations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_reviewimport_observations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_reviewingstate (
    id bigint NOT NULL,
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    review_id bigint NOT NULL,
    instrument_id character varying(12) NOT NULL,
    reviewer_id character varying(3) NOT NULL,
    CONSTRAINT reviewing_state_has_source CHECK ((NOT (source = ''::text)))
);
ALTER TABLE public.reviews_reviewingstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_reviewingstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_reviewsversion (
    id bigint NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT one_reviews_version CHECK ((id = 1))
);
ALTER TABLE public.reviews_reviewsversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_reviewsversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reviews_screeningrule (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    text text NOT NULL,
    retired boolean NOT NULL,
    CONSTRAINT reviews_screeningrule_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.reviews_secretariat (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(10) NOT NULL,
    url character varying(500) NOT NULL,
    email character varying(254) NOT NULL
);
CREATE TABLE public.reviews_snapshot (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    code character varying(60) NOT NULL,
    measure_id character varying(30) NOT NULL,
    as_of character varying(10) NOT NULL,
    groups character varying(4)[] NOT NULL,
    instrument_id character varying(12),
    value integer NOT NULL,
    out_of integer,
    CONSTRAINT reviews_snapshot_out_of_check CHECK ((out_of >= 0)),
    CONSTRAINT reviews_snapshot_value_check CHECK ((value >= 0)),
    CONSTRAINT snapshot_has_source CHECK ((NOT (source = ''::text))),
    CONSTRAINT snapshot_not_more_than_all CHECK (((out_of IS NULL) OR (value <= out_of)))
);
CREATE TABLE public.reviews_stepkind (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(30) NOT NULL,
    "position" smallint NOT NULL,
    retired boolean NOT NULL,
    actors character varying(12)[] NOT NULL,
    document_id character varying(30),
    publicity character varying(12) NOT NULL,
    opens_phase boolean NOT NULL,
    due_after smallint,
    due_unit character varying(6) NOT NULL,
    due_from_id character varying(30),
    CONSTRAINT reviews_stepkind_due_after_check CHECK ((due_after >= 0)),
    CONSTRAINT reviews_stepkind_position_check CHECK (("position" >= 0)),
    CONSTRAINT step_deadline_whole CHECK ((((due_after IS NULL) AND (due_from_id IS NULL) AND ((due_unit)::text = ''::text)) OR ((due_after IS NOT NULL) AND (due_from_id IS NOT NULL) AND ((due_unit)::text = ANY ((ARRAY['weeks'::character varying, 'months'::character varying])::text[]))))),
    CONSTRAINT step_publicity_known CHECK (((publicity)::text = ANY ((ARRAY[''::character varying, 'public'::character varying, 'conditional'::character varying, 'not_public'::character varying])::text[])))
);
CREATE TABLE public.reviews_steprecord (
    id bigint NOT NULL,
    review_id bigint NOT NULL,
    cluster_id character varying(4) NOT NULL,
    step_id character varying(30) NOT NULL,
    instrument_id character varying(12),
    status character varying(14) NOT NULL,
    date character varying(10) NOT NULL,
    source_kind character varying(12) NOT NULL,
    source text NOT NULL,
    source_url character varying(1000) NOT NULL,
    source_date character varying(10) NOT NULL,
    note text NOT NULL,
    recorded_by_id bigint,
    recorded_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_demo boolean NOT NULL,
    CONSTRAINT step_record_has_source CHECK ((NOT (source = ''::text))),
    CONSTRAINT step_record_source_kind_known CHECK (((source_kind)::text = ANY ((ARRAY['link'::character varying, 'symbol'::character varying, 'note_verbale'::character varying, 'stakeholder'::character varying])::text[]))),
    CONSTRAINT step_record_status_known CHECK (((status)::text = ANY ((ARRAY['under_way'::character varying, 'done'::character varying, 'no_information'::character varying])::text[])))
);
ALTER TABLE public.reviews_steprecord ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reviews_steprecord_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_change (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.search_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_document (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    object_id bigint NOT NULL,
    part integer NOT NULL,
    part_label character varying(60) NOT NULL,
    language character varying(10) NOT NULL,
    title character varying(300) NOT NULL,
    text text NOT NULL,
    audience smallint,
    country character varying(3) NOT NULL,
    facets character varying(60)[] NOT NULL,
    url_name character varying(80) NOT NULL,
    url_args jsonb NOT NULL,
    anchor character varying(20) NOT NULL,
    pages_of character varying(64) NOT NULL,
    sort_key character varying(300) NOT NULL,
    tsv tsvector NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT search_document_part_check CHECK ((part >= 0))
);
ALTER TABLE public.search_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_often (
    id bigint NOT NULL,
    week date NOT NULL,
    text character varying(100) NOT NULL,
    visitors integer NOT NULL,
    in_vain integer NOT NULL,
    CONSTRAINT search_often_in_vain_check CHECK ((in_vain >= 0)),
    CONSTRAINT search_often_visitors_check CHECK ((visitors >= 0))
);
ALTER TABLE public.search_often ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_often_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_stale (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    object_id bigint NOT NULL,
    since timestamp with time zone NOT NULL
);
ALTER TABLE public.search_stale ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_stale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_word (
    word character varying(100) NOT NULL,
    times integer NOT NULL,
    CONSTRAINT search_word_times_check CHECK ((times >= 0))
);
CREATE TABLE public.stakeholders_application (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name_latin character varying(250) NOT NULL,
    acronym character varying(40) NOT NULL,
    city character varying(120) NOT NULL,
    website character varying(300) NOT NULL,
    mission text NOT NULL,
    mission_language_id character varying(60),
    descriptors character varying(20)[] NOT NULL,
    ecosoc_status character varying(10) NOT NULL,
    cop_observer character varying(3) NOT NULL,
    "references" text NOT NULL,
    name_key character varying(300) NOT NULL,
    site_key character varying(300) NOT NULL,
    purpose character varying(15) NOT NULL,
    status character varying(10) NOT NULL,
    applicant_id bigint,
    stakeholder_id bigint,
    name character varying(250) NOT NULL,
    country_id character varying(3),
    listing character varying(20) NOT NULL,
    no_paper_reason text NOT NULL,
    told_apart jsonb NOT NULL,
    told_apart_why character varying(300) NOT NULL,
    snapshot jsonb NOT NULL,
    submitted_at timestamp with time zone,
    returned_at timestamp with time zone,
    decided_at timestamp with time zone,
    refusal_reason character varying(20) NOT NULL,
    due_at timestamp with time zone,
    answer_by timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    lei character varying(20) NOT NULL,
    orcid character varying(19) NOT NULL,
    wikidata character varying(20) NOT NULL,
    CONSTRAINT application_approved_has_stakeholder CHECK (((NOT ((status)::text = 'approved'::text)) OR (stakeholder_id IS NOT NULL))),
    CONSTRAINT application_complete_once_sent CHECK ((((status)::text = 'draft'::text) OR ((NOT ((name)::text = ''::text)) AND (NOT ((listing)::text = ''::text)) AND (country_id IS NOT NULL)))),
    CONSTRAINT application_decided_at_once_decided CHECK ((((decided_at IS NOT NULL) AND ((status)::text = ANY ((ARRAY['approved'::character varying, 'refused'::character varying])::text[]))) OR ((NOT ((status)::text = ANY ((ARRAY['approved'::character varying, 'refused'::character varying])::text[]))) AND (decided_at IS NULL)))),
    CONSTRAINT application_descriptors_known CHECK ((descriptors <@ ARRAY['grassroots'::character varying(20), 'youth_led'::character varying(20), 'women_led'::character varying(20), 'victim_led'::character varying(20), 'faith_based'::character varying(20), 'indigenous'::character varying(20)])),
    CONSTRAINT application_ecosoc_known CHECK (((ecosoc_status)::text = ANY ((ARRAY[''::character varying, 'none'::character varying, 'applied'::character varying, 'roster'::character varying, 'special'::character varying, 'general'::character varying])::text[]))),
    CONSTRAINT application_kind_known CHECK (((kind)::text = ANY ((ARRAY['ngo'::character varying, 'academia'::character varying, 'private'::character varying, 'expert'::character varying, 'institute'::character varying])::text[]))),
    CONSTRAINT application_listing_known CHECK (((listing)::text = ANY ((ARRAY[''::character varying, 'public'::character varying, 'members_states'::character varying, 'members'::character varying, 'country'::character varying, 'unlisted'::character varying])::text[]))),
    CONSTRAINT application_observer_known CHECK (((cop_observer)::text = ANY ((ARRAY[''::character varying, 'yes'::character varying, 'no'::character varying])::text[]))),
    CONSTRAINT application_purpose_known CHECK (((purpose)::text = ANY ((ARRAY['new'::character varying, 'claim'::character varying, 'change'::character varying, 'reinstatement'::character varying])::text[]))),
    CONSTRAINT application_refused_says_why CHECK (((((status)::text = 'refused'::text) AND ((refusal_reason)::text = ANY ((ARRAY['out_of_scope'::character varying, 'not_verifiable'::character varying, 'incomplete'::character varying, 'duplicate'::character varying, 'principles'::character varying, 'governmental'::character varying, 'other'::character varying])::text[]))) OR ((NOT ((status)::text = 'refused'::text)) AND ((refusal_reason)::text = ''::text)))),
    CONSTRAINT application_sent_at_once_sent CHECK (((((status)::text = 'draft'::text) AND (submitted_at IS NULL)) OR ((NOT ((status)::text = 'draft'::text)) AND (submitted_at IS NOT NULL)))),
    CONSTRAINT application_status_known CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'in_review'::character varying, 'returned'::character varying, 'approved'::character varying, 'refused'::character varying, 'withdrawn'::character varying])::text[]))),
    CONSTRAINT stakeholders_application_version_check CHECK ((version >= 0))
);
CREATE TABLE public.stakeholders_application_articles (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    article_id character varying(20) NOT NULL
);
ALTER TABLE public.stakeholders_application_articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_application_articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_application_engagement_areas (
    id bigint NOT NULL,
    application_id bigint CONSTRAINT stakeholders_application_engagement_are_application_id_not_null NOT NULL,
    engagementarea_id character varying(60) CONSTRAINT stakeholders_application_engagement__engagementarea_id_not_null NOT NULL
);
ALTER TABLE public.stakeholders_application_engagement_areas ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_application_engagement_areas_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.stakeholders_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_application_languages (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.stakeholders_application_languages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_application_languages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_application_topics (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.stakeholders_application_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_application_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_application_works_in (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.stakeholders_application_works_in ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_application_works_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_appointment (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    note text NOT NULL,
    appointed_by_id bigint,
    appointed_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by_id bigint,
    end_reason character varying(10) NOT NULL,
    end_note text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT appointment_ended_says_why CHECK (((((end_reason)::text = ''::text) AND (ended_at IS NULL)) OR (((end_reason)::text = ANY ((ARRAY['term'::character varying, 'resigned'::character varying, 'replaced'::character varying, 'inactive'::character varying, 'other'::character varying])::text[])) AND (ended_at IS NOT NULL)))),
    CONSTRAINT appointment_ends_after_start CHECK ((ends_on >= starts_on)),
    CONSTRAINT stakeholders_appointment_version_check CHECK ((version >= 0))
);
CREATE TABLE public.stakeholders_appointment_countries (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.stakeholders_appointment_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_appointment_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_appointment_grants (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    grant_id bigint NOT NULL
);
ALTER TABLE public.stakeholders_appointment_grants ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_appointment_grants_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.stakeholders_appointment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_appointment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_appointment_regions (
    id bigint NOT NULL,
    appointment_id bigint NOT NULL,
    region_id character varying(3) NOT NULL
);
ALTER TABLE public.stakeholders_appointment_regions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_appointment_regions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_block (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    user_id bigint NOT NULL,
    by_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.stakeholders_block ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_block_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_candidate (
    id bigint NOT NULL,
    code character varying(80) NOT NULL,
    name character varying(250) NOT NULL,
    said jsonb NOT NULL,
    sources jsonb NOT NULL,
    why character varying(500) NOT NULL,
    note character varying(500) NOT NULL,
    unsure character varying(500) NOT NULL,
    unsourced_website character varying(300) NOT NULL,
    confidence character varying(10) NOT NULL,
    country_basis character varying(10) NOT NULL,
    is_in_file boolean NOT NULL,
    status character varying(10) NOT NULL,
    reason character varying(20) NOT NULL,
    remark character varying(500) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    stakeholder_id bigint,
    CONSTRAINT candidate_basis_known CHECK (((country_basis)::text = ANY ((ARRAY['source'::character varying, 'ror'::character varying, 'name'::character varying, 'project'::character varying, 'background'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT candidate_confidence_known CHECK (((confidence)::text = ANY ((ARRAY['high'::character varying, 'medium'::character varying, 'low'::character varying])::text[]))),
    CONSTRAINT candidate_reason_known CHECK (((reason)::text = ANY ((ARRAY[''::character varying, 'unproved'::character varying, 'inactive'::character varying, 'harm'::character varying, 'no_stakeholder'::character varying, 'duplicate'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT candidate_status_known CHECK (((status)::text = ANY ((ARRAY['waiting'::character varying, 'listed'::character varying, 'left_out'::character varying])::text[]))),
    CONSTRAINT left_out_for_a_reason CHECK (((NOT ((status)::text = 'left_out'::text)) OR (NOT ((reason)::text = ''::text))))
);
ALTER TABLE public.stakeholders_candidate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_candidate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_checklistanswer (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    question_id bigint NOT NULL,
    asked character varying(300) NOT NULL,
    answer character varying(4) NOT NULL,
    comment text NOT NULL,
    by_id bigint,
    at timestamp with time zone NOT NULL,
    CONSTRAINT checklist_answer_known CHECK (((answer)::text = ANY ((ARRAY['yes'::character varying, 'no'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_checklistanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_checklistanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_checklistquestion (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    text character varying(300) NOT NULL,
    "order" smallint NOT NULL,
    active boolean NOT NULL,
    blocking_answer character varying(4) NOT NULL,
    CONSTRAINT checklist_blocking_answer_known CHECK (((blocking_answer)::text = ANY ((ARRAY[''::character varying, 'yes'::character varying, 'no'::character varying])::text[]))),
    CONSTRAINT checklist_question_asks CHECK ((NOT ((text)::text = ''::text))),
    CONSTRAINT stakeholders_checklistquestion_order_check CHECK (("order" >= 0))
);
ALTER TABLE public.stakeholders_checklistquestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_checklistquestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_contact (
    id bigint NOT NULL,
    application_id bigint,
    stakeholder_id bigint,
    kind character varying(10) NOT NULL,
    value character varying(300) NOT NULL,
    audience character varying(20) NOT NULL,
    CONSTRAINT contact_audience_known CHECK (((audience)::text = ANY ((ARRAY['public'::character varying, 'members_states'::character varying, 'members'::character varying, 'regional'::character varying, 'desk'::character varying])::text[]))),
    CONSTRAINT contact_belongs_to_one CHECK ((((application_id IS NOT NULL) AND (stakeholder_id IS NULL)) OR ((application_id IS NULL) AND (stakeholder_id IS NOT NULL)))),
    CONSTRAINT contact_kind_known CHECK (((kind)::text = ANY ((ARRAY['email'::character varying, 'phone'::character varying, 'web'::character varying, 'person'::character varying, 'address'::character varying])::text[]))),
    CONSTRAINT contact_says_something CHECK ((NOT ((value)::text = ''::text)))
);
ALTER TABLE public.stakeholders_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_conversation (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    sender_id bigint NOT NULL,
    subject character varying(150) NOT NULL,
    shows_address boolean NOT NULL,
    fingerprint character varying(64) NOT NULL,
    began_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    last_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT conversation_has_subject CHECK ((NOT ((subject)::text = ''::text)))
);
ALTER TABLE public.stakeholders_conversation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_deskinvitation (
    id bigint NOT NULL,
    wave_id bigint,
    stakeholder_id bigint,
    application_id bigint,
    address character varying(254) NOT NULL,
    language character varying(2) NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(250) NOT NULL,
    name_key character varying(300) NOT NULL,
    country_id character varying(3),
    invited_by_id bigint,
    token_hash character varying(64),
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    mailed_at timestamp with time zone,
    expires_at timestamp with time zone,
    accepted_at timestamp with time zone,
    accepted_by_id bigint,
    withdrawn_at timestamp with time zone,
    declined boolean NOT NULL,
    decline_reason character varying(500) NOT NULL,
    reminded_at timestamp with time zone,
    CONSTRAINT desk_invitation_ends_once CHECK (((accepted_at IS NULL) OR (withdrawn_at IS NULL))),
    CONSTRAINT desk_invitation_kind_known CHECK (((kind)::text = ANY ((ARRAY['ngo'::character varying, 'academia'::character varying, 'private'::character varying, 'expert'::character varying, 'institute'::character varying])::text[]))),
    CONSTRAINT desk_invitation_lower_case CHECK (((address)::text = lower((address)::text))),
    CONSTRAINT desk_invitation_written_with_a_link CHECK ((((expires_at IS NULL) AND (mailed_at IS NULL) AND (token_hash IS NULL)) OR ((expires_at IS NOT NULL) AND (mailed_at IS NOT NULL) AND (token_hash IS NOT NULL))))
);
ALTER TABLE public.stakeholders_deskinvitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_deskinvitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_directoryversion (
    id bigint NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT one_directory_version CHECK ((id = 1))
);
ALTER TABLE public.stakeholders_directoryversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_directoryversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_dossier (
    id bigint NOT NULL,
    attempts smallint NOT NULL,
    claim uuid,
    beat_at timestamp with time zone,
    asked_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    stakeholder_id bigint NOT NULL,
    asked_by_id bigint NOT NULL,
    language character varying(10) NOT NULL,
    status character varying(10) NOT NULL,
    fault character varying(20) NOT NULL,
    done smallint NOT NULL,
    file character varying(200) NOT NULL,
    CONSTRAINT dossier_failed_says_why CHECK (((((status)::text = 'failed'::text) AND ((fault)::text = ANY ((ARRAY['not_allowed'::character varying, 'broken'::character varying, 'given_up'::character varying])::text[]))) OR ((NOT ((status)::text = 'failed'::text)) AND ((fault)::text = ''::text)))),
    CONSTRAINT dossier_ready_has_its_file CHECK (((NOT ((status)::text = 'ready'::text)) OR ((NOT ((file)::text = ''::text)) AND (ready_at IS NOT NULL)))),
    CONSTRAINT dossier_status_known CHECK (((status)::text = ANY ((ARRAY['waiting'::character varying, 'making'::character varying, 'ready'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT stakeholders_dossier_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT stakeholders_dossier_done_check CHECK ((done >= 0)),
    CONSTRAINT stakeholders_dossier_size_check CHECK ((size >= 0))
);
ALTER TABLE public.stakeholders_dossier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_dossier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_ecosocname (
    id bigint NOT NULL,
    name character varying(250) NOT NULL,
    key character varying(250) NOT NULL,
    outcome character varying(10) NOT NULL,
    decided_on date NOT NULL,
    kind character varying(10) NOT NULL,
    now_called character varying(250) NOT NULL,
    CONSTRAINT ecosoc_outcome_known CHECK (((outcome)::text = ANY ((ARRAY['granted'::character varying, 'deferred'::character varying, 'renamed'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_ecosocname ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_ecosocname_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_export (
    id bigint NOT NULL,
    attempts smallint NOT NULL,
    claim uuid,
    beat_at timestamp with time zone,
    asked_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    asked_by_id bigint NOT NULL,
    format character varying(4) NOT NULL,
    filters text NOT NULL,
    language character varying(10) NOT NULL,
    status character varying(10) NOT NULL,
    fault character varying(20) NOT NULL,
    rows_done integer NOT NULL,
    rows_total integer NOT NULL,
    file character varying(200) NOT NULL,
    CONSTRAINT export_failed_says_why CHECK (((((status)::text = 'failed'::text) AND ((fault)::text = ANY ((ARRAY['not_allowed'::character varying, 'broken'::character varying, 'too_long'::character varying, 'given_up'::character varying])::text[]))) OR ((NOT ((status)::text = 'failed'::text)) AND ((fault)::text = ''::text)))),
    CONSTRAINT export_format_known CHECK (((format)::text = ANY ((ARRAY['csv'::character varying, 'xlsx'::character varying])::text[]))),
    CONSTRAINT export_ready_has_its_file CHECK (((NOT ((status)::text = 'ready'::text)) OR ((NOT ((file)::text = ''::text)) AND (ready_at IS NOT NULL)))),
    CONSTRAINT export_status_known CHECK (((status)::text = ANY ((ARRAY['waiting'::character varying, 'making'::character varying, 'ready'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT stakeholders_export_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT stakeholders_export_rows_done_check CHECK ((rows_done >= 0)),
    CONSTRAINT stakeholders_export_rows_total_check CHECK ((rows_total >= 0)),
    CONSTRAINT stakeholders_export_size_check CHECK ((size >= 0))
);
ALTER TABLE public.stakeholders_export ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_export_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_familylink (
    id bigint NOT NULL,
    branch_id bigint,
    application_id bigint,
    parent_id bigint NOT NULL,
    asked_from character varying(6) NOT NULL,
    asked_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT family_asked_from_known CHECK (((asked_from)::text = ANY ((ARRAY['branch'::character varying, 'parent'::character varying, 'desk'::character varying])::text[]))),
    CONSTRAINT family_not_within_itself CHECK (((branch_id IS NULL) OR (NOT ((branch_id = parent_id) AND (branch_id IS NOT NULL))))),
    CONSTRAINT family_of_entry_or_application CHECK ((((application_id IS NULL) AND (branch_id IS NOT NULL)) OR ((application_id IS NOT NULL) AND (branch_id IS NULL) AND (confirmed_at IS NULL))))
);
ALTER TABLE public.stakeholders_familylink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_familylink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_flag (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    text text NOT NULL,
    stakeholder_id bigint,
    application_id bigint,
    raised_by_id bigint,
    at timestamp with time zone NOT NULL,
    withdrawn_by_id bigint,
    withdrawn_at timestamp with time zone,
    withdrawal_reason text NOT NULL,
    CONSTRAINT flag_is_about_one_thing CHECK ((((application_id IS NULL) AND (stakeholder_id IS NOT NULL)) OR ((application_id IS NOT NULL) AND (stakeholder_id IS NULL)))),
    CONSTRAINT flag_kind_known CHECK (((kind)::text = ANY ((ARRAY['observation'::character varying, 'yellow'::character varying, 'red'::character varying])::text[]))),
    CONSTRAINT flag_says_why CHECK ((NOT (text = ''::text))),
    CONSTRAINT flag_withdrawn_says_why CHECK ((((withdrawal_reason = ''::text) AND (withdrawn_at IS NULL)) OR ((withdrawn_at IS NOT NULL) AND (NOT (withdrawal_reason = ''::text)))))
);
ALTER TABLE public.stakeholders_flag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_flag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_furthersource (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    url character varying(500) NOT NULL,
    seen_on date NOT NULL,
    stakeholder_id bigint NOT NULL
);
ALTER TABLE public.stakeholders_furthersource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_furthersource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_handover (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    person_id bigint,
    by_id bigint,
    reason text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT handover_gives_a_reason CHECK ((NOT (reason = ''::text)))
);
ALTER TABLE public.stakeholders_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_handover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_import (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    source_id bigint NOT NULL,
    source_date date NOT NULL,
    asked_by_id bigint,
    status character varying(10) NOT NULL,
    fault character varying(20) NOT NULL,
    said character varying(500) NOT NULL,
    format character varying(4) NOT NULL,
    encoding character varying(20) NOT NULL,
    separator character varying(1) NOT NULL,
    heads jsonb NOT NULL,
    columns jsonb NOT NULL,
    default_kind character varying(10) NOT NULL,
    default_country character varying(3) NOT NULL,
    without_refused boolean NOT NULL,
    rows_total integer NOT NULL,
    counts jsonb NOT NULL,
    attempts smallint NOT NULL,
    checked_at timestamp with time zone,
    taken_in_at timestamp with time zone,
    undone_at timestamp with time zone,
    file character varying(200) NOT NULL,
    default_language character varying(2) NOT NULL,
    head_row integer NOT NULL,
    purpose character varying(10) NOT NULL,
    wave_said jsonb NOT NULL,
    CONSTRAINT import_failed_says_why CHECK (((((status)::text = 'failed'::text) AND ((fault)::text = ANY ((ARRAY['not_allowed'::character varying, 'broken'::character varying, 'given_up'::character varying, 'unreadable'::character varying, 'moved_on'::character varying])::text[]))) OR ((NOT ((status)::text = 'failed'::text)) AND ((fault)::text = ''::text)))),
    CONSTRAINT import_purpose_known CHECK (((purpose)::text = ANY ((ARRAY['directory'::character varying, 'members'::character varying])::text[]))),
    CONSTRAINT import_status_known CHECK (((status)::text = ANY ((ARRAY['sent'::character varying, 'checking'::character varying, 'checked'::character varying, 'taking_in'::character varying, 'taken_in'::character varying, 'undoing'::character varying, 'undone'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT stakeholders_import_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT stakeholders_import_head_row_check CHECK ((head_row >= 0)),
    CONSTRAINT stakeholders_import_rows_total_check CHECK ((rows_total >= 0)),
    CONSTRAINT stakeholders_import_size_check CHECK ((size >= 0))
);
ALTER TABLE public.stakeholders_import ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_importrow (
    id bigint NOT NULL,
    of_id bigint NOT NULL,
    "row" integer NOT NULL,
    cells jsonb NOT NULL,
    "values" jsonb NOT NULL,
    changes jsonb NOT NULL,
    problems jsonb NOT NULL,
    outcome character varying(10) NOT NULL,
    why character varying(60) NOT NULL,
    stakeholder_id bigint,
    twin_id bigint,
    decision character varying(10) NOT NULL,
    "left" boolean NOT NULL,
    name_key character varying(300) NOT NULL,
    sort_key character varying(300) NOT NULL,
    site_key character varying(300) NOT NULL,
    slug character varying(80) NOT NULL,
    CONSTRAINT import_row_outcome_known CHECK (((outcome)::text = ANY ((ARRAY['new'::character varying, 'changed'::character varying, 'unchanged'::character varying, 'claimed'::character varying, 'skipped'::character varying, 'refused'::character varying, 'known'::character varying, 'to_claim'::character varying])::text[]))),
    CONSTRAINT stakeholders_importrow_row_check CHECK (("row" >= 0))
);
ALTER TABLE public.stakeholders_importrow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_importrow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_importsource (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    url character varying(500) NOT NULL,
    columns jsonb NOT NULL,
    used_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    purpose character varying(10) NOT NULL,
    CONSTRAINT import_source_purpose_known CHECK (((purpose)::text = ANY ((ARRAY['directory'::character varying, 'members'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_importsource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_importsource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_invitation (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    address character varying(254) NOT NULL,
    role character varying(10) NOT NULL,
    language character varying(2) NOT NULL,
    invited_by_id bigint,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    declined boolean NOT NULL,
    decline_reason character varying(500) NOT NULL,
    CONSTRAINT invitation_ends_once CHECK (((accepted_at IS NULL) OR (withdrawn_at IS NULL))),
    CONSTRAINT invitation_in_lower_case CHECK (((address)::text = lower((address)::text))),
    CONSTRAINT invitation_role_known CHECK (((role)::text = ANY ((ARRAY['admin'::character varying, 'editor'::character varying, 'reader'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_joinrequest (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    user_id bigint NOT NULL,
    entry_name character varying(250) NOT NULL,
    message text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    with_desk_since timestamp with time zone,
    outcome character varying(10) NOT NULL,
    role character varying(10) NOT NULL,
    reason text NOT NULL,
    answered_by_id bigint,
    answered_at timestamp with time zone,
    CONSTRAINT join_request_accepted_as CHECK (((((outcome)::text = 'accepted'::text) AND ((role)::text = ANY ((ARRAY['admin'::character varying, 'editor'::character varying, 'reader'::character varying])::text[]))) OR ((NOT ((outcome)::text = 'accepted'::text)) AND ((role)::text = ''::text)))),
    CONSTRAINT join_request_answered_has_outcome CHECK ((((answered_at IS NULL) AND ((outcome)::text = ''::text)) OR ((answered_at IS NOT NULL) AND ((outcome)::text = ANY ((ARRAY['accepted'::character varying, 'declined'::character varying, 'withdrawn'::character varying])::text[]))))),
    CONSTRAINT join_request_declined_why CHECK (((NOT ((outcome)::text = 'declined'::text)) OR (NOT (reason = ''::text)))),
    CONSTRAINT join_request_says_something CHECK ((NOT (message = ''::text)))
);
ALTER TABLE public.stakeholders_joinrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_joinrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_line (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    author_id bigint,
    from_stakeholder boolean NOT NULL,
    text text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT line_says_something CHECK ((NOT (text = ''::text)))
);
ALTER TABLE public.stakeholders_line ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_listedname (
    id bigint NOT NULL,
    list_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    reference character varying(60) NOT NULL,
    form character varying(300) NOT NULL,
    key character varying(300) NOT NULL,
    bones character varying(300) NOT NULL,
    in_han boolean NOT NULL,
    in_arabic boolean NOT NULL,
    digest character varying(64) NOT NULL,
    CONSTRAINT listed_name_kind_known CHECK (((kind)::text = ANY ((ARRAY['individual'::character varying, 'entity'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_listedname ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_listedname_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_logo (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    file character varying(200) NOT NULL,
    alt character varying(200) NOT NULL,
    status character varying(10) NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    stakeholder_id bigint NOT NULL,
    CONSTRAINT logo_has_words CHECK ((NOT ((alt)::text = ''::text))),
    CONSTRAINT logo_status_known CHECK (((status)::text = ANY ((ARRAY['shown'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[]))),
    CONSTRAINT stakeholders_logo_size_check CHECK ((size >= 0))
);
ALTER TABLE public.stakeholders_logo ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_logo_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_mailproof (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    user_id bigint NOT NULL,
    address character varying(254) NOT NULL,
    site character varying(300) NOT NULL,
    code_hash character varying(64) NOT NULL,
    attempts smallint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    proved_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT mail_proof_ends_once CHECK (((proved_at IS NULL) OR (ended_at IS NULL))),
    CONSTRAINT mail_proof_in_lower_case CHECK (((address)::text = lower((address)::text))),
    CONSTRAINT stakeholders_mailproof_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.stakeholders_mailproof ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_mailproof_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_match (
    id bigint NOT NULL,
    subject_kind character varying(15) NOT NULL,
    subject_id bigint NOT NULL,
    which character varying(15) NOT NULL,
    name character varying(300) NOT NULL,
    name_digest character varying(64) NOT NULL,
    kind character varying(10) NOT NULL,
    reference character varying(60) NOT NULL,
    form character varying(300) NOT NULL,
    listed_digest character varying(64) NOT NULL,
    likeness double precision NOT NULL,
    found_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    cleared_at timestamp with time zone,
    cleared_by_id bigint,
    reason text NOT NULL,
    CONSTRAINT match_cleared_with_reason CHECK ((((cleared_at IS NULL) AND (reason = ''::text)) OR ((cleared_at IS NOT NULL) AND (NOT (reason = ''::text))))),
    CONSTRAINT match_kind_known CHECK (((kind)::text = ANY ((ARRAY['individual'::character varying, 'entity'::character varying])::text[]))),
    CONSTRAINT match_likeness_share CHECK (((likeness >= (0.0)::double precision) AND (likeness <= (1.0)::double precision))),
    CONSTRAINT match_name_known CHECK (((which)::text = ANY ((ARRAY['name'::character varying, 'name_latin'::character varying, 'applicant'::character varying, 'other'::character varying, 'former'::character varying, 'officer'::character varying])::text[]))),
    CONSTRAINT match_subject_known CHECK (((subject_kind)::text = ANY ((ARRAY['application'::character varying, 'stakeholder'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_match ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_match_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_membership (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    user_id bigint NOT NULL,
    role character varying(10) NOT NULL,
    joined_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_shown boolean NOT NULL,
    "position" character varying(120) NOT NULL,
    CONSTRAINT membership_role_known CHECK (((role)::text = ANY ((ARRAY['admin'::character varying, 'editor'::character varying, 'reader'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_missiontext (
    id bigint NOT NULL,
    text text NOT NULL,
    application_id bigint,
    language_id character varying(60) NOT NULL,
    stakeholder_id bigint,
    CONSTRAINT mission_says_something CHECK ((NOT (text = ''::text))),
    CONSTRAINT missiontext_belongs_to_one CHECK ((((application_id IS NOT NULL) AND (stakeholder_id IS NULL)) OR ((application_id IS NULL) AND (stakeholder_id IS NOT NULL))))
);
ALTER TABLE public.stakeholders_missiontext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_missiontext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_offer (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    direction character varying(5) NOT NULL,
    area_id character varying(60),
    topic_id character varying(60),
    text text NOT NULL,
    audience character varying(20) NOT NULL,
    until date,
    closed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT offer_audience_known CHECK (((audience)::text = ANY ((ARRAY['members'::character varying, 'members_states'::character varying, 'public'::character varying])::text[]))),
    CONSTRAINT offer_direction_known CHECK (((direction)::text = ANY ((ARRAY['offer'::character varying, 'need'::character varying])::text[]))),
    CONSTRAINT offer_says_about_what CHECK (((area_id IS NOT NULL) OR (topic_id IS NOT NULL))),
    CONSTRAINT offer_says_what CHECK ((NOT (text = ''::text))),
    CONSTRAINT stakeholders_offer_version_check CHECK ((version >= 0))
);
CREATE TABLE public.stakeholders_offer_countries (
    id bigint NOT NULL,
    offer_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.stakeholders_offer_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_offer_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.stakeholders_offer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_offer_languages (
    id bigint NOT NULL,
    offer_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.stakeholders_offer_languages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_offer_languages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_office (
    id bigint NOT NULL,
    application_id bigint,
    stakeholder_id bigint,
    country_id character varying(3) NOT NULL,
    city character varying(120) NOT NULL,
    CONSTRAINT office_belongs_to_one CHECK ((((application_id IS NOT NULL) AND (stakeholder_id IS NULL)) OR ((application_id IS NULL) AND (stakeholder_id IS NOT NULL))))
);
ALTER TABLE public.stakeholders_office ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_office_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_officer (
    id bigint NOT NULL,
    application_id bigint,
    stakeholder_id bigint,
    name character varying(250) NOT NULL,
    "position" character varying(120) NOT NULL,
    CONSTRAINT officer_belongs_to_one CHECK ((((application_id IS NOT NULL) AND (stakeholder_id IS NULL)) OR ((application_id IS NULL) AND (stakeholder_id IS NOT NULL)))),
    CONSTRAINT officer_is_named CHECK ((NOT ((name)::text = ''::text)))
);
ALTER TABLE public.stakeholders_officer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_officer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_othername (
    id bigint NOT NULL,
    application_id bigint,
    stakeholder_id bigint,
    kind character varying(10) NOT NULL,
    text character varying(250) NOT NULL,
    language_id character varying(60),
    CONSTRAINT other_name_kind_known CHECK (((kind)::text = ANY ((ARRAY['other'::character varying, 'former'::character varying])::text[]))),
    CONSTRAINT other_name_says_something CHECK ((NOT ((text)::text = ''::text))),
    CONSTRAINT othername_belongs_to_one CHECK ((((application_id IS NOT NULL) AND (stakeholder_id IS NULL)) OR ((application_id IS NULL) AND (stakeholder_id IS NOT NULL))))
);
ALTER TABLE public.stakeholders_othername ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_othername_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_paper (
    id bigint NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    application_id bigint NOT NULL,
    uploaded_by_id bigint,
    CONSTRAINT stakeholders_paper_size_check CHECK ((size >= 0))
);
ALTER TABLE public.stakeholders_paper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_paper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_project (
    id bigint NOT NULL,
    starts character varying(10) NOT NULL,
    ends character varying(10) NOT NULL,
    "position" smallint NOT NULL,
    status character varying(10) NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    stakeholder_id bigint NOT NULL,
    CONSTRAINT project_status_known CHECK (((status)::text = ANY ((ARRAY['shown'::character varying, 'hidden'::character varying, 'removed'::character varying])::text[]))),
    CONSTRAINT stakeholders_project_position_check CHECK (("position" >= 0)),
    CONSTRAINT stakeholders_project_version_check CHECK ((version >= 0))
);
CREATE TABLE public.stakeholders_project_countries (
    id bigint NOT NULL,
    project_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.stakeholders_project_countries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_project_countries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.stakeholders_project ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_project_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_projectlink (
    id bigint NOT NULL,
    label character varying(200) NOT NULL,
    url character varying(500) NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT project_link_leads_somewhere CHECK (((NOT ((label)::text = ''::text)) AND (NOT ((url)::text = ''::text))))
);
ALTER TABLE public.stakeholders_projectlink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_projectlink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_projectpartner (
    id bigint NOT NULL,
    name character varying(250) NOT NULL,
    project_id bigint NOT NULL,
    stakeholder_id bigint,
    CONSTRAINT project_partner_named CHECK ((NOT ((name)::text = ''::text)))
);
ALTER TABLE public.stakeholders_projectpartner ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_projectpartner_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_projecttext (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    aim text NOT NULL,
    results text NOT NULL,
    language_id character varying(60) NOT NULL,
    project_id bigint NOT NULL,
    CONSTRAINT project_text_has_title CHECK ((NOT ((title)::text = ''::text)))
);
ALTER TABLE public.stakeholders_projecttext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_projecttext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_proposedlist (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    uploaded_at timestamp with time zone NOT NULL,
    generated date NOT NULL,
    status character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    file character varying(200) NOT NULL,
    decided_by_id bigint,
    sent_by_id bigint,
    CONSTRAINT proposed_list_status_known CHECK (((status)::text = ANY ((ARRAY['waiting'::character varying, 'approved'::character varying, 'discarded'::character varying])::text[]))),
    CONSTRAINT stakeholders_proposedlist_size_check CHECK ((size >= 0)),
    CONSTRAINT waiting_list_has_its_file CHECK (((NOT ((status)::text = 'waiting'::text)) OR (NOT ((file)::text = ''::text))))
);
ALTER TABLE public.stakeholders_proposedlist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_proposedlist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_publication (
    id bigint NOT NULL,
    title character varying(300) NOT NULL,
    year character varying(4) NOT NULL,
    url character varying(500) NOT NULL,
    application_id bigint,
    stakeholder_id bigint,
    CONSTRAINT publication_belongs_to_one CHECK ((((application_id IS NOT NULL) AND (stakeholder_id IS NULL)) OR ((application_id IS NULL) AND (stakeholder_id IS NOT NULL)))),
    CONSTRAINT publication_says_where CHECK (((NOT ((title)::text = ''::text)) AND (NOT ((url)::text = ''::text))))
);
ALTER TABLE public.stakeholders_publication ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_publication_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_recommendation (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    by_id bigint,
    view character varying(10) NOT NULL,
    reason character varying(12) NOT NULL,
    text text NOT NULL,
    at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone,
    CONSTRAINT recommendation_says_why CHECK ((((reason)::text = ANY ((ARRAY['known'::character varying, 'partner'::character varying, 'consistent'::character varying, 'unknown'::character varying, 'doubts'::character varying, 'duplicate'::character varying, 'other'::character varying])::text[])) AND (NOT (text = ''::text)))),
    CONSTRAINT recommendation_view_known CHECK (((view)::text = ANY ((ARRAY['support'::character varying, 'oppose'::character varying, 'none'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_recommendation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_recommendation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_reconsideration (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    reason text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    outcome character varying(10) NOT NULL,
    note text NOT NULL,
    decided_by_id bigint,
    decided_at timestamp with time zone,
    CONSTRAINT reconsideration_decided_says_what_and_why CHECK ((((decided_at IS NULL) AND ((outcome)::text = ''::text)) OR ((decided_at IS NOT NULL) AND ((outcome)::text = ANY ((ARRAY['stands'::character varying, 'reopened'::character varying])::text[])) AND (NOT (note = ''::text))))),
    CONSTRAINT reconsideration_gives_a_reason CHECK ((NOT (reason = ''::text)))
);
ALTER TABLE public.stakeholders_reconsideration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_reconsideration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_report (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    stakeholder_id bigint,
    entry_name character varying(250) NOT NULL,
    conversation_id bigint,
    what character varying(15) NOT NULL,
    text text NOT NULL,
    reporter_id bigint,
    address character varying(254) NOT NULL,
    language character varying(10) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    outcome character varying(15) NOT NULL,
    deed character varying(10) NOT NULL,
    reason character varying(15) NOT NULL,
    batch uuid,
    note text NOT NULL,
    answer text NOT NULL,
    answered_by_id bigint,
    answered_at timestamp with time zone,
    CONSTRAINT report_answered_has_outcome CHECK ((((answered_at IS NULL) AND ((outcome)::text = ''::text)) OR ((answered_at IS NOT NULL) AND ((outcome)::text = ANY ((ARRAY['corrected'::character varying, 'removed'::character varying, 'under_watch'::character varying, 'unfounded'::character varying, 'not_checked'::character varying, 'abuse'::character varying, 'warned'::character varying, 'kept_out'::character varying, 'harmless'::character varying, 'fixed'::character varying, 'hidden'::character varying, 'taken_down'::character varying, 'found_right'::character varying])::text[]))))),
    CONSTRAINT report_deed_and_reason_known CHECK ((((deed)::text = ANY ((ARRAY[''::character varying, 'hide'::character varying, 'remove'::character varying, 'dismiss'::character varying])::text[])) AND ((reason)::text = ANY ((ARRAY[''::character varying, 'untrue'::character varying, 'abuse'::character varying, 'privacy'::character varying, 'rights'::character varying, 'advertising'::character varying, 'terms'::character varying])::text[])))),
    CONSTRAINT report_says_something CHECK ((NOT (text = ''::text))),
    CONSTRAINT report_what_known CHECK (((what)::text = ANY ((ARRAY['wrong'::character varying, 'not_real'::character varying, 'impostor'::character varying, 'abusive'::character varying, 'private'::character varying, 'duplicate'::character varying, 'other'::character varying, 'advertising'::character varying, 'fraud'::character varying, 'threat'::character varying, 'prying'::character varying, 'unfitting'::character varying, 'rights'::character varying, 'spam'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_report ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_report_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_screened (
    id bigint NOT NULL,
    application_id bigint NOT NULL,
    list_id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.stakeholders_screened ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_screened_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_screeninglist (
    id bigint NOT NULL,
    generated date NOT NULL,
    sha256 character varying(64) NOT NULL,
    entries integer NOT NULL,
    rows integer NOT NULL,
    loaded_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    loaded_by_id bigint,
    CONSTRAINT stakeholders_screeninglist_entries_check CHECK ((entries >= 0)),
    CONSTRAINT stakeholders_screeninglist_rows_check CHECK ((rows >= 0))
);
ALTER TABLE public.stakeholders_screeninglist ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_screeninglist_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_screeningrun (
    id bigint NOT NULL,
    list_id bigint NOT NULL,
    stakeholders_to bigint NOT NULL,
    applications_to bigint NOT NULL,
    done integer NOT NULL,
    most integer NOT NULL,
    found integer NOT NULL,
    started_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT stakeholders_screeningrun_done_check CHECK ((done >= 0)),
    CONSTRAINT stakeholders_screeningrun_found_check CHECK ((found >= 0)),
    CONSTRAINT stakeholders_screeningrun_most_check CHECK ((most >= 0))
);
ALTER TABLE public.stakeholders_screeningrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_screeningrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_sourcetrust (
    id bigint NOT NULL,
    person_id bigint,
    stakeholder_id bigint,
    domain character varying(190) NOT NULL,
    level smallint NOT NULL,
    note character varying(300) NOT NULL,
    given_by_id bigint,
    given_at timestamp with time zone NOT NULL,
    ended_by_id bigint,
    ended_at timestamp with time zone,
    CONSTRAINT source_trust_in_one CHECK (((((domain)::text = ''::text) AND (person_id IS NOT NULL) AND (stakeholder_id IS NULL)) OR (((domain)::text = ''::text) AND (person_id IS NULL) AND (stakeholder_id IS NOT NULL)) OR ((person_id IS NULL) AND (stakeholder_id IS NULL) AND (NOT ((domain)::text = ''::text))))),
    CONSTRAINT source_trust_level_said CHECK ((level = ANY (ARRAY[0, 2]))),
    CONSTRAINT stakeholders_sourcetrust_level_check CHECK ((level >= 0))
);
ALTER TABLE public.stakeholders_sourcetrust ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_sourcetrust_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_stakeholder (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(250) NOT NULL,
    name_latin character varying(250) NOT NULL,
    acronym character varying(40) NOT NULL,
    country_id character varying(3) NOT NULL,
    city character varying(120) NOT NULL,
    website character varying(300) NOT NULL,
    mission text NOT NULL,
    mission_language_id character varying(60),
    descriptors character varying(20)[] NOT NULL,
    ecosoc_status character varying(10) NOT NULL,
    cop_observer character varying(3) NOT NULL,
    "references" text NOT NULL,
    listing character varying(20) NOT NULL,
    name_key character varying(300) NOT NULL,
    site_key character varying(300) NOT NULL,
    status character varying(10) NOT NULL,
    slug character varying(80) NOT NULL,
    sort_key character varying(300) NOT NULL,
    source_name character varying(200) NOT NULL,
    source_url character varying(500) NOT NULL,
    source_date date,
    ror_id character varying(40) NOT NULL,
    approved_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    lapses_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    is_demo boolean NOT NULL,
    merged_into_id bigint,
    contact_from character varying(15) NOT NULL,
    lei character varying(20) NOT NULL,
    orcid character varying(19) NOT NULL,
    wikidata character varying(20) NOT NULL,
    CONSTRAINT active_entry_was_approved CHECK (((NOT ((status)::text = 'active'::text)) OR (approved_at IS NOT NULL))),
    CONSTRAINT listed_entry_says_its_source CHECK (((NOT ((status)::text = 'listed'::text)) OR ((NOT ((source_name)::text = ''::text)) AND (source_date IS NOT NULL)))),
    CONSTRAINT stakeholder_contact_from_known CHECK (((contact_from)::text = ANY ((ARRAY['everybody'::character varying, 'members_states'::character varying, 'members'::character varying, 'nobody'::character varying])::text[]))),
    CONSTRAINT stakeholder_descriptors_known CHECK ((descriptors <@ ARRAY['grassroots'::character varying(20), 'youth_led'::character varying(20), 'women_led'::character varying(20), 'victim_led'::character varying(20), 'faith_based'::character varying(20), 'indigenous'::character varying(20)])),
    CONSTRAINT stakeholder_ecosoc_known CHECK (((ecosoc_status)::text = ANY ((ARRAY[''::character varying, 'none'::character varying, 'applied'::character varying, 'roster'::character varying, 'special'::character varying, 'general'::character varying])::text[]))),
    CONSTRAINT stakeholder_kind_known CHECK (((kind)::text = ANY ((ARRAY['ngo'::character varying, 'academia'::character varying, 'private'::character varying, 'expert'::character varying, 'institute'::character varying])::text[]))),
    CONSTRAINT stakeholder_listing_known CHECK (((listing)::text = ANY ((ARRAY['public'::character varying, 'members_states'::character varying, 'members'::character varying, 'country'::character varying, 'unlisted'::character varying])::text[]))),
    CONSTRAINT stakeholder_merged_elsewhere CHECK (((merged_into_id IS NULL) OR ((lapses_at IS NULL) AND ((status)::text = 'merged'::text) AND (NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL)))))),
    CONSTRAINT stakeholder_named CHECK ((NOT ((name)::text = ''::text))),
    CONSTRAINT stakeholder_observer_known CHECK (((cop_observer)::text = ANY ((ARRAY[''::character varying, 'yes'::character varying, 'no'::character varying])::text[]))),
    CONSTRAINT stakeholder_status_known CHECK (((status)::text = ANY ((ARRAY['listed'::character varying, 'active'::character varying, 'lapsed'::character varying, 'suspended'::character varying, 'withdrawn'::character varying, 'merged'::character varying])::text[])))
);
CREATE TABLE public.stakeholders_stakeholder_articles (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    article_id character varying(20) NOT NULL
);
ALTER TABLE public.stakeholders_stakeholder_articles ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_stakeholder_articles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_stakeholder_engagement_areas (
    id bigint NOT NULL,
    stakeholder_id bigint CONSTRAINT stakeholders_stakeholder_engagement_are_stakeholder_id_not_null NOT NULL,
    engagementarea_id character varying(60) CONSTRAINT stakeholders_stakeholder_engagement__engagementarea_id_not_null NOT NULL
);
ALTER TABLE public.stakeholders_stakeholder_engagement_areas ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_stakeholder_engagement_areas_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.stakeholders_stakeholder ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_stakeholder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_stakeholder_languages (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    language_id character varying(60) NOT NULL
);
ALTER TABLE public.stakeholders_stakeholder_languages ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_stakeholder_languages_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_stakeholder_topics (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    topic_id character varying(60) NOT NULL
);
ALTER TABLE public.stakeholders_stakeholder_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_stakeholder_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_stakeholder_works_in (
    id bigint NOT NULL,
    stakeholder_id bigint NOT NULL,
    country_id character varying(3) NOT NULL
);
ALTER TABLE public.stakeholders_stakeholder_works_in ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_stakeholder_works_in_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_stateaccount (
    id bigint NOT NULL,
    country_id character varying(3) NOT NULL,
    address character varying(254) NOT NULL,
    person character varying(150) NOT NULL,
    language character varying(2) NOT NULL,
    note_reference character varying(120) NOT NULL,
    note_date date NOT NULL,
    invited_by_id bigint,
    token_hash character varying(64) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    user_id bigint,
    grant_id bigint,
    accepted_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by_id bigint,
    end_reason character varying(10) NOT NULL,
    end_note text NOT NULL,
    file character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    media_type character varying(100) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    CONSTRAINT stakeholders_stateaccount_size_check CHECK ((size >= 0)),
    CONSTRAINT state_account_ended_says_why CHECK (((((end_reason)::text = ''::text) AND (ended_at IS NULL)) OR ((ended_at IS NOT NULL) AND ((end_reason)::text = ANY ((ARRAY['declined'::character varying, 'left'::character varying, 'note'::character varying, 'replaced'::character varying, 'conduct'::character varying, 'other'::character varying])::text[]))))),
    CONSTRAINT state_account_lower_case CHECK (((address)::text = lower((address)::text)))
);
ALTER TABLE public.stakeholders_stateaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_stateaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_trusteddomain (
    id bigint NOT NULL,
    domain character varying(190) NOT NULL,
    note character varying(300) NOT NULL,
    added_by_id bigint,
    added_at timestamp with time zone NOT NULL,
    ended_by_id bigint,
    ended_at timestamp with time zone,
    CONSTRAINT trusted_domain_says_why CHECK (((NOT ((domain)::text = ''::text)) AND (NOT ((note)::text = ''::text))))
);
ALTER TABLE public.stakeholders_trusteddomain ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_trusteddomain_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.stakeholders_wave (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    former boolean NOT NULL,
    vetted_before boolean NOT NULL,
    source_name character varying(200) NOT NULL,
    source_date date,
    status character varying(10) NOT NULL,
    made_by_id bigint,
    made_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    made_from_id bigint,
    reminding_since timestamp with time zone,
    CONSTRAINT wave_of_a_list_says_its_source CHECK (((NOT former) OR ((NOT ((source_name)::text = ''::text)) AND (source_date IS NOT NULL)))),
    CONSTRAINT wave_status_known CHECK (((status)::text = ANY ((ARRAY['prepared'::character varying, 'sending'::character varying, 'paused'::character varying, 'done'::character varying])::text[])))
);
ALTER TABLE public.stakeholders_wave ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.stakeholders_wave_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.taxonomy_areamapping (
    code character varying(3) NOT NULL,
    country_id character varying(3),
    note text NOT NULL
);
CREATE TABLE public.taxonomy_article (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(20) NOT NULL,
    instrument_id character varying(12) NOT NULL,
    number smallint NOT NULL,
    cluster_id character varying(4),
    cluster_source text NOT NULL,
    CONSTRAINT article_cluster_has_source CHECK (((cluster_id IS NULL) OR (NOT (cluster_source = ''::text)))),
    CONSTRAINT taxonomy_article_number_check CHECK ((number >= 0))
);
CREATE TABLE public.taxonomy_articletext (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    code character varying(24) NOT NULL,
    language character varying(2) NOT NULL,
    text text NOT NULL,
    article_id character varying(20) NOT NULL,
    CONSTRAINT article_text_language_known CHECK (((language)::text = ANY ((ARRAY['ar'::character varying, 'zh'::character varying, 'en'::character varying, 'fr'::character varying, 'ru'::character varying, 'es'::character varying])::text[])))
);
CREATE TABLE public.taxonomy_cluster (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(4) NOT NULL,
    "position" smallint NOT NULL,
    name_en character varying(240) NOT NULL,
    verified boolean NOT NULL,
    CONSTRAINT cluster_verified_has_title CHECK (((NOT verified) OR (NOT ((name_en)::text = ''::text)))),
    CONSTRAINT taxonomy_cluster_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.taxonomy_country (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    iso3 character varying(3) NOT NULL,
    iso2 character varying(2) NOT NULL,
    m49 character varying(3) NOT NULL,
    region_id character varying(3),
    subregion_id character varying(3),
    intermediate_region_id character varying(3),
    un_group character varying(16) NOT NULL,
    status character varying(10) NOT NULL,
    lat numeric(8,5),
    lon numeric(8,5),
    CONSTRAINT country_group_known CHECK (((un_group)::text = ANY ((ARRAY[''::character varying, 'african'::character varying, 'asia-pacific'::character varying, 'eastern-european'::character varying, 'grulac'::character varying, 'weog'::character varying])::text[]))),
    CONSTRAINT country_point_on_earth CHECK ((((lat IS NULL) AND (lon IS NULL)) OR ((lat IS NOT NULL) AND ((lat >= ('-90'::integer)::numeric) AND (lat <= (90)::numeric)) AND (lon IS NOT NULL) AND ((lon >= ('-180'::integer)::numeric) AND (lon <= (180)::numeric))))),
    CONSTRAINT country_status_known CHECK (((status)::text = ANY ((ARRAY[''::character varying, 'member'::character varying, 'observer'::character varying])::text[])))
);
CREATE TABLE public.taxonomy_engagementarea (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(60) NOT NULL,
    merged_into_id character varying(60),
    CONSTRAINT area_not_merged_into_itself CHECK (((merged_into_id IS NULL) OR (NOT (((merged_into_id)::text = (code)::text) AND (merged_into_id IS NOT NULL)))))
);
CREATE TABLE public.taxonomy_fetchedsource (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    url character varying(500) NOT NULL,
    schedule character varying(10) NOT NULL,
    megabytes smallint NOT NULL,
    next_at timestamp with time zone,
    claimed_at timestamp with time zone,
    fetched_at timestamp with time zone,
    outcome character varying(10) NOT NULL,
    fault character varying(12) NOT NULL,
    said character varying(500) NOT NULL,
    etag character varying(200) NOT NULL,
    sha256 character varying(64) NOT NULL,
    taken_as bigint,
    set_by_id bigint,
    CONSTRAINT fetched_source_due_has_address CHECK (((next_at IS NULL) OR (NOT ((url)::text = ''::text)))),
    CONSTRAINT fetched_source_failed_says_why CHECK (((((outcome)::text = 'failed'::text) AND ((fault)::text = ANY ((ARRAY['address'::character varying, 'private'::character varying, 'name'::character varying, 'connection'::character varying, 'certificate'::character varying, 'time'::character varying, 'redirects'::character varying, 'answer'::character varying, 'insecure'::character varying, 'size'::character varying, 'status'::character varying, 'unreadable'::character varying, 'not_allowed'::character varying, 'broken'::character varying])::text[]))) OR ((NOT ((outcome)::text = 'failed'::text)) AND ((fault)::text = ''::text)))),
    CONSTRAINT fetched_source_outcome_known CHECK (((outcome)::text = ANY ((ARRAY[''::character varying, 'new'::character varying, 'unchanged'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT fetched_source_schedule_known CHECK (((schedule)::text = ANY ((ARRAY['never'::character varying, 'weekly'::character varying, 'monthly'::character varying])::text[]))),
    CONSTRAINT taxonomy_fetchedsource_megabytes_check CHECK ((megabytes >= 0))
);
ALTER TABLE public.taxonomy_fetchedsource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taxonomy_fetchedsource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.taxonomy_instrument (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(12) NOT NULL,
    "position" smallint NOT NULL,
    full_title text NOT NULL,
    parent_id character varying(12),
    reviewed boolean NOT NULL,
    adopted_on date,
    in_force_on date,
    resolution character varying(40) NOT NULL,
    text_url character varying(300) NOT NULL,
    text_source text NOT NULL,
    CONSTRAINT instrument_text_has_source CHECK ((((text_url)::text = ''::text) OR (NOT (text_source = ''::text)))),
    CONSTRAINT taxonomy_instrument_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.taxonomy_language (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(60) NOT NULL,
    merged_into_id character varying(60),
    native_name character varying(120) NOT NULL,
    official boolean NOT NULL,
    CONSTRAINT language_not_merged_into_itself CHECK (((merged_into_id IS NULL) OR (NOT (((merged_into_id)::text = (code)::text) AND (merged_into_id IS NOT NULL)))))
);
CREATE TABLE public.taxonomy_participation (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    code character varying(20) NOT NULL,
    country_id character varying(3),
    organization character varying(120) NOT NULL,
    instrument_id character varying(12) NOT NULL,
    is_party boolean,
    action character varying(16) NOT NULL,
    date date,
    signed_on date,
    CONSTRAINT participation_deposit_makes_party CHECK (((date IS NULL) OR (is_party AND (is_party IS NOT NULL)))),
    CONSTRAINT participation_of_one_party CHECK ((((country_id IS NOT NULL) AND ((organization)::text = ''::text)) OR ((country_id IS NULL) AND (NOT ((organization)::text = ''::text))))),
    CONSTRAINT participation_signed_before_deposit CHECK (((date IS NULL) OR (signed_on IS NULL) OR (signed_on <= date)))
);
CREATE TABLE public.taxonomy_region (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    m49 character varying(3) NOT NULL,
    level character varying(12) NOT NULL,
    parent_id character varying(3),
    CONSTRAINT region_has_its_parent CHECK (((((level)::text = 'region'::text) AND (parent_id IS NULL)) OR (((level)::text = ANY ((ARRAY['subregion'::character varying, 'intermediate'::character varying])::text[])) AND (parent_id IS NOT NULL))))
);
CREATE TABLE public.taxonomy_revision (
    id bigint NOT NULL,
    kind character varying(80) NOT NULL,
    code character varying(80) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    changes jsonb NOT NULL
);
ALTER TABLE public.taxonomy_revision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taxonomy_revision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.taxonomy_synonym (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    code character varying(80) NOT NULL,
    means character varying(66) NOT NULL,
    language character varying(2) NOT NULL,
    text character varying(120) NOT NULL,
    in_use boolean NOT NULL,
    CONSTRAINT synonym_language_known CHECK (((language)::text = ANY ((ARRAY['ar'::character varying, 'zh'::character varying, 'en'::character varying, 'fr'::character varying, 'ru'::character varying, 'es'::character varying])::text[])))
);
CREATE TABLE public.taxonomy_topic (
    source text NOT NULL,
    source_date date,
    note text NOT NULL,
    edited_by_hand boolean NOT NULL,
    edited_at timestamp with time zone,
    name_ar character varying(240) NOT NULL,
    name_zh character varying(240) NOT NULL,
    name_en character varying(240) NOT NULL,
    name_fr character varying(240) NOT NULL,
    name_ru character varying(240) NOT NULL,
    name_es character varying(240) NOT NULL,
    sort_ar character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_zh character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_en character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_fr character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_ru character varying(240) NOT NULL COLLATE pg_catalog."C",
    sort_es character varying(240) NOT NULL COLLATE pg_catalog."C",
    translation_status character varying(10) NOT NULL,
    code character varying(60) NOT NULL,
    merged_into_id character varying(60),
    kind character varying(10) NOT NULL,
    working_group boolean NOT NULL,
    parent_id character varying(60),
    CONSTRAINT topic_kind_known CHECK (((kind)::text = ANY ((ARRAY['crime'::character varying, 'subject'::character varying])::text[]))),
    CONSTRAINT topic_not_merged_into_itself CHECK (((merged_into_id IS NULL) OR (NOT (((merged_into_id)::text = (code)::text) AND (merged_into_id IS NOT NULL))))),
    CONSTRAINT topic_not_within_itself CHECK (((parent_id IS NULL) OR (NOT (((parent_id)::text = (code)::text) AND (parent_id IS NOT NULL)))))
);
CREATE TABLE public.workflow_changerequest (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    status character varying(10) NOT NULL,
    proposed_by_id bigint,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT change_request_status_known CHECK (((status)::text = ANY ((ARRAY['proposed'::character varying, 'approved'::character varying, 'refused'::character varying, 'withdrawn'::character varying])::text[])))
);
ALTER TABLE public.workflow_changerequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_changerequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_decision (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    move character varying(40) NOT NULL,
    from_status character varying(40) NOT NULL,
    to_status character varying(40) NOT NULL,
    actor_id bigint,
    reason character varying(60) NOT NULL,
    note text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.workflow_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_draftdecision (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    batch character varying(80) NOT NULL,
    move character varying(40) NOT NULL,
    reason character varying(60) NOT NULL,
    note text NOT NULL,
    drafted_by_id bigint,
    drafted_at timestamp with time zone NOT NULL,
    decision_id bigint
);
ALTER TABLE public.workflow_draftdecision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_draftdecision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_extension (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    party character varying(40) NOT NULL,
    until timestamp with time zone NOT NULL,
    reason character varying(500) NOT NULL,
    given_by_id bigint,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.workflow_extension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_itemrequest (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    field character varying(60) NOT NULL,
    text text NOT NULL,
    asked_by_id bigint,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone
);
ALTER TABLE public.workflow_itemrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_itemrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_receipt (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    reference character varying(24) NOT NULL,
    at timestamp with time zone NOT NULL,
    text_sha256 character varying(64) NOT NULL,
    text text NOT NULL,
    files jsonb NOT NULL,
    received_from_id bigint
);
ALTER TABLE public.workflow_receipt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.workflow_workitem (
    id bigint NOT NULL,
    subject_kind character varying(80) NOT NULL,
    subject_id bigint NOT NULL,
    what character varying(60) NOT NULL,
    label character varying(250) NOT NULL,
    waits_for character varying(20) NOT NULL,
    scope_country character varying(3) NOT NULL,
    scope_region character varying(3) NOT NULL,
    holder_id bigint,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    paused_since timestamp with time zone,
    paused_for interval NOT NULL,
    level smallint NOT NULL,
    passed_at timestamp with time zone,
    closed_at timestamp with time zone,
    CONSTRAINT work_item_level_known CHECK ((level = ANY (ARRAY[0, 1, 2]))),
    CONSTRAINT workflow_workitem_level_check CHECK ((level >= 0))
);
ALTER TABLE public.workflow_workitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.workflow_workitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_accesstoken
    ADD CONSTRAINT accounts_accesstoken_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.accounts_accesstoken
    ADD CONSTRAINT accounts_accesstoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_consent
    ADD CONSTRAINT accounts_consent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_dataexport
    ADD CONSTRAINT accounts_dataexport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_grant
    ADD CONSTRAINT accounts_grant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_legalversion
    ADD CONSTRAINT accounts_legalversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_retentionrule
    ADD CONSTRAINT accounts_retentionrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_retentionrule
    ADD CONSTRAINT accounts_retentionrule_subject_key UNIQUE (subject);
ALTER TABLE ONLY public.accounts_retentionrun
    ADD CONSTRAINT accounts_retentionrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.accounts_user
    ADD CONSTRAINT accounts_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_absence_grants
    ADD CONSTRAINT coordination_absence_grants_absence_id_grant_id_5b05ba30_uniq UNIQUE (absence_id, grant_id);
ALTER TABLE ONLY public.coordination_absence_grants
    ADD CONSTRAINT coordination_absence_grants_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_absence
    ADD CONSTRAINT coordination_absence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_activity_countries
    ADD CONSTRAINT coordination_activity_co_activity_id_country_id_4736f6b7_uniq UNIQUE (activity_id, country_id);
ALTER TABLE ONLY public.coordination_activity_countries
    ADD CONSTRAINT coordination_activity_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_activity
    ADD CONSTRAINT coordination_activity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_activity_stakeholders
    ADD CONSTRAINT coordination_activity_st_activity_id_stakeholder__1590de5c_uniq UNIQUE (activity_id, stakeholder_id);
ALTER TABLE ONLY public.coordination_activity_stakeholders
    ADD CONSTRAINT coordination_activity_stakeholders_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_activity_topics
    ADD CONSTRAINT coordination_activity_topics_activity_id_topic_id_49c2e9dd_uniq UNIQUE (activity_id, topic_id);
ALTER TABLE ONLY public.coordination_activity_topics
    ADD CONSTRAINT coordination_activity_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_activityfile
    ADD CONSTRAINT coordination_activityfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_activitynote
    ADD CONSTRAINT coordination_activitynote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_announcement
    ADD CONSTRAINT coordination_announcement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_deputy
    ADD CONSTRAINT coordination_deputy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_enquiry
    ADD CONSTRAINT coordination_enquiry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_enquiryline
    ADD CONSTRAINT coordination_enquiryline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_followup
    ADD CONSTRAINT coordination_followup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handover_appointment_id_key UNIQUE (appointment_id);
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handover_next_appointment_id_key UNIQUE (next_appointment_id);
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_letter
    ADD CONSTRAINT coordination_letter_happening_id_key UNIQUE (happening_id);
ALTER TABLE ONLY public.coordination_letter
    ADD CONSTRAINT coordination_letter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_lettercopy
    ADD CONSTRAINT coordination_lettercopy_conversation_id_key UNIQUE (conversation_id);
ALTER TABLE ONLY public.coordination_lettercopy
    ADD CONSTRAINT coordination_lettercopy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_letterlimit
    ADD CONSTRAINT coordination_letterlimit_hat_key UNIQUE (hat);
ALTER TABLE ONLY public.coordination_letterlimit
    ADD CONSTRAINT coordination_letterlimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_named
    ADD CONSTRAINT coordination_named_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_named
    ADD CONSTRAINT coordination_named_user_id_key UNIQUE (user_id);
ALTER TABLE ONLY public.coordination_network
    ADD CONSTRAINT coordination_network_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_network_topics
    ADD CONSTRAINT coordination_network_topics_network_id_topic_id_17854c73_uniq UNIQUE (network_id, topic_id);
ALTER TABLE ONLY public.coordination_network_topics
    ADD CONSTRAINT coordination_network_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_networkdocument
    ADD CONSTRAINT coordination_networkdocument_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_networkmeeting
    ADD CONSTRAINT coordination_networkmeeting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_networkmember
    ADD CONSTRAINT coordination_networkmember_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_networkplan
    ADD CONSTRAINT coordination_networkplan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_passed
    ADD CONSTRAINT coordination_passed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_periodreport
    ADD CONSTRAINT coordination_periodreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_plangoal
    ADD CONSTRAINT coordination_plangoal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_planstep
    ADD CONSTRAINT coordination_planstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_planstep_responsible
    ADD CONSTRAINT coordination_planstep_re_planstep_id_stakeholder__a6f3e156_uniq UNIQUE (planstep_id, stakeholder_id);
ALTER TABLE ONLY public.coordination_planstep_responsible
    ADD CONSTRAINT coordination_planstep_responsible_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_termnote
    ADD CONSTRAINT coordination_termnote_appointment_id_key UNIQUE (appointment_id);
ALTER TABLE ONLY public.coordination_termnote
    ADD CONSTRAINT coordination_termnote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_digest
    ADD CONSTRAINT digest_window_once UNIQUE (user_id, rhythm, until);
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.events_attendance
    ADD CONSTRAINT events_attendance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_body
    ADD CONSTRAINT events_body_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.events_calendaraddress
    ADD CONSTRAINT events_calendaraddress_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.events_calendaraddress
    ADD CONSTRAINT events_calendaraddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_closure
    ADD CONSTRAINT events_closure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_deskcomment
    ADD CONSTRAINT events_deskcomment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_eligibilityanswer
    ADD CONSTRAINT events_eligibilityanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_eligibilityquestion
    ADD CONSTRAINT events_eligibilityquestion_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.events_event_languages
    ADD CONSTRAINT events_event_languages_event_id_language_id_f0df72b4_uniq UNIQUE (event_id, language_id);
ALTER TABLE ONLY public.events_event_languages
    ADD CONSTRAINT events_event_languages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_event_topics
    ADD CONSTRAINT events_event_topics_event_id_topic_id_53dad128_uniq UNIQUE (event_id, topic_id);
ALTER TABLE ONLY public.events_event_topics
    ADD CONSTRAINT events_event_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_eventdocument
    ADD CONSTRAINT events_eventdocument_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_invited
    ADD CONSTRAINT events_invited_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_libraryentry
    ADD CONSTRAINT events_libraryentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_meetinglink
    ADD CONSTRAINT events_meetinglink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_merger
    ADD CONSTRAINT events_merger_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_officialitem
    ADD CONSTRAINT events_officialitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_partner
    ADD CONSTRAINT events_partner_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_placement
    ADD CONSTRAINT events_placement_pkey PRIMARY KEY (proposal_id);
ALTER TABLE ONLY public.events_programme
    ADD CONSTRAINT events_programme_pkey PRIMARY KEY (event_id);
ALTER TABLE ONLY public.events_proposal_interpretation
    ADD CONSTRAINT events_proposal_interpre_proposal_id_language_id_6d2b5580_uniq UNIQUE (proposal_id, language_id);
ALTER TABLE ONLY public.events_proposal_interpretation
    ADD CONSTRAINT events_proposal_interpretation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_proposal_more_themes
    ADD CONSTRAINT events_proposal_more_themes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_proposal_more_themes
    ADD CONSTRAINT events_proposal_more_themes_proposal_id_topic_id_f7839642_uniq UNIQUE (proposal_id, topic_id);
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_proposal_spoken
    ADD CONSTRAINT events_proposal_spoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_proposal_spoken
    ADD CONSTRAINT events_proposal_spoken_proposal_id_language_id_19e1ed0b_uniq UNIQUE (proposal_id, language_id);
ALTER TABLE ONLY public.events_proposal_supporting
    ADD CONSTRAINT events_proposal_supporting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_proposal_supporting
    ADD CONSTRAINT events_proposal_supporting_proposal_id_country_id_20e8f063_uniq UNIQUE (proposal_id, country_id);
ALTER TABLE ONLY public.events_proposalround
    ADD CONSTRAINT events_proposalround_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.events_proposalround
    ADD CONSTRAINT events_proposalround_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_proposalround_themes
    ADD CONSTRAINT events_proposalround_the_proposalround_id_topic_i_f66f0012_uniq UNIQUE (proposalround_id, topic_id);
ALTER TABLE ONLY public.events_proposalround_themes
    ADD CONSTRAINT events_proposalround_themes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_quota
    ADD CONSTRAINT events_quota_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_registration
    ADD CONSTRAINT events_registration_code_key UNIQUE (code);
ALTER TABLE ONLY public.events_registration
    ADD CONSTRAINT events_registration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_registrationanswer
    ADD CONSTRAINT events_registrationanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_registrationquestion
    ADD CONSTRAINT events_registrationquestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_registrationrules
    ADD CONSTRAINT events_registrationrules_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.events_registrationrules
    ADD CONSTRAINT events_registrationrules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_release
    ADD CONSTRAINT events_release_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_releasechange
    ADD CONSTRAINT events_releasechange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_reminder
    ADD CONSTRAINT events_reminder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_report
    ADD CONSTRAINT events_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_report
    ADD CONSTRAINT events_report_proposal_id_key UNIQUE (proposal_id);
ALTER TABLE ONLY public.events_reportfile
    ADD CONSTRAINT events_reportfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_reportlink
    ADD CONSTRAINT events_reportlink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_reviewarea
    ADD CONSTRAINT events_reviewarea_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_room_interpretation
    ADD CONSTRAINT events_room_interpretation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_room_interpretation
    ADD CONSTRAINT events_room_interpretation_room_id_language_id_47249383_uniq UNIQUE (room_id, language_id);
ALTER TABLE ONLY public.events_room
    ADD CONSTRAINT events_room_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_shown
    ADD CONSTRAINT events_shown_pkey PRIMARY KEY (proposal_id);
ALTER TABLE ONLY public.events_speaker
    ADD CONSTRAINT events_speaker_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_star
    ADD CONSTRAINT events_star_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_trustedproposer
    ADD CONSTRAINT events_trustedproposer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_familylink
    ADD CONSTRAINT family_one_link_each_pair UNIQUE (branch_id, parent_id);
ALTER TABLE ONLY public.notifications_follow
    ADD CONSTRAINT followed_once UNIQUE (user_id, terms);
ALTER TABLE ONLY public.notifications_happening
    ADD CONSTRAINT happening_once UNIQUE (kind, key);
ALTER TABLE ONLY public.news_issueitem
    ADD CONSTRAINT issue_holds_it_once UNIQUE (issue_id, kind, object_id);
ALTER TABLE ONLY public.notifications_mailevent
    ADD CONSTRAINT mail_event_once UNIQUE (provider, event_id);
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT meeting_number_once UNIQUE (event_id, number);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.coordination_networkdocument
    ADD CONSTRAINT network_document_once UNIQUE (network_id, resource_id);
ALTER TABLE ONLY public.news_issue
    ADD CONSTRAINT news_issue_happening_id_key UNIQUE (happening_id);
ALTER TABLE ONLY public.news_issue
    ADD CONSTRAINT news_issue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_issue_topics
    ADD CONSTRAINT news_issue_topics_issue_id_topic_id_def1ca57_uniq UNIQUE (issue_id, topic_id);
ALTER TABLE ONLY public.news_issue_topics
    ADD CONSTRAINT news_issue_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_issueitem
    ADD CONSTRAINT news_issueitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_issuesection
    ADD CONSTRAINT news_issuesection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_newslink
    ADD CONSTRAINT news_newslink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_newslink_topics
    ADD CONSTRAINT news_newslink_topics_newslink_id_topic_id_b426191f_uniq UNIQUE (newslink_id, topic_id);
ALTER TABLE ONLY public.news_newslink_topics
    ADD CONSTRAINT news_newslink_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_newslink
    ADD CONSTRAINT news_newslink_url_key UNIQUE (url);
ALTER TABLE ONLY public.news_story_countries
    ADD CONSTRAINT news_story_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_story_countries
    ADD CONSTRAINT news_story_countries_story_id_country_id_95f8f91a_uniq UNIQUE (story_id, country_id);
ALTER TABLE ONLY public.news_story
    ADD CONSTRAINT news_story_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_story_topics
    ADD CONSTRAINT news_story_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_story_topics
    ADD CONSTRAINT news_story_topics_story_id_topic_id_16ed09ea_uniq UNIQUE (story_id, topic_id);
ALTER TABLE ONLY public.news_storyimage
    ADD CONSTRAINT news_storyimage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_storyrevision
    ADD CONSTRAINT news_storyrevision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_subscriber
    ADD CONSTRAINT news_subscriber_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_subscriber_topics
    ADD CONSTRAINT news_subscriber_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.news_subscriber_topics
    ADD CONSTRAINT news_subscriber_topics_subscriber_id_topic_id_70e123c4_uniq UNIQUE (subscriber_id, topic_id);
ALTER TABLE ONLY public.notifications_notice
    ADD CONSTRAINT notice_once_per_person UNIQUE (user_id, key);
ALTER TABLE ONLY public.notifications_deadline
    ADD CONSTRAINT notifications_deadline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_digest
    ADD CONSTRAINT notifications_digest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_follow
    ADD CONSTRAINT notifications_follow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_habits
    ADD CONSTRAINT notifications_habits_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.notifications_happening
    ADD CONSTRAINT notifications_happening_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_job
    ADD CONSTRAINT notifications_job_name_key UNIQUE (name);
ALTER TABLE ONLY public.notifications_job
    ADD CONSTRAINT notifications_job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_mailboxmessage
    ADD CONSTRAINT notifications_mailboxmessage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_mailevent
    ADD CONSTRAINT notifications_mailevent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_message_again_of_id_key UNIQUE (again_of_id);
ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_message_message_id_key UNIQUE (message_id);
ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_notice
    ADD CONSTRAINT notifications_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_outlet
    ADD CONSTRAINT notifications_outlet_name_key UNIQUE (name);
ALTER TABLE ONLY public.notifications_outlet
    ADD CONSTRAINT notifications_outlet_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_pause
    ADD CONSTRAINT notifications_pause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT notifications_preference_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_stop
    ADD CONSTRAINT notifications_stop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notifications_suppression
    ADD CONSTRAINT notifications_suppression_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_often
    ADD CONSTRAINT often_once_a_week UNIQUE (week, text);
ALTER TABLE ONLY public.resources_collectionitem
    ADD CONSTRAINT once_in_a_collection UNIQUE (collection_id, resource_id);
ALTER TABLE ONLY public.reviews_answer
    ADD CONSTRAINT one_answer_each UNIQUE (contribution_id, question_id);
ALTER TABLE ONLY public.events_registrationanswer
    ADD CONSTRAINT one_answer_on_registering UNIQUE (registration_id, question_id);
ALTER TABLE ONLY public.taxonomy_article
    ADD CONSTRAINT one_article_per_number UNIQUE (instrument_id, number);
ALTER TABLE ONLY public.stakeholders_block
    ADD CONSTRAINT one_block_each UNIQUE (stakeholder_id, user_id);
ALTER TABLE ONLY public.resources_bookmark
    ADD CONSTRAINT one_bookmark_each UNIQUE (user_id, resource_id);
ALTER TABLE ONLY public.stakeholders_checklistanswer
    ADD CONSTRAINT one_checklist_answer_each UNIQUE (application_id, question_id);
ALTER TABLE ONLY public.accounts_consent
    ADD CONSTRAINT one_consent_per_version UNIQUE (user_id, kind, version);
ALTER TABLE ONLY public.coordination_lettercopy
    ADD CONSTRAINT one_copy_each UNIQUE (letter_id, stakeholder_id);
ALTER TABLE ONLY public.notifications_deadline
    ADD CONSTRAINT one_deadline_per_name UNIQUE (subject_kind, subject_id, key);
ALTER TABLE ONLY public.coordination_deputy
    ADD CONSTRAINT one_deputy_each UNIQUE (appointment_id, user_id);
ALTER TABLE ONLY public.search_document
    ADD CONSTRAINT one_document_per_part UNIQUE (kind, object_id, part);
ALTER TABLE ONLY public.resources_edition
    ADD CONSTRAINT one_edition_per_language UNIQUE (resource_id, language_id);
ALTER TABLE ONLY public.events_eligibilityanswer
    ADD CONSTRAINT one_eligibility_answer_each UNIQUE (proposal_id, question_id);
ALTER TABLE ONLY public.reviews_dialogueexpertise
    ADD CONSTRAINT one_expertise_per_topic UNIQUE (application_id, topic_id);
ALTER TABLE ONLY public.workflow_extension
    ADD CONSTRAINT one_extension_per_party UNIQUE (subject_kind, subject_id, party);
ALTER TABLE ONLY public.resources_resourcefile
    ADD CONSTRAINT one_file_per_version UNIQUE (edition_id, number);
ALTER TABLE ONLY public.stakeholders_furthersource
    ADD CONSTRAINT one_further_source_per_address UNIQUE (stakeholder_id, url);
ALTER TABLE ONLY public.reviews_handout
    ADD CONSTRAINT one_handout_per_language UNIQUE (slug, language);
ALTER TABLE ONLY public.accounts_legalversion
    ADD CONSTRAINT one_legal_version_each UNIQUE (kind, version);
ALTER TABLE ONLY public.events_libraryentry
    ADD CONSTRAINT one_library_entry_each UNIQUE NULLS NOT DISTINCT (event_id, proposal_id, resource_id);
ALTER TABLE ONLY public.reviews_dialogueline
    ADD CONSTRAINT one_line_per_dialogue UNIQUE (application_id, dialogue_id);
ALTER TABLE ONLY public.stakeholders_listedname
    ADD CONSTRAINT one_listed_name_each UNIQUE (list_id, digest);
ALTER TABLE ONLY public.stakeholders_match
    ADD CONSTRAINT one_match_per_pair UNIQUE (subject_kind, subject_id, name_digest, listed_digest);
ALTER TABLE ONLY public.stakeholders_membership
    ADD CONSTRAINT one_membership_each UNIQUE (stakeholder_id, user_id);
ALTER TABLE ONLY public.taxonomy_participation
    ADD CONSTRAINT one_participation_each UNIQUE NULLS NOT DISTINCT (country_id, organization, instrument_id);
ALTER TABLE ONLY public.events_partner
    ADD CONSTRAINT one_partnering_each UNIQUE (proposal_id, stakeholder_id);
ALTER TABLE ONLY public.reviews_phase
    ADD CONSTRAINT one_phase_of_group_and_cluster UNIQUE (group_id, cluster_id);
ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT one_preference_per_kind UNIQUE (user_id, kind);
ALTER TABLE ONLY public.stakeholders_projecttext
    ADD CONSTRAINT one_project_text_per_language UNIQUE (project_id, language_id);
ALTER TABLE ONLY public.events_quota
    ADD CONSTRAINT one_quota_each UNIQUE (rules_id, per, code);
ALTER TABLE ONLY public.stakeholders_recommendation
    ADD CONSTRAINT one_recommendation_each UNIQUE (application_id, by_id);
ALTER TABLE ONLY public.resources_resourcerelation
    ADD CONSTRAINT one_relation_each UNIQUE (resource_id, other_id, kind);
ALTER TABLE ONLY public.events_reminder
    ADD CONSTRAINT one_reminder_each UNIQUE (rules_id, days, hour);
ALTER TABLE ONLY public.events_reviewarea
    ADD CONSTRAINT one_reviewer_per_region UNIQUE (event_id, region_id);
ALTER TABLE ONLY public.events_reviewarea
    ADD CONSTRAINT one_reviewer_per_theme UNIQUE (event_id, theme_id);
ALTER TABLE ONLY public.reviews_reviewingstate
    ADD CONSTRAINT one_reviewing_state_each UNIQUE (review_id, instrument_id, reviewer_id);
ALTER TABLE ONLY public.resources_resourcestakeholder
    ADD CONSTRAINT one_role_of_a_stakeholder_each UNIQUE (resource_id, stakeholder_id, role);
ALTER TABLE ONLY public.stakeholders_importrow
    ADD CONSTRAINT one_row_each UNIQUE (of_id, "row");
ALTER TABLE ONLY public.resources_savedsearch
    ADD CONSTRAINT one_saved_search_each UNIQUE (user_id, query);
ALTER TABLE ONLY public.reviews_cosignature
    ADD CONSTRAINT one_signature_each UNIQUE (contribution_id, stakeholder_id);
ALTER TABLE ONLY public.stakeholders_importsource
    ADD CONSTRAINT one_source_of_imports_each UNIQUE (name, purpose);
ALTER TABLE ONLY public.events_star
    ADD CONSTRAINT one_star_each UNIQUE (user_id, proposal_id);
ALTER TABLE ONLY public.resources_suggestedarticle
    ADD CONSTRAINT one_suggested_article_each UNIQUE (resource_id, article_id);
ALTER TABLE ONLY public.taxonomy_articletext
    ADD CONSTRAINT one_text_per_language UNIQUE (article_id, language);
ALTER TABLE ONLY public.resources_filepage
    ADD CONSTRAINT one_text_per_page UNIQUE (file_id, number);
ALTER TABLE ONLY public.portal_page
    ADD CONSTRAINT one_text_per_page_and_language UNIQUE (slug, language);
ALTER TABLE ONLY public.portal_page
    ADD CONSTRAINT portal_page_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.portal_programmefact
    ADD CONSTRAINT portal_programmefact_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.events_release
    ADD CONSTRAINT release_number_once UNIQUE (programme_id, number);
ALTER TABLE ONLY public.resources_author
    ADD CONSTRAINT resources_author_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_bookmark
    ADD CONSTRAINT resources_bookmark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_collection
    ADD CONSTRAINT resources_collection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_collectionitem
    ADD CONSTRAINT resources_collectionitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_edition
    ADD CONSTRAINT resources_edition_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_filepage
    ADD CONSTRAINT resources_filepage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_guidance
    ADD CONSTRAINT resources_guidance_pkey PRIMARY KEY (field);
ALTER TABLE ONLY public.resources_librarychange
    ADD CONSTRAINT resources_librarychange_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_linkcheck
    ADD CONSTRAINT resources_linkcheck_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_linkcheck
    ADD CONSTRAINT resources_linkcheck_url_key UNIQUE (url);
ALTER TABLE ONLY public.resources_proposedfile
    ADD CONSTRAINT resources_proposedfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource_articles
    ADD CONSTRAINT resources_resource_artic_resource_id_article_id_3c9cfff9_uniq UNIQUE (resource_id, article_id);
ALTER TABLE ONLY public.resources_resource_articles
    ADD CONSTRAINT resources_resource_articles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource_clusters
    ADD CONSTRAINT resources_resource_clust_resource_id_cluster_id_c2db5128_uniq UNIQUE (resource_id, cluster_id);
ALTER TABLE ONLY public.resources_resource_clusters
    ADD CONSTRAINT resources_resource_clusters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource_countries
    ADD CONSTRAINT resources_resource_count_resource_id_country_id_28aec075_uniq UNIQUE (resource_id, country_id);
ALTER TABLE ONLY public.resources_resource_countries
    ADD CONSTRAINT resources_resource_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource_instruments
    ADD CONSTRAINT resources_resource_instr_resource_id_instrument_i_1272d8ce_uniq UNIQUE (resource_id, instrument_id);
ALTER TABLE ONLY public.resources_resource_instruments
    ADD CONSTRAINT resources_resource_instruments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource
    ADD CONSTRAINT resources_resource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource_regions
    ADD CONSTRAINT resources_resource_regions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource_regions
    ADD CONSTRAINT resources_resource_regions_resource_id_region_id_16e5b5f9_uniq UNIQUE (resource_id, region_id);
ALTER TABLE ONLY public.resources_resource_topics
    ADD CONSTRAINT resources_resource_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resource_topics
    ADD CONSTRAINT resources_resource_topics_resource_id_topic_id_3e34fec8_uniq UNIQUE (resource_id, topic_id);
ALTER TABLE ONLY public.resources_resourcefile
    ADD CONSTRAINT resources_resourcefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resourcerelation
    ADD CONSTRAINT resources_resourcerelation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_resourcestakeholder
    ADD CONSTRAINT resources_resourcestakeholder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_savedsearch
    ADD CONSTRAINT resources_savedsearch_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.resources_suggestedarticle
    ADD CONSTRAINT resources_suggestedarticle_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_answer
    ADD CONSTRAINT reviews_answer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_bureauanswer
    ADD CONSTRAINT reviews_bureauanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_bureaulist
    ADD CONSTRAINT reviews_bureaulist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_call_accepts
    ADD CONSTRAINT reviews_call_accepts_call_id_language_id_be3ab92e_uniq UNIQUE (call_id, language_id);
ALTER TABLE ONLY public.reviews_call_accepts
    ADD CONSTRAINT reviews_call_accepts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_call_articles
    ADD CONSTRAINT reviews_call_articles_call_id_article_id_7e7f0866_uniq UNIQUE (call_id, article_id);
ALTER TABLE ONLY public.reviews_call_articles
    ADD CONSTRAINT reviews_call_articles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_call_countries
    ADD CONSTRAINT reviews_call_countries_call_id_country_id_a6d75fd9_uniq UNIQUE (call_id, country_id);
ALTER TABLE ONLY public.reviews_call_countries
    ADD CONSTRAINT reviews_call_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_call
    ADD CONSTRAINT reviews_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_call_topics
    ADD CONSTRAINT reviews_call_topics_call_id_topic_id_e02e282a_uniq UNIQUE (call_id, topic_id);
ALTER TABLE ONLY public.reviews_call_topics
    ADD CONSTRAINT reviews_call_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_contribution_countries
    ADD CONSTRAINT reviews_contribution_cou_contribution_id_country__d1b1f6f4_uniq UNIQUE (contribution_id, country_id);
ALTER TABLE ONLY public.reviews_contribution_countries
    ADD CONSTRAINT reviews_contribution_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_contribution
    ADD CONSTRAINT reviews_contribution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_correction
    ADD CONSTRAINT reviews_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_cosignature
    ADD CONSTRAINT reviews_cosignature_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_countryreview
    ADD CONSTRAINT reviews_countryreview_country_id_key UNIQUE (country_id);
ALTER TABLE ONLY public.reviews_countryreview
    ADD CONSTRAINT reviews_countryreview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_dialogue
    ADD CONSTRAINT reviews_dialogue_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.reviews_dialogue
    ADD CONSTRAINT reviews_dialogue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_dialogueapplication
    ADD CONSTRAINT reviews_dialogueapplication_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_dialogueexpertise
    ADD CONSTRAINT reviews_dialogueexpertise_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_dialogueline
    ADD CONSTRAINT reviews_dialogueline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_dialoguestatement
    ADD CONSTRAINT reviews_dialoguestatement_line_id_key UNIQUE (line_id);
ALTER TABLE ONLY public.reviews_dialoguestatement
    ADD CONSTRAINT reviews_dialoguestatement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_documentkind
    ADD CONSTRAINT reviews_documentkind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_drawconstraint
    ADD CONSTRAINT reviews_drawconstraint_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_evidence
    ADD CONSTRAINT reviews_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_evidencelink
    ADD CONSTRAINT reviews_evidencelink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_focalpoint
    ADD CONSTRAINT reviews_focalpoint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_focalpoint
    ADD CONSTRAINT reviews_focalpoint_review_id_key UNIQUE (review_id);
ALTER TABLE ONLY public.reviews_followup
    ADD CONSTRAINT reviews_followup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_handout
    ADD CONSTRAINT reviews_handout_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_measure
    ADD CONSTRAINT reviews_measure_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_objection
    ADD CONSTRAINT reviews_objection_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_observation_contributions
    ADD CONSTRAINT reviews_observation_cont_observation_id_contribut_c61cae57_uniq UNIQUE (observation_id, contribution_id);
ALTER TABLE ONLY public.reviews_observation_contributions
    ADD CONSTRAINT reviews_observation_contributions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_observation
    ADD CONSTRAINT reviews_observation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_observation_topics
    ADD CONSTRAINT reviews_observation_topi_observation_id_topic_id_fa3200d6_uniq UNIQUE (observation_id, topic_id);
ALTER TABLE ONLY public.reviews_observation_topics
    ADD CONSTRAINT reviews_observation_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_phase
    ADD CONSTRAINT reviews_phase_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_question
    ADD CONSTRAINT reviews_question_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_reviewdocument
    ADD CONSTRAINT reviews_reviewdocument_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_reviewgroup
    ADD CONSTRAINT reviews_reviewgroup_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_reviewimport_documents
    ADD CONSTRAINT reviews_reviewimport_doc_reviewimport_id_reviewdo_95d696dd_uniq UNIQUE (reviewimport_id, reviewdocument_id);
ALTER TABLE ONLY public.reviews_reviewimport_documents
    ADD CONSTRAINT reviews_reviewimport_documents_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_reviewimport_observations
    ADD CONSTRAINT reviews_reviewimport_obs_reviewimport_id_observat_4e7e8a1c_uniq UNIQUE (reviewimport_id, observation_id);
ALTER TABLE ONLY public.reviews_reviewimport_observations
    ADD CONSTRAINT reviews_reviewimport_observations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_reviewimport
    ADD CONSTRAINT reviews_reviewimport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_reviewingstate
    ADD CONSTRAINT reviews_reviewingstate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_reviewsversion
    ADD CONSTRAINT reviews_reviewsversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.reviews_screeningrule
    ADD CONSTRAINT reviews_screeningrule_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_secretariat
    ADD CONSTRAINT reviews_secretariat_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_snapshot
    ADD CONSTRAINT reviews_snapshot_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_stepkind
    ADD CONSTRAINT reviews_stepkind_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.reviews_steprecord
    ADD CONSTRAINT reviews_steprecord_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_room
    ADD CONSTRAINT room_name_once UNIQUE (event_id, name);
ALTER TABLE ONLY public.search_change
    ADD CONSTRAINT search_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_document
    ADD CONSTRAINT search_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_often
    ADD CONSTRAINT search_often_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_stale
    ADD CONSTRAINT search_stale_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_word
    ADD CONSTRAINT search_word_pkey PRIMARY KEY (word);
ALTER TABLE ONLY public.stakeholders_application_articles
    ADD CONSTRAINT stakeholders_application_application_id_article_i_e3a564c4_uniq UNIQUE (application_id, article_id);
ALTER TABLE ONLY public.stakeholders_application_works_in
    ADD CONSTRAINT stakeholders_application_application_id_country_i_8113e0fa_uniq UNIQUE (application_id, country_id);
ALTER TABLE ONLY public.stakeholders_application_engagement_areas
    ADD CONSTRAINT stakeholders_application_application_id_engagemen_42850340_uniq UNIQUE (application_id, engagementarea_id);
ALTER TABLE ONLY public.stakeholders_application_languages
    ADD CONSTRAINT stakeholders_application_application_id_language__15fc4373_uniq UNIQUE (application_id, language_id);
ALTER TABLE ONLY public.stakeholders_application_topics
    ADD CONSTRAINT stakeholders_application_application_id_topic_id_5b83d25a_uniq UNIQUE (application_id, topic_id);
ALTER TABLE ONLY public.stakeholders_application_articles
    ADD CONSTRAINT stakeholders_application_articles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_application_engagement_areas
    ADD CONSTRAINT stakeholders_application_engagement_areas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_application_languages
    ADD CONSTRAINT stakeholders_application_languages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_application
    ADD CONSTRAINT stakeholders_application_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_application_topics
    ADD CONSTRAINT stakeholders_application_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_application_works_in
    ADD CONSTRAINT stakeholders_application_works_in_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_appointment_countries
    ADD CONSTRAINT stakeholders_appointment_appointment_id_country_i_693d21e3_uniq UNIQUE (appointment_id, country_id);
ALTER TABLE ONLY public.stakeholders_appointment_grants
    ADD CONSTRAINT stakeholders_appointment_appointment_id_grant_id_00473f98_uniq UNIQUE (appointment_id, grant_id);
ALTER TABLE ONLY public.stakeholders_appointment_regions
    ADD CONSTRAINT stakeholders_appointment_appointment_id_region_id_2de1a60b_uniq UNIQUE (appointment_id, region_id);
ALTER TABLE ONLY public.stakeholders_appointment_countries
    ADD CONSTRAINT stakeholders_appointment_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_appointment_grants
    ADD CONSTRAINT stakeholders_appointment_grants_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_appointment
    ADD CONSTRAINT stakeholders_appointment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_appointment_regions
    ADD CONSTRAINT stakeholders_appointment_regions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_block
    ADD CONSTRAINT stakeholders_block_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_candidate
    ADD CONSTRAINT stakeholders_candidate_code_key UNIQUE (code);
ALTER TABLE ONLY public.stakeholders_candidate
    ADD CONSTRAINT stakeholders_candidate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_checklistanswer
    ADD CONSTRAINT stakeholders_checklistanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_checklistquestion
    ADD CONSTRAINT stakeholders_checklistquestion_code_key UNIQUE (code);
ALTER TABLE ONLY public.stakeholders_checklistquestion
    ADD CONSTRAINT stakeholders_checklistquestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_contact
    ADD CONSTRAINT stakeholders_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_conversation
    ADD CONSTRAINT stakeholders_conversation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinvitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinvitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.stakeholders_directoryversion
    ADD CONSTRAINT stakeholders_directoryversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_dossier
    ADD CONSTRAINT stakeholders_dossier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_ecosocname
    ADD CONSTRAINT stakeholders_ecosocname_key_key UNIQUE (key);
ALTER TABLE ONLY public.stakeholders_ecosocname
    ADD CONSTRAINT stakeholders_ecosocname_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_export
    ADD CONSTRAINT stakeholders_export_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_familylink
    ADD CONSTRAINT stakeholders_familylink_application_id_key UNIQUE (application_id);
ALTER TABLE ONLY public.stakeholders_familylink
    ADD CONSTRAINT stakeholders_familylink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_flag
    ADD CONSTRAINT stakeholders_flag_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_furthersource
    ADD CONSTRAINT stakeholders_furthersource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_handover
    ADD CONSTRAINT stakeholders_handover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_import
    ADD CONSTRAINT stakeholders_import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_importrow
    ADD CONSTRAINT stakeholders_importrow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_importsource
    ADD CONSTRAINT stakeholders_importsource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_invitation
    ADD CONSTRAINT stakeholders_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_invitation
    ADD CONSTRAINT stakeholders_invitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.stakeholders_joinrequest
    ADD CONSTRAINT stakeholders_joinrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_line
    ADD CONSTRAINT stakeholders_line_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_listedname
    ADD CONSTRAINT stakeholders_listedname_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_logo
    ADD CONSTRAINT stakeholders_logo_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_logo
    ADD CONSTRAINT stakeholders_logo_stakeholder_id_key UNIQUE (stakeholder_id);
ALTER TABLE ONLY public.stakeholders_mailproof
    ADD CONSTRAINT stakeholders_mailproof_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_match
    ADD CONSTRAINT stakeholders_match_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_membership
    ADD CONSTRAINT stakeholders_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_missiontext
    ADD CONSTRAINT stakeholders_missiontext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_offer_countries
    ADD CONSTRAINT stakeholders_offer_countries_offer_id_country_id_0fc76af6_uniq UNIQUE (offer_id, country_id);
ALTER TABLE ONLY public.stakeholders_offer_countries
    ADD CONSTRAINT stakeholders_offer_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_offer_languages
    ADD CONSTRAINT stakeholders_offer_languages_offer_id_language_id_dba8fe82_uniq UNIQUE (offer_id, language_id);
ALTER TABLE ONLY public.stakeholders_offer_languages
    ADD CONSTRAINT stakeholders_offer_languages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_offer
    ADD CONSTRAINT stakeholders_offer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_office
    ADD CONSTRAINT stakeholders_office_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_officer
    ADD CONSTRAINT stakeholders_officer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_othername
    ADD CONSTRAINT stakeholders_othername_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_paper
    ADD CONSTRAINT stakeholders_paper_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_project_countries
    ADD CONSTRAINT stakeholders_project_cou_project_id_country_id_340945c0_uniq UNIQUE (project_id, country_id);
ALTER TABLE ONLY public.stakeholders_project_countries
    ADD CONSTRAINT stakeholders_project_countries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_project
    ADD CONSTRAINT stakeholders_project_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_projectlink
    ADD CONSTRAINT stakeholders_projectlink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_projectpartner
    ADD CONSTRAINT stakeholders_projectpartner_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_projecttext
    ADD CONSTRAINT stakeholders_projecttext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_proposedlist
    ADD CONSTRAINT stakeholders_proposedlist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_publication
    ADD CONSTRAINT stakeholders_publication_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_recommendation
    ADD CONSTRAINT stakeholders_recommendation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_reconsideration
    ADD CONSTRAINT stakeholders_reconsideration_application_id_key UNIQUE (application_id);
ALTER TABLE ONLY public.stakeholders_reconsideration
    ADD CONSTRAINT stakeholders_reconsideration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_report
    ADD CONSTRAINT stakeholders_report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_screened
    ADD CONSTRAINT stakeholders_screened_application_id_key UNIQUE (application_id);
ALTER TABLE ONLY public.stakeholders_screened
    ADD CONSTRAINT stakeholders_screened_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_screeninglist
    ADD CONSTRAINT stakeholders_screeninglist_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_screeningrun
    ADD CONSTRAINT stakeholders_screeningrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_sourcetrust
    ADD CONSTRAINT stakeholders_sourcetrust_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stakeholder_articles
    ADD CONSTRAINT stakeholders_stakeholder_articles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stakeholder_engagement_areas
    ADD CONSTRAINT stakeholders_stakeholder_engagement_areas_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stakeholder_languages
    ADD CONSTRAINT stakeholders_stakeholder_languages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stakeholder
    ADD CONSTRAINT stakeholders_stakeholder_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stakeholder_articles
    ADD CONSTRAINT stakeholders_stakeholder_stakeholder_id_article_i_8d09bada_uniq UNIQUE (stakeholder_id, article_id);
ALTER TABLE ONLY public.stakeholders_stakeholder_works_in
    ADD CONSTRAINT stakeholders_stakeholder_stakeholder_id_country_i_330735f0_uniq UNIQUE (stakeholder_id, country_id);
ALTER TABLE ONLY public.stakeholders_stakeholder_engagement_areas
    ADD CONSTRAINT stakeholders_stakeholder_stakeholder_id_engagemen_06187a50_uniq UNIQUE (stakeholder_id, engagementarea_id);
ALTER TABLE ONLY public.stakeholders_stakeholder_languages
    ADD CONSTRAINT stakeholders_stakeholder_stakeholder_id_language__cba2d3c3_uniq UNIQUE (stakeholder_id, language_id);
ALTER TABLE ONLY public.stakeholders_stakeholder_topics
    ADD CONSTRAINT stakeholders_stakeholder_stakeholder_id_topic_id_f5cddf8c_uniq UNIQUE (stakeholder_id, topic_id);
ALTER TABLE ONLY public.stakeholders_stakeholder_topics
    ADD CONSTRAINT stakeholders_stakeholder_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stakeholder_works_in
    ADD CONSTRAINT stakeholders_stakeholder_works_in_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateaccount_grant_id_key UNIQUE (grant_id);
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateaccount_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.stakeholders_trusteddomain
    ADD CONSTRAINT stakeholders_trusteddomain_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.stakeholders_wave
    ADD CONSTRAINT stakeholders_wave_made_from_id_key UNIQUE (made_from_id);
ALTER TABLE ONLY public.stakeholders_wave
    ADD CONSTRAINT stakeholders_wave_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_stale
    ADD CONSTRAINT stale_once UNIQUE (kind, object_id);
ALTER TABLE ONLY public.news_storyimage
    ADD CONSTRAINT story_image_number_once UNIQUE (story_id, number);
ALTER TABLE ONLY public.taxonomy_synonym
    ADD CONSTRAINT synonym_once UNIQUE (means, language, text);
ALTER TABLE ONLY public.taxonomy_areamapping
    ADD CONSTRAINT taxonomy_areamapping_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_article
    ADD CONSTRAINT taxonomy_article_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_articletext
    ADD CONSTRAINT taxonomy_articletext_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_cluster
    ADD CONSTRAINT taxonomy_cluster_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_country
    ADD CONSTRAINT taxonomy_country_iso2_key UNIQUE (iso2);
ALTER TABLE ONLY public.taxonomy_country
    ADD CONSTRAINT taxonomy_country_m49_key UNIQUE (m49);
ALTER TABLE ONLY public.taxonomy_country
    ADD CONSTRAINT taxonomy_country_pkey PRIMARY KEY (iso3);
ALTER TABLE ONLY public.taxonomy_engagementarea
    ADD CONSTRAINT taxonomy_engagementarea_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_fetchedsource
    ADD CONSTRAINT taxonomy_fetchedsource_code_key UNIQUE (code);
ALTER TABLE ONLY public.taxonomy_fetchedsource
    ADD CONSTRAINT taxonomy_fetchedsource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.taxonomy_instrument
    ADD CONSTRAINT taxonomy_instrument_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_language
    ADD CONSTRAINT taxonomy_language_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_participation
    ADD CONSTRAINT taxonomy_participation_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_region
    ADD CONSTRAINT taxonomy_region_pkey PRIMARY KEY (m49);
ALTER TABLE ONLY public.taxonomy_revision
    ADD CONSTRAINT taxonomy_revision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.taxonomy_synonym
    ADD CONSTRAINT taxonomy_synonym_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.taxonomy_topic
    ADD CONSTRAINT taxonomy_topic_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.coordination_passed
    ADD CONSTRAINT work_passed_once UNIQUE (absence_id, item_id);
ALTER TABLE ONLY public.workflow_changerequest
    ADD CONSTRAINT workflow_changerequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_decision
    ADD CONSTRAINT workflow_decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_draftdecision
    ADD CONSTRAINT workflow_draftdecision_decision_id_key UNIQUE (decision_id);
ALTER TABLE ONLY public.workflow_draftdecision
    ADD CONSTRAINT workflow_draftdecision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_extension
    ADD CONSTRAINT workflow_extension_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_itemrequest
    ADD CONSTRAINT workflow_itemrequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_receipt
    ADD CONSTRAINT workflow_receipt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.workflow_receipt
    ADD CONSTRAINT workflow_receipt_reference_key UNIQUE (reference);
ALTER TABLE ONLY public.workflow_workitem
    ADD CONSTRAINT workflow_workitem_pkey PRIMARY KEY (id);
CREATE INDEX absence_standing ON public.coordination_absence USING btree (ends_on) WHERE (over_at IS NULL);
CREATE INDEX access_token_expires ON public.accounts_accesstoken USING btree (expires_at);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX accounts_accesstoken_digest_72e7f639_like ON public.accounts_accesstoken USING btree (digest varchar_pattern_ops);
CREATE INDEX accounts_accesstoken_user_id_9665e3f6 ON public.accounts_accesstoken USING btree (user_id);
CREATE INDEX accounts_consent_user_id_81cd791f ON public.accounts_consent USING btree (user_id);
CREATE INDEX accounts_dataexport_user_id_1c3468c6 ON public.accounts_dataexport USING btree (user_id);
CREATE INDEX accounts_factorreset_checked_by_id_9f6ac1a7 ON public.accounts_factorreset USING btree (checked_by_id);
CREATE INDEX accounts_factorreset_confirmed_by_id_1e71b294 ON public.accounts_factorreset USING btree (confirmed_by_id);
CREATE INDEX accounts_factorreset_refused_by_id_37d437e3 ON public.accounts_factorreset USING btree (refused_by_id);
CREATE INDEX accounts_factorreset_user_id_e684bddb ON public.accounts_factorreset USING btree (user_id);
CREATE INDEX accounts_grant_confirmed_by_id_47b689fe ON public.accounts_grant USING btree (confirmed_by_id);
CREATE INDEX accounts_grant_granted_by_id_979ceab8 ON public.accounts_grant USING btree (granted_by_id);
CREATE INDEX accounts_grant_user_id_7b34be41 ON public.accounts_grant USING btree (user_id);
CREATE INDEX accounts_retentionrule_subject_1378af31_like ON public.accounts_retentionrule USING btree (subject varchar_pattern_ops);
CREATE INDEX accounts_retentionrun_rule_id_d0a3cbb0 ON public.accounts_retentionrun USING btree (rule_id);
CREATE INDEX activity_by_author ON public.coordination_activity USING btree (author_id, starts_at DESC);
CREATE INDEX activity_by_start ON public.coordination_activity USING btree (starts_at DESC, id DESC);
CREATE INDEX announcement_by_time ON public.coordination_announcement USING btree (network_id, at);
CREATE INDEX application_name ON public.stakeholders_application USING btree (name_key);
CREATE INDEX application_queue ON public.stakeholders_application USING btree (status, due_at);
CREATE INDEX application_site ON public.stakeholders_application USING btree (site_key) WHERE (NOT ((site_key)::text = ''::text));
CREATE INDEX appointment_standing ON public.stakeholders_appointment USING btree (ends_on) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX attendance_code_once ON public.events_attendance USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE INDEX audit_newest ON public.audit_entry USING btree (at DESC);
CREATE INDEX audit_of_actor ON public.audit_entry USING btree (actor_id, at DESC);
CREATE INDEX audit_of_subject ON public.audit_entry USING btree (subject_kind, subject_id, at DESC);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX call_by_closing ON public.reviews_call USING btree (status, closes_at);
CREATE UNIQUE INDEX collection_code_once ON public.resources_collection USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE INDEX contribution_of_call ON public.reviews_contribution USING btree (call_id, status);
CREATE INDEX contribution_published ON public.reviews_contribution USING btree (published_at DESC) WHERE ((status)::text = 'published'::text);
CREATE INDEX conversation_age ON public.stakeholders_conversation USING btree (last_at);
CREATE INDEX conversation_of_entry ON public.stakeholders_conversation USING btree (stakeholder_id, last_at DESC);
CREATE INDEX conversation_of_sender ON public.stakeholders_conversation USING btree (sender_id, last_at DESC);
CREATE INDEX coordination_absence_appointment_id_5efed5cc ON public.coordination_absence USING btree (appointment_id);
CREATE INDEX coordination_absence_deputy_id_fa48807f ON public.coordination_absence USING btree (deputy_id);
CREATE INDEX coordination_absence_grants_absence_id_eeb574a4 ON public.coordination_absence_grants USING btree (absence_id);
CREATE INDEX coordination_absence_grants_grant_id_4bc11478 ON public.coordination_absence_grants USING btree (grant_id);
CREATE INDEX coordination_absence_said_by_id_e11a9584 ON public.coordination_absence USING btree (said_by_id);
CREATE INDEX coordination_activity_author_id_bc9549f7 ON public.coordination_activity USING btree (author_id);
CREATE INDEX coordination_activity_countries_activity_id_b1883722 ON public.coordination_activity_countries USING btree (activity_id);
CREATE INDEX coordination_activity_countries_country_id_6e4651f3 ON public.coordination_activity_countries USING btree (country_id);
CREATE INDEX coordination_activity_countries_country_id_6e4651f3_like ON public.coordination_activity_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX coordination_activity_stakeholders_activity_id_17a77749 ON public.coordination_activity_stakeholders USING btree (activity_id);
CREATE INDEX coordination_activity_stakeholders_stakeholder_id_3d832e08 ON public.coordination_activity_stakeholders USING btree (stakeholder_id);
CREATE INDEX coordination_activity_topics_activity_id_d5403227 ON public.coordination_activity_topics USING btree (activity_id);
CREATE INDEX coordination_activity_topics_topic_id_305c81af ON public.coordination_activity_topics USING btree (topic_id);
CREATE INDEX coordination_activity_topics_topic_id_305c81af_like ON public.coordination_activity_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX coordination_activityfile_activity_id_3a7f3664 ON public.coordination_activityfile USING btree (activity_id);
CREATE INDEX coordination_activityfile_uploaded_by_id_c8cd6259 ON public.coordination_activityfile USING btree (uploaded_by_id);
CREATE INDEX coordination_activitynote_activity_id_d4dbab53 ON public.coordination_activitynote USING btree (activity_id);
CREATE INDEX coordination_activitynote_author_id_5dcfb836 ON public.coordination_activitynote USING btree (author_id);
CREATE INDEX coordination_announcement_by_id_0bdd4633 ON public.coordination_announcement USING btree (by_id);
CREATE INDEX coordination_announcement_language_id_94654972 ON public.coordination_announcement USING btree (language_id);
CREATE INDEX coordination_announcement_language_id_94654972_like ON public.coordination_announcement USING btree (language_id varchar_pattern_ops);
CREATE INDEX coordination_announcement_network_id_2914d8f6 ON public.coordination_announcement USING btree (network_id);
CREATE INDEX coordination_deputy_added_by_id_05083be8 ON public.coordination_deputy USING btree (added_by_id);
CREATE INDEX coordination_deputy_appointment_id_292d48d5 ON public.coordination_deputy USING btree (appointment_id);
CREATE INDEX coordination_deputy_user_id_9a7e7a76 ON public.coordination_deputy USING btree (user_id);
CREATE INDEX coordination_enquiry_appointment_id_3b756f1a ON public.coordination_enquiry USING btree (appointment_id);
CREATE INDEX coordination_enquiry_sender_id_724105cc ON public.coordination_enquiry USING btree (sender_id);
CREATE INDEX coordination_enquiryline_author_id_302aa869 ON public.coordination_enquiryline USING btree (author_id);
CREATE INDEX coordination_enquiryline_enquiry_id_57e33051 ON public.coordination_enquiryline USING btree (enquiry_id);
CREATE INDEX coordination_followup_activity_id_79fc9a63 ON public.coordination_followup USING btree (activity_id);
CREATE INDEX coordination_followup_done_by_id_64c5e4f7 ON public.coordination_followup USING btree (done_by_id);
CREATE INDEX coordination_followup_owner_id_523de406 ON public.coordination_followup USING btree (owner_id);
CREATE INDEX coordination_handover_done_by_id_852dfd04 ON public.coordination_handover USING btree (done_by_id);
CREATE INDEX coordination_handover_prepared_by_id_15826bf5 ON public.coordination_handover USING btree (prepared_by_id);
CREATE INDEX coordination_handover_set_by_id_9e6e30b3 ON public.coordination_handover USING btree (set_by_id);
CREATE INDEX coordination_handover_successor_id_67d45557 ON public.coordination_handover USING btree (successor_id);
CREATE INDEX coordination_letter_by_id_f889f886 ON public.coordination_letter USING btree (by_id);
CREATE INDEX coordination_letter_decided_by_id_9f4d406a ON public.coordination_letter USING btree (decided_by_id);
CREATE INDEX coordination_lettercopy_letter_id_7be7f3b5 ON public.coordination_lettercopy USING btree (letter_id);
CREATE INDEX coordination_lettercopy_stakeholder_id_97179cb7 ON public.coordination_lettercopy USING btree (stakeholder_id);
CREATE INDEX coordination_letterlimit_changed_by_id_0c35b121 ON public.coordination_letterlimit USING btree (changed_by_id);
CREATE INDEX coordination_letterlimit_hat_a32f5620_like ON public.coordination_letterlimit USING btree (hat varchar_pattern_ops);
CREATE INDEX coordination_network_country_id_418a2d1e ON public.coordination_network USING btree (country_id);
CREATE INDEX coordination_network_country_id_418a2d1e_like ON public.coordination_network USING btree (country_id varchar_pattern_ops);
CREATE INDEX coordination_network_language_id_29e1eaa6 ON public.coordination_network USING btree (language_id);
CREATE INDEX coordination_network_language_id_29e1eaa6_like ON public.coordination_network USING btree (language_id varchar_pattern_ops);
CREATE INDEX coordination_network_parent_id_990e224d ON public.coordination_network USING btree (parent_id);
CREATE INDEX coordination_network_region_id_e37f56b1 ON public.coordination_network USING btree (region_id);
CREATE INDEX coordination_network_region_id_e37f56b1_like ON public.coordination_network USING btree (region_id varchar_pattern_ops);
CREATE INDEX coordination_network_topics_network_id_ad177480 ON public.coordination_network_topics USING btree (network_id);
CREATE INDEX coordination_network_topics_topic_id_845c7cb3 ON public.coordination_network_topics USING btree (topic_id);
CREATE INDEX coordination_network_topics_topic_id_845c7cb3_like ON public.coordination_network_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX coordination_networkdocument_added_by_id_0e08fa40 ON public.coordination_networkdocument USING btree (added_by_id);
CREATE INDEX coordination_networkdocument_network_id_90f40bca ON public.coordination_networkdocument USING btree (network_id);
CREATE INDEX coordination_networkdocument_resource_id_cd9ead8d ON public.coordination_networkdocument USING btree (resource_id);
CREATE INDEX coordination_networkmeeting_added_by_id_6882e2cc ON public.coordination_networkmeeting USING btree (added_by_id);
CREATE INDEX coordination_networkmeeting_event_id_e2f65ad9 ON public.coordination_networkmeeting USING btree (event_id);
CREATE INDEX coordination_networkmeeting_network_id_32f3777f ON public.coordination_networkmeeting USING btree (network_id);
CREATE INDEX coordination_networkmember_asked_by_id_2c95978d ON public.coordination_networkmember USING btree (asked_by_id);
CREATE INDEX coordination_networkmember_network_id_2581beec ON public.coordination_networkmember USING btree (network_id);
CREATE INDEX coordination_networkmember_stakeholder_id_b758a6d7 ON public.coordination_networkmember USING btree (stakeholder_id);
CREATE INDEX coordination_networkplan_language_id_92f9f735 ON public.coordination_networkplan USING btree (language_id);
CREATE INDEX coordination_networkplan_language_id_92f9f735_like ON public.coordination_networkplan USING btree (language_id varchar_pattern_ops);
CREATE INDEX coordination_networkplan_network_id_0baae198 ON public.coordination_networkplan USING btree (network_id);
CREATE INDEX coordination_networkplan_written_by_id_71e075ab ON public.coordination_networkplan USING btree (written_by_id);
CREATE INDEX coordination_passed_absence_id_c58ff8ae ON public.coordination_passed USING btree (absence_id);
CREATE INDEX coordination_passed_item_id_2125ffee ON public.coordination_passed USING btree (item_id);
CREATE INDEX coordination_periodreport_author_id_b6c0a3e5 ON public.coordination_periodreport USING btree (author_id);
CREATE INDEX coordination_periodreport_language_id_98ab4fdf ON public.coordination_periodreport USING btree (language_id);
CREATE INDEX coordination_periodreport_language_id_98ab4fdf_like ON public.coordination_periodreport USING btree (language_id varchar_pattern_ops);
CREATE INDEX coordination_plangoal_instrument_id_1494afc4 ON public.coordination_plangoal USING btree (instrument_id);
CREATE INDEX coordination_plangoal_instrument_id_1494afc4_like ON public.coordination_plangoal USING btree (instrument_id varchar_pattern_ops);
CREATE INDEX coordination_plangoal_plan_id_ed08c1b0 ON public.coordination_plangoal USING btree (plan_id);
CREATE INDEX coordination_planstep_goal_id_231219d2 ON public.coordination_planstep USING btree (goal_id);
CREATE INDEX coordination_planstep_responsible_planstep_id_90960857 ON public.coordination_planstep_responsible USING btree (planstep_id);
CREATE INDEX coordination_planstep_responsible_stakeholder_id_87f457d6 ON public.coordination_planstep_responsible USING btree (stakeholder_id);
CREATE INDEX coordination_planstep_state_id_d1541ea3 ON public.coordination_planstep USING btree (state_id);
CREATE INDEX coordination_planstep_state_id_d1541ea3_like ON public.coordination_planstep USING btree (state_id varchar_pattern_ops);
CREATE INDEX correction_queue ON public.reviews_correction USING btree (answered_at, at);
CREATE INDEX data_export_expires ON public.accounts_dataexport USING btree (expires_at);
CREATE INDEX data_export_under_way ON public.accounts_dataexport USING btree (status, beat_at) WHERE ((status)::text = ANY ((ARRAY['asked'::character varying, 'making'::character varying])::text[]));
CREATE INDEX deadline_at ON public.notifications_deadline USING btree (at);
CREATE INDEX decision_of_subject ON public.workflow_decision USING btree (subject_kind, subject_id, at DESC);
CREATE INDEX desk_invitation_known ON public.stakeholders_deskinvitation USING btree (address, name_key);
CREATE INDEX desk_invitation_unwritten ON public.stakeholders_deskinvitation USING btree (wave_id, id) WHERE ((accepted_at IS NULL) AND (mailed_at IS NULL) AND (withdrawn_at IS NULL));
CREATE INDEX dialogue_line_by_status ON public.reviews_dialogueline USING btree (dialogue_id, status);
CREATE INDEX dialogue_offers ON public.reviews_dialogueline USING btree (offer_until) WHERE ((status)::text = 'waiting'::text);
CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);
CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX document_title_begins ON public.search_document USING btree (sort_key) WHERE (part = 0);
CREATE INDEX document_words ON public.search_document USING gin (kind, tsv) WITH (gin_pending_list_limit='256', fastupdate='on');
CREATE INDEX dossier_expires ON public.stakeholders_dossier USING btree (expires_at);
CREATE INDEX draft_of_batch ON public.workflow_draftdecision USING btree (batch);
CREATE INDEX ecosoc_decided_on ON public.stakeholders_ecosocname USING btree (decided_on DESC);
CREATE INDEX ecosoc_name_alike ON public.stakeholders_ecosocname USING gin (key public.gin_trgm_ops);
CREATE INDEX enquiry_of_appointment ON public.coordination_enquiry USING btree (appointment_id, last_at DESC);
CREATE INDEX event_by_end ON public.events_event USING btree (status, ends_at);
CREATE UNIQUE INDEX event_code_once ON public.events_event USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE UNIQUE INDEX event_document_code_once ON public.events_eventdocument USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE INDEX events_attendance_event_id_7d028551 ON public.events_attendance USING btree (event_id);
CREATE INDEX events_attendance_written_by_id_1aced347 ON public.events_attendance USING btree (written_by_id);
CREATE INDEX events_body_code_74580f8e_like ON public.events_body USING btree (code varchar_pattern_ops);
CREATE INDEX events_calendaraddress_digest_9e8edef9_like ON public.events_calendaraddress USING btree (digest varchar_pattern_ops);
CREATE INDEX events_calendaraddress_user_id_0dee470f ON public.events_calendaraddress USING btree (user_id);
CREATE INDEX events_closure_room_id_314dcb24 ON public.events_closure USING btree (room_id);
CREATE INDEX events_deskcomment_by_id_b8a06327 ON public.events_deskcomment USING btree (by_id);
CREATE INDEX events_deskcomment_proposal_id_4613da5a ON public.events_deskcomment USING btree (proposal_id);
CREATE INDEX events_eligibilityanswer_by_id_bc6dbd37 ON public.events_eligibilityanswer USING btree (by_id);
CREATE INDEX events_eligibilityanswer_proposal_id_535a32c5 ON public.events_eligibilityanswer USING btree (proposal_id);
CREATE INDEX events_eligibilityanswer_question_id_9c267f9e ON public.events_eligibilityanswer USING btree (question_id);
CREATE INDEX events_eligibilityanswer_question_id_9c267f9e_like ON public.events_eligibilityanswer USING btree (question_id varchar_pattern_ops);
CREATE INDEX events_eligibilityquestion_code_023f5c94_like ON public.events_eligibilityquestion USING btree (code varchar_pattern_ops);
CREATE INDEX events_event_body_id_a8c931fe ON public.events_event USING btree (body_id);
CREATE INDEX events_event_body_id_a8c931fe_like ON public.events_event USING btree (body_id varchar_pattern_ops);
CREATE INDEX events_event_country_id_11e1bf17 ON public.events_event USING btree (country_id);
CREATE INDEX events_event_country_id_11e1bf17_like ON public.events_event USING btree (country_id varchar_pattern_ops);
CREATE INDEX events_event_language_id_60c529ec ON public.events_event USING btree (language_id);
CREATE INDEX events_event_language_id_60c529ec_like ON public.events_event USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_event_languages_event_id_3abea395 ON public.events_event_languages USING btree (event_id);
CREATE INDEX events_event_languages_language_id_658ba3c9 ON public.events_event_languages USING btree (language_id);
CREATE INDEX events_event_languages_language_id_658ba3c9_like ON public.events_event_languages USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_event_organizer_id_3afa7809 ON public.events_event USING btree (organizer_id);
CREATE INDEX events_event_part_of_id_9dc8c339 ON public.events_event USING btree (part_of_id);
CREATE INDEX events_event_topics_event_id_899728de ON public.events_event_topics USING btree (event_id);
CREATE INDEX events_event_topics_topic_id_1e1f2630 ON public.events_event_topics USING btree (topic_id);
CREATE INDEX events_event_topics_topic_id_1e1f2630_like ON public.events_event_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX events_event_written_by_id_f951a4b6 ON public.events_event USING btree (written_by_id);
CREATE INDEX events_eventdocument_event_id_8507c0b7 ON public.events_eventdocument USING btree (event_id);
CREATE INDEX events_invited_added_by_id_2e3d7591 ON public.events_invited USING btree (added_by_id);
CREATE INDEX events_invited_rules_id_4dab059f ON public.events_invited USING btree (rules_id);
CREATE INDEX events_libraryentry_event_id_98f1bedf ON public.events_libraryentry USING btree (event_id);
CREATE INDEX events_libraryentry_proposal_id_5d2bf1c2 ON public.events_libraryentry USING btree (proposal_id);
CREATE INDEX events_libraryentry_resource_id_bf72459d ON public.events_libraryentry USING btree (resource_id);
CREATE INDEX events_meetinglink_added_by_id_07b518d4 ON public.events_meetinglink USING btree (added_by_id);
CREATE INDEX events_meetinglink_proposal_id_60d48003 ON public.events_meetinglink USING btree (proposal_id);
CREATE INDEX events_merger_agreed_by_id_3f97da34 ON public.events_merger USING btree (agreed_by_id);
CREATE INDEX events_merger_into_agreed_by_id_3bcc84ff ON public.events_merger USING btree (into_agreed_by_id);
CREATE INDEX events_merger_into_id_24cb6cc5 ON public.events_merger USING btree (into_id);
CREATE INDEX events_merger_proposal_id_f2d46f17 ON public.events_merger USING btree (proposal_id);
CREATE INDEX events_merger_proposed_by_id_40926e80 ON public.events_merger USING btree (proposed_by_id);
CREATE INDEX events_officialitem_event_id_bdff024b ON public.events_officialitem USING btree (event_id);
CREATE INDEX events_officialitem_language_id_dae35d40 ON public.events_officialitem USING btree (language_id);
CREATE INDEX events_officialitem_language_id_dae35d40_like ON public.events_officialitem USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_officialitem_room_id_b57f3195 ON public.events_officialitem USING btree (room_id);
CREATE INDEX events_partner_answered_by_id_525174fe ON public.events_partner USING btree (answered_by_id);
CREATE INDEX events_partner_invited_by_id_a4faa5b3 ON public.events_partner USING btree (invited_by_id);
CREATE INDEX events_partner_proposal_id_43b927ed ON public.events_partner USING btree (proposal_id);
CREATE INDEX events_partner_stakeholder_id_138122aa ON public.events_partner USING btree (stakeholder_id);
CREATE INDEX events_placement_changed_by_id_f2fce6ba ON public.events_placement USING btree (changed_by_id);
CREATE INDEX events_placement_room_id_30137a4f ON public.events_placement USING btree (room_id);
CREATE INDEX events_proposal_author_id_49b76fa5 ON public.events_proposal USING btree (author_id);
CREATE INDEX events_proposal_authorized_by_id_72dc14a1 ON public.events_proposal USING btree (authorized_by_id);
CREATE INDEX events_proposal_event_id_3be71eee ON public.events_proposal USING btree (event_id);
CREATE INDEX events_proposal_interpretation_language_id_5c47e01c ON public.events_proposal_interpretation USING btree (language_id);
CREATE INDEX events_proposal_interpretation_language_id_5c47e01c_like ON public.events_proposal_interpretation USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_proposal_interpretation_proposal_id_f760a51d ON public.events_proposal_interpretation USING btree (proposal_id);
CREATE INDEX events_proposal_language_id_5b13a257 ON public.events_proposal USING btree (language_id);
CREATE INDEX events_proposal_language_id_5b13a257_like ON public.events_proposal USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_proposal_lead_id_c614acc4 ON public.events_proposal USING btree (lead_id);
CREATE INDEX events_proposal_merged_into_id_4e2c610e ON public.events_proposal USING btree (merged_into_id);
CREATE INDEX events_proposal_more_themes_proposal_id_9669a0fc ON public.events_proposal_more_themes USING btree (proposal_id);
CREATE INDEX events_proposal_more_themes_topic_id_b7ba8c3c ON public.events_proposal_more_themes USING btree (topic_id);
CREATE INDEX events_proposal_more_themes_topic_id_b7ba8c3c_like ON public.events_proposal_more_themes USING btree (topic_id varchar_pattern_ops);
CREATE INDEX events_proposal_spoken_language_id_d1a0f89d ON public.events_proposal_spoken USING btree (language_id);
CREATE INDEX events_proposal_spoken_language_id_d1a0f89d_like ON public.events_proposal_spoken USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_proposal_spoken_proposal_id_05bacd16 ON public.events_proposal_spoken USING btree (proposal_id);
CREATE INDEX events_proposal_supporting_country_id_4a203064 ON public.events_proposal_supporting USING btree (country_id);
CREATE INDEX events_proposal_supporting_country_id_4a203064_like ON public.events_proposal_supporting USING btree (country_id varchar_pattern_ops);
CREATE INDEX events_proposal_supporting_proposal_id_2d67b1b6 ON public.events_proposal_supporting USING btree (proposal_id);
CREATE INDEX events_proposal_theme_id_c29fd67d ON public.events_proposal USING btree (theme_id);
CREATE INDEX events_proposal_theme_id_c29fd67d_like ON public.events_proposal USING btree (theme_id varchar_pattern_ops);
CREATE INDEX events_proposalround_themes_proposalround_id_c2aa8b6b ON public.events_proposalround_themes USING btree (proposalround_id);
CREATE INDEX events_proposalround_themes_topic_id_caf49c59 ON public.events_proposalround_themes USING btree (topic_id);
CREATE INDEX events_proposalround_themes_topic_id_caf49c59_like ON public.events_proposalround_themes USING btree (topic_id varchar_pattern_ops);
CREATE INDEX events_quota_rules_id_93496574 ON public.events_quota USING btree (rules_id);
CREATE INDEX events_registration_code_75349370_like ON public.events_registration USING btree (code varchar_pattern_ops);
CREATE INDEX events_registration_counted_by_id_b48df832 ON public.events_registration USING btree (counted_by_id);
CREATE INDEX events_registration_registered_by_id_17a3e97a ON public.events_registration USING btree (registered_by_id);
CREATE INDEX events_registration_rules_id_9b5efe64 ON public.events_registration USING btree (rules_id);
CREATE INDEX events_registration_stakeholder_id_e45034dc ON public.events_registration USING btree (stakeholder_id);
CREATE INDEX events_registration_user_id_2a61b516 ON public.events_registration USING btree (user_id);
CREATE INDEX events_registrationanswer_question_id_a2a48813 ON public.events_registrationanswer USING btree (question_id);
CREATE INDEX events_registrationanswer_registration_id_c23afabe ON public.events_registrationanswer USING btree (registration_id);
CREATE INDEX events_registrationquestion_rules_id_31aad42d ON public.events_registrationquestion USING btree (rules_id);
CREATE INDEX events_release_by_id_ecef2805 ON public.events_release USING btree (by_id);
CREATE INDEX events_release_programme_id_163ea5e3 ON public.events_release USING btree (programme_id);
CREATE INDEX events_releasechange_proposal_id_8bf1afde ON public.events_releasechange USING btree (proposal_id);
CREATE INDEX events_releasechange_release_id_ec4b0e5c ON public.events_releasechange USING btree (release_id);
CREATE INDEX events_reminder_rules_id_eb4dab5b ON public.events_reminder USING btree (rules_id);
CREATE INDEX events_report_event_id_8f67cbbf ON public.events_report USING btree (event_id);
CREATE INDEX events_report_language_id_d4f33fca ON public.events_report USING btree (language_id);
CREATE INDEX events_report_language_id_d4f33fca_like ON public.events_report USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_report_written_by_id_fae513fc ON public.events_report USING btree (written_by_id);
CREATE INDEX events_reportfile_report_id_3d6a6748 ON public.events_reportfile USING btree (report_id);
CREATE INDEX events_reportfile_uploaded_by_id_7b77ba6c ON public.events_reportfile USING btree (uploaded_by_id);
CREATE INDEX events_reportlink_report_id_2029a00d ON public.events_reportlink USING btree (report_id);
CREATE INDEX events_reviewarea_event_id_1edd0cf9 ON public.events_reviewarea USING btree (event_id);
CREATE INDEX events_reviewarea_region_id_279d896f ON public.events_reviewarea USING btree (region_id);
CREATE INDEX events_reviewarea_region_id_279d896f_like ON public.events_reviewarea USING btree (region_id varchar_pattern_ops);
CREATE INDEX events_reviewarea_reviewer_id_a8bdf2a0 ON public.events_reviewarea USING btree (reviewer_id);
CREATE INDEX events_reviewarea_theme_id_2c5253e0 ON public.events_reviewarea USING btree (theme_id);
CREATE INDEX events_reviewarea_theme_id_2c5253e0_like ON public.events_reviewarea USING btree (theme_id varchar_pattern_ops);
CREATE INDEX events_room_event_id_decb5066 ON public.events_room USING btree (event_id);
CREATE INDEX events_room_interpretation_language_id_39089aba ON public.events_room_interpretation USING btree (language_id);
CREATE INDEX events_room_interpretation_language_id_39089aba_like ON public.events_room_interpretation USING btree (language_id varchar_pattern_ops);
CREATE INDEX events_room_interpretation_room_id_49a9f0f5 ON public.events_room_interpretation USING btree (room_id);
CREATE INDEX events_shown_room_id_8f310dea ON public.events_shown USING btree (room_id);
CREATE INDEX events_speaker_proposal_id_e8d233c3 ON public.events_speaker USING btree (proposal_id);
CREATE INDEX events_star_proposal_id_bd77b034 ON public.events_star USING btree (proposal_id);
CREATE INDEX events_star_user_id_27fe912c ON public.events_star USING btree (user_id);
CREATE INDEX events_trustedproposer_ended_by_id_68439664 ON public.events_trustedproposer USING btree (ended_by_id);
CREATE INDEX events_trustedproposer_given_by_id_36a7ba6b ON public.events_trustedproposer USING btree (given_by_id);
CREATE INDEX events_trustedproposer_stakeholder_id_e1b16b76 ON public.events_trustedproposer USING btree (stakeholder_id);
CREATE INDEX export_expires ON public.stakeholders_export USING btree (expires_at);
CREATE INDEX export_under_way ON public.stakeholders_export USING btree (status, beat_at) WHERE ((status)::text = ANY ((ARRAY['waiting'::character varying, 'making'::character varying])::text[]));
CREATE UNIQUE INDEX family_one_parent_each ON public.stakeholders_familylink USING btree (branch_id) WHERE (confirmed_at IS NOT NULL);
CREATE INDEX follow_lead ON public.notifications_follow USING btree (lead);
CREATE INDEX follow_up_waiting ON public.coordination_followup USING btree (owner_id, due_on) WHERE (done_at IS NULL);
CREATE INDEX further_source_name ON public.stakeholders_furthersource USING btree (name);
CREATE INDEX hand_over_introducing ON public.coordination_handover USING btree (done_at) WHERE ((done_at IS NOT NULL) AND (introduced_at IS NULL) AND introduces);
CREATE INDEX hand_over_set ON public.coordination_handover USING btree (starts_on) WHERE ((done_at IS NULL) AND (set_at IS NOT NULL));
CREATE INDEX happening_of_subject ON public.notifications_happening USING btree (subject_kind, subject_id);
CREATE INDEX happening_to_expand ON public.notifications_happening USING btree (created_at) WHERE (expanded_at IS NULL);
CREATE INDEX import_row_outcome ON public.stakeholders_importrow USING btree (of_id, outcome, "row");
CREATE INDEX invitation_address ON public.stakeholders_invitation USING btree (address) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX invited_once ON public.events_invited USING btree (rules_id, lower((address)::text));
CREATE INDEX issue_by_state ON public.news_issue USING btree (state, started_at DESC);
CREATE INDEX join_request_waiting ON public.stakeholders_joinrequest USING btree (asked_at) WHERE ((answered_at IS NULL) AND (with_desk_since IS NULL));
CREATE INDEX letter_busy ON public.coordination_letter USING btree (state) WHERE ((state)::text = ANY ((ARRAY['waiting'::character varying, 'sending'::character varying])::text[]));
CREATE INDEX letter_of_writer ON public.coordination_letter USING btree (by_id, hat, started_at);
CREATE INDEX link_check_due ON public.resources_linkcheck USING btree (next_at);
CREATE INDEX listed_bones_alike ON public.stakeholders_listedname USING gin (bones public.gin_trgm_ops) WITH (fastupdate=off);
CREATE INDEX listed_key ON public.stakeholders_listedname USING btree (key);
CREATE INDEX listed_key_alike ON public.stakeholders_listedname USING gin (key public.gin_trgm_ops) WITH (fastupdate=off);
CREATE INDEX mail_event_age ON public.notifications_mailevent USING btree (received_at);
CREATE INDEX mail_event_of_address ON public.notifications_mailevent USING btree (lower((address)::text), happened_at);
CREATE INDEX mail_event_unknown ON public.notifications_mailevent USING btree (received_at DESC) WHERE (message_id IS NULL);
CREATE INDEX match_open ON public.stakeholders_match USING btree (likeness DESC, id) WHERE ((cleared_at IS NULL) AND (ended_at IS NULL));
CREATE INDEX message_address ON public.notifications_message USING btree (lower((address)::text) text_pattern_ops);
CREATE INDEX message_by_state ON public.notifications_message USING btree (status, outcome, id DESC);
CREATE INDEX message_ended_lately ON public.notifications_message USING btree (claimed_at) WHERE ((status)::text = ANY ((ARRAY['sent'::character varying, 'failed'::character varying, 'suppressed'::character varying, 'unknown'::character varying])::text[]));
CREATE INDEX message_held ON public.notifications_message USING btree (claimed_at) WHERE ((status)::text = ANY ((ARRAY['claimed'::character varying, 'handing_over'::character varying])::text[]));
CREATE INDEX message_lanes ON public.notifications_message USING btree (kind, not_before, id) WHERE ((status)::text = ANY ((ARRAY['queued'::character varying, 'failed_temporary'::character varying])::text[]));
CREATE INDEX message_newest ON public.notifications_message USING btree (created_at);
CREATE INDEX message_newest_of_kind ON public.notifications_message USING btree (kind, id DESC);
CREATE INDEX message_of_subject ON public.notifications_message USING btree (subject_kind, subject_id);
CREATE UNIQUE INDEX message_once_per_address ON public.notifications_message USING btree (lower((address)::text), key) WHERE (user_id IS NULL);
CREATE UNIQUE INDEX message_once_per_person ON public.notifications_message USING btree (user_id, key) WHERE (user_id IS NOT NULL);
CREATE INDEX message_paused ON public.notifications_message USING btree (happening_id) WHERE ((status)::text = 'paused'::text);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE UNIQUE INDEX network_code_once ON public.coordination_network USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE UNIQUE INDEX network_meets_once_at ON public.coordination_networkmeeting USING btree (network_id, event_id) WHERE (event_id IS NOT NULL);
CREATE INDEX network_member_of ON public.coordination_networkmember USING btree (stakeholder_id, status);
CREATE UNIQUE INDEX network_member_once ON public.coordination_networkmember USING btree (network_id, stakeholder_id) WHERE ((status)::text = ANY ((ARRAY['asked'::character varying, 'invited'::character varying, 'in'::character varying])::text[]));
CREATE INDEX news_issue_approved_by_id_9e4cbe6e ON public.news_issue USING btree (approved_by_id);
CREATE INDEX news_issue_made_by_id_35db73ca ON public.news_issue USING btree (made_by_id);
CREATE INDEX news_issue_topics_issue_id_0413ee8b ON public.news_issue_topics USING btree (issue_id);
CREATE INDEX news_issue_topics_topic_id_884b6df5 ON public.news_issue_topics USING btree (topic_id);
CREATE INDEX news_issue_topics_topic_id_884b6df5_like ON public.news_issue_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX news_issueitem_issue_id_6d111f91 ON public.news_issueitem USING btree (issue_id);
CREATE INDEX news_issueitem_section_id_feef8b53 ON public.news_issueitem USING btree (section_id);
CREATE INDEX news_issuesection_issue_id_8b42ec45 ON public.news_issuesection USING btree (issue_id);
CREATE INDEX news_link_by_day ON public.news_newslink USING btree (published_on DESC, id DESC);
CREATE INDEX news_newslink_language_id_f70ba419 ON public.news_newslink USING btree (language_id);
CREATE INDEX news_newslink_language_id_f70ba419_like ON public.news_newslink USING btree (language_id varchar_pattern_ops);
CREATE INDEX news_newslink_topics_newslink_id_b12721b6 ON public.news_newslink_topics USING btree (newslink_id);
CREATE INDEX news_newslink_topics_topic_id_8e4b51ba ON public.news_newslink_topics USING btree (topic_id);
CREATE INDEX news_newslink_topics_topic_id_8e4b51ba_like ON public.news_newslink_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX news_newslink_url_8b0467f8_like ON public.news_newslink USING btree (url varchar_pattern_ops);
CREATE INDEX news_story_author_id_b8d8366f ON public.news_story USING btree (author_id);
CREATE INDEX news_story_countries_country_id_433d2b8c ON public.news_story_countries USING btree (country_id);
CREATE INDEX news_story_countries_country_id_433d2b8c_like ON public.news_story_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX news_story_countries_story_id_4cca352d ON public.news_story_countries USING btree (story_id);
CREATE INDEX news_story_language_id_683af9ac ON public.news_story USING btree (language_id);
CREATE INDEX news_story_language_id_683af9ac_like ON public.news_story USING btree (language_id varchar_pattern_ops);
CREATE INDEX news_story_original_id_a35a5bdc ON public.news_story USING btree (original_id);
CREATE INDEX news_story_stakeholder_id_45e1d146 ON public.news_story USING btree (stakeholder_id);
CREATE INDEX news_story_topics_story_id_16ccd82b ON public.news_story_topics USING btree (story_id);
CREATE INDEX news_story_topics_topic_id_5f9250df ON public.news_story_topics USING btree (topic_id);
CREATE INDEX news_story_topics_topic_id_5f9250df_like ON public.news_story_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX news_storyimage_story_id_8355d44b ON public.news_storyimage USING btree (story_id);
CREATE INDEX news_storyrevision_by_id_37a55c72 ON public.news_storyrevision USING btree (by_id);
CREATE INDEX news_storyrevision_story_id_c03ba63d ON public.news_storyrevision USING btree (story_id);
CREATE INDEX news_subscriber_topics_subscriber_id_5e04c8d5 ON public.news_subscriber_topics USING btree (subscriber_id);
CREATE INDEX news_subscriber_topics_topic_id_4efbdd87 ON public.news_subscriber_topics USING btree (topic_id);
CREATE INDEX news_subscriber_topics_topic_id_4efbdd87_like ON public.news_subscriber_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX notice_newest ON public.notifications_notice USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX notice_of_subject ON public.notifications_notice USING btree (subject_kind, subject_id);
CREATE INDEX notice_to_gather ON public.notifications_notice USING btree (user_id, mail, created_at) WHERE ((digest_id IS NULL) AND ((mail)::text = ANY ((ARRAY['daily'::character varying, 'weekly'::character varying])::text[])));
CREATE INDEX notice_unread ON public.notifications_notice USING btree (user_id, created_at DESC, id DESC) WHERE (in_app AND (read_at IS NULL));
CREATE INDEX notifications_digest_user_id_01fcc33e ON public.notifications_digest USING btree (user_id);
CREATE INDEX notifications_follow_user_id_bb6f211c ON public.notifications_follow USING btree (user_id);
CREATE INDEX notifications_job_name_0406c168_like ON public.notifications_job USING btree (name varchar_pattern_ops);
CREATE INDEX notifications_mailevent_message_id_65e5d95d ON public.notifications_mailevent USING btree (message_id);
CREATE INDEX notifications_message_happening_id_d3c93233 ON public.notifications_message USING btree (happening_id);
CREATE INDEX notifications_message_message_id_eb5bf5c2_like ON public.notifications_message USING btree (message_id varchar_pattern_ops);
CREATE INDEX notifications_message_user_id_89f939e6 ON public.notifications_message USING btree (user_id);
CREATE INDEX notifications_notice_digest_id_565db297 ON public.notifications_notice USING btree (digest_id);
CREATE INDEX notifications_notice_happening_id_d2a0e849 ON public.notifications_notice USING btree (happening_id);
CREATE INDEX notifications_notice_user_id_552cc228 ON public.notifications_notice USING btree (user_id);
CREATE INDEX notifications_outlet_name_c0c81ec9_like ON public.notifications_outlet USING btree (name varchar_pattern_ops);
CREATE INDEX notifications_pause_by_id_476f0279 ON public.notifications_pause USING btree (by_id);
CREATE INDEX notifications_pause_ended_by_id_9f082c98 ON public.notifications_pause USING btree (ended_by_id);
CREATE INDEX notifications_pause_happening_id_472bc7ea ON public.notifications_pause USING btree (happening_id);
CREATE INDEX notifications_preference_user_id_c839c2d6 ON public.notifications_preference USING btree (user_id);
CREATE INDEX notifications_suppression_by_id_9efbda1e ON public.notifications_suppression USING btree (by_id);
CREATE INDEX notifications_suppression_event_id_5dae3da6 ON public.notifications_suppression USING btree (event_id);
CREATE INDEX observation_of_country ON public.reviews_observation USING btree (country_id, kind);
CREATE INDEX offer_area ON public.stakeholders_offer USING btree (area_id, direction) WHERE (closed_at IS NULL);
CREATE INDEX offer_newest ON public.stakeholders_offer USING btree (direction, created_at DESC) WHERE (closed_at IS NULL);
CREATE INDEX offer_topic ON public.stakeholders_offer USING btree (topic_id, direction) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX one_account_per_address ON public.accounts_user USING btree (lower((email)::text));
CREATE UNIQUE INDEX one_application_per_person_and_dialogue ON public.reviews_dialogueline USING btree (dialogue_id, person_id) WHERE (NOT ((status)::text = ANY ((ARRAY['draft'::character varying, 'withdrawn'::character varying])::text[])));
CREATE UNIQUE INDEX one_contribution_each ON public.reviews_contribution USING btree (call_id, stakeholder_id) WHERE (NOT ((status)::text = ANY ((ARRAY['declined'::character varying, 'withdrawn'::character varying, 'removed'::character varying])::text[])));
CREATE UNIQUE INDEX one_data_export_under_way ON public.accounts_dataexport USING btree (user_id) WHERE ((status)::text = ANY ((ARRAY['asked'::character varying, 'making'::character varying])::text[]));
CREATE UNIQUE INDEX one_dossier_under_way ON public.stakeholders_dossier USING btree (stakeholder_id, asked_by_id) WHERE ((status)::text = ANY ((ARRAY['waiting'::character varying, 'making'::character varying])::text[]));
CREATE UNIQUE INDEX one_draft_application_each ON public.stakeholders_application USING btree (applicant_id) WHERE ((status)::text = 'draft'::text);
CREATE UNIQUE INDEX one_draft_of_dialogue_application_each ON public.reviews_dialogueapplication USING btree (stakeholder_id, applicant_id) WHERE (submitted_at IS NULL);
CREATE UNIQUE INDEX one_live_calendar ON public.events_calendaraddress USING btree (user_id) WHERE (revoked_at IS NULL);
CREATE UNIQUE INDEX one_live_registration_each ON public.events_registration USING btree (rules_id, user_id) WHERE ((status)::text = ANY ((ARRAY['received'::character varying, 'pending'::character varying, 'waiting'::character varying, 'offered'::character varying, 'confirmed'::character varying])::text[]));
CREATE UNIQUE INDEX one_message_of_its_words ON public.stakeholders_conversation USING btree (stakeholder_id, sender_id, fingerprint) WHERE (NOT ((fingerprint)::text = ''::text));
CREATE UNIQUE INDEX one_news_link_per_code ON public.news_newslink USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE UNIQUE INDEX one_open_application_per_name ON public.stakeholders_application USING btree (applicant_id, name_key) WHERE ((status)::text = ANY ((ARRAY['submitted'::character varying, 'in_review'::character varying, 'returned'::character varying])::text[]));
CREATE UNIQUE INDEX one_open_change_request_each ON public.workflow_changerequest USING btree (subject_kind, subject_id) WHERE ((status)::text = 'proposed'::text);
CREATE UNIQUE INDEX one_open_desk_invitation ON public.stakeholders_deskinvitation USING btree (address, name_key) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX one_open_draft_each ON public.workflow_draftdecision USING btree (subject_kind, subject_id) WHERE (decision_id IS NULL);
CREATE UNIQUE INDEX one_open_factor_reset ON public.accounts_factorreset USING btree (user_id) WHERE ((confirmed_at IS NULL) AND (refused_at IS NULL));
CREATE UNIQUE INDEX one_open_invitation_per_address ON public.stakeholders_invitation USING btree (stakeholder_id, address) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX one_open_join_request_each ON public.stakeholders_joinrequest USING btree (stakeholder_id, user_id) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX one_open_mail_proof_each ON public.stakeholders_mailproof USING btree (stakeholder_id, user_id) WHERE ((ended_at IS NULL) AND (proved_at IS NULL));
CREATE UNIQUE INDEX one_open_merger_each ON public.events_merger USING btree (proposal_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX one_open_request_per_field ON public.workflow_itemrequest USING btree (subject_kind, subject_id, field) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX one_open_work_item_each ON public.workflow_workitem USING btree (subject_kind, subject_id, what) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX one_original_per_resource ON public.resources_edition USING btree (resource_id) WHERE is_original;
CREATE UNIQUE INDEX one_report_of_an_event ON public.events_report USING btree (event_id) WHERE (proposal_id IS NULL);
CREATE UNIQUE INDEX one_review_document_per_symbol ON public.reviews_reviewdocument USING btree (symbol) WHERE (NOT ((symbol)::text = ''::text));
CREATE UNIQUE INDEX one_screening_run ON public.stakeholders_screeningrun USING btree (finished_at) NULLS NOT DISTINCT WHERE (finished_at IS NULL);
CREATE UNIQUE INDEX one_source_trust_of_domain ON public.stakeholders_sourcetrust USING btree (domain) WHERE ((ended_at IS NULL) AND (NOT ((domain)::text = ''::text)));
CREATE UNIQUE INDEX one_source_trust_of_person ON public.stakeholders_sourcetrust USING btree (person_id) WHERE ((ended_at IS NULL) AND (person_id IS NOT NULL));
CREATE UNIQUE INDEX one_source_trust_of_stakeholder ON public.stakeholders_sourcetrust USING btree (stakeholder_id) WHERE ((ended_at IS NULL) AND (stakeholder_id IS NOT NULL));
CREATE UNIQUE INDEX one_stakeholder_per_ror_id ON public.stakeholders_stakeholder USING btree (ror_id) WHERE (NOT ((ror_id)::text = ''::text));
CREATE UNIQUE INDEX one_standing_trusted_domain ON public.stakeholders_trusteddomain USING btree (domain) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX one_state_account_per_address ON public.stakeholders_stateaccount USING btree (address) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX one_trust_of_a_proposer ON public.events_trustedproposer USING btree (stakeholder_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX one_version_per_language ON public.news_story USING btree (original_id, language_id) WHERE (original_id IS NOT NULL);
CREATE INDEX other_name_text ON public.stakeholders_othername USING btree (upper((text)::text));
CREATE UNIQUE INDEX paused_once ON public.notifications_pause USING btree (kind, happening_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);
CREATE INDEX placement_in_room ON public.events_placement USING btree (room_id, starts_at);
CREATE INDEX portal_page_slug_ff10c6ca ON public.portal_page USING btree (slug);
CREATE INDEX portal_page_slug_ff10c6ca_like ON public.portal_page USING btree (slug varchar_pattern_ops);
CREATE INDEX portal_programmefact_code_c76cbc2a_like ON public.portal_programmefact USING btree (code varchar_pattern_ops);
CREATE INDEX project_in_order ON public.stakeholders_project USING btree (stakeholder_id, "position", id);
CREATE INDEX proposal_of_event ON public.events_proposal USING btree (event_id, status);
CREATE INDEX receipt_of_subject ON public.workflow_receipt USING btree (subject_kind, subject_id);
CREATE INDEX registration_line ON public.events_registration USING btree (rules_id, mode, queued_at, id) WHERE ((status)::text = 'waiting'::text);
CREATE INDEX registration_offers ON public.events_registration USING btree (offer_until) WHERE ((status)::text = 'offered'::text);
CREATE INDEX registration_seats ON public.events_registration USING btree (rules_id, mode, status);
CREATE INDEX report_of_subject ON public.stakeholders_report USING btree (subject_kind, subject_id);
CREATE INDEX report_queue ON public.stakeholders_report USING btree (answered_at, at);
CREATE INDEX resource_by_date ON public.resources_resource USING btree (published_on DESC, id DESC) WHERE ((status)::text = 'published'::text);
CREATE UNIQUE INDEX resource_code_once ON public.resources_resource USING btree (code) WHERE (NOT ((code)::text = ''::text));
CREATE INDEX resource_embargo ON public.resources_resource USING btree (embargo_until) WHERE (embargo_until IS NOT NULL);
CREATE INDEX resource_file_hash ON public.resources_resourcefile USING btree (sha256);
CREATE INDEX resource_file_to_read ON public.resources_resourcefile USING btree (text_state) WHERE ((text_state)::text = ANY ((ARRAY['waiting'::character varying, 'reading'::character varying])::text[]));
CREATE INDEX resource_latest ON public.resources_resource USING btree (published_at DESC, id DESC) WHERE ((status)::text = 'published'::text);
CREATE INDEX resource_queue ON public.resources_resource USING btree (status, updated_at DESC);
CREATE INDEX resource_to_announce ON public.resources_resource USING btree (embargo_until) WHERE ((announced_at IS NULL) AND ((status)::text = 'published'::text));
CREATE INDEX resources_author_resource_id_b1b9e059 ON public.resources_author USING btree (resource_id);
CREATE INDEX resources_bookmark_resource_id_d433a70c ON public.resources_bookmark USING btree (resource_id);
CREATE INDEX resources_bookmark_user_id_8c25f41a ON public.resources_bookmark USING btree (user_id);
CREATE INDEX resources_collection_language_id_35ef22a4 ON public.resources_collection USING btree (language_id);
CREATE INDEX resources_collection_language_id_35ef22a4_like ON public.resources_collection USING btree (language_id varchar_pattern_ops);
CREATE INDEX resources_collection_owner_id_af4f71c0 ON public.resources_collection USING btree (owner_id);
CREATE INDEX resources_collection_written_by_id_86a70451 ON public.resources_collection USING btree (written_by_id);
CREATE INDEX resources_collectionitem_collection_id_4b845a9c ON public.resources_collectionitem USING btree (collection_id);
CREATE INDEX resources_collectionitem_resource_id_b58a256a ON public.resources_collectionitem USING btree (resource_id);
CREATE INDEX resources_edition_language_id_2557fc2f ON public.resources_edition USING btree (language_id);
CREATE INDEX resources_edition_language_id_2557fc2f_like ON public.resources_edition USING btree (language_id varchar_pattern_ops);
CREATE INDEX resources_edition_resource_id_f740f363 ON public.resources_edition USING btree (resource_id);
CREATE INDEX resources_filepage_file_id_aea0869d ON public.resources_filepage USING btree (file_id);
CREATE INDEX resources_guidance_field_5dc36e0c_like ON public.resources_guidance USING btree (field varchar_pattern_ops);
CREATE INDEX resources_linkcheck_url_be1b989b_like ON public.resources_linkcheck USING btree (url varchar_pattern_ops);
CREATE INDEX resources_proposedfile_edition_id_d027b5e0 ON public.resources_proposedfile USING btree (edition_id);
CREATE INDEX resources_proposedfile_uploaded_by_id_26fd2dc2 ON public.resources_proposedfile USING btree (uploaded_by_id);
CREATE INDEX resources_resource_articles_article_id_b7bb3507 ON public.resources_resource_articles USING btree (article_id);
CREATE INDEX resources_resource_articles_article_id_b7bb3507_like ON public.resources_resource_articles USING btree (article_id varchar_pattern_ops);
CREATE INDEX resources_resource_articles_resource_id_0df37e1b ON public.resources_resource_articles USING btree (resource_id);
CREATE INDEX resources_resource_clusters_cluster_id_40bbf88a ON public.resources_resource_clusters USING btree (cluster_id);
CREATE INDEX resources_resource_clusters_cluster_id_40bbf88a_like ON public.resources_resource_clusters USING btree (cluster_id varchar_pattern_ops);
CREATE INDEX resources_resource_clusters_resource_id_f43f8fce ON public.resources_resource_clusters USING btree (resource_id);
CREATE INDEX resources_resource_countries_country_id_40f9a0b6 ON public.resources_resource_countries USING btree (country_id);
CREATE INDEX resources_resource_countries_country_id_40f9a0b6_like ON public.resources_resource_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX resources_resource_countries_resource_id_d3788a51 ON public.resources_resource_countries USING btree (resource_id);
CREATE INDEX resources_resource_instruments_instrument_id_247d1475 ON public.resources_resource_instruments USING btree (instrument_id);
CREATE INDEX resources_resource_instruments_instrument_id_247d1475_like ON public.resources_resource_instruments USING btree (instrument_id varchar_pattern_ops);
CREATE INDEX resources_resource_instruments_resource_id_97f7ee3f ON public.resources_resource_instruments USING btree (resource_id);
CREATE INDEX resources_resource_language_id_994643f2 ON public.resources_resource USING btree (language_id);
CREATE INDEX resources_resource_language_id_994643f2_like ON public.resources_resource USING btree (language_id varchar_pattern_ops);
CREATE INDEX resources_resource_merged_into_id_c2e2d699 ON public.resources_resource USING btree (merged_into_id);
CREATE INDEX resources_resource_regions_region_id_ea9b0942 ON public.resources_resource_regions USING btree (region_id);
CREATE INDEX resources_resource_regions_region_id_ea9b0942_like ON public.resources_resource_regions USING btree (region_id varchar_pattern_ops);
CREATE INDEX resources_resource_regions_resource_id_c2f3366b ON public.resources_resource_regions USING btree (resource_id);
CREATE INDEX resources_resource_suggested_by_id_6bdb7362 ON public.resources_resource USING btree (suggested_by_id);
CREATE INDEX resources_resource_suggested_for_id_406e1187 ON public.resources_resource USING btree (suggested_for_id);
CREATE INDEX resources_resource_topics_resource_id_1109ae95 ON public.resources_resource_topics USING btree (resource_id);
CREATE INDEX resources_resource_topics_topic_id_a81b7580 ON public.resources_resource_topics USING btree (topic_id);
CREATE INDEX resources_resource_topics_topic_id_a81b7580_like ON public.resources_resource_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX resources_resourcefile_edition_id_73ef90a2 ON public.resources_resourcefile USING btree (edition_id);
CREATE INDEX resources_resourcefile_uploaded_by_id_a3b78d84 ON public.resources_resourcefile USING btree (uploaded_by_id);
CREATE INDEX resources_resourcerelation_other_id_68cd6b2b ON public.resources_resourcerelation USING btree (other_id);
CREATE INDEX resources_resourcerelation_resource_id_1c523a40 ON public.resources_resourcerelation USING btree (resource_id);
CREATE INDEX resources_resourcestakeholder_resource_id_41e3e8ed ON public.resources_resourcestakeholder USING btree (resource_id);
CREATE INDEX resources_resourcestakeholder_stakeholder_id_c9937a1f ON public.resources_resourcestakeholder USING btree (stakeholder_id);
CREATE INDEX resources_savedsearch_user_id_09195be3 ON public.resources_savedsearch USING btree (user_id);
CREATE INDEX resources_suggestedarticle_article_id_c01e4c6c ON public.resources_suggestedarticle USING btree (article_id);
CREATE INDEX resources_suggestedarticle_article_id_c01e4c6c_like ON public.resources_suggestedarticle USING btree (article_id varchar_pattern_ops);
CREATE INDEX resources_suggestedarticle_resource_id_9f23c609 ON public.resources_suggestedarticle USING btree (resource_id);
CREATE INDEX retention_run_newest ON public.accounts_retentionrun USING btree (at DESC);
CREATE INDEX reviews_answer_contribution_id_6d4a9a21 ON public.reviews_answer USING btree (contribution_id);
CREATE INDEX reviews_answer_question_id_b1ddf053 ON public.reviews_answer USING btree (question_id);
CREATE INDEX reviews_bureauanswer_bureau_list_id_eeb7fa7c ON public.reviews_bureauanswer USING btree (bureau_list_id);
CREATE INDEX reviews_bureauanswer_sent_by_id_6ee0e953 ON public.reviews_bureauanswer USING btree (sent_by_id);
CREATE INDEX reviews_bureaulist_dialogue_id_c657e9b6 ON public.reviews_bureaulist USING btree (dialogue_id);
CREATE INDEX reviews_bureaulist_made_by_id_f8a017d7 ON public.reviews_bureaulist USING btree (made_by_id);
CREATE INDEX reviews_call_accepts_call_id_35b8c6ec ON public.reviews_call_accepts USING btree (call_id);
CREATE INDEX reviews_call_accepts_language_id_e99197d8 ON public.reviews_call_accepts USING btree (language_id);
CREATE INDEX reviews_call_accepts_language_id_e99197d8_like ON public.reviews_call_accepts USING btree (language_id varchar_pattern_ops);
CREATE INDEX reviews_call_articles_article_id_61478a0b ON public.reviews_call_articles USING btree (article_id);
CREATE INDEX reviews_call_articles_article_id_61478a0b_like ON public.reviews_call_articles USING btree (article_id varchar_pattern_ops);
CREATE INDEX reviews_call_articles_call_id_e2c9ec82 ON public.reviews_call_articles USING btree (call_id);
CREATE INDEX reviews_call_cluster_id_ee654126 ON public.reviews_call USING btree (cluster_id);
CREATE INDEX reviews_call_cluster_id_ee654126_like ON public.reviews_call USING btree (cluster_id varchar_pattern_ops);
CREATE INDEX reviews_call_countries_call_id_52ac2068 ON public.reviews_call_countries USING btree (call_id);
CREATE INDEX reviews_call_countries_country_id_9b506c92 ON public.reviews_call_countries USING btree (country_id);
CREATE INDEX reviews_call_countries_country_id_9b506c92_like ON public.reviews_call_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX reviews_call_drafted_by_id_5ee83d81 ON public.reviews_call USING btree (drafted_by_id);
CREATE INDEX reviews_call_language_id_a972a111 ON public.reviews_call USING btree (language_id);
CREATE INDEX reviews_call_language_id_a972a111_like ON public.reviews_call USING btree (language_id varchar_pattern_ops);
CREATE INDEX reviews_call_topics_call_id_8395dd57 ON public.reviews_call_topics USING btree (call_id);
CREATE INDEX reviews_call_topics_topic_id_318986c0 ON public.reviews_call_topics USING btree (topic_id);
CREATE INDEX reviews_call_topics_topic_id_318986c0_like ON public.reviews_call_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX reviews_contribution_author_id_d6d18ea3 ON public.reviews_contribution USING btree (author_id);
CREATE INDEX reviews_contribution_call_id_e5987a8c ON public.reviews_contribution USING btree (call_id);
CREATE INDEX reviews_contribution_countries_contribution_id_618f0abd ON public.reviews_contribution_countries USING btree (contribution_id);
CREATE INDEX reviews_contribution_countries_country_id_ba538569 ON public.reviews_contribution_countries USING btree (country_id);
CREATE INDEX reviews_contribution_countries_country_id_ba538569_like ON public.reviews_contribution_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX reviews_contribution_declined_by_rule_id_96c49278 ON public.reviews_contribution USING btree (declined_by_rule_id);
CREATE INDEX reviews_contribution_declined_by_rule_id_96c49278_like ON public.reviews_contribution USING btree (declined_by_rule_id varchar_pattern_ops);
CREATE INDEX reviews_contribution_language_id_77abc7be ON public.reviews_contribution USING btree (language_id);
CREATE INDEX reviews_contribution_language_id_77abc7be_like ON public.reviews_contribution USING btree (language_id varchar_pattern_ops);
CREATE INDEX reviews_contribution_stakeholder_id_e02902e2 ON public.reviews_contribution USING btree (stakeholder_id);
CREATE INDEX reviews_correction_answered_by_id_84e6f52f ON public.reviews_correction USING btree (answered_by_id);
CREATE INDEX reviews_correction_record_id_9c6f8a75 ON public.reviews_correction USING btree (record_id);
CREATE INDEX reviews_correction_reporter_id_65652da0 ON public.reviews_correction USING btree (reporter_id);
CREATE INDEX reviews_correction_review_id_b3711d71 ON public.reviews_correction USING btree (review_id);
CREATE INDEX reviews_cosignature_answered_by_id_113e59b4 ON public.reviews_cosignature USING btree (answered_by_id);
CREATE INDEX reviews_cosignature_contribution_id_e9d0050a ON public.reviews_cosignature USING btree (contribution_id);
CREATE INDEX reviews_cosignature_invited_by_id_b509765b ON public.reviews_cosignature USING btree (invited_by_id);
CREATE INDEX reviews_cosignature_stakeholder_id_05caf230 ON public.reviews_cosignature USING btree (stakeholder_id);
CREATE INDEX reviews_countryreview_country_id_b6c0173a_like ON public.reviews_countryreview USING btree (country_id varchar_pattern_ops);
CREATE INDEX reviews_countryreview_group_id_aaaf8c90 ON public.reviews_countryreview USING btree (group_id);
CREATE INDEX reviews_countryreview_group_id_aaaf8c90_like ON public.reviews_countryreview USING btree (group_id varchar_pattern_ops);
CREATE INDEX reviews_dialogue_language_id_72113b62 ON public.reviews_dialogue USING btree (language_id);
CREATE INDEX reviews_dialogue_language_id_72113b62_like ON public.reviews_dialogue USING btree (language_id varchar_pattern_ops);
CREATE INDEX reviews_dialogue_written_by_id_5d6a6b94 ON public.reviews_dialogue USING btree (written_by_id);
CREATE INDEX reviews_dialogueapplication_applicant_id_fc0926be ON public.reviews_dialogueapplication USING btree (applicant_id);
CREATE INDEX reviews_dialogueapplication_language_id_d6d7b538 ON public.reviews_dialogueapplication USING btree (language_id);
CREATE INDEX reviews_dialogueapplication_language_id_d6d7b538_like ON public.reviews_dialogueapplication USING btree (language_id varchar_pattern_ops);
CREATE INDEX reviews_dialogueapplication_prepared_by_id_4dfa5670 ON public.reviews_dialogueapplication USING btree (prepared_by_id);
CREATE INDEX reviews_dialogueapplication_stakeholder_id_5a505754 ON public.reviews_dialogueapplication USING btree (stakeholder_id);
CREATE INDEX reviews_dialogueexpertise_application_id_b01df67b ON public.reviews_dialogueexpertise USING btree (application_id);
CREATE INDEX reviews_dialogueexpertise_topic_id_e3722db2 ON public.reviews_dialogueexpertise USING btree (topic_id);
CREATE INDEX reviews_dialogueexpertise_topic_id_e3722db2_like ON public.reviews_dialogueexpertise USING btree (topic_id varchar_pattern_ops);
CREATE INDEX reviews_dialogueline_application_id_46bf7e3a ON public.reviews_dialogueline USING btree (application_id);
CREATE INDEX reviews_dialogueline_dialogue_id_4f8fca2f ON public.reviews_dialogueline USING btree (dialogue_id);
CREATE INDEX reviews_dialogueline_person_id_76ac7e95 ON public.reviews_dialogueline USING btree (person_id);
CREATE INDEX reviews_dialoguestatement_checked_by_id_0632e872 ON public.reviews_dialoguestatement USING btree (checked_by_id);
CREATE INDEX reviews_dialoguestatement_language_id_b834eedf ON public.reviews_dialoguestatement USING btree (language_id);
CREATE INDEX reviews_dialoguestatement_language_id_b834eedf_like ON public.reviews_dialoguestatement USING btree (language_id varchar_pattern_ops);
CREATE INDEX reviews_documentkind_code_bf00fd07_like ON public.reviews_documentkind USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_drawconstraint_code_e2702be5_like ON public.reviews_drawconstraint USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_evidence_contribution_id_900489d5 ON public.reviews_evidence USING btree (contribution_id);
CREATE INDEX reviews_evidence_uploaded_by_id_1e614035 ON public.reviews_evidence USING btree (uploaded_by_id);
CREATE INDEX reviews_evidencelink_contribution_id_70af4bf2 ON public.reviews_evidencelink USING btree (contribution_id);
CREATE INDEX reviews_followup_call_id_52557685 ON public.reviews_followup USING btree (call_id);
CREATE INDEX reviews_followup_written_by_id_0e1530a3 ON public.reviews_followup USING btree (written_by_id);
CREATE INDEX reviews_handout_slug_9d0adb03 ON public.reviews_handout USING btree (slug);
CREATE INDEX reviews_handout_slug_9d0adb03_like ON public.reviews_handout USING btree (slug varchar_pattern_ops);
CREATE INDEX reviews_measure_code_fdfe9dd7_like ON public.reviews_measure USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_objection_line_id_75c0d087 ON public.reviews_objection USING btree (line_id);
CREATE INDEX reviews_objection_recorded_by_id_f08a3040 ON public.reviews_objection USING btree (recorded_by_id);
CREATE INDEX reviews_observation_article_id_599706f5 ON public.reviews_observation USING btree (article_id);
CREATE INDEX reviews_observation_article_id_599706f5_like ON public.reviews_observation USING btree (article_id varchar_pattern_ops);
CREATE INDEX reviews_observation_contributions_contribution_id_ab9cba2a ON public.reviews_observation_contributions USING btree (contribution_id);
CREATE INDEX reviews_observation_contributions_observation_id_ca78b137 ON public.reviews_observation_contributions USING btree (observation_id);
CREATE INDEX reviews_observation_country_id_78ee6d99 ON public.reviews_observation USING btree (country_id);
CREATE INDEX reviews_observation_country_id_78ee6d99_like ON public.reviews_observation USING btree (country_id varchar_pattern_ops);
CREATE INDEX reviews_observation_language_id_e79c33b4 ON public.reviews_observation USING btree (language_id);
CREATE INDEX reviews_observation_language_id_e79c33b4_like ON public.reviews_observation USING btree (language_id varchar_pattern_ops);
CREATE INDEX reviews_observation_recorded_by_id_85dd3d54 ON public.reviews_observation USING btree (recorded_by_id);
CREATE INDEX reviews_observation_split_from_id_a14d085c ON public.reviews_observation USING btree (split_from_id);
CREATE INDEX reviews_observation_topics_observation_id_e3ba067b ON public.reviews_observation_topics USING btree (observation_id);
CREATE INDEX reviews_observation_topics_topic_id_9df76c17 ON public.reviews_observation_topics USING btree (topic_id);
CREATE INDEX reviews_observation_topics_topic_id_9df76c17_like ON public.reviews_observation_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX reviews_phase_cluster_id_33def907 ON public.reviews_phase USING btree (cluster_id);
CREATE INDEX reviews_phase_cluster_id_33def907_like ON public.reviews_phase USING btree (cluster_id varchar_pattern_ops);
CREATE INDEX reviews_phase_code_e8178b16_like ON public.reviews_phase USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_phase_group_id_8e2315f5 ON public.reviews_phase USING btree (group_id);
CREATE INDEX reviews_phase_group_id_8e2315f5_like ON public.reviews_phase USING btree (group_id varchar_pattern_ops);
CREATE INDEX reviews_question_article_id_05a97870 ON public.reviews_question USING btree (article_id);
CREATE INDEX reviews_question_article_id_05a97870_like ON public.reviews_question USING btree (article_id varchar_pattern_ops);
CREATE INDEX reviews_question_call_id_b24ff5cc ON public.reviews_question USING btree (call_id);
CREATE INDEX reviews_reviewdocument_cluster_id_6f5e8e28 ON public.reviews_reviewdocument USING btree (cluster_id);
CREATE INDEX reviews_reviewdocument_cluster_id_6f5e8e28_like ON public.reviews_reviewdocument USING btree (cluster_id varchar_pattern_ops);
CREATE INDEX reviews_reviewdocument_kind_id_609a115a ON public.reviews_reviewdocument USING btree (kind_id);
CREATE INDEX reviews_reviewdocument_kind_id_609a115a_like ON public.reviews_reviewdocument USING btree (kind_id varchar_pattern_ops);
CREATE INDEX reviews_reviewdocument_review_id_69099db9 ON public.reviews_reviewdocument USING btree (review_id);
CREATE INDEX reviews_reviewgroup_code_623ff48c_like ON public.reviews_reviewgroup USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_reviewimport_documents_reviewdocument_id_30b9b2ef ON public.reviews_reviewimport_documents USING btree (reviewdocument_id);
CREATE INDEX reviews_reviewimport_documents_reviewimport_id_6d1513fc ON public.reviews_reviewimport_documents USING btree (reviewimport_id);
CREATE INDEX reviews_reviewimport_observations_observation_id_d8a4d07f ON public.reviews_reviewimport_observations USING btree (observation_id);
CREATE INDEX reviews_reviewimport_observations_reviewimport_id_819dee59 ON public.reviews_reviewimport_observations USING btree (reviewimport_id);
CREATE INDEX reviews_reviewimport_sent_by_id_6d9330b9 ON public.reviews_reviewimport USING btree (sent_by_id);
CREATE INDEX reviews_reviewingstate_instrument_id_d98180f9 ON public.reviews_reviewingstate USING btree (instrument_id);
CREATE INDEX reviews_reviewingstate_instrument_id_d98180f9_like ON public.reviews_reviewingstate USING btree (instrument_id varchar_pattern_ops);
CREATE INDEX reviews_reviewingstate_review_id_a6eec7a8 ON public.reviews_reviewingstate USING btree (review_id);
CREATE INDEX reviews_reviewingstate_reviewer_id_0e6805e6 ON public.reviews_reviewingstate USING btree (reviewer_id);
CREATE INDEX reviews_reviewingstate_reviewer_id_0e6805e6_like ON public.reviews_reviewingstate USING btree (reviewer_id varchar_pattern_ops);
CREATE INDEX reviews_screeningrule_code_33177e89_like ON public.reviews_screeningrule USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_secretariat_code_c06e8951_like ON public.reviews_secretariat USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_snapshot_code_2c1493b3_like ON public.reviews_snapshot USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_snapshot_instrument_id_48176047 ON public.reviews_snapshot USING btree (instrument_id);
CREATE INDEX reviews_snapshot_instrument_id_48176047_like ON public.reviews_snapshot USING btree (instrument_id varchar_pattern_ops);
CREATE INDEX reviews_snapshot_measure_id_cbcc45b5 ON public.reviews_snapshot USING btree (measure_id);
CREATE INDEX reviews_snapshot_measure_id_cbcc45b5_like ON public.reviews_snapshot USING btree (measure_id varchar_pattern_ops);
CREATE INDEX reviews_stepkind_code_28ebc951_like ON public.reviews_stepkind USING btree (code varchar_pattern_ops);
CREATE INDEX reviews_stepkind_document_id_eeab0808 ON public.reviews_stepkind USING btree (document_id);
CREATE INDEX reviews_stepkind_document_id_eeab0808_like ON public.reviews_stepkind USING btree (document_id varchar_pattern_ops);
CREATE INDEX reviews_stepkind_due_from_id_089db39b ON public.reviews_stepkind USING btree (due_from_id);
CREATE INDEX reviews_stepkind_due_from_id_089db39b_like ON public.reviews_stepkind USING btree (due_from_id varchar_pattern_ops);
CREATE INDEX reviews_steprecord_cluster_id_8fcf1c1e ON public.reviews_steprecord USING btree (cluster_id);
CREATE INDEX reviews_steprecord_cluster_id_8fcf1c1e_like ON public.reviews_steprecord USING btree (cluster_id varchar_pattern_ops);
CREATE INDEX reviews_steprecord_instrument_id_c6380b25 ON public.reviews_steprecord USING btree (instrument_id);
CREATE INDEX reviews_steprecord_instrument_id_c6380b25_like ON public.reviews_steprecord USING btree (instrument_id varchar_pattern_ops);
CREATE INDEX reviews_steprecord_recorded_by_id_2c351ee9 ON public.reviews_steprecord USING btree (recorded_by_id);
CREATE INDEX reviews_steprecord_review_id_6f00a446 ON public.reviews_steprecord USING btree (review_id);
CREATE INDEX reviews_steprecord_step_id_8022e948 ON public.reviews_steprecord USING btree (step_id);
CREATE INDEX reviews_steprecord_step_id_8022e948_like ON public.reviews_steprecord USING btree (step_id varchar_pattern_ops);
CREATE INDEX revisions_of_term ON public.taxonomy_revision USING btree (kind, code, at DESC);
CREATE INDEX saved_search_due ON public.resources_savedsearch USING btree (alerts, last_told_at) WHERE (NOT ((alerts)::text = 'off'::text));
CREATE INDEX search_word_word_3cf967fe_like ON public.search_word USING btree (word varchar_pattern_ops);
CREATE INDEX stakeholder_acronym ON public.stakeholders_stakeholder USING btree (upper((acronym)::text)) WHERE (NOT ((acronym)::text = ''::text));
CREATE INDEX stakeholder_country_kind ON public.stakeholders_stakeholder USING btree (country_id, kind);
CREATE INDEX stakeholder_directory ON public.stakeholders_stakeholder USING btree (sort_key, id) WHERE (((listing)::text = 'public'::text) AND ((status)::text = ANY ((ARRAY['listed'::character varying, 'active'::character varying])::text[])));
CREATE INDEX stakeholder_name_alike ON public.stakeholders_stakeholder USING gin (name_key public.gin_trgm_ops);
CREATE INDEX stakeholder_newest ON public.stakeholders_stakeholder USING btree (created_at DESC, id DESC);
CREATE INDEX stakeholder_site ON public.stakeholders_stakeholder USING btree (site_key) WHERE (NOT ((site_key)::text = ''::text));
CREATE INDEX stakeholder_sort_key ON public.stakeholders_stakeholder USING btree (sort_key);
CREATE INDEX stakeholder_unconfirmed ON public.stakeholders_stakeholder USING btree (COALESCE(confirmed_at, approved_at)) WHERE ((status)::text = 'active'::text);
CREATE INDEX stakeholders_application_applicant_id_9dc14b31 ON public.stakeholders_application USING btree (applicant_id);
CREATE INDEX stakeholders_application_articles_application_id_9f4bf7d8 ON public.stakeholders_application_articles USING btree (application_id);
CREATE INDEX stakeholders_application_articles_article_id_7b16b3d6 ON public.stakeholders_application_articles USING btree (article_id);
CREATE INDEX stakeholders_application_articles_article_id_7b16b3d6_like ON public.stakeholders_application_articles USING btree (article_id varchar_pattern_ops);
CREATE INDEX stakeholders_application_country_id_b645351e ON public.stakeholders_application USING btree (country_id);
CREATE INDEX stakeholders_application_country_id_b645351e_like ON public.stakeholders_application USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_application_e_application_id_7a6358fa ON public.stakeholders_application_engagement_areas USING btree (application_id);
CREATE INDEX stakeholders_application_e_engagementarea_id_dccb7ce8 ON public.stakeholders_application_engagement_areas USING btree (engagementarea_id);
CREATE INDEX stakeholders_application_engagementarea_id_dccb7ce8_like ON public.stakeholders_application_engagement_areas USING btree (engagementarea_id varchar_pattern_ops);
CREATE INDEX stakeholders_application_languages_application_id_5564eedb ON public.stakeholders_application_languages USING btree (application_id);
CREATE INDEX stakeholders_application_languages_language_id_8044327c ON public.stakeholders_application_languages USING btree (language_id);
CREATE INDEX stakeholders_application_languages_language_id_8044327c_like ON public.stakeholders_application_languages USING btree (language_id varchar_pattern_ops);
CREATE INDEX stakeholders_application_mission_language_id_3169ebde ON public.stakeholders_application USING btree (mission_language_id);
CREATE INDEX stakeholders_application_mission_language_id_3169ebde_like ON public.stakeholders_application USING btree (mission_language_id varchar_pattern_ops);
CREATE INDEX stakeholders_application_stakeholder_id_fb743a1a ON public.stakeholders_application USING btree (stakeholder_id);
CREATE INDEX stakeholders_application_topics_application_id_cd45f001 ON public.stakeholders_application_topics USING btree (application_id);
CREATE INDEX stakeholders_application_topics_topic_id_cb127e1e ON public.stakeholders_application_topics USING btree (topic_id);
CREATE INDEX stakeholders_application_topics_topic_id_cb127e1e_like ON public.stakeholders_application_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX stakeholders_application_works_in_application_id_346f14c0 ON public.stakeholders_application_works_in USING btree (application_id);
CREATE INDEX stakeholders_application_works_in_country_id_d1de9336 ON public.stakeholders_application_works_in USING btree (country_id);
CREATE INDEX stakeholders_application_works_in_country_id_d1de9336_like ON public.stakeholders_application_works_in USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_appointment_appointed_by_id_c82a3b82 ON public.stakeholders_appointment USING btree (appointed_by_id);
CREATE INDEX stakeholders_appointment_countries_appointment_id_59893af5 ON public.stakeholders_appointment_countries USING btree (appointment_id);
CREATE INDEX stakeholders_appointment_countries_country_id_60887de8 ON public.stakeholders_appointment_countries USING btree (country_id);
CREATE INDEX stakeholders_appointment_countries_country_id_60887de8_like ON public.stakeholders_appointment_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_appointment_ended_by_id_25f5bf97 ON public.stakeholders_appointment USING btree (ended_by_id);
CREATE INDEX stakeholders_appointment_grants_appointment_id_321b4c59 ON public.stakeholders_appointment_grants USING btree (appointment_id);
CREATE INDEX stakeholders_appointment_grants_grant_id_cb9ef8fa ON public.stakeholders_appointment_grants USING btree (grant_id);
CREATE INDEX stakeholders_appointment_regions_appointment_id_7d8ee1b1 ON public.stakeholders_appointment_regions USING btree (appointment_id);
CREATE INDEX stakeholders_appointment_regions_region_id_43d53fe2 ON public.stakeholders_appointment_regions USING btree (region_id);
CREATE INDEX stakeholders_appointment_regions_region_id_43d53fe2_like ON public.stakeholders_appointment_regions USING btree (region_id varchar_pattern_ops);
CREATE INDEX stakeholders_appointment_user_id_89bd8e83 ON public.stakeholders_appointment USING btree (user_id);
CREATE INDEX stakeholders_block_by_id_7b86bb35 ON public.stakeholders_block USING btree (by_id);
CREATE INDEX stakeholders_block_stakeholder_id_f130bc58 ON public.stakeholders_block USING btree (stakeholder_id);
CREATE INDEX stakeholders_block_user_id_f79d7319 ON public.stakeholders_block USING btree (user_id);
CREATE INDEX stakeholders_candidate_code_66b71d73_like ON public.stakeholders_candidate USING btree (code varchar_pattern_ops);
CREATE INDEX stakeholders_candidate_decided_by_id_01f92b2e ON public.stakeholders_candidate USING btree (decided_by_id);
CREATE INDEX stakeholders_candidate_stakeholder_id_4d7698da ON public.stakeholders_candidate USING btree (stakeholder_id);
CREATE INDEX stakeholders_checklistanswer_application_id_529227d1 ON public.stakeholders_checklistanswer USING btree (application_id);
CREATE INDEX stakeholders_checklistanswer_by_id_f6956abe ON public.stakeholders_checklistanswer USING btree (by_id);
CREATE INDEX stakeholders_checklistanswer_question_id_c187d078 ON public.stakeholders_checklistanswer USING btree (question_id);
CREATE INDEX stakeholders_checklistquestion_code_2c2db07c_like ON public.stakeholders_checklistquestion USING btree (code varchar_pattern_ops);
CREATE INDEX stakeholders_contact_application_id_ccb2c4df ON public.stakeholders_contact USING btree (application_id);
CREATE INDEX stakeholders_contact_stakeholder_id_59b49b8c ON public.stakeholders_contact USING btree (stakeholder_id);
CREATE INDEX stakeholders_conversation_sender_id_acfb4bf9 ON public.stakeholders_conversation USING btree (sender_id);
CREATE INDEX stakeholders_conversation_stakeholder_id_6ffe540c ON public.stakeholders_conversation USING btree (stakeholder_id);
CREATE INDEX stakeholders_deskinvitation_accepted_by_id_c52f91d8 ON public.stakeholders_deskinvitation USING btree (accepted_by_id);
CREATE INDEX stakeholders_deskinvitation_application_id_13c1fed9 ON public.stakeholders_deskinvitation USING btree (application_id);
CREATE INDEX stakeholders_deskinvitation_country_id_4cff3cfc ON public.stakeholders_deskinvitation USING btree (country_id);
CREATE INDEX stakeholders_deskinvitation_country_id_4cff3cfc_like ON public.stakeholders_deskinvitation USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_deskinvitation_invited_by_id_ba8dd32e ON public.stakeholders_deskinvitation USING btree (invited_by_id);
CREATE INDEX stakeholders_deskinvitation_stakeholder_id_62036364 ON public.stakeholders_deskinvitation USING btree (stakeholder_id);
CREATE INDEX stakeholders_deskinvitation_token_hash_1d19a18e_like ON public.stakeholders_deskinvitation USING btree (token_hash varchar_pattern_ops);
CREATE INDEX stakeholders_deskinvitation_wave_id_90021978 ON public.stakeholders_deskinvitation USING btree (wave_id);
CREATE INDEX stakeholders_dossier_asked_by_id_696e5419 ON public.stakeholders_dossier USING btree (asked_by_id);
CREATE INDEX stakeholders_dossier_stakeholder_id_99e78543 ON public.stakeholders_dossier USING btree (stakeholder_id);
CREATE INDEX stakeholders_ecosocname_key_a1939e92_like ON public.stakeholders_ecosocname USING btree (key varchar_pattern_ops);
CREATE INDEX stakeholders_export_asked_by_id_06a543f8 ON public.stakeholders_export USING btree (asked_by_id);
CREATE INDEX stakeholders_familylink_branch_id_5de1ff84 ON public.stakeholders_familylink USING btree (branch_id);
CREATE INDEX stakeholders_familylink_parent_id_fc0389ff ON public.stakeholders_familylink USING btree (parent_id);
CREATE INDEX stakeholders_flag_application_id_34cd9511 ON public.stakeholders_flag USING btree (application_id);
CREATE INDEX stakeholders_flag_raised_by_id_1ca7adf4 ON public.stakeholders_flag USING btree (raised_by_id);
CREATE INDEX stakeholders_flag_stakeholder_id_6fe4f453 ON public.stakeholders_flag USING btree (stakeholder_id);
CREATE INDEX stakeholders_flag_withdrawn_by_id_c2f04a20 ON public.stakeholders_flag USING btree (withdrawn_by_id);
CREATE INDEX stakeholders_furthersource_stakeholder_id_815c45a1 ON public.stakeholders_furthersource USING btree (stakeholder_id);
CREATE INDEX stakeholders_handover_by_id_980c691c ON public.stakeholders_handover USING btree (by_id);
CREATE INDEX stakeholders_handover_person_id_38e89ebe ON public.stakeholders_handover USING btree (person_id);
CREATE INDEX stakeholders_handover_stakeholder_id_afddd5df ON public.stakeholders_handover USING btree (stakeholder_id);
CREATE INDEX stakeholders_import_asked_by_id_82a33f65 ON public.stakeholders_import USING btree (asked_by_id);
CREATE INDEX stakeholders_import_source_id_4e8a768d ON public.stakeholders_import USING btree (source_id);
CREATE INDEX stakeholders_importrow_of_id_c6ff8dbc ON public.stakeholders_importrow USING btree (of_id);
CREATE INDEX stakeholders_importrow_stakeholder_id_a043f63b ON public.stakeholders_importrow USING btree (stakeholder_id);
CREATE INDEX stakeholders_importrow_twin_id_18c26db6 ON public.stakeholders_importrow USING btree (twin_id);
CREATE INDEX stakeholders_invitation_invited_by_id_d8abad2a ON public.stakeholders_invitation USING btree (invited_by_id);
CREATE INDEX stakeholders_invitation_stakeholder_id_61e186e7 ON public.stakeholders_invitation USING btree (stakeholder_id);
CREATE INDEX stakeholders_invitation_token_hash_fc3c12fd_like ON public.stakeholders_invitation USING btree (token_hash varchar_pattern_ops);
CREATE INDEX stakeholders_joinrequest_answered_by_id_a0b9dee6 ON public.stakeholders_joinrequest USING btree (answered_by_id);
CREATE INDEX stakeholders_joinrequest_stakeholder_id_3dce31cd ON public.stakeholders_joinrequest USING btree (stakeholder_id);
CREATE INDEX stakeholders_joinrequest_user_id_26b75712 ON public.stakeholders_joinrequest USING btree (user_id);
CREATE INDEX stakeholders_line_author_id_ba03a999 ON public.stakeholders_line USING btree (author_id);
CREATE INDEX stakeholders_line_conversation_id_aa9c7ddb ON public.stakeholders_line USING btree (conversation_id);
CREATE INDEX stakeholders_listedname_list_id_4823faee ON public.stakeholders_listedname USING btree (list_id);
CREATE INDEX stakeholders_mailproof_stakeholder_id_8af69670 ON public.stakeholders_mailproof USING btree (stakeholder_id);
CREATE INDEX stakeholders_mailproof_user_id_263d9397 ON public.stakeholders_mailproof USING btree (user_id);
CREATE INDEX stakeholders_match_cleared_by_id_0fe17e8a ON public.stakeholders_match USING btree (cleared_by_id);
CREATE INDEX stakeholders_membership_stakeholder_id_76d78dbb ON public.stakeholders_membership USING btree (stakeholder_id);
CREATE INDEX stakeholders_membership_user_id_a0c798fe ON public.stakeholders_membership USING btree (user_id);
CREATE INDEX stakeholders_missiontext_application_id_90b407f7 ON public.stakeholders_missiontext USING btree (application_id);
CREATE INDEX stakeholders_missiontext_language_id_269fab9d ON public.stakeholders_missiontext USING btree (language_id);
CREATE INDEX stakeholders_missiontext_language_id_269fab9d_like ON public.stakeholders_missiontext USING btree (language_id varchar_pattern_ops);
CREATE INDEX stakeholders_missiontext_stakeholder_id_b35a0fa6 ON public.stakeholders_missiontext USING btree (stakeholder_id);
CREATE INDEX stakeholders_offer_area_id_cef45345 ON public.stakeholders_offer USING btree (area_id);
CREATE INDEX stakeholders_offer_area_id_cef45345_like ON public.stakeholders_offer USING btree (area_id varchar_pattern_ops);
CREATE INDEX stakeholders_offer_countries_country_id_7390934c ON public.stakeholders_offer_countries USING btree (country_id);
CREATE INDEX stakeholders_offer_countries_country_id_7390934c_like ON public.stakeholders_offer_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_offer_countries_offer_id_e50341cd ON public.stakeholders_offer_countries USING btree (offer_id);
CREATE INDEX stakeholders_offer_languages_language_id_6abf82b2 ON public.stakeholders_offer_languages USING btree (language_id);
CREATE INDEX stakeholders_offer_languages_language_id_6abf82b2_like ON public.stakeholders_offer_languages USING btree (language_id varchar_pattern_ops);
CREATE INDEX stakeholders_offer_languages_offer_id_efed5ac5 ON public.stakeholders_offer_languages USING btree (offer_id);
CREATE INDEX stakeholders_offer_stakeholder_id_66e197c5 ON public.stakeholders_offer USING btree (stakeholder_id);
CREATE INDEX stakeholders_offer_topic_id_d4ebedd5 ON public.stakeholders_offer USING btree (topic_id);
CREATE INDEX stakeholders_offer_topic_id_d4ebedd5_like ON public.stakeholders_offer USING btree (topic_id varchar_pattern_ops);
CREATE INDEX stakeholders_office_application_id_19d62d4c ON public.stakeholders_office USING btree (application_id);
CREATE INDEX stakeholders_office_country_id_a11a5658 ON public.stakeholders_office USING btree (country_id);
CREATE INDEX stakeholders_office_country_id_a11a5658_like ON public.stakeholders_office USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_office_stakeholder_id_f59f07f2 ON public.stakeholders_office USING btree (stakeholder_id);
CREATE INDEX stakeholders_officer_application_id_9c57dd84 ON public.stakeholders_officer USING btree (application_id);
CREATE INDEX stakeholders_officer_stakeholder_id_e7fb7b58 ON public.stakeholders_officer USING btree (stakeholder_id);
CREATE INDEX stakeholders_othername_application_id_1647920f ON public.stakeholders_othername USING btree (application_id);
CREATE INDEX stakeholders_othername_language_id_9876bbc6 ON public.stakeholders_othername USING btree (language_id);
CREATE INDEX stakeholders_othername_language_id_9876bbc6_like ON public.stakeholders_othername USING btree (language_id varchar_pattern_ops);
CREATE INDEX stakeholders_othername_stakeholder_id_d7542627 ON public.stakeholders_othername USING btree (stakeholder_id);
CREATE INDEX stakeholders_paper_application_id_1b95b9b8 ON public.stakeholders_paper USING btree (application_id);
CREATE INDEX stakeholders_paper_uploaded_by_id_f529f24d ON public.stakeholders_paper USING btree (uploaded_by_id);
CREATE INDEX stakeholders_project_countries_country_id_264aca94 ON public.stakeholders_project_countries USING btree (country_id);
CREATE INDEX stakeholders_project_countries_country_id_264aca94_like ON public.stakeholders_project_countries USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_project_countries_project_id_752f6ecd ON public.stakeholders_project_countries USING btree (project_id);
CREATE INDEX stakeholders_project_stakeholder_id_5b61052f ON public.stakeholders_project USING btree (stakeholder_id);
CREATE INDEX stakeholders_projectlink_project_id_8107dbd2 ON public.stakeholders_projectlink USING btree (project_id);
CREATE INDEX stakeholders_projectpartner_project_id_87e3095d ON public.stakeholders_projectpartner USING btree (project_id);
CREATE INDEX stakeholders_projectpartner_stakeholder_id_b4009cee ON public.stakeholders_projectpartner USING btree (stakeholder_id);
CREATE INDEX stakeholders_projecttext_language_id_345af2c3 ON public.stakeholders_projecttext USING btree (language_id);
CREATE INDEX stakeholders_projecttext_language_id_345af2c3_like ON public.stakeholders_projecttext USING btree (language_id varchar_pattern_ops);
CREATE INDEX stakeholders_projecttext_project_id_ab7e8cc8 ON public.stakeholders_projecttext USING btree (project_id);
CREATE INDEX stakeholders_proposedlist_decided_by_id_1e5912de ON public.stakeholders_proposedlist USING btree (decided_by_id);
CREATE INDEX stakeholders_proposedlist_sent_by_id_b054de11 ON public.stakeholders_proposedlist USING btree (sent_by_id);
CREATE INDEX stakeholders_publication_application_id_58d5962d ON public.stakeholders_publication USING btree (application_id);
CREATE INDEX stakeholders_publication_stakeholder_id_61b1fc07 ON public.stakeholders_publication USING btree (stakeholder_id);
CREATE INDEX stakeholders_recommendation_application_id_ddc58c33 ON public.stakeholders_recommendation USING btree (application_id);
CREATE INDEX stakeholders_recommendation_by_id_bd14eefe ON public.stakeholders_recommendation USING btree (by_id);
CREATE INDEX stakeholders_reconsideration_decided_by_id_8fddd6b1 ON public.stakeholders_reconsideration USING btree (decided_by_id);
CREATE INDEX stakeholders_report_answered_by_id_4bfed494 ON public.stakeholders_report USING btree (answered_by_id);
CREATE INDEX stakeholders_report_conversation_id_67e29561 ON public.stakeholders_report USING btree (conversation_id);
CREATE INDEX stakeholders_report_reporter_id_1c9e02a4 ON public.stakeholders_report USING btree (reporter_id);
CREATE INDEX stakeholders_report_stakeholder_id_8699aba7 ON public.stakeholders_report USING btree (stakeholder_id);
CREATE INDEX stakeholders_screened_list_id_40837100 ON public.stakeholders_screened USING btree (list_id);
CREATE INDEX stakeholders_screeninglist_loaded_by_id_8abd4240 ON public.stakeholders_screeninglist USING btree (loaded_by_id);
CREATE INDEX stakeholders_screeningrun_list_id_84c84632 ON public.stakeholders_screeningrun USING btree (list_id);
CREATE INDEX stakeholders_sourcetrust_ended_by_id_d096ec9e ON public.stakeholders_sourcetrust USING btree (ended_by_id);
CREATE INDEX stakeholders_sourcetrust_given_by_id_d2d4549c ON public.stakeholders_sourcetrust USING btree (given_by_id);
CREATE INDEX stakeholders_sourcetrust_person_id_9241113e ON public.stakeholders_sourcetrust USING btree (person_id);
CREATE INDEX stakeholders_sourcetrust_stakeholder_id_cd6ea163 ON public.stakeholders_sourcetrust USING btree (stakeholder_id);
CREATE INDEX stakeholders_stakeholder_articles_article_id_e5196ed3 ON public.stakeholders_stakeholder_articles USING btree (article_id);
CREATE INDEX stakeholders_stakeholder_articles_article_id_e5196ed3_like ON public.stakeholders_stakeholder_articles USING btree (article_id varchar_pattern_ops);
CREATE INDEX stakeholders_stakeholder_articles_stakeholder_id_65d94335 ON public.stakeholders_stakeholder_articles USING btree (stakeholder_id);
CREATE INDEX stakeholders_stakeholder_country_id_4cc4d70f ON public.stakeholders_stakeholder USING btree (country_id);
CREATE INDEX stakeholders_stakeholder_country_id_4cc4d70f_like ON public.stakeholders_stakeholder USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_stakeholder_e_engagementarea_id_a3fcd780 ON public.stakeholders_stakeholder_engagement_areas USING btree (engagementarea_id);
CREATE INDEX stakeholders_stakeholder_e_stakeholder_id_7bd9e20a ON public.stakeholders_stakeholder_engagement_areas USING btree (stakeholder_id);
CREATE INDEX stakeholders_stakeholder_engagementarea_id_a3fcd780_like ON public.stakeholders_stakeholder_engagement_areas USING btree (engagementarea_id varchar_pattern_ops);
CREATE INDEX stakeholders_stakeholder_languages_language_id_79aba822 ON public.stakeholders_stakeholder_languages USING btree (language_id);
CREATE INDEX stakeholders_stakeholder_languages_language_id_79aba822_like ON public.stakeholders_stakeholder_languages USING btree (language_id varchar_pattern_ops);
CREATE INDEX stakeholders_stakeholder_languages_stakeholder_id_e0e0299b ON public.stakeholders_stakeholder_languages USING btree (stakeholder_id);
CREATE INDEX stakeholders_stakeholder_merged_into_id_a69fa601 ON public.stakeholders_stakeholder USING btree (merged_into_id);
CREATE INDEX stakeholders_stakeholder_mission_language_id_8037475c ON public.stakeholders_stakeholder USING btree (mission_language_id);
CREATE INDEX stakeholders_stakeholder_mission_language_id_8037475c_like ON public.stakeholders_stakeholder USING btree (mission_language_id varchar_pattern_ops);
CREATE INDEX stakeholders_stakeholder_topics_stakeholder_id_839581b6 ON public.stakeholders_stakeholder_topics USING btree (stakeholder_id);
CREATE INDEX stakeholders_stakeholder_topics_topic_id_337dda62 ON public.stakeholders_stakeholder_topics USING btree (topic_id);
CREATE INDEX stakeholders_stakeholder_topics_topic_id_337dda62_like ON public.stakeholders_stakeholder_topics USING btree (topic_id varchar_pattern_ops);
CREATE INDEX stakeholders_stakeholder_works_in_country_id_e1944584 ON public.stakeholders_stakeholder_works_in USING btree (country_id);
CREATE INDEX stakeholders_stakeholder_works_in_country_id_e1944584_like ON public.stakeholders_stakeholder_works_in USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_stakeholder_works_in_stakeholder_id_91a6fd2d ON public.stakeholders_stakeholder_works_in USING btree (stakeholder_id);
CREATE INDEX stakeholders_stateaccount_country_id_1949c706 ON public.stakeholders_stateaccount USING btree (country_id);
CREATE INDEX stakeholders_stateaccount_country_id_1949c706_like ON public.stakeholders_stateaccount USING btree (country_id varchar_pattern_ops);
CREATE INDEX stakeholders_stateaccount_ended_by_id_84b4f140 ON public.stakeholders_stateaccount USING btree (ended_by_id);
CREATE INDEX stakeholders_stateaccount_invited_by_id_be718f9b ON public.stakeholders_stateaccount USING btree (invited_by_id);
CREATE INDEX stakeholders_stateaccount_token_hash_2bca1cde_like ON public.stakeholders_stateaccount USING btree (token_hash varchar_pattern_ops);
CREATE INDEX stakeholders_stateaccount_user_id_874fafdf ON public.stakeholders_stateaccount USING btree (user_id);
CREATE INDEX stakeholders_trusteddomain_added_by_id_6a8e227b ON public.stakeholders_trusteddomain USING btree (added_by_id);
CREATE INDEX stakeholders_trusteddomain_ended_by_id_9ac88b1d ON public.stakeholders_trusteddomain USING btree (ended_by_id);
CREATE INDEX stakeholders_wave_made_by_id_44fe5bf0 ON public.stakeholders_wave USING btree (made_by_id);
CREATE INDEX step_record_changes ON public.reviews_steprecord USING btree (recorded_at DESC, id DESC);
CREATE INDEX step_record_newest ON public.reviews_steprecord USING btree (review_id, cluster_id, step_id, instrument_id, recorded_at DESC, id DESC);
CREATE UNIQUE INDEX stopped_once ON public.notifications_stop USING btree (lower((address)::text), kind);
CREATE INDEX story_by_day ON public.news_story USING btree (status, publish_at DESC, id DESC);
CREATE INDEX story_to_be_told ON public.news_story USING btree (publish_at) WHERE (((status)::text = 'published'::text) AND (told_at IS NULL));
CREATE UNIQUE INDEX subscriber_once_per_address ON public.news_subscriber USING btree (lower((address)::text));
CREATE INDEX subscriber_unconfirmed ON public.news_subscriber USING btree (asked_at) WHERE (confirmed_at IS NULL);
CREATE INDEX suppression_history ON public.notifications_suppression USING btree (lower((address)::text));
CREATE UNIQUE INDEX suppression_once_per_address ON public.notifications_suppression USING btree (lower((address)::text)) WHERE (lifted_at IS NULL);
CREATE INDEX taxonomy_areamapping_code_03a11b41_like ON public.taxonomy_areamapping USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_areamapping_country_id_e1583646 ON public.taxonomy_areamapping USING btree (country_id);
CREATE INDEX taxonomy_areamapping_country_id_e1583646_like ON public.taxonomy_areamapping USING btree (country_id varchar_pattern_ops);
CREATE INDEX taxonomy_article_cluster_id_ef488b43 ON public.taxonomy_article USING btree (cluster_id);
CREATE INDEX taxonomy_article_cluster_id_ef488b43_like ON public.taxonomy_article USING btree (cluster_id varchar_pattern_ops);
CREATE INDEX taxonomy_article_code_2f395b4f_like ON public.taxonomy_article USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_article_instrument_id_ae4cc798 ON public.taxonomy_article USING btree (instrument_id);
CREATE INDEX taxonomy_article_instrument_id_ae4cc798_like ON public.taxonomy_article USING btree (instrument_id varchar_pattern_ops);
CREATE INDEX taxonomy_articletext_article_id_c58e8d94 ON public.taxonomy_articletext USING btree (article_id);
CREATE INDEX taxonomy_articletext_article_id_c58e8d94_like ON public.taxonomy_articletext USING btree (article_id varchar_pattern_ops);
CREATE INDEX taxonomy_articletext_code_4679683c_like ON public.taxonomy_articletext USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_cluster_code_7307cb6f_like ON public.taxonomy_cluster USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_country_intermediate_region_id_5ff66964 ON public.taxonomy_country USING btree (intermediate_region_id);
CREATE INDEX taxonomy_country_intermediate_region_id_5ff66964_like ON public.taxonomy_country USING btree (intermediate_region_id varchar_pattern_ops);
CREATE INDEX taxonomy_country_iso2_9a0ab49d_like ON public.taxonomy_country USING btree (iso2 varchar_pattern_ops);
CREATE INDEX taxonomy_country_iso3_ec64a8c0_like ON public.taxonomy_country USING btree (iso3 varchar_pattern_ops);
CREATE INDEX taxonomy_country_m49_0b85fe7c_like ON public.taxonomy_country USING btree (m49 varchar_pattern_ops);
CREATE INDEX taxonomy_country_region_id_7e7a7882 ON public.taxonomy_country USING btree (region_id);
CREATE INDEX taxonomy_country_region_id_7e7a7882_like ON public.taxonomy_country USING btree (region_id varchar_pattern_ops);
CREATE INDEX taxonomy_country_subregion_id_bf8cfe66 ON public.taxonomy_country USING btree (subregion_id);
CREATE INDEX taxonomy_country_subregion_id_bf8cfe66_like ON public.taxonomy_country USING btree (subregion_id varchar_pattern_ops);
CREATE INDEX taxonomy_country_un_group_53da721e ON public.taxonomy_country USING btree (un_group);
CREATE INDEX taxonomy_country_un_group_53da721e_like ON public.taxonomy_country USING btree (un_group varchar_pattern_ops);
CREATE INDEX taxonomy_engagementarea_code_318ce18e_like ON public.taxonomy_engagementarea USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_engagementarea_merged_into_id_a3829756 ON public.taxonomy_engagementarea USING btree (merged_into_id);
CREATE INDEX taxonomy_engagementarea_merged_into_id_a3829756_like ON public.taxonomy_engagementarea USING btree (merged_into_id varchar_pattern_ops);
CREATE INDEX taxonomy_fetchedsource_code_6fa67eb6_like ON public.taxonomy_fetchedsource USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_fetchedsource_set_by_id_869435da ON public.taxonomy_fetchedsource USING btree (set_by_id);
CREATE INDEX taxonomy_instrument_code_0212c387_like ON public.taxonomy_instrument USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_instrument_parent_id_b5639779 ON public.taxonomy_instrument USING btree (parent_id);
CREATE INDEX taxonomy_instrument_parent_id_b5639779_like ON public.taxonomy_instrument USING btree (parent_id varchar_pattern_ops);
CREATE INDEX taxonomy_language_code_5ae8f73a_like ON public.taxonomy_language USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_language_merged_into_id_c65b18e8 ON public.taxonomy_language USING btree (merged_into_id);
CREATE INDEX taxonomy_language_merged_into_id_c65b18e8_like ON public.taxonomy_language USING btree (merged_into_id varchar_pattern_ops);
CREATE INDEX taxonomy_participation_code_3cc2d9d5_like ON public.taxonomy_participation USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_participation_country_id_7f0b4f19 ON public.taxonomy_participation USING btree (country_id);
CREATE INDEX taxonomy_participation_country_id_7f0b4f19_like ON public.taxonomy_participation USING btree (country_id varchar_pattern_ops);
CREATE INDEX taxonomy_participation_instrument_id_de24d998 ON public.taxonomy_participation USING btree (instrument_id);
CREATE INDEX taxonomy_participation_instrument_id_de24d998_like ON public.taxonomy_participation USING btree (instrument_id varchar_pattern_ops);
CREATE INDEX taxonomy_region_m49_caf11ac7_like ON public.taxonomy_region USING btree (m49 varchar_pattern_ops);
CREATE INDEX taxonomy_region_parent_id_eed0cd8d ON public.taxonomy_region USING btree (parent_id);
CREATE INDEX taxonomy_region_parent_id_eed0cd8d_like ON public.taxonomy_region USING btree (parent_id varchar_pattern_ops);
CREATE INDEX taxonomy_synonym_code_097d4005_like ON public.taxonomy_synonym USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_topic_code_dbb5c239_like ON public.taxonomy_topic USING btree (code varchar_pattern_ops);
CREATE INDEX taxonomy_topic_merged_into_id_7dd385e7 ON public.taxonomy_topic USING btree (merged_into_id);
CREATE INDEX taxonomy_topic_merged_into_id_7dd385e7_like ON public.taxonomy_topic USING btree (merged_into_id varchar_pattern_ops);
CREATE INDEX taxonomy_topic_parent_id_fb6c543f ON public.taxonomy_topic USING btree (parent_id);
CREATE INDEX taxonomy_topic_parent_id_fb6c543f_like ON public.taxonomy_topic USING btree (parent_id varchar_pattern_ops);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX word_alike ON public.search_word USING gin (word public.gin_trgm_ops);
CREATE INDEX work_item_held ON public.workflow_workitem USING btree (holder_id) WHERE (closed_at IS NULL);
CREATE INDEX work_item_of_subject ON public.workflow_workitem USING btree (subject_kind, subject_id);
CREATE INDEX work_item_queue ON public.workflow_workitem USING btree (waits_for, until) WHERE (closed_at IS NULL);
CREATE INDEX workflow_changerequest_proposed_by_id_9820599a ON public.workflow_changerequest USING btree (proposed_by_id);
CREATE INDEX workflow_decision_actor_id_e9bcea80 ON public.workflow_decision USING btree (actor_id);
CREATE INDEX workflow_draftdecision_drafted_by_id_fc15ad28 ON public.workflow_draftdecision USING btree (drafted_by_id);
CREATE INDEX workflow_extension_given_by_id_e2a9efce ON public.workflow_extension USING btree (given_by_id);
CREATE INDEX workflow_itemrequest_asked_by_id_07b07d13 ON public.workflow_itemrequest USING btree (asked_by_id);
CREATE INDEX workflow_receipt_received_from_id_fc6972bb ON public.workflow_receipt USING btree (received_from_id);
CREATE INDEX workflow_receipt_reference_a5459000_like ON public.workflow_receipt USING btree (reference varchar_pattern_ops);
CREATE INDEX workflow_workitem_holder_id_1434c192 ON public.workflow_workitem USING btree (holder_id);
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_author FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_collection FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_collectionitem FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_edition FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resource FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resource_articles FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resource_clusters FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resource_countries FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resource_instruments FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resource_regions FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resource_topics FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE OF number, name, label, scan, thumbnail ON public.resources_resourcefile FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resourcerelation FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_resourcestakeholder FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER library_changed AFTER INSERT OR DELETE OR UPDATE ON public.resources_suggestedarticle FOR EACH STATEMENT EXECUTE FUNCTION public.resources_changed();
CREATE TRIGGER pgtrigger_append_only_a6b88 BEFORE DELETE OR UPDATE ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_append_only_a6b88();
COMMENT ON TRIGGER pgtrigger_append_only_a6b88 ON public.audit_entry IS '1b389f8260e22d0fbf38b4ff1e20214212b176ee';
CREATE TRIGGER pgtrigger_never_deleted_59f8f BEFORE DELETE ON public.reviews_steprecord FOR EACH ROW EXECUTE FUNCTION public.pgtrigger_never_deleted_59f8f();
COMMENT ON TRIGGER pgtrigger_never_deleted_59f8f ON public.reviews_steprecord IS 'e17e963118c1b4ca1168ee777a1e90dfc88c8c0b';
CREATE TRIGGER pgtrigger_never_overwritten_adb9f BEFORE UPDATE ON public.reviews_steprecord FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.review_id IS DISTINCT FROM new.review_id) OR ((old.cluster_id)::text IS DISTINCT FROM (new.cluster_id)::text) OR ((old.step_id)::text IS DISTINCT FROM (new.step_id)::text) OR ((old.instrument_id)::text IS DISTINCT FROM (new.instrument_id)::text) OR ((old.status)::text IS DISTINCT FROM (new.status)::text) OR ((old.date)::text IS DISTINCT FROM (new.date)::text) OR ((old.source_kind)::text IS DISTINCT FROM (new.source_kind)::text) OR (old.source IS DISTINCT FROM new.source) OR ((old.source_url)::text IS DISTINCT FROM (new.source_url)::text) OR ((old.source_date)::text IS DISTINCT FROM (new.source_date)::text) OR (old.note IS DISTINCT FROM new.note) OR (old.recorded_at IS DISTINCT FROM new.recorded_at) OR (old.is_demo IS DISTINCT FROM new.is_demo))) EXECUTE FUNCTION public.pgtrigger_never_overwritten_adb9f();
COMMENT ON TRIGGER pgtrigger_never_overwritten_adb9f ON public.reviews_steprecord IS '9883b8731a7e636e98291e0abcc7253f5d8285be';
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_accesstoken
    ADD CONSTRAINT accounts_accesstoken_user_id_9665e3f6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_consent
    ADD CONSTRAINT accounts_consent_user_id_81cd791f_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_dataexport
    ADD CONSTRAINT accounts_dataexport_user_id_1c3468c6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_checked_by_id_9f6ac1a7_fk_accounts_user_id FOREIGN KEY (checked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_confirmed_by_id_1e71b294_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_refused_by_id_37d437e3_fk_accounts_user_id FOREIGN KEY (refused_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_factorreset
    ADD CONSTRAINT accounts_factorreset_user_id_e684bddb_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_grant
    ADD CONSTRAINT accounts_grant_confirmed_by_id_47b689fe_fk_accounts_user_id FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_grant
    ADD CONSTRAINT accounts_grant_granted_by_id_979ceab8_fk_accounts_user_id FOREIGN KEY (granted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_grant
    ADD CONSTRAINT accounts_grant_user_id_7b34be41_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.accounts_retentionrun
    ADD CONSTRAINT accounts_retentionru_rule_id_d0a3cbb0_fk_accounts_ FOREIGN KEY (rule_id) REFERENCES public.accounts_retentionrule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_absence_grants
    ADD CONSTRAINT coordination_absence_absence_id_eeb574a4_fk_coordinat FOREIGN KEY (absence_id) REFERENCES public.coordination_absence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_absence
    ADD CONSTRAINT coordination_absence_appointment_id_5efed5cc_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_absence
    ADD CONSTRAINT coordination_absence_deputy_id_fa48807f_fk_accounts_user_id FOREIGN KEY (deputy_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_absence_grants
    ADD CONSTRAINT coordination_absence_grant_id_4bc11478_fk_accounts_ FOREIGN KEY (grant_id) REFERENCES public.accounts_grant(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_absence
    ADD CONSTRAINT coordination_absence_said_by_id_e11a9584_fk_accounts_user_id FOREIGN KEY (said_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activity_stakeholders
    ADD CONSTRAINT coordination_activit_activity_id_17a77749_fk_coordinat FOREIGN KEY (activity_id) REFERENCES public.coordination_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activityfile
    ADD CONSTRAINT coordination_activit_activity_id_3a7f3664_fk_coordinat FOREIGN KEY (activity_id) REFERENCES public.coordination_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activity_countries
    ADD CONSTRAINT coordination_activit_activity_id_b1883722_fk_coordinat FOREIGN KEY (activity_id) REFERENCES public.coordination_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activitynote
    ADD CONSTRAINT coordination_activit_activity_id_d4dbab53_fk_coordinat FOREIGN KEY (activity_id) REFERENCES public.coordination_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activity_topics
    ADD CONSTRAINT coordination_activit_activity_id_d5403227_fk_coordinat FOREIGN KEY (activity_id) REFERENCES public.coordination_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activitynote
    ADD CONSTRAINT coordination_activit_author_id_5dcfb836_fk_accounts_ FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activity_countries
    ADD CONSTRAINT coordination_activit_country_id_6e4651f3_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activity_stakeholders
    ADD CONSTRAINT coordination_activit_stakeholder_id_3d832e08_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activity_topics
    ADD CONSTRAINT coordination_activit_topic_id_305c81af_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activityfile
    ADD CONSTRAINT coordination_activit_uploaded_by_id_c8cd6259_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_activity
    ADD CONSTRAINT coordination_activity_author_id_bc9549f7_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_announcement
    ADD CONSTRAINT coordination_announc_language_id_94654972_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_announcement
    ADD CONSTRAINT coordination_announc_network_id_2914d8f6_fk_coordinat FOREIGN KEY (network_id) REFERENCES public.coordination_network(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_announcement
    ADD CONSTRAINT coordination_announcement_by_id_0bdd4633_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_deputy
    ADD CONSTRAINT coordination_deputy_added_by_id_05083be8_fk_accounts_user_id FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_deputy
    ADD CONSTRAINT coordination_deputy_appointment_id_292d48d5_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_deputy
    ADD CONSTRAINT coordination_deputy_user_id_9a7e7a76_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_enquiry
    ADD CONSTRAINT coordination_enquiry_appointment_id_3b756f1a_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_enquiryline
    ADD CONSTRAINT coordination_enquiry_enquiry_id_57e33051_fk_coordinat FOREIGN KEY (enquiry_id) REFERENCES public.coordination_enquiry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_enquiry
    ADD CONSTRAINT coordination_enquiry_sender_id_724105cc_fk_accounts_user_id FOREIGN KEY (sender_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_enquiryline
    ADD CONSTRAINT coordination_enquiryline_author_id_302aa869_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_followup
    ADD CONSTRAINT coordination_followu_activity_id_79fc9a63_fk_coordinat FOREIGN KEY (activity_id) REFERENCES public.coordination_activity(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_followup
    ADD CONSTRAINT coordination_followup_done_by_id_64c5e4f7_fk_accounts_user_id FOREIGN KEY (done_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_followup
    ADD CONSTRAINT coordination_followup_owner_id_523de406_fk_accounts_user_id FOREIGN KEY (owner_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handove_appointment_id_ec075f58_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handove_next_appointment_id_7580bfe5_fk_stakehold FOREIGN KEY (next_appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handove_prepared_by_id_15826bf5_fk_accounts_ FOREIGN KEY (prepared_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handover_done_by_id_852dfd04_fk_accounts_user_id FOREIGN KEY (done_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handover_set_by_id_9e6e30b3_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_handover
    ADD CONSTRAINT coordination_handover_successor_id_67d45557_fk_accounts_user_id FOREIGN KEY (successor_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_letter
    ADD CONSTRAINT coordination_letter_by_id_f889f886_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_letter
    ADD CONSTRAINT coordination_letter_decided_by_id_9f4d406a_fk_accounts_user_id FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_letter
    ADD CONSTRAINT coordination_letter_happening_id_3fe07563_fk_notificat FOREIGN KEY (happening_id) REFERENCES public.notifications_happening(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_lettercopy
    ADD CONSTRAINT coordination_letterc_conversation_id_b5dfdc33_fk_stakehold FOREIGN KEY (conversation_id) REFERENCES public.stakeholders_conversation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_lettercopy
    ADD CONSTRAINT coordination_letterc_letter_id_7be7f3b5_fk_coordinat FOREIGN KEY (letter_id) REFERENCES public.coordination_letter(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_lettercopy
    ADD CONSTRAINT coordination_letterc_stakeholder_id_97179cb7_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_letterlimit
    ADD CONSTRAINT coordination_letterl_changed_by_id_0c35b121_fk_accounts_ FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_named
    ADD CONSTRAINT coordination_named_user_id_d209578a_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkdocument
    ADD CONSTRAINT coordination_network_added_by_id_0e08fa40_fk_accounts_ FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkmeeting
    ADD CONSTRAINT coordination_network_added_by_id_6882e2cc_fk_accounts_ FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkmember
    ADD CONSTRAINT coordination_network_asked_by_id_2c95978d_fk_accounts_ FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_network
    ADD CONSTRAINT coordination_network_country_id_418a2d1e_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkmeeting
    ADD CONSTRAINT coordination_network_event_id_e2f65ad9_fk_events_ev FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_network
    ADD CONSTRAINT coordination_network_language_id_29e1eaa6_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkplan
    ADD CONSTRAINT coordination_network_language_id_92f9f735_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkplan
    ADD CONSTRAINT coordination_network_network_id_0baae198_fk_coordinat FOREIGN KEY (network_id) REFERENCES public.coordination_network(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkmember
    ADD CONSTRAINT coordination_network_network_id_2581beec_fk_coordinat FOREIGN KEY (network_id) REFERENCES public.coordination_network(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkmeeting
    ADD CONSTRAINT coordination_network_network_id_32f3777f_fk_coordinat FOREIGN KEY (network_id) REFERENCES public.coordination_network(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkdocument
    ADD CONSTRAINT coordination_network_network_id_90f40bca_fk_coordinat FOREIGN KEY (network_id) REFERENCES public.coordination_network(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_network_topics
    ADD CONSTRAINT coordination_network_network_id_ad177480_fk_coordinat FOREIGN KEY (network_id) REFERENCES public.coordination_network(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_network
    ADD CONSTRAINT coordination_network_parent_id_990e224d_fk_coordinat FOREIGN KEY (parent_id) REFERENCES public.coordination_network(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_network
    ADD CONSTRAINT coordination_network_region_id_e37f56b1_fk_taxonomy_region_m49 FOREIGN KEY (region_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkdocument
    ADD CONSTRAINT coordination_network_resource_id_cd9ead8d_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkmember
    ADD CONSTRAINT coordination_network_stakeholder_id_b758a6d7_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_network_topics
    ADD CONSTRAINT coordination_network_topic_id_845c7cb3_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_networkplan
    ADD CONSTRAINT coordination_network_written_by_id_71e075ab_fk_accounts_ FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_passed
    ADD CONSTRAINT coordination_passed_absence_id_c58ff8ae_fk_coordinat FOREIGN KEY (absence_id) REFERENCES public.coordination_absence(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_passed
    ADD CONSTRAINT coordination_passed_item_id_2125ffee_fk_workflow_workitem_id FOREIGN KEY (item_id) REFERENCES public.workflow_workitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_periodreport
    ADD CONSTRAINT coordination_periodr_author_id_b6c0a3e5_fk_accounts_ FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_periodreport
    ADD CONSTRAINT coordination_periodr_language_id_98ab4fdf_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_plangoal
    ADD CONSTRAINT coordination_plangoa_instrument_id_1494afc4_fk_taxonomy_ FOREIGN KEY (instrument_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_plangoal
    ADD CONSTRAINT coordination_plangoa_plan_id_ed08c1b0_fk_coordinat FOREIGN KEY (plan_id) REFERENCES public.coordination_networkplan(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_planstep
    ADD CONSTRAINT coordination_planste_goal_id_231219d2_fk_coordinat FOREIGN KEY (goal_id) REFERENCES public.coordination_plangoal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_planstep_responsible
    ADD CONSTRAINT coordination_planste_planstep_id_90960857_fk_coordinat FOREIGN KEY (planstep_id) REFERENCES public.coordination_planstep(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_planstep_responsible
    ADD CONSTRAINT coordination_planste_stakeholder_id_87f457d6_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_planstep
    ADD CONSTRAINT coordination_planste_state_id_d1541ea3_fk_taxonomy_ FOREIGN KEY (state_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.coordination_termnote
    ADD CONSTRAINT coordination_termnot_appointment_id_d2fd256b_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_attendance
    ADD CONSTRAINT events_attendance_event_id_7d028551_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_attendance
    ADD CONSTRAINT events_attendance_written_by_id_1aced347_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_calendaraddress
    ADD CONSTRAINT events_calendaraddress_user_id_0dee470f_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_closure
    ADD CONSTRAINT events_closure_room_id_314dcb24_fk_events_room_id FOREIGN KEY (room_id) REFERENCES public.events_room(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_deskcomment
    ADD CONSTRAINT events_deskcomment_by_id_b8a06327_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_deskcomment
    ADD CONSTRAINT events_deskcomment_proposal_id_4613da5a_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_eligibilityanswer
    ADD CONSTRAINT events_eligibilityan_proposal_id_535a32c5_fk_events_pr FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_eligibilityanswer
    ADD CONSTRAINT events_eligibilityan_question_id_9c267f9e_fk_events_el FOREIGN KEY (question_id) REFERENCES public.events_eligibilityquestion(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_eligibilityanswer
    ADD CONSTRAINT events_eligibilityanswer_by_id_bc6dbd37_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_body_id_a8c931fe_fk_events_body_code FOREIGN KEY (body_id) REFERENCES public.events_body(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_country_id_11e1bf17_fk_taxonomy_country_iso3 FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event_languages
    ADD CONSTRAINT events_event_languag_language_id_658ba3c9_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_language_id_60c529ec_fk_taxonomy_language_code FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event_languages
    ADD CONSTRAINT events_event_languages_event_id_3abea395_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_organizer_id_3afa7809_fk_stakehold FOREIGN KEY (organizer_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_part_of_id_9dc8c339_fk_events_event_id FOREIGN KEY (part_of_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event_topics
    ADD CONSTRAINT events_event_topics_event_id_899728de_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event_topics
    ADD CONSTRAINT events_event_topics_topic_id_1e1f2630_fk_taxonomy_topic_code FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_written_by_id_f951a4b6_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_eventdocument
    ADD CONSTRAINT events_eventdocument_event_id_8507c0b7_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_invited
    ADD CONSTRAINT events_invited_added_by_id_2e3d7591_fk_accounts_user_id FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_invited
    ADD CONSTRAINT events_invited_rules_id_4dab059f_fk_events_registrationrules_id FOREIGN KEY (rules_id) REFERENCES public.events_registrationrules(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_libraryentry
    ADD CONSTRAINT events_libraryentry_event_id_98f1bedf_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_libraryentry
    ADD CONSTRAINT events_libraryentry_proposal_id_5d2bf1c2_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_libraryentry
    ADD CONSTRAINT events_libraryentry_resource_id_bf72459d_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_meetinglink
    ADD CONSTRAINT events_meetinglink_added_by_id_07b518d4_fk_accounts_user_id FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_meetinglink
    ADD CONSTRAINT events_meetinglink_proposal_id_60d48003_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_merger
    ADD CONSTRAINT events_merger_agreed_by_id_3f97da34_fk_accounts_user_id FOREIGN KEY (agreed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_merger
    ADD CONSTRAINT events_merger_into_agreed_by_id_3bcc84ff_fk_accounts_user_id FOREIGN KEY (into_agreed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_merger
    ADD CONSTRAINT events_merger_into_id_24cb6cc5_fk_events_proposal_id FOREIGN KEY (into_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_merger
    ADD CONSTRAINT events_merger_proposal_id_f2d46f17_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_merger
    ADD CONSTRAINT events_merger_proposed_by_id_40926e80_fk_accounts_user_id FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_officialitem
    ADD CONSTRAINT events_officialitem_event_id_bdff024b_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_officialitem
    ADD CONSTRAINT events_officialitem_language_id_dae35d40_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_officialitem
    ADD CONSTRAINT events_officialitem_room_id_b57f3195_fk_events_room_id FOREIGN KEY (room_id) REFERENCES public.events_room(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_partner
    ADD CONSTRAINT events_partner_answered_by_id_525174fe_fk_accounts_user_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_partner
    ADD CONSTRAINT events_partner_invited_by_id_a4faa5b3_fk_accounts_user_id FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_partner
    ADD CONSTRAINT events_partner_proposal_id_43b927ed_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_partner
    ADD CONSTRAINT events_partner_stakeholder_id_138122aa_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_placement
    ADD CONSTRAINT events_placement_changed_by_id_f2fce6ba_fk_accounts_user_id FOREIGN KEY (changed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_placement
    ADD CONSTRAINT events_placement_proposal_id_228a9d61_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_placement
    ADD CONSTRAINT events_placement_room_id_30137a4f_fk_events_room_id FOREIGN KEY (room_id) REFERENCES public.events_room(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_programme
    ADD CONSTRAINT events_programme_event_id_7d0eb39f_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_author_id_49b76fa5_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_authorized_by_id_72dc14a1_fk_accounts_user_id FOREIGN KEY (authorized_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_event_id_3be71eee_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_interpretation
    ADD CONSTRAINT events_proposal_inte_language_id_5c47e01c_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_interpretation
    ADD CONSTRAINT events_proposal_inte_proposal_id_f760a51d_fk_events_pr FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_language_id_5b13a257_fk_taxonomy_language_code FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_lead_id_c614acc4_fk_stakeholders_stakeholder_id FOREIGN KEY (lead_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_merged_into_id_4e2c610e_fk_events_proposal_id FOREIGN KEY (merged_into_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_more_themes
    ADD CONSTRAINT events_proposal_more_proposal_id_9669a0fc_fk_events_pr FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_more_themes
    ADD CONSTRAINT events_proposal_more_topic_id_b7ba8c3c_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_spoken
    ADD CONSTRAINT events_proposal_spok_language_id_d1a0f89d_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_spoken
    ADD CONSTRAINT events_proposal_spok_proposal_id_05bacd16_fk_events_pr FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_supporting
    ADD CONSTRAINT events_proposal_supp_country_id_4a203064_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal_supporting
    ADD CONSTRAINT events_proposal_supp_proposal_id_2d67b1b6_fk_events_pr FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposal
    ADD CONSTRAINT events_proposal_theme_id_c29fd67d_fk_taxonomy_topic_code FOREIGN KEY (theme_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposalround
    ADD CONSTRAINT events_proposalround_event_id_771d3ce7_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposalround_themes
    ADD CONSTRAINT events_proposalround_proposalround_id_c2aa8b6b_fk_events_pr FOREIGN KEY (proposalround_id) REFERENCES public.events_proposalround(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_proposalround_themes
    ADD CONSTRAINT events_proposalround_topic_id_caf49c59_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_quota
    ADD CONSTRAINT events_quota_rules_id_93496574_fk_events_registrationrules_id FOREIGN KEY (rules_id) REFERENCES public.events_registrationrules(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registration
    ADD CONSTRAINT events_registration_counted_by_id_b48df832_fk_accounts_user_id FOREIGN KEY (counted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registration
    ADD CONSTRAINT events_registration_registered_by_id_17a3e97a_fk_accounts_ FOREIGN KEY (registered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registration
    ADD CONSTRAINT events_registration_rules_id_9b5efe64_fk_events_re FOREIGN KEY (rules_id) REFERENCES public.events_registrationrules(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registration
    ADD CONSTRAINT events_registration_stakeholder_id_e45034dc_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registration
    ADD CONSTRAINT events_registration_user_id_2a61b516_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registrationanswer
    ADD CONSTRAINT events_registrationa_question_id_a2a48813_fk_events_re FOREIGN KEY (question_id) REFERENCES public.events_registrationquestion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registrationanswer
    ADD CONSTRAINT events_registrationa_registration_id_c23afabe_fk_events_re FOREIGN KEY (registration_id) REFERENCES public.events_registration(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registrationquestion
    ADD CONSTRAINT events_registrationq_rules_id_31aad42d_fk_events_re FOREIGN KEY (rules_id) REFERENCES public.events_registrationrules(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_registrationrules
    ADD CONSTRAINT events_registrationrules_event_id_38b4bcdc_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_release
    ADD CONSTRAINT events_release_by_id_ecef2805_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_release
    ADD CONSTRAINT events_release_programme_id_163ea5e3_fk_events_pr FOREIGN KEY (programme_id) REFERENCES public.events_programme(event_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_releasechange
    ADD CONSTRAINT events_releasechange_proposal_id_8bf1afde_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_releasechange
    ADD CONSTRAINT events_releasechange_release_id_ec4b0e5c_fk_events_release_id FOREIGN KEY (release_id) REFERENCES public.events_release(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reminder
    ADD CONSTRAINT events_reminder_rules_id_eb4dab5b_fk_events_re FOREIGN KEY (rules_id) REFERENCES public.events_registrationrules(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_report
    ADD CONSTRAINT events_report_event_id_8f67cbbf_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_report
    ADD CONSTRAINT events_report_language_id_d4f33fca_fk_taxonomy_language_code FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_report
    ADD CONSTRAINT events_report_proposal_id_86495dc5_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_report
    ADD CONSTRAINT events_report_written_by_id_fae513fc_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reportfile
    ADD CONSTRAINT events_reportfile_report_id_3d6a6748_fk_events_report_id FOREIGN KEY (report_id) REFERENCES public.events_report(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reportfile
    ADD CONSTRAINT events_reportfile_uploaded_by_id_7b77ba6c_fk_accounts_user_id FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reportlink
    ADD CONSTRAINT events_reportlink_report_id_2029a00d_fk_events_report_id FOREIGN KEY (report_id) REFERENCES public.events_report(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reviewarea
    ADD CONSTRAINT events_reviewarea_event_id_1edd0cf9_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reviewarea
    ADD CONSTRAINT events_reviewarea_region_id_279d896f_fk_taxonomy_region_m49 FOREIGN KEY (region_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reviewarea
    ADD CONSTRAINT events_reviewarea_reviewer_id_a8bdf2a0_fk_accounts_user_id FOREIGN KEY (reviewer_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_reviewarea
    ADD CONSTRAINT events_reviewarea_theme_id_2c5253e0_fk_taxonomy_topic_code FOREIGN KEY (theme_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_room
    ADD CONSTRAINT events_room_event_id_decb5066_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_room_interpretation
    ADD CONSTRAINT events_room_interpre_language_id_39089aba_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_room_interpretation
    ADD CONSTRAINT events_room_interpretation_room_id_49a9f0f5_fk_events_room_id FOREIGN KEY (room_id) REFERENCES public.events_room(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_shown
    ADD CONSTRAINT events_shown_proposal_id_a3b75973_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_shown
    ADD CONSTRAINT events_shown_room_id_8f310dea_fk_events_room_id FOREIGN KEY (room_id) REFERENCES public.events_room(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_speaker
    ADD CONSTRAINT events_speaker_proposal_id_e8d233c3_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_star
    ADD CONSTRAINT events_star_proposal_id_bd77b034_fk_events_proposal_id FOREIGN KEY (proposal_id) REFERENCES public.events_proposal(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_star
    ADD CONSTRAINT events_star_user_id_27fe912c_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_trustedproposer
    ADD CONSTRAINT events_trustedpropos_stakeholder_id_e1b16b76_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_trustedproposer
    ADD CONSTRAINT events_trustedproposer_ended_by_id_68439664_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_trustedproposer
    ADD CONSTRAINT events_trustedproposer_given_by_id_36a7ba6b_fk_accounts_user_id FOREIGN KEY (given_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issue
    ADD CONSTRAINT news_issue_approved_by_id_9e4cbe6e_fk_accounts_user_id FOREIGN KEY (approved_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issue
    ADD CONSTRAINT news_issue_happening_id_c89f69fd_fk_notifications_happening_id FOREIGN KEY (happening_id) REFERENCES public.notifications_happening(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issue
    ADD CONSTRAINT news_issue_made_by_id_35db73ca_fk_accounts_user_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issue_topics
    ADD CONSTRAINT news_issue_topics_issue_id_0413ee8b_fk_news_issue_id FOREIGN KEY (issue_id) REFERENCES public.news_issue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issue_topics
    ADD CONSTRAINT news_issue_topics_topic_id_884b6df5_fk_taxonomy_topic_code FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issueitem
    ADD CONSTRAINT news_issueitem_issue_id_6d111f91_fk_news_issue_id FOREIGN KEY (issue_id) REFERENCES public.news_issue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issueitem
    ADD CONSTRAINT news_issueitem_section_id_feef8b53_fk_news_issuesection_id FOREIGN KEY (section_id) REFERENCES public.news_issuesection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_issuesection
    ADD CONSTRAINT news_issuesection_issue_id_8b42ec45_fk_news_issue_id FOREIGN KEY (issue_id) REFERENCES public.news_issue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_newslink
    ADD CONSTRAINT news_newslink_language_id_f70ba419_fk_taxonomy_language_code FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_newslink_topics
    ADD CONSTRAINT news_newslink_topics_newslink_id_b12721b6_fk_news_newslink_id FOREIGN KEY (newslink_id) REFERENCES public.news_newslink(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_newslink_topics
    ADD CONSTRAINT news_newslink_topics_topic_id_8e4b51ba_fk_taxonomy_topic_code FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story
    ADD CONSTRAINT news_story_author_id_b8d8366f_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story_countries
    ADD CONSTRAINT news_story_countries_country_id_433d2b8c_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story_countries
    ADD CONSTRAINT news_story_countries_story_id_4cca352d_fk_news_story_id FOREIGN KEY (story_id) REFERENCES public.news_story(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story
    ADD CONSTRAINT news_story_language_id_683af9ac_fk_taxonomy_language_code FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story
    ADD CONSTRAINT news_story_original_id_a35a5bdc_fk_news_story_id FOREIGN KEY (original_id) REFERENCES public.news_story(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story
    ADD CONSTRAINT news_story_stakeholder_id_45e1d146_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story_topics
    ADD CONSTRAINT news_story_topics_story_id_16ccd82b_fk_news_story_id FOREIGN KEY (story_id) REFERENCES public.news_story(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_story_topics
    ADD CONSTRAINT news_story_topics_topic_id_5f9250df_fk_taxonomy_topic_code FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_storyimage
    ADD CONSTRAINT news_storyimage_story_id_8355d44b_fk_news_story_id FOREIGN KEY (story_id) REFERENCES public.news_story(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_storyrevision
    ADD CONSTRAINT news_storyrevision_by_id_37a55c72_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_storyrevision
    ADD CONSTRAINT news_storyrevision_story_id_c03ba63d_fk_news_story_id FOREIGN KEY (story_id) REFERENCES public.news_story(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_subscriber_topics
    ADD CONSTRAINT news_subscriber_topi_subscriber_id_5e04c8d5_fk_news_subs FOREIGN KEY (subscriber_id) REFERENCES public.news_subscriber(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.news_subscriber_topics
    ADD CONSTRAINT news_subscriber_topics_topic_id_4efbdd87_fk_taxonomy_topic_code FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_digest
    ADD CONSTRAINT notifications_digest_user_id_01fcc33e_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_follow
    ADD CONSTRAINT notifications_follow_user_id_bb6f211c_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_habits
    ADD CONSTRAINT notifications_habits_user_id_a9235442_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_mailevent
    ADD CONSTRAINT notifications_mailev_message_id_65e5d95d_fk_notificat FOREIGN KEY (message_id) REFERENCES public.notifications_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_messag_again_of_id_bbd791c9_fk_notificat FOREIGN KEY (again_of_id) REFERENCES public.notifications_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_messag_happening_id_d3c93233_fk_notificat FOREIGN KEY (happening_id) REFERENCES public.notifications_happening(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_message
    ADD CONSTRAINT notifications_message_user_id_89f939e6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_notice
    ADD CONSTRAINT notifications_notice_digest_id_565db297_fk_notificat FOREIGN KEY (digest_id) REFERENCES public.notifications_digest(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_notice
    ADD CONSTRAINT notifications_notice_happening_id_d2a0e849_fk_notificat FOREIGN KEY (happening_id) REFERENCES public.notifications_happening(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_notice
    ADD CONSTRAINT notifications_notice_user_id_552cc228_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_pause
    ADD CONSTRAINT notifications_pause_by_id_476f0279_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_pause
    ADD CONSTRAINT notifications_pause_ended_by_id_9f082c98_fk_accounts_user_id FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_pause
    ADD CONSTRAINT notifications_pause_happening_id_472bc7ea_fk_notificat FOREIGN KEY (happening_id) REFERENCES public.notifications_happening(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT notifications_preference_user_id_c839c2d6_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_suppression
    ADD CONSTRAINT notifications_suppre_event_id_5dae3da6_fk_notificat FOREIGN KEY (event_id) REFERENCES public.notifications_mailevent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notifications_suppression
    ADD CONSTRAINT notifications_suppression_by_id_9efbda1e_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_author
    ADD CONSTRAINT resources_author_resource_id_b1b9e059_fk_resources_resource_id FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_bookmark
    ADD CONSTRAINT resources_bookmark_resource_id_d433a70c_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_bookmark
    ADD CONSTRAINT resources_bookmark_user_id_8c25f41a_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_collectionitem
    ADD CONSTRAINT resources_collection_collection_id_4b845a9c_fk_resources FOREIGN KEY (collection_id) REFERENCES public.resources_collection(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_collection
    ADD CONSTRAINT resources_collection_language_id_35ef22a4_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_collection
    ADD CONSTRAINT resources_collection_owner_id_af4f71c0_fk_stakehold FOREIGN KEY (owner_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_collectionitem
    ADD CONSTRAINT resources_collection_resource_id_b58a256a_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_collection
    ADD CONSTRAINT resources_collection_written_by_id_86a70451_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_edition
    ADD CONSTRAINT resources_edition_language_id_2557fc2f_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_edition
    ADD CONSTRAINT resources_edition_resource_id_f740f363_fk_resources_resource_id FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_filepage
    ADD CONSTRAINT resources_filepage_file_id_aea0869d_fk_resources FOREIGN KEY (file_id) REFERENCES public.resources_resourcefile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_proposedfile
    ADD CONSTRAINT resources_proposedfi_edition_id_d027b5e0_fk_resources FOREIGN KEY (edition_id) REFERENCES public.resources_edition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_proposedfile
    ADD CONSTRAINT resources_proposedfi_uploaded_by_id_26fd2dc2_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_articles
    ADD CONSTRAINT resources_resource_a_article_id_b7bb3507_fk_taxonomy_ FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_articles
    ADD CONSTRAINT resources_resource_a_resource_id_0df37e1b_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_clusters
    ADD CONSTRAINT resources_resource_c_cluster_id_40bbf88a_fk_taxonomy_ FOREIGN KEY (cluster_id) REFERENCES public.taxonomy_cluster(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_countries
    ADD CONSTRAINT resources_resource_c_country_id_40f9a0b6_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_countries
    ADD CONSTRAINT resources_resource_c_resource_id_d3788a51_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_clusters
    ADD CONSTRAINT resources_resource_c_resource_id_f43f8fce_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_instruments
    ADD CONSTRAINT resources_resource_i_instrument_id_247d1475_fk_taxonomy_ FOREIGN KEY (instrument_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_instruments
    ADD CONSTRAINT resources_resource_i_resource_id_97f7ee3f_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource
    ADD CONSTRAINT resources_resource_language_id_994643f2_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource
    ADD CONSTRAINT resources_resource_merged_into_id_c2e2d699_fk_resources FOREIGN KEY (merged_into_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_regions
    ADD CONSTRAINT resources_resource_r_region_id_ea9b0942_fk_taxonomy_ FOREIGN KEY (region_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_regions
    ADD CONSTRAINT resources_resource_r_resource_id_c2f3366b_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource
    ADD CONSTRAINT resources_resource_suggested_by_id_6bdb7362_fk_accounts_user_id FOREIGN KEY (suggested_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource
    ADD CONSTRAINT resources_resource_suggested_for_id_406e1187_fk_stakehold FOREIGN KEY (suggested_for_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_topics
    ADD CONSTRAINT resources_resource_t_resource_id_1109ae95_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resource_topics
    ADD CONSTRAINT resources_resource_t_topic_id_a81b7580_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resourcefile
    ADD CONSTRAINT resources_resourcefi_edition_id_73ef90a2_fk_resources FOREIGN KEY (edition_id) REFERENCES public.resources_edition(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resourcefile
    ADD CONSTRAINT resources_resourcefi_uploaded_by_id_a3b78d84_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resourcerelation
    ADD CONSTRAINT resources_resourcere_other_id_68cd6b2b_fk_resources FOREIGN KEY (other_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resourcerelation
    ADD CONSTRAINT resources_resourcere_resource_id_1c523a40_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resourcestakeholder
    ADD CONSTRAINT resources_resourcest_resource_id_41e3e8ed_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_resourcestakeholder
    ADD CONSTRAINT resources_resourcest_stakeholder_id_c9937a1f_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_savedsearch
    ADD CONSTRAINT resources_savedsearch_user_id_09195be3_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_suggestedarticle
    ADD CONSTRAINT resources_suggesteda_article_id_c01e4c6c_fk_taxonomy_ FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.resources_suggestedarticle
    ADD CONSTRAINT resources_suggesteda_resource_id_9f23c609_fk_resources FOREIGN KEY (resource_id) REFERENCES public.resources_resource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_answer
    ADD CONSTRAINT reviews_answer_contribution_id_6d4a9a21_fk_reviews_c FOREIGN KEY (contribution_id) REFERENCES public.reviews_contribution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_answer
    ADD CONSTRAINT reviews_answer_question_id_b1ddf053_fk_reviews_question_id FOREIGN KEY (question_id) REFERENCES public.reviews_question(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_bureauanswer
    ADD CONSTRAINT reviews_bureauanswer_bureau_list_id_eeb7fa7c_fk_reviews_b FOREIGN KEY (bureau_list_id) REFERENCES public.reviews_bureaulist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_bureauanswer
    ADD CONSTRAINT reviews_bureauanswer_sent_by_id_6ee0e953_fk_accounts_user_id FOREIGN KEY (sent_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_bureaulist
    ADD CONSTRAINT reviews_bureaulist_dialogue_id_c657e9b6_fk_reviews_dialogue_id FOREIGN KEY (dialogue_id) REFERENCES public.reviews_dialogue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_bureaulist
    ADD CONSTRAINT reviews_bureaulist_made_by_id_f8a017d7_fk_accounts_user_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_accepts
    ADD CONSTRAINT reviews_call_accepts_call_id_35b8c6ec_fk_reviews_call_id FOREIGN KEY (call_id) REFERENCES public.reviews_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_accepts
    ADD CONSTRAINT reviews_call_accepts_language_id_e99197d8_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_articles
    ADD CONSTRAINT reviews_call_article_article_id_61478a0b_fk_taxonomy_ FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_articles
    ADD CONSTRAINT reviews_call_articles_call_id_e2c9ec82_fk_reviews_call_id FOREIGN KEY (call_id) REFERENCES public.reviews_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call
    ADD CONSTRAINT reviews_call_cluster_id_ee654126_fk_taxonomy_cluster_code FOREIGN KEY (cluster_id) REFERENCES public.taxonomy_cluster(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_countries
    ADD CONSTRAINT reviews_call_countri_country_id_9b506c92_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_countries
    ADD CONSTRAINT reviews_call_countries_call_id_52ac2068_fk_reviews_call_id FOREIGN KEY (call_id) REFERENCES public.reviews_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call
    ADD CONSTRAINT reviews_call_drafted_by_id_5ee83d81_fk_accounts_user_id FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call
    ADD CONSTRAINT reviews_call_language_id_a972a111_fk_taxonomy_language_code FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_topics
    ADD CONSTRAINT reviews_call_topics_call_id_8395dd57_fk_reviews_call_id FOREIGN KEY (call_id) REFERENCES public.reviews_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_call_topics
    ADD CONSTRAINT reviews_call_topics_topic_id_318986c0_fk_taxonomy_topic_code FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_contribution
    ADD CONSTRAINT reviews_contribution_author_id_d6d18ea3_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_contribution
    ADD CONSTRAINT reviews_contribution_call_id_e5987a8c_fk_reviews_call_id FOREIGN KEY (call_id) REFERENCES public.reviews_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_contribution_countries
    ADD CONSTRAINT reviews_contribution_contribution_id_618f0abd_fk_reviews_c FOREIGN KEY (contribution_id) REFERENCES public.reviews_contribution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_contribution_countries
    ADD CONSTRAINT reviews_contribution_country_id_ba538569_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_contribution
    ADD CONSTRAINT reviews_contribution_declined_by_rule_id_96c49278_fk_reviews_s FOREIGN KEY (declined_by_rule_id) REFERENCES public.reviews_screeningrule(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_contribution
    ADD CONSTRAINT reviews_contribution_language_id_77abc7be_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_contribution
    ADD CONSTRAINT reviews_contribution_stakeholder_id_e02902e2_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_correction
    ADD CONSTRAINT reviews_correction_answered_by_id_84e6f52f_fk_accounts_user_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_correction
    ADD CONSTRAINT reviews_correction_record_id_9c6f8a75_fk_reviews_steprecord_id FOREIGN KEY (record_id) REFERENCES public.reviews_steprecord(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_correction
    ADD CONSTRAINT reviews_correction_reporter_id_65652da0_fk_accounts_user_id FOREIGN KEY (reporter_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_correction
    ADD CONSTRAINT reviews_correction_review_id_b3711d71_fk_reviews_c FOREIGN KEY (review_id) REFERENCES public.reviews_countryreview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_cosignature
    ADD CONSTRAINT reviews_cosignature_answered_by_id_113e59b4_fk_accounts_user_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_cosignature
    ADD CONSTRAINT reviews_cosignature_contribution_id_e9d0050a_fk_reviews_c FOREIGN KEY (contribution_id) REFERENCES public.reviews_contribution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_cosignature
    ADD CONSTRAINT reviews_cosignature_invited_by_id_b509765b_fk_accounts_user_id FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_cosignature
    ADD CONSTRAINT reviews_cosignature_stakeholder_id_05caf230_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_countryreview
    ADD CONSTRAINT reviews_countryrevie_country_id_b6c0173a_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_countryreview
    ADD CONSTRAINT reviews_countryrevie_group_id_aaaf8c90_fk_reviews_r FOREIGN KEY (group_id) REFERENCES public.reviews_reviewgroup(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogue
    ADD CONSTRAINT reviews_dialogue_event_id_53cca257_fk_events_event_id FOREIGN KEY (event_id) REFERENCES public.events_event(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogue
    ADD CONSTRAINT reviews_dialogue_language_id_72113b62_fk_taxonomy_language_code FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogue
    ADD CONSTRAINT reviews_dialogue_written_by_id_5d6a6b94_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueapplication
    ADD CONSTRAINT reviews_dialogueappl_applicant_id_fc0926be_fk_accounts_ FOREIGN KEY (applicant_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueapplication
    ADD CONSTRAINT reviews_dialogueappl_language_id_d6d7b538_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueapplication
    ADD CONSTRAINT reviews_dialogueappl_prepared_by_id_4dfa5670_fk_accounts_ FOREIGN KEY (prepared_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueapplication
    ADD CONSTRAINT reviews_dialogueappl_stakeholder_id_5a505754_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueexpertise
    ADD CONSTRAINT reviews_dialogueexpe_application_id_b01df67b_fk_reviews_d FOREIGN KEY (application_id) REFERENCES public.reviews_dialogueapplication(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueexpertise
    ADD CONSTRAINT reviews_dialogueexpe_topic_id_e3722db2_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueline
    ADD CONSTRAINT reviews_dialogueline_application_id_46bf7e3a_fk_reviews_d FOREIGN KEY (application_id) REFERENCES public.reviews_dialogueapplication(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueline
    ADD CONSTRAINT reviews_dialogueline_dialogue_id_4f8fca2f_fk_reviews_d FOREIGN KEY (dialogue_id) REFERENCES public.reviews_dialogue(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialogueline
    ADD CONSTRAINT reviews_dialogueline_person_id_76ac7e95_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialoguestatement
    ADD CONSTRAINT reviews_dialoguestat_checked_by_id_0632e872_fk_accounts_ FOREIGN KEY (checked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialoguestatement
    ADD CONSTRAINT reviews_dialoguestat_language_id_b834eedf_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_dialoguestatement
    ADD CONSTRAINT reviews_dialoguestat_line_id_6c0aa84e_fk_reviews_d FOREIGN KEY (line_id) REFERENCES public.reviews_dialogueline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_evidence
    ADD CONSTRAINT reviews_evidence_contribution_id_900489d5_fk_reviews_c FOREIGN KEY (contribution_id) REFERENCES public.reviews_contribution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_evidence
    ADD CONSTRAINT reviews_evidence_uploaded_by_id_1e614035_fk_accounts_user_id FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_evidencelink
    ADD CONSTRAINT reviews_evidencelink_contribution_id_70af4bf2_fk_reviews_c FOREIGN KEY (contribution_id) REFERENCES public.reviews_contribution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_focalpoint
    ADD CONSTRAINT reviews_focalpoint_review_id_865d2549_fk_reviews_c FOREIGN KEY (review_id) REFERENCES public.reviews_countryreview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_followup
    ADD CONSTRAINT reviews_followup_call_id_52557685_fk_reviews_call_id FOREIGN KEY (call_id) REFERENCES public.reviews_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_followup
    ADD CONSTRAINT reviews_followup_written_by_id_0e1530a3_fk_accounts_user_id FOREIGN KEY (written_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_objection
    ADD CONSTRAINT reviews_objection_line_id_75c0d087_fk_reviews_dialogueline_id FOREIGN KEY (line_id) REFERENCES public.reviews_dialogueline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_objection
    ADD CONSTRAINT reviews_objection_recorded_by_id_f08a3040_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation_contributions
    ADD CONSTRAINT reviews_observation__contribution_id_ab9cba2a_fk_reviews_c FOREIGN KEY (contribution_id) REFERENCES public.reviews_contribution(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation_contributions
    ADD CONSTRAINT reviews_observation__observation_id_ca78b137_fk_reviews_o FOREIGN KEY (observation_id) REFERENCES public.reviews_observation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation_topics
    ADD CONSTRAINT reviews_observation__observation_id_e3ba067b_fk_reviews_o FOREIGN KEY (observation_id) REFERENCES public.reviews_observation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation_topics
    ADD CONSTRAINT reviews_observation__topic_id_9df76c17_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation
    ADD CONSTRAINT reviews_observation_article_id_599706f5_fk_taxonomy_ FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation
    ADD CONSTRAINT reviews_observation_country_id_78ee6d99_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation
    ADD CONSTRAINT reviews_observation_language_id_e79c33b4_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation
    ADD CONSTRAINT reviews_observation_recorded_by_id_85dd3d54_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_observation
    ADD CONSTRAINT reviews_observation_split_from_id_a14d085c_fk_reviews_o FOREIGN KEY (split_from_id) REFERENCES public.reviews_observation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_phase
    ADD CONSTRAINT reviews_phase_cluster_id_33def907_fk_taxonomy_cluster_code FOREIGN KEY (cluster_id) REFERENCES public.taxonomy_cluster(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_phase
    ADD CONSTRAINT reviews_phase_group_id_8e2315f5_fk_reviews_reviewgroup_code FOREIGN KEY (group_id) REFERENCES public.reviews_reviewgroup(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_question
    ADD CONSTRAINT reviews_question_article_id_05a97870_fk_taxonomy_article_code FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_question
    ADD CONSTRAINT reviews_question_call_id_b24ff5cc_fk_reviews_call_id FOREIGN KEY (call_id) REFERENCES public.reviews_call(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewdocument
    ADD CONSTRAINT reviews_reviewdocume_cluster_id_6f5e8e28_fk_taxonomy_ FOREIGN KEY (cluster_id) REFERENCES public.taxonomy_cluster(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewdocument
    ADD CONSTRAINT reviews_reviewdocume_kind_id_609a115a_fk_reviews_d FOREIGN KEY (kind_id) REFERENCES public.reviews_documentkind(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewdocument
    ADD CONSTRAINT reviews_reviewdocume_review_id_69099db9_fk_reviews_c FOREIGN KEY (review_id) REFERENCES public.reviews_countryreview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewimport_observations
    ADD CONSTRAINT reviews_reviewimport_observation_id_d8a4d07f_fk_reviews_o FOREIGN KEY (observation_id) REFERENCES public.reviews_observation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewimport_documents
    ADD CONSTRAINT reviews_reviewimport_reviewdocument_id_30b9b2ef_fk_reviews_r FOREIGN KEY (reviewdocument_id) REFERENCES public.reviews_reviewdocument(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewimport_documents
    ADD CONSTRAINT reviews_reviewimport_reviewimport_id_6d1513fc_fk_reviews_r FOREIGN KEY (reviewimport_id) REFERENCES public.reviews_reviewimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewimport_observations
    ADD CONSTRAINT reviews_reviewimport_reviewimport_id_819dee59_fk_reviews_r FOREIGN KEY (reviewimport_id) REFERENCES public.reviews_reviewimport(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewimport
    ADD CONSTRAINT reviews_reviewimport_sent_by_id_6d9330b9_fk_accounts_user_id FOREIGN KEY (sent_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewingstate
    ADD CONSTRAINT reviews_reviewingsta_instrument_id_d98180f9_fk_taxonomy_ FOREIGN KEY (instrument_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewingstate
    ADD CONSTRAINT reviews_reviewingsta_review_id_a6eec7a8_fk_reviews_c FOREIGN KEY (review_id) REFERENCES public.reviews_countryreview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_reviewingstate
    ADD CONSTRAINT reviews_reviewingsta_reviewer_id_0e6805e6_fk_taxonomy_ FOREIGN KEY (reviewer_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_snapshot
    ADD CONSTRAINT reviews_snapshot_instrument_id_48176047_fk_taxonomy_ FOREIGN KEY (instrument_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_snapshot
    ADD CONSTRAINT reviews_snapshot_measure_id_cbcc45b5_fk_reviews_measure_code FOREIGN KEY (measure_id) REFERENCES public.reviews_measure(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_stepkind
    ADD CONSTRAINT reviews_stepkind_document_id_eeab0808_fk_reviews_d FOREIGN KEY (document_id) REFERENCES public.reviews_documentkind(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_stepkind
    ADD CONSTRAINT reviews_stepkind_due_from_id_089db39b_fk_reviews_stepkind_code FOREIGN KEY (due_from_id) REFERENCES public.reviews_stepkind(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_steprecord
    ADD CONSTRAINT reviews_steprecord_cluster_id_8fcf1c1e_fk_taxonomy_cluster_code FOREIGN KEY (cluster_id) REFERENCES public.taxonomy_cluster(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_steprecord
    ADD CONSTRAINT reviews_steprecord_instrument_id_c6380b25_fk_taxonomy_ FOREIGN KEY (instrument_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_steprecord
    ADD CONSTRAINT reviews_steprecord_recorded_by_id_2c351ee9_fk_accounts_user_id FOREIGN KEY (recorded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_steprecord
    ADD CONSTRAINT reviews_steprecord_review_id_6f00a446_fk_reviews_c FOREIGN KEY (review_id) REFERENCES public.reviews_countryreview(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.reviews_steprecord
    ADD CONSTRAINT reviews_steprecord_step_id_8022e948_fk_reviews_stepkind_code FOREIGN KEY (step_id) REFERENCES public.reviews_stepkind(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application
    ADD CONSTRAINT stakeholders_applica_applicant_id_9dc14b31_fk_accounts_ FOREIGN KEY (applicant_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_works_in
    ADD CONSTRAINT stakeholders_applica_application_id_346f14c0_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_languages
    ADD CONSTRAINT stakeholders_applica_application_id_5564eedb_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_engagement_areas
    ADD CONSTRAINT stakeholders_applica_application_id_7a6358fa_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_articles
    ADD CONSTRAINT stakeholders_applica_application_id_9f4bf7d8_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_topics
    ADD CONSTRAINT stakeholders_applica_application_id_cd45f001_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_articles
    ADD CONSTRAINT stakeholders_applica_article_id_7b16b3d6_fk_taxonomy_ FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application
    ADD CONSTRAINT stakeholders_applica_country_id_b645351e_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_works_in
    ADD CONSTRAINT stakeholders_applica_country_id_d1de9336_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_engagement_areas
    ADD CONSTRAINT stakeholders_applica_engagementarea_id_dccb7ce8_fk_taxonomy_ FOREIGN KEY (engagementarea_id) REFERENCES public.taxonomy_engagementarea(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_languages
    ADD CONSTRAINT stakeholders_applica_language_id_8044327c_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application
    ADD CONSTRAINT stakeholders_applica_mission_language_id_3169ebde_fk_taxonomy_ FOREIGN KEY (mission_language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application
    ADD CONSTRAINT stakeholders_applica_stakeholder_id_fb743a1a_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_application_topics
    ADD CONSTRAINT stakeholders_applica_topic_id_cb127e1e_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment
    ADD CONSTRAINT stakeholders_appoint_appointed_by_id_c82a3b82_fk_accounts_ FOREIGN KEY (appointed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment_grants
    ADD CONSTRAINT stakeholders_appoint_appointment_id_321b4c59_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment_countries
    ADD CONSTRAINT stakeholders_appoint_appointment_id_59893af5_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment_regions
    ADD CONSTRAINT stakeholders_appoint_appointment_id_7d8ee1b1_fk_stakehold FOREIGN KEY (appointment_id) REFERENCES public.stakeholders_appointment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment_countries
    ADD CONSTRAINT stakeholders_appoint_country_id_60887de8_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment
    ADD CONSTRAINT stakeholders_appoint_ended_by_id_25f5bf97_fk_accounts_ FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment_grants
    ADD CONSTRAINT stakeholders_appoint_grant_id_cb9ef8fa_fk_accounts_ FOREIGN KEY (grant_id) REFERENCES public.accounts_grant(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment_regions
    ADD CONSTRAINT stakeholders_appoint_region_id_43d53fe2_fk_taxonomy_ FOREIGN KEY (region_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_appointment
    ADD CONSTRAINT stakeholders_appointment_user_id_89bd8e83_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_block
    ADD CONSTRAINT stakeholders_block_by_id_7b86bb35_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_block
    ADD CONSTRAINT stakeholders_block_stakeholder_id_f130bc58_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_block
    ADD CONSTRAINT stakeholders_block_user_id_f79d7319_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_candidate
    ADD CONSTRAINT stakeholders_candida_decided_by_id_01f92b2e_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_candidate
    ADD CONSTRAINT stakeholders_candida_stakeholder_id_4d7698da_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_checklistanswer
    ADD CONSTRAINT stakeholders_checkli_application_id_529227d1_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_checklistanswer
    ADD CONSTRAINT stakeholders_checkli_question_id_c187d078_fk_stakehold FOREIGN KEY (question_id) REFERENCES public.stakeholders_checklistquestion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_checklistanswer
    ADD CONSTRAINT stakeholders_checklistanswer_by_id_f6956abe_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_contact
    ADD CONSTRAINT stakeholders_contact_application_id_ccb2c4df_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_contact
    ADD CONSTRAINT stakeholders_contact_stakeholder_id_59b49b8c_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_conversation
    ADD CONSTRAINT stakeholders_convers_sender_id_acfb4bf9_fk_accounts_ FOREIGN KEY (sender_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_conversation
    ADD CONSTRAINT stakeholders_convers_stakeholder_id_6ffe540c_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinv_accepted_by_id_c52f91d8_fk_accounts_ FOREIGN KEY (accepted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinv_application_id_13c1fed9_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinv_country_id_4cff3cfc_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinv_invited_by_id_ba8dd32e_fk_accounts_ FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinv_stakeholder_id_62036364_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_deskinvitation
    ADD CONSTRAINT stakeholders_deskinv_wave_id_90021978_fk_stakehold FOREIGN KEY (wave_id) REFERENCES public.stakeholders_wave(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_dossier
    ADD CONSTRAINT stakeholders_dossier_asked_by_id_696e5419_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_dossier
    ADD CONSTRAINT stakeholders_dossier_stakeholder_id_99e78543_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_export
    ADD CONSTRAINT stakeholders_export_asked_by_id_06a543f8_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_familylink
    ADD CONSTRAINT stakeholders_familyl_application_id_6ceb0610_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_familylink
    ADD CONSTRAINT stakeholders_familyl_branch_id_5de1ff84_fk_stakehold FOREIGN KEY (branch_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_familylink
    ADD CONSTRAINT stakeholders_familyl_parent_id_fc0389ff_fk_stakehold FOREIGN KEY (parent_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_flag
    ADD CONSTRAINT stakeholders_flag_application_id_34cd9511_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_flag
    ADD CONSTRAINT stakeholders_flag_raised_by_id_1ca7adf4_fk_accounts_user_id FOREIGN KEY (raised_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_flag
    ADD CONSTRAINT stakeholders_flag_stakeholder_id_6fe4f453_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_flag
    ADD CONSTRAINT stakeholders_flag_withdrawn_by_id_c2f04a20_fk_accounts_user_id FOREIGN KEY (withdrawn_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_furthersource
    ADD CONSTRAINT stakeholders_further_stakeholder_id_815c45a1_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_handover
    ADD CONSTRAINT stakeholders_handove_stakeholder_id_afddd5df_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_handover
    ADD CONSTRAINT stakeholders_handover_by_id_980c691c_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_handover
    ADD CONSTRAINT stakeholders_handover_person_id_38e89ebe_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_import
    ADD CONSTRAINT stakeholders_import_asked_by_id_82a33f65_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_import
    ADD CONSTRAINT stakeholders_import_source_id_4e8a768d_fk_stakehold FOREIGN KEY (source_id) REFERENCES public.stakeholders_importsource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_importrow
    ADD CONSTRAINT stakeholders_importr_stakeholder_id_a043f63b_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_importrow
    ADD CONSTRAINT stakeholders_importr_twin_id_18c26db6_fk_stakehold FOREIGN KEY (twin_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_importrow
    ADD CONSTRAINT stakeholders_importrow_of_id_c6ff8dbc_fk_stakeholders_import_id FOREIGN KEY (of_id) REFERENCES public.stakeholders_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_invitation
    ADD CONSTRAINT stakeholders_invitat_invited_by_id_d8abad2a_fk_accounts_ FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_invitation
    ADD CONSTRAINT stakeholders_invitat_stakeholder_id_61e186e7_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_joinrequest
    ADD CONSTRAINT stakeholders_joinreq_answered_by_id_a0b9dee6_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_joinrequest
    ADD CONSTRAINT stakeholders_joinreq_stakeholder_id_3dce31cd_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_joinrequest
    ADD CONSTRAINT stakeholders_joinrequest_user_id_26b75712_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_line
    ADD CONSTRAINT stakeholders_line_author_id_ba03a999_fk_accounts_user_id FOREIGN KEY (author_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_line
    ADD CONSTRAINT stakeholders_line_conversation_id_aa9c7ddb_fk_stakehold FOREIGN KEY (conversation_id) REFERENCES public.stakeholders_conversation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_listedname
    ADD CONSTRAINT stakeholders_listedn_list_id_4823faee_fk_stakehold FOREIGN KEY (list_id) REFERENCES public.stakeholders_screeninglist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_logo
    ADD CONSTRAINT stakeholders_logo_stakeholder_id_83623eec_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_mailproof
    ADD CONSTRAINT stakeholders_mailpro_stakeholder_id_8af69670_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_mailproof
    ADD CONSTRAINT stakeholders_mailproof_user_id_263d9397_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_match
    ADD CONSTRAINT stakeholders_match_cleared_by_id_0fe17e8a_fk_accounts_user_id FOREIGN KEY (cleared_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_membership
    ADD CONSTRAINT stakeholders_members_stakeholder_id_76d78dbb_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_membership
    ADD CONSTRAINT stakeholders_membership_user_id_a0c798fe_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_missiontext
    ADD CONSTRAINT stakeholders_mission_application_id_90b407f7_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_missiontext
    ADD CONSTRAINT stakeholders_mission_language_id_269fab9d_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_missiontext
    ADD CONSTRAINT stakeholders_mission_stakeholder_id_b35a0fa6_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_offer
    ADD CONSTRAINT stakeholders_offer_area_id_cef45345_fk_taxonomy_ FOREIGN KEY (area_id) REFERENCES public.taxonomy_engagementarea(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_offer_countries
    ADD CONSTRAINT stakeholders_offer_c_country_id_7390934c_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_offer_countries
    ADD CONSTRAINT stakeholders_offer_c_offer_id_e50341cd_fk_stakehold FOREIGN KEY (offer_id) REFERENCES public.stakeholders_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_offer_languages
    ADD CONSTRAINT stakeholders_offer_l_language_id_6abf82b2_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_offer_languages
    ADD CONSTRAINT stakeholders_offer_l_offer_id_efed5ac5_fk_stakehold FOREIGN KEY (offer_id) REFERENCES public.stakeholders_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_offer
    ADD CONSTRAINT stakeholders_offer_stakeholder_id_66e197c5_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_offer
    ADD CONSTRAINT stakeholders_offer_topic_id_d4ebedd5_fk_taxonomy_topic_code FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_office
    ADD CONSTRAINT stakeholders_office_application_id_19d62d4c_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_office
    ADD CONSTRAINT stakeholders_office_country_id_a11a5658_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_office
    ADD CONSTRAINT stakeholders_office_stakeholder_id_f59f07f2_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_officer
    ADD CONSTRAINT stakeholders_officer_application_id_9c57dd84_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_officer
    ADD CONSTRAINT stakeholders_officer_stakeholder_id_e7fb7b58_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_othername
    ADD CONSTRAINT stakeholders_otherna_application_id_1647920f_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_othername
    ADD CONSTRAINT stakeholders_otherna_language_id_9876bbc6_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_othername
    ADD CONSTRAINT stakeholders_otherna_stakeholder_id_d7542627_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_paper
    ADD CONSTRAINT stakeholders_paper_application_id_1b95b9b8_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_paper
    ADD CONSTRAINT stakeholders_paper_uploaded_by_id_f529f24d_fk_accounts_user_id FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_project_countries
    ADD CONSTRAINT stakeholders_project_country_id_264aca94_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_projecttext
    ADD CONSTRAINT stakeholders_project_language_id_345af2c3_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_project_countries
    ADD CONSTRAINT stakeholders_project_project_id_752f6ecd_fk_stakehold FOREIGN KEY (project_id) REFERENCES public.stakeholders_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_projectlink
    ADD CONSTRAINT stakeholders_project_project_id_8107dbd2_fk_stakehold FOREIGN KEY (project_id) REFERENCES public.stakeholders_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_projectpartner
    ADD CONSTRAINT stakeholders_project_project_id_87e3095d_fk_stakehold FOREIGN KEY (project_id) REFERENCES public.stakeholders_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_projecttext
    ADD CONSTRAINT stakeholders_project_project_id_ab7e8cc8_fk_stakehold FOREIGN KEY (project_id) REFERENCES public.stakeholders_project(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_project
    ADD CONSTRAINT stakeholders_project_stakeholder_id_5b61052f_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_projectpartner
    ADD CONSTRAINT stakeholders_project_stakeholder_id_b4009cee_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_proposedlist
    ADD CONSTRAINT stakeholders_propose_decided_by_id_1e5912de_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_proposedlist
    ADD CONSTRAINT stakeholders_propose_sent_by_id_b054de11_fk_accounts_ FOREIGN KEY (sent_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_publication
    ADD CONSTRAINT stakeholders_publica_application_id_58d5962d_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_publication
    ADD CONSTRAINT stakeholders_publica_stakeholder_id_61b1fc07_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_recommendation
    ADD CONSTRAINT stakeholders_recomme_application_id_ddc58c33_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_recommendation
    ADD CONSTRAINT stakeholders_recommendation_by_id_bd14eefe_fk_accounts_user_id FOREIGN KEY (by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_reconsideration
    ADD CONSTRAINT stakeholders_reconsi_application_id_b76d9c91_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_reconsideration
    ADD CONSTRAINT stakeholders_reconsi_decided_by_id_8fddd6b1_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_report
    ADD CONSTRAINT stakeholders_report_answered_by_id_4bfed494_fk_accounts_user_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_report
    ADD CONSTRAINT stakeholders_report_conversation_id_67e29561_fk_stakehold FOREIGN KEY (conversation_id) REFERENCES public.stakeholders_conversation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_report
    ADD CONSTRAINT stakeholders_report_reporter_id_1c9e02a4_fk_accounts_user_id FOREIGN KEY (reporter_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_report
    ADD CONSTRAINT stakeholders_report_stakeholder_id_8699aba7_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_screened
    ADD CONSTRAINT stakeholders_screene_application_id_2f6791c5_fk_stakehold FOREIGN KEY (application_id) REFERENCES public.stakeholders_application(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_screened
    ADD CONSTRAINT stakeholders_screene_list_id_40837100_fk_stakehold FOREIGN KEY (list_id) REFERENCES public.stakeholders_screeninglist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_screeningrun
    ADD CONSTRAINT stakeholders_screeni_list_id_84c84632_fk_stakehold FOREIGN KEY (list_id) REFERENCES public.stakeholders_screeninglist(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_screeninglist
    ADD CONSTRAINT stakeholders_screeni_loaded_by_id_8abd4240_fk_accounts_ FOREIGN KEY (loaded_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_sourcetrust
    ADD CONSTRAINT stakeholders_sourcet_ended_by_id_d096ec9e_fk_accounts_ FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_sourcetrust
    ADD CONSTRAINT stakeholders_sourcet_given_by_id_d2d4549c_fk_accounts_ FOREIGN KEY (given_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_sourcetrust
    ADD CONSTRAINT stakeholders_sourcet_stakeholder_id_cd6ea163_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_sourcetrust
    ADD CONSTRAINT stakeholders_sourcetrust_person_id_9241113e_fk_accounts_user_id FOREIGN KEY (person_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_articles
    ADD CONSTRAINT stakeholders_stakeho_article_id_e5196ed3_fk_taxonomy_ FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder
    ADD CONSTRAINT stakeholders_stakeho_country_id_4cc4d70f_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_works_in
    ADD CONSTRAINT stakeholders_stakeho_country_id_e1944584_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_engagement_areas
    ADD CONSTRAINT stakeholders_stakeho_engagementarea_id_a3fcd780_fk_taxonomy_ FOREIGN KEY (engagementarea_id) REFERENCES public.taxonomy_engagementarea(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_languages
    ADD CONSTRAINT stakeholders_stakeho_language_id_79aba822_fk_taxonomy_ FOREIGN KEY (language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder
    ADD CONSTRAINT stakeholders_stakeho_merged_into_id_a69fa601_fk_stakehold FOREIGN KEY (merged_into_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder
    ADD CONSTRAINT stakeholders_stakeho_mission_language_id_8037475c_fk_taxonomy_ FOREIGN KEY (mission_language_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_articles
    ADD CONSTRAINT stakeholders_stakeho_stakeholder_id_65d94335_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_engagement_areas
    ADD CONSTRAINT stakeholders_stakeho_stakeholder_id_7bd9e20a_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_topics
    ADD CONSTRAINT stakeholders_stakeho_stakeholder_id_839581b6_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_works_in
    ADD CONSTRAINT stakeholders_stakeho_stakeholder_id_91a6fd2d_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_languages
    ADD CONSTRAINT stakeholders_stakeho_stakeholder_id_e0e0299b_fk_stakehold FOREIGN KEY (stakeholder_id) REFERENCES public.stakeholders_stakeholder(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stakeholder_topics
    ADD CONSTRAINT stakeholders_stakeho_topic_id_337dda62_fk_taxonomy_ FOREIGN KEY (topic_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateac_country_id_1949c706_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateac_ended_by_id_84b4f140_fk_accounts_ FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateac_grant_id_5a743cca_fk_accounts_ FOREIGN KEY (grant_id) REFERENCES public.accounts_grant(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateac_invited_by_id_be718f9b_fk_accounts_ FOREIGN KEY (invited_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_stateaccount
    ADD CONSTRAINT stakeholders_stateaccount_user_id_874fafdf_fk_accounts_user_id FOREIGN KEY (user_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_trusteddomain
    ADD CONSTRAINT stakeholders_trusted_added_by_id_6a8e227b_fk_accounts_ FOREIGN KEY (added_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_trusteddomain
    ADD CONSTRAINT stakeholders_trusted_ended_by_id_9ac88b1d_fk_accounts_ FOREIGN KEY (ended_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_wave
    ADD CONSTRAINT stakeholders_wave_made_by_id_44fe5bf0_fk_accounts_user_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.stakeholders_wave
    ADD CONSTRAINT stakeholders_wave_made_from_id_cf4e5fbe_fk_stakehold FOREIGN KEY (made_from_id) REFERENCES public.stakeholders_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_areamapping
    ADD CONSTRAINT taxonomy_areamapping_country_id_e1583646_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_article
    ADD CONSTRAINT taxonomy_article_cluster_id_ef488b43_fk_taxonomy_cluster_code FOREIGN KEY (cluster_id) REFERENCES public.taxonomy_cluster(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_article
    ADD CONSTRAINT taxonomy_article_instrument_id_ae4cc798_fk_taxonomy_ FOREIGN KEY (instrument_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_articletext
    ADD CONSTRAINT taxonomy_articletext_article_id_c58e8d94_fk_taxonomy_ FOREIGN KEY (article_id) REFERENCES public.taxonomy_article(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_country
    ADD CONSTRAINT taxonomy_country_intermediate_region__5ff66964_fk_taxonomy_ FOREIGN KEY (intermediate_region_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_country
    ADD CONSTRAINT taxonomy_country_region_id_7e7a7882_fk_taxonomy_region_m49 FOREIGN KEY (region_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_country
    ADD CONSTRAINT taxonomy_country_subregion_id_bf8cfe66_fk_taxonomy_region_m49 FOREIGN KEY (subregion_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_engagementarea
    ADD CONSTRAINT taxonomy_engagementa_merged_into_id_a3829756_fk_taxonomy_ FOREIGN KEY (merged_into_id) REFERENCES public.taxonomy_engagementarea(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_fetchedsource
    ADD CONSTRAINT taxonomy_fetchedsource_set_by_id_869435da_fk_accounts_user_id FOREIGN KEY (set_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_instrument
    ADD CONSTRAINT taxonomy_instrument_parent_id_b5639779_fk_taxonomy_ FOREIGN KEY (parent_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_language
    ADD CONSTRAINT taxonomy_language_merged_into_id_c65b18e8_fk_taxonomy_ FOREIGN KEY (merged_into_id) REFERENCES public.taxonomy_language(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_participation
    ADD CONSTRAINT taxonomy_participati_country_id_7f0b4f19_fk_taxonomy_ FOREIGN KEY (country_id) REFERENCES public.taxonomy_country(iso3) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_participation
    ADD CONSTRAINT taxonomy_participati_instrument_id_de24d998_fk_taxonomy_ FOREIGN KEY (instrument_id) REFERENCES public.taxonomy_instrument(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_region
    ADD CONSTRAINT taxonomy_region_parent_id_eed0cd8d_fk_taxonomy_region_m49 FOREIGN KEY (parent_id) REFERENCES public.taxonomy_region(m49) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_topic
    ADD CONSTRAINT taxonomy_topic_merged_into_id_7dd385e7_fk_taxonomy_topic_code FOREIGN KEY (merged_into_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.taxonomy_topic
    ADD CONSTRAINT taxonomy_topic_parent_id_fb6c543f_fk_taxonomy_topic_code FOREIGN KEY (parent_id) REFERENCES public.taxonomy_topic(code) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_changerequest
    ADD CONSTRAINT workflow_changereque_proposed_by_id_9820599a_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_decision
    ADD CONSTRAINT workflow_decision_actor_id_e9bcea80_fk_accounts_user_id FOREIGN KEY (actor_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_draftdecision
    ADD CONSTRAINT workflow_draftdecisi_decision_id_8c9a75cf_fk_workflow_ FOREIGN KEY (decision_id) REFERENCES public.workflow_decision(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_draftdecision
    ADD CONSTRAINT workflow_draftdecisi_drafted_by_id_fc15ad28_fk_accounts_ FOREIGN KEY (drafted_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_extension
    ADD CONSTRAINT workflow_extension_given_by_id_e2a9efce_fk_accounts_user_id FOREIGN KEY (given_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_itemrequest
    ADD CONSTRAINT workflow_itemrequest_asked_by_id_07b07d13_fk_accounts_user_id FOREIGN KEY (asked_by_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_receipt
    ADD CONSTRAINT workflow_receipt_received_from_id_fc6972bb_fk_accounts_user_id FOREIGN KEY (received_from_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.workflow_workitem
    ADD CONSTRAINT workflow_workitem_holder_id_1434c192_fk_accounts_user_id FOREIGN KEY (holder_id) REFERENCES public.accounts_user(id) DEFERRABLE INITIALLY DEFERRED;
INSERT INTO public.django_migrations VALUES (1, 'accounts', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (2, 'account', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (3, 'account', '0002_email_max_length', now());
INSERT INTO public.django_migrations VALUES (4, 'account', '0003_alter_emailaddress_create_unique_verified_email', now());
INSERT INTO public.django_migrations VALUES (5, 'account', '0004_alter_emailaddress_drop_unique_email', now());
INSERT INTO public.django_migrations VALUES (6, 'account', '0005_emailaddress_idx_upper_email', now());
INSERT INTO public.django_migrations VALUES (7, 'account', '0006_emailaddress_lower', now());
INSERT INTO public.django_migrations VALUES (8, 'account', '0007_emailaddress_idx_email', now());
INSERT INTO public.django_migrations VALUES (9, 'account', '0008_emailaddress_unique_primary_email_fixup', now());
INSERT INTO public.django_migrations VALUES (10, 'account', '0009_emailaddress_unique_primary_email', now());
INSERT INTO public.django_migrations VALUES (11, 'contenttypes', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (12, 'admin', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (13, 'admin', '0002_logentry_remove_auto_add', now());
INSERT INTO public.django_migrations VALUES (14, 'admin', '0003_logentry_add_action_flag_choices', now());
INSERT INTO public.django_migrations VALUES (15, 'audit', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (16, 'contenttypes', '0002_remove_content_type_name', now());
INSERT INTO public.django_migrations VALUES (17, 'auth', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (18, 'auth', '0002_alter_permission_name_max_length', now());
INSERT INTO public.django_migrations VALUES (19, 'auth', '0003_alter_user_email_max_length', now());
INSERT INTO public.django_migrations VALUES (20, 'auth', '0004_alter_user_username_opts', now());
INSERT INTO public.django_migrations VALUES (21, 'auth', '0005_alter_user_last_login_null', now());
INSERT INTO public.django_migrations VALUES (22, 'auth', '0006_require_contenttypes_0002', now());
INSERT INTO public.django_migrations VALUES (23, 'auth', '0007_alter_validators_add_error_messages', now());
INSERT INTO public.django_migrations VALUES (24, 'auth', '0008_alter_user_username_max_length', now());
INSERT INTO public.django_migrations VALUES (25, 'auth', '0009_alter_user_last_name_max_length', now());
INSERT INTO public.django_migrations VALUES (26, 'auth', '0010_alter_group_name_max_length', now());
INSERT INTO public.django_migrations VALUES (27, 'auth', '0011_update_proxy_permissions', now());
INSERT INTO public.django_migrations VALUES (28, 'auth', '0012_alter_user_first_name_max_length', now());
INSERT INTO public.django_migrations VALUES (29, 'workflow', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (30, 'taxonomy', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (31, 'search', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (32, 'stakeholders', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (33, 'resources', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (34, 'notifications', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (35, 'events', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (36, 'coordination', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (37, 'taxonomy', '0002_texts_of_articles', now());
INSERT INTO public.django_migrations VALUES (38, 'events', '0002_what_sources_tell_of_events', now());
INSERT INTO public.django_migrations VALUES (39, 'events', '0003_marks_of_documents_and_numbers', now());
INSERT INTO public.django_migrations VALUES (40, 'mfa', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (41, 'mfa', '0002_authenticator_timestamps', now());
INSERT INTO public.django_migrations VALUES (42, 'mfa', '0003_authenticator_type_uniq', now());
INSERT INTO public.django_migrations VALUES (43, 'news', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (44, 'news', '0002_elsewhere', now());
INSERT INTO public.django_migrations VALUES (45, 'news', '0003_approval_of_issues', now());
INSERT INTO public.django_migrations VALUES (46, 'notifications', '0002_unread_notices_newest_first', now());
INSERT INTO public.django_migrations VALUES (47, 'portal', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (48, 'portal', '0002_facts', now());
INSERT INTO public.django_migrations VALUES (49, 'portal', '0003_how_it_works', now());
INSERT INTO public.django_migrations VALUES (50, 'portal', '0004_help', now());
INSERT INTO public.django_migrations VALUES (51, 'taxonomy', '0003_fetched_sources', now());
INSERT INTO public.django_migrations VALUES (52, 'taxonomy', '0004_synonyms', now());
INSERT INTO public.django_migrations VALUES (53, 'stakeholders', '0002_organizations_of_public_sources', now());
INSERT INTO public.django_migrations VALUES (54, 'stakeholders', '0003_lists_of_members', now());
INSERT INTO public.django_migrations VALUES (55, 'stakeholders', '0004_proposed_lists', now());
INSERT INTO public.django_migrations VALUES (56, 'stakeholders', '0005_logos_projects_identifiers', now());
INSERT INTO public.django_migrations VALUES (57, 'resources', '0002_suggested_articles', now());
INSERT INTO public.django_migrations VALUES (58, 'resources', '0003_gone_records_and_archived_links', now());
INSERT INTO public.django_migrations VALUES (59, 'resources', '0004_chosen_audience_and_words_of_files', now());
INSERT INTO public.django_migrations VALUES (60, 'reviews', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (61, 'reviews', '0002_attendance_of_events', now());
INSERT INTO public.django_migrations VALUES (62, 'reviews', '0003_lists_of_documents_and_observations', now());
INSERT INTO public.django_migrations VALUES (63, 'sessions', '0001_initial', now());
INSERT INTO public.django_migrations VALUES (64, 'stakeholders', '0006_newest_of_all_entries', now());
SELECT pg_catalog.setval('public.django_migrations_id_seq', 64, true);
