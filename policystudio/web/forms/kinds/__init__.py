"""One module for each kind of parameter, named like the kind; each defines KIND. Discovered."""
