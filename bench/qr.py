"""``make qr-table``: how well our printed codes are decoded from simulated photos, written to docs/qr.md.

A symbol is drawn as printed, dirtied, tilted, scaled to its size in a phone's preview at a distance, blurred, unevenly lit and made noisy;
then zxing-cpp decodes it. Every picture is seeded by its cell's name, so that the table is reproducible.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import qrcode
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from board.paper import qr

PICTURES = 40  # a cell
# A phone's main camera (26 mm as film has it) sees 51 degrees on its short side, on which a preview has 1,080 dots.
DOTS_ACROSS, SEEN_ACROSS = 1080, 2 * math.tan(math.radians(51 / 2))
WALL, PAPER, INK = 150, 232, 28  # grey
LARGEST = 420  # dots: what is seen larger than this is read like what is seen so large
BASE, NUMBER, PLACE = "https://gk.luxian.gov.cn", "123456789", "510521116004"
PLATE, SHEET = qr.wall_address(BASE, NUMBER), qr.address(BASE, NUMBER, PLACE, 1)
LEVELS = {"L": qrcode.constants.ERROR_CORRECT_L, "M": qrcode.constants.ERROR_CORRECT_M, "Q": qrcode.constants.ERROR_CORRECT_Q,
          "H": qrcode.constants.ERROR_CORRECT_H}  # fmt: skip
Matrix = list[list[bool]]


class Seen(NamedTuple):
    """The simulated conditions: ``blur`` in pixels, ``noise`` in grey levels, ``tilt`` in degrees, the others as fractions."""

    blur: float = 0.6  # in focus: a lens and a sensor blur so much anyway
    tilt: float = 0
    noise: float = 6
    film: float = 0  # dirt that one sees through, over this part of the symbol
    cover: float = 0  # mud or a tear, over this part
    shade: float = 0  # how much darker the dark side is


CONDITIONS: dict[str, Seen] = {
    "clean": Seen(),
    "blur 1.2": Seen(blur=1.2),
    "blur 1.6": Seen(blur=1.6),
    "blur 2": Seen(blur=2),
    "tilt 30°": Seen(tilt=30),
    "tilt 45°": Seen(tilt=45),
    "tilt 60°": Seen(tilt=60),
    "noise 25": Seen(noise=25),
    "noise 45": Seen(noise=45),
    "light from one side": Seen(shade=0.7),
    "25 % dirty": Seen(film=0.25),
    "5 % covered": Seen(cover=0.05),
    "10 % covered": Seen(cover=0.10),
    "25 % covered": Seen(cover=0.25),
    "all at once": Seen(blur=1, tilt=30, noise=15, film=0.25, shade=0.5),
}
BAD = CONDITIONS["all at once"]
SYMBOLS = {"plate, 12 cm": (PLATE, 120), "sheet, 80 mm": (SHEET, 80), "sheet, 35 mm": (SHEET, 35)}
LOOKED = {"plate": (PLATE, 120, 0.75), "sheet": (SHEET, 80, 0.5)}  # from where people stand who could not read it from afar
DISTANCES = (0.15, 0.25, 0.4, 0.65, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)  # metres


def matrix(text: str, level: str) -> Matrix:
    """Return the modules of a text at an error correction level, with a quiet zone of four."""
    code = qrcode.QRCode(error_correction=LEVELS[level], border=4)
    code.add_data(text, optimize=0)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def dots(width_mm: float, metres: float) -> float:
    """Return how many pixels of a preview a width takes at a distance."""
    return DOTS_ACROSS * width_mm / 1000 / (SEEN_ACROSS * metres)


def picture(modules: Matrix, width: float, seen: Seen, rand: random.Random) -> Image.Image:
    """Return a preview in which the symbol, without its quiet zone, is ``width`` pixels wide when seen straight."""
    count = len(modules) - 8
    fine = max(2, math.ceil(2 * width / count))  # dots a module, drawn twice as fine as they are seen
    sheet = Image.new("L", (len(modules), len(modules)))
    sheet.putdata([INK if module else PAPER for row in modules for module in row])
    sheet = sheet.resize((len(modules) * fine, len(modules) * fine), Image.Resampling.NEAREST)
    _dirty(sheet, seen, count * fine, rand)
    side = math.ceil(width * 1.7)
    found = _tilted(sheet, 2 * side, fine * count / (2 * width), seen.tilt, rand).resize((side, side), Image.Resampling.BOX)
    found = found.filter(ImageFilter.GaussianBlur(seen.blur))
    if seen.shade:
        dark = int(255 * (1 - seen.shade))
        light = Image.linear_gradient("L").point(lambda grey: dark + (255 - dark) * grey // 255).rotate(rand.choice((0, 90, 180, 270)))
        found = ImageChops.multiply(found, light.resize(found.size))
    return _noisy(found, seen.noise, rand)


def _dirty(sheet: Image.Image, seen: Seen, width: int, rand: random.Random) -> None:
    """Draw spots on the symbol until that fraction of it is covered."""
    edge = (sheet.width - width) // 2
    for part, opaque in ((seen.film, False), (seen.cover, True)):
        under = Image.new("L", sheet.size)
        draw, inside = ImageDraw.Draw(under), (edge, edge, edge + width, edge + width)
        while part and under.crop(inside).histogram()[255] < part * width * width:
            across, down = (width * rand.uniform(0.03, 0.12) for _ in range(2))
            x, y = (edge + width * rand.random() for _ in range(2))
            draw.ellipse((x - across, y - down, x + across, y + down), fill=255)
        if part:
            spot = Image.new("L", sheet.size, rand.randint(70, 140)) if opaque else sheet.point(lambda grey: grey * 13 // 20 + 10)
            sheet.paste(spot, mask=under)


def _tilted(sheet: Image.Image, side: int, finer: float, tilt: float, rand: random.Random) -> Image.Image:
    """Return the picture rotated by up to 20 degrees and tilted about the vertical axis, as seen by a camera straight ahead.

    A point x, y of the paper is seen at u = D x cos t / (D + x sin t), v = D y / (D + x sin t); Pillow needs x, y from u, v. The camera is
    two and a half paper widths away.
    """
    lean, turn = math.radians(tilt) * rand.choice((-1, 1)), math.radians(rand.uniform(-20, 20))
    away = math.tan(lean) / (2.5 * side)
    middle, half = sheet.width / 2, side / 2
    whole = 1 + away * half
    rows = []
    for first, second in ((math.cos(turn), -math.sin(turn)), (math.sin(turn), math.cos(turn))):
        across, down = finer * first / math.cos(lean), finer * second
        start = middle * whole - across * half - down * half
        rows += [(across - middle * away) / whole, down / whole, start / whole]
    taken = (*rows, -away / whole, 0)
    return sheet.transform((side, side), Image.Transform.PERSPECTIVE, taken, Image.Resampling.BICUBIC, fillcolor=WALL)


@cache
def _grain() -> Image.Image:
    """Return noise of 40 grey levels, created once: each picture takes a part of it."""
    rand, tile = random.Random("grain"), Image.new("L", (1024, 1024))
    tile.putdata([max(0, min(255, round(rand.gauss(128, 40)))) for _ in range(1024 * 1024)])
    return tile


def _noisy(found: Image.Image, noise: float, rand: random.Random) -> Image.Image:
    x, y = rand.randrange(1024 - found.width), rand.randrange(1024 - found.height)
    grain = _grain().crop((x, y, x + found.width, y + found.height)).point(lambda grey: 128 + (grey - 128) * noise / 40)
    return ImageChops.add(found, grain, offset=-128)


def rate(modules: Matrix, text: str, width: float, seen: Seen, name: str) -> int:
    """Return how many of a hundred pictures of a cell are decoded correctly."""
    rand = random.Random(name)
    right = 0
    for _ in range(PICTURES):
        codes = zxingcpp.read_barcodes(picture(modules, width, seen, rand), formats=zxingcpp.BarcodeFormat.QRCode)
        assert all(code.text == text for code in codes), "read, and read wrong"
        right += bool(codes)
    return round(100 * right / PICTURES)


def by_distance(level: str = "Q") -> Iterable[list[str]]:
    """Yield a line for each symbol and state: the rate at each distance."""
    for name, (text, width) in SYMBOLS.items():
        for state, seen in (("clean", CONDITIONS["clean"]), ("all at once", BAD)):
            rates = []
            for metres in DISTANCES:
                across = dots(width, metres)
                rates.append(str(rate(matrix(text, level), text, min(across, LARGEST), seen, f"{name} {state} {metres}")))
            yield [name, state, *rates]


def by_level(text: str, width: float, metres: float) -> Iterable[list[str]]:
    """Yield a line for each condition: the rate at each level, with the address in upper and in lower case."""
    kinds = [(level, said) for said in (text, text.lower()) for level in LEVELS]
    made = {kind: matrix(kind[1], kind[0]) for kind in kinds}
    yield ["modules on a side", *(str(len(made[kind]) - 8) for kind in kinds)]
    for name, seen in CONDITIONS.items():
        yield [name, *(str(rate(made[level, said], said, dots(width, metres), seen, f"{name} {level} {said}")) for level, said in kinds)]


def table(head: Iterable[str], lines: Iterable[list[str]]) -> str:
    """Return a Markdown table."""
    heads = list(head)
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, rule, *lines))


def stops(lines: Iterable[list[str]]) -> str:
    """Yield sentences that say at which distance each symbol is no longer decoded."""
    said = []
    for name, state, *rates in lines:
        sure = [metres for metres, rate in zip(DISTANCES, rates, strict=True) if int(rate) >= 95]
        gone = next((metres for metres, rate in zip(DISTANCES, rates, strict=True) if int(rate) < 50), None)
        upto = f"surely read up to {max(sure):g} m" if sure else "never surely read"
        said.append(f"- {name}, {state}: {upto}" + (f", mostly not from {gone:g} m on." if gone else "."))
    return "\n".join(said)


def page(say: Callable[[str], None]) -> str:
    """Return the whole of docs/qr.md."""
    say("from how far …")
    far = list(by_distance())
    heads = ["", *(f"{level} {case}" for case in ("capitals", "small") for level in LEVELS)]
    levels = {}
    for name, (text, width, metres) in LOOKED.items():
        say(f"levels, {name} …")
        levels[name] = table(heads, by_level(text, width, metres))
    distances = table(["symbol", "state", *(f"{metres:g} m" for metres in DISTANCES)], far)
    return TEXT.format(pictures=PICTURES, distances=distances, stops=stops(far), plate_dots=round(dots(120, 0.75)),
                       sheet_dots=round(dots(80, 0.5)), plate_length=len(PLATE), sheet_length=len(SHEET), **levels)  # fmt: skip


TEXT = """# How well our QR codes are read

