"""The situations of the demonstration: invented, careful, in the parts of the common template."""
