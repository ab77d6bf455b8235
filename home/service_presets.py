"""Kinds of services, the groups they stand in, and what the form of each begins with.

What the rules fix stands there in words; what each library decides is an empty fact with its name, to be filled in
before the page is published.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class ServiceGroup(models.TextChoices):
    """The headings of a section of services, in their order."""

    BORROW = "borrow", _("Borrow and read")
    ASK = "ask", _("Ask and learn")
    COMPUTERS = "computers", _("Computers and copies")
    COME = "come", _("We come to you")
    EVERYBODY = "everybody", _("Made easier")
    ROOMS = "rooms", _("Rooms")
    OTHER = "other", _("More services")


class ServiceKind(models.TextChoices):
    LENDING = "lending", _("Lending")
    READING_ROOM = "reading_room", _("Reading room")
    INTERLIBRARY = "interlibrary", _("Inter-library loan")
    REFERENCE = "reference", _("Reference service")
    COURSES = "courses", _("Courses")
    INTERNET = "internet", _("Internet access centre")
    PRINTING = "printing", _("Printing and copying")
    HOME = "home", _("Books brought home")
    MOBILE = "mobile", _("Mobile library")
    COLLECTION = "collection", _("Temporary collections")
    ACCESS = "access", _("For readers with low vision and disabilities")
    CHILDREN = "children", _("For children and young people")
    COWORKING = "coworking", _("Co-working centre")
    HALL = "hall", _("Halls")
    OTHER = "other", _("Another service")

    @property
    def group(self) -> ServiceGroup:
        return GROUPS.get(self, ServiceGroup.OTHER)


GROUPS = {
    ServiceKind.LENDING: ServiceGroup.BORROW,
    ServiceKind.READING_ROOM: ServiceGroup.BORROW,
    ServiceKind.INTERLIBRARY: ServiceGroup.BORROW,
    ServiceKind.REFERENCE: ServiceGroup.ASK,
    ServiceKind.COURSES: ServiceGroup.ASK,
    ServiceKind.INTERNET: ServiceGroup.COMPUTERS,
    ServiceKind.PRINTING: ServiceGroup.COMPUTERS,
    ServiceKind.HOME: ServiceGroup.COME,
    ServiceKind.MOBILE: ServiceGroup.COME,
    ServiceKind.COLLECTION: ServiceGroup.COME,
    ServiceKind.ACCESS: ServiceGroup.EVERYBODY,
    ServiceKind.CHILDREN: ServiceGroup.EVERYBODY,
    ServiceKind.COWORKING: ServiceGroup.ROOMS,
    ServiceKind.HALL: ServiceGroup.ROOMS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What the form begins with, in words that the library changes as it likes."""

    intro: Text
    who_for: Text = ""
    place: Text = ""
    when: Text = ""
    how: Text = ""
    facts: tuple[tuple[Text, Text], ...] = ()


_EVERYBODY = _("Everybody")
_READERS = _("Readers with a card")

