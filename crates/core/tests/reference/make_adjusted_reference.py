"""Writes the reference values for adjusted comparisons and for differences in
differences.

Everything here is computed without staywise: models by statsmodels, stacked
sandwich variances from the estimating equations with their derivative taken
numerically (complex steps), differences in differences by loops over groups
and times with influences taken numerically. The script stops where two ways
disagree.

    python3 -m venv venv && venv/bin/pip install scipy statsmodels numpy
    venv/bin/python crates/core/tests/reference/make_adjusted_reference.py [FOLDER]

FOLDER is that of public data sets; without it the values for them are kept as
they are. Used: numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0.
"""

import csv
import json
import pathlib
import sys

import numpy as np
import statsmodels.api as sm
from scipy import stats

HERE = pathlib.Path(__file__).parent
LEVEL = 0.95
Z = stats.norm.ppf(0.5 + LEVEL / 2)


def agree(one, other, digits=8):
    one, other = float(one), float(other)
    if abs(one - other) > 10.0**-digits * max(abs(one), abs(other), 1e-300):
        raise SystemExit(f"two ways disagree: {one!r} and {other!r}")


def write(name, rows):
    lines = ",\n".join(json.dumps(row) for row in rows)
    (HERE / f"{name}.json").write_text(f"[\n{lines}\n]\n")


def expit(v):
    return 1 / (1 + np.exp(-v))


def sandwich(equations, theta, clusters=None):
    """The covariance of the root of the summed equations, which give one row a
    person; their derivative by complex steps."""
    step = 1e-30
    size = len(theta)
    derivative = np.zeros((size, size))
    for j in range(size):
        moved = theta.astype(complex)
        moved[j] += 1j * step
        derivative[:, j] = equations(moved).sum(axis=0).imag / step
    rows = equations(theta.astype(complex)).real
    total = np.abs(rows.sum(axis=0)).max()
    if total > 1e-8:
        raise SystemExit(f"no root: {total}")
    if clusters is None:
        middle = rows.T @ rows
    else:
        groups = sorted(set(clusters))
        sums = np.array([rows[clusters == g].sum(axis=0) for g in groups])
        middle = sums.T @ sums * len(groups) / (len(groups) - 1)
    inverse = np.linalg.inv(derivative)
    return inverse @ middle @ inverse.T


def of_pair(theta, covariance, clusters):
    """Difference and ratios of the last two of theta."""
    one, two = theta[-2:]
    block = covariance[-2:, -2:]
    groups = None if clusters is None else len(set(clusters))
    deviate = Z if groups is None else stats.t.ppf(0.5 + LEVEL / 2, groups - 1)
    tail = stats.norm.sf if groups is None else (lambda v: stats.t.sf(v, groups - 1))

    def answer(estimate, gradient, log):
        error = float(np.sqrt(np.array(gradient) @ block @ np.array(gradient)))
        middle = np.log(estimate) if log else estimate
        ends = [middle - deviate * error, middle + deviate * error]
        return {
            "estimate": float(estimate),
            "std_err": error,
            "lower": float(np.exp(ends[0]) if log else max(ends[0], -1)),
            "upper": float(np.exp(ends[1]) if log else min(ends[1], 1)),
            "p": float(2 * tail(abs(middle) / error)),
        }

    return {
        "compared": float(one),
        "comparator": float(two),
        "difference": answer(one - two, [1, -1], False),
        "staying_ratio": answer(one / two, [1 / one, -1 / two], True),
        "leaving_ratio": answer(
            (1 - one) / (1 - two), [-1 / (1 - one), 1 / (1 - two)], True
        ),
    }


def logit(y, x):
    return sm.Logit(y, x).fit(disp=0, method="newton", tol=1e-14, maxiter=200)


def overlap(a, y, x, clusters):
    beta = logit(a, x).params
    e = expit(x @ beta)
    w = np.where(a == 1, 1 - e, e)
    mean = [np.sum((w * y)[a == v]) / np.sum(w[a == v]) for v in (1, 0)]

    def equations(theta):
        e = expit(x @ theta[:-2])
        return np.column_stack(
            [
                x * (a - e)[:, None],
                a * (1 - e) * (y - theta[-2]),
                (1 - a) * e * (y - theta[-1]),
            ]
        )

    theta = np.concatenate([beta, mean])
    return of_pair(theta, sandwich(equations, theta, clusters), clusters)


