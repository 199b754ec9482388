"""How long the long runs are: `SOAK=1` (the default) is about five minutes, `SOAK=12` an hour."""

import os

SOAK = max(1, int(os.environ.get("SOAK") or 1))
