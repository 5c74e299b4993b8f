"""The pages: rendered here, with scripts that only send and put what comes back in its place.

Templates and static files lie beside the code. No page asks anything of another server, and no
script or style stands inside a page (the edge forbids both).
"""
