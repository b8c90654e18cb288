"""Finds the documents in whatever somebody pasted or dropped: files, archives, replies, templates, lists, exports.

Start with `unpack.py`. One module knows one kind of wrapping; what a document means is left to `parse.py`, and nothing
is repaired here: a text with faults comes out as it went in.
"""

from policystudio.ram.unpacking.found import Found, Unpacked
from policystudio.ram.unpacking.unpack import together, unpack, unpack_file

__all__ = ["Found", "Unpacked", "together", "unpack", "unpack_file"]
