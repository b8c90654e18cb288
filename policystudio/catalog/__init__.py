"""What KMS offers: actions, resource types, condition keys, regions and system policies, as values with their sources.

Start reading in `model.py`; `load.py` reads `kms.json` once, `lookup.py` answers questions about it. What is wise to
grant is left to `validation`.
"""

from policystudio.catalog.load import load
from policystudio.catalog.lookup import condition_key, expand, nearest, region, types_reached
from policystudio.catalog.model import Action, Catalogue, ConditionKey, Region, ResourceType, SystemPolicy

__all__ = [
    "Action",
    "Catalogue",
    "ConditionKey",
    "Region",
    "ResourceType",
    "SystemPolicy",
    "condition_key",
    "expand",
    "load",
    "nearest",
    "region",
    "types_reached",
]
