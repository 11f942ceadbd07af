"""The project file: what the user decided, its pure edits, its store and its migrations."""
