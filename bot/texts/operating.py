"""What operators read in Telegram."""

from __future__ import annotations

ZH = {
    "stats": "<b>📊 {day}</b>\n读者 {active}（共 {known}）\n今天收到：{papers}\n文章 {articles} 篇\n待发 {waiting}，已发 {sent}，"
    "存疑 {uncertain}，失败 {failed}\n本月搜索 {searches} 次，{nothing} 次没有结果",
    "stats_no_papers": "还没有报纸",
    "stats_acts": "\n<b>最近的操作</b>",
    "failed_none": "没有发送失败的消息。",
    "failed_title": "<b>发送失败</b>",
    "failed_retry": "再发一次",
    "failed_drop": "不再发",
    "failed_retried": "{rows} 条重新排队。",
    "failed_dropped": "{rows} 条不再发送。",
    "broadcast_usage": "用法：/broadcast 要告诉所有读者的话。先给您看，再由您确认。",
    "broadcast_preview": "<b>发给 {readers} 位读者？</b>\n\n{text}",
    "broadcast_send": "发给 {readers} 位",
    "broadcast_cancel": "取消",
    "broadcast_sent": "已排队：{rows} 条。/broadcast 看进度。",
    "broadcast_gone": "这条通知已经发出或取消了。",
    "broadcast_cancelled": "已取消，{rows} 条没有发出。",
    "broadcast_progress": "<b>最近的通知</b>\n{text}\n\n已发 {sent}，待发 {waiting}，失败 {failed}，存疑 {uncertain}",
    "broadcast_notice": "<b>📢 报摘通知</b>\n{text}",
}
EN = {
    "stats": "<b>📊 {day}</b>\nReaders: {active} active of {known}\nReceived today: {papers}\nArticles: {articles}\n"
    "Waiting {waiting}, sent {sent}, uncertain {uncertain}, failed {failed}\nSearches this month: {searches}, {nothing} found nothing",
    "stats_no_papers": "no papers yet",
    "stats_acts": "\n<b>Latest acts</b>",
    "failed_none": "No message has failed.",
    "failed_title": "<b>Failed messages</b>",
    "failed_retry": "Send again",
    "failed_drop": "Give up",
    "failed_retried": "Back in the queue: {rows}.",
    "failed_dropped": "Given up: {rows}.",
    "broadcast_usage": "Usage: /broadcast what all readers should know. You see it first and confirm it.",
    "broadcast_preview": "<b>Send to {readers} readers?</b>\n\n{text}",
    "broadcast_send": "Send to {readers}",
    "broadcast_cancel": "Cancel",
    "broadcast_sent": "In the queue: {rows}. /broadcast shows the progress.",
    "broadcast_gone": "This notice was sent or cancelled already.",
    "broadcast_cancelled": "Cancelled; {rows} were not sent.",
    "broadcast_progress": "<b>Latest notice</b>\n{text}\n\nSent {sent}, waiting {waiting}, failed {failed}, uncertain {uncertain}",
    "broadcast_notice": "<b>📢 A notice from Baozhai</b>\n{text}",
}
