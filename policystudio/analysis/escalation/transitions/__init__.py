"""The steps of the model, one in each file; a new file is a new step."""
