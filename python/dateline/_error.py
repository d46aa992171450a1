"""What goes wrong, and what is only worth a word."""


class Error(Exception):
    """One line that says what went wrong and names the input: "news.jsonl, line 3: not JSON (…)".

    `code` is one of "invalid_argument", "not_found", "io", "corrupt", "unsupported", "busy"."""

    __module__ = "dateline"
    code: str

    def __init__(self, message: str, code: str = "invalid_argument") -> None:
        super().__init__(message, code)
        self.code = code

    def __str__(self) -> str:
        return str(self.args[0])


class InputWarning(UserWarning):
    """An input was read, but not all of it is as it should be: bytes that are not UTF-8, another language …"""

    __module__ = "dateline"
