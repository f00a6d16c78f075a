"""Captions, credits, credits without caption."""

from __future__ import annotations

from store.models import PageText
from store.pages.chunks import split_chunks
from store.pages.photos import find_photos


def photos(*lines: str):
    layout, chunks = split_chunks(PageText(lines))
    return chunks, find_photos(chunks, layout, set())


def test_caption_ends_in_its_credit():
    """Caption and credit on one line part at the stop."""
    chunks, found = photos("图为孩子们在打谷场上放风筝。 凌霄 摄")
    assert chunks[0].text[found[0].cut :] == "凌霄 摄"


def test_credit_on_its_own_line_takes_the_caption_above():
    """The paragraph set apart above a credit is its caption."""
    _, found = photos(
        "大集办到腊月。",
        "",
        "",
        "",
        "孩子们在打谷场上放自己糊的风筝。",
        "",
        "本报记者 凌霄 摄",
        "",
        "老街也修好了水管。",
    )
    assert [(p.captions, p.credit) for p in found] == [((1,), 2)]


def test_credit_behind_a_signed_article_has_lost_its_caption():
    """A name that ends a body closes the article: the credit below has no caption."""
    _, found = photos(
        "大集从清早办到天黑，山里人背着木耳和笋干赶来，河堤上摆满了摊子。谭知远", "", "", "", "凌霄 摄"
    )
    assert [(p.captions, p.credit) for p in found] == [((), 1)]


def test_caption_that_parts_a_sentence_is_found():
    """A caption may stand in the middle of another article's sentence."""
    _, found = photos(
        "大集从清早一直办到",
        "",
        "",
        "孩子们在打谷场上放自己糊的风筝。",
        "",
        "凌霄 摄",
        "",
        "天黑，山里人才慢慢散去。",
    )
    assert found[0].captions == (1,)


def test_picture_story_reaches_back_over_a_cut():
    """摄影报道 may have several paragraphs, the last cut at a column's end."""
    _, found = photos(
        "大集办到腊月才散。",
        "",
        "",
        "",
        "4月3日，飞檐镇办起风筝会。",
        "",
        "孩子们把糊了一冬的风筝搬上打谷场，最大的一只有两层",
        "",
        "楼高，要四个人才抬得动。图为放飞现场。",
        "",
        "凌霄 摄影报道",
    )
    assert found[0].captions == (1, 2, 3)


def test_caption_without_credit_is_known_by_its_words():
    """图为 in a paragraph set apart is a caption."""
    _, found = photos(
        "大集办到腊月。", "", "", "", "图为孩子们在打谷场上放风筝。", "", "老街也修好了水管，水清了。"
    )
    assert [(p.captions, p.credit) for p in found] == [((1,), -1)]


def test_article_is_no_caption():
    """A report above a credit stays an article."""
    _, found = photos("本报讯（记者 谭知远）" + "大集从清早办到天黑。" * 40, "凌霄 摄")
    assert found[0].captions == ()


def test_signature_of_an_article_is_no_credit():
    """摄影报道 behind the last paragraph of a text signs the text."""
    _, found = photos(
        "山货大集开进旧粮站",
        "",
        "飞檐镇的山货大集今天在旧粮站里开张，摊位摆到河堤上。",
        "",
        "山货大集在旧粮站里要办到腊月，飞檐镇的人都来赶集。 李 娜 摄影报道",
    )
    assert found == []


def test_picture_may_have_a_headline_of_its_own():
    """A short line whose words recur in the caption alone is the picture's; an article's headline above is not."""
    lines = (
        "大集办到腊月才散。",
        "",
        "打谷场上风筝飞",
        "",
        "4月3日，孩子们在飞檐镇打谷场上放风筝。 凌霄 摄",
        "",
        "老街修好了水管，水清了。",
    )
    _, found = photos(*lines)
    assert found[0].head == 1
    _, found = photos(*lines[:-1], "打谷场上风筝飞了一天，孩子们不肯回家。")
    assert found[0].head == -1


