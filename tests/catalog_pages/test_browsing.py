"""Lists from A to Z as readers see them."""

import random
import re
from html import unescape

import pytest

from catalog_pages import letter_bar
from catalog_pages.headings import count_changes, heading_keys
from catalog_pages.keyset import Place, Walk, Wanted, beginnings
from catalog_pages.letter_bar import letter_groups, letter_of
from catalog_pages.models import Heading, Record
from library.authorities import relate
from library.models import AuthorityName
from search.sorting import filing_key
from tests.factories.authorities import AuthorityFactory
from tests.factories.catalog_pages import RecordFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
# In the order of Unicode's CLDR, as dictionaries of the language have them.
NAMES = {
    "az": "Cəfər|Çingiz|Elçin|Əli|Füzuli|Ğ|Həsən|Xəqani|Iğdır|İsa|Jalə|Kərim|Qara|Oruc|Ömər|Sabir|Şah|Umud|Üzeyir|"
    "Zaur|Абай|შოთა",
    "tr": "Can|Çağ|Ğ|Hasan|Irmak|İpek|Kaya|Oya|Öz|Su|Şarkı|Ufuk|Ünal|Zeki|Абай|აბა",
    "uz": "Aziz|Gulnora|Oybek|Xiva|Zafar|Oʻktam|Gʻafur|Sharof|Chust|Абай",
    "kk": "Абай|Әлия|Гүл|Ғани|Жамбыл|Кенесары|Қасым|Нұр|Ңұр|Олжас|Өскен|Ұлы|Үміт|Һарун|Ілияс|Abay",
    "ru": "Алла|Елена|Ёлка|Ель|Жук|Йога|Щука|Эхо|Яна|Zeta|შოთა",
    "ka": "აბა|გული|ვეფხი|ტაბა|უშბა|ღვინო|ყვარელი|შოთა|ჩაი|ცა|ძია|წელი|ჭაბუა|ხე|ჯაბა|ჰავა|Abc|Абв",
    "en": "Able|Évora|Evz|Oakes|O'Neill|Orwell|Zoo|Ёж|აბა",
}  # fmt: skip


def make_headings(texts, kind="author", records=1):
    Heading.objects.bulk_create(
        Heading(kind=kind, text=text, records=records, **heading_keys(text)) for text in texts
    )


def listed(response) -> list[str]:
    found = re.findall(r'class="(?:heading-text|title-link)"[^>]*>([^<]*)<', response.text)
    return [unescape(text) for text in found]


def steps(response) -> dict[str, str]:
    found = re.findall(r'rel="(prev|next) nofollow" href="([^"]*)"', response.text)
    return {rel: unescape(address) for rel, address in found}


@pytest.mark.parametrize("language", NAMES)
def test_headings_stand_in_the_order_of_the_language_of_the_page(client, language):
    names = NAMES[language].split("|")
    make_headings(random.Random(1).sample(names, len(names)))
    assert listed(client.get(f"/{language}/catalogue/browse/authors/")) == names


def test_another_alphabet_can_be_chosen_and_an_unknown_one_falls_back(client):
    make_headings(["Xəqani", "Iğdır", "Hasan"])
    assert listed(client.get("/az/catalogue/browse/authors/")) == ["Hasan", "Xəqani", "Iğdır"]
    assert listed(client.get("/az/catalogue/browse/authors/?lang=tr")) == ["Hasan", "Iğdır", "Xəqani"]
    assert listed(client.get("/az/catalogue/browse/authors/?lang=xx")) == ["Hasan", "Xəqani", "Iğdır"]


def test_titles_are_listed_by_the_alphabet_of_their_language_without_articles(client):
    for title in ("«Xəzər»", "İpək yolu", "Hava", "Qala"):
        RecordFactory(title=title, language="aze")
    for title in ("Хлеб", "Ёлка", "Ель", "Абай"):
        RecordFactory(title=title, language="rus")
    assert listed(client.get("/az/catalogue/browse/titles/")) == ["Hava", "«Xəzər»", "İpək yolu", "Qala"]
    assert listed(client.get("/az/catalogue/browse/titles/?lang=ru")) == ["Абай", "Ёлка", "Ель", "Хлеб"]
    assert listed(client.get("/ru/catalogue/browse/titles/")) == ["Абай", "Ёлка", "Ель", "Хлеб"]
    assert len(listed(client.get("/az/catalogue/browse/titles/?lang=all"))) == 8
    # There is nothing in Kazakh: all titles instead.
    assert len(listed(client.get("/kk/catalogue/browse/titles/"))) == 8


def test_a_walk_forwards_and_backwards_meets_every_heading_once(client):
    names = [f"Author {n % 40:02d}{'a' * (n // 40)}" for n in range(173)]
    make_headings(names)
    expected = sorted(names, key=lambda name: filing_key(name, "", "en"))
    address, met, pages = "/en/catalogue/browse/authors/", [], []
    while address:
        response = client.get(address)
        pages.append(listed(response))
        met += pages[-1]
        after = steps(response).get("next")
        address = after and f"/en/catalogue/browse/authors/{after}"
    assert met == expected
    for page in pages[-2::-1]:
        response = client.get(f"/en/catalogue/browse/authors/{steps(response)['prev']}")
        assert listed(response) == page
    assert "prev" not in steps(client.get("/en/catalogue/browse/authors/"))


