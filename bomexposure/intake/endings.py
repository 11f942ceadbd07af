"""Which endings a parts list has: what file dialogs offer. What a file is, its bytes say."""

ENDINGS = (
    ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".txt", ".md", ".json",
    ".html", ".htm", ".mht", ".mhtml", ".xml",
)  # fmt: skip
"""In the order of how often they come."""
