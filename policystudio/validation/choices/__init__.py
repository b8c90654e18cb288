"""Repairs of which a person has to choose one: one small module per idea, each named by what it leaves in the document.

Start reading in `lists.py`, which the others are made of. Which finding offers which choices is decided in its rule;
a choice that allows more than before is wrapped in `widening.Widening` and says so in its title.
"""
