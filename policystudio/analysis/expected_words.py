"""The lines of `expected.py` in English and Chinese. Facts of the catalogue that have no Chinese words stay English."""

from __future__ import annotations

from policystudio.analysis.expected import Lack, Unexpected
from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.pieces import quoted

_ENGLISH = {
    Lack.OTHER_ACTION: "Does not allow {needed} on {type}, which {actions} also needs ({when}).",
    Lack.OTHER_RESOURCE: "Does not allow {actions} on {type}: the call needs all of its resources.",
    Lack.ONLY_ALIAS: "Does not allow {actions} by an alias alone: the permission on the key is asked for.",
    Lack.NO_ALIAS: "May not allow {actions} for callers who name the key by an alias: no alias is listed.",
    Lack.NO_LIST: "Does not allow {needed}, so the console cannot show a list to choose from.",
    Lack.NO_METADATA: "Does not allow {needed}: what it is and in which state cannot be read.",
    Lack.NEVER_HOLDS: "Does not allow {actions} by this statement: such requests carry no {needed}.",
}
_CHINESE = {
    Lack.OTHER_ACTION: "不允许对{type}执行 {needed}，而 {actions} 还需要它（{when}）。",
    Lack.OTHER_RESOURCE: "不允许对{type}执行 {actions}：该调用需要对其所有资源都有权限。",
    Lack.ONLY_ALIAS: "仅凭别名不允许 {actions}：还需要密钥上的权限。",
    Lack.NO_ALIAS: "调用者用别名指定密钥时，{actions} 可能不被允许：策略未列出别名。",
    Lack.NO_LIST: "不允许 {needed}，因此控制台无法显示可供选择的列表。",
    Lack.NO_METADATA: "不允许 {needed}：无法查看其元数据和状态。",
    Lack.NEVER_HOLDS: "该语句不允许 {actions}：这类请求不携带 {needed}。",
}
_TYPES = {
    "key": ("keys", "密钥"),
    "alias": ("aliases", "别名"),
    "secret": ("secrets", "凭据"),
}
_WHEN = {
    "always, on the source key": "始终需要，针对源密钥",
    "always, on the target key": "始终需要，针对目标密钥",
    "on the target key of the same call": "针对同一调用的目标密钥",
    "on the source key of the same call": "针对同一调用的源密钥",
    "always, on each secret of the batch": "始终需要，针对批次中的每个凭据",
    "a customer key encrypts a secret of the batch": "当批次中的凭据由用户密钥加密时",
    "a customer key encrypts the secret": "当凭据由用户密钥加密时",
    "a customer key encrypts the secret; with STS credentials through the shared gateway only "
    "kms:GetSecretValue is checked": "当凭据由用户密钥加密时；使用 STS 凭证经共享网关访问时只检查 kms:GetSecretValue",
}
MAX_ACTIONS = 6
"""Actions named in a line; the others are counted."""


def unexpected_text(line: Unexpected, language: Language) -> str:
    """One sentence."""
    is_english = language is Language.ENGLISH
    names = [quoted(name) for name in line.actions[:MAX_ACTIONS]]
    more = len(line.actions) - len(names)
    listed = (", " if is_english else "、").join(names)
    if more:
        listed += f" and {more} more" if is_english else f" 等 {more + len(names)} 个操作"
    words = _TYPES.get(line.type)
    kind = quoted(line.type) if words is None else words[0 if is_english else 1]
    table = _ENGLISH if is_english else _CHINESE
    when = line.when if is_english else _WHEN.get(line.when, line.when)
    return table[line.lack].format(needed=quoted(line.needed), type=kind, actions=listed, when=when)
