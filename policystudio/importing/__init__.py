"""Imports: documents from elsewhere, stored first and then made into policies one by one, with a report for each.

Taking documents out of their wrapping is `ram.unpacking`; policies are made by the services of `policies` alone.
Start reading at `services/work_off.py`.
"""
