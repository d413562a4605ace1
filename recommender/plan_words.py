"""A plan in a donor's language: each amount with its reason, and what isn't given."""

from __future__ import annotations

from .apportionment import NO_ROOM, TOO_SMALL
from .labels import label, name
from .languages import Language
from .model import Recommender
from .plan import AGAINST, ASIDE, CLOSED, NOBODY, UNLIKED, Gift, Plan, Share

_NOT_GIVEN = {
    NOBODY: "plan-nobody",
    ASIDE: "plan-only-aside",
    TOO_SMALL: "plan-too-small",
    NO_ROOM: "plan-no-room",
}
_ASIDE = {
    CLOSED: "plan-aside-closed",
    UNLIKED: "plan-aside-unlike",
    AGAINST: "plan-aside-against",
}


def called(model: Recommender, charity_id: str, t: Language) -> str:
    """Return a charity's name in the donor's language."""
    return name(model.charities_.charity(charity_id), t)


def gift_said(model: Recommender, plan: Plan, gift: Gift, t: Language) -> str:
    """Return the sentence that says what a gift is, and what it is made of."""
    amount, parts = plan.money(gift.amount).said(t), parts_said(model, plan, gift, t)
    return t("plan-gift", amount=amount, name=called(model, gift.charity_id, t), parts=parts)


def parts_said(model: Recommender, plan: Plan, gift: Gift, t: Language) -> str:
    """Return what a gift is made of: which part of which shares."""
    parts = []
    for part, units in gift.parts.items():
        said = t(
            "plan-gift-part",
            count=sum(part in other.parts for other in plan.gifts),
            amount=plan.money(units).said(t),
            share=plan.money(plan.share(part).amount).said(t),
            priority=label(part, model.priorities_, t),
        )
        parts.append(said)
    return t.listed(parts)


def not_given_said(model: Recommender, plan: Plan, share: Share, t: Language) -> str:
    """Return the sentence that says why a share isn't given."""
    least = plan.terms.minimum or plan.money(1)
    return t(
        _NOT_GIVEN[share.reason] if share.amount else "plan-no-unit",
        priority=label(share.part, model.priorities_, t),
        amount=plan.money(share.amount).said(t),
        least=(least if share.amount else plan.money(1)).said(t),
        most=plan.terms.most or 0,
    )


def summary_said(plan: Plan, t: Language) -> str:
    """Return the sentence that says how much is given, and to how many."""
    if not plan.shares:
        return t("plan-nothing-asked")
    budget, given = plan.terms.budget.said(t), plan.given.said(t)
    return t("plan-given", count=len(plan.gifts), budget=budget, given=given)


def notes(model: Recommender, plan: Plan, t: Language) -> list[str]:
    """Return what else is to be said of a plan, a sentence each.

    What isn't given and why; who fits well and gets nothing; who gets more than its equals; whose
    work is paused; and of how many charities the plan is, if not of all.
    """
    said = [not_given_said(model, plan, share, t) for share in plan.shares if share.reason]
    said += [t(_ASIDE[why], name=called(model, i, t)) for i, why in plan.aside.items()]
    equals = [t.listed([called(model, i, t) for i in ids]) for ids in plan.uneven]
    said += [t("plan-uneven", names=names) for names in equals]
    charities = [model.charities_.charity(gift.charity_id) for gift in plan.gifts]
    paused = [charity for charity in charities if charity["status"] == "paused"]
    said += [t("plan-status", name=name(c, t), status=t("status-paused")) for c in paused]
    if plan.rows < plan.every and plan.shares:
        rows, every = t.number(plan.rows), t.number(plan.every)
        said.append(t("plan-rows", rows=rows, every=every))
    return said
