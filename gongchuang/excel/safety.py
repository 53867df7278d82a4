"""What kind of file this really is, and whether it may be read at all (文件安检).

Runs in the child process that reads the file, so it stands on the standard library alone: no Django, no settings. A file
that may not be read raises Unsafe with a code; the words for people are in reader.py.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from pathlib import Path

MAX_FILE = 20 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_RATIO = 100
MAX_MEMBERS = 1_000
MAX_CELLS = 5_000_000
SMALL = 2**20  # below this a high ratio harms nobody

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "word"),
)


class Unsafe(Exception):
    """The file may not be read; the first argument is a code that reader.py has words for."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(path: Path) -> str:
    """xlsx, xls or csv by content, never by name; anything else is Unsafe."""
    size = path.stat().st_size
    if size == 0:
        raise Unsafe("empty")
    if size > MAX_FILE:
        raise Unsafe("large")
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK"):
        check_zip(path)
        return "xlsx"
    if head.startswith(OLE):
        check_ole(path)
        return "xls"
    for start, code in OTHERS:
        if head.startswith(start) and not (start in (b"MZ", b"BM") and _is_text(head)):
            raise Unsafe(code)
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|table|head|meta|style)", head, re.IGNORECASE):
        raise Unsafe("html")
    return "csv"


def _is_text(head: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1f]", head)


def check_ole(path: Path) -> None:
    """The old binary container: a workbook without password and macros, by the names in its directory."""
    content = path.read_bytes()

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise Unsafe("locked")
    if not (holds("Workbook") or holds("Book")):
        raise Unsafe("word" if holds("WordDocument") else "unknown")
    if holds("_VBA_PROJECT"):
        raise Unsafe("macro")


def check_zip(path: Path) -> None:
    """A workbook's zip: few members, no bomb, no macro, no DTD, not too many cells; sizes are counted, not believed."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise Unsafe("members")
            _check_names(members)
            _unpack(archive, members, path.stat().st_size)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, OSError, zlib.error) as error:
        raise Unsafe("damaged") from error


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if any(member.flag_bits & 0x1 for member in members):
        raise Unsafe("locked")
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" in names or "mimetype" in names:
            raise Unsafe("otherbook")
        raise Unsafe("word" if any(name.startswith(("word/", "ppt/")) for name in names) else "archive")
    if any("vbaproject" in name.lower() or name.lower().startswith("xl/macrosheets/") for name in names):
        raise Unsafe("macro")
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise Unsafe("damaged")
    if len(names) != len(members):
        raise Unsafe("damaged")  # two members of one name: what is checked may not be what is read
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Unsafe("bomb")


FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
CELL = re.compile(rb"<(?:\w+:)?c[ >/]")


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = cells = 0
    for member in members:
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        is_sheet = is_xml and member.filename.startswith("xl/worksheets/")
        tail = b""
        with archive.open(member) as stream:
            while chunk := stream.read(2**18):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > packed * MAX_RATIO):
                    raise Unsafe("bomb")
                window = tail + chunk
                if is_xml and (FORBIDDEN.search(window) or FORBIDDEN.search(window.replace(b"\x00", b""))):
                    raise Unsafe("dtd")
                if is_sheet:
                    cells += len(CELL.findall(window)) - len(CELL.findall(tail))
                    if cells > MAX_CELLS:
                        raise Unsafe("cells")
                tail = window[-16:]


# -- text files -------------------------------------------------------------------------------------------------------


def decode(content: bytes) -> str:
    """A text file's text: UTF-8 with or without mark, UTF-16 with mark, else GB18030 (GBK and GB2312 are parts of it)."""
    if content.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if re.search(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]", text):
            raise Unsafe("unknown")
        return text
    raise Unsafe("encoding")


def delimiter_of(text: str) -> str:
    """The separator of a text file: the one that splits its first lines most evenly."""
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(",\t;|，", key=evenness)


def read_csv(path: Path) -> list[list[str]]:
    text = decode(path.read_bytes())
    if not text.strip():
        raise Unsafe("empty")
    csv.field_size_limit(100_000)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)):
            cells += len(row)
            if cells > MAX_CELLS:
                raise Unsafe("cells")
            rows.append(row)
    except csv.Error as error:
        raise Unsafe("damaged") from error
    return rows
