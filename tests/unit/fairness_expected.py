"""The expected values of the fairness measures, as they stand in tests/fixtures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FIXTURE = Path(__file__).parents[1] / "fixtures" / "fairness_reference.json"
EXPECTED: dict[str, Any] = json.loads(FIXTURE.read_text(encoding="utf-8"))
VECTORS: dict[str, Any] = EXPECTED["vectors"]
WEEK: dict[str, Any] = EXPECTED["week"]
"""Six couriers' week: euros and minutes."""
