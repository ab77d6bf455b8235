"""Names that readers see for the codes of the catalogue; those of languages are in `library.names`."""

from catalog_pages.models import Material


def material_name(code: str) -> str:
    """The translated name of a kind of material."""
    return str(Material(code).label) if code in Material.values else code
