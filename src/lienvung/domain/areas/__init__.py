"""Areas with dates: a code means a territory only together with the day its boundary began."""

from lienvung.domain.areas.gazetteer import Gazetteer
from lienvung.domain.areas.nouns import Area, AreaKey, Membership, Region, Succession

__all__ = ["Area", "AreaKey", "Gazetteer", "Membership", "Region", "Succession"]
