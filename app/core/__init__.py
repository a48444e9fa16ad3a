"""What every slice of the service stands on: settings, errors, request handling."""
