"""The builders: one module each, called like its slug; its `BUILDER` is the whole of it. A new one is a new module."""
