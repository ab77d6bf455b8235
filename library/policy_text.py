"""The lending rules in words: a contract between the room that lends and the pages that readers see.

A room that knows its rules registers a callable; pages ask for the sections and lay them out:

    @hooks.register("register_policy_text")
    def lending_rules():
        return describe_policy                      # describe_policy(language) -> list[PolicySection]
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from wagtail import hooks

logger = logging.getLogger("library.policy_text")

HOOK = "register_policy_text"


@dataclass(frozen=True, slots=True)
class PolicySection:
    """One part of the rules, in the language that was asked for, as plain text.

    `paragraphs` are sentences; `rows` a table under `columns`, the first cell of each row naming it. `source` says
    where the rule comes from, as readers may look it up: "Service rules, article 31".
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""


def policy_sections(language: str) -> list[PolicySection]:
    """Every registered section in the hook's order; [] while no room lends.

    A room that fails is logged and left out: the rest of the page is still of use.
    """
    sections: list[PolicySection] = []
    for register in hooks.get_hooks(HOOK):
        try:
            describe: Callable[[str], list[PolicySection]] = register()
            sections += describe(language)
        except Exception:
            logger.exception("the policy text of %s failed", getattr(register, "__module__", register))
    return sections
