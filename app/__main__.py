"""`python -m app` is the command `sbm`."""

from app.commands.sbm import main

if __name__ == "__main__":
    main()
