"""The validator: what a document says wrongly, dangerously or in vain, as findings.

Start reading in `pipeline.py`, the only way in; `rule.py` says what a rule is, `rules/` holds one file per rule.
Reading and structure are decided below, in `ram`; who may release what is decided above.
"""
