"""Pictures re-encoded: turned upright, scaled down, and without metadata."""

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

# Imported before the limits, because the child may write no byte code afterwards.
PLUGINS = (BmpImagePlugin, GifImagePlugin, JpegImagePlugin, MpoImagePlugin, PngImagePlugin)
_QUALITY = 85
_SMALLER = [(edge, quality) for edge in (2_000, 1_600, 1_200, 800, 500) for quality in (80, 65, 50)]  # what a photo is tried in, in turn
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
_CLEAR = ("LA", "PA", "P", "RGBA", "La", "RGBa")
Edges = tuple[int, int, int, int]  # left, top, right, bottom, in hundred thousandths of width and height
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError, struct.error)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def redrawn(data: bytes) -> Rewritten:
    """Return a JPEG or PNG re-encoded; its text is not readable by a program, so page 1 is ``unread``. Raises Refusal."""
    drawn, type = drawn_anew(data, ("JPEG", "PNG"))
    return Rewritten(drawn, type, pages=1, unread=(1,))


def drawn_anew(data: bytes, formats: tuple[str, ...], edges: Edges = (0, 0, 0, 0)) -> tuple[bytes, Type]:
    """Return a picture re-encoded as JPEG, or as PNG if it was no JPEG; ``edges`` are cropped. Raises Refusal."""
    with _opened(data, formats) as image:
        return _saved(_cut(_turned(image), edges), "jpeg" if image.format in ("JPEG", "MPO") else "png")


def shrunk(data: bytes, most: int) -> bytes:
    """Return a JPEG or PNG as a JPEG of at most ``most`` bytes, as large and as fine as they allow. Raises Refusal."""
    with _opened(data, ("JPEG", "PNG")) as image:
        turned = _turned(image)
        turned.thumbnail((_SMALLER[0][0],) * 2)
        plain = _on_white(turned)
        for edge, quality in _SMALLER:
            plain.thumbnail((edge, edge))
            held = io.BytesIO()
            plain.save(held, "jpeg", quality=quality)
            if held.tell() <= most:
                return held.getvalue()
    raise Refusal("large_picture")


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture without transparency and without anything that Pillow would write beside its points."""
    clear = image.convert("RGBA")
    plain = Image.new("RGB", image.size, "white")
    plain.paste(clear, mask=clear)
    return plain


@contextmanager
def _opened(data: bytes, formats: tuple[str, ...]) -> Iterator[Image.Image]:
    """Open a picture for the block, and refuse it where it cannot be read to its end."""
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=formats) as image:
            image.draft("RGB", (WIDEST, WIDEST))  # decode a large JPEG at a half or a quarter of its size
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal("large_picture") from None
    except _FAULTS:
        raise Refusal("damaged") from None


def grey(data: bytes) -> Image.Image:
    """Return a JPEG or PNG in greyscale, upright and scaled down, for decoding QR codes. Raises Refusal."""
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
    """Turn decompression bomb warnings into errors and ignore others: damaged metadata is dropped anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _turned(image: Image.Image) -> Image.Image:
    """Return the picture upright, in a mode that scales well; in place, because a second copy of a large one would not fit into memory."""
    ImageOps.exif_transpose(image, in_place=True)
    if image.mode in _DEEP:  # 16-bit grey to 8-bit
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
    plain.info.clear()  # Pillow would write the comment and the colour profile in it
    held = io.BytesIO()
    plain.save(held, format=type, **({"quality": _QUALITY} if type == "jpeg" else {}))
    return held.getvalue(), type
