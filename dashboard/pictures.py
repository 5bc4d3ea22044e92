"""Photos from phones, made harmless: checked, turned upright, scaled, and written anew without what the camera adds."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from dashboard.domain.refusals import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST = 2 * 1024 * 1024  # bytes, as it comes in
LONGEST_SIDE = 1600  # pixels, as it is kept
MOST_PIXELS = 50_000_000  # a phone's camera; a file of few bytes may unpack to gigabytes
QUALITY = 82
MEDIA_TYPE = "image/jpeg"


def kept(data: bytes) -> bytes:
    """The photo as a JPEG of LONGEST_SIDE at most, with nothing of where and by what it was taken.

    Invalid: it is too large, or none of FORMATS.
    """
    if len(data) > LARGEST:
        raise Invalid("The photo is larger than {n} MB: take a smaller one", n=LARGEST // 1024**2, field="photo")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Invalid("The photo has too many pixels: take a smaller one", field="photo")
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(found).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid("This is no photo: send a JPEG, PNG or WebP picture", field="photo") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size, "white")  # a new one: comments, EXIF and profiles hang on the old
    clean.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
