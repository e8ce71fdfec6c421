"""Reads one sheet of an Excel workbook as a table of texts, within stated limits."""
