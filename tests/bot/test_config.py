"""config.toml and the environment."""

from pathlib import Path

import pytest

from bot.config import load
from bot.config_keys import RULES
from bot.errors import ConfigError

TOKEN = "123456789:AAaaBBbbCCccDDddEEeeFFff"


def write(folder: Path, text: str) -> Path:
    """A configuration file."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_empty_file_is_all_defaults(tmp_path: Path) -> None:
    """Every key may be left out; folders are relative to the file."""
    config = load(write(tmp_path, ""), environ={})
    assert config.data.database == tmp_path / "data" / "baozhai.db"
    assert (str(config.delivery.hour), config.delivery.time_zone, config.token) == (
        "07:30:00",
        "Asia/Shanghai",
        "",
    )


def test_shipped_file_names_every_key_with_its_default() -> None:
    """config.toml is the documentation of the keys."""
    import tomllib

    shipped = tomllib.loads((Path(__file__).parents[2] / "config.toml").read_text(encoding="utf-8"))
    assert {section: set(keys) for section, keys in shipped.items()} == {s: set(k) for s, k in RULES.items()}
    for section, rules in RULES.items():
        for key, rule in rules.items():
            assert rule.check(shipped[section][key]) is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[delivery]\nhour = '25:00'", r"delivery\.hour = '25:00'.*hour of the day"),
        ("[delivery]\nhuor = '07:30'", r"delivery\.huor.*hour, time_zone"),
        ("[delivry]\nx = 1", r"delivry.*delivery"),
        ("[delivery]\ntime_zone = 'UTC+8'", r"time_zone = 'UTC\+8'.*IANA"),
        ("[delivery]\npaid_broadcast = 1", "true or false"),
        ("[telegram]\nadmins = ['me']", r"admins.*user ids"),
        ("[telegram]\nbase_url = 'telegram.org'", "http"),
        ("[telegram]\nmode = 'webhook'\n[webhook]\npublic_url = 'http://a.example'", "https"),
        ("[telegram]\nmode = 'webhook'", r"webhook\.public_url"),
        ("[delivery]\nalerts_a_day = 1000", "from 0 to 100"),
        ("search = 3", r"search = 3.*table"),
        ("[delivery", "TOML"),
    ],
)
def test_wrong_configuration_names_key_value_and_what_is_allowed(
    tmp_path: Path, text: str, says: str
) -> None:
    """The operator can mend it from the sentence alone."""
    with pytest.raises(ConfigError, match=says):
        load(write(tmp_path, text), environ={})


def test_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    """A typo in --config does not start the bot with defaults."""
    with pytest.raises(ConfigError, match="file that exists"):
        load(tmp_path / "nowhere.toml", environ={})


def test_token_comes_from_the_environment_or_a_file_it_names_and_is_never_shown(tmp_path: Path) -> None:
    """Secrets stay out of repr and messages."""
    file = write(tmp_path, "")
    secret = tmp_path / "token"
    secret.write_text(TOKEN + "\n")
    assert load(file, environ={"BAOZHAI_TOKEN": TOKEN}).token == TOKEN
    config = load(file, environ={"BAOZHAI_TOKEN_FILE": str(secret)})
    assert config.token == TOKEN and TOKEN not in repr(config)
    with pytest.raises(ConfigError) as caught:
        load(file, environ={"BAOZHAI_TOKEN": "nonsense-secret"})
    assert "nonsense-secret" not in str(caught.value)


def test_environment_names_another_data_folder(tmp_path: Path) -> None:
    """BAOZHAI_DATA goes before the file."""
    config = load(write(tmp_path, ""), environ={"BAOZHAI_DATA": str(tmp_path / "elsewhere")})
    assert config.data.folder == tmp_path / "elsewhere"
