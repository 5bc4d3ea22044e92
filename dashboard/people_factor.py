"""The second factor: codes of an app on the phone (TOTP, RFC 6238), and recovery codes for when it is lost."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken

STEP = 30  # seconds that a code is good for; one more to each side for clocks that are not quite right
CODES = 10
ISSUER = "Roulement"


class Sealer:
    """Seals what has to be read again (a code's secret) with a key made of SECRET_KEY: the database alone is no use."""

    def __init__(self, secret_key: str) -> None:
        key = hashlib.sha256(b"roulement second factor\0" + secret_key.encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        """Towards the database, or through a page."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """What was sealed; None when this key has not sealed it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


def new_factor() -> str:
    """A secret for a phone: 160 bits in base 32."""
    return pyotp.random_base32()


def phone_link(secret: str, email: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(code: str, secret: str, now: datetime, used: int) -> int | None:
    """The 30 s step that the code is of; None when it is wrong, or of a step up to ``used``: none counts twice."""
    given, present = "".join(code.split()), int(now.timestamp()) // STEP
    app = pyotp.TOTP(secret)
    steps = (step for step in (present - 1, present, present + 1) if step > used)
    return next((step for step in steps if hmac.compare_digest(app.at(step * STEP).encode(), given.encode())), None)


def new_recovery_codes() -> list[str]:
    """Codes that each open once, in groups that can be copied from paper."""
    return ["-".join(secrets.token_hex(2) for _ in range(5)) for _ in range(CODES)]


def recovery_form(code: str) -> str:
    """A recovery code however it was typed."""
    return "-".join(code.casefold().replace("-", " ").split())
