from wagtail import hooks

from circulation.synthetic import generate_readers


@hooks.register("register_synthetic_content")
def synthetic_readers():
    return generate_readers
