"""`python -m analysis` is the same as `civility`."""

from analysis.cli import main

if __name__ == "__main__":
    main()
