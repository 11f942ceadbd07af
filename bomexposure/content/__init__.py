"""Lines to mineral content: recognition, composition, mass, and what the user decided."""

from bomexposure.content.breakdown import break_down

__all__ = ["break_down"]