def test_titles_that_are_alike_do_not_stop_the_walk(client):
    RecordFactory.create_batch(120, title="Selected works")
    address, met = "/en/catalogue/browse/titles/", 0
    while address:
        response = client.get(address)
        met += len(listed(response))
        after = steps(response).get("next")
        address = after and f"/en/catalogue/browse/titles/{after}"
    assert met == 120


def test_stepping_over_an_end_shows_the_rows_at_that_end():
    make_headings([f"A{n:02d}" for n in range(9)])
    walk = Walk(Heading.objects.filter(kind="author"), "key_en")
    third = walk.part(Wanted(), 3).rows[2]
    assert [row.text for row in walk.part(Wanted(before=walk.place(third)), 5).rows] == [
        "A00",
        "A01",
        "A02",
        "A03",
        "A04",
    ]
    assert [row.text for row in walk.part(Wanted(start="zz"), 3).rows] == ["A06", "A07", "A08"]
    assert walk.part(Wanted(), 9).next is None


# --- Jumping ------------------------------------------------------------------------------------------


def test_a_jump_begins_the_list_at_what_was_typed(client):
    make_headings(["Abbas", "Seyid", "Səməd Vurğun", "Səid", "Zaur"])
    assert listed(client.get("/az/catalogue/browse/authors/?from=Səm")) == ["Səməd Vurğun", "Zaur"]
    assert listed(client.get("/az/catalogue/browse/authors/?from=SEY"))[0] == "Seyid"
    assert "Nothing begins with" in client.get("/en/catalogue/browse/authors/?lang=az&from=Tu").text
    # Behind the last heading: the last ones.
    assert listed(client.get("/az/catalogue/browse/authors/?from=Я"))[-1] == "Zaur"


def test_letters_the_keyboard_lacks_need_not_be_typed(client):
    make_headings(["Seyid", "Səid", "Səidov"])
    page = client.get("/az/catalogue/browse/authors/?from=seid").text
    hints = page[page.index("browse-hints") : page.index("browse-section")]
    assert ">Səid<" in hints and ">Səidov<" in hints and "Seyid" not in hints
    assert "browse-hints" not in client.get("/az/catalogue/browse/authors/?from=Səid").text


def test_a_heading_leads_to_its_records(client):
    make_headings(["Oʻtkir & co"], kind="subject", records=12)
    page = client.get("/uz/catalogue/browse/subjects/").text
    assert 'href="/uz/catalogue/?subject=O%CA%BBtkir+%26+co"' in page
    assert ">12<" in re.sub(r"<span class=\"visually-hidden\">[^<]*</span>", "", page)


# --- Letters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", letter_bar.ALPHABETS)
def test_the_bar_has_the_letters_of_the_alphabet_in_its_order(language):
    letters = letter_bar.ALPHABETS[language].split()
    (group,) = letter_groups(language, [])
    assert [letter.text for letter in group.letters] == letters
    own = [letter for letter in letters if letter != "Ng"]
    keys = [filing_key(letter, language, language) for letter in own]
    assert keys == sorted(set(keys))
    assert [letter_of(key, language) for key in keys] == own


def test_letters_in_use_are_links_and_other_scripts_come_after(client):
    make_headings(["1001 gecə", "Əli", "William", "Абай", "შოთა", "日本"])
    page = client.get("/en/catalogue/browse/authors/?lang=az&from=Ə").text
    bar = page[page.index('class="letters"') : page.index("</nav>", page.index('class="letters"'))]
    links = [unescape(text) for text in re.findall(r"<a [^>]*>([^<]*)</a>", bar)]
    assert links == ["0–9", "Ə", "W", "А", "შ", "日"]
    assert 'aria-current="true">Ə<' in bar and '<span aria-hidden="true">B</span>' in bar
    assert "Cyrillic letters" in bar and "Georgian letters" in bar and "Other letters" in bar


@pytest.mark.parametrize("letter", ["Ə", "Oʻ", "Sh", "日", "0–9", "შ", "Ы"])
def test_the_link_of_a_letter_leads_to_its_headings(client, letter):
    make_headings(["0–9 kitab", "Əli", "Oʻktam", "Sharof", "Абай", "Ынтымақ", "შოთა", "日本"])
    assert listed(client.get("/uz/catalogue/browse/authors/", {"from": letter}))[0].startswith(letter)


def test_beginnings_are_found_without_reading_all_rows(django_assert_num_queries):
    make_headings(["Əli", "Əhməd", "Бабур", "日本", "…", "Zaur"])
    with django_assert_num_queries(1):
        found = beginnings(Heading, "key_az", where={"kind": "author"}, length=2, longer=("zz", 6))
    assert [letter_of(code, "az") for code in found] == ["Ə", "Z", "Б", "日"]
    assert beginnings(Record, "language", where={}, length=3) == []


# --- References ---------------------------------------------------------------------------------------


