"""Problems sent up to the département, and their answers."""
