"""The back and forth with the coordination: precisions, answers, talks."""
