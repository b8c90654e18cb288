"""What holds for the shape of the project: imports, sizes, names, templates, lock files, settings."""
