"""Places in a long list: signed, so that nothing need be kept here, and safe in an address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

from catalog_pages.oai.providers import Place, Selection
from catalog_pages.oai.requests import OaiError

_SALT = "catalog_pages.oai"


@dataclass(frozen=True, slots=True)
class Token:
    """Where a list goes on: in which provider, which of its lists, behind which row."""

    verb: str
    prefix: str
    since: str
    before: str
    set_spec: str
    provider: int = 0
    stage: int = 0
    after: Place | None = None

    def __str__(self) -> str:
        return Signer(salt=_SALT, sep=".").sign_object(asdict(self), compress=True)

    @classmethod
    def read(cls, text: str, verb: str) -> Token:
        """Raises OaiError where the token is not one of ours, or of another verb."""
        try:
            token = cls(**Signer(salt=_SALT, sep=".").unsign_object(text))
        except (BadSignature, TypeError, ValueError) as error:
            raise OaiError("badResumptionToken", "This token was not given here.") from error
        if token.verb != verb:
            raise OaiError("badResumptionToken", "This token was given for another verb.")
        return token

    @property
    def selection(self) -> Selection:
        since = datetime.fromisoformat(self.since) if self.since else None
        return Selection(self.prefix, since, datetime.fromisoformat(self.before), self.set_spec)
