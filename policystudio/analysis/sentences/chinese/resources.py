"""Resources in Chinese: region and account first, then what they are; equal places are said once."""

from __future__ import annotations

from policystudio.analysis.sentences.chinese.scope import PLAIN, Scope, scope_of
from policystudio.analysis.sentences.clause import Clause, Field, Group, Match, Place, Thing, Unreadable
from policystudio.analysis.sentences.pieces import Parts, joined, quoted
from policystudio.analysis.sentences.sentence import Part

EVERYTHING = "{every}服务的{every}资源"
EXCEPT = (f"{EVERYTHING}（不包括：", "）")
UNREADABLE = "{} 所指的内容（不是资源名称）"
PLACE = "{region}、{account}的"
ON = "对"
DOES = ("执行以下操作：", "执行以下任何操作：")
# First word of the relative id → its name, and what its identifier is called.
TYPES = {
    "key": ("密钥", "ID"),
    "alias": ("别名", "名称"),
    "secret": ("凭据", "名称"),
    "certificate": ("证书", "ID"),
    "keystore": ("KMS 实例", "ID"),
    "network": ("网络控制规则", "名称"),
    "policy": ("权限策略", "名称"),
    "applicationaccesspoint": ("应用接入点", "名称"),
}
CONTAINERS = {"key": "密钥集合", "alias": "别名集合", "secret": "凭据集合", "certificate": "证书集合"}
REGIONS = {
    Match.TARGET: "目标地域",
    Match.EVERY: "{every}地域",
    Match.NONE: "无地域",
    Match.FITS: "符合 {} 的{every}地域",
    Match.IS: "地域 {}",
}
ACCOUNTS = {
    Match.TARGET: "目标账号",
    Match.EVERY: "任何账号",
    Match.NONE: "无账号",
    Match.FITS: "符合 {} 的{every}账号",
    Match.IS: "账号 {}",
}
SERVICES = {
    Match.EVERY: "任何服务的",
    Match.NONE: "无服务的",
    Match.FITS: "符合 {} 的{every}服务的",
    Match.IS: "服务 {} 的",
}
THINGS = {
    Match.EVERY: "{every}{word}",
    Match.NONE: "{which}为空的{word}",
    Match.IS: "{word} {name}",
    Match.BEGINS: "{which}以 {name} 开头的{every}{word}",
    Match.FITS: "{which}符合 {name} 的{every}{word}",
}


def places_in_words(clause: Clause) -> Parts:
    """The resources between "对" and "执行"; without them, as in a trust policy, only the latter."""
    at, head = clause.places_path, scope_of(clause)
    # Of several denied actions it is said that none is allowed, not only not all of them together.
    several = len(clause.acts) > 1 and not clause.all_acts_but and head is not PLAIN
    acts = Part(DOES[several], clause.acts_path)
    if not clause.places:
        return [acts]
    scope = PLAIN if clause.all_places_but else head
    found = joined([_place(place, scope) for place in clause.places], scope.place, scope.place, at)
    if clause.all_places_but:
        found = [Part(EXCEPT[0].format(every=head.every), at), *found, Part(EXCEPT[1], at)]
    return [Part(ON, at), *found, acts]


def _place(place: Place, scope: Scope) -> Parts:
    if isinstance(place, Group):
        said = [[Part(_thing(each, scope), each.path)] for each in place.things]
        things = joined(said, "、", scope.last, place.path)
        where = PLACE.format(
            region=_field(REGIONS, place.region, scope), account=_field(ACCOUNTS, place.account, scope)
        )
        return [Part(where, place.path), *things]
    if isinstance(place, Unreadable):
        return [Part(UNREADABLE.format(quoted(place.text)), place.path)]
    return [Part(EVERYTHING.format(every=scope.every), place.path)]


def _thing(thing: Thing, scope: Scope) -> str:
    if thing.is_container:
        return CONTAINERS[thing.type]
    words = thing_words(thing.type, thing.name.match, scope.every, is_of_kms=thing.service is None)
    said = words.format(name=quoted(thing.name.text))
    return said if thing.service is None else _field(SERVICES, thing.service, scope) + said


def thing_words(type: str, match: Match, every: str, *, is_of_kms: bool) -> str:
    """How a thing is said, with `{name}` where its name goes and without its service."""
    word, identifier = TYPES.get(type) or (" KMS 资源" if is_of_kms else "资源", "")
    # A Latin word is set off from what stands before it.
    word = f" {word}" if word.startswith("KMS") else word
    which = f"{identifier} " if identifier == "ID" else identifier or ("名称" if match is Match.NONE else "")
    return THINGS[match].format(every=every, word=word, name="{name}", which=which).strip()


def _field(words: dict[Match, str], field: Field, scope: Scope) -> str:
    return words[field.match].format(quoted(field.text), every=scope.every)
