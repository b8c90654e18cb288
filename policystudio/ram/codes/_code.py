"""What is told of a code, and the clean document that every example changes in one place."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.ram.document import Kind
from policystudio.ram.finding import Severity

CLEAN = """{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["kms:Encrypt", "kms:Decrypt"],
      "Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*"
    }
  ]
}
"""
"""A document without a finding, the counterpart of every example."""


@dataclass(frozen=True, slots=True)
class Code:
    """One page: what is wrong, why it matters, what to do, and an example.

    The example is `CLEAN` with `old` replaced by `new`; without `old` it is `new` alone.
    """

    title: str
    why: str
    what_to_do: str
    old: str | None
    new: str
    severity: Severity = Severity.ERROR
    kind: Kind = Kind.IDENTITY

    @property
    def example(self) -> str:
        """A text that shows the code."""
        return self.new if self.old is None else CLEAN.replace(self.old, self.new, 1)

    @property
    def documentation(self) -> str:
        """The page in the form of a rule's docstring."""
        return f"{self.title}\n\nWhy it matters: {self.why}\nWhat to do: {self.what_to_do}"
