"""Files handed in (附件): checked by content, pictures re-encoded without location, stored under a random name."""

from __future__ import annotations

import functools
import hashlib
import io
import operator
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from PIL import Image, ImageOps, UnidentifiedImageError

from gongchuang.kernel import clock, touched
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.models import Attachment
from gongchuang.kernel.text import Text

MOST_BYTES = 20 * 2**20
LONGEST_SIDE = 1600
Image.MAX_IMAGE_PIXELS = 40_000_000
_KNOWN = {b"%PDF-": "application/pdf", b"PK\x03\x04": "application/zip", b"\xd0\xcf\x11\xe0": "application/x-ole-storage"}


def attach(record: models.Model, upload: UploadedFile, *, part: str = "proof", by: Any = None) -> Attachment:
    """Store one uploaded file for a record; a picture is shrunk to 1600 px and loses its location. Within an action."""
    content, content_type = _clean(upload)
    stored_as = f"{secrets.token_hex(1)}/{secrets.token_hex(16)}"
    path = settings.MEDIA_ROOT / stored_as
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    touched.note_file(path)
    attachment = Attachment(
        table=record._meta.db_table,
        pk_of_row=record.pk,
        part=part,
        name=(upload.name or "file")[-200:],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_as=stored_as,
        owner_uid=getattr(by, "uid", None),
        added_at=clock.now(),
    )
    attachment.save()
    return attachment


def by_uid(uid: UUID) -> Attachment | None:
    """The file at an address; who may read it is asked of the record it belongs to."""
    return Attachment.objects.filter(uid=uid).first()


def of(record: models.Model, part: str = "") -> models.QuerySet[Attachment]:
    found = Attachment.objects.filter(table=record._meta.db_table, pk_of_row=record.pk).order_by("pk")
    return found.filter(part=part) if part else found


def _clean(upload: UploadedFile) -> tuple[bytes, str]:
    if (upload.size or 0) > MOST_BYTES:
        raise _wrong(upload, "超过 20 MB，请压缩后再传。", "is over 20 MB. Please make it smaller.")
    upload.seek(0)
    content = upload.read()
    if not content:
        raise _wrong(upload, "是空的，请重新选择。", "is empty. Please choose it again.")
    try:
        return _picture(content), "image/jpeg"
    except UnidentifiedImageError:
        pass
    except (Image.DecompressionBombError, OSError, ValueError) as error:
        raise _wrong(upload, "打不开，请换一张图片。", "cannot be opened. Please choose another picture.") from error
    for magic, content_type in _KNOWN.items():
        if content.startswith(magic):
            return content, content_type
    raise _wrong(upload, "不是图片、PDF、Word 或 Excel 文件，请换一个。", "is no picture, PDF, Word or Excel file. Please choose another.")


def _wrong(upload: UploadedFile, zh: str, en: str) -> Refused:
    """What is wrong with one of the files handed in, by its name."""
    name = (upload.name or "")[-60:]
    return Refused(Text(f"文件“{name}”{zh}", f"The file “{name}” {en}"), field="files")


def _picture(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def pictures_of(model: type[models.Model], pks: list[int]) -> models.QuerySet[Attachment]:
    """The pictures of these records, the first one of each last: one query."""
    return Attachment.objects.filter(table=model._meta.db_table, pk_of_row__in=pks, content_type="image/jpeg").order_by("-pk")


def of_several(records: list[models.Model]) -> models.QuerySet[Attachment]:
    """The files of several records, in the order of the records: one query."""
    wanted = {models.Q(table=record._meta.db_table, pk_of_row=record.pk): at for at, record in enumerate(records)}
    if not wanted:
        return Attachment.objects.none()
    place = models.Case(*(models.When(one, then=models.Value(at)) for one, at in wanted.items()))
    return Attachment.objects.filter(functools.reduce(operator.or_, wanted)).order_by(place, "pk")
