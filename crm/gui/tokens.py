"""Design tokens: colours of both themes, type, and the contrast rules they keep. No Qt, so that any test can compute.

The values are the design's; `PAIRS` lists each foreground on each background the window may use.
"""

from collections.abc import Mapping
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "canvas": "#F7F8FA",
        "sidebar": "#EEF0F4",
        "surface": "#FFFFFF",
        "raised": "#FFFFFF",
        "sunken": "#F1F3F6",
        "hairline": "#E3E6EC",
        "hairline2": "#D3D7E0",
        "field": "#828A9A",
        "text": "#14171F",
        "text2": "#474E5D",
        "text3": "#5F6777",
        "onaccent": "#FFFFFF",
        "accent": "#3A55D9",
        "accent_hover": "#2F47BE",
        "accent_press": "#26399D",
        "accent_text": "#3049C6",
        "accent_tint": "#EEF1FE",
        "accent_tint2": "#DFE5FD",
        "focus": "#3A55D9",
        "hover": "#F3F5F8",
        "hover_side": "#E3E6ED",
        "sel_side": "#FFFFFF",
        "brand": "#3049C6",
        "brand_tint": "#E3E8FD",
        "info": "#1C5AA3",
        "info_tint": "#E5F0FB",
        "ok": "#14693A",
        "ok_tint": "#E2F4E9",
        "ok_solid": "#1E8A4F",
        "warn": "#854600",
        "warn_tint": "#FCEFD6",
        "warn_solid": "#B86200",
        "bad": "#AE231C",
        "bad_tint": "#FDEAE8",
        "bad_solid": "#C9312A",
        "neutral": "#474E5D",
        "neutral_tint": "#ECEEF2",
        "violet": "#6537B8",
        "violet_tint": "#F0EAFC",
        "teal": "#08635F",
        "teal_tint": "#DCF3F1",
        "orange": "#93400A",
        "orange_tint": "#FDEBDD",
        "pink": "#A02067",
        "pink_tint": "#FCE7F1",
        "lime": "#4A5F00",
        "lime_tint": "#EEF5D3",
        "shadow": "#101828",
        "scrim": "#0F1320",
        "ontick": "#FFFFFF",
        "toast": "#1C2029",
        "toast_edge": "#1C2029",
        "toast_hover": "#343A47",
        "toast_text": "#F4F5F8",
        "toast_text2": "#A9B0BD",
        "toast_link": "#A3B4FF",
        "toast_ok": "#7BD8A2",
        "toast_bad": "#FF9E96",
        "mark_top": "#5B74F5",
        "mark_bottom": "#2F47BE",
        "mark_line": "#FFFFFF",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "canvas": "#121419",
        "sidebar": "#0D0F13",
        "surface": "#1A1D24",
        "raised": "#22262F",
        "sunken": "#15181E",
        "hairline": "#2A2F39",
        "hairline2": "#383E4A",
        "field": "#737C8D",
        "text": "#EDEFF3",
        "text2": "#B8BFCB",
        "text3": "#969EAD",
        "onaccent": "#FFFFFF",
        "accent": "#4A64E6",
        "accent_hover": "#516AE6",
        "accent_press": "#3D56D2",
        "accent_text": "#A3B4FF",
        "accent_tint": "#1F2644",
        "accent_tint2": "#2A345F",
        "focus": "#8DA2FF",
        "hover": "#20242C",
        "hover_side": "#191C23",
        "sel_side": "#20242D",
        "brand": "#B4C2FF",
        "brand_tint": "#2A345F",
        "info": "#8FC1FA",
        "info_tint": "#17324F",
        "ok": "#7BD8A2",
        "ok_tint": "#173B26",
        "ok_solid": "#2FA566",
        "warn": "#F2BE6B",
        "warn_tint": "#40300F",
        "warn_solid": "#D98A1F",
        "bad": "#FF9E96",
        "bad_tint": "#461F1D",
        "bad_solid": "#CF443B",
        "neutral": "#B8BFCB",
        "neutral_tint": "#272C36",
        "violet": "#C9B0FF",
        "violet_tint": "#352857",
        "teal": "#72D6CE",
        "teal_tint": "#123B38",
        "orange": "#FFB380",
        "orange_tint": "#482A16",
        "pink": "#FF9DCB",
        "pink_tint": "#4A1F37",
        "lime": "#C3D96B",
        "lime_tint": "#2F3912",
        "shadow": "#000000",
        "scrim": "#000000",
        "ontick": "#121419",
        "toast": "#2B303B",
        "toast_edge": "#3A4150",
        "toast_hover": "#3A4150",
        "toast_text": "#EDEFF3",
        "toast_text2": "#B8BFCB",
        "toast_link": "#A3B4FF",
        "toast_ok": "#7BD8A2",
        "toast_bad": "#FF9E96",
        "mark_top": "#5B74F5",
        "mark_bottom": "#2F47BE",
        "mark_line": "#FFFFFF",
    }
)
HUES = ("info", "violet", "teal", "pink", "orange", "ok", "lime", "warn")
TONES = ("brand", "info", "ok", "warn", "bad", "neutral", "violet", "teal", "orange", "pink", "lime")

