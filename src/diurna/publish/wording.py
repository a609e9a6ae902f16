"""Words that pages of every kind are written with: names of months and days, numbers of things, text in one line."""

__all__ = ["MONTHS", "WEEKDAYS", "counted", "one_line"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def one_line(text: str) -> str:
    """Text with every run of white space, line ends among it, made one space."""
    return " ".join(text.split())


def counted(number: int, thing: str = "event") -> str:
    """A number of things in words: `1 event`, `1,204 articles`."""
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"
