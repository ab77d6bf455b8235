"""What gunicorn is told beyond its command line (`--config python:portal.web_server`)."""

from gunicorn.http import message

# A reader may paste ten thousand characters into the search box, each of up to twelve bytes in the address. gunicorn
# takes 8,190 bytes at most, or any number: this many is enough, and no way to fill the memory.
LONGEST_REQUEST_LINE = 131_072

message.MAX_REQUEST_LINE = LONGEST_REQUEST_LINE + 1
limit_request_line = LONGEST_REQUEST_LINE
