"""One file a verb of the command line."""

from bot.commands.backup import backup
from bot.commands.check import check
from bot.commands.clips import clips
from bot.commands.deliver import deliver
from bot.commands.demo import demo
from bot.commands.digest import digest
from bot.commands.export import export
from bot.commands.fetch import fetch
from bot.commands.health import health
from bot.commands.ingest import ingest
from bot.commands.init import init
from bot.commands.labels import labels
from bot.commands.mcp import mcp
from bot.commands.pages import pages
from bot.commands.parse import parse
from bot.commands.prune import prune
from bot.commands.rebuild import rebuild
from bot.commands.restore import restore
from bot.commands.run import run
from bot.commands.salvage import salvage
from bot.commands.search import search
from bot.commands.show import show
from bot.commands.sources import sources
from bot.commands.summarize import summarize
from bot.commands.upgrade import upgrade

VERBS = (
    run, demo, init, parse, ingest, fetch, sources, digest, search, show, clips, summarize, deliver, rebuild, labels, pages,
    check, health, backup, restore, salvage, upgrade, prune, export, mcp,
)  # fmt: skip
