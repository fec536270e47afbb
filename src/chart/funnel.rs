//! A funnel of sites: each at its base and its share, between the limits that
//! chance alone would keep most sites in. Only sites outside are named; a
//! hidden site is listed under the chart, without a number.

use super::axis::Axis;
use super::canvas::{Align, At, Canvas, Plot, Span, drawing};
use super::drawing::{Drawing, Form, Svg};
use super::figure::{figure, group_label};
use super::ink::Ink;
use super::label::{Labels, Taken};
use super::layout::{
    LINE, WHITE, apart, axis_up, broken, paragraph, room_left, ticks_across, why_words,
};
use super::text::{ellipsis, width};
use super::{Caption, ChartError};
use staywise_core::disclosure::Released;
use staywise_core::domain::{Status, Unit};

/// Top and bottom of the plot.
const DOWN: (f64, f64) = (14.0, 284.0);
const RADIUS: f64 = 5.0;

/// The limits at one base.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelAt {
    /// The base.
    pub base: u64,
    /// The lower and upper 95% limit.
    pub inner: (f64, f64),
    /// The lower and upper 99.8% limit.
    pub outer: (f64, f64),
}

/// The limits round the overall figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunnelLimits {
    /// At bases in ascending order, those of every shown site among them; drawn
    /// as far as they go, best to a round base past the largest site.
    pub at: Vec<FunnelAt>,
}

impl FunnelLimits {
    /// The limits at a base, between two that are given in proportion.
    fn of(&self, base: u64) -> Option<FunnelAt> {
        let after = self.at.partition_point(|at| at.base < base);
        let next = self.at.get(after).or(self.at.last())?;
        let Some(last) = after.checked_sub(1).and_then(|k| self.at.get(k)) else {
            return Some(*next);
        };
        if next.base <= last.base {
            return Some(*next);
        }
        let share = (base - last.base) as f64 / (next.base - last.base) as f64;
        let between = |from: f64, to: f64| from + (to - from) * share;
        let pair =
            |from: (f64, f64), to: (f64, f64)| (between(from.0, to.0), between(from.1, to.1));
        Some(FunnelAt {
            base,
            inner: pair(last.inner, next.inner),
            outer: pair(last.outer, next.outer),
        })
    }
}

/// A site that is shown.
struct Site<'a> {
    row: &'a Released,
    base: u64,
    share: f64,
    /// 0 within the limits, 1 outside the inner, 2 outside the outer.
    outside: u8,
}

/// Draws `sites` against `everyone` within `limits`.
///
/// # Errors
/// `ChartError` where the drawing itself fails.
pub fn funnel(
    sites: &[&Released],
    everyone: &Released,
    limits: &FunnelLimits,
    caption: &Caption<'_>,
) -> Result<Drawing, ChartError> {
    let shown: Vec<Site<'_>> = sites.iter().filter_map(|row| site(row, limits)).collect();
    let hidden: Vec<&Released> = sites
        .iter()
        .copied()
        .filter(|row| row.status() != Status::Shown)
        .collect();
    let most = shown.iter().map(|site| site.base).max().unwrap_or(1);
    let along = Axis::holding(&[most as f64], Unit::Count);
    let funnel = Funnel {
        limits: drawn(limits, &shown, &along),
        along,
        overall: everyone
            .estimate()
            .filter(|_| everyone.status() == Status::Shown),
        everyone,
        sites: shown,
        hidden,
    };
    Drawing::of(caption, |form, caption| funnel.draw(form, caption))
}

fn site<'a>(row: &'a Released, limits: &FunnelLimits) -> Option<Site<'a>> {
    let share = row.estimate().filter(|_| row.status() == Status::Shown)?;
    let base = row.n()?;
    let beyond = |(lower, upper): (f64, f64)| share < lower || share > upper;
    let outside = limits.of(base).map_or(0, |at| {
        u8::from(beyond(at.inner)) + u8::from(beyond(at.outer))
    });
    Some(Site {
        row,
        base,
        share,
        outside,
    })
}

