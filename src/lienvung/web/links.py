"""Every address of the portal, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

LANGS = ("vi", "en")
SLUGS = {
    "vi": {"indicators": "chi-tieu", "areas": "dia-ban", "trace": "nguon-so", "search": "tim", "download": "tai-ve",
           "releases": "dot-cong-bo", "revisions": "dieu-chinh", "submit": "nop-tep", "submissions": "ho-so",
           "grid": "bang", "recipe": "cong-thuc", "inbox": "viec-can-lam", "calendar": "lich-bao-cao",
           "plans": "quy-hoach", "targets": "muc-tieu", "comparisons": "doi-chieu-quy-hoach",
           "growth_model": "mo-hinh-tang-truong", "innovation": "doi-moi-sang-tao", "quarters": "uoc-theo-quy",
           "facilities": "cong-trinh-trung",
           "sectors": "nganh", "headroom": "du-dia"},
    "en": {"indicators": "indicators", "areas": "areas", "trace": "trace", "search": "search", "download": "download",
           "releases": "releases", "revisions": "revisions", "submit": "submit", "submissions": "submissions",
           "grid": "grid", "recipe": "recipe", "inbox": "inbox", "calendar": "calendar",
           "plans": "plans", "targets": "targets", "comparisons": "plan-comparisons",
           "growth_model": "growth-model", "innovation": "innovation", "quarters": "quarters",
           "facilities": "facilities",
           "sectors": "sectors", "headroom": "headroom"},
}  # fmt: skip
"""Words of the addresses. The parameters after ``?`` are the same in both languages (``web/state.py``)."""
STEPS = {
    "replace": ("thay-tep", "replace"), "hand_in": ("nop", "hand-in"), "discard": ("huy", "discard"),
    "accept": ("chap-nhan", "accept"), "recheck": ("doc-lai", "recheck"), "cover": ("cong-van", "cover"),
    "comment": ("gop-y", "comment"), "answer": ("da-xu-ly", "answer"), "approve": ("duyet", "approve"),
    "return": ("tra-lai", "return"), "publish": ("cong-bo", "publish"), "unschedule": ("bo-hen", "unschedule"),
    "withdraw": ("thu-hoi", "withdraw"), "file": ("tep", "file"), "annotated": ("chu-thich.xlsx", "annotated.xlsx"),
    "report": ("bao-cao.json", "report.json"), "form": ("bieu-mau", "form"), "yaml": ("cong-thuc.yaml", "recipe.yaml"),
    "accept_finding": ("chap-nhan-doi-chieu", "accept-finding"),
    "withdraw_finding": ("rut-doi-chieu", "withdraw-finding"),
    "paper": ("ban-da-ky", "signed-file"), "paper_signature": ("chu-ky", "signature"),
}  # fmt: skip
"""Steps of a submission, and files of it: the word of the address in Vietnamese and in English."""

DOORS = {
    "sign_in": ("dang-nhap", "sign-in"), "code": ("dang-nhap/ma", "sign-in/code"),
    "invitation": ("dang-nhap/loi-moi", "sign-in/invitation"), "agency": ("dang-nhap/co-quan", "sign-in/agency"),
    "sign_out": ("dang-xuat", "sign-out"), "account": ("tai-khoan", "account"),
    "own_data": ("tai-khoan/du-lieu.json", "account/data.json"), "accounts": ("quan-tri/tai-khoan", "admin/accounts"),
    "sessions": ("quan-tri/phien", "admin/sessions"), "audit": ("nhat-ky", "audit"),
    "audit_file": ("nhat-ky/xuat.jsonl", "audit/export.jsonl"),
}  # fmt: skip
"""Pages of signing in, of one's account, of administration: the address in Vietnamese and in English."""

Query = Mapping[str, str | Sequence[str] | None]


def _query(query: Query) -> str:
    kept = {key: value for key, value in query.items() if value}
    return "?" + urlencode(kept, doseq=True, safe="@,") if kept else ""


