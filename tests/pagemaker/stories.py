"""Invented material: no place, person, office or event in it exists.

A topic gives words; `make_stories` composes articles, pictures and notices from them, so that each article speaks of
its own matter again and again, as news does.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.pagemaker.layout import NAMES, Story


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of one matter."""

    place: str
    office: str
    thing: str
    people: str
    deed: str
    detail: tuple[str, ...]
    quote: tuple[str, ...]
    figure: str


TOPICS = (
    Topic("云桐县", "云桐县水利局", "梯田蓄水池", "种茶户", "修缮梯田蓄水池", ("池壁用卵石重新砌过，渗漏处逐一灌浆", "每口池子旁都立了水尺，管水员早晚各记一次", "引水渠沿山脊绕行，比旧渠短了近一半"), ("往年芒种一过就得下山挑水，如今拧开闸门水就到茶垄边了", "池子满了，心里就踏实"), "四百一十二口"),
    Topic("青礁市", "青礁市港航中心", "渔港冷库", "渔民", "扩建渔港冷库", ("新库分三个温区，鱿鱼和带鱼各有去处", "制冷机组改用余热回收，夜里比白天更省电", "卸鱼码头到库门铺了平轨，推车一人就能拉动"), ("靠岸晚了也不怕，货能存住价就稳", "从前抢着卖，现在能挑着卖"), "一万六千吨"),
    Topic("白榆区", "白榆区教育局", "课后木工课堂", "小学生", "开设课后木工课堂", ("工具都换成了钝口小锯，墙上画着每件工具的影子", "老木匠们轮流来授课，从认木纹讲起", "学期末各校把板凳摆到操场上请家长来坐"), ("榫头差一丝都装不进去，孩子们学会了慢下来", "我做的小凳子给奶奶垫脚"), "二十七所学校"),
    Topic("沅屏镇", "沅屏镇卫生院", "夜间门诊", "返乡工人", "开出夜间门诊", ("门诊灯一直亮到十点，药房与化验室同时值守", "慢性病人的药量可以一次开足两个月", "医生每周三随流动车进到最远的三个自然村"), ("下了工再来看病，不用请假扣钱了", "晚上人少，大夫问得细"), "三千八百人次"),
    Topic("鹿泉岭", "鹿泉岭林场", "野蜂栖息地", "护林员", "恢复野蜂栖息地", ("林缘留出了二十米宽的野花带，一年只割一次", "枯木不再清走，打上孔就是蜂巢", "监测员用网格记下每一种蜂第一次出现的日子"), ("野蜂多了，山那头的果园坐果率也跟着上来", "割草机停下来，山就响起来"), "六十三种"),
    Topic("望河新区", "望河新区城管队", "早点摊规范点", "摊主", "设立早点摊规范点", ("每个摊位接好了水电，油烟先过水再上天", "摊位按月抽签轮换，谁也不吃位置的亏", "清洗车九点半准时来收尾，地面一干就撤围栏"), ("有了固定的地方，熟客找得到我", "不用边炸油条边望风了"), "一百零八个摊位"),
    Topic("松浦市", "松浦市图书馆", "方言故事库", "老人", "采录方言故事", ("录音员背着机器走进巷子，一段故事录三遍", "同一个词在河东河西念法不同，馆员都标了出来", "听书亭装在公交站旁，等车的工夫能听完一段"), ("我奶奶讲的老虎外婆，总算留下来了", "孙子听不懂的词，扫码就有注解"), "九百四十段"),
    Topic("赤垣县", "赤垣县农机站", "丘陵小型收割机", "稻农", "推广丘陵小型收割机", ("机身窄得能过田埂，两个人就抬得上坡", "农机手结成互助队，谁家稻子先黄先割谁家", "配件库设在乡里，坏了半天就能修好"), ("一亩田半个钟头，腰总算直起来了", "从前请人割稻要排队，如今机器等人"), "一千五百台"),
    Topic("霁川市", "霁川市公交公司", "社区微循环线路", "乘客", "开行社区微循环线路", ("小巴能钻进老街，站牌按楼门口排", "司机记得哪位老人腿脚不便，会多停片刻", "线路图贴在菜场和药店门口，字号放大了一倍"), ("买完菜不用再走那段上坡路", "车小，可是来得勤"), "十四条线路"),
    Topic("苇洲区", "苇洲区湿地管护站", "候鸟补食田", "志愿者", "留出候鸟补食田", ("水稻留茬不收，浅水一直蓄到开春", "观鸟棚只开一条缝，照相不许开闪光灯", "农户按亩领补助，脚印数由第三方来核"), ("白鹤落下来的时候，谁都不出声", "少收一季稻，多看一群鸟，值"), "两千六百亩"),
    Topic("砚溪乡", "砚溪乡文化站", "竹纸作坊", "纸匠", "重开竹纸作坊", ("嫩竹浸足百日才下碓，水一换再换", "抄纸的帘子请邻县师傅编了半年", "学徒从晒纸学起，第二年才许碰帘"), ("纸薄得能透光，墨却不洇", "手上的茧子骗不了人"), "八百刀"),
    Topic("桦甸口", "桦甸口消防站", "冬季取暖排查", "住户", "开展冬季取暖排查", ("烟道逐户掏过，报警器当场试响", "独居老人的炉具由站里统一更换", "排查员每人认领两条街，名单贴在门房"), ("报警器夜里响过一回，救了我一家", "小伙子们比我儿子来得还勤"), "五千二百户"),
    Topic("兰汀市", "兰汀市自来水公司", "老楼水箱改造", "居民", "改造老楼水箱", ("旧水箱一只只吊下来，换成不锈钢的", "泵房加装了静音垫，楼下住户不再被吵醒", "水质检测结果每周贴在单元门口"), ("水龙头放出来不再发黄", "顶楼也能洗热水澡了"), "三百四十栋"),
    Topic("石驼县", "石驼县畜牧站", "骆驼奶收购点", "牧民", "增设骆驼奶收购点", ("冷链车每天两趟，奶桶上都有芯片", "收购价随脂肪含量走，当面化验当面付钱", "兽医随车巡诊，小驼羔也建了档案"), ("挤完奶不用再赶三十里路", "驼羔长得壮，来年就有盼头"), "二十一处"),
    Topic("枫桥埠", "枫桥埠街道", "楼道共享工具箱", "邻居", "摆出楼道共享工具箱", ("梯子、扳手、疏通器一样不少，借走写个条", "坏了的工具由退休钳工们来修", "年底各楼把用得最多的工具念给大家听"), ("一把梯子省了一栋楼的钱", "借工具借出了熟人"), "一百九十只"),
    Topic("濛江市", "濛江市气象台", "雷暴短信提醒", "农户", "改进雷暴短信提醒", ("提醒按村发送，方言语音同时播出", "雷达每六分钟扫一遍，误报率降了三成", "瓜农可以自己设定风力门槛"), ("收棚膜刚好赶在风前头", "短信短，可是句句有用"), "四万条"),
)
SUBHEADS = (("难在哪里", "怎么破题", "成效几何"), ("先算一笔账", "再走一段路", "还有一道坎"), ("一张图", "一股劲", "一家人"), ("从无到有的尝试", "由点到面的铺开", "自下而上的点子"))
OPENINGS = ("{day}，{place}{deed}的消息传开，{people}纷纷赶来看个究竟。", "近日，记者在{place}看到，{thing}已经派上用场，{people}脸上露出笑容。", "今年以来，{office}把{deed}当作一件要紧事来办，{thing}的面貌一天一个样。", "“{quote}。”{day}，站在{thing}旁，{place}{people}{name}对记者说。")
MIDDLES = ("走近{thing}，只见{detail}。{office}工作人员{name}介绍，光是这一项就跑了十几趟。", "据了解，{place}先后投入人力物力，{detail}。目前{thing}已惠及{figure}，{people}的评价越来越好。", "{detail}，{other}。{name}说，{deed}看着是小事，做起来样样都得用心。", "“{quote}。”{people}{name}一边说一边指着{thing}。他告诉记者，{other}。", "{office}的台账显示，截至目前{thing}累计{figure}。负责人{name}表示，下一步还要把{deed}的经验写成册子，送到各村各巷。", "为了{deed}，{place}请来行家把脉，{other}。一位{people}算了算，省下的工夫足够再干一季活。")
ENDINGS = ("如今在{place}，{thing}已经成了{people}常挂在嘴边的话题。", "{office}有关负责人表示，将继续听取{people}的意见，把{deed}这件事做细做实。", "天色渐晚，{thing}旁仍有{people}不肯离去，说笑声传得很远。")
TITLES = ("{place}{deed}", "{thing}暖了{people}的心", "{place}：{thing}惠及{figure}", "{deed} {place}{people}得实惠", "一处{thing} 牵动{place}{people}", "{thing}来到{people}身边")
SUBTITLES = ("——{place}{deed}见闻", "——记{office}的{thing}", "——来自{place}的报道")
CAPTIONS = ("{day}，{place}{people}在{thing}旁忙碌。{detail}。", "图为{place}{people}正在查看{thing}。", "日前，{office}组织人员{deed}，{detail}。图为{people}在现场。")
NOTICES = (
    Story("公告", ("因{place}旧桥加固，自2031年4月12日起至4月20日止，{thing}以东路段实行单行，请过往车辆绕行。", "特此公告。", "{office}", "2031年4月8日"), kind="notice"),
    Story("遗失声明", ("{name}遗失居民身份证，号码末四位7315，声明作废。", "{place}顺和杂货店遗失营业执照副本，声明作废。"), kind="notice"),
    Story("停水通知", ("因管网检修，{place}下列地段将于4月15日8时至18时停水，请居民提前储水。", "停水范围：南市口、书院巷、柳堤路。", "咨询电话：000-5550117"), kind="notice"),
    Story("停电通知", ("为配合线路改造，4月16日6时至12时{place}{thing}周边停电，敬请谅解。", "{place}供电公司", "2031年4月10日"), kind="notice"),
    Story("招聘启事", ("{office}因工作需要，面向社会招聘讲解员4名，要求口齿清楚，能说本地方言。", "报名时间：4月20日至4月30日。", "联系电话：000-5550133"), kind="notice"),
    Story("拍卖公告", ("受委托，定于2031年4月25日10时对{place}旧仓库三年租赁权进行公开拍卖，有意者请于4月24日前缴纳保证金并办理竞买手续。", "预展时间：4月22日至23日。"), kind="notice"),
    Story("公示", ("经评审，拟授予{name}等三人“{place}好邻居”称号，现予以公示，公示期五个工作日，如有异议请向{office}反映。", "监督电话：000-5550188"), kind="notice"),
    Story("更正", ("本报4月7日二版《{thing}》一文中，“{figure}”有误，特此更正，并向读者致歉。",), kind="notice"),
    Story("今日导读", ("{place}{deed} 详见2版", "{thing}惠及{people} 详见3版", "{office}答读者问 详见4版"), kind="notice"),
)


