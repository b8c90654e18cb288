"""What a builder can ask for, one file per kind.

Each kind is described once (`parameter.py`): from it come the JSON Schema, the reading with every problem at once, the
plain form that is stored, the value that statements are made of, and what a page needs to draw a widget:
`kind`, `name`, `label`, `help`, `example` and `default`, to which a kind adds its own (`choices`, `parts` …).
"""
