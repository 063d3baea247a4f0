"""Strokes: the order in which dictionaries and indexes in Traditional have characters.

It is that of Big5 (Institute for Information Industry, Taipei, 1984; taken over into CNS 11643): characters stand by
their number of strokes as Taiwan counts them, and those of one number by their Kangxi radicals, the less common after
the common. The standard library has the code itself, so that only where each number begins has to be listed here.
"""

from __future__ import annotations

from bisect import bisect_right

# Where characters of each number of strokes begin: the 5,401 common ones, then the 7,652 less common. There the
# radicals begin anew, which is how the places were found and can be checked (Unihan, kRSUnicode).
_COMMON = (
    (0xA440, 1), (0xA442, 2), (0xA454, 3), (0xA4A1, 4), (0xA4FE, 5), (0xA5E0, 6), (0xA6EA, 7), (0xA8C3, 8),
    (0xAB45, 9), (0xADBC, 10), (0xB0AE, 11), (0xB3C3, 12), (0xB6C3, 13), (0xB9AC, 14), (0xBBF5, 15), (0xBEA7, 16),
    (0xC075, 17), (0xC24F, 18), (0xC35F, 19), (0xC455, 20), (0xC4D7, 21), (0xC56B, 22), (0xC5C8, 23), (0xC5F1, 24),
    (0xC655, 25), (0xC665, 26), (0xC66C, 27), (0xC676, 28), (0xC679, 29), (0xC67D, 30), (0xC67E, 32),
)  # fmt: skip
_LESS_COMMON = (
    (0xC940, 2), (0xC945, 3), (0xC94D, 4), (0xC963, 5), (0xC9AB, 6), (0xCA5A, 7), (0xCBB1, 8), (0xCDDD, 9),
    (0xD0C8, 10), (0xD44B, 11), (0xD851, 12), (0xDCB1, 13), (0xE0F0, 14), (0xE4E6, 15), (0xE8F4, 16), (0xECB9, 17),
    (0xEFB7, 18), (0xF1EB, 19), (0xF3FD, 20), (0xF5C0, 21), (0xF6D6, 22), (0xF7D0, 23), (0xF8A5, 24), (0xF8EE, 25),
    (0xF96B, 26), (0xF9A2, 27), (0xF9BA, 28), (0xF9C6, 29), (0xF9CC, 30), (0xF9D0, 31), (0xF9D1, 32), (0xF9D2, 33),
    (0xF9D3, 35), (0xF9D4, 36), (0xF9D5, 48),
)  # fmt: skip
_FIRST, _SYMBOLS, _LAST = 0xA440, range(0xC67F, 0xC940), 0xF9D5
_BEGINS = (*_COMMON, *_LESS_COMMON)
_CODES = tuple(code for code, _ in _BEGINS)
_UNKNOWN = 99


def strokes(character: str) -> int:
    """Return the number of strokes of a character in Traditional; 0 for one that Big5 does not have, or no Chinese."""
    code = _code(character)
    return _BEGINS[bisect_right(_CODES, code) - 1][1] if code else 0


def order(text: str) -> list[tuple[int, int]]:
    """Return what puts texts in order, character by character: what is no Chinese, by strokes, what Big5 has not."""
    return [_place(character) for character in text]


def _place(character: str) -> tuple[int, int]:
    code = _code(character)
    if code:
        return strokes(character), code
    return (0 if character.isascii() else _UNKNOWN), ord(character)


def _code(character: str) -> int:
    """Return the code of an ideograph in Big5, or 0."""
    try:
        code = int.from_bytes(character.encode("big5"), "big")
    except UnicodeEncodeError:
        return 0
    return code if _FIRST <= code <= _LAST and code not in _SYMBOLS else 0
