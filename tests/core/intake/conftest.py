"""Makes tests/books.py importable wherever pytest is started."""
