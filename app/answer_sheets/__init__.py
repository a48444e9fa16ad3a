"""The answer sheet: a workbook that is filled in without the service, and read back."""
