"""The computing process behind the window: an analysis never holds the event loop up.

pandas, numpy and the reader keep the interpreter lock for up to a second at a hundred thousand
lines, whatever thread they run in; in a process of their own they hold nobody up. Nothing here
imports Qt.
"""
