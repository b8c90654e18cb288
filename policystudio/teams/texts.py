"""Checks plain texts that people send (names, messages, comments) before they are stored.

Nothing is trimmed or normalised: a text is stored as it came or refused. Documents have their own reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.errors import InvalidInput, Problem, Stale


def text_problems(
    value: object, pointer: str, *, max_characters: int, required: bool = False
) -> Iterator[Problem]:
    """What is wrong with `value` as a text at `pointer`.

    NUL is refused because PostgreSQL cannot store it, a lone surrogate because UTF-8 cannot.
    """
    if not isinstance(value, str):
        yield Problem(pointer, "must be a text", "wrong-type")
        return
    if required and not value.strip():
        yield Problem(pointer, "must not be empty", "required")
    if len(value) > max_characters:
        yield Problem(pointer, f"has {len(value)} characters; at most {max_characters} are kept", "too-long")
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        yield Problem(
            pointer, "holds a character that cannot be stored (NUL or a lone surrogate)", "bad-character"
        )


def line_problems(value: object, pointer: str, *, max_characters: int) -> Iterator[Problem]:
    """The same for a name: one line, not empty, only characters that can be seen."""
    yield from text_problems(value, pointer, max_characters=max_characters, required=True)
    if isinstance(value, str) and not value.isprintable():
        yield Problem(pointer, "holds a line break or another character that cannot be seen", "bad-character")


def refuse(problems: Iterator[Problem] | list[Problem]) -> None:
    """Raises: InvalidInput with all of `problems`, if there is one."""
    found = list(problems)
    if found:
        raise InvalidInput(found)


def refuse_stale(expected_version: int | None, version: int, what: str) -> None:
    """Compare what the caller read with what is stored; call it with the row locked. Raises: Stale."""
    if expected_version is not None and expected_version != version:
        raise Stale(f"the {what} has changed since you read it", advice="read it again and repeat the change")
