"""The profile of an assessment as a report: page, PDF, document, workbook, charts."""
