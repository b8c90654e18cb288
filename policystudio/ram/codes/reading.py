"""The codes of reading a text: what is not plain JSON, and characters that are not what they seem."""

from __future__ import annotations

from policystudio.ram.codes._code import CLEAN, Code
from policystudio.ram.finding import Severity
from policystudio.ram.reader import DOCUMENT_LIMITS

_REFUSED = "RAM reads plain JSON only and refuses the document."
_UNSEEN = "a reviewer reads one thing and RAM compares another."

READING: dict[str, Code] = {
    "json-syntax-error": Code(
        "The text is not JSON at this place.",
        _REFUSED,
        "put there what is asked for.",
        '"Version":',
        "Version:",
    ),
    "empty-text": Code(
        "There is no text.",
        "nothing can be judged.",
        "start a document with `{`, or use a builder.",
        None,
        "\n",
    ),
    # Only bytes can show this one, so its example is what is left when a program has guessed.
    "not-utf-8": Code(
        "The bytes are not UTF-8.",
        "other encodings are read as different characters by different programs.",
        "save the text as UTF-8.",
        "key/*",
        "key/\ufffd*",
    ),
    "trailing-comma": Code(
        "A comma stands before a closing bracket.",
        _REFUSED,
        "remove the comma.",
        '"kms:Decrypt"]',
        '"kms:Decrypt", ]',
    ),
    "missing-comma": Code(
        "Two values or members follow each other with nothing between.",
        _REFUSED,
        "put a comma between them.",
        '"Allow",',
        '"Allow"',
    ),
    "no-break-space": Code(
        "A space that is not the plain one stands outside a text.",
        "copied web pages bring such spaces; " + _REFUSED,
        "use plain spaces.",
        '      "Effect"',
        '\u00a0     "Effect"',
    ),
    "curly-quote": Code(
        "A typographic quote stands where JSON needs a straight one.",
        "word processors bring such quotes; " + _REFUSED,
        "write straight double quotes.",
        '"Version"',
        "“Version”",
    ),
    "comment-in-json": Code(
        "The text has a comment.",
        "the documentation prints some, but JSON has none; " + _REFUSED,
        "remove the comment; say why in the message of the revision.",
        '"Allow",',
        '"Allow", // for the application',
    ),
    "single-quoted-string": Code(
        "A text stands in single quotes.",
        _REFUSED,
        "write double quotes.",
        '"Allow"',
        "'Allow'",
    ),
    "byte-order-mark": Code(
        "The text starts with a byte-order mark.",
        "some editors write one, and some readers refuse it.",
        "remove it; save as UTF-8 without a mark.",
        None,
        "\ufeff" + CLEAN,
    ),
    "html-entity-in-text": Code(
        "An HTML entity is left from a copied page.",
        "RAM reads `&quot;` as six characters and compares them as they are.",
        "write the character itself.",
        "key/*",
        "key/*&quot;",
    ),
    "full-width-punctuation": Code(
        "A full-width sign stands where JSON needs the plain one.",
        "keyboards for Chinese and Japanese bring such signs; " + _REFUSED,
        "write the plain sign.",
        '"Allow",',
        '"Allow"，',
    ),
    "repeated-member": Code(
        "One object has the same name twice.",
        "readers disagree on which one counts, so the document grants one thing here and another there.",
        "keep one of the two.",
        '"Effect": "Allow",',
        '"Effect": "Allow", "Effect": "Deny",',
    ),
    "not-a-json-number": Code(
        "This is not a number of JSON.",
        "NaN, Infinity, a plus sign, leading zeros and hexadecimal are read differently or not at all.",
        "write the value as text, in double quotes.",
        '"Allow"',
        "NaN",
    ),
    "number-too-long": Code(
        "A number has too many digits.",
        "it would be rounded, and a document says exactly what was typed.",
        "write the value as text, in double quotes.",
        '"Allow"',
        "1" * 100,
    ),
    "lone-surrogate": Code(
        "Half of a character pair stands alone.",
        "it is no character; UTF-8 cannot carry it.",
        "remove it, or write the whole character.",
        "key/*",
        "key/\\ud800*",
    ),
    "control-character-in-string": Code(
        "A tab, line break or other control character stands inside a text.",
        "it cannot be seen, and no name of RAM holds one.",
        "remove it.",
        "key/*",
        "key/\t*",
    ),
    "bidirectional-control": Code(
        "A character reorders the text on the screen.",
        _UNSEEN,
        "remove it.",
        "key/*",
        "key/\u202e*",
    ),
    "invisible-character-in-value": Code(
        "A text holds a character that cannot be seen.",
        _UNSEEN,
        "remove it, unless the name in the cloud has it too.",
        "key/*",
        "key/\u200b*",
        Severity.SECURITY_WARNING,
    ),
    "lookalike-letter": Code(
        "A Cyrillic, Greek or full-width letter stands in an otherwise Latin name.",
        _UNSEEN,
        "write the Latin letter, unless the name in the cloud has the other one.",
        "kms:Encrypt",
        "kms:Еncrypt",
        Severity.SECURITY_WARNING,
    ),
    "nested-too-deep": Code(
        f"The text is nested deeper than {DOCUMENT_LIMITS.max_depth} levels.",
        "no document needs six, and readers give up at different depths.",
        "remove the brackets that are too many.",
        None,
        "[" * (DOCUMENT_LIMITS.max_depth + 1),
    ),
    "text-too-large": Code(
        f"The text is over {DOCUMENT_LIMITS.max_bytes // 1024} KiB.",
        "RAM accepts 6,144 bytes; a longer text is read only so that it can be made smaller.",
        "split the policy.",
        None,
        " " * (DOCUMENT_LIMITS.max_bytes + 1),
    ),
    "too-many-values": Code(
        f"The text holds more than {DOCUMENT_LIMITS.max_values:,} values.",
        "it is no policy that anybody could review.",
        "split the policy.",
        None,
        "[" + "0," * DOCUMENT_LIMITS.max_values + "0]",
    ),
    "too-many-findings": Code(
        "There is more to say than is shown.",
        "the first findings are mostly the cause of the others.",
        "repair what is shown and look again.",
        '"kms:Encrypt", "kms:Decrypt"',
        ", ".join(["1"] * 201),
    ),
    "unclosed-bracket": Code(
        "The text ends, or goes on, before an object, list or string is closed.",
        "the rest was perhaps lost when copying.",
        "close it, or copy the whole document again.",
        "  ]\n}\n",
        "  ]\n",
    ),
    "text-after-document": Code(
        "Something follows the end of the document.",
        "two documents in one text are two policies; " + _REFUSED,
        "keep one document.",
        None,
        CLEAN + CLEAN,
    ),
    "document-inside-string": Code(
        "The document is a JSON string that holds JSON.",
        "APIs return it so; RAM wants the document itself.",
        "paste the document itself.",
        None,
        '"{\\"Version\\": \\"1\\"}"',
    ),
    "document-inside-reply": Code(
        "A whole reply of an API or a command was pasted.",
        "the document is only a part of it.",
        "paste the document itself.",
        None,
        '{"PolicyVersion": {"PolicyDocument": "{}"}}',
    ),
    "document-not-an-object": Code(
        "The text is a list or a bare value.",
        "a document is an object with `Version` and `Statement`.",
        "start the document with `{`.",
        None,
        "[]",
    ),
}
