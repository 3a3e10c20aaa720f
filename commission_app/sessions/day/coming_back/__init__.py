"""What somebody who stepped out reads on return."""