@dataclass(frozen=True)
class Links:
    """Addresses in one language."""

    lang: str

    def _at(self, *parts: str) -> str:
        return "/".join(["", self.lang, *(quote(p, safe="@") for p in parts)])

    def _word(self, name: str) -> str:
        return SLUGS[self.lang][name]

    def home(self, **query: str | None) -> str:
        """The first page."""
        return self._at("") + _query(query)

    def indicators(self) -> str:
        """The list of all indicators."""
        return self._at(self._word("indicators"))

    def indicator(self, code: str, query: Query | None = None, **more: str | Sequence[str] | None) -> str:
        """The page of an indicator with a view of it."""
        return self._at(self._word("indicators"), code) + _query({**(query or {}), **more})

    def download(self, code: str, form: str, query: Query | None = None, **more: str | None) -> str:
        """A file of what the indicator page shows: csv, xlsx, svg or png."""
        name = f"{self._word('download')}.{form}"
        return self._at(self._word("indicators"), code, name) + _query({**(query or {}), **more})

    def areas(self) -> str:
        """The list of areas."""
        return self._at(self._word("areas"))

    def area(self, key: str) -> str:
        """The page of an area."""
        return self._at(self._word("areas"), key)

    def trace(self, indicator: str, area_key: str, period: str, **query: str | None) -> str:
        """Where one figure came from."""
        return self._at(self._word("trace"), indicator, area_key, period) + _query(query)

    def trace_row(self, row: Mapping[str, Any]) -> str:
        """Where a published row came from."""
        parts = {"phan-to": row["breakdown"], "nganh": row["activity"]}
        chosen = {name: code if code != "_T" else None for name, code in parts.items()}
        return self.trace(row["indicator"], row["area_key"], row["period"], nguon=row["issuer"], **chosen)

    def revisions(self, indicator: str, area_key: str, **query: str | None) -> str:
        """Every vintage of a series and the size of its revisions."""
        return self._at(self._word("revisions"), indicator, area_key) + _query(query)

    def search(self, text: str = "") -> str:
        """What matches a text."""
        return self._at(self._word("search")) + _query({"q": text})

    def releases(self) -> str:
        """Everything that was published, newest first."""
        return self._at(self._word("releases"))

    def plans(self) -> str:
        """The register of plans."""
        return self._at(self._word("plans"))

    def plan(self, key: str) -> str:
        """A plan with its targets."""
        return self._at(self._word("plans"), key)

    def targets(self, **query: str | None) -> str:
        """Targets held against figures."""
        return self._at(self._word("targets")) + _query(query)

    def target(self, key: str) -> str:
        """One target."""
        return self._at(self._word("targets"), key)

    def comparisons(self) -> str:
        """Plans held against each other."""
        return self._at(self._word("comparisons"))

    def growth_model(self, key: str = "") -> str:
        """The growth models of all territories, or of one."""
        return self._at(self._word("growth_model"), *([key] if key else []))

    def innovation(self, file: str = "") -> str:
        """The register of innovation, or one of its empty files."""
        return self._at(self._word("innovation"), *([f"{file}.csv"] if file else []))

    def sectors(self, key: str = "", **query: str | None) -> str:
        """The sectors of a region, or of one province."""
        return self._at(self._word("sectors"), *([key] if key else [])) + _query(query)

    def sectors_room(self, key: str) -> str:
        """How near a province's series are to a ceiling."""
        return self._at(self._word("sectors"), key, self._word("headroom"))

    def quarters(self, code: str, area_key: str, **query: str | None) -> str:
        """A yearly series in quarters, estimated."""
        return self._at(self._word("quarters"), code, area_key) + _query(query)

    def facilities(self) -> str:
        """Facilities planned twice."""
        return self._at(self._word("facilities"))

    def submit(self, **query: str | None) -> str:
        """Where a file is handed in."""
        return self._at(self._word("submit")) + _query(query)

    def submissions(self, **query: str | None) -> str:
        """The submissions that one may see."""
        return self._at(self._word("submissions")) + _query(query)

    def submission(self, number: str) -> str:
        """The page of a submission."""
        return self._at(self._word("submissions"), number)

    def step(self, number: str, step: str) -> str:
        """Where a step of a submission is sent to, or a file of it fetched from."""
        return self._at(self._word("submissions"), number, STEPS[step][LANGS.index(self.lang)])

    def grid(self, number: str, query: Query | None = None, **more: str | None) -> str:
        """A submission's workbook with its problems."""
        return self._at(self._word("submissions"), number, self._word("grid")) + _query({**(query or {}), **more})

    def recipe(self, number: str, query: Query | None = None, **more: str | None) -> str:
        """How a submission's tables are read."""
        return self._at(self._word("submissions"), number, self._word("recipe")) + _query({**(query or {}), **more})

    def inbox(self) -> str:
        """What waits for this person."""
        return self._at(self._word("inbox"))

    def calendar(self, **query: str | None) -> str:
        """Which agency owes what by when."""
        return self._at(self._word("calendar")) + _query(query)

    def door(self, name: str, *parts: str, **query: str | None) -> str:
        """A page of signing in, of one's account, of administration."""
        return self._at(*DOORS[name][LANGS.index(self.lang)].split("/"), *parts) + _query(query)


def _exchange_door(path: str) -> str:
    """The Vietnamese address of a page of signing in as the English one, and the other way round."""
    first, _, rest = path.lstrip("/").partition("/")
    here = LANGS.index(first) if first in LANGS else 0
    for words in sorted(DOORS.values(), key=lambda w: -len(w[here])):
        if rest == words[here] or rest.startswith(words[here] + "/"):
            return f"/{first}/{words[1 - here]}{rest[len(words[here]) :]}"
    return ""


def other_language(path: str, query: str, lang: str) -> str:
    """The same page in another language: its words exchanged, its parameters kept."""
    if exchanged := _exchange_door(path):
        path = path if path.startswith(f"/{lang}/") else exchanged
        return f"/{lang}/" + path.split("/", 2)[2] + (f"?{query}" if query else "")
    parts = path.split("/")
    words = {word: name for name, word in SLUGS.get(parts[1], {}).items()} if len(parts) > 1 else {}
    for index, part in enumerate(parts):
        stem, dot, form = part.partition(".")
        if index >= 2 and stem in words and (index == 2 or dot or index == 4):
            parts[index] = SLUGS[lang][words[stem]] + dot + form
    if len(parts) > 1:
        parts[1] = lang
    return "/".join(quote(p, safe="@") for p in parts) + (f"?{query}" if query else "")
