"""The command `sbm`."""
