"""A result cut into pieces so small that unpacking one does not hold the window up.

`pickle` rebuilds an object in one go and keeps the interpreter lock all the while: seconds for
the tables of a large book. Here tables, arrays and long lists of words travel as parts of their
own, raw or as numbers into one pool of words; what is left, the skeleton, is small. A part that
was sent before and is the same object still is only named.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bomexposure.model.supply import Reference

LEAST = 2_000
"""Shorter tables, arrays and lists travel inside the skeleton."""
CHUNK_BYTES = 1 << 21
CHUNK_WORDS = 10_000
CHUNK_ROWS = 200_000

_REFERENCE = "reference"


class Sender:
    """The packing side; remembers what the other side holds."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._held: dict[int, tuple[object, int]] = {}
        self._now: dict[int, tuple[object, int]] = {}
        self._next = 0
        self._pool: dict[str, int] = {}

    def forget(self) -> None:
        """Nothing of before is held on the other side any more."""
        self._held, self._pool = {}, {}
        self._to.send(("forget",))

    def send(self, value: object) -> None:
        """Send `value`; the references in it are replaced by the receiver's own."""
        self._now = {}
        out = io.BytesIO()
        _Packer(out, self).dump(value)
        self._to.send(("whole", out.getvalue()))
        self._held, self._now = self._now, {}

    def part(self, value: Any, write: Callable[[int, Any], None]) -> int:
        """Number of a part, sent now unless it was sent before."""
        key = id(value)
        if key in self._now:
            return self._now[key][1]
        if key in self._held:
            self._now[key] = self._held[key]
            self._to.send(("same", self._held[key][1]))
            return self._held[key][1]
        number = self._next
        self._next += 1
        write(number, value)
        self._now[key] = (value, number)
        return number

    # --- kinds of parts ---------------------------------------------------------------------

    def array(self, number: int, value: npt.NDArray[Any]) -> None:
        """Numbers, raw."""
        whole = np.ascontiguousarray(value)
        self._to.send(("array", number, whole.dtype.str, whole.shape))
        flat = whole.reshape(-1).view(np.uint8).data
        for at in range(0, len(flat), CHUNK_BYTES):
            self._to.send_bytes(flat[at : at + CHUNK_BYTES])

    def texts(self, number: int, value: Any, kind: object) -> None:
        """Words as numbers into the pool; `kind` is list, tuple, or the dtype of an array."""
        codes, distinct = pd.factorize(np.asarray(value, dtype=object))
        places = np.empty(len(distinct) + 1, dtype=np.int32)
        fresh: list[str] = []
        for at, word in enumerate(distinct.tolist()):
            place = self._pool.get(word)
            if place is None:
                place = len(self._pool) + 1  # place 0 is "not there"
                self._pool[word] = place
                fresh.append(word)
            places[at] = place
        places[-1] = 0
        for at in range(0, len(fresh), CHUNK_WORDS):
            self._to.send(("words", fresh[at : at + CHUNK_WORDS]))
        inner = self._next
        self._next += 1
        self.array(inner, places[codes])
        self._to.send(("texts", number, inner, kind))

    def objects(self, number: int, value: Any, kind: object) -> None:
        """Anything else, pickled a slice at a time."""
        listed = list(value)
        self._to.send(("objects", number, len(listed), kind))
        for at in range(0, len(listed), LEAST):
            self._to.send(listed[at : at + LEAST])

    def frame(self, number: int, value: pd.DataFrame) -> None:
        """A table, one column after another."""
        columns = []
        for place in range(value.shape[1]):
            cells: Any = value.iloc[:, place].array
            columns.append(self._column(cells))
        index = None if _plain(value.index) else value.index
        self._to.send(("frame", number, value.columns, columns, index))

    def _column(self, cells: Any) -> tuple[object, ...]:
        if isinstance(cells, pd.Categorical):
            return ("category", self._own(cells.codes, self.array), cells.dtype)
        if isinstance(cells.dtype, pd.StringDtype):
            return ("plain", self._own(cells, lambda n, v: self.texts(n, v, v.dtype)))
        if isinstance(cells, pd.arrays.IntegerArray):
            filled = cells.to_numpy(dtype=cells.dtype.numpy_dtype, na_value=0)
            return (
                "masked", self._own(filled, self.array), self._own(cells.isna(), self.array),
            )  # fmt: skip
        plain = np.asarray(cells)
        if plain.dtype == object:
            return ("plain", self._own(plain, lambda n, v: self.objects(n, v, v.dtype)))
        return ("plain", self._own(plain, self.array))

    def _own(self, value: Any, write: Callable[[int, Any], None]) -> int:
        """Number of a column: it belongs to its table, so nobody asks for it by itself."""
        number = self._next
        self._next += 1
        write(number, value)
        return number


def _plain(index: pd.Index[Any]) -> bool:
    return isinstance(index, pd.RangeIndex) and index.start == 0 and index.step == 1


