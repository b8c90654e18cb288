"""Steps, states and goals of escalation in the reader's language; the core has them in English."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from policystudio.analysis.escalation import Found, Goal, Kind, Step
from policystudio.analysis.escalation.model import Life, Material, Thing
from policystudio.analysis.escalation.transition import transitions
from policystudio.analysis.escalation.writing import blanks, short, tag_texts
from policystudio.analysis.sentences.pieces import quoted
from policystudio.builders.words import N_
from policystudio.web.words import listed

STEPS = (
    N_("set the tags {tags} on {key}"),
    N_("remove the tags {tags} from {key}"),
    N_("set a key policy on {key} that lets you in"),
    N_("enable {key}"),
    N_("cancel the deletion of {key}"),
    N_("lift the deletion protection of {key}"),
    N_("schedule {key} for deletion"),
    N_("wait 7 to 366 days, until {key} is deleted for good"),
    N_("delete the imported material of {key}"),
    N_("fetch the parameters for an import into {key}"),
    N_("import material that you know into {key}"),
    N_("make the key {key} with a key policy that lets you in"),
    N_("decrypt with {key}"),
    N_("export the data keys under {key} to a public key of your own"),
    N_("work outside KMS with the material of {key}, which you know"),
    N_("sign with {key}"),
    N_("re-encrypt what is under {key} with {target}"),
    N_("point {alias} at {target}"),
    N_("delete {alias}, which points at {key}"),
    N_("make {alias} again, pointing at {target}"),
    N_("set a secret policy on {secret} that lets you in"),
    N_("restore {secret}"),
    N_("delete {secret} at once"),
    N_("read the value of {secret}"),
    N_("put a value of your own into {secret}"),
    N_("make {secret} again with a value of your own"),
)
LEFT_OUT = (
    N_("what key policies and secret policies allow already; only those that the holder writes are followed"),
    N_("other policies of the same person, control policies and session policies"),
    N_("rights beyond KMS, such as changing RAM policies or taking on a role"),
    N_(
        "application access points, client keys and KMS instances, which RAM does not judge or nobody documents"
    ),
    N_("certificates, managed data keys and actions that the catalogue lists as unconfirmed"),
    N_(
        "secrets read with temporary credentials through the shared gateway, where kms:Decrypt is not asked for"
    ),
    N_(
        "rotating secrets and moving the stages of their versions, which shows no value and puts in none of one's own"
    ),
    N_("tags of secrets, which are taken as the statements need them and never set"),
    N_("permission on an alias alone, as opposed to the key behind it"),
    N_("keys and secrets of other accounts, where both sides have to allow"),
    N_("services and people who are made to do something on the holder's behalf"),
)
_GOALS: Mapping[tuple[Goal, Kind], str] = {
    (Goal.DECRYPT, Kind.KEY): N_("Read what %(name)s encrypts"),
    (Goal.DECRYPT, Kind.ALIAS): N_("Read what others encrypt through %(name)s from then on"),
    (Goal.SIGN, Kind.KEY): N_("Make signatures of %(name)s"),
    (Goal.SIGN, Kind.ALIAS): N_("Make signatures that others check through %(name)s"),
    (Goal.READ_SECRET, Kind.SECRET): N_("Read the secret %(name)s"),
    (Goal.REPLACE_SECRET, Kind.SECRET): N_("Replace the value of %(name)s that programs fetch"),
    (Goal.DESTROY_KEY, Kind.KEY): N_("Destroy %(name)s and with it what it encrypts"),
    (Goal.DESTROY_SECRET, Kind.SECRET): N_("Destroy the secret %(name)s"),
}
_SHORT = {
    Goal.DECRYPT: gettext_lazy("Data read"),
    Goal.SIGN: gettext_lazy("Signed"),
    Goal.READ_SECRET: gettext_lazy("Secret read"),
    Goal.REPLACE_SECRET: gettext_lazy("Secret replaced"),
    Goal.DESTROY_KEY: gettext_lazy("Key destroyed"),
    Goal.DESTROY_SECRET: gettext_lazy("Secret destroyed"),
}
_LIVES = {Life.DISABLED: gettext_lazy("disabled"), Life.PENDING: gettext_lazy("scheduled for deletion")}
_MATERIALS = {
    Material.IMPORTED: gettext_lazy("with imported material"),
    Material.AWAITED: gettext_lazy("waiting for its material"),
}


def step_words(step: Step) -> str:
    """A step as a sentence without a final stop."""
    return gettext(transitions()[step.name].text).format(**blanks(step))


def goal_words(goal: Goal, found: Found) -> str:
    """What is reached, as a heading."""
    return gettext(_GOALS[goal, found.kind]) % {"name": quoted(short(found.resource))}


def goal_word(goal: Goal) -> str:
    """The end of a picture."""
    return str(_SHORT[goal])


def found_words(found: Found) -> str:
    """An object with the state that it begins in."""
    said = _with_state(found.resource, found.start)
    if found.key is None:
        return said
    values = {"object": said, "key": _with_state(*found.key)}
    if found.kind is Kind.ALIAS:
        return _("%(object)s, which points at %(key)s") % values
    return _("%(object)s, encrypted by %(key)s") % values


def _with_state(resource: str, start: Thing | None) -> str:
    states = [] if start is None else state_words(start)
    name = quoted(short(resource))
    return _("%(name)s (%(state)s)") % {"name": name, "state": listed(states)} if states else name


def state_words(start: Thing) -> list[str]:
    """What is not as it mostly is."""
    found = [_("tagged %(tag)s") % {"tag": quoted(tag)} for tag in tag_texts(start.tags)]
    if start.is_protected:
        found.append(_("with deletion protection"))
    found += [str(word) for word in (_LIVES.get(start.life), _MATERIALS.get(start.material)) if word]
    return found