def make_story(topic: Topic, rng: random.Random, *, paragraphs: int = 0) -> Story:
    """An article on a topic."""
    count = paragraphs or rng.randint(2, 7)
    middles = [_fill(text, topic, rng) for text in rng.sample(MIDDLES * 3, max(0, count - 2))]
    body = [_fill(rng.choice(OPENINGS), topic, rng), *middles]
    if count > 1:
        body.append(_fill(rng.choice(ENDINGS), topic, rng))
    subheads: tuple[tuple[str, int], ...] = ()
    if len(body) >= 6 and rng.random() < 0.6:
        names = rng.choice(SUBHEADS)
        subheads = tuple((name, at) for name, at in zip(names, (1, 3, 5), strict=True))
    shape = rng.random()
    title = _fill(rng.choice(TITLES), topic, rng)
    return Story(
        title,
        tuple(body),
        kicker=topic.office if shape < 0.2 else topic.place if shape < 0.35 else "",
        subtitle=_fill(rng.choice(SUBTITLES), topic, rng) if shape > 0.75 else "",
        subheads=subheads,
        reporters=tuple(rng.sample(NAMES, rng.randint(1, 2))) if rng.random() < 0.7 else (),
        correspondents=(rng.choice(NAMES),) if rng.random() < 0.2 else (),
    )