/// The limits that are drawn: from the least base that is shown, or a quarter
/// of the axis if that is less, to the axis's end.
fn drawn(limits: &FunnelLimits, sites: &[Site<'_>], along: &Axis) -> Vec<FunnelAt> {
    let least = sites.iter().map(|site| site.base as f64);
    let from = least.fold(along.high / 4.0, f64::min);
    let inside = |at: &&FunnelAt| (from..=along.high).contains(&(at.base as f64));
    limits.at.iter().filter(inside).copied().collect()
}

struct Funnel<'a> {
    sites: Vec<Site<'a>>,
    hidden: Vec<&'a Released>,
    everyone: &'a Released,
    overall: Option<f64>,
    limits: Vec<FunnelAt>,
    /// The bases.
    along: Axis,
}

impl Funnel<'_> {
    fn draw(&self, form: Form, caption: &Caption<'_>) -> Result<Svg, ChartError> {
        let shares = self.sites.iter().map(|site| site.share);
        let limits = self.limits.iter().flat_map(|at| [at.outer.0, at.outer.1]);
        let values: Vec<f64> = shares.chain(limits).chain(self.overall).collect();
        let up = Axis::holding(&values, self.everyone.unit());
        let right = match form {
            Form::Wide => 540.0,
            Form::Narrow => 240.0,
        };
        let across = (room_left(&up), right);
        let span = Span {
            across,
            down: DOWN,
            x: (self.along.low, self.along.high),
            y: (up.low, up.high),
        };
        let (names, left_out) = self.names(&span, form);
        let listed = self.listed(form, &left_out);
        let top = DOWN.1 + 64.0;
        let height = top - 14.0 + LINE * listed.len() as f64;
        drawing((form.width(), height), caption, |canvas| {
            let plot = canvas.plot(&span);
            axis_up(canvas, &plot, &up, across)?;
            self.bases(canvas, &plot, caption, across)?;
            self.curves(canvas, &plot, (form, across))?;
            for site in &self.sites {
                let ink = if site.outside > 0 {
                    Ink::Beyond
                } else {
                    Ink::Within
                };
                plot.dot((site.base as f64, site.share), RADIUS, ink)?;
            }
            for (at, words) in &names {
                canvas.text(words, *at, Align::Start, Ink::Name)?;
            }
            paragraph(canvas, &listed, (0.0, top), Ink::Note)
        })
    }

    fn bases(
        &self,
        canvas: &Canvas<'_>,
        plot: &Plot<'_>,
        caption: &Caption<'_>,
        across: (f64, f64),
    ) -> Result<(), ChartError> {
        let place = |value: f64| plot.place((value, 0.0)).0;
        for (tick, middle, label) in ticks_across(&self.along, place, (0.0, across.1 + 30.0)) {
            let x = place(tick);
            canvas.line((x, DOWN.1), (x, DOWN.1 + 5.0), Ink::Grid)?;
            canvas.text(&label, (middle, DOWN.1 + 20.0), Align::Middle, Ink::Tick)?;
        }
        let middle = (across.0 + across.1) / 2.0;
        let title = ellipsis(caption.base, Ink::Tick, across.1);
        canvas.text(&title, (middle, DOWN.1 + 38.0), Align::Middle, Ink::Tick)
    }

    /// The limits and everyone, each named at its right end.
    fn curves(
        &self,
        canvas: &Canvas<'_>,
        plot: &Plot<'_>,
        (form, across): (Form, (f64, f64)),
    ) -> Result<(), ChartError> {
        let curve = |value: fn(&FunnelAt) -> f64| -> Vec<(f64, f64)> {
            let at = self.limits.iter();
            at.map(|at| (at.base as f64, value(at))).collect()
        };
        let mut names: Vec<(f64, String)> = Vec::new();
        if self.limits.len() > 1 {
            for value in [|at: &FunnelAt| at.outer.0, |at: &FunnelAt| at.outer.1] {
                plot.path(curve(value), Ink::Outer)?;
            }
            for value in [|at: &FunnelAt| at.inner.0, |at: &FunnelAt| at.inner.1] {
                plot.path(curve(value), Ink::Inner)?;
            }
        }
        if let Some(last) = self.limits.last().filter(|_| self.limits.len() > 1) {
            names.push((plot.place((0.0, last.outer.1)).1, "99.8% limit".to_owned()));
            names.push((plot.place((0.0, last.inner.1)).1, "95% limit".to_owned()));
        }
        if let Some(overall) = self.overall {
            let (_, y) = plot.place((0.0, overall));
            canvas.line((across.0, y), (across.1, y), Ink::Reference)?;
            let words = format!("everyone {}", figure(self.everyone));
            if form == Form::Wide || width(&words, Ink::Tick) < form.width() - across.1 {
                names.push((y, words));
            } else {
                names.push((y, "everyone".to_owned()));
                names.push((y + 1.0, figure(self.everyone)));
            }
        }
        // Everyone's name stands at its line; those of the limits give way.
        let mut heights: Vec<f64> = names.iter().map(|(y, _)| *y).collect();
        for upper in (1..heights.len().min(3)).rev() {
            heights[upper - 1] = heights[upper - 1].min(heights[upper] - LINE);
        }
        let places = apart(&heights, LINE, (DOWN.0, DOWN.1));
        for ((_, words), y) in names.iter().zip(places) {
            let left = across.1 + WHITE;
            let words = ellipsis(words, Ink::Tick, form.width() - left);
            canvas.text(&words, (left, y + 4.5), Align::Start, Ink::Tick)?;
        }
        Ok(())
    }

    /// The names of the sites outside and where they start, the furthest out
    /// first; then the sites whose names found no room.
    fn names(&self, span: &Span, form: Form) -> (Vec<(At, String)>, Vec<&Site<'_>>) {
        let at = |site: &Site<'_>| span.place((site.base as f64, site.share));
        let (left, right) = span.across;
        let mut labels = Labels::within((left, DOWN.0 - 12.0), (right + 2.0, DOWN.1 - 2.0));
        for site in &self.sites {
            labels.keep_clear(Taken::round(at(site), RADIUS));
        }
        let mut outside: Vec<&Site<'_>> = self.sites.iter().filter(|s| s.outside > 0).collect();
        let far = |site: &Site<'_>| (site.share - self.overall.unwrap_or(0.0)).abs();
        outside.sort_by(|a, b| {
            let order = b.outside.cmp(&a.outside);
            order.then(far(b).total_cmp(&far(a)))
        });
        let room = if form == Form::Wide { 190.0 } else { 130.0 };
        let (mut named, mut left_out) = (Vec::new(), Vec::new());
        for site in outside {
            let name = ellipsis(&group_label(site.row), Ink::Name, room);
            let words = format!("{name} {}", figure(site.row));
            match labels.beside(at(site), RADIUS, width(&words, Ink::Name)) {
                Some(start) => named.push((start, words)),
                None => left_out.push(site),
            }
        }
        (named, left_out)
    }

    /// What stands under the chart.
    fn listed(&self, form: Form, left_out: &[&Site<'_>]) -> Vec<String> {
        let mut listed = Vec::new();
        let names: Vec<String> = left_out
            .iter()
            .map(|site| format!("{} {}", group_label(site.row), figure(site.row)))
            .collect();
        if !names.is_empty() {
            let words = format!("Also outside the limits: {}.", names.join(", "));
            listed.extend(broken(&words, form));
        }
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for row in &self.hidden {
            let why = why_words(row);
            match reasons.iter_mut().find(|(words, _)| *words == why) {
                Some((_, names)) => names.push(group_label(row)),
                None => reasons.push((why, vec![group_label(row)])),
            }
        }
        for (why, names) in reasons {
            listed.extend(broken(&format!("{why}: {}.", names.join(", ")), form));
        }
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::{FunnelAt, FunnelLimits};

    #[test]
    fn limits_between_two_bases_are_in_proportion() {
        let at = |base, half| FunnelAt {
            base,
            inner: (0.5 - half, 0.5 + half),
            outer: (0.5 - 2.0 * half, 0.5 + 2.0 * half),
        };
        let limits = FunnelLimits {
            at: vec![at(10, 0.2), at(30, 0.1)],
        };
        let inner = |base| limits.of(base).map(|at| (at.inner.1 * 1000.0).round());
        assert_eq!(inner(10), Some(700.0));
        assert_eq!(inner(20), Some(650.0));
        assert_eq!(inner(30), Some(600.0));
        assert_eq!((inner(4), inner(90)), (Some(700.0), Some(600.0)));
        assert!(FunnelLimits::default().of(10).is_none());
    }
}
