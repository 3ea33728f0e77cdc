"""What providers send, as their documentation shows it, about one message."""

import base64
import hashlib
import hmac
import json
from time import time

SECRET = "whatson:a-secret-of-thirty-characters!"
SIGNING_KEY = "key-of-mailgun"
DOOR = "/mail/reports/"


def basic(secret: str = SECRET) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def postmark(message, record="Bounce", *, number=1, at="2026-11-25T08:00:00Z", **more):
    """One report by Postmark: record "Delivery", "Bounce" (with Type=) or "SpamComplaint"."""
    report = {
        "RecordType": record,
        "MessageID": "0a129aee-e1cd-480d-b08d-4f48548ff48d",
        "Email": message.address,
        "Metadata": {"whatson": message.message_id.strip("<>")},
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
    }
    if record == "Delivery":
        report |= {"DeliveredAt": at, "Recipient": message.address, "Details": "250 OK"}
    else:
        report |= {
            "BouncedAt": at,
            "ID": number,
            "Type": "HardBounce" if record == "Bounce" else "SpamComplaint",
        }
    return report | more


def brevo(message, event="hard_bounce", *, at=1764057600000, **more):
    return {
        "event": event,
        "email": message.address,
        "ts_epoch": at,
        "message-id": "<202611250800.1@smtp-relay.brevo.example>",
        "X-Mailin-custom": json.dumps({"whatson": message.message_id.strip("<>")}),
        "reason": "550 5.1.1 no such box",
    } | more


def mailjet(message, event="bounce", *, hard=True, **more):
    return {
        "event": event,
        "time": 1764057600,
        "MessageID": 19421777835146490,
        "email": message.address,
        "Payload": json.dumps({"whatson": message.message_id.strip("<>")}),
        "hard_bounce": hard,
        "error": "user unknown" if hard else "quota exceeded",
    } | more


def mailgun(
    message, event="failed", *, code=550, severity="permanent", key=SIGNING_KEY, token="t" * 50, **more
):
    stamp = str(int(time()))
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "event": event,
            "severity": severity,
            "timestamp": 1764057600.5,
            "recipient": message.address,
            "reason": "bounce",
            "delivery-status": {"code": code, "message": f"{code} no such box"},
            "message": {"headers": {"message-id": message.message_id.strip("<>")}},
            "user-variables": {},
        }
        | more,
    }
