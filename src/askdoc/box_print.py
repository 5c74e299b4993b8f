"""Reads the print on a medicine box, on this machine, with the weights that rapidocr brings.

The picture never leaves the process and is never kept.
"""

import io
import logging
from collections.abc import Sequence
from threading import Lock
from typing import Any

from askdoc.channels.app import NoPhotoReader
from askdoc.reception.seen import Line

_MOST_PIXELS = 50_000_000
# Larger pictures are made smaller first: print that matters is large, and time is short.
_LONGEST_SIDE = 1600


class RapidBoxReader:
    """`BoxReader` over rapidocr. Raises NoPhotoReader without the extra `photo`."""

    def __init__(self) -> None:
        try:
            from rapidocr import RapidOCR
        except ModuleNotFoundError:
            raise NoPhotoReader from None
        logging.getLogger("RapidOCR").setLevel(logging.WARNING)
        self._engine = RapidOCR(params={"Global.log_level": "warning"})
        self._one_at_a_time = Lock()

    def read(self, picture: bytes) -> Sequence[Line]:
        opened = _opened(picture)
        if opened is None:
            return ()
        with self._one_at_a_time:
            found: Any = self._engine(opened)
        texts, scores = found.txts or (), found.scores or ()
        return [Line(text, float(score)) for text, score in zip(texts, scores, strict=True)]


def _opened(picture: bytes) -> Any:
    """The picture as pixels, upright and not too large; None when it is none, or far too large."""
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(picture)) as shown:
            if shown.width * shown.height > _MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(shown).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    # The engine reads pixels as blue, green, red.
    return np.asarray(upright)[:, :, ::-1]
