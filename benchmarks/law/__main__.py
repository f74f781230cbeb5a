"""`python -m benchmarks.law`: measure, print, and write the section of docs/performance.md."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "src"))

from benchmarks import sections
from benchmarks.law import measuring

text = measuring.run()
sections.write("law", text)
print(text)
