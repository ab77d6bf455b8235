"""The secret key of an installation that was given none: made once, kept in a file only its owner reads."""

import os
import secrets
from pathlib import Path


def read_or_create_secret_key(path: Path) -> str:
    """Return the key in `path`, making the file (mode 600) when there is none.

    Safe when several processes start at once: the key appears whole under its name, and the first one stays.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}-{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(60))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