class _Packer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, sender: Sender) -> None:
        super().__init__(file, protocol=5)
        self._sender = sender

    def persistent_id(self, obj: Any) -> Any:
        """Parts leave the skeleton here."""
        if isinstance(obj, Reference):
            return _REFERENCE
        kind = type(obj)
        if kind is pd.DataFrame:
            return self._sender.part(obj, self._sender.frame) if len(obj) >= LEAST else None
        if kind is np.ndarray:
            if obj.size < LEAST or obj.dtype == object:
                return None
            return self._sender.part(obj, self._sender.array)
        if (kind is list or kind is tuple) and len(obj) >= LEAST:
            if all(type(one) is str for one in obj):
                return self._sender.part(obj, lambda n, v: self._sender.texts(n, v, kind))
            if kind is list:
                return self._sender.part(obj, lambda n, v: self._sender.objects(n, v, kind))
        return None


class Receiver:
    """The unpacking side: `take` every message; it returns the value once that is whole."""

    def __init__(self, connection: Connection) -> None:
        self._from = connection
        self._held: dict[int, Any] = {}
        self._seen: set[int] = set()
        self._pool: list[Any] = [np.nan]
        self._pool_array: npt.NDArray[np.object_] | None = None

    def take(self, message: tuple[Any, ...], reference: Reference) -> tuple[bool, object]:
        """(True, value) when the message ends a value, else (False, None)."""
        match message[0]:
            case "whole":
                value = _Unpacker(io.BytesIO(message[1]), self._held, reference).load()
                self._held = {n: one for n, one in self._held.items() if n in self._seen}
                self._seen = set()
                return True, value
            case "forget":
                self.forget()
            case "same":
                self._seen.add(message[1])
            case "words":
                self._pool += message[1]
                self._pool_array = None
            case "array":
                self._keep(message[1], self._array(message[2], message[3]))
            case "texts":
                self._keep(message[1], self._texts(self._held.pop(message[2]), message[3]))
            case "objects":
                self._keep(message[1], self._objects(message[2], message[3]))
            case "frame":
                self._keep(message[1], self._frame(*message[2:]))
        return False, None

    def forget(self) -> None:
        """Let go of everything, one part after another."""
        self._pool_array, self._seen = None, set()
        while self._held:
            self._held.popitem()
        while len(self._pool) > 1:
            del self._pool[max(1, len(self._pool) - CHUNK_WORDS) :]

    def _keep(self, number: int, value: object) -> None:
        self._held[number] = value
        self._seen.add(number)

    def _array(self, dtype: str, shape: tuple[int, ...]) -> npt.NDArray[Any]:
        made = np.empty(shape, dtype=dtype)
        flat = made.reshape(-1).view(np.uint8).data
        at = 0
        while at < len(flat):
            at += self._from.recv_bytes_into(flat[at : at + CHUNK_BYTES])
        return made

    def _texts(self, codes: npt.NDArray[np.int32], kind: Any) -> Any:
        if self._pool_array is None:
            pool = np.empty(len(self._pool), dtype=object)
            for at in range(0, len(pool), CHUNK_ROWS):
                pool[at : at + CHUNK_ROWS] = self._pool[at : at + CHUNK_ROWS]
            self._pool_array = pool
        words = np.empty(len(codes), dtype=object)
        for at in range(0, len(codes), CHUNK_ROWS):
            words[at : at + CHUNK_ROWS] = self._pool_array[codes[at : at + CHUNK_ROWS]]
        return _as_kind(words, kind)

    def _objects(self, count: int, kind: Any) -> Any:
        made = np.empty(count, dtype=object)
        at = 0
        while at < count:
            piece = self._from.recv()
            for one in piece:
                made[at] = one
                at += 1
        return _as_kind(made, kind)

    def _frame(self, labels: Any, columns: list[tuple[Any, ...]], index: Any) -> pd.DataFrame:
        made: dict[int, Any] = {}
        for place, (kind, number, *more) in enumerate(columns):
            cells = self._held.pop(number)
            if kind == "category":
                cells = pd.Categorical.from_codes(cells, dtype=more[0], validate=False)
            elif kind == "masked":
                cells = pd.arrays.IntegerArray(cells, self._held.pop(more[0]))
            made[place] = cells
        frame = pd.DataFrame(made, copy=False)
        frame.columns = labels
        if index is not None:
            frame.index = index
        return frame


def _as_kind(words: npt.NDArray[np.object_], kind: Any) -> Any:
    if kind is list:
        return words.tolist()
    if kind is tuple:
        return tuple(words.tolist())
    return pd.array(words, dtype=kind, copy=False) if isinstance(kind, pd.StringDtype) else words


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, held: dict[int, Any], reference: Reference) -> None:
        super().__init__(file)
        self._held, self._reference = held, reference

    def persistent_load(self, pid: Any) -> Any:
        """Parts come back into the skeleton here."""
        return self._reference if pid == _REFERENCE else self._held[pid]
