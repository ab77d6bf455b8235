"""The electronic library: what can be read on the page of a record, each part put there by the room that has it.

@hooks.register("register_record_panel", order=20)
def page_viewer():
    return viewer_panel                       # callable(record, request) -> RecordPanel | None
"""
