# ruff: noqa: E501 (a style sheet reads best with one rule a line)
"""The one style sheet: a template that is filled from a Theme and a Type.

Kept to colour, borders and padding. Title bars and file dialogs stay the system's. Scroll bars are
slim and without arrow boxes: Fusion's own are wider than the marks beside them.
"""

from __future__ import annotations

from bomexposure.gui.theme import Theme, Type, blended

_TEMPLATE = """
QWidget {{ color: {text}; font-family: "{family}"; font-size: {body}px; }}
QMainWindow, QDialog, #canvas {{ background: {canvas}; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line_strong}; padding: 6px 8px; font-size: {small}px; }}
QMenuBar {{ background: {sunken}; border-bottom: 1px solid {line}; padding: 1px 8px; }}
QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 4px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {accent_tint}; }}
QMenu {{ background: {raised}; border: 1px solid {line_strong}; padding: 4px 0; }}
QMenu::item {{ padding: 5px 28px 5px 26px; }}
QMenu::item:selected {{ background: {accent_tint}; color: {text}; }}
QMenu::item:disabled {{ color: {text_off}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 0; }}
QMenu::icon {{ padding-left: 8px; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}

#strip {{ background: {surface}; border-bottom: 1px solid {line}; }}
#strip[scenario="true"] {{ border-bottom: 2px dashed {accent}; }}
#rail {{ background: {sunken}; border-right: 1px solid {line}; }}
#messages {{ background: {sunken}; border-top: 1px solid {line}; }}
#panel {{ background: {surface}; border-left: 1px solid {line}; }}
#panel[drawer="true"] {{ border-left: 1px solid {line_strong}; border-top: 1px solid {line_strong}; }}
#progressBox {{ background: {raised}; border: 1px solid {line_strong}; border-radius: 8px; }}
#panel QScrollArea, #panel QScrollArea > #qt_scrollarea_viewport, #panel QScrollArea > #qt_scrollarea_viewport > QWidget {{ background: {surface}; border: none; }}
#placehead {{ background: {canvas}; }}
#card {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
#cardplain {{ background: {surface}; border: none; }}
#noteBox {{ background: {sunken}; border-radius: 6px; }}
#warnBox {{ background: {warn_tint}; border-radius: 6px; }}
#errorBox {{ background: {error_tint}; border-radius: 6px; }}
#drop {{ background: {surface}; border: 1px dashed {line_strong}; border-radius: 8px; }}
#drop[over="true"] {{ background: {accent_tint}; border: 2px dashed {accent}; }}
#disc {{ background: {accent_tint}; }}
#drop[over="true"] #disc {{ background: {surface}; }}
#rule {{ background: {line}; border: none; }}

QLabel {{ background: transparent; }}
QLabel[style="caption"] {{ color: {text_2}; font-size: {caption}px; }}
QLabel[style="captionText"] {{ color: {text}; font-size: {caption}px; }}
QLabel[style="small"] {{ font-size: {small}px; }}
QLabel[style="small2"] {{ color: {text_2}; font-size: {small}px; }}
QLabel[style="key"] {{ color: {text_2}; font-size: {small}px; }}
QLabel[style="text2"] {{ color: {text_2}; }}
QLabel[style="strong"] {{ font-size: {small}px; font-weight: 600; }}
QLabel[style="heading"] {{ font-size: {heading}px; font-weight: 600; }}
QLabel[style="subject"] {{ font-size: {subject}px; font-weight: 600; }}
QLabel[style="place"] {{ font-size: {place}px; font-weight: 600; }}
QLabel[style="figure"] {{ font-size: {figure}px; font-weight: 600; }}
QLabel[style="title"] {{ font-size: {title}px; font-weight: 600; }}
QLabel[style="warn"] {{ color: {warn}; font-size: {caption}px; font-weight: 600; }}
QLabel[style="fault"] {{ color: {error}; font-size: {small}px; }}
QLabel[style="tag"] {{ background: {sunken}; color: {text_2}; border-radius: 3px; padding: 1px 6px; font-size: {caption}px; }}

QPushButton, QToolButton[flat="false"] {{
  background: {surface}; border: 1px solid {line_strong}; border-radius: 6px;
  padding: 0 12px; min-height: {control}px; }}
QPushButton {{ icon-size: {icon}px; }}
QPushButton:hover, QToolButton[flat="false"]:hover {{ background: {canvas}; }}
QPushButton:pressed {{ background: {accent_tint}; }}
QPushButton:disabled, QToolButton[flat="false"]:disabled {{ color: {text_off}; border-color: {line}; }}
QPushButton:focus, QToolButton[flat="false"]:focus {{ border: 2px solid {focus}; padding: 0 11px; }}
QPushButton[primary="true"] {{ background: {accent}; color: {accent_on}; border: 1px solid {accent}; font-weight: 600; min-height: {main}px; padding: 0 16px; }}
QPushButton[primary="true"]:hover {{ background: {accent_over}; border-color: {accent_over}; }}
QPushButton[primary="true"]:pressed {{ background: {accent_down}; border-color: {accent_down}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {surface}; outline: 2px solid {focus}; padding: 0 15px; }}
QPushButton[primary="true"]:disabled {{ background: {line}; color: {text_2}; border-color: {line}; }}
QPushButton[link="true"] {{ border: none; background: transparent; color: {accent}; padding: 0 4px; min-height: {link}px; text-align: left; }}
QPushButton[link="true"][plain="true"] {{ color: {text}; padding: 0; font-size: {small}px; }}
QPushButton[link="true"][flush="true"] {{ padding: 0; }}
QPushButton[link="true"]:hover {{ text-decoration: underline; }}
QPushButton[link="true"]:focus {{ border: 2px solid {focus}; border-radius: 4px; padding: 0 2px; }}
QPushButton[tile="true"]:hover {{ background: {canvas}; }}
QPushButton[tile="true"]:focus {{ border: 2px solid {focus}; padding: 0; }}
QPushButton[tile="true"] {{ border: none; background: transparent; text-align: left; padding: 0; }}
QPushButton[entry="true"] {{ min-height: {entry}px; border-radius: 0; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}

QToolButton {{ background: transparent; border: none; border-radius: 4px; }}
QToolButton:focus {{ border: 2px solid {focus}; }}
QToolButton[rail="true"] {{ color: {text_2}; font-size: {caption}px; border-radius: 6px; padding: 7px 0 5px 0; border: 1px solid transparent; }}
QToolButton[rail="true"]:hover {{ background: {canvas}; }}
QToolButton[rail="true"]:checked {{ background: {surface}; color: {text}; font-weight: 600; border: 1px solid {line}; }}
QToolButton[rail="true"]:disabled {{ color: {text_off}; }}
QToolButton[rail="true"]:focus {{ border: 2px solid {focus}; }}
QToolButton[segment="true"] {{ background: {surface}; border: 1px solid {line_strong}; border-radius: 0; padding: 0 12px; min-height: {view}px; margin: 0; }}
QToolButton[segment="true"][end="first"] {{ border-top-left-radius: 6px; border-bottom-left-radius: 6px; }}
QToolButton[segment="true"][end="middle"], QToolButton[segment="true"][end="last"] {{ border-left: none; }}
QToolButton[segment="true"][end="last"] {{ border-top-right-radius: 6px; border-bottom-right-radius: 6px; }}
QToolButton[segment="true"]:hover {{ background: {canvas}; }}
QToolButton[segment="true"]:checked {{ background: {accent_tint}; font-weight: 600; border-bottom: 2px solid {accent}; padding-top: 1px; min-height: {viewon}px; }}
QToolButton[segment="true"]:focus {{ border: 2px solid {focus}; min-height: {viewon}px; padding: 0 11px; }}
QToolButton[segment="true"]:disabled {{ color: {text_off}; }}
QToolButton[chip="true"] {{ background: {accent_tint}; color: {text}; border: 1px solid transparent; border-radius: {chipradius}px; padding: 0 8px 0 10px; min-height: {chip}px; font-size: {small}px; }}
QToolButton[chip="true"]:hover {{ border: 1px solid {accent}; }}
QToolButton[chip="true"]:focus {{ border: 2px solid {focus}; }}

QAbstractScrollArea {{ background: {surface}; border: none; }}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QPlainTextEdit, QTextEdit {{
  background: {surface}; border: 1px solid {line_strong}; border-radius: 6px; padding: 0 8px;
  selection-background-color: {accent}; selection-color: {accent_on}; placeholder-text-color: {text_2}; }}
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit {{ min-height: {control}px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px; }}
QLineEdit:hover, QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover, QDateEdit:hover {{ border-color: {text_2}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {focus}; padding: 0 7px; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {text_off}; border-color: {line}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {{ border: none; padding: 0; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ width: 0; height: 0; border: none; }}
QLineEdit#celledit {{ border: 2px solid {focus}; border-radius: 0; padding: 0 5px; min-height: 0; font-size: {small}px; }}
QListView#completer {{ background: {raised}; border: 1px solid {line_strong}; border-radius: 4px; }}
QListView#completer::item {{ padding: 4px 10px; }}
QListView#completer::item:selected, QListView#completer::item:hover {{ background: {accent_tint}; color: {text}; }}
QListView#thumbs {{ background: {sunken}; }}
#palette, #palette QListWidget {{ background: {raised}; }}
#palette {{ border: 1px solid {line_strong}; }}
#raisedBox {{ background: {raised}; border: 1px solid {line_strong}; border-radius: 6px; }}
QLineEdit[fault="true"] {{ border: 2px solid {error}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{chevron}"); width: {arrow}px; height: {arrow}px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {line_strong}; selection-background-color: {accent_tint}; selection-color: {text}; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: {segment}px; padding: 0 8px; }}
QComboBox QAbstractItemView::item:selected {{ background: {accent_tint}; color: {text}; }}
QCalendarWidget QWidget {{ background: {raised}; alternate-background-color: {raised}; }}
QCalendarWidget #qt_calendar_navigationbar {{ border-bottom: 1px solid {line}; }}
QCalendarWidget QToolButton {{ color: {text}; font-weight: 600; padding: 2px 8px; min-width: {box}px; }}
QCalendarWidget QToolButton:hover {{ background: {accent_tint}; }}
QCalendarWidget QAbstractItemView {{ background: {raised}; color: {text}; selection-background-color: {accent}; selection-color: {accent_on}; border: none; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {text_off}; }}
QComboBox[sure="yes"] {{ border: 1px solid {accent}; }}
QComboBox[sure="guess"] {{ border: 1px dashed {accent}; }}
QComboBox[sure="no"] {{ border: 1px solid {line}; color: {text_2}; }}
QComboBox[sure]:focus {{ border: 2px solid {focus}; }}
QComboBox[role="true"] {{ min-height: 24px; font-weight: 600; padding: 0 4px; font-size: {small}px; }}
QCheckBox {{ spacing: 8px; background: transparent; }}
QCheckBox[strong="true"] {{ font-weight: 600; }}
QCheckBox:focus, QRadioButton:focus {{ outline: none; }}
QCheckBox::indicator {{ width: {box}px; height: {box}px; border: 1px solid {line_strong}; border-radius: 4px; background: {surface}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {focus}; }}

QTableView, QTreeView, QListView {{ background: {surface}; border: none; font-size: {small}px; outline: none; gridline-color: {line}; selection-background-color: {select}; selection-color: {text}; }}
QListView#ticks {{ background: {raised}; }}
QListView#ticks::item {{ min-height: {segment}px; padding: 1px 6px; border-radius: 4px; }}
QListView#ticks::item:hover {{ background: {canvas}; }}
QListView#ticks::item:selected {{ background: {accent_tint}; color: {text}; }}
QListView#ticks::item:disabled {{ color: {text_2}; }}
QListView#ticks::indicator {{ width: {box}px; height: {box}px; border: 1px solid {line_strong}; border-radius: 4px; background: {surface}; margin-right: 4px; }}
QListView#ticks::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QTableView#spec::item {{ padding: 0 5px; border-bottom: 1px solid {line}; }}
QTableView#spec::item:selected {{ background: {select}; color: {text}; }}
QTableView#spec::item:focus {{ border: 2px solid {focus}; }}
QTableView#sheet::item {{ padding: 0 6px; }}
QTableView#sheet QHeaderView::section:vertical {{ font-weight: 400; padding: 0 7px; border-bottom: 1px solid {line}; border-right: 1px solid {line}; }}
QHeaderView {{ background: {canvas}; border: none; }}
QHeaderView::section {{ background: {canvas}; color: {text_2}; border: none; border-bottom: 1px solid {line}; padding: 0 8px; font-size: {small}px; font-weight: 600; min-height: {header}px; }}
QHeaderView::section:hover {{ color: {text}; }}
QTableView[inCard="true"] QHeaderView::section:horizontal:first {{ padding-left: 16px; }}
QTableCornerButton::section {{ background: {canvas}; border: none; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {text_2}; border: none; border-bottom: 2px solid {line}; padding: 6px 12px; font-size: {small}px; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ border: 2px solid {focus}; padding: 4px 10px 6px 10px; }}
QProgressBar {{ background: {line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {scroll}px; margin: 0; }}
QScrollBar:horizontal {{ height: {scroll}px; margin: 0; }}
QScrollBar::handle {{ background: {line_strong}; border-radius: 3px; margin: 2px 3px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; margin: 3px 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {text_2}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
"""


