"""The sentences of reports in the languages that they speak."""
