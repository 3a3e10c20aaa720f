"""The seven parts of the common template: a form each, saved as one goes."""
