"""How long a day's digest takes, and a thousand of them for different readers.

    python benchmarks/days.py [--articles 200] [--profiles 1000] [--news FILE.jsonl]

Articles are made up of invented words (or taken from a JSONL file with title and body); the store is a file in a
temporary folder. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from digests.day.builder import build_day, build_delivery
from store.database import Store
from store.models import PageRef, PageText, ParsedArticle, ParsedPage, Place, Profile

DAY = date(2024, 8, 5)
NOW = datetime(2024, 8, 5, 7, 30, tzinfo=UTC)
PAPERS = ("云岭日报", "云岭晚报", "柳河时报", "南原时报", "青石周刊")
COUNTIES = ("青石县", "柳河县", "白塔区", "南原县", "东川县", "北屯县")
FOLLOWS = ("托管班", "停水", "苹果 -价格", "招聘|招工", "大桥")
_SYLLABLES = "交通社区医院小学供水图书合作文化志愿技术施工剧团市场气象消防老师检修种植开放改造慰问培训展出收购排查演招聘建表彰预报巡讲解翻新义诊管道苹果乡村路体育场馆线剪纸作品防汛物资农家书屋温室大棚湿地公园食堂古城墙灌溉渠养老夜雨网托班"


def made(seed: int) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Articles without end: title, paragraphs, county. Words are two syllables by chance, a few of them very common."""
    chance = random.Random(seed)
    words = sorted({"".join(chance.sample(_SYLLABLES, 2)) for _ in range(6000)})
    chance.shuffle(words)
    common = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))

    def some(count: int) -> str:
        return "".join(chance.choices(words, cum_weights=common, k=count))

    while True:
        county, title = chance.choice(COUNTIES), some(6)
        sentences = [
            f"{chance.randint(1, 4)}日，{county}{title}，涉及{chance.randint(20, 9000)}人，{some(4)}。"
        ]
        for _ in range(chance.randint(4, 24)):
            sentences.append(f"{some(5)}，{some(4)}{chance.randint(3, 800)}万元，{some(7)}。")
        sentences.append(
            "7日8:30至17:00停水，咨询电话：2188110。" if chance.random() < 0.1 else f"{some(8)}。"
        )
        paragraphs = tuple("".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
        yield title, paragraphs, county


def news(path: Path) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The articles of a JSONL file, over and over."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:4000]]
    for record in itertools.cycle(records):
        yield (
            record["title"],
            tuple(record["body"].split("\n")),
            random.Random(record["title"]).choice(COUNTIES),
        )


def fill(store: Store, source: Iterator[tuple[str, tuple[str, ...], str]], day: date, count: int) -> None:
    """So many articles on a day, five papers of pages with eight each."""
    for page in range(-(-count // 8)):
        articles = tuple(
            ParsedArticle(
                kind="article", title=title, body=body, places=(Place(county, "county", city="云岭市"),)
            )
            for title, body, county in itertools.islice(source, min(8, count - 8 * page))
        )
        ref = PageRef(PAPERS[page % len(PAPERS)], day, page // len(PAPERS) + 1)
        store.editions.put(ref, PageText((f"{day}{page}",)), ParsedPage(articles), source="made", now=NOW)


def profiles(count: int) -> list[Profile]:
    """So many different settings."""
    chance = random.Random(7)
    found: dict[str, Profile] = {}
    while len(found) < count:
        profile = Profile(
            papers=tuple(chance.sample(PAPERS, chance.randint(1, 4))) if chance.random() < 0.3 else (),
            places=tuple(chance.sample(COUNTIES, chance.randint(0, 2))),
            follows=tuple(chance.sample(FOLLOWS, chance.randint(0, 3))),
            mutes=tuple(chance.sample(FOLLOWS, chance.randint(0, 1))),
            length=chance.choice(("titles", "summaries", "summaries", "detailed")),
            order=chance.choice(("importance", "importance", "place", "paper")),
            only_matching=chance.random() < 0.2,
        )
        found[profile.key] = profile
    return list(found.values())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--profiles", type=int, default=1000)
    parser.add_argument("--days-before", type=int, default=5)
    parser.add_argument("--news", type=Path)
    asked = parser.parse_args()
    source = news(asked.news) if asked.news else made(1)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.db") as store:
        for back in range(asked.days_before, -1, -1):
            fill(store, source, DAY - timedelta(days=back), asked.articles)
        newest = store.articles.newest_id()
        rows = []

        def timed(name: str, count: int, start: float) -> None:
            rows.append((name, count, time.process_time() - start))

        start = time.process_time()
        first = build_day(store, DAY, now=NOW)
        timed("first digest of the day (dictionary loaded, nothing known)", 1, start)
        start = time.process_time()
        build_day(store, DAY, now=NOW)
        timed("the same again (saved)", 1, start)
        many = profiles(asked.profiles)
        start = time.process_time()
        for profile in many:
            build_delivery(
                store, profile=profile, after=newest - asked.articles, upto=newest, day=DAY, now=NOW
            )
        timed("different settings over the day", len(many), start)
        print(f"{first.article_count} articles, {asked.days_before} days before with as many")
        for name, count, seconds in rows:
            print(f"{name:60} {count:5} {seconds:8.2f} s  {seconds / count * 1000:8.1f} ms each")
        print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
