"""Words of a page that speak to its reader instead of telling the news: prompts, offers and pointers."""

import re

__all__ = ["prompt_reason"]

_LONGEST = 320  # characters; longer blocks are text that mentions such words
# Whole blocks, in the words that sites use; each pattern must cover the block from its first character on.
_PROMPTS = {
    "comments": r"""
        (?:be\ the\ first\ to\ |leave\ (?:a|your)\ |post\ (?:a|your)\ |add\ (?:a|your)\ |write\ a\s
        |join\ the\ )(?:comment|reply|conversation|discussion)\b.*
        |your\ e-?mail\ address\ will\ not\ be\ (?:published|shared).*|required\ fields\ are\ marked.*
        |(?:no|\d+)\ (?:comments?|replies|responses)(?:\ (?:yet|so\ far|on|to)\b.*)?\W*|comments?\ (?:are\ closed
        |\(\d+\)|have\ been\ disabled).*
        |(?:you\ must|please)\ (?:be\ logged|log)\ in\ to\ (?:post|leave|comment).*
        |log\ in\ to\ (?:leave\ a\ )?(?:reply|comment).*
        |(?:schreiben\ sie|hinterlasse[nr]?\ (?:sie\ )?)(?:einen?\ )?(?:kommentar|antwort).*
        |kommentar\ (?:schreiben|verfassen|hinterlassen).*
        |(?:deine|ihre)\ e-mail-adresse\ wird\ nicht\ veröffentlicht.*|laisser\ un\ commentaire.*|deja\ (?:un
        |tu)\ comentario.*
        |save\ my\ name,?\ e-?mail.*""",
    "newsletter": r"""
        (?:please\ )?(?:sign\ up|subscribe|register)\b.{0,60}\b(?:newsletters?|e-?mails?|updates?|alerts?|inbox
        |briefing)\b.*
        |(?:get|receive)\b.{0,80}\b(?:in|to|straight\ to)\ your\ (?:inbox|e-?mail)\b.*
        |(?:our\ )?(?:free\ )?(?:daily\ |weekly\ )?newsletters?\W*
        |(?:enter|fill\ in)\ your\ e-?mail\b.*|by\ (?:signing\ up|subscribing|registering)\b.{0,40}\byou\b.*
        |(?:jetzt\ )?(?:zum\ |unseren\ )?newsletter\b.{0,40}\b(?:abonnieren|anmelden|bestellen)\b.*
        |inscrivez-vous\ à\b.{0,60}\bnewsletter\b.*|suscríbe[ts]e\b.*|check\ your\ inbox\b.*
        |.{0,90}\b(?:in|to)\ your\ inbox\b.*\b(?:sign|agree|terms|subscribe)\b.*|.{0,120}\b(?:enter
        |type)\ your\ e-?mail\b.*
        |(?:you\ have|you['’]ve)\ (?:read|used|reached|viewed)\b.{0,60}\b(?:free|articles?|stories|limit)\b.*
        |(?:subscribe|become\ a\ (?:member|subscriber)|support\ (?:us|our))\b.{0,100}|since\ you['’]re\ here\b.*
        |thank\ you\ for\ (?:signing\ up|subscribing)\b.*""",
    "share": r"""
        (?:share|tweet|pin|e-?mail|print)(?:\ (?:this|on|via|article|story|post|with)\b.{0,60})?\W*|share\ this\b.*
        |follow\ (?:us|me|@\w+|.{2,40}\ on\ (?:facebook|twitter|x|instagram|linkedin|youtube|google|whatsapp
        |telegram))\b.*
        |like\ us\ on\ facebook\b.*|(?:jetzt\ )?(?:teilen|drucken|merken|artikel\ teilen)\W*|folgen\ sie\ uns\b.*
        |suivez-nous\b.*|síguenos\b.*
        |click\ to\ share\b.*|(?:like|follow|find|join)\ .{2,40}\bon\ (?:our\ )?social\b.*|teilen\W+(?:twittern
        |mailen|drucken)\b.*
        |download\ (?:the|our)\b.{0,40}\bapp\b.*|copy\ link\W*|join\ (?:our|us\ on)\ (?:whatsapp|telegram)\b.*""",
    "related": r"""
        (?:read|see|watch|listen|learn)\ (?:also|more|next|further)\s?(?:[:|»›>–-].*|about\b.{0,60}|here\W*|\W*)
        |also\ read\b.*
        |(?:related|recommended|more|further|popular|trending|latest)\ (?:articles?|stories|story|news|posts?
        |topics?|content|coverage|links?|reading|on\ this)\b.{0,80}
        |related\s?:.*|see\ also\s?:.*|(?:you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested).*)
        |don['’]t\ miss\s?:.*|more\ (?:from|on)\b.{0,60}
        |(?:lesen\ sie\ (?:auch|mehr|dazu)|mehr\ zum\ thema|auch\ interessant|das\ könnte\ sie\ auch\ interessieren
        |weiterlesen)\b.*
        |(?:lire\ aussi|à\ lire\ (?:aussi|également)|sur\ le\ même\ sujet|voir\ aussi)\b.*|(?:lea|lee)\ (?:también
        |más|además)\b.*|leia\ (?:também|mais)\b.*
        |leggi\ anche\b.*|lees\ ook\b.*|czytaj\ (?:także|też|również|więcej)\b.*|zobacz\ (?:także|też|również)\b.*
        |most\ (?:read|popular|viewed)\W*""",
    "advert": r"""
        (?:continue\ reading\ below|continues?\ (?:reading\ )?(?:below|after))\b.{0,40}|sponsored:.*|trending\ now:.*
        |(?:publicidade|werbung|anzeige)\W.{0,40}|scroll\ down\ for\ (?:video|more)\b.*|now\ playing:.*
        |(?:advertisement|advert|ad|sponsored|sponsored\ content|promoted|anzeige|werbung|publicité|publicidad
        |reklama|pubblicità|story\ continues\ below\b.{0,40}|article\ continues\ below\b.{0,40}
        |skip\ (?:advertisement|ad))\W*
        |company\ profiles?\b.{0,60}(?:free|sample|download).*|(?:download|get|request)\ (?:a|your
        |the)\ free\ (?:sample|report|copy|trial|demo)\b.*
        |(?:free\ )?(?:white\ ?paper|e-?book|webinar)s?\s?[:–-].*|free\ (?:sample|download|trial|guide)\b.{0,60}
        |not\ ready\ to\ buy\b.*|your\ download\b.{0,60}|buy\ (?:the\ report|now|tickets)\b.{0,60}
        |.{0,120}\bby\ submitting\ the\ (?:below\ )?form\b.*
        |thank\ you!?""",
    "consent": r"""
        (?:we|this\ (?:web)?site|our\ partners)\b.{0,60}\b(?:uses?|store)\b.{0,40}\bcookies\b.*|(?:accept|reject
        |manage)\ (?:all\ )?cookies\W*
        |(?:wir|diese\ (?:web)?seite)\b.{0,60}\bcookies\b.*|nous\ utilisons\ des\ cookies\b.*
        |(?:please\ )?enable\ javascript\b.*""",
    "byline": r"""
        (?:by|von|par|por|di|door|text|posted|published|updated|written\ by)\W*|our\ standards:\ .*
        |(?=.{0,80}(?:\b(?:19|20)\d\d\b|\d{1,2}:\d{2}))
        (?:(?:first\ )?(?:published|posted|updated|last\ (?:modified|updated)|created|aktualisiert|stand
        |veröffentlicht|publié
        |mis\ à\ jour)\W*(?:on|at|am|le)?\W*)?(?:(?:\d{1,4}|[ap]\.?m|uhr|at|um|on|the|of|de|utc|gmt|[ecmp][sd]t
        |cest|cet|bst|ist|kst|jst
        |(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec
        |january|february|march
        |april|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember
        |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|T|Z)\b[\s.,:/|+–-]*){3,12}""",
    "navigation": r"""
        (?:\(?terms(?:\ and\ conditions)?\b.{0,40})\W*
        |(?:back\ to\ top|go\ to\ top|nach\ oben|top|home|menu|search|close|next|previous
        |skip\ to\ (?:main\ )?content|all\ rights\ reserved\W*)\W*
        |(?:©|\(c\)|copyright)\W{0,3}(?:\d{4}|all\ rights|by)\b.{0,160}|.{0,100}\ball\ rights\ reserved\W*|(?:tags?
        |topics|filed\ under|categories|schlagworte|themen)\s?:.*""",
}  # fmt: skip
_COMPILED = {
    reason: re.compile(rf"(?:{pattern})\Z", re.IGNORECASE | re.VERBOSE | re.DOTALL)
    for reason, pattern in _PROMPTS.items()
}


def prompt_reason(text: str) -> str:
    """Why a block is no part of an article, judged by its words alone; empty if they are no prompt."""
    if len(text) > _LONGEST:
        return ""
    return next((reason for reason, pattern in _COMPILED.items() if pattern.match(text)), "")
