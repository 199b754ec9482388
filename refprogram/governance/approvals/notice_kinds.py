"""What this room tells people of."""

from refprogram.notices.kinds import Kind

KINDS: list[Kind] = []
