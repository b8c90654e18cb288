"""What each code of reading and structure means: the pages of the codes that no rule makes.

`reading.py` holds those of the text, `structure.py` those of the document's form. Every example is run as a test.
"""

from policystudio.ram.codes._code import CLEAN, Code
from policystudio.ram.codes.reading import READING
from policystudio.ram.codes.structure import STRUCTURE

__all__ = ["CLEAN", "CODES", "Code"]

CODES: dict[str, Code] = {**READING, **STRUCTURE}
"""Code → its page, in no particular order."""
