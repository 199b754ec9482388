"""What each room plugs into the house. Everything here is a name, resolved when first used: no layer imports upwards.

The part of the settings that grows with every room; the rest (`settings.py`) is read from the environment. `events` who
emits what, `heard/` who listens to it · `nouns` what is known of each noun · `files` what may be added to it ·
`persons` what is held of a person · `rooms` what rooms add to each other · `clock` what beat does.
"""

from refprogram.wiring.clock import *  # noqa: F403
from refprogram.wiring.events import *  # noqa: F403
from refprogram.wiring.files import *  # noqa: F403
from refprogram.wiring.nouns import *  # noqa: F403
from refprogram.wiring.persons import *  # noqa: F403
from refprogram.wiring.rooms import *  # noqa: F403
