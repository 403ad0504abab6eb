"""Every reconciliation there is, and running them over a history."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.discrepancies import Discrepancy
from lienvung.domain.handovers import ERROR, WARNING
from lienvung.validate.reconcile import claims, ratios, series, totals
from lienvung.validate.reconcile.checks import Reconciliation
from lienvung.validate.reconcile.evidence import Evidence

RECONCILIATIONS: tuple[Reconciliation, ...] = (*totals.CHECKS, *ratios.CHECKS, *series.CHECKS, *claims.CHECKS)

_ORDER = {ERROR: 0, WARNING: 1}


def reconcile(history: pa.Table, catalogue: Catalogue, rules: Collection[str] = ()) -> list[Discrepancy]:
    """What does not agree in a published history, the gravest first.

    Args:
        history: ``store.schema.OBSERVATIONS`` rows, all vintages of the published clock; rows no longer believed
            are left out of account.
        rules: ids of the rules to ask, all if empty.
    """
    evidence = Evidence(history, catalogue)
    try:
        found = [d for r in RECONCILIATIONS if not rules or r.id in rules for d in r.check(evidence)]
    finally:
        evidence.close()
    unique = {d.id: d for d in found}.values()
    return sorted(unique, key=lambda d: (_ORDER.get(d.severity, 2), d.rule, d.facts[0].key, d.id))
