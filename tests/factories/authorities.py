"""Entries of the authority file for tests: obviously made up."""

import factory

from library.models import Authority


class AuthorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Authority

    kind = Authority.Kind.PERSON
    heading = factory.Sequence(lambda n: f"Person {n}, Made-up")