def make_photo(topic: Topic, rng: random.Random) -> Story:
    """A picture with its caption."""
    return Story("", (_fill(rng.choice(CAPTIONS), topic, rng),), kind="photo", photographer=rng.choice(NAMES))


def make_notice(topic: Topic, rng: random.Random, *, number: int | None = None) -> Story:
    """A notice, correction or index."""
    notice = rng.choice(NOTICES) if number is None else NOTICES[number]
    return Story(notice.title, tuple(_fill(text, topic, rng) for text in notice.body), kind="notice")


def make_stories(rng: random.Random, *, articles: int, photos: int = 0, notices: int = 0) -> list[Story]:
    """Material for one page: articles of different topics, pictures and notices."""
    topics = rng.sample(TOPICS, min(len(TOPICS), articles))
    out = [make_story(topic, rng) for topic in topics]
    rest = [t for t in TOPICS if t not in topics] or list(TOPICS)
    out += [make_photo(rng.choice(rest), rng) for _ in range(photos)]
    kinds = rng.sample(range(len(NOTICES)), min(notices, len(NOTICES)))
    out += [make_notice(rng.choice(rest), rng, number=kind) for kind in kinds]
    return out


def _fill(text: str, topic: Topic, rng: random.Random) -> str:
    detail, other = rng.sample(topic.detail, 2)
    return text.format(
        place=topic.place, office=topic.office, thing=topic.thing, people=topic.people, deed=topic.deed, detail=detail,
        other=other, quote=rng.choice(topic.quote), figure=topic.figure, name=rng.choice(NAMES), day=f"4月{rng.randint(1, 28)}日",
    )
