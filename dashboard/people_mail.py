"""Mail: by SMTP; in the demo to a file that the command prints on the terminal; otherwise none at all."""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dashboard.settings import Settings

Post = Callable[[str, str, str], None]
"""Sends a text: to whom, its subject, its words. Returns at once; a failure is in the log, without the text."""

PATIENCE = 20  # seconds
DEMO_MAIL = "demo-mail.txt"

log = logging.getLogger(__name__)


def post_of(settings: Settings, *, is_demo: bool) -> Post | None:
    """How this installation sends mail; None when it does not."""
    if settings.smtp:
        return lambda to, subject, text: _in_background(settings.smtp, _message(settings.mail_from, to, subject, text))
    return _to_the_terminal(settings.home / DEMO_MAIL) if is_demo else None


def send(smtp: str, message: EmailMessage) -> None:
    """Hand a message to the server at ``smtp(s)://user:password@host:port``; with smtp:// it is STARTTLS or nothing,
    but for a server on this machine. OSError or SMTPException when that fails."""
    at = urlsplit(smtp)
    host, context = at.hostname or "localhost", ssl.create_default_context()
    is_here = host in ("localhost", "127.0.0.1", "::1")
    with (
        smtplib.SMTP_SSL(host, at.port or 465, timeout=PATIENCE, context=context) if at.scheme == "smtps"
        else smtplib.SMTP(host, at.port or 587, timeout=PATIENCE)
    ) as server:  # fmt: skip
        server.ehlo()
        if at.scheme == "smtp" and (server.has_extn("starttls") or not is_here):
            server.starttls(context=context)
        if at.username:
            server.login(unquote(at.username), unquote(at.password or ""))
        server.send_message(message)


def _message(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2].strip("> "))
    message.set_content(text)
    return message


def _in_background(smtp: str, message: EmailMessage) -> None:
    """In a thread: how long it takes tells nobody whether there was somebody to write to."""

    def go() -> None:
        try:
            send(smtp, message)
        except (OSError, smtplib.SMTPException) as failure:
            log.error("a mail was not sent: %s", type(failure).__name__)

    threading.Thread(target=go, name="mail", daemon=True).start()


def _to_the_terminal(path: Path) -> Post:
    def post(to: str, subject: str, text: str) -> None:
        with path.open("a") as file:
            file.write(f"Mail to {to}: {subject}\n{text}\n\n")

    return post
