"""A contract of import-linter: inside an app, outer kinds of module may import inner ones, never the reverse.

The kind of a module is the first word of its name (`views_desk` is of the kind `views`). A module with a name
of its own says in the contract between which kinds it stands; one that says nothing breaks the contract.
"""

from collections.abc import Iterator
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class KindsContract(Contract):
    """Options: `apps`; `kinds`, outermost first, several in one line where they may not import one another;
    `outside`, modules of an app itself that Django looks for and that may import anything of it;
    `named`, lines of `module between outer and inner`.
    """

    type_name = "kinds"

    apps: Any = fields.ListField(subfield=fields.StringField())
    kinds: Any = fields.ListField(subfield=fields.StringField())
    outside: Any = fields.ListField(subfield=fields.StringField())
    named: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        places, problems = self._places(graph)
        broken = [*problems, *self._broken(graph, places)]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(f"- {line}")

    def _places(self, graph: ImportGraph) -> tuple[dict[str, float], list[str]]:
        """module → how far in it stands; and what is wrong with the names."""
        kinds: dict[str, float] = {
            kind: float(at) for at, line in enumerate(self.kinds) for kind in line.split()
        }
        named, problems = {}, []
        for line in self.named:
            module, _between, outer, _and, inner = line.split()
            named[module] = (kinds[outer] + kinds[inner]) / 2
            if module not in graph.modules:
                problems.append(f"{module} is named in the contract and is not there.")
        places = {}
        for module in graph.modules:
            app, *inside = module.split(".")
            if app not in self.apps or not inside or _word(inside[0]) in self.outside:
                continue
            if graph.find_children(module):
                continue  # a folder
            place = named.get(module, kinds.get(_word(inside[-1])))
            if place is None:
                problems.append(f"{module} is of no known kind; say in the contract between which it stands.")
            else:
                places[module] = place
        return places, sorted(problems)

    def _broken(self, graph: ImportGraph, places: dict[str, float]) -> Iterator[str]:
        for importer, place in sorted(places.items()):
            app = importer.partition(".")[0]
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if imported.partition(".")[0] != app or places.get(imported, place) >= place:
                    continue
                for detail in graph.get_import_details(importer=importer, imported=imported):
                    yield f"{importer}:{detail['line_number']} imports {imported}, which stands further out."


def _word(name: str) -> str:
    return name.partition("_")[0]
