"""The importer: a USGS Mineral Commodity Summaries data release becomes a reference edition."""
