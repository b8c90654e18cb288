"""What a request gets from a set of documents, and why.

`Policies` decides many requests quickly, `evaluate` one with every reason. Start reading in `policies.py`, then
`entries.py` (conditions) and `tracing.py`. Only identity policies are judged: what control, session and key policies
take away or give is not known here. Source: ram-language, section 5.
"""

from policystudio.analysis.deciding.evaluation import Evaluation, Unknown, evaluate
from policystudio.analysis.deciding.near import Near
from policystudio.analysis.deciding.policies import Bounds, Policies
from policystudio.analysis.deciding.reading import STATED, Decision, Outcome, Reading
from policystudio.analysis.deciding.tracing import Element, Trace

NOT_CONSIDERED = (
    "control policies of the resource directory, which can only take away",
    "session policies of an assumed role, which can only take away",
    "resource-based policies such as those of keys, secrets, buckets and roles, which can give and take away",
    "policies that are attached to the same identity and were not given, and their scope",
)
"""What may change the answer in the cloud and is not judged here. Source: ram-language, section 5."""

__all__ = [
    "NOT_CONSIDERED",
    "STATED",
    "Bounds",
    "Decision",
    "Element",
    "Evaluation",
    "Near",
    "Outcome",
    "Policies",
    "Reading",
    "Trace",
    "Unknown",
    "evaluate",
]
