"""The questionnaires that the service scores by."""
