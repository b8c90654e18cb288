"""One file per change that can be made to the statements of a document; each defines OPERATION, its class."""
