"""A printer and a phone: sheets are rendered as a printer would, and read as a phone would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

DPI = 150


def need(tool: str) -> None:
    """Skip where poppler-utils is not installed, but never in CI, where a skip would hide that nothing was looked at."""
    if shutil.which(tool) is None and os.environ.get("CI") != "true":
        pytest.skip(f"{tool} is missing: apt install poppler-utils")


class Printer:
    """Turns PDFs into pictures and into the text that a reader can select."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pictures(self, pdf: bytes) -> list[Image.Image]:
        need("pdftoppm")
        (self.folder / "sheet.pdf").write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "sheet.pdf", "page"], cwd=self.folder, check=True)
        return [opened(path) for path in sorted(self.folder.glob("page-*.pgm"))]

    def texts(self, pdf: bytes) -> list[str]:
        need("pdftotext")
        made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
        return made.stdout.decode().split("\f")[:-1]

    def lowest(self, pdf: bytes, foot: float = 18) -> list[list[str]]:
        """The words of each page that reach into its last millimetres, where only the foot may stand: 18 of an A4 sheet."""
        need("pdftotext")
        made = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        pages = []
        for height, words in re.findall(r'<page width="[\d.]+" height="([\d.]+)">(.*?)</page>', made, re.DOTALL):
            bottom = float(height) - foot / 25.4 * 72
            found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">(.*?)</word>', words)
            pages.append([word for top, word in found if float(top) > bottom - 4])
        return pages


def opened(path: Path) -> Image.Image:
    """The picture, read whole, so that no file stays open."""
    with Image.open(path) as picture:
        return picture.copy()


@pytest.fixture
def printer(tmp_path: Path) -> Printer:
    return Printer(tmp_path)


def codes(picture: Image.Image) -> list[str]:
    """What a phone reads from the picture."""
    return [code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)]


def symbol_width(picture: Image.Image) -> float:
    """Width in millimetres of the one QR symbol on a page rendered at DPI, quiet zone not counted."""
    (code,) = zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)
    return (code.position.top_right.x - code.position.top_left.x) / DPI * 25.4


def sizes(pdf: bytes) -> dict[str, float]:
    """The largest size of type, in points, in which each character stands on the first page."""
    found: dict[str, float] = {}

    def see(text: str, _cm: object, matrix: list[float], _font: object, size: float) -> None:
        for char in text.strip():
            found[char] = max(found.get(char, 0), size * abs(matrix[3]))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=see)
    return found
