"""An area's share in need from its household risk, around one national baseline.

p(area) = sum of exposed share times share in need among the exposed + b times the rest, where b
is the one baseline that keeps the nation at its own share. The exposed groups are taken as
separate.
"""

from collections.abc import Mapping
from dataclasses import dataclass


class RiskWeightingError(ValueError):
    """Exposures were given that cannot be shares of the same homes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskWeights:
    """The share in need among each exposed group, and the baseline among all other babies."""

    share_in_need: Mapping[str, float]
    baseline: float

    def share(self, exposed: Mapping[str, float]) -> float:
        """The share in need of an area with these exposed shares.

        >>> weights = RiskWeights(share_in_need={"violence": 0.57}, baseline=0.1)
        >>> round(weights.share({"violence": 0.1}), 3)
        0.147
        """
        rest = 1 - _sum(self.share_in_need, exposed)
        return _in_need(self.share_in_need, exposed) + self.baseline * rest


def weights_keeping(
    national_share: float, *, exposed: Mapping[str, float], share_in_need: Mapping[str, float]
) -> RiskWeights:
    """The weights whose baseline keeps the nation at `national_share`.

    Raises `RiskWeightingError` where the exposed alone would pass that share.
    """
    rest = 1 - _sum(share_in_need, exposed)
    baseline = (national_share - _in_need(share_in_need, exposed)) / rest
    if not 0 <= baseline <= 1:
        raise RiskWeightingError(
            f"no baseline keeps the nation at {national_share}: {baseline:.4f}"
        )
    return RiskWeights(share_in_need=share_in_need, baseline=baseline)


def _in_need(share_in_need: Mapping[str, float], exposed: Mapping[str, float]) -> float:
    return sum(share * exposed[group] for group, share in share_in_need.items())


def _sum(groups: Mapping[str, float], exposed: Mapping[str, float]) -> float:
    missing = sorted(set(groups) - set(exposed))
    if missing:
        raise RiskWeightingError(f"no exposed share is known for {', '.join(missing)}")
    whole = sum(exposed[group] for group in groups)
    if not 0 <= whole < 1:
        raise RiskWeightingError(f"exposed shares must be separate and sum to under 1: {whole}")
    return whole
