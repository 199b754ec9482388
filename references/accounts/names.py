"""When two names mean the same company."""

import re
import unicodedata

LEGAL_FORMS = frozenset({
    "ab", "ag", "as", "asa", "bv", "co", "coltd", "company", "corp", "corporation", "eg", "gmbh", "group", "holding",
    "holdings", "inc", "incorporated", "kg", "kgaa", "kk", "limited", "llc", "llp", "lp", "ltd", "ltda", "nv", "oy",
    "oyj", "plc", "pte", "pty", "pvt", "sa", "sab", "sarl", "sas", "se", "spa", "srl", "sro",
    "the", "and", "und", "et", "y",
})  # fmt: skip


def telling_words(name: str) -> str:
    """Return the name as it is written, without its legal form: "Zzqx Corp" says "Zzqx". Nothing else: all of it."""
    words = name.split()
    return " ".join([word for word in words if match_key(word) not in LEGAL_FORMS] or words)


def match_key(name: str) -> str:
    """Return the name as it is compared: no accents, case, punctuation or legal form.

    "Kestrel Freight B.V." and "KESTREL-FREIGHT" have one key. A name of nothing else keeps its legal form.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("&", " and ")
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", plain)  # B.V. is one word
    words = re.findall(r"\w+", plain)
    return " ".join([word for word in words if word not in LEGAL_FORMS] or words)[:200]
