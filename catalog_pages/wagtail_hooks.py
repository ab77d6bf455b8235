from wagtail import hooks

from catalog_pages.demo import load_catalogue
from catalog_pages.sources import RecordSource


@hooks.register("register_search_source")
def record_source():
    return RecordSource()


@hooks.register("register_demo_content", order=20)
def catalogue_demo():
    return load_catalogue
