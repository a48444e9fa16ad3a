"""The service: the scoring method over HTTP and on the command line."""
