"""Which events stand on the front page and among the main items of a day, and which are only listed beside them."""

from diurna.model import Event
from diurna.publish.site_settings import SiteSettings
from diurna.store.views import publisher_host, source_host

__all__ = ["is_found", "stands_out"]


def is_found(event: Event) -> bool:
    """Whether reports alone tell of an event: no list has it."""
    refs = [member.ref for member in event.members]
    return bool(refs) and not any(ref.startswith("entry:") for ref in refs)


def stands_out(event: Event, site: SiteSettings) -> bool:
    """Whether a list has an event, or enough independent sources report it, or one that suffices alone."""
    if event.independent >= site.front_sources or not is_found(event):
        return True
    if not site.front_outlets:
        return False
    sufficing = {publisher_host(host.lower()) for host in site.front_outlets}
    return any(source_host(citation) in sufficing for citation in event.citations)
