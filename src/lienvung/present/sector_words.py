"""A province's sectors in plain sentences, each made of figures and leading to where they stand on its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from lienvung.present.texts import Texts

MOST = 4
SIZEABLE = 0.5
"""Growth is told of sectors with at least half the country's measure: a tiny base grows by any rate."""


def tell_province(page: Mapping[str, Any], lang: str) -> list[dict[str, str]]:
    """Sentences with the anchor of their figures, in the order of the questions; what is not known is said as well.

    Args:
        page: the records of a province: special, shares, growth, alike, room, dependence, next.
    """
    texts = Texts(lang)
    told = [
        *_strengths(page, texts), *_structure(page, texts), *_growth(page, texts), *_alike(page, texts),
        *_room(page, texts), *_dependence(page, texts), *_next(page, texts),
    ]  # fmt: skip
    return [{"text": text, "anchor": anchor} for anchor, text in told]


def _list(names: Iterable[str]) -> str:
    return "; ".join(names)


def _strengths(page: Mapping[str, Any], texts: Texts) -> Iterable[tuple[str, str]]:
    known = [r for r in page["special"] if not r["is_part"]]  # what another sector contains is not counted twice
    above = sorted((r for r in known if r["mark"] == "above"), key=lambda r: -r["value"])
    if not above:
        yield "special", texts("sectors_said_no_strength")
        return
    named = [
        texts("sectors_said_one", name=r["name"], value=r["text"], year=r["year"], rank=_rank(r, texts))
        for r in above[:MOST]
    ]
    yield "special", texts("sectors_said_strength", count=len(above), of=len(known), list=_list(named))
    falling = [r for r in above if _is_falling(r["path"])]
    if falling:
        yield "special", texts("sectors_said_falling", list=_list(r["name"] for r in falling[:MOST]))


def _rank(record: Mapping[str, Any], texts: Texts) -> str:
    return texts("sectors_said_rank", rank=record["rank"], count=record["count"]) if record["rank"] else ""


def _is_falling(path: Sequence[Mapping[str, Any]]) -> bool:
    """Lower in each of the last three years than in the one before; years that follow each other."""
    last = path[-4:]
    if len(last) < 4 or last[-1]["year"] - last[0]["year"] != 3:
        return False
    return all(after["value"] < before["value"] for before, after in pairwise(last))


def _structure(page: Mapping[str, Any], texts: Texts) -> Iterable[tuple[str, str]]:
    known = [r for r in page["shares"] if r["year"]]
    if not known:
        yield "shares", texts("sectors_said_no_shares")
        return
    top = max(known, key=lambda r: r["value"])
    yield "shares", texts("sectors_said_shares", name=top["name"], value=top["text"], year=top["year"])


def _growth(page: Mapping[str, Any], texts: Texts) -> Iterable[tuple[str, str]]:
    sizeable = {r["sector"] for r in page["special"] if (r["value"] or 0) >= SIZEABLE and not r["is_part"]}
    known = [r for r in page["growth"] if r["sector"] in sizeable and len(r["parts"]) == 2 and r["start"]]
    known = [r for r in known if not r["is_nominal"]]
    ahead = [r for r in known if r["parts"][1]["value"] > 0]
    if len(known) > 1:
        lost = min(known, key=lambda r: r["parts"][1]["pct"])
        won = max(known, key=lambda r: r["parts"][1]["pct"])
        facts = {"ahead": len(ahead), "of": len(known), "won": won["name"], "won_pct": won["parts"][1]["pct_text"]}
        yield "growth", texts(
            "sectors_said_growth", **facts, lost=lost["name"], lost_pct=lost["parts"][1]["pct_text"],
            span=f"{won['from']}-{won['to']}",
        )  # fmt: skip


def _alike(page: Mapping[str, Any], texts: Texts) -> Iterable[tuple[str, str]]:
    if not page["alike"]:
        yield "alike", texts("sectors_said_no_alike")
        return
    first = max(page["alike"], key=lambda r: r["value"])
    other = first["other_name"] if first["one"] == page["area"] else first["one_name"]
    alarms = [r for r in page["alike"] if r["is_alarm"]]
    key = "sectors_said_alarm" if alarms else "sectors_said_alike"
    yield "alike", texts(key, other=other, value=first["text"], pct=round(first["rank_pct"]), year=first["to"])


def _room(page: Mapping[str, Any], texts: Texts) -> Iterable[tuple[str, str]]:
    for record in (r for r in page["room"] if r["kind"] == "use"):
        if record["value"] is None:
            yield "room", texts("sectors_said_no_room")
        else:
            yield "room", texts("sectors_said_room", value=record["text"], when=record["when"])


def _dependence(page: Mapping[str, Any], texts: Texts) -> Iterable[tuple[str, str]]:
    own = [r for r in page["dependence"] if r["area"] == page["area"]]
    for record in own[:1]:
        key = "sectors_said_depend" if record["share_pct"] is not None else "sectors_said_no_depend"
        yield "depend", texts(key, name=record["name"], value=record["text"], when=record["when"])


def _next(page: Mapping[str, Any], texts: Texts) -> Iterable[tuple[str, str]]:
    best = [r for r in page["next"] if r["score"] == 3]
    two = [r for r in page["next"] if r["score"] == 2]
    if best:
        yield "next", texts("sectors_said_next", list=_list(r["name"] for r in best))
    elif two:
        yield "next", texts("sectors_said_next_two", list=_list(r["name"] for r in two))
    else:
        yield "next", texts("sectors_said_no_next")
