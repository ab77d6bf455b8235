from catalog_pages.labels import material_name


def test_an_unknown_material_is_shown_as_it_is():
    assert material_name("book") == "Book"
    assert material_name("hologram") == "hologram"
