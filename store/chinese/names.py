"""What people, papers, agencies and places are called: the lists that every reader of Chinese text shares.

Alternatives for a regular expression stand in one string, longest first, so that they can be put between brackets.
"""

from __future__ import annotations

from functools import lru_cache

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余"
    "元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁"
    "单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封芮储靳松井段富巫乌焦巴弓牧山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔"
    "胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广东欧沃利越隆师巩聂晁勾敖融冷辛阚那简饶空曾"
    "沙养鞠须丰巢栗关蒯相查荆红游竺权逯盖益桓公肖邸闫付代晋岳苟郄原仝佟亢佘冼仵覃银帅海旷鹿牟亓麦撒仉楚阳展丛令但位侴信修兰况冶凡初区南卯卿呼哈商奉官宾尉尧战户才揭敬斯於晨普智朴来果植楼"
    "檀母涂漆玉由盘睢矫笪粟练缑芦苑茆藏衣诺谌谯豆赫蹇辜迟迮邝邰郏郜鄢门闭阙阴阿隋鲜麴"
)
"""The surnames of nearly all Han names in the household register, by the first character."""
ALSO_WORDS = frozenset(
    "令但位信修况冶凡初区南卿呼哈商奉宾战户才敬斯於晨普智来果植母漆玉由盘睢笪诺豆练藏衣门闭阴阿"
)
"""Surnames that are everyday words first: in running text they begin no name, in a byline they do."""
FREQUENT_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤米"
)
"""Surnames so frequent that they split names run together."""
COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "司徒",
        "东方",
        "尉迟",
        "皇甫",
        "慕容",
        "令狐",
        "夏侯",
        "公孙",
        "长孙",
        "宇文",
        "端木",
        "独孤",
        "南宫",
        "呼延",
        "申屠",
        "钟离",
    ]
)
"""Surnames of two characters."""

PAPERS = "都市报|农民报|工人报|青年报|日报|晚报|晨报|早报|午报|商报|时报|快报|周报|周刊|新报|导报"
"""What the name of a newspaper ends in."""
MEDIA = "本报|本网|本刊|本台|新华社|新华网|中新社|中新网|央视网|央视|人民网|人民日报|科技日报"
"""Who a report says it is from, beside the papers with a place in their name."""

_PLACE_ENDS = (
    "特别行政区", "街道办事处", "自治区", "自治州", "自治县", "街道", "社区", "地区", "省", "市", "区", "县", "旗", "州", "盟", "镇",
    "乡", "村",
)  # fmt: skip
"""What a reader leaves off a place's name, longest first."""


@lru_cache(maxsize=65536)
def short_place(name: str) -> str:
    """芮城 for 芮城县: the name without what the place is, when two characters are left."""
    for end in _PLACE_ENDS:
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name[: -len(end)]
    return name
