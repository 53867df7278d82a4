"""match NEED|NEEDS.jsonl [--against FILE.jsonl]: ranked candidates with reasons; needs no city where both sides are files (匹配)."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongchuang.cli.database import require_city
from gongchuang.cli.output import note, show
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import ranking
from gongchuang.matchmaker.matching import Candidate, Document, Index, Item, leading, whole_parts

KINDS = ("offers", "experts", "studios")
SHOWN = 10
LARGEST = 512 * 2**20


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("match", help=str(Text("为需求找候选，给出理由", "candidates for a need, with reasons")))
    parser.add_argument(
        "need", metavar="NEED|NEEDS.jsonl", help=str(Text("需求编号、一句话或 JSON 行文件", "a number, a text or a file of JSON lines"))
    )
    parser.add_argument("--against", metavar="FILE.jsonl", type=Path, help=str(Text("候选文件，不用本市的库", "candidates from a file")))
    parser.add_argument("--kind", choices=KINDS, help=str(Text("只排一类候选", "rank one kind only")))
    parser.add_argument("-k", metavar="N", type=_positive, help=str(Text("最多几个", "at most so many")))
    parser.add_argument("--run", metavar="FILE", type=Path, dest="run_file", help=str(Text("写出排序文件", "write the ranking")))
    parser.set_defaults(run=run, needs_city=False)


def _positive(said: str) -> int:
    number = int(said)
    if number < 1:
        raise argparse.ArgumentTypeError(str(Text("应为正整数", "must be a positive whole number")))
    return number


def run(options: argparse.Namespace) -> int:
    needs = list(_needs(options))
    index = Index(read_documents(options.against) if options.against else _of_the_city(options.kind))
    most = options.k or (None if options.run_file else SHOWN)
    lines: list[str] = []
    answers: list[dict[str, Any]] = []
    with open(options.run_file, "w", encoding="utf-8") if options.run_file else _nowhere() as out:
        for need in needs:
            ranked = index.rank(need, most, explain=not options.run_file)
            if options.run_file:
                out.writelines(run_lines(need, ranked))
                continue
            good = [candidate for candidate in ranked if candidate.is_match]
            answers.append({"need": need.id, "title": need.title, "candidates": [as_data(one) for one in good]})
            lines += as_lines(need, good)
    if options.run_file:
        note(Text(f"{len(needs)} 项需求，{len(index.documents)} 个候选。", f"{len(needs)} needs, {len(index.documents)} candidates."))
    else:
        show(options, {"candidates_in_all": len(index.documents), "needs": answers}, lines)
    return 0


class _nowhere:
    """Stands in for the file that is not asked for."""

    def __enter__(self) -> Any:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _needs(options: argparse.Namespace) -> Iterator[Document]:
    file = Path(options.need)
    if options.need.endswith((".jsonl", ".json")) or file.is_file():
        yield from read_documents(file)
    elif options.against:
        yield Document("need", options.need)
    else:
        require_city()
        need = ranking.need_by_no(options.need)
        yield ranking.need_document(need) if need is not None else Document("need", options.need)


def _of_the_city(kind: str | None) -> list[Document]:
    require_city()
    return ranking.documents([kind.removesuffix("s")] if kind else ranking.KINDS)[0]


def read_documents(file: Path) -> list[Document]:
    """Documents of a file of JSON lines {id, title, text, keywords?, industry?, region?, items?}; a wrong line is named."""
    if not file.is_file():
        raise Refused(
            Text(f"没有文件 {file}", f"There is no file {file}"), cure=Text("请检查文件名和目录。", "Check the name and the folder.")
        )
    if file.stat().st_size > LARGEST:
        raise Refused(Text(f"{file.name} 超过 512 MB", f"{file.name} is larger than 512 MB"))
    found: list[Document] = []
    seen: set[str] = set()
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                document = _document(_object(line, file, number), file, number)
                if document.id in seen:
                    raise _wrong(file, number, f"id {document.id} 重复", f"id {document.id} comes twice")
                seen.add(document.id)
                found.append(document)
    if not found:
        raise Refused(Text(f"{file.name} 是空的", f"{file.name} is empty"))
    return found


def _wrong(file: Path, number: int, zh: str, en: str) -> Refused:
    return Refused(Text(f"{file.name} 第 {number} 行：{zh}。", f"{file.name} line {number}: {en}."), field=f"{number}")


def _object(line: bytes, file: Path, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _wrong(file, number, "不是 UTF-8 编码，请另存为 UTF-8", "is not UTF-8; please save it as UTF-8") from None
    except (ValueError, RecursionError):
        raise _wrong(file, number, "不是 JSON 对象", "is no JSON object") from None
    if not isinstance(found, dict):
        raise _wrong(file, number, "不是 JSON 对象", "is no JSON object")
    return found


def _document(given: dict[str, Any], file: Path, number: int) -> Document:
    identity = given.get("id")
    if not isinstance(identity, str | int) or isinstance(identity, bool) or not str(identity).strip():
        raise _wrong(file, number, "缺 id", "has no id")
    texts = {name: _text(given, name, file, number) for name in ("title", "text", "keywords", "industry", "region")}
    items = given.get("items") or []
    if not isinstance(items, list):
        raise _wrong(file, number, "items 应为列表", "items must be a list")
    return Document(id=str(identity), items=tuple(_item(one, file, number) for one in items), **texts)


def _text(given: dict[str, Any], name: str, file: Path, number: int) -> str:
    value = given.get(name)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return " ".join(value)
    if value is not None and not isinstance(value, str):
        raise _wrong(file, number, f"{name} 应为文字", f"{name} must be a text")
    return value or ""


def _item(given: Any, file: Path, number: int) -> Item:
    if isinstance(given, str):
        return Item(given)
    if isinstance(given, dict):
        return Item(_text(given, "title", file, number), _text(given, "text", file, number))
    raise _wrong(file, number, "items 里应为文字或 {title, text}", "an item is a text or {title, text}")


def run_lines(need: Document, ranked: list[Candidate]) -> Iterator[str]:
    """need Q0 candidate rank score name: as evaluation tools read it."""
    for place, candidate in enumerate(ranked, start=1):
        yield f"{need.id} Q0 {candidate.document.id} {place} {candidate.score:.6f} gongchuang\n"


def as_data(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.document.id,
        "title": candidate.document.title,
        "score": round(candidate.score, 6),
        "reasons": [
            {
                "kind": reason.kind,
                "label": reason.label,
                "points": round(reason.points, 6),
                "need": reason.needs,
                "candidate": reason.theirs,
            }
            for reason in candidate.reasons
        ],
    }


def as_lines(need: Document, good: list[Candidate]) -> Iterator[str]:
    yield f"{need.id}  {need.title}"
    if not good:
        yield f"  {Text('没有合适的候选。', 'No good match.')}"
    for place, candidate in enumerate(good, start=1):
        yield f"  {place}. {candidate.score:.2f}  {candidate.document.id}  {candidate.document.title}"
        shown, rest = leading(candidate.reasons)
        shares = whole_parts([*(reason.points for reason in shown), rest])
        said = [f"{reason.label} {share}%" for reason, share in zip(shown, shares, strict=False) if share]
        other = f"{Text('其余', 'the rest')} {shares[-1]}%" if shares[-1] else ""
        yield f"     {'；'.join([*said, other] if other else said)}"
