"""`python -m benchmarks.population`: measure, print, and write the section of docs/performance.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "src"))

from benchmarks import sections
from benchmarks.population import measuring

text = measuring.run()
sections.write("population", text)
print(text)