def test_caption_without_credit_is_known_by_what_it_says_of_itself():
    """（右） or a scene in the middle of another sentence is a caption; the sentence goes on below it."""
    _, found = photos(
        "他从河滩上背土，一个坑背三筐，一天最多栽上九",
        "",
        "谭知远（右）和工友在飞檐镇后山栽树。",
        "",
        "棵。第一年栽了八百棵，活了不到一百棵。",
    )
    assert [p.captions for p in found] == [(1,)]


def test_person_named_with_a_side_inside_prose_is_no_caption():
    """A whole paragraph that goes on with the one above stays with it, also where it names a day."""
    _, found = photos(
        "他从河滩上背土，一个坑背三筐，一天最多栽上",
        "",
        "九棵。第一年栽了八百棵，活了不到一百棵。",
        "",
        "4月3日，飞檐镇的人都来栽树。",
    )
    assert found == []


def test_page_of_pictures_has_captions_without_credits():
    """Where half the texts are captions, one sentence with day and place is one as well."""
    _, found = photos(
        "4月1日，飞檐镇逢集，木耳和笋干摆到河堤上。",
        "",
        "▲老街的水管修好了。",
        "",
        "孩子们在打谷场上放风筝。",
        "凌霄 摄",
        "",
        "4月2日，旧桥加固完工。 柏小满 摄",
    )
    assert len(found) == 4


def test_same_sentences_in_news_are_no_captions():
    """On a page of reports a sentence with day and place belongs to its report."""
    _, found = photos(
        "飞檐镇的旧桥要加固。",
        "",
        "4月1日，飞檐镇逢集，木耳和笋干摆到河堤上。",
        "",
        "木耳不到中午便卖光了，只好回家再取。",
        "",
        "4月2日，旧桥加固完工。 柏小满 摄",
    )
    assert len(found) == 1


def test_caption_cut_by_a_headline_is_whole():
    """A caption that begins in mid-sentence takes its head from above the headline in the cut."""
    _, found = photos(
        "会场里坐满了人。",
        "",
        "4月3日，飞檐镇的流动诊所开进山村，为老人提供上门",
        "",
        "山货大集开进旧粮站",
        "",
        "服务。图为医生正在量血压。 凌霄 摄",
    )
    assert [p.captions for p in found] == [(1, 3)]


def test_rest_of_a_report_is_no_caption_of_a_later_credit():
    """The end of a cut sentence belongs to its report, though a lone credit stands further down."""
    layout, chunks = split_chunks(
        PageText(
            (
                "镇里要求，要压实责任，把山头落实到人，各村专业队伍一律靠",
                "",
                "飞檐镇部署防火",
                "",
                "前驻防，做到有火扑得灭。",
                "",
                "镇里要求各村。",
                "",
                "凌霄 摄",
            )
        )
    )
    assert [(p.captions, p.credit) for p in find_photos(chunks, layout, {3})] == [((), 4)]


def test_heading_between_a_text_and_another_heading_is_the_pictures():
    """In Markdown a heading right above a caption, with the next heading below it, names the picture."""
    _, found = photos(
        "## 大集办到腊月",
        "",
        "木耳不到中午便卖光了，只好回家再取。",
        "",
        "## 首座风车投用",
        "",
        "4月3日，工人在飞檐镇检修风车，它一天能发电三百度。 凌霄 摄",
        "",
        "## 老街修好水管",
        "",
        "水管修好以后，老街的水清了。",
    )
    assert [p.head for p in found] == [2]


def test_short_sentence_with_a_side_is_a_caption_between_whole_paragraphs():
    """（右二） says where somebody stands in a picture."""
    _, found = photos(
        "跑腿奶奶有三本账。", "", "谭知远（右二）给邻居送菜。", "", "她说，一翻账本就知道谁家缺什么。"
    )
    assert [p.captions for p in found] == [(1,)]


def test_headline_that_no_text_speaks_of_is_the_pictures():
    """A line above a signed caption whose words stand nowhere on the page names the picture."""
    rest = ("谭知远 摄", "", "山货大集开张", "", "本报讯 飞檐镇的山货大集今天在旧粮站里开张。")
    caption = "4月3日，工人在飞檐镇给风车上油。"
    _, found = photos("旧岭新韵", "", caption, "", *rest)
    assert [p.head for p in found] == [0]
    _, found = photos("山货大集", "", caption, "", *rest)
    assert [p.head for p in found] == [-1]