def standardised(a, y, x, clusters):
    full = np.column_stack([x, a])
    gamma = logit(y, full).params

    def chances(gamma, v):
        return expit(np.column_stack([x, np.full(len(a), v)]) @ gamma)

    def equations(theta):
        gamma = theta[:-2]
        return np.column_stack(
            [
                full * (y - expit(full @ gamma))[:, None],
                chances(gamma, 1) - theta[-2],
                chances(gamma, 0) - theta[-1],
            ]
        )

    theta = np.concatenate([gamma, [chances(gamma, v).mean() for v in (1, 0)]])
    return of_pair(theta, sandwich(equations, theta, clusters), clusters)


def regression(a, y, x, clusters):
    model = sm.OLS(y, np.column_stack([np.ones(len(a)), a, x[:, 1:]]))

    def answer(fit):
        limits = fit.conf_int(1 - LEVEL)[1]
        return {
            "estimate": float(fit.params[1]),
            "std_err": float(fit.bse[1]),
            "lower": float(limits[0]),
            "upper": float(limits[1]),
            "p": float(fit.pvalues[1]),
        }

    found = {k: answer(model.fit(cov_type=k.upper(), use_t=True)) for k in ("hc2", "hc3")}
    if clusters is not None:
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
        found["clustered"] = answer(fit)
    return found


def logistic(y, x, clusters, weights):
    fit = logit(y, x)
    agree(fit.llf, sm.GLM(y, x, family=sm.families.Binomial()).fit(tol=1e-14).llf)
    robust = sm.Logit(y, x).fit(disp=0, tol=1e-14, maxiter=200, cov_type="HC0")
    out = {
        "coefficients": list(map(float, fit.params)),
        "std_err": list(map(float, fit.bse)),
        "robust": list(map(float, robust.bse)),
        "log_likelihood": float(fit.llf),
    }
    if clusters is not None:
        by = sm.Logit(y, x).fit(
            disp=0, tol=1e-14, maxiter=200, cov_type="cluster", cov_kwds={"groups": clusters}
        )
        out["clustered"] = list(map(float, by.bse))
    weighted = sm.GLM(y, x, family=sm.families.Binomial(), freq_weights=weights)
    weighted = weighted.fit(tol=1e-14, maxiter=200)
    out["weighted"] = {
        "coefficients": list(map(float, weighted.params)),
        "std_err": list(map(float, weighted.bse)),
    }
    return out


def balance(a, columns, w):
    """Shares and means of every column (name, values, is a share)."""
    rows = []
    for name, v, share in columns:
        spread = [v[a == g].mean() * (1 - v[a == g].mean()) if share else v[a == g].var(ddof=1) for g in (1, 0)]
        within = np.sqrt(np.mean(spread))
        row = {"name": name}
        for key, weight in (("before", np.ones(len(a))), ("after", w)):
            mean = [np.average(v[a == g], weights=weight[a == g]) for g in (1, 0)]
            row[key] = [float(mean[0]), float(mean[1]), float((mean[0] - mean[1]) / within)]
        rows.append(row)
    return rows


def comparison(name, a, y, x, columns, clusters):
    weights = 1.0 + np.arange(len(a)) % 3
    e = logit(a, x).predict()
    w = np.where(a == 1, 1 - e, e)
    return {
        "name": name,
        "logistic": logistic(y, np.column_stack([x, a]), clusters, weights),
        "balance": balance(a, columns, w),
        "effective": [float(w[a == g].sum() ** 2 / (w[a == g] ** 2).sum()) for g in (1, 0)],
        "overlap": overlap(a, y, x, None),
        "standardised": standardised(a, y, x, None),
        "overlap_clustered": None if clusters is None else overlap(a, y, x, clusters),
        "standardised_clustered": None if clusters is None else standardised(a, y, x, clusters),
        "regression": regression(a, y, x, clusters),
    }


def made(seed, n):
    """People made up: band, part time or not, age, a programme they are the
    more likely to be on the lower their band; sites of 20."""
    random = np.random.default_rng(seed)
    band = random.choice(4, n, p=[0.3, 0.45, 0.15, 0.1])
    part = random.integers(0, 2, n)
    age = np.round(random.normal(33, 9, n), 1)
    site = np.arange(n) % 20
    odds = 0.6 - 0.4 * band + 0.5 * part + 0.03 * (age - 33)
    a = (random.random(n) < expit(odds)).astype(int)
    odds = 0.9 + 0.3 * band - 0.4 * part + 0.02 * (age - 33) + 0.5 * a
    y = (random.random(n) < expit(odds + random.normal(0, 0.4, 20)[site])).astype(int)
    dummies = [(band == k).astype(float) for k in range(4)]
    common = int(np.argmax(np.bincount(band, minlength=4)))
    flags = [(part == k).astype(float) for k in (0, 1)]
    usual = int(np.argmax(np.bincount(part)))
    x = np.column_stack(
        [np.ones(n)] + [dummies[k] for k in range(4) if k != common] + [flags[1 - usual], age]
    )
    columns = [(f"band {k}", dummies[k], True) for k in range(4)]
    columns += [(f"part {k}", flags[k], True) for k in (0, 1)]
    columns += [("age", age, False), ("age squared", (age - age.mean()) ** 2, False)]
    row = comparison(f"made {seed}", a, y, x, columns, site)
    row["people"] = {
        "compared": a.tolist(),
        "stayed": y.tolist(),
        "band": band.tolist(),
        "part": part.tolist(),
        "age": age.tolist(),
        "site": site.tolist(),
    }
    return row


