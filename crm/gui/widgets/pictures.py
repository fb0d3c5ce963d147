"""Pictures from strangers, made safe: `safe_photo(data)` returns our own small JPEG, or None.

Only PNG, JPEG, GIF and WebP, told by their first bytes: Qt would otherwise open SVG by content, which reads files and
can hang (RELIABILITY 2.5). Call it on a worker thread.
"""

import threading

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorConstants, QImage, QImageReader, QPainter, QPixmap

LARGEST_BYTES = 16 * 2**20
LARGEST_PIXELS = 40_000_000
DECODER_MB = 64
SIDE = 512
QUALITY = 88
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"), (b"GIF8", b"gif"))
_one_at_a_time = threading.Lock()


def safe_photo(data: bytes) -> bytes | None:
    """Return `data` as a JPEG of at most 512 pixels a side, without what the file carried beside; None if unfit."""
    kind = picture_kind(data)
    if kind is None or len(data) > LARGEST_BYTES:
        return None
    with _one_at_a_time:  # the decoder's memory limit is the process's
        image = _read(data, kind)
    return None if image is None else _encode(image)


def picture_kind(data: bytes) -> bytes | None:
    """Return the format by its first bytes, None for what we don't read."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return b"webp"
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)


def photo_pixmap(data: bytes) -> QPixmap | None:
    """Return one of our own JPEGs to paint; None if it can't be read."""
    made = QPixmap()
    return made if made.loadFromData(data, "JPEG") else None


def _read(data: bytes, kind: bytes) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(DECODER_MB)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > LARGEST_PIXELS:
        return None
    if max(size.width(), size.height()) > SIDE and kind == b"jpeg":
        # JPEG decodes straight to a smaller size.
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def _encode(image: QImage) -> bytes | None:
    if max(image.width(), image.height()) > SIDE:
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        image = image.scaled(SIDE, SIDE, keep, smooth)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColorConstants.White)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    written = flat.save(target, "JPEG", QUALITY)  # type: ignore[call-overload]
    return bytes(target.data().data()) if written else None
