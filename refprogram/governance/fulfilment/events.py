"""What this room emits."""

from refprogram.kernel.topics import Topic

TOPICS: list[Topic] = []
