"""An assessment's life: made, read, changed, opened, closed, erased."""