def rossi(folder):
    """Arrests in the year after release; financial aid against none."""
    with open(folder / "ref-survival" / "rossi.csv") as file:
        table = list(csv.DictReader(file))
    get = lambda name: np.array([float(r[name]) for r in table])
    a, y = get("fin"), 1 - get("arrest")
    flags = {name: get(name) for name in ("race", "wexp", "mar", "paro")}
    parts, columns = [np.ones(len(a))], []
    for name, v in flags.items():
        usual = int(v.mean() > 0.5)
        parts.append(1 - v if usual else v)
        columns += [(f"{name} 0", 1 - v, True), (f"{name} 1", v, True)]
    for name in ("age", "prio"):
        v = get(name)
        parts.append(v)
        columns += [(name, v, False), (f"{name} squared", (v - v.mean()) ** 2, False)]
    return comparison("rossi", a, y, np.column_stack(parts), columns, None)


# Differences in differences.


def change(share, i, t, base):
    return share[i][t] - share[i][base]


def group_times(panel, treated_role, control_role, least):
    """ATT(g, t), as loops; `treated_role[i]` multiplies the weight of a site
    where it has started, `control_role[(g, t)][i]` where it is compared with.
    Groups without two periods before, and cells with too few sites to compare
    with, are left out."""
    start, hits, people = panel["start"], panel["hits"], panel["people"]
    sites, periods = len(start), len(hits[0])
    share = [
        [hits[i][t] / people[i][t] if people[i][t] else None for t in range(periods)]
        for i in range(sites)
    ]
    size = [sum(people[i]) for i in range(sites)]
    found = {}
    for g in sorted({s for s in start if s is not None and s >= 2 and s < periods}):
        for t in range(1, periods):
            base = g - 1 if t >= g else t - 1
            have = [i for i in range(sites) if people[i][t] and people[i][base]]
            ours = [i for i in have if start[i] == g]
            others = [
                i for i in have if start[i] != g and (start[i] is None or start[i] > t)
            ]
            if not ours or len(others) < least:
                continue
            wt = {i: size[i] * treated_role[i] for i in ours}
            wc = {i: size[i] * control_role.get((g, t), {}).get(i, 1.0) for i in others}
            one = sum(wt[i] * change(share, i, t, base) for i in ours) / sum(wt.values())
            two = sum(wc[i] * change(share, i, t, base) for i in others) / sum(wc.values())
            found[(g, t)] = (one - two, ours, others)
    return found, size


def averages(panel, treated_role, control_role, least):
    """The average effect of the groups over their periods since the start, and
    the average by how long before."""
    found, size = group_times(panel, treated_role, control_role, least)
    start = panel["start"]
    after = {}
    for (g, t), (effect, _, _) in found.items():
        if t >= g:
            after.setdefault(g, []).append(effect)
    worth = {
        g: sum(size[i] * treated_role[i] for i in range(len(start)) if start[i] == g)
        for g in sorted({g for g, _ in found})
    }
    total = sum(worth[g] for g in after)
    out = {"average": sum(worth[g] * np.mean(v) for g, v in after.items()) / total}
    for before in range(1, len(panel["hits"][0])):
        cells = {g: found[(g, g - before)][0] for g in worth if (g, g - before) in found}
        if cells:
            total = sum(worth[g] for g in cells)
            out[before] = sum(worth[g] * v for g, v in cells.items()) / total
    return out


