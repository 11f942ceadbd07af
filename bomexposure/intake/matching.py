"""Which row goes with which column at the least cost."""

from __future__ import annotations


def hungarian(cost: list[list[float]]) -> list[int]:
    """Row -> column of a minimum-cost perfect matching of a square matrix.

    The shortest augmenting path form of the Hungarian method with row and column potentials
    (Kuhn 1955, Munkres 1957; O(n^3)).
    """
    size = len(cost)
    row_of = [0] * (size + 1)
    u, v, way = [0.0] * (size + 1), [0.0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        row_of[0] = row
        at = 0
        least = [float("inf")] * (size + 1)
        used = [False] * (size + 1)
        while True:
            used[at] = True
            here, delta, after = row_of[at], float("inf"), 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[here - 1][j - 1] - u[here] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, at
                if least[j] < delta:
                    delta, after = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[row_of[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            at = after
            if row_of[at] == 0:
                break
        while at:
            row_of[at], at = row_of[way[at]], way[at]
    match = [0] * size
    for j in range(1, size + 1):
        match[row_of[j] - 1] = j - 1
    return match
