"""Tells files that are clearly no RAM documents from those that are meant as one, before they are read as JSON.

Decision: a file in a folder is judged when it holds a name `Statement` with an object or a list, or an `Effect` with
`Allow` or `Deny`, in whatever letter case and quotes; so a document that is broken beyond reading is judged too, and a
`package.json` is not. A file that was named by the caller is always judged.
"""

from __future__ import annotations

import re

_QUOTE = r"\\?(?:[\"'“”]|&quot;)?"
_TELLTALE = re.compile(
    rf"\b(?:statement{_QUOTE}\s*[:：]\s*[\[{{]|effect{_QUOTE}\s*[:：]\s*{_QUOTE}(?:allow|deny)\b)",
    re.IGNORECASE,
)


def looks_like_document(data: bytes) -> bool:
    """Whether the bytes may be meant as a RAM document; text in UTF-16 is recognised too. Takes linear time."""
    return _TELLTALE.search(data.replace(b"\0", b"").decode("utf-8", "replace")) is not None