Written by `make qr-table` (`bench/qr.py`); every run gives the same figures. This is a simulation, without printer or phone:
symbols are drawn as the printer draws them, degraded by image operations, {pictures} pictures a cell, and read by zxing-cpp 3.1.1.
In an earlier comparison WeChat's own reader still read symbols with one and a half times the blur, so these figures are
too low rather than too high.

A picture simulates the preview of a cheap phone: 1,080 pixels on its short side, for a field of view of 51 degrees. Paper is grey 232, ink
28; every picture is rotated by up to 20 degrees, blurred like a lens in focus (0.6 pixels) and has a little noise (6 grey levels),
unless the table says otherwise. *Dirty* is a translucent film in spots over a quarter of the symbol; *covered* is mud, a tear or a
sticker that hides the modules below; *light from one side* leaves the dark side three tenths of the light. *All at once*: blur 1
pixel, tilt 30°, noise 15, a quarter dirty, the dark side with half of the light.

## By distance

Percent read. The plate has level Q and an address of {plate_length} capitals (version 3), the poster (sheet)
level Q and {sheet_length} (version 4).

{distances}
Where it stops working:

{stops}

## By error correction level, capitals and small letters

Percent read, the plate (12 cm) from 0.75 m: {plate_dots} pixels across at every level, so that a level with more modules has smaller
ones.

{plate}
The poster's large symbol (80 mm) from 0.5 m: {sheet_dots} pixels across.

{sheet}
Conclusion: at short distance, blur, tilt, film and light make hardly any difference between the levels. Covered modules do: with 5 %
covered, L is read almost never, M in a third of the pictures, Q and H in about half. With all degradations at once, small modules fail
first: on the plate Q in capitals is read as often as L and M, and about twice as often as H, or as Q in small letters. So Q in
capitals is printed. No level reads a symbol of which a quarter is hidden: a code that is torn or pasted over must be
printed again, and a wall check finds it.
"""


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(lambda said: print(said, flush=True)), "utf-8")
