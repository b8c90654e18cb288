"""The picture of a path: boxes for the steps and an arrow to what is reached, side by side and one below the other.

Drawn as shapes with places of their own, coloured by classes. What it says stands in the list of steps beside it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from policystudio.analysis.escalation import Goal, Path, Step
from policystudio.analysis.escalation.writing import short
from policystudio.web.asking.step_words import goal_word, step_words
from policystudio.web.words import listed

WIDTH, HEIGHT, GAP, EDGE = 224, 60, 32, 2
MOST_LETTERS = 22


class Box(NamedTuple):
    """A step, or at the end the goal; places in pixels. `arrow` are the points of the line to the next one."""

    x: int
    y: int
    number: str
    name: str
    detail: str
    is_goal: bool
    arrow: str
    head: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def text_x(self) -> int:
        return self.x + 40

    @property
    def mark_x(self) -> int:
        return self.x + 20

    @property
    def middle_y(self) -> int:
        return self.y + HEIGHT // 2

    @property
    def upper_y(self) -> int:
        return self.y + 26

    @property
    def lower_y(self) -> int:
        return self.y + 45


class Drawing(NamedTuple):
    """The boxes in one direction."""

    width: int
    height: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Both directions, and the same in words."""

    across: Drawing
    down: Drawing
    text: str


def picture(path: Path, goal: Goal) -> Picture:
    """The picture of a path that leads to a goal."""
    labels = [(str(number), *_label(step)) for number, step in enumerate(path, 1)]
    labels.append(("", goal_word(goal), ""))
    said = [f"{number}. {step_words(step)}" for number, step in enumerate(path, 1)]
    text = _("Steps to “%(goal)s”: %(steps)s") % {"goal": goal_word(goal), "steps": listed(said)}
    return Picture(_drawing(labels, is_across=True), _drawing(labels, is_across=False), text.replace("`", ""))


def _label(step: Step) -> tuple[str, str]:
    """The action of a step and what it is done with, both cut to fit."""
    if not step.grants:
        name = _("wait") if step.name.startswith("wait") else _("outside KMS")
    else:
        name = step.grants[0].request.action.removeprefix("kms:")
    return _cut(name, MOST_LETTERS), _cut(short(step.objects[0][1]), MOST_LETTERS)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _drawing(labels: list[tuple[str, str, str]], *, is_across: bool) -> Drawing:
    pitch = (WIDTH if is_across else HEIGHT) + GAP
    boxes = []
    for index, (number, name, detail) in enumerate(labels):
        x, y = (EDGE + index * pitch, EDGE) if is_across else (EDGE, EDGE + index * pitch)
        is_goal = index == len(labels) - 1
        arrow, head = ("", "") if is_goal else _arrow(x, y, is_across=is_across)
        boxes.append(Box(x, y, number, name, detail, is_goal, arrow, head))
    long = len(labels) * pitch - GAP + 2 * EDGE
    width, height = (long, HEIGHT + 2 * EDGE) if is_across else (WIDTH + 2 * EDGE, long)
    return Drawing(width, height, tuple(boxes))


def _arrow(x: int, y: int, *, is_across: bool) -> tuple[str, str]:
    """A line from one box to the next, and the tip of it."""
    if is_across:
        start, end, middle = x + WIDTH, x + WIDTH + GAP, y + HEIGHT // 2
        return (
            f"{start},{middle} {end - 6},{middle}",
            f"{end - 8},{middle - 5} {end},{middle} {end - 8},{middle + 5}",
        )
    start, end, middle = y + HEIGHT, y + HEIGHT + GAP, x + WIDTH // 2
    return (
        f"{middle},{start} {middle},{end - 6}",
        f"{middle - 5},{end - 8} {middle},{end} {middle + 5},{end - 8}",
    )
