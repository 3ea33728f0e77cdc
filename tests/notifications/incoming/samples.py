"""Mails as servers and people write them, made from RFC 3464, 5965 and 3834 and what each server shows."""

from email.message import EmailMessage

POSTFIX = """\
Return-Path: <>
Delivered-To: {to}
Date: Sat, 28 Nov 2026 10:00:00 +0000 (UTC)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
Message-Id: <{n}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

This is a MIME-encapsulated message.

--cut
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.
--cut
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Sat, 28 Nov 2026 09:59:58 +0000 (UTC)

Final-Recipient: rfc822; somebody.else@whatson.example
Original-Recipient: rfc822;somebody.else@whatson.example
Action: {action}
Status: {status}
Remote-MTA: dns; mail.whatson.example
Diagnostic-Code: smtp; {diagnosis}

--cut
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{ours}
Subject: Words of ours

--cut--
"""

# Exchange names no recipient of its own, and says most within the diagnostic code.
EXCHANGE = """\
Return-Path: <>
From: <postmaster@example.org>
To: <{to}>
Subject: =?utf-8?B?VW56dXN0ZWxsYmFyOiBCZXR0ZXIgd29yZHM=?=
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="_000_x"
X-MS-Exchange-Message-Is-Ndr:
Message-ID: <{n}@exchange.example.org>

--_000_x
Content-Type: multipart/alternative; differences=Content-Type; boundary="_001_x"

--_001_x
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><p>Your message couldn't be delivered.</p></html>
--_001_x--

--_000_x
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.example.org
Received-From-MTA: dns;out.whatson.example
Arrival-Date: Sat, 28 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822;a@example.org
Action: failed
Status: {status}
Diagnostic-Code: smtp;{diagnosis}
X-Display-Name: A

--_000_x
Content-Type: message/rfc822

{ours}
Subject: Words of ours
Content-Type: text/plain

Hello
--_000_x--
"""

GMAIL = """\
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {to}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <{n}@whatson.example>
Message-ID: <{n}@mx.google.com>
Content-Type: multipart/report; boundary="0000x"; report-type=delivery-status

--0000x
Content-Type: multipart/related; boundary="0001x"

--0001x
Content-Type: text/plain; charset="UTF-8"

** Address not found **
--0001x--
--0000x
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; no-reply@whatson.example
X-Original-Message-ID: <{n}@whatson.example>

Final-Recipient: rfc822; a@gmail.com
Action: failed
Status: {status}
Diagnostic-Code: smtp; {diagnosis}
Last-Attempt-Date: Sat, 28 Nov 2026 02:00:00 -0800 (PST)

--0000x
Content-Type: message/rfc822

{ours}
Subject: Words of ours

Hello
--0000x--
"""

COMPLAINT = """\
From: <complaints@provider.example>
To: <portal@whatson.example>
Subject: FW: Words of ours
MIME-Version: 1.0
Message-ID: <{n}@provider.example>
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain

This is an email abuse report.
--part
Content-Type: message/feedback-report

Feedback-Type: {type}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <redacted>

--part
Content-Type: message/rfc822

{ours}
Subject: Words of ours
List-Unsubscribe: <https://whatson.example/mail/stop/x/>

Hello
--part--
"""


def written(text: str, **fields: str) -> bytes:
    return text.format(**fields).replace("\n", "\r\n").encode()


def words(to: str, sender: str, text: str, *, charset: str = "utf-8", **headers: str) -> bytes:
    """A mail of a person, or of a program that writes like one."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, headers.pop("Subject", "Re: words")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text, charset=charset)
    return mail.as_bytes()
