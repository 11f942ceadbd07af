"""From a manufacturer's own file to a BillOfMaterials."""

from bomexposure.intake.inspection import inspection
from bomexposure.intake.reader import read, read_text, remembered_columns

__all__ = ["inspection", "read", "read_text", "remembered_columns"]
