"""What somebody with an invitation can do."""
