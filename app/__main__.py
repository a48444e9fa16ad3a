"""`python -m app` is the command `sbm`."""

from app.cli import main

if __name__ == "__main__":
    main()
