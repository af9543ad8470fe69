"""Rules for passwords, and the form of a temporary one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

DEMO = "mingbai-demo"  # of every demo; publicly known

# The commonest of ten characters and more in published lists of leaked Chinese passwords; shorter ones fall under the length rule
# wherever a county has not lowered it, and are listed for those that have.
_COMMON = """
123456 1234567 12345678 123456789 1234567890 12345678910 0123456789 0987654321 9876543210 987654321 123123123 123321123 1234512345
1234554321 1122334455 1357924680 147258369 1472583690 7894561230 789456123 741852963 3141592653 5201314 5201314520 52013145201314
1314520 13145201314 13145205201314 7758521 a123456 a12345678 a123456789 a1234567890 123456a 123456789a 1234567890a aa123456
aa123456789 abc123456 abc123456789 abcd123456 abcd1234567 asd123456789 q123456789 qq123456789 q1w2e3r4t5 q1w2e3r4t5y6 w123456789
z123456789 zxc123456789 zxcvbnm123 wang123456 zhang123456 admin123456 administrator admin12345 root123456 test123456 iloveyou123
password password1 password12 password123 password1234 passw0rd123 p@ssw0rd123 woaini1314 woaini520 woaini1314520 woaiwojia qwertyuiop
qwerty123456 qwerty12345 qwer123456 qweasdzxc123 qazwsxedc qazwsxedcrfv 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r 1q2w3e4r5t zaq12wsxcde3
asdfghjkl asdfghjkl123 asdfghjkl; zxcvbnmasd letmein1234 welcome1234 changeme123 abcdefghij abcdefg123
"""
COMMON = frozenset(_COMMON.split())

# Plain syllables, so that a temporary password survives being read out over the telephone and typed by another person.
_SYLLABLES = """
ba bei bing bo cai chang chun da dan dong dou fa fei feng fu gan gao ge gu guo hai he hong hua huo jia jin jing ju kai kang ke kun lai
lan liang long lu ma man mei miao mo nan niu nuan pan pei ping qi qing ran ru shan shu song tai tang tian wan wen xia yun zhu
"""
SYLLABLES = tuple(_SYLLABLES.split())


def fault(password: str, username: str, length: int, demo: bool) -> str:
    """Return why this may not become the person's password: ``demo``, ``short``, ``long``, ``username`` or ``common``; empty: it may.

    ``length`` is the fewest characters, ``demo`` whether this installation is a demonstration.
    """
    plain = password.casefold()
    if plain == DEMO:
        return "" if demo else "demo"
    if len(password) < length:
        return "short"
    if len(password) > 200:  # argon2 would take it, but no person types it
        return "long"
    if username.casefold() in plain:
        return "username"
    if plain in COMMON or len(set(plain)) <= 3:
        return "common"
    return ""


def temporary(choose: Callable[[Sequence[str]], str]) -> str:
    """Return a password to be read out and used once, such as ``lan-tian-niu-gao-4827`` (36 bits); ``choose`` picks at random."""
    return "-".join([*(choose(SYLLABLES) for _ in range(4)), "".join(choose("23456789") for _ in range(4))])
