"""What went wrong with an order: what is kept, and photos without what the camera adds."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dashboard import pictures
from dashboard.domain.alarm_rules import INCIDENT_SAYS
from dashboard.domain.incidents import KINDS, reported, resolved
from dashboard.domain.refusals import Invalid
from layouts import incidents

GPS, MAKE = 0x8825, 0x010F


def picture(form: str, size: tuple[int, int] = (3000, 2000)) -> bytes:
    """A picture with a camera's name, a place, and a comment."""
    exif = Image.Exif()
    exif[MAKE] = "Spyphone"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_keeps_what_is_seen_alone(form: str) -> None:
    """Upright, 1600 pixels at most, a JPEG: and neither camera nor place."""
    kept = pictures.kept(picture(form))
    with Image.open(io.BytesIO(kept)) as found:
        assert (found.format, found.size) == ("JPEG", (1067, 1600))
        assert not dict(found.getexif())
        assert {"exif", "comment", "icc_profile"}.isdisjoint(found.info)
    assert b"Spyphone" not in kept


@pytest.mark.parametrize(
    "wrong", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("JPEG")[:900], picture("GIF", (9, 9)),
              b"\xff" * (pictures.LARGEST + 1), picture("PNG", (9000, 9000))],
)  # fmt: skip
def test_what_is_no_photo_is_refused(wrong: bytes) -> None:
    """Empty, another kind, cut off, too large, or of more pixels than a camera has."""
    with pytest.raises(Invalid, match="photo"):
        pictures.kept(wrong)


def test_what_cannot_be_written_down() -> None:
    """A kind that there is not, something else without a word, and what is too long; every kind has a name."""
    for kind, note in (("rain", ""), ("other", "  "), ("theft", "x" * 1001)):
        with pytest.raises(Invalid):
            reported("i", "o", kind, note)
    with pytest.raises(Invalid):
        resolved("i", "o", "x" * 1001)
    assert set(incidents.KINDS) == set(KINDS)
    assert set(INCIDENT_SAYS) == set(KINDS) - {"other"}
