"""A second proof of who somebody is, asked at one act: the authenticator they have, else a code by mail.

Signing in says who holds the session; this says who sits there now. A mailed code serves one person for one act, for
some minutes; only its hash is kept, in the cache: lost with it, another one is asked for. Either way has five tries.
"""

import hashlib
import secrets

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.people.models import User

DIGITS = 6
TRIES = 5
COUNTED_FOR = 15 * 60
TOTP, MAIL = "totp", "mail"


def way_of(user: User) -> str:
    """Return how this colleague proves who they are: by authenticator, or by mail."""
    return TOTP if _authenticators(user) else MAIL


def new_code(user: User, act: str, *, minutes: int) -> str:
    """Make a code for one act and return it, to be mailed; an older one for the act is void."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    cache.set(_key(user, act), _hash(user, act, code), timeout=60 * minutes)
    cache.set(_tries(user, act), 0, timeout=60 * minutes)
    return code


def prove(user: User, act: str, code: str) -> str:
    """Return the way in which the code proves who they are; a mailed one is used up by it.

    Raises InvalidInput beside `code`: wrong, too old, or tried too often.
    """
    said = "".join(code.split())
    if _tried(user, act) > TRIES:
        raise _refused(_("That was tried too often. Ask for a new code, or come back in a quarter of an hour."))
    if any(one.wrap().validate_code(said) for one in _authenticators(user)):
        return TOTP
    kept = cache.get(_key(user, act))
    if kept is None:
        raise _refused(_("There is no code that works any more. Ask for a new one."))
    if not constant_time_compare(kept, _hash(user, act, said)):
        raise _refused(_("That is not the code. Look at the newest mail."))
    cache.delete(_key(user, act))
    return MAIL


def _tried(user: User, act: str) -> int:
    """Count this try, before it is looked at: many at once are counted one by one. A new code begins anew."""
    cache.add(_tries(user, act), 0, timeout=COUNTED_FOR)
    try:
        return int(cache.incr(_tries(user, act)))
    except ValueError:  # the cache forgot it in between, or cannot be reached: nobody signs meanwhile
        return TRIES + 1


def _authenticators(user: User) -> list[Authenticator]:
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP))


def _key(user: User, act: str) -> str:
    return f"second-factor:{user.pk}:{act}"


def _tries(user: User, act: str) -> str:
    return f"{_key(user, act)}:tries"


def _hash(user: User, act: str, code: str) -> str:
    return hashlib.sha256(f"{user.pk}:{act}:{code}".encode()).hexdigest()


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, errors={"code": sentence})
