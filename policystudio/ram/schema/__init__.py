"""The JSON Schema of a policy document, one per kind, and what its refusals mean to a person.

`document_schema` is what the API serves; `check` judges a value that was read. Start reading in `identity.json`, then
`words.py`. What lies beyond the form, such as unknown actions, is left to the rules.
"""

from policystudio.ram.schema.check import check
from policystudio.ram.schema.load import document_schema

__all__ = ["check", "document_schema"]
