"""OAI-PMH 2.0 at ``/oai``: other libraries fetch our records and learn of what changed and what was deleted.

providers   what is given away: a room registers its own by the hook ``register_oai_provider``
records     the provider of the catalogue
requests    the arguments of a request, checked
tokens      places in a long answer
answers     the verbs
views       the address
"""
