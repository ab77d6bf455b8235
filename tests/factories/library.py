"""Branches and staff for tests: obviously made up, complete enough to be shown."""

import factory

from library.models import Branch, OpeningHours, User


class BranchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Branch
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"branch-{n}")
    name = factory.LazyAttribute(
        lambda branch: {"az": f"Kitabxana {branch.code}", "en": f"Library {branch.code}"}
    )
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def open_weekdays(branch, create, extracted, **kwargs):
        """open_weekdays=[0, 1]: open on Monday and Tuesday from nine to six."""
        if create and extracted:
            OpeningHours.objects.bulk_create(
                OpeningHours(branch=branch, weekday=day, opens="09:00", closes="18:00") for day in extracted
            )


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"staff{n}")
    password = factory.django.Password("a long test password")
