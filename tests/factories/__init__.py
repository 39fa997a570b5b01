"""Makes records for tests; each room's are in the module of its name, one trait a situation.

The declarations of `factory_boy` carry no types of their own: they are named here once, untyped,
so that the modules of this folder stay strictly typed.
"""

from typing import Any

from factory import declarations
from factory.django import Password as _Password

LazyAttribute: Any = declarations.LazyAttribute
LazyFunction: Any = declarations.LazyFunction
Password: Any = _Password
SelfAttribute: Any = declarations.SelfAttribute
Sequence: Any = declarations.Sequence
SubFactory: Any = declarations.SubFactory
Trait: Any = declarations.Trait
