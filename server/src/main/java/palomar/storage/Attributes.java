package palomar.storage;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Small named values of a user or of a mailbox: annotations, access rights, keys. Safe for many threads.
///
/// A name is any text; its part before the first slash belongs to one feature (`metadata/private/comment`,
/// `acl/anna`). Private values of one who is not the owner begin with `metadata/private:USER/`. Names are compared
/// as they are, case and all. A mailbox keeps its values when it is renamed, and they go with it when it is
/// deleted: from then on reads answer as they did last, and changes throw NOT_FOUND.
public interface Attributes {

    /// Bytes of UTF-8 in a name at most.
    int MAX_NAME = 512;

    /// Bytes in a value at most; features may have lower limits by configuration.
    int MAX_VALUE = 1 << 20;

    /// Bytes of names and values together at most, for one user or one mailbox.
    int MAX_TOTAL = 4 << 20;

    /// A copy of the value.
    Optional<byte[]> get(String name);

    /// Copies of all values whose names begin with `prefix`, as of one moment.
    SortedMap<String, byte[]> under(String prefix);

    /// Sets values and removes those that are empty, all or none; synced on return. Watchers are woken after it is
    /// visible. What changes nothing is not written.
    ///
    /// Throws MailException LIMIT (a name, a value or all together would be too long), NOT_FOUND, DISK_FULL.
    void change(Map<String, Optional<byte[]>> changes);

    /// Bytes of all names and values.
    long bytes();
}
