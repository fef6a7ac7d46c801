"""What types that only this layer remembers have in common: made under a name, changed and dropped, with no API behind."""

import uuid

from .. import store
from ..handler import STORED, Handler, Made


class Remembered(Handler):
    """Keeps the properties by physical id. A subclass says what the id is and what Fn::GetAtt answers."""

    standing = STORED

    def identify(self, at, p):
        return f"{at.logical_id}-{uuid.uuid4().hex[:12]}"

    def attributes(self, at, identifier, p):
        return {}

    def create(self, at, p):
        identifier = at.exists(self.identify(at, p))
        store.records(at.environment, self.type)[identifier] = p
        return Made(identifier, self.attributes(at, identifier, p))

    def update(self, at, made, old, new):
        store.records(at.environment, self.type)[made.physical_id] = new
        return made

    def delete(self, at, made, p):
        store.records(at.environment, self.type).pop(made.physical_id, None)
