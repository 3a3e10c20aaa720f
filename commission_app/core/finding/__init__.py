"""Full-text search in French: one table of words, FTS5 on SQLite and tsvector on PostgreSQL."""
