"""Which sentences an editor prints, and which never: laws, and twenty items of invented papers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.summaries import editor
from digests.summaries.sentences import nesting, split, widen

# Title, body, what the item must hold, what it must not.
ITEMS = [
    ("青河县新增九条公交线", "近日，青河县公交公司开通九条乡村公交线路，覆盖四十二个村，票价两元。市民纷纷点赞，交口称赞。", "开通九条乡村公交线路", "点赞"),
    ("松岭造林超万亩", "清晨，雾气还没有散去，山坡上已是一片忙碌。今年以来，松岭市完成造林1.2万亩，栽下油松86万株。", "完成造林1.2万亩", "雾气"),
    ("云桥县敬老院改造完工", "云桥县坚持以人民为中心，多措并举提升养老服务水平，取得显著成效。云桥县投入资金640万元，改造乡镇敬老院8所，新增床位210张。", "改造乡镇敬老院8所", "显著成效"),
    ("山坪县查处违法采砂", "10月9日，山坪县水利局查处违法采砂案件3起，罚款12万元。下一步，该局将继续加大巡查力度，切实守护好母亲河。", "查处违法采砂案件3起", "继续加大"),
    ("柳树镇办起粮食烘干点", "“往年下雨，粮食就发芽了。”村民老赵说。今年秋收，柳树镇建成粮食烘干点5个，每天烘干玉米300吨，收费每斤三分钱。", "建成粮食烘干点5个", "发芽"),
    ("青河一中新宿舍启用", "9月1日，青河县第一中学新宿舍楼启用，1200名住校生搬进新宿舍。这标志着该校办学条件迈上了新台阶。", "新宿舍楼启用", "新台阶"),
    ("松岭医院开通夜间门诊", "11月起，松岭市人民医院开通儿科夜间门诊，每晚六点到十点接诊，挂号费10元。走进门诊大厅，只见灯火通明，秩序井然。", "开通儿科夜间门诊", "灯火通明"),
    ("云桥苹果卖到海外", "云桥县今年出口苹果4600吨，同比增长18%，销往七个国家。苹果产业的发展，让乡村振兴的步伐更加坚实。", "出口苹果4600吨", "步伐"),
    ("山坪县修通断头路", "10月20日，山坪县文昌路东段建成通车，全长1.7公里，总投资3800万元。该路段曾是一条断头路。", "建成通车", "得益于"),
    ("桃源村分红", "12月6日，山坪县桃源村给全体村民分红，286户村民领到现金92万元。其中，最多的一户领到一万多元。", "领到现金92万元", "不忘初心"),
    ("青河县表彰见义勇为者", "青河县人民政府日前表彰见义勇为人员14名，每人颁发奖金2万元。他们的事迹感人至深，令人敬佩。", "表彰见义勇为人员14名", "感人至深"),
    ("柳树镇停水通知", "因管道检修，11月8日8时至18时，柳树镇东街、北街暂停供水，涉及用户730户。不便之处，敬请谅解。", "暂停供水", "谅解"),
    ("松岭市图书馆借书破百万", "截至10月底，松岭市图书馆今年借出图书103万册，比去年增加21万册。阅读点亮人生，书香浸润心灵。", "借出图书103万册", "浸润"),
    ("云桥扶持小店", "云桥县向1900家小店发放消费补助，每家最高5000元，共发放760万元。云桥县高度重视，加强领导，强化措施，狠抓落实。", "发放消费补助", "狠抓落实"),
    ("山坪农机免费检修", "入冬以来，山坪县农机中心组织18名技师下乡，免费检修农机2400台。技师们顶着寒风，双手冻得通红，脸上却挂着笑容。", "免费检修农机2400台", "笑容"),
    ("青河发现古桥", "青河县文物局在白石沟发现一座明代石拱桥，桥长24米，保存完好。专家认为，这座古桥具有重要的历史价值。", "发现一座明代石拱桥", "具有重要的历史价值"),
    ("松岭货车起火无人伤亡", "昨日14时，一辆货车在松岭市环城路起火，消防员用二十分钟将火扑灭，没有人员伤亡。司机激动地说：“谢谢你们！”", "货车在松岭市环城路起火", "谢谢"),
    ("云桥技工学校招生", "云桥县技工学校今年招收新生860人，开设汽车维修、护理等9个专业，学费全免。未来，该校将努力培养更多高素质人才。", "招收新生860人", "高素质"),
    ("柳树镇污水处理厂投用", "12月1日，柳树镇污水处理厂建成投用，日处理污水5000吨，惠及居民2.3万人。绿水青山就是金山银山。", "建成投用", "金山银山"),
    ("山坪县夜市开张", "夜幕降临，华灯初上，欢声笑语飘满街巷。10月1日，山坪县滨河夜市开业，首批入驻摊位160个，营业到晚上十一点。", "滨河夜市开业", "欢声笑语"),
]  # fmt: skip


def item(text: str, *, title: str = "", max_sents: int = 2, max_chars: int = 120) -> list[str]:
    plain = widen(text)
    nested = nesting(plain)
    places = editor.edit(
        plain, split(plain, nested=nested), nested, title=title, max_sents=max_sents, max_chars=max_chars
    )
    return [text[start:end] for start, end in places]


@pytest.mark.parametrize(("title", "body", "must", "never"), ITEMS, ids=[row[0] for row in ITEMS])
def test_item_tells_the_news_and_not_its_ornament(title: str, body: str, must: str, never: str) -> None:
    """Who did what and how many; no praise, scene, cheer or pledge."""
    told = "；".join(item(body, title=title))
    assert must in told and never not in told


PIECES = [
    "其中三户领到补助九万元", "得益于新修的水渠，粮食增产两成", "还建成了三座桥", "的水库开始蓄水", "他先后捐款三万元", "该厂去年生产水泥九万吨",
    "青河县建成水库两座", "只要坚持浇水，树就能活", "虽然下了大雨，但通车仪式照常举行", "李明说，今年收入八万元", "除老人外，其余人员都要登记",
    "据县水利局介绍，投资一亿元", "如果水位上涨，水库将放水", "近日，松岭市开通公交线九条", "这一做法受到好评", "县长王强表示，明年修路三十公里",
]  # fmt: skip
BODIES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(lambda parts: "。".join(parts) + "。")


@settings(max_examples=60, deadline=None)
@given(BODIES, st.integers(1, 2), st.sampled_from([15, 30, 60, 120]))
def test_laws_of_an_item(text: str, max_sents: int, max_chars: int) -> None:
    """Verbatim, in budget, no lost beginning, no 他 without a name, speakers and conditions kept."""
    found = item(text, max_sents=max_sents, max_chars=max_chars)
    assert len(found) <= max_sents and sum(map(len, found)) <= max_chars
    whole = "；".join(found)
    for span in found:
        assert span in text
        assert not re.match(r"的|得益于|其中|还", span)
    assert "他先后" not in whole or "青河县" in whole or len(found) == 2
    assert "今年收入八万元" not in whole or "李明说，今年" in whole
    assert "明年修路" not in whole or "王强表示，明年" in whole
    for first, second in (("只要", "就能"), ("虽然", "但通车"), ("除老人", "其余"), ("如果", "将放水")):
        assert (first in whole) == (second in whole)


@pytest.mark.parametrize(
    "waiting", ["不少司机反映", "县交通局介绍", "记者从县交通局获悉", "监测数据显示", "巡查人员发现"]
)
def test_no_line_ends_where_the_reader_waits(waiting: str) -> None:
    """Behind 反映, 介绍 or 显示 comes what was said; where it does not fit, nothing is taken of the sentence."""
    text = f"近日，云桥县{waiting}，县道老鹰岩段每天堵车三个小时，过往货车只好绕行八十公里。"
    assert item(text, max_sents=1, max_chars=16) == []
    assert not any(span.endswith(waiting) for span in item(text, max_sents=1, max_chars=60))


def test_pronoun_stays_with_the_sentence_that_names_him() -> None:
    """他 is printed behind his name or not at all."""
    alone = "他先后为乡亲修路三条，捐款三万元，受益村民六百人。"
    assert item(alone) == []
    both = "青河县退休教师王建民今年捐款三万元，资助学生九名。" + alone
    found = item(both)
    assert not any(span.startswith("他") for span in found) or found[0].startswith("青河县")


def test_line_of_scenes_alone_is_none() -> None:
    """Where nothing is told the headline stands alone."""
    assert editor.line("清晨，阳光洒满小院，欢声笑语飘满街巷。老人们脸上洋溢着幸福的笑容。", "", 60) is None


def test_second_sentence_tells_something_of_its_own() -> None:
    """The headline once more, without number, event or result, is no second sentence; the cost of the work is one."""
    news = "7月4日，青河县新建的两座水库开始蓄水，可浇灌下游九个村的两万亩地。"
    title = "青河县水库蓄水"
    assert len(item(news + "青河县水库蓄水，乡亲们天天都在盼望。", title=title)) == 1
    assert len(item(news + "水库去年三月动工，投资一亿两千万元。", title=title)) == 2
