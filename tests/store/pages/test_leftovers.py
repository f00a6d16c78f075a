"""Headlines left over in the cut of another article find their body."""

from __future__ import annotations

from store.models import PageText
from store.pages import parse_page

PAGE = (
    "小积分撬动大治理",
    "",
    "本报讯（记者 凌霄）飞檐镇用积分管起了巷道里的大治理，积分超市今天开门，村民拿积分换了两桶洗衣液。",
    "",
    "谁家的积分高，往墙上一贴清清楚楚。村支书先把自家门前的旧土",
    "",
    "专项监督护航夏粮归仓",
    "",
    "坯搬走，又把五保户的院墙修补一新。三个月下来，积分多了，巷道宽了。",
    "",
    "本报讯（通讯员 简宁）麦收时节，河湾县组成四个组开展专项监督，到粮食收购点看磅秤准不准，为夏粮归仓护航。",
    "",
    "夏粮收购点排队太长，监督人员当场联系增开一台地磅，不到半小时队伍就短了一半。",
    "",
    "先锋引路",
    "",
    "老裴和他的九个牛皮纸本子",
    "",
    "早上六点半，河湾县史村的大棚刚亮灯，老裴已经摆好了血压计，牛皮纸本子放在手边。",
    "",
    "六年来老裴一共记满了九个牛皮纸本子，办成的大小事情有七百多件。",
)


def test_headline_in_the_cut_of_another_article_finds_its_body():
    """The words decide: the banner further down has none of the body's."""
    page = parse_page(PageText(PAGE))
    assert [(a.title, len(a.body)) for a in page.articles] == [
        ("小积分撬动大治理", 2),
        ("专项监督护航夏粮归仓", 2),
        ("老裴和他的九个牛皮纸本子", 2),
    ]


def test_leftover_headline_without_a_body_stays_aside():
    """A line whose words recur nowhere takes no article's place."""
    lines = tuple("万里长空雁阵归" if line.startswith("专项监督") else line for line in PAGE)
    page = parse_page(PageText(lines))
    assert "万里长空雁阵归" not in [a.title for a in page.articles]
    assert "万里长空雁阵归" in [piece.text for piece in page.set_aside] + [
        text for text, _ in page.articles[0].subheads
    ]


def test_headline_in_a_cut_waits_for_the_report_below_the_rest():
    """The rest of the cut sentence stays with its article, though the headline stands right above it."""
    page = parse_page(
        PageText(
            (
                "跑腿奶奶的三本账",
                "",
                "清晨六点，河湾县的跑腿奶奶又出门了。她提着布兜，先到菜市场帮三户老人买菜，再到药店取药。",
                "",
                "跑腿奶奶有三本账，一本记钱，一本记药，还有一本记人情。“谁家的药快没了，我",
                "",
                "飞檐镇开展森林防火演练",
                "",
                "一翻就知道。”她说。",
                "",
                "本报讯（记者 凌霄）4月10日，飞檐镇联合消防大队在后山开展森林防火演练，百余名队员参加。",
                "",
                "演练模拟山脚突发火情，无人机升空侦察，队员携带风力灭火机分三路扑救。",
            )
        )
    )
    assert [(a.title, len(a.body)) for a in page.articles] == [
        ("跑腿奶奶的三本账", 2),
        ("飞檐镇开展森林防火演练", 2),
    ]
