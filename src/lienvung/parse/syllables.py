"""Is a word a well-formed Vietnamese syllable? By its onset, rime and tone; no dictionary."""

from __future__ import annotations

import unicodedata

_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RIMES = frozenset(
    rime
    for line in (
        "a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây",
        "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu",
        "i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu",
        "o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt",
        "oe oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt",
        "u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uơ uân uâng uât uây uê uêch uênh uêu",
        "uy uya uych uyên uyêt uynh uyt uyu uyn",
        "ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ynh yt",
    )
    for rime in line.split()
)
_TONES = {"\u0301": "acute", "\u0300": "grave", "\u0309": "hook", "\u0303": "tilde", "\u0323": "dot"}
_STOPS = ("c", "ch", "k", "p", "t")


def is_syllable(word: str) -> bool:
    """Whether a word could be Vietnamese: its letters fit together and it bears at most one tone that they allow.

    >>> [w for w in ("Dương", "Nghệ", "quốc", "Đắk", "TỈNH", "Bỡnh", "tỉt", "Döông", "B×nh") if is_syllable(w)]
    ['Dương', 'Nghệ', 'quốc', 'Đắk', 'TỈNH']
    """
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parts if c in _TONES]
    if len(tones) > 1 or len(word) > 7:
        return False
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    if bare.endswith(_STOPS) and not bare.endswith("kh") and tones and tones[0] not in "\u0301\u0323":
        return False
    return any(bare[len(o) :] in _RIMES for o in _ONSETS if bare.startswith(o))
