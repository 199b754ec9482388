"""What an entry says, as plain values: hashed, compared, and without names for those who judge blind.

`{title, summary, answers: {key: value}, metrics: [row], categories: [slug], files: {id: {name, sha256}}}`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from awards.entries import metrics, redacting
from awards.entries.enums import Factor
from awards.entries.models import ContestEntry
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec, from_json
from refprogram.kernel.models import StoredFile

CATEGORIES: Final = "_categories"
SEEN: Final = "_seen"
SHORTEST_NAME: Final = 4
# Words that many companies share: alone they betray nobody.
COMMON: Final = frozenset({
    "group", "holding", "international", "limited", "company", "corporation", "systems", "services", "solutions",
    "global", "technologies", "bank", "university", "gmbh", "inc", "ltd",
})  # fmt: skip


def specs_of(entry: ContestEntry) -> list[FieldSpec]:
    """Return what the entry's form asks."""
    return from_json(entry.answer.version.fields) if entry.answer is not None else []


def written(entry: ContestEntry) -> dict[str, Any]:
    """Return what is written in the draft now."""
    values = entry.answer.values if entry.answer is not None else {}
    answers = {spec.key: values[spec.key] for spec in specs_of(entry) if spec.key in values}
    rows = metrics.as_typed(values.get(metrics.KEY, []))
    return {
        "title": entry.title,
        "summary": entry.summary,
        "answers": answers,
        "metrics": rows,
        "categories": sorted(values.get(CATEGORIES, [])),
        "files": files_in(specs_of(entry), answers, rows),
    }


def files_in(
    specs: Iterable[FieldSpec], answers: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, str]]:
    """Return the files that are named in the answers and results. No query without a file."""
    wanted = [str(answers[spec.key]) for spec in specs if spec.type == FieldType.FILE and answers.get(spec.key)]
    wanted += [str(row["evidence"]) for row in rows if row.get("evidence")]
    if not wanted:
        return {}
    found = StoredFile.objects.filter(public_id__in=wanted, removed_at__isnull=True)
    return {file.public_id: {"name": file.name, "sha256": file.sha256} for file in found}


def hash_of(content: Mapping[str, Any]) -> str:
    """Return sha256 over the content's one spelling."""
    spelled = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def as_text(content: Mapping[str, Any], specs: Iterable[FieldSpec]) -> str:
    """Return the content as people read it, a paragraph each: what an approver compares."""
    lines = [content["title"], content["summary"]]
    for spec in specs:
        value = content["answers"].get(spec.key)
        if value:
            lines.append(f"{spec.label}\n{in_words(spec, value, content['files'])}")
    lines += [metric_line(row, content["files"]) for row in content["metrics"]]
    if content["categories"]:
        lines.append(_("Categories: %(names)s") % {"names": ", ".join(content["categories"])})
    return "\n\n".join(line for line in lines if line)


def in_words(spec: FieldSpec, value: Any, files: Mapping[str, Mapping[str, str]]) -> str:
    """Return one answer as text."""
    if spec.type == FieldType.FILE:
        return str(files.get(str(value), {}).get("name", ""))
    if spec.type == FieldType.METRIC and isinstance(value, Mapping):
        return f"{value.get('name', '')}: {value.get('before', '')} → {value.get('after', '')} {value.get('unit', '')}"
    if spec.type == FieldType.CONSENT:
        return _("agreed")
    if isinstance(value, list):
        return ", ".join(spec.label_of(str(one)) for one in value)
    return spec.label_of(str(value)) if spec.options else str(value)


def metric_line(row: Mapping[str, Any], files: Mapping[str, Mapping[str, str]]) -> str:
    """Return one result as a line: what, from what to what, over which period, how it was measured."""
    factor = str(Factor(row["factor"]).label) if row.get("factor") in Factor.values else ""
    figures = f"{row['before']} → {row['after']} {row['unit']}".strip() if row.get("before") else ""
    proof = str(files.get(str(row.get("evidence", "")), {}).get("name", ""))
    parts = [factor, row.get("what"), figures, row.get("period"), row.get("method"), row.get("story"), proof]
    return " · ".join(str(part) for part in parts if part)


# ---------------------------------------------------------------- names, where judges must not learn them


def telling_names(entry: ContestEntry) -> list[str]:
    """Return the words that betray who entered: the company or team, its people, their mail domain."""
    found: list[str] = []
    if entry.account is not None:
        found += [entry.account.name, *entry.account.name.split()]
    if entry.team is not None:
        found.append(entry.team.name)
    for person in (entry.owner, entry.contact.person if entry.contact is not None else None):
        if person is not None:
            found += [person.name, *person.name.split()[-1:], person.email.rpartition("@")[2]]
    seen: dict[str, str] = {}
    for name in found:
        word = name.strip(" .,;")
        if len(word) >= SHORTEST_NAME and word.lower() not in COMMON:
            seen.setdefault(word.lower(), word)
    return sorted(seen.values(), key=len, reverse=True)


def names_left(content: Mapping[str, Any], specs: Iterable[FieldSpec], names: Iterable[str]) -> list[str]:
    """Return the telling names that stand where blind judges read: not in blind fields."""
    pattern = redacting.names_pattern(names)
    if pattern is None:
        return []
    shown = without_blind(content, specs)
    text = json.dumps([shown["title"], shown["summary"], shown["answers"], shown["metrics"],
                       [file["name"] for file in shown["files"].values()]], ensure_ascii=False)  # fmt: skip
    return sorted({hit.lower() for hit in pattern.findall(text)})


def without_blind(content: Mapping[str, Any], specs: Iterable[FieldSpec]) -> dict[str, Any]:
    """Return the content without the fields that blind judges do not see."""
    hidden = {spec.key for spec in specs if spec.blind}
    answers = {key: value for key, value in content["answers"].items() if key not in hidden}
    gone = {str(content["answers"].get(key, "")) for key in hidden}
    files = {key: file for key, file in content["files"].items() if key not in gone}
    return {**content, "answers": answers, "files": files}


def for_blind_judges(content: Mapping[str, Any], specs: Iterable[FieldSpec], entry: ContestEntry) -> dict[str, Any]:
    """Return what a blind judge reads: no blind field, no telling name, nothing that a screener hid; files by number.

    A file keeps its number when another one is hidden.
    """
    shown = without_blind(content, specs)
    files = {
        key: {**file, "name": _("Attachment %(n)d") % {"n": n} + file["name"][file["name"].rfind(".") :]}
        for n, (key, file) in enumerate(sorted(shown["files"].items()), 1)
        if key not in entry.hidden_files
    }
    masked: dict[str, Any] = mask_of(entry).over({name: value for name, value in shown.items() if name != "files"})
    return {**masked, "files": files}


def mask_of(entry: ContestEntry) -> redacting.Mask:
    """Return what is masked in an entry where names are hidden."""
    return redacting.mask(telling_names(entry), entry.hidden_words)


def file_named(public_id: str) -> StoredFile | None:
    """Return a file by the name that content keeps of it."""
    return StoredFile.objects.filter(public_id=public_id).first() if public_id else None