PRESETS: dict[str, Preset] = {
    ServiceKind.LENDING: Preset(
        intro=_("Take books and other items home with your reader's card."),
        who_for=_READERS,
        how=_(
            "Choose on the shelf or in the catalogue.\nShow your card at the desk.\n"
            "Bring it back in time, or renew it."
        ),
        facts=(
            (_("At most"), ""),
            (_("For how long"), ""),
            (_("Renewal"), _("unless another reader waits for it")),
        ),
    ),
    ServiceKind.READING_ROOM: Preset(
        intro=_("Read on the spot: reference works, newspapers, rare books, and whatever you like."),
        who_for=_EVERYBODY,
        facts=(
            (_("Seats"), ""),
            (_("What is not lent"), _("reference works, rare works, the latest newspapers")),
        ),
    ),
    ServiceKind.INTERLIBRARY: Preset(
        intro=_("What none of our libraries has we borrow for you from another one."),
        who_for=_READERS,
        how=_("Tell us what you look for.\nWe find a library that has it.\nWe call you when it has come."),
        facts=(
            (_("For how long"), _("one month from its arrival")),
            (_("Renewal"), _("once for fifteen days, asked for a week before the end")),
            (_("What is not sent"), _("reference works, rare works, legal-deposit copies")),
        ),
    ),
    ServiceKind.REFERENCE: Preset(
        intro=_("Ask us where to find it: we name the sources and the libraries that have them."),
        who_for=_EVERYBODY,
        how=_("Ask at the desk, by phone, by post, by e-mail or on this site."),
        facts=(
            (_("You get an answer within"), ""),
            (_("What we do not do"), _("homework: we show you how to find it")),
        ),
    ),
    ServiceKind.COURSES: Preset(
        intro=_("Learn with us, in small groups and at your own pace."),
        who_for=_EVERYBODY,
        facts=((_("Seats"), ""), (_("How to join"), "")),
    ),
    ServiceKind.INTERNET: Preset(
        intro=_("Computers with internet and printing, and somebody who helps."),
        who_for=_EVERYBODY,
        how=_(
            "Come to the desk of the centre and sign in.\nSit down at a free computer.\nAsk whenever you like."
        ),
        facts=(
            (_("Computers"), ""),
            (_("For readers with disabilities"), _("two computers more")),
            (_("Time at the computer"), ""),
            (_("From what age"), ""),
            (_("Printing"), _("free")),
            (_("What is blocked"), _("harmful content")),
            (_("Who helps"), _("one of our staff is always there")),
        ),
    ),
    ServiceKind.PRINTING: Preset(
        intro=_("Print from our computers, or copy pages of a book as far as copyright allows."),
        who_for=_EVERYBODY,
        facts=((_("Pages a day"), ""), (_("Paper"), ""), (_("Colour"), "")),
    ),
    ServiceKind.HOME: Preset(
        intro=_("We bring books to those who cannot come to the library."),
        who_for=_("Elderly people and people with disabilities"),
        place=_("At your home"),
        how=_(
            "Call us, or let a relative call.\nTell us what you like to read.\nWe agree on a day and come."
        ),
        facts=((_("How often"), ""), (_("At most"), "")),
    ),
    ServiceKind.MOBILE: Preset(
        intro=_("The library on wheels comes to places without a library of their own."),
        who_for=_EVERYBODY,
        place=_("At the stops of the route"),
        when=_("Every stop has its day and hour of arrival."),
        facts=(
            (_("Books on board"), _("at least 2,000, changed every six months")),
            (_("How often"), ""),
        ),
    ),
    ServiceKind.COLLECTION: Preset(
        intro=_("A collection of books for a while, where people cannot come to the library."),
        who_for=_("Hospitals, homes for the elderly, prisons, camps"),
        place=_("In your institution"),
        how=_(
            "Write to us: for whom, how many people, for how long.\nWe agree on the list and the rules.\n"
            "Both sides sign the protocol; each keeps a copy of the list."
        ),
        facts=(
            (_("At most"), ""),
            (_("For how long"), ""),
            (
                _("Papers"),
                _("a protocol with a number, and a list in two copies: title, author, item number"),
            ),
            (_("Who answers for it"), _("a person named by the institution")),
        ),
    ),
    ServiceKind.ACCESS: Preset(
        intro=_("Large print, audio books, magnifiers, and help at every step."),
        who_for=_("Readers with low vision and other disabilities, who come first at this equipment"),
        facts=((_("Equipment"), ""), (_("Step-free entrance"), "")),
    ),
    ServiceKind.CHILDREN: Preset(
        intro=_("Books, games and meetings for children and young people."),
        who_for=_("Children up to 14, young people from 15 to 18"),
        facts=((_("What children need to join"), _("a form signed by a parent")),),
    ),
    ServiceKind.COWORKING: Preset(
        intro=_("A desk, a socket and the internet, for work and study."),
        who_for=_EVERYBODY,
        facts=((_("Seats"), ""), (_("Equipment"), "")),
    ),
    ServiceKind.HALL: Preset(
        intro=_("A hall for meetings, exhibitions and performances without paid entry."),
        who_for=_("Institutions and societies, for culture and not for politics"),
        how=_(
            "Write an application: subject, purpose, date, duration, number of people, persons responsible.\n"
            "Send it at least one month ahead.\nWe approve it, or say why not."
        ),
        facts=((_("Seats"), ""), (_("Cancellation"), _("at least a week ahead"))),
    ),
}
