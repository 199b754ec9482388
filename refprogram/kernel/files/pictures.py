"""Pictures, drawn anew: only the pixels survive. No EXIF, no comments, no profile, nothing behind the end."""

import io
import warnings
from typing import Final

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from refprogram.kernel.files.reasons import WashError

PIXELS: Final = 50_000_000
SIDE: Final = 20_000
FORMATS: Final = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}


def wash(data: bytes, extension: str) -> bytes:
    """Return the picture encoded anew in its own format, upright, without anything but pixels."""
    kind = FORMATS[extension]
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=[kind]) as picture:
                return _drawn(picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise WashError("bomb") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Warning) as error:
        raise WashError("broken") from error


def _drawn(picture: Image.Image, kind: str) -> bytes:
    width, height = picture.size
    if width * height > PIXELS or max(width, height) > SIDE:
        raise WashError("bomb")
    if getattr(picture, "n_frames", 1) > 1:
        raise WashError("moving")
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    plain = upright.convert("RGBA" if see_through and kind != "JPEG" else "RGB")
    # A canvas of its own: what the decoder left in `info` (comments, profiles, XMP) is not carried over.
    canvas = Image.new(plain.mode, plain.size)
    canvas.paste(plain)
    out = io.BytesIO()
    options: dict[str, int | bool] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}}.get(kind, {"optimize": True})
    canvas.save(out, kind, **options)
    return out.getvalue()