def style_sheet(theme: Theme, type_: Type, *, chevron: str = "", tick: str = "") -> str:
    """The filled style sheet; `chevron` and `tick` are paths of images in the theme's colours."""
    sizes = {
        name: round(type_.px(name))
        for name in (
            "caption", "small", "body", "heading", "subject", "place", "figure", "title",
        )
    }  # fmt: skip
    colors = {
        name: value
        for name, value in ((field, getattr(theme, field)) for field in theme.__slots__)
        if isinstance(value, str)
    }
    # lighter in the dark, darker in the light: towards the text either way
    over, down = (blended(theme.accent, theme.text, part) for part in (0.18, 0.34))
    return _TEMPLATE.format(
        accent_over=over,
        accent_down=down,
        **colors,
        **sizes,
        family=type_.family.replace('"', ""),
        control=type_.s(26),
        entry=type_.s(38),
        main=type_.s(30),
        segment=type_.s(24),
        # Qt makes a tool button three pixels taller than it is told; views are as tall as buttons
        view=type_.s(26) - 3,
        viewon=type_.s(26) - 5,
        chip=type_.s(22),
        chipradius=type_.s(12),
        header=type_.s(29),
        link=type_.s(22),
        scroll=12,
        box=type_.s(15),
        icon=type_.s(16),
        arrow=type_.s(12),
        chevron=chevron,
        tick=tick,
    )