def test_a_name_that_is_not_used_leads_to_the_one_that_is(client):
    make_headings(["Nizami Gəncəvi, 1141–1209"], records=6)
    author = AuthorityFactory(heading="Nizami Gəncəvi", dates="1141-1209")
    for name in ("Nizami Gencevi", "Низами Гянджеви"):
        AuthorityName.objects.create(authority=author, name=name)
    unused = AuthorityFactory(heading="Somebody without records")
    AuthorityName.objects.create(authority=unused, name="Nizami Nobody")
    page = client.get("/en/catalogue/browse/authors/?from=nizami gen").text
    hints = page[page.index("browse-hints") : page.index("browse-section")]
    assert re.search(r"Nizami Gencevi <span[^>]*>see</span> <a [^>]*>Nizami Gəncəvi, 1141–1209</a>", hints)
    assert "Низами" not in hints and "Nobody" not in hints
    assert "Низами Гянджеви <span" in client.get("/en/catalogue/browse/authors/?from=Низами").text


def test_a_heading_under_another_name_says_see_also(client):
    make_headings(["Nizami Gəncəvi", "Низами Гянджеви", "Füzuli", "Xəqani"])
    author = AuthorityFactory(heading="Nizami Gəncəvi")
    AuthorityName.objects.create(authority=author, name="Низами Гянджеви")
    relate(authority=author, kind="see_also", other=AuthorityFactory(heading="Xəqani"))
    page = client.get("/en/catalogue/browse/authors/").text
    also = {
        unescape(text): unescape(re.sub("<[^>]*>", "", rest)).split("see also")[-1].strip()
        for text, rest in re.findall(r'heading-text"[^>]*>([^<]*)</a>(.*?)</li>', page, re.DOTALL)
        if "see also" in rest
    }
    assert also == {
        "Nizami Gəncəvi": "Xəqani",
        "Низами Гянджеви": "Nizami Gəncəvi",
        "Xəqani": "Nizami Gəncəvi",
    }


# --- Robustness ---------------------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow_with_the_list(client, django_assert_max_num_queries):
    make_headings([f"Name {n}" for n in range(120)])
    RecordFactory.create_batch(60)
    client.get("/az/catalogue/browse/authors/")
    for address in ("authors/?from=name 5", "titles/", "titles/?lang=all", "subjects/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(f"/az/catalogue/browse/{address}").status_code == 200
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get("/az/catalogue/browse/").status_code == 200


def test_an_unknown_kind_of_list_is_not_found(client):
    assert client.get("/az/catalogue/browse/publishers/").status_code == 404


@pytest.mark.parametrize("kind", ["authors", "subjects", "titles"])
@pytest.mark.parametrize(
    "query",
    [
        {"from": "x" * 10_000}, {"from": "\x00\x01\x1b"}, {"from": "🙂"}, {"from": "'; DROP TABLE x --"},
        {"from": "\u202eabc"}, {"lang": "klingon"}, {"lang": ""}, {"lang": "../../etc"}, {"after": "zz.1"},
        {"after": "';.1"}, {"before": "." * 500}, {"before": ".0"}, {"after": f"a.{10**30}"}, {"at": "9" * 30},
        {"at": "-1"}, {"from": "%"}, {"from": "0–9"}, {"after": "0.1", "before": "0.1"},
    ],
)  # fmt: skip
def test_bad_input_is_an_ordinary_page(client, kind, query):
    make_headings(["Əli", "Zaur"])
    make_headings(["Əli", "Zaur"], kind="subject")
    RecordFactory(language="aze")
    response = client.get(f"/az/catalogue/browse/{kind}/", query)
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "\x00" not in response.text


def test_an_empty_catalogue_has_empty_lists(client):
    for kind in ("authors", "subjects", "titles"):
        assert "There is nothing in this list yet" in client.get(f"/en/catalogue/browse/{kind}/?from=a").text
    assert client.get("/az/catalogue/browse/").status_code == 200


def test_the_beginning_of_a_list_may_be_found_by_search_engines(client):
    make_headings(["Əli"])
    assert "X-Robots-Tag" not in client.get("/az/catalogue/browse/authors/").headers
    assert "Disallow: /*/catalogue/browse/*?*" in client.get("/robots.txt").text


def test_a_place_is_read_from_what_it_writes():
    assert Place.read(str(Place("0az", 12))) == Place("0az", 12)
    assert Place.read("ä.1") is Place.read("") is Place.read("a") is None


def test_a_record_leads_to_the_lists(client):
    record = RecordFactory(authors=["Əli"], subjects=["Şeir"], language="aze", title="Bir gün")
    RecordFactory(language="aze", title="Ana")
    count_changes()
    page = client.get(record.get_absolute_url()).text
    for kind, start in (
        ("authors", "from=%C6%8Fli"),
        ("subjects", "from=%C5%9Eeir"),
        ("titles", "lang=az&amp;at="),
    ):
        assert f"/catalogue/browse/{kind}/?{start}" in page
    titles = client.get(f"/az/catalogue/browse/titles/?lang=az&at={record.pk}")
    assert listed(titles) == ["Bir gün"]
