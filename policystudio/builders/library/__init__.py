"""The builders, one module each, called like its slug; `BUILDER` in it is the whole of one. A new one is a new module."""
