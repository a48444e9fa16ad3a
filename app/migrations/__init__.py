"""The database's shape, one step after another: `sbm migrate`."""
