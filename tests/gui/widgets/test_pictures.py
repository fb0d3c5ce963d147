from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from crm.gui.widgets.pictures import SIDE, photo_pixmap, picture_kind, safe_photo


def encoded(width: int, height: int, kind: str, colour: str = "red") -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def test_no_hostile_picture_gets_through(samples: Path) -> None:
    folder = samples / "hostile" / "img"
    kept = {}
    for file in sorted(folder.iterdir()):
        made = safe_photo(file.read_bytes())
        if made is not None:
            kept[file.name] = made
    for made in kept.values():
        assert made.startswith(b"\xff\xd8\xff")
        assert len(made) < 200_000
    assert not [name for name in kept if not name.endswith((".png", ".gif"))]
    assert not [name for name in kept if "20k" in name or "40k" in name or "max" in name or "7900" in name]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>",
        b"\x1f\x8b\x08\x00svgz",
        b"BM\x00\x00",
        b"P6 1 1 255 abc",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WEBP",
    ],
)
def test_what_is_no_whole_picture_of_a_kind_we_read_is_none(data: bytes) -> None:
    assert safe_photo(data) is None


@pytest.mark.parametrize(("side", "is_fit"), [(3000, True), (8000, False)])
def test_a_picture_of_too_many_pixels_is_refused_though_it_is_small_and_whole(
    side: int, is_fit: bool
) -> None:
    image = QImage(side, side, QImage.Format.Format_Mono)
    image.fill(1)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    data = bytes(buffer.data().data())
    assert len(data) < 100_000
    assert (safe_photo(data) is not None) is is_fit


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_a_small_jpeg_of_our_own(kind: str) -> None:
    made = safe_photo(encoded(1200, 600, kind))
    assert made is not None
    assert picture_kind(made) == b"jpeg"
    shown = QImage.fromData(made)
    assert (shown.width(), shown.height()) == (SIDE, SIDE // 2)


def test_a_small_picture_keeps_its_size_and_loses_its_clearness() -> None:
    made = safe_photo(encoded(20, 10, "PNG", "transparent"))
    assert made is not None
    shown = QImage.fromData(made)
    assert (shown.width(), shown.height()) == (20, 10)
    assert shown.pixelColor(5, 5).lightness() > 250


def test_bytes_hidden_behind_a_picture_are_gone() -> None:
    made = safe_photo(encoded(20, 10, "PNG") + b"SECRET" * 100)
    assert made is not None
    assert b"SECRET" not in made


def test_our_own_picture_can_be_painted(qapp: object) -> None:
    made = safe_photo(encoded(20, 10, "PNG"))
    assert made is not None
    pixmap = photo_pixmap(made)
    assert pixmap is not None
    assert pixmap.width() == 20
    assert photo_pixmap(b"nonsense") is None
