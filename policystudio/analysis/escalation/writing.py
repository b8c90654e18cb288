"""Steps and states in words for people and as the API shows them."""

from __future__ import annotations

from typing import Any

from policystudio.analysis.escalation.model import Found, Kind, Life, Material, Tags, Thing
from policystudio.analysis.escalation.permissions import Grant
from policystudio.analysis.escalation.routes import Path, Step
from policystudio.analysis.escalation.transition import transitions


def short(resource: str) -> str:
    """The name without service, region and account: `key/a`."""
    return resource.split(":", 4)[4]


def blanks(step: Step) -> dict[str, str]:
    """What the blanks in the text of a step stand for."""
    found = {str(role): f"`{short(resource)}`" for role, resource in step.objects}
    return {**found, "tags": ", ".join(f"`{each}`" for each in tag_texts(step.tags))}


def tag_texts(tags: Tags) -> list[str]:
    """`Project = Apollo` for each tag."""
    return [f"{name} = {value}" for name, value in tags]


def step_text(step: Step) -> str:
    """One step as a sentence in English, without a final stop."""
    return transitions()[step.name].text.format(**blanks(step))


def path_json(path: Path) -> list[dict[str, Any]]:
    """The steps as the API shows them."""
    return [
        {
            "number": number,
            "step": step.name,
            "text": step_text(step),
            "requests": [_grant_json(grant) for grant in step.grants],
            "source": transitions()[step.name].source,
            "inferred": transitions()[step.name].is_inferred,
        }
        for number, step in enumerate(path, 1)
    ]


def _grant_json(grant: Grant) -> dict[str, Any]:
    by = grant.by
    return {
        "request": grant.request.as_json(),
        "allowed_by": None if by is None else {"document": by.document, "path": by.path},
        "while": [{"key": key, "value": value} for key, value in grant.assumed],
    }


def thing_json(thing: Thing) -> dict[str, Any]:
    """A state as the API shows it."""
    return {
        "tags": [{"key": name, "value": value} for name, value in thing.tags],
        "life": str(thing.life),
        "deletion_protection": thing.is_protected,
        "material": str(thing.material),
    }


def found_json(found: Found) -> dict[str, Any]:
    """An object as the API shows it."""
    return {
        "type": str(found.kind),
        "resource": found.resource,
        "also": list(found.named[1:]),
        "state": None if found.start is None else thing_json(found.start),
        "key": None if found.key is None else {"resource": found.key[0], "state": thing_json(found.key[1])},
    }


def start_text(thing: Thing) -> str:
    """How something begins, in English; nothing for the plain state."""
    parts = [f"tagged {', '.join(tag_texts(thing.tags))}"] if thing.tags else []
    if thing.is_protected:
        parts.append("with deletion protection")
    if thing.life is not Life.ENABLED:
        parts.append({Life.DISABLED: "disabled", Life.PENDING: "scheduled for deletion"}.get(thing.life, ""))
    parts.append(
        {Material.IMPORTED: "with imported material", Material.AWAITED: "waiting for material"}.get(
            thing.material, ""
        )
    )
    return ", ".join(each for each in parts if each)


def found_text(found: Found) -> str:
    """An object with its state, in English."""
    text = _with_state(found.resource, found.start)
    if found.key is None:
        return text
    behind = _with_state(*found.key)
    return f"{text}, {'which points at' if found.kind is Kind.ALIAS else 'encrypted by'} {behind}"


def _with_state(resource: str, start: Thing | None) -> str:
    state = "" if start is None else start_text(start)
    return f"`{short(resource)}`" + (f" ({state})" if state else "")


def grant_text(grant: Grant) -> str:
    """Which permission a request uses, in English."""
    by = "by its own policy" if grant.by is None else f"by {grant.by.document}{grant.by.path}"
    held = [
        f"{key} is {value!r}" if value is not None else f"{key} is not sent" for key, value in grant.assumed
    ]
    return f"{grant.request.action} on {grant.request.resource} {by}" + (
        f", while {' and '.join(held)}" if held else ""
    )
