"""Pictures drawn anew: turned as they were held, no wider than is needed, and without anything beside the dots."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import BmpImagePlugin, GifImagePlugin, Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, UnidentifiedImageError

from board.attachments.limits import MOST_PIXELS, TALLEST, WIDEST
from board.attachments.rewritten import Rewritten
from board.rules.notice.attachment import Type
from board.sheets.refusal import Refusal

# Loaded here: what a child imports later it cannot keep as byte code, for it may write no file.
PLUGINS = (BmpImagePlugin, GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin)
_QUALITY = 85
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
_CLEAR = ("LA", "PA", "P", "RGBA", "La", "RGBa")
Edges = tuple[int, int, int, int]  # left, top, right, bottom, in hundred thousandths of width and height
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError, struct.error)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def redrawn(data: bytes) -> Rewritten:
    """A JPEG or PNG as it may be served; no machine reads what is written in it. Raises Refusal."""
    drawn, type = drawn_anew(data, ("JPEG", "PNG"))
    return Rewritten(drawn, type, pages=1, unread=(1,))


def drawn_anew(data: bytes, formats: tuple[str, ...], edges: Edges = (0, 0, 0, 0)) -> tuple[bytes, Type]:
    """The dots of a picture as a fresh JPEG, or as PNG where it was none; ``edges`` are cut away. Raises Refusal."""
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=formats) as image:
            image.draft("RGB", (WIDEST, WIDEST))  # a large JPEG is read at half or a quarter of its size
            return _saved(_cut(_turned(image), edges), "jpeg" if image.format in ("JPEG", "MPO") else "png")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal("large_picture") from None
    except _FAULTS:
        raise Refusal("damaged") from None


def grey(data: bytes) -> Image.Image:
    """A JPEG or PNG in grey, as it was held and no wider than is needed, for whoever looks for a code on it. Raises Refusal."""
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            image.draft("L", (WIDEST, WIDEST))
            turned = _turned(image).convert("L")
            turned.thumbnail((WIDEST, WIDEST))
            return turned
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal("large_picture") from None
    except UnidentifiedImageError:
        raise Refusal("picture_kind") from None
    except _FAULTS:
        raise Refusal("damaged") from None


@contextmanager
def _strictly() -> Iterator[None]:
    """Too many dots are a fault; notes that are spoilt are none, for they go anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _turned(image: Image.Image) -> Image.Image:
    """The picture as it was held, in colours that shrink well; in place, for a second copy of a large one would not fit in."""
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in _DEEP:  # 16 bits of grey, of which the screen shows 8
        return image.convert("I").point(lambda grey: grey / 256).convert("L")
    return image.convert("RGBA") if image.mode == "P" else image


def _cut(image: Image.Image, edges: Edges) -> Image.Image:
    if not any(edges):
        return image
    left, top, right, bottom = (edge / 100_000 for edge in edges)
    width, height = image.size
    return image.crop((int(left * width), int(top * height), max(int((1 - right) * width), 1), max(int((1 - bottom) * height), 1)))


def _saved(image: Image.Image, type: Type) -> tuple[bytes, Type]:
    image.thumbnail((WIDEST, TALLEST))
    clear = "RGBA" if image.mode in _CLEAR else "RGB"
    plain = image.convert("L" if image.mode in ("1", "L") else "RGB" if type == "jpeg" else clear)
    plain.info.clear()  # Pillow writes the remark and the colour profile that stand there
    held = io.BytesIO()
    plain.save(held, format=type, **({"quality": _QUALITY} if type == "jpeg" else {}))
    return held.getvalue(), type