def in_differences(name, panel, least=5):
    sites = len(panel["start"])
    ones = [1.0] * sites
    found, _ = group_times(panel, ones, {}, least)
    plain = averages(panel, ones, {}, least)
    step = 1e-5

    def slope(move):
        up, down = move(1 + step), move(1 - step)
        return {k: (up[k] - down[k]) / (2 * step) for k in plain}

    influence = {k: np.zeros((2, sites)) for k in plain}
    groups_after = {g for g, t in found if t >= g}
    for i in range(sites):
        def treated(v, i=i):
            return averages(panel, [v if j == i else 1.0 for j in range(sites)], {}, least)

        for k, v in slope(treated).items():
            if k == "average":
                count = sum(1 for s in panel["start"] if s in groups_after)
            else:
                groups = {g for g, t in found if g - t == k}
                count = sum(1 for s in panel["start"] if s in groups)
            influence[k][0][i] = v * np.sqrt(count / (count - 1)) if count > 1 else 0.0
    for cell, (_, _, others) in found.items():
        for i in others:
            def compared(v, i=i, cell=cell):
                return averages(panel, ones, {cell: {i: v}}, least)

            correction = np.sqrt(len(others) / (len(others) - 1))
            for k, v in slope(compared).items():
                influence[k][1][i] += v * correction
    started = sum(1 for s in panel["start"] if s in groups_after)
    compared = {i for (g, t), (_, _, others) in found.items() if t >= g for i in others}
    out = {"name": name, "panel": panel}

    def judged(key, started, compared):
        one, two = influence[key]
        v1, v2 = (one**2).sum(), (two**2).sum()
        freedom = (v1 + v2) ** 2 / (v1**2 / (started - 1) + v2**2 / (compared - 1))
        return float(np.sqrt(((one + two) ** 2).sum())), float(freedom)

    error, freedom = judged("average", started, len(compared))
    deviate = stats.t.ppf(0.5 + LEVEL / 2, freedom)
    estimate = float(plain["average"])
    out["average"] = {
        "estimate": estimate,
        "std_err": error,
        "freedom": float(freedom),
        "lower": estimate - deviate * error,
        "upper": estimate + deviate * error,
        "p": float(2 * stats.t.sf(abs(estimate) / error, freedom)),
        "started": started,
        "compared": len(compared),
    }
    out["cells"] = [[g, t, float(v[0])] for (g, t), v in sorted(found.items())]
    out["before"], values = [], []
    for k in sorted(k for k in plain if k != "average"):
        groups = {g for g, t in found if g - t == k}
        ours = sum(1 for s in panel["start"] if s in groups)
        # As the code: what fewer sites than this say is not judged.
        if ours < least:
            continue
        others = {i for (g, t), cell in found.items() if g - t == k for i in cell[2]}
        own, spare = judged(k, ours, len(others))
        out["before"].append([k, float(plain[k]), own, spare])
        values.append(2 * stats.t.sf(abs(plain[k]) / own, spare))
    out["before_p"] = float(min(1.0, min(values) * len(values)))
    return out


def panel(seed, starts, periods, effect):
    random = np.random.default_rng(seed)
    people, hits = [], []
    for s in starts:
        level = random.normal(0, 0.03)
        row = random.integers(20, 60, periods)
        row[random.random(periods) < 0.04] = 0
        p = [
            min(max(0.75 + level + 0.01 * t + (effect if s is not None and t >= s else 0), 0.01), 0.99)
            for t in range(periods)
        ]
        people.append(row.tolist())
        hits.append([int(random.binomial(n, q)) for n, q in zip(row, p)])
    return {"start": starts, "people": people, "hits": hits}


def two_by_two():
    """Ten sites of the same size, two periods before and one after: the
    average is the plain difference of differences, its interval Welch's."""
    random = np.random.default_rng(5)
    starts = [2] * 5 + [None] * 5
    hits = random.integers(25, 48, (10, 3)).tolist()
    table = {"start": starts, "people": [[50] * 3] * 10, "hits": hits}
    row = in_differences("two by two", table)
    moved = np.array([(h[2] - h[1]) / 50 for h in hits])
    agree(row["average"]["estimate"], moved[:5].mean() - moved[5:].mean())
    welch = stats.ttest_ind(moved[:5], moved[5:], equal_var=False)
    agree(row["average"]["p"], welch.pvalue, 7)
    agree(row["average"]["freedom"], welch.df, 7)
    return row


def main():
    rows = [made(1, 240), made(2, 400)]
    if len(sys.argv) > 1:
        rows.append(rossi(pathlib.Path(sys.argv[1])))
    else:
        kept = json.loads((HERE / "adjusted.json").read_text())
        rows += [row for row in kept if row["name"] == "rossi"]
    write("adjusted", rows)
    staggered = [3] * 4 + [5] * 3 + [6] + [None] * 7 + [1, 0]
    write(
        "did",
        [
            two_by_two(),
            in_differences("staggered", panel(11, staggered, 8, 0.08)),
            in_differences("nobody never", panel(12, [2] * 5 + [4] * 4 + [7] * 6, 8, 0.05)),
        ],
    )


main()
