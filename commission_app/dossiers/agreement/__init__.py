"""Information given to the person and agreement to share: two records, two dates."""
