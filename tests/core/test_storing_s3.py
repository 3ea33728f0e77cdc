"""Uploads in a bucket, against an S3 server that others wrote (moto), started here."""

import hashlib
import socket
import subprocess
import sys
import urllib.request
from io import StringIO

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.people.enums import Role
from stakeholders.applications.models import Paper
from tests.core.files import PDF, upload
from tests.factories.accounts import person_with, sign_in
from tests.factories.stakeholders import full_draft
from tests.support import wait_for
from whatson.embedded import valkey
from whatson.settings import base

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reference")]
BUCKET = "uploads"


@pytest.fixture(scope="module")
def server():
    port = valkey.free_port()
    call = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    running = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answers():
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    wait_for(answers, 120)
    yield f"http://127.0.0.1:{port}"
    running.kill()
    running.wait()


@pytest.fixture
def bucket(server, settings, tmp_path):
    """As in production with S3_BUCKET: uploads go to the bucket; the disk is there for moving."""
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=server, **keys)
    client.create_bucket(Bucket=BUCKET)
    ours = {
        "BACKEND": "core.storing_s3.TidyS3Storage",
        "OPTIONS": {
            "bucket_name": BUCKET,
            "endpoint_url": server,
            "access_key": "key",
            "secret_key": "secret",
            "region_name": "us-east-1",
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": 60,
            "object_parameters": {"ChecksumAlgorithm": "SHA256"},
            "signed_downloads": True,
        },
    }
    disk = base.STORAGES["default"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"default": ours, "bucket": ours, "disk": disk}
    yield client
    for stored in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=stored["Key"])
    client.delete_bucket(Bucket=BUCKET)


def add_paper(name="statutes.pdf"):
    application = full_draft(paper=False)
    paper = Paper(application=application, uploaded_by=application.applicant)
    sent = upload(PDF + name.encode() * 500)
    sent.name, sent.content_type = name, "application/pdf"
    paper.take(sent)
    paper.save()
    return paper


def keys_in(client):
    return sorted(stored["Key"] for stored in client.list_objects_v2(Bucket=BUCKET).get("Contents", []))


def test_an_upload_lies_in_the_bucket_with_a_checksum_and_no_grant_to_others(bucket):
    paper = add_paper()
    assert keys_in(bucket) == [paper.file.name]
    head = bucket.head_object(Bucket=BUCKET, Key=paper.file.name, ChecksumMode="ENABLED")
    assert head["ChecksumSHA256"]
    grants = bucket.get_object_acl(Bucket=BUCKET, Key=paper.file.name)["Grants"]
    assert {grant["Grantee"]["Type"] for grant in grants} == {"CanonicalUser"}
    with paper.file.open() as content:
        assert hashlib.sha256(content.read()).hexdigest() == paper.sha256


def test_a_file_to_be_saved_comes_from_the_bucket_under_an_address_for_a_minute(bucket, client, settings):
    paper = add_paper("статут.pdf")
    sign_in(client, paper.uploaded_by)
    address = reverse("core:file", args=["paper", paper.pk])
    shown = client.get(address)
    assert shown.status_code == 200  # within the page, under our own policy
    assert hashlib.sha256(shown.getvalue()).hexdigest() == paper.sha256
    answer = client.get(address, {"download": ""})
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert "X-Amz-Expires=60" in answer.url or "Expires=" in answer.url
    with urllib.request.urlopen(answer.url) as got:  # noqa: S310  a server of the test's own
        assert hashlib.sha256(got.read()).hexdigest() == paper.sha256
        assert got.headers["Content-Type"] == "application/pdf"
        assert "attachment" in got.headers["Content-Disposition"]
    sign_in(client, person_with(Role.EVENTS))
    assert client.get(address, {"download": ""}).status_code == 404
    options = settings.STORAGES["default"]["OPTIONS"] | {"signed_downloads": False}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    sign_in(client, paper.uploaded_by)
    through_the_portal = client.get(address, {"download": ""})
    assert hashlib.sha256(through_the_portal.getvalue()).hexdigest() == paper.sha256


def move_files(source, target):
    out = StringIO()
    call_command("move_files", source, target, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_all_uploads_go_to_the_disk_and_back(bucket):
    papers = [add_paper(f"{number}.pdf") for number in range(3)]
    storages["bucket"].save("elsewhere/of-nobody.pdf", ContentFile(b"x"))
    assert move_files("bucket", "disk") == "3 copied and read back, 0 there already"
    for paper in papers:
        with storages["disk"].open(paper.file.name) as content:
            assert hashlib.sha256(content.read()).hexdigest() == paper.sha256
    assert len(keys_in(bucket)) == 4  # nothing is removed
    late = add_paper("late.pdf")
    assert move_files("bucket", "disk") == "1 copied and read back, 3 there already"
    for paper in (*papers, late):
        storages["bucket"].delete(paper.file.name)
    assert move_files("disk", "bucket") == "4 copied and read back, 0 there already"
    assert {paper.file.name for paper in (*papers, late)} <= set(keys_in(bucket))


def test_a_half_file_is_brought_again_and_a_missing_one_is_named(bucket):
    half, gone = add_paper("half.pdf"), add_paper("gone.pdf")
    storages["disk"].save(half.file.name, ContentFile(b"%PDF"))
    storages["bucket"].delete(gone.file.name)
    err = StringIO()
    with pytest.raises(CommandError, match="1 files are missing"):
        call_command("move_files", "bucket", "disk", stdout=StringIO(), stderr=err)
    assert err.getvalue().strip() == f"{gone.file.name} is in neither storage"
    assert storages["disk"].size(half.file.name) == half.size
    with pytest.raises(CommandError, match="two different"):
        move_files("disk", "disk")


def test_without_a_bucket_the_command_says_what_to_set(settings):
    with pytest.raises(CommandError, match="S3_BUCKET"):
        move_files("disk", "bucket")
