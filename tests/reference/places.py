"""Line and column by counting from the start of the text."""


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of `offset`, both from 1; CR, LF and CRLF end a line."""
    line = column = 1
    for index in range(offset):
        char = text[index]
        if char == "\n" or (char == "\r" and text[index + 1 : index + 2] != "\n"):
            line, column = line + 1, 1
        else:
            column += 1
    return line, column
