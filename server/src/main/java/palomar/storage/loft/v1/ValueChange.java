package palomar.storage.loft.v1;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import palomar.storage.Attributes;
import palomar.storage.NamedValues;

/// How named values changed: part of log records and of the catalog image.
///
/// @param whole what is not named here is not there any more
record ValueChange(boolean whole, SortedMap<String, Optional<byte[]>> changes) {

    /// All that is there.
    static ValueChange all(NamedValues values) {
        return new ValueChange(true, values.toChanges());
    }

    NamedValues applyTo(NamedValues before) {
        return (whole ? NamedValues.NONE : before).with(changes);
    }

    void pack(Packer to) {
        to.u8(whole ? 1 : 0).number(changes.size());
        for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
            to.text(change.getKey());
            if (change.getValue().isPresent()) {
                byte[] value = change.getValue().get();
                to.number(value.length + 1L).bytes(value, 0, value.length);
            } else {
                to.number(0);
            }
        }
    }

    static ValueChange unpack(Unpacker from) {
        boolean whole = from.u8() == 1;
        SortedMap<String, Optional<byte[]>> changes = new TreeMap<>();
        for (int rest = from.count(Attributes.MAX_TOTAL); rest > 0; rest--) {
            String name = from.text();
            int length = from.count(Attributes.MAX_VALUE + 1);
            changes.put(name, length == 0 ? Optional.empty() : Optional.of(from.bytes(length - 1)));
        }
        return new ValueChange(whole, changes);
    }
}
