"""Names of a page's containers: what class, id and role say of the text inside, in the words that page makers use."""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

__all__ = ["REASONS", "Named", "judge_names"]

REASONS = (
    "advert",
    "newsletter",
    "related",
    "comments",
    "consent",
    "share",
    "navigation",
    "byline",
    "paywall",
    "hidden",
    "caption",
)


class Named(Struct, frozen=True):
    """What names say: why the text inside is no part of an article (`reason`, and the name that says so).

    `body` is whether they say that it is the article's own text.
    """

    names: str = ""
    reason: str = ""
    because: str = ""
    body: bool = False


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EDGE_B = r"(?:^|[\s_:-])"
_EDGE_E = r"(?=$|[\s_:-]|\d)"
# Words of class names and ids. English ones are used in pages of every language; others are those of large sites.
_VOCABULARY = {
    "consent": r"cookies?|cookie\w*(?:notice|banner|consent|bar|law)|consent|gdpr|onetrust|cookiebot|cmplz|borlabs|"
    r"didomi|usercentrics|sp-message",
    "comments": r"comments?|commentlist|commentform|comment\w*(?:area|box|section|body|wrap|thread|respond)|"
    r"disqus\w*|respond|"
    r"reply|replies|kommentare?|kommentar\w*|commentaires?|comentarios?|livefyre|leserbriefe?|reader-?comments|dsq|"
    r"responses|usercomments|coral-?talk",
    "newsletter": r"newsletters?|newsletter\w+|subscribe|subscription|subscribers?|sign-?up\w*|mailing-?list|"
    r"mailchimp|mc4wp\w*|"
    r"mc_embed\w*|email-?(?:form|capture)|optin|opt-in|convertkit|boletin|abonnement",
    "advert": r"ads?|advert|adverts|adverti[sz]e\w*|advertorial|adslot|ad-?(?:box|wrap\w*|container|unit|slot|"
    r"banner|space|label)|"
    r"adsense|adsby\w+|dfp\w*|gpt-ad|google-?ads?|sponsor\w*|promos?|promo\w*(?:box|tion)|promotion\w*|"
    r"outbrain|taboola|criteo|plista|zergnet|revcontent|werbung|anzeigen?|publicidad|affiliate\w*|"
    r"commercial|company-?profile\w*|cta|call-?to-?action|buy-?(?:now|box)|product-?box|donat(?:e|ion)\w*|reklama?|"
    r"spenden?",
    "share": r"share|shares|sharing|share\w*(?:bar|tools?|links?|buttons?|this)|social|socials|social\w*(?:bar|"
    r"links?|icons?|"
    r"media|share|buttons?|follow)|sociable|addthis\w*|addtoany\w*|sharedaddy|follow|follow-?us|shariff|teilen|"
    r"partager|"
    r"compartir|like-?box|fb-?like|tweet-?button|whatsapp|heateor\w*|ssba\w*|a2a\w*",
    "related": r"related|related\w+|\w*related|recommend\w*|read-?more|readmore|read-?next|read-?also|also-?read|"
    r"more-?on|"
    r"more-?(?:stories|news|from|articles|posts)|most-?(?:read|popular|viewed|shared)|popular|popular-?posts?|"
    r"trending|"
    r"also-?like|you-?may|you-?might|teasers?|teaser\w+|see-?also|up-?next|next-?(?:post|article|story|up)|"
    r"prev(?:ious)?-?(?:post|article|story)|similar|latest|latest-?\w+|recent-?\w+|recirc\w*|"
    r"weitere\w*|mehr-?(?:zum-?thema|artikel|lesen)|ligatus|headlines-?list|post-?nav\w*|nav-?links|"
    r"yarpp\w*|further-?reading|linkbox|infobox-?links|crosslinks?|inline-?link|internal-?link|article-?list|"
    r"news-?list|"
    r"feature(?:d)?-?posts|onward|newsflash|ticker|cross-?sell|upsell|zergnet|articles-?similaires|relacionad[oa]s|"
    r"noticias-?relacionadas|gerelateerd",
    "navigation": r"nav|navi|navigation|nav\w*(?:bar|box|menu)|subnav|sub-?menu|menus?|menu-?\w+|bread-?crumbs?|"
    r"breadcrumb\w*|"
    r"pagination|pager|paging|pages|footer|site-?footer|page-?footer|foot|bottom-?bar|footnotes?-?nav|sidebars?|"
    r"side-?bar\w*|"
    r"sidebar\w+|side-?column|rightcol\w*|right-?col\w*|leftcol\w*|left-?col\w*|rail|right-?rail|marginal\w*|"
    r"toolbar\w*|tabs|tablist|skip-?links?|screen-?reader\w*|sr-?only|visually-?hidden|masthead|top-?bar|site-?header|"
    r"page-?header|header-?\w*nav\w*|search\w*|login\w*|log-?in|sign-?in|register|user-?menu|tags?|tag-?(?:list|"
    r"cloud|links)|"
    r"taglist|keywords|topics?|cat-?links|categories|category-?list|post-?categories|entry-?footer|article-?footer|"
    r"post-?footer|article-?tools|print|printer|toc|table-?of-?contents|widget-?area|widgets?|copyright|imprint|"
    r"impressum|"
    r"lang(?:uage)?-?switch\w*|pagetop|totop|back-?to-?top|jump-?(?:links?|to)|service-?links?|kontakt-?box|"
    r"slider|slideshow|carousel|slick|swiper|gallery|image-?gallery|edit-?section|mw-?editsection|rating|ratings|"
    r"star-?rating|"
    r"vote|voting|feedback|report-?error|accessibility|player-?controls|vjs\w*|jw-?player\w*|disclaimer|"
    r"alert|notification|notice|message|modal\w*|popup\w*|pop-?up|overlay|lightbox|tooltip|dropdown\w*",
    "byline": r"by-?lines?|authors?|author\w*(?:box|bio|info|name|block|card|meta|profile)|about-?(?:the-?)?author|"
    r"bio|"
    r"post-?author|post-?meta|entry-?meta|article-?meta|meta|meta-?(?:data|info)|postmeta|post-?info|article-?info|"
    r"dateline|date|datetime|time-?stamp|timestamp|published|publish-?date|pub-?date|post-?date|entry-?date|"
    r"article-?date|"
    r"posted-?(?:on|by)|autor\w*|auteur|submitted|contributor\w*|writers?|reading-?time|read-?time|updated",
    "paywall": r"paywall\w*|pay-?wall|premium-?\w*|regwall|subscriber-?only|locked|piano-?\w*|tp-?modal|plus-?teaser",
    "hidden": r"hidden|hide|is-?hidden|no-?print|d-?none|invisible|visuallyhidden|offscreen|print-?only|notloaded",
    "caption": r"(?<!no[_-])captions?|\w*caption|caption-?\w+|credits?|image-?credit|photo-?credit|img-?credit|"
    r"wp-?caption-?text|photo-?by|"
    r"bildunterschrift|bildnachweis|bild-?\w*(?:text|quelle)|legende|media-?info|image-?(?:info|text|description|"
    r"source|copyright)|"
    r"photo-?(?:info|text|caption|description)|picture-?(?:text|caption)|copyright-?text|pie-?de-?foto|"
    r"media-?caption\w*",
}
_ORDER = (
    "consent", "comments", "newsletter", "advert", "share", "related", "paywall", "caption", "byline", "navigation",
    "hidden",
)  # fmt: skip
_NAMED = re.compile(
    _EDGE_B + "(?:" + "|".join(f"(?P<{reason}>{_VOCABULARY[reason]})" for reason in _ORDER) + ")" + _EDGE_E
)
_BODY = re.compile(
    _EDGE_B + r"(?:article-?(?:body|text|content|copy|main|container|entry)|story-?(?:body|text|content)?|"
    r"(?:entry|post|news|page|main|"
    r"body|text|blog|single|theme)-?(?:content|body|text|entry|copy)|content-?(?:body|main|text|article)|full-?text|"
    r"rich-?text|rte|prose|wysiwyg|bodytext|field-?body|articulo|artikel-?\w*|entry|postarea|hentry|post-?\d*|"
    r"wpb_text_column|mw-?parser-?output|article)" + _EDGE_E
)
_ROLES = {
    "navigation": "navigation",
    "search": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "banner": "navigation",
    "contentinfo": "navigation",
    "complementary": "navigation",
    "dialog": "navigation",
    "alertdialog": "consent",
    "tablist": "navigation",
}
_TAGS = {
    "nav": "navigation",
    "aside": "navigation",
    "footer": "navigation",
    "menu": "navigation",
    "figcaption": "caption",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_NAMES = 300


def judge_names(tag: str, attributes: Mapping[str, str]) -> Named:
    """Judge an element by its tag, class, id, role and style."""
    get = attributes.get
    style = get("style")
    hidden = (
        "hidden" in attributes or get("aria-hidden") == "true" or (style is not None and bool(_HIDDEN.search(style)))
    )
    names = f"{get('id') or ''} {get('class') or ''}".strip()
    return _judge(
        tag,
        names[:_LONGEST_NAMES],
        get("role") or "",
        (get("itemprop") or get("property") or "")[:_LONGEST_NAMES],
        hidden,
    )


@lru_cache(maxsize=32_768)
def _judge(tag: str, written: str, role: str, property_name: str, hidden: bool) -> Named:
    names = _CAMEL.sub("-", written).lower()
    if "articlebody" in property_name.lower():
        return Named(written, body=True)
    body = bool(_BODY.search(names))
    if hidden:
        return Named(written, "hidden", "not shown", body)
    if found := _NAMED.search(names):
        reason = found.lastgroup or ""
        return Named(written, reason, found[reason], body)
    if role in _ROLES:
        return Named(written, _ROLES[role], f"role {role}", body)
    if tag in _TAGS:
        return Named(written, _TAGS[tag], f"<{tag}>", body)
    return Named(written, body=body)
