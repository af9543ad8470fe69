"""A tablet's photo of the codes on a wall, for the tests of the clerk who checks it and of the county that hears of it."""

from __future__ import annotations

import io

import qrcode
from PIL import Image


def photo(*texts: str, kind: str = "JPEG") -> tuple[bytes, str]:
    """Return a tablet's photo of a wall with these codes on it."""
    picture, held = Image.new("RGB", (500 * max(len(texts), 1), 500), "#b0a898"), io.BytesIO()
    for place, text in enumerate(texts):
        code = qrcode.make(text).convert("RGB").resize((360, 360))
        picture.paste(code, (500 * place + 70, 70))
    picture.rotate(7, fillcolor="#b0a898").save(held, kind)
    return held.getvalue(), "IMG_1.jpg"
