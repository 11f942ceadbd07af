"""`python -m bomexposure` is the command line."""

from bomexposure.cli import main

if __name__ == "__main__":
    main()
