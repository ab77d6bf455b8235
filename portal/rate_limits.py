"""How often one address may ask."""

# Requests a minute, and how many at once; far beyond what a reader does, even several behind one address.
LIMITS = {
    "home:suggest": (600, 200),
    "home:search": (240, 120),
    "home:sharing_picture": (120, 60),
    "catalog_pages:results": (360, 180),
    "catalogue_out:record": (600, 300),
    "catalogue_out:unapi": (600, 300),
    "catalogue_out:selection": (12, 6),
    "catalog_pages:feed": (60, 30),
    "catalog_pages:e_resources_feed": (60, 30),
    "catalog_pages:e_resource_go": (120, 60),
    "catalogue_out:oai": (240, 120),
    "catalogue_out:sru": (240, 120),
}
