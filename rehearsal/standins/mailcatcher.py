#!/usr/bin/python3
"""What the rehearsal asks of Mailpit: SMTP on 1025, on 8025 `/api/v1/messages`, `/api/v1/message/ID`."""

import json
import sys
import threading
import urllib.request
from datetime import UTC, datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

MAILS: list[dict] = []


class Keep:
    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        text = mail.get_body(("plain", "html"))
        MAILS.append(
            {
                "ID": str(len(MAILS)),
                "Created": datetime.now(UTC).isoformat(),
                "To": [{"Address": address} for address in envelope.rcpt_tos],
                "Subject": str(mail["subject"]),
                "Text": text.get_content() if text else "",
            }
        )
        return "250 OK"


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/api/v1/message/"):
            answer = MAILS[int(self.path.rsplit("/", 1)[1])]
        else:
            newest = [{key: mail[key] for key in mail if key != "Text"} for mail in reversed(MAILS)]
            answer = {"total": len(MAILS), "messages": newest}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if sys.argv[1:] == ["readyz"]:
    urllib.request.urlopen("http://127.0.0.1:8025/readyz", timeout=4)
else:
    Controller(Keep(), hostname="0.0.0.0", port=1025, data_size_limit=2**26).start()
    threading.Thread(target=ThreadingHTTPServer(("0.0.0.0", 8025), Pages).serve_forever).start()
