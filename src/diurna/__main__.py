"""`python -m diurna` is `diurna`."""

from diurna.cli import main

if __name__ == "__main__":
    main()
