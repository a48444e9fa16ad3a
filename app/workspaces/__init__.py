"""Workspaces: one for each customer, with its keys; nothing of one is visible to another."""
