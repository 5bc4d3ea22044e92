"""What was done, in a few words: the kinds of journal entries as people say them."""

from __future__ import annotations

from collections.abc import Mapping

from layouts.words import N_, Words

DEEDS: Mapping[str, str] = {
    "order.placed": N_("placed"), "order.accepted": N_("accepted"), "order.refused": N_("refused"),
    "order.preparing": N_("preparing"), "order.ready": N_("ready"), "order.assigned": N_("given to a courier"),
    "order.reassigned": N_("handed over"), "order.unassigned": N_("taken back"), "order.picked_up": N_("picked up"),
    "order.delivered": N_("delivered"), "order.failed": N_("failed"), "order.cancelled": N_("cancelled"),
    "order.delayed": N_("delayed"), "order.problem": N_("problem reported"), "order.solved": N_("problem solved"),
    "order.tagged": N_("tagged"), "order.rescheduled": N_("moved to another time"), "order.noted": N_("noted"),
    "order.attached": N_("attached to another pickup"), "order.detached": N_("detached from a shared pickup"),
    "order.amended": N_("changed"), "order.reopened": N_("opened again"), "order.undone": N_("undone"),
    "order.redone": N_("done again"), "courier.shift_started": N_("shift started"),
    "courier.shift_ended": N_("shift ended"), "courier.break_started": N_("break started"),
    "courier.break_ended": N_("break ended"), "courier.noted": N_("noted"),
    "courier.stops_ordered": N_("order of stops changed"),
}  # fmt: skip


def deed(kind: str, words: Words) -> str:
    """``order.assigned`` as a person says it; a kind that nobody knows stays as it is."""
    return words(DEEDS.get(kind, kind))
