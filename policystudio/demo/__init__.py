"""The demo: two teams, their people and accounts, and the eleven samples as policies in different states.

Made through the services alone, as people would make it, so that it is a smoke test too. Start with `load.py`.
"""