# Each role: size in px, line in px, weight, family.
TYPE: Mapping[str, tuple[int, int, int, str]] = MappingProxyType(
    {
        "display": (24, 32, 600, "Inter Display"),
        "title": (18, 26, 600, "Inter"),
        "heading": (15, 22, 600, "Inter"),
        "body": (14, 20, 400, "Inter"),
        "bodyMedium": (14, 20, 500, "Inter"),
        "bodyStrong": (14, 20, 600, "Inter"),
        "small": (13, 18, 400, "Inter"),
        "smallMedium": (13, 18, 500, "Inter"),
        "smallStrong": (13, 18, 600, "Inter"),
        "caption": (12, 16, 400, "Inter"),
        "captionMedium": (12, 16, 500, "Inter"),
        "captionStrong": (12, 16, 600, "Inter"),
    }
)


def values(name: str, *, high_contrast: bool = False) -> Mapping[str, str]:
    """Return the colours of the theme `name` ("light" or "dark").

    High contrast takes quiet text to full text and hairlines to field edges, and turns the tints of tones off.
    """
    theme = DARK if name == "dark" else LIGHT
    if not high_contrast:
        return theme
    quiet = dict.fromkeys(("text2", "text3", "neutral"), theme["text"])
    edges = dict.fromkeys(("hairline", "hairline2"), theme["field"])
    tints = {f"{tone}_tint": theme["surface"] for tone in TONES}
    return MappingProxyType({**theme, **quiet, **edges, **tints})


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB` as WCAG defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _pairs() -> tuple[tuple[str, str, float], ...]:
    grounds = ("canvas", "sidebar", "surface", "raised", "sunken", "hover", "accent_tint")
    texts = [(text, ground, 4.5) for ground in grounds for text in ("text", "text2", "text3")]
    links = ("canvas", "surface", "raised", "accent_tint", "accent_tint2", "hover", "sunken")
    fills = ("accent", "accent_hover", "accent_press", "bad_solid")
    tones = [(tone, ground, 4.5) for tone in TONES for ground in (f"{tone}_tint", "surface")]
    edges = [
        (edge, ground, 3.0)
        for edge in ("field", "focus")
        for ground in ("surface", "canvas", "raised", "sunken")
    ]
    solids = [(f"{tone}_solid", "surface", 3.0) for tone in ("ok", "warn", "bad")]
    toast = [
        (name, "toast", 4.5) for name in ("toast_text", "toast_text2", "toast_link", "toast_ok", "toast_bad")
    ]
    return (
        *texts,
        *[("accent_text", ground, 4.5) for ground in links],
        *[("onaccent", fill, 4.5) for fill in fills],
        *tones,
        *edges,
        *solids,
        *toast,
        ("focus", "sidebar", 3.0),
        ("focus", "accent_tint", 3.0),
        ("toast_link", "toast_hover", 4.5),
        ("ontick", "ok_solid", 3.0),
        ("text2", "hover_side", 4.5),
        ("text", "sel_side", 4.5),
        ("text3", "sel_side", 4.5),
        ("text3", "hover_side", 4.5),
    )


# (foreground, background, smallest contrast)
PAIRS = _pairs()
