"""What readers are told when something did not go as promised: an answer, a digest, too many messages at once."""

from __future__ import annotations

ZH: dict[str, str] = {
    "digests_doubtful": "ℹ️ {days}那份报摘不知道有没有送到，里面的报道都放进这一份了。",
    "inbox_flooded": "发得太快了，后面的 {count} 条没有处理。需要的话，请再发一次。",
    "inbox_unanswered": "刚才中断了一下，上一条的回答可能没有送到。没看到的话，请再发一次。",
}

EN: dict[str, str] = {
    "digests_doubtful": "ℹ️ The digest of {days} may not have reached you; its articles are in this one.",
    "inbox_flooded": "That was too fast: {count} of your messages were not handled. Please send again what you need.",
    "inbox_unanswered": "I was interrupted, and my last answer may not have reached you. If you do not see it, please ask again.",
}
